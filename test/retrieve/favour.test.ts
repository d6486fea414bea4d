import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { favourOf, profilesOf } from "../../src/retrieve/favour.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { head } from "../helpers/sources.ts";

const heads = [
  head("narva-2021", { title: "2021 Harbour Report: Narva", publisher: "Port Office", published: "2022-03-01" }),
  head("narva-2023", { title: "2023 Harbour Report: Narva", publisher: "Port Office", published: "2024-04-17" }),
  head("speech", { title: "speech", publisher: null, published: null }),
  head("survey", {
    title: "Survey of tides",
    publisher: "Tide Institute",
    published: "2025-07-02",
    period: { from: "2025-01", to: "2025-06" },
  }),
];
const beginnings = ["", "", "Mr Karim Aldin: I thank the Assembly of Lagos.", "Tides are rising."];
const profiles = profilesOf(heads, beginnings);
const favoured = (question: string) => {
  const favour = favourOf(
    profiles,
    understand(question, createGlossary([]), { frequency: () => 1, rarity: () => 1, startingWith: () => [] }),
  );
  return { favour, first: heads[favour.indexOf(Math.max(...favour))]?.id };
};

describe("favourOf", () => {
  it.each([
    ["How many ships did Narva hold, per the 2021 harbour report?", "narva-2021"],
    ["How many ships did Narva hold in 2023?", "narva-2023"],
    ["What did Karim Aldin say of ships?", "speech"],
    ["By how much did the sea rise, in the view of the Tide Institute?", "survey"],
    ["What is the latest on the tides and ships?", "survey"],
    ["How high was the sea in March 2025?", "survey"],
    ["What was printed in July 2025?", "survey"],
  ])("%s", (question, expected) => {
    expect(favoured(question).first).toBe(expected);
  });

  it("favours none for a question that names no report", () => {
    expect([...favoured("Who sank the ferry?").favour]).toEqual([0, 0, 0, 0]);
  });

  it("favours none by what all reports have", () => {
    const same = profilesOf(
      [heads[0], heads[0]].filter((each) => each !== undefined),
      ["", ""],
    );
    const question = understand("Ships of Narva", createGlossary([]), {
      frequency: () => 1,
      rarity: () => 1,
      startingWith: () => [],
    });
    expect([...favourOf(same, question)]).toEqual([0, 0]);
  });

  it("is from 0 to 1", () => {
    const word = fc.constantFrom(..."Narva 2021 2023 July 2025 Tide Institute harbour report Karim Port ?".split(" "));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        for (const each of favoured(words.join(" ")).favour) {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("favours the newest reports where the newest is asked for, and for no other question", () => {
    const worth = (question: string) => Array.from(favoured(question).favour);
    const [first = 0, second = 0, undated = 0, newest = 0] = worth("Who runs the boats now?");
    expect(newest).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(first);
    expect(first).toBeGreaterThan(undated);
    expect(undated).toBe(0);
    expect(newest).toBeLessThanOrEqual(1 / 3);
    expect(worth("Who runs the boats?")).toEqual([0, 0, 0, 0]);
  });
});
