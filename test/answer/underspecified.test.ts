import { describe, expect, test } from "vitest";
import { measure } from "../../src/answer/evidence.ts";
import { refuseByForm } from "../../src/answer/gate.ts";
import { judge } from "../../src/answer/select.ts";
import { askedBack, underspecified } from "../../src/answer/underspecified.ts";
import { wantsFrom } from "../../src/answer/wants.ts";
import { understand } from "../../src/retrieve/question.ts";
import type { Vocabulary } from "../../src/retrieve/spelling.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { entry, hitOfText } from "../helpers/sources.ts";

const glossary = createGlossary([
  entry("Red Fleet", "armed-group", ["RF"]),
  entry("Blue Fleet", "armed-group"),
  entry("Reading Frame", "term", ["RF"]),
  entry("Narva", "place"),
  entry("Lagos", "place"),
  entry("Harbour Survey 2024", "document"),
  entry("Coast Review 2023", "document"),
  entry("Narva ferry attack", "event"),
]);
const vocabulary: Vocabulary = { frequency: () => 1, rarity: () => 1, startingWith: () => [] };
const likeness = (a: string, b: string) => (a.toLowerCase() === b.toLowerCase() ? 1 : 0);
const BODY =
  "In the Narva ferry attack of 4 March 2024 nine people died. Two people were killed in an attack in Lagos in 2023. " +
  "The Red Fleet, or RF, was founded in 1999 as an armed group, and its leader is unknown. " +
  "The Blue Fleet is a group that was banned, and was founded in 2001; its leader died. " +
  "The Harbour Survey 2024 is a report of what happened in Narva in 2024. " +
  "The Coast Review 2023 is a report of what happened in Lagos in 2024. A Reading Frame, or RF, is a grid of numbers.";

function asked(text: string, body = BODY) {
  const question = understand(text, glossary, vocabulary);
  const hit = hitOfText(body, { title: "A report" });
  const judged = judge(
    question,
    wantsFrom(question),
    measure(question, wantsFrom(question), [hit], new Map(), glossary, likeness),
  );
  return { question, judged, back: underspecified(question, judged, glossary) };
}

describe("underspecified", () => {
  test.each([
    ["how many died?", "How many died in the Narva ferry attack?"],
    ["attack?", "What is known about the Narva ferry attack?"],
    ["Who was killed in the attack?", "Who was killed in the attack in Lagos?"],
    ["who is the leader", "Who is the leader of the Red Fleet?"],
    ["When was it founded?", "When was the Blue Fleet founded?"],
    ["how big is the group?", "How big is the Red Fleet?"],
    ["What happened in 2024?", "What happened in 2024 in Lagos?"],
    ["the report?", "What does the Harbour Survey 2024 say?"],
    ["Who claimed responsibility?", "Who claimed responsibility for the Narva ferry attack?"],
    ["What is RF?", "What is the Red Fleet?"],
  ])("%s", (text, choice) => {
    const { back } = asked(text);
    expect(back).toMatchObject({ reason: "underspecified", unmet: [] });
    expect(back?.choices).toContain(choice);
    expect(back?.choices.length).toBeGreaterThanOrEqual(2);
    expect(back?.choices.length).toBeLessThanOrEqual(4);
    for (const each of back?.choices ?? []) {
      expect(asked(each).back).toBeNull();
      expect(refuseByForm(asked(each).question)).toBeNull();
    }
    expect(asked(text).back).toEqual(back);
  });

  test.each([
    "How many died in the Narva ferry attack?",
    "Who leads the Red Fleet?",
    "How many attacks were there in 2024?",
    "What happened on 4 March 2024?",
    "How many hostages were taken?",
    "Which groups are banned?",
    "What does RF stand for?",
    "Which RF report has a grid of numbers?",
    "Are children used as divers?",
    "What do the reports say?",
  ])("%s says enough", (text) => {
    expect(asked(text).back).toBeNull();
  });

  test("where the evidence leaves no choice", () => {
    expect(asked("how many died?", "In the Narva ferry attack nine people died.").back).toBeNull();
    expect(asked("What is RF?", "RF, the Red Fleet, has nine boats.").back).toBeNull();
  });
});

describe("askedBack", () => {
  test("turns what is too vague into a question back, and nothing else", () => {
    const { question, judged } = asked("attack?");
    const vague = refuseByForm(question);
    if (vague === null) throw new Error("not refused");
    expect(vague.reason).toBe("too-vague");
    expect(askedBack(vague, question, judged, glossary).reason).toBe("underspecified");
    expect(askedBack(vague, question, [], glossary)).toBe(vague);
    const live = { ...vague, reason: "live-event" as const };
    expect(askedBack(live, question, judged, glossary)).toBe(live);
  });
});
