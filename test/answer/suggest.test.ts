import { describe, expect, it, test } from "vitest";
import { ideasIn } from "../../src/answer/suggest/ideas.ts";
import { bestIdeas, chosenFrom, type Near, type Suggestion } from "../../src/answer/suggest/pool.ts";
import { subjectCollector } from "../../src/answer/suggest/subjects.ts";
import { topicOf } from "../../src/answer/suggest/topics.ts";
import type { Passage } from "../../src/domain/passage.ts";
import { createGlossary, type GlossaryEntry } from "../../src/text/glossary.ts";
import { tokenise } from "../../src/text/tokens.ts";

function entry(name: string, kind: string, changes: Partial<GlossaryEntry> = {}): GlossaryEntry {
  return { name, kind, aliases: [], gloss: "", ambiguous: [], ...changes };
}

const GLOSSARY = createGlossary([
  entry("Tehrik-e Taliban Pakistan", "armed-group", { aliases: ["TTP"], ambiguous: ["TTP"] }),
  entry("tactics, techniques and procedures", "term", { aliases: ["TTP"], ambiguous: ["TTP"] }),
  entry("Afghan Taliban", "armed-group", { aliases: ["Taliban"] }),
  entry("Jaffar Express attack", "event"),
  entry("Noor Wali Mehsud", "person", { aliases: ["Mehsud"] }),
  entry("PICSS", "think-tank"),
  entry("Pakistan", "place", { aliases: ["Islamabad"] }),
  entry("Balochistan", "place"),
]);

function passageOf(text: string): Passage {
  const sentences = [{ start: 0, end: text.length, paragraph: 1, footnotes: [] }];
  const locator = { page: null, headings: [], paragraph: 1 };
  return {
    ...{ id: 1, reportId: "r", ordinal: 0, start: 0, end: text.length },
    text,
    reading: text,
    locator,
    sentences,
  };
}

function questionsOf(sentence: string, ...more: string[]): string[] {
  const collector = subjectCollector(GLOSSARY);
  for (const text of [sentence, ...more]) collector.add(passageOf(text));
  const ideas = ideasIn(sentence, collector.subjects());
  return ideas.filter(({ template }) => !template.startsWith("topic")).map(({ question }) => question);
}

describe("the questions that a sentence answers", () => {
  test.each([
    ["Noor Wali Mehsud has led TTP since June 2018.", ["Who leads TTP?"]],
    ["The first emir of TTP died in 2009.", []],
    ["Dawn put TTP at about 6,000 fighters.", ["How many fighters does TTP have?"]],
    ["The army killed 30 TTP fighters.", []],
    ["TTP was founded in December 2007.", ["When was TTP founded?"]],
    ["Pakistan banned TTP on 25 August 2008.", ["When was TTP banned?"]],
    ["The Afghan Taliban gave TTP money in 2024.", ["Does the Afghan Taliban support TTP?"]],
    ["TTP received support from the Afghan Taliban.", []],
    ["The Jaffar Express attack left 31 people dead.", ["How many people were killed in the Jaffar Express attack?"]],
    [
      "A spokesman claimed the Jaffar Express attack.",
      ["Who carried out the Jaffar Express attack?", "Who claimed responsibility for the Jaffar Express attack?"],
    ],
    [
      "PICSS counted 74 militant attacks in January 2025.",
      ["How many militant attacks did PICSS count in January 2025?"],
    ],
    [
      "In Balochistan, PICSS recorded 202 attacks in 2024.",
      ["How many attacks did PICSS record in Balochistan in 2024?"],
    ],
    [
      "There were 905 militant attacks in Pakistan in 2024.",
      ["How many militant attacks were there in Pakistan in 2024?"],
    ],
    ["In 2024, 12 civilians were killed in Balochistan.", ["How many civilians were killed in Balochistan in 2024?"]],
    ["TTP carried out 600 attacks in Pakistan in 2025.", []],
    ["The 2025 deaths in Pakistan were many.", []],
    ["A court in Islamabad tried 12 people who were killed in Islamabad in 2025.", []],
    ["Mehsud said that TTP would not lay down its arms.", ["What did Noor Wali Mehsud say about TTP?"]],
    ["Mehsud has led TTP since 2018, said a report.", ["Who leads TTP?"]],
    ["Noor Wali Mehsud, the leader of TTP, spoke.", ["Who is Noor Wali Mehsud?", "Who leads TTP?"]],
  ])("%s", (sentence, questions) => {
    expect(questionsOf(sentence)).toEqual(questions);
  });

  it("name a subject as reports mostly do, and what reports write of often without a glossary", () => {
    const more = Array.from({ length: 4 }, (_, at) => `In May the Blind Eagle group sent ${at} letters to Lagos.`);
    expect(questionsOf("Blind Eagle is a group of thieves.", ...more)).toEqual(["What is Blind Eagle?"]);
    expect(questionsOf("The Taliban are a movement.", ...Array(3).fill("The Taliban met."))).toEqual([
      "What are the Taliban?",
    ]);
  });
});

const NAMES = { has: (word: string) => word === "Kabul", mayBe: (word: string) => ["Kabul", "Old"].includes(word) };

test.each([
  ["The Old Kabul Road", "the Old Kabul road"],
  ["Security operations", "security operations"],
  ["c. Torture and Other Cruel Treatment", "torture and other cruel treatment"],
  ["1.2 Work with TTP in Kabul", "work with TTP in Kabul"],
  ["Introduction", null],
  ["Where sources disagree", null],
  ["ALL IN CAPITALS", null],
  ["Women", null],
  ["Figures: a | table", null],
])("a heading as a topic: %s", (heading, topic) => {
  expect(topicOf(heading, false, NAMES)).toBe(topic);
});

test("one word is a topic where the place is added", () => {
  expect(topicOf("Women", true, NAMES)).toBe("women");
});

describe("choosing", () => {
  const suggestion = (question: string, about: string[], changes: Partial<Suggestion> = {}): Suggestion => ({
    ...{ question, about, template: question.split(" ")[0] ?? "", heading: null, place: null },
    ...{ passages: 8, weight: 1, support: 0.9, answeredAt: question },
    ...changes,
  });
  const ALL = [
    suggestion("Who leads TTP?", ["TTP"]),
    suggestion("When was TTP founded?", ["TTP"]),
    suggestion("Where does BLA operate?", ["BLA"], { weight: 0.5 }),
    suggestion("What is ISPR?", ["ISPR"], { weight: 0.6 }),
  ];
  const near = (changes: Partial<Near>): Near => ({
    text: "?",
    passages: [],
    names: new Set(),
    words: new Map(),
    ...changes,
  });

  it("gives variety to somebody who asked nothing", () => {
    const [first, second] = chosenFrom(ALL, null, 2, tokenise);
    expect([first?.includes("TTP"), second?.includes("TTP")]).toEqual([true, false]);
  });

  it("puts what shares a name or a rare word first, and never gives back what was asked", () => {
    expect(chosenFrom(ALL, near({ names: new Set(["BLA"]) }), 2, tokenise)[0]).toBe("Where does BLA operate?");
    expect(chosenFrom(ALL, near({ words: new Map(tokenise("ISPR").map((term) => [term, 4])) }), 2, tokenise)[0]).toBe(
      "What is ISPR?",
    );
    expect(chosenFrom(ALL, near({ text: "who leads ttp?" }), 4, tokenise)).not.toContain("Who leads TTP?");
  });

  it("asks each question once, and not too many alike", () => {
    const ideas = Array.from({ length: 40 }, (_, at) => suggestion(`Who is number ${at}?`, ["one"]));
    expect(bestIdeas([...ideas, ...ideas])).toHaveLength(5);
    expect(bestIdeas(ideas.map((idea, at) => ({ ...idea, about: [`${at}`] })))).toHaveLength(14);
  });
});
