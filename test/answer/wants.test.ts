import { describe, expect, it } from "vitest";
import { countsTheRightThing, holdsWanted, wantsOf } from "../../src/answer/wants.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { tokens } from "../../src/text/tokens.ts";

const question = (text: string) =>
  understand(text, createGlossary([]), { frequency: () => 1, rarity: () => 1, startingWith: () => [] });

describe("wantsOf", () => {
  it.each([
    ["How many attacks were there?", "number"],
    ["What was the death toll of the blast?", "number"],
    ["What is the current estimate of TTP fighters?", "number"],
    ["latest estimate of TTP fighters", "number"],
    ["most recent PICSS figures", "number"],
    ["By how much did attacks rise?", "share"],
    ["What percentage of deaths was in KP?", "share"],
    ["When was TTP formed?", "date"],
    ["Since what year is it listed?", "date"],
    ["Who leads TTP?", "person"],
    ["Which outfit raided the base?", "group"],
    ["Where is the camp?", "place"],
    ["What is the Majeed Brigade?", "definition"],
    ["What does ISPR stand for?", "definition"],
    ["Is the BLA on the UN list?", "yes-no"],
    ["Why did it fail?", "reason"],
    ["What did Mujahid say about it?", "statement"],
    ["Which countries are affected?", "list"],
    ["TTP camps", "other"],
  ])("%j wants a %s", (text, wants) => {
    expect(wantsOf(text)).toBe(wants);
  });
});

describe("holdsWanted", () => {
  it("wants a figure that the question does not hold already, and not a mere year", () => {
    const asked = question("How many of the 74 attacks in 2025 were bombings?");
    expect(holdsWanted("number", asked, "PICSS counted 31 bombings.", tokens("PICSS counted 31 bombings."))).toBe(1);
    expect(
      holdsWanted(
        "number",
        asked,
        "In 2025 there were 74 attacks, more than in 2024.",
        tokens("In 2025 there were 74 attacks, more than in 2024."),
      ),
    ).toBe(-1);
    expect(holdsWanted("number", asked, "There were eleven bombings.", tokens("There were eleven bombings."))).toBe(1);
  });

  it("wants a date, or a name", () => {
    expect(
      holdsWanted("date", question("When was it formed?"), "It was formed in 2007.", tokens("It was formed in 2007.")),
    ).toBe(1);
    expect(
      holdsWanted(
        "date",
        question("When was it formed?"),
        "It was formed long ago.",
        tokens("It was formed long ago."),
      ),
    ).toBe(-1);
    expect(
      holdsWanted("person", question("Who leads TTP?"), "TTP is led by Noor Wali.", tokens("TTP is led by Noor Wali.")),
    ).toBe(1);
    expect(holdsWanted("reason", question("Why?"), "Because.", tokens("Because."))).toBe(1);
    expect(holdsWanted("reason", question("Why?"), "It fell.", tokens("It fell."))).toBe(-1);
    expect(holdsWanted("yes-no", question("Is it?"), "It is.", tokens("It is."))).toBe(0);
  });
});

describe("countsTheRightThing", () => {
  const asked = question("How many soldiers protected the vote?");
  it("looks for the counted word near the figure", () => {
    expect(
      countsTheRightThing(
        "number",
        asked,
        ["soldiers"],
        "Some 70,000 of our brave soldiers protected it.",
        tokens("Some 70,000 of our brave soldiers protected it."),
        () => 0,
      ),
    ).toBe(1);
    expect(
      countsTheRightThing(
        "number",
        asked,
        ["soldiers"],
        "Some 70,000 voters came early, and then, much later in the day, soldiers.",
        tokens("Some 70,000 voters came early, and then, much later in the day, soldiers."),
        () => 0,
      ),
    ).toBe(-1);
    expect(
      countsTheRightThing("date", asked, ["soldiers"], "70,000 soldiers", tokens("70,000 soldiers"), () => 0),
    ).toBe(0);
  });
});
