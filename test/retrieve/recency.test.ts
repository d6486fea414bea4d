import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asksForLatest, newestWords } from "../../src/retrieve/recency.ts";

describe("asksForLatest", () => {
  it.each([
    "What is the latest estimate of ISIL-K fighters?",
    "latest ttp numbers",
    "What is the most recent UN report on AQIS?",
    "Who currently leads the group?",
    "How strong is the TTP now?",
    "How many were killed so far this year?",
    "what does the newest report say",
    "What is the current strength of the BLA?",
    "Is there an up-to-date figure?",
    "How many fighters are there as of now?",
    "Now, who leads it now?",
    "What is said in the latest report?",
    "Where do they train these days?",
    "How many fighters does the group have today?",
  ])("hears it in %j", (text) => {
    expect(asksForLatest(text)).toBe(true);
  });

  it.each([
    "How many attacks did PICSS count in January 2025?",
    "Now, how many were killed?",
    "ok so now tell me about Khuzdar",
    "When must the report be sent at the latest?",
    "Is the group, now banned, still armed?",
    "What happened later in 2024?",
    "Who recently joined?",
    "What did the electric current do?",
    "Does anybody know anything?",
    "What did the current affairs programme say?",
    "the now-defunct group",
    "Now that it is over, what remains?",
    "What did India Today write?",
    "What does today's report say?",
    "",
  ])("hears no such wish in %j", (text) => {
    expect(asksForLatest(text)).toBe(false);
  });

  it("tells which words they are", () => {
    const text = "Now, what is the most recent figure so far?";
    expect(newestWords(text).map(({ start, end }) => text.slice(start, end))).toEqual(["most recent", "so far"]);
  });

  it("takes any text", () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        newestWords(text).every(({ start, end }) => start >= 0 && start < end && end <= text.length),
      ),
    );
  });

  it("is linear", () => {
    const started = performance.now();
    asksForLatest("now banned ".repeat(20_000));
    asksForLatest("ok so ".repeat(20_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
