import { describe, expect, it } from "vitest";
import { figureLookup } from "../../src/answer/asked-keys.ts";
import { type FigureSources, withAskedFigures } from "../../src/answer/asked-passages.ts";
import { measure } from "../../src/answer/evidence.ts";
import { figuresOfPassage } from "../../src/answer/reported-figures.ts";
import { type Judged, select } from "../../src/answer/select.ts";
import { wantsFrom } from "../../src/answer/wants.ts";
import type { Passage } from "../../src/domain/passage.ts";
import { type Question, understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { entry, head, hit, passage } from "../helpers/sources.ts";

const glossary = createGlossary([
  entry("Harbour Institute", "think-tank", ["HI"]),
  entry("Coast Institute", "think-tank", ["CI"]),
  entry("Red Fleet", "armed-group", ["RFN"]),
  entry("Narva", "place"),
  entry("Lagos", "place"),
]);
const ask = (text: string): Question =>
  understand(text, glossary, { frequency: () => 1, rarity: () => 1, startingWith: () => [] });

/** Passages of one sentence, each of a report of its own. */
const passages = (...texts: readonly string[]): Passage[] =>
  texts.map((text, index) => passage(index + 1, `r${index + 1}`, [text]));

/** Which of these sentences hold a figure that is looked up for a question. */
function lookedUp(question: string, ...texts: readonly string[]): string[] {
  const asked = ask(question);
  const lookup = figureLookup(asked, wantsFrom(asked), glossary);
  if (lookup === null) return [];
  return passages(...texts)
    .filter((each) =>
      figuresOfPassage(hit(each), glossary).some(
        (figure) => lookup.countedKeys.includes(figure.countedKey ?? "") && lookup.isAsked(figure),
      ),
    )
    .map(({ text }) => text);
}

const ATTACKS = "HI counted 905 militant attacks in Narva in 2024.";
const OTHER_YEAR = "HI counted 700 militant attacks in Narva in 2023.";
const OF_GROUP = "HI counted 482 attacks by RFN in 2024.";
const OF_OTHER = "CI counted 521 attacks in Narva in 2024.";
const DEAD = "Militant attacks killed 1,177 people in 2024, according to HI.";
const IN_OPERATIONS = "HI counted 792 people killed in operations in 2024.";
const MILITANTS = "HI recorded 950 militants killed in 2024.";
const RISE = "HI reported 40% more attacks in 2024 than in 2023.";
const ALL = [ATTACKS, OTHER_YEAR, OF_GROUP, OF_OTHER, DEAD, IN_OPERATIONS, MILITANTS, RISE];

describe("figures that are looked up for a question", () => {
  it("are for what is counted, the time, the group, the place and the counter", () => {
    expect(lookedUp("How many militant attacks were there in 2024?", ...ALL)).toEqual([]);
    expect(lookedUp("How many militant attacks were there in Narva in 2024?", ...ALL)).toEqual([ATTACKS, OF_OTHER]);
    expect(lookedUp("How many attacks did HI record in Narva in 2024?", ...ALL)).toEqual([ATTACKS]);
    expect(lookedUp("How many attacks did RFN make in 2024?", ...ALL)).toEqual([OF_GROUP]);
    expect(lookedUp("How many people were killed in militant attacks in 2024?", ...ALL)).toEqual([DEAD]);
    expect(lookedUp("How many militants were killed in 2024?", ...ALL)).toEqual([MILITANTS]);
  });

  it("are changes where a change is asked for, whichever way it went", () => {
    expect(lookedUp("Did attacks fall in 2024?", ...ALL)).toEqual([RISE]);
    expect(lookedUp("By how much did attacks rise in 2024?", ...ALL)).toEqual([RISE]);
    expect(lookedUp("Did attacks rise in 2023?", ...ALL)).toEqual([]);
  });

  it("are none for a question that asks for no figure, or in no time", () => {
    expect(lookedUp("Who made attacks in Narva in 2024?", ...ALL)).toEqual([]);
    expect(lookedUp("How many attacks were there in Narva?", ...ALL)).toEqual([]);
  });
});

describe("passages of stored figures", () => {
  const stored = passages(...ALL);
  const figures = stored.flatMap((each) => figuresOfPassage(hit(each), glossary));
  const sources = (allowed?: Uint8Array): FigureSources => ({
    store: {
      figures: ({ countedKey }) => figures.filter((figure) => figure.countedKey === countedKey),
      passages: (ids) => [...ids].map((id) => stored[id - 1] as Passage),
    },
    reports: new Map(stored.map(({ reportId }) => [reportId, head(reportId)])),
    names: glossary,
    ids: Uint32Array.from(stored, ({ id }) => id),
    allowed,
  });
  const question = ask("How many militant attacks were there in Narva in 2024?");
  const others = passages(...Array.from({ length: 20 }, (_, number) => `The harbour has ${number} cranes.`)).map(
    (each, index) => hit({ ...each, id: 100 + index }, {}, 1 - index / 40),
  );
  const ids = (hits: readonly { readonly passage: Passage }[]) => hits.map((each) => each.passage.id);

  it("are weighed in the places of the last, no more than asked for", () => {
    const found = withAskedFigures(question, others, 20, sources());
    expect(found).toHaveLength(20);
    expect(ids(found)).toEqual([...ids(others).slice(0, 18), 1, 4]);
  });

  it("that were found already change nothing", () => {
    const known = [hit(stored[0] as Passage), hit(stored[3] as Passage), ...others.slice(2)];
    expect(withAskedFigures(question, known, 20, sources())).toBe(known);
  });

  it("that may not be used are not", () => {
    const allowed = Uint8Array.from(stored, ({ id }) => (id === 1 ? 0 : 1));
    expect(ids(withAskedFigures(question, others, 20, sources(allowed)))).not.toContain(1);
  });

  it("are not looked for where no figure is asked for", () => {
    expect(withAskedFigures(ask("Who is Jona?"), others, 20, sources())).toBe(others);
  });
});

describe("among well supported sentences", () => {
  /** The first words of the claims, where the sentences rank as they are given, `step` apart. */
  function chosen(text: string, step: number, ...texts: readonly string[]): string[] {
    const question = ask(text);
    const wants = wantsFrom(question);
    const hits = passages(...texts).map((each) => hit(each));
    const judged = measure(question, wants, hits, new Map(), glossary, () => 0)
      .sort((a, b) => texts.indexOf(a.reading) - texts.indexOf(b.reading))
      .map((candidate, index): Judged => ({ candidate, rank: -index * step, support: 0.6 }));
    return select(question, wants, judged, 4, glossary).chosen.map(({ candidate }) => candidate.reading);
  }

  it("that of the very figure goes first, and militant attacks are no militants", () => {
    expect(chosen("How many militant attacks did HI record in Narva in 2024?", 0.5, DEAD, OF_OTHER, ATTACKS)[0]).toBe(
      ATTACKS,
    );
  });

  it("a rise answers whether there was a fall, and the fall of something else does not", () => {
    const injured = "HI put the injured in attacks of 2024 at 1,292, a fall of 5% from 2023.";
    const claims = chosen("Did attacks fall in 2024?", 1, injured, "Most attacks of 2024 fell in Lagos.", RISE);
    expect(claims[0]).toBe(RISE);
    expect(claims).not.toContain(injured);
  });

  it("those killed in operations are not beside those killed in attacks", () => {
    const claims = chosen("How many people were killed in attacks in 2024?", 0.3, DEAD, IN_OPERATIONS);
    expect(claims).toEqual([DEAD]);
  });

  it("a figure that is too far behind stays behind", () => {
    expect(chosen("How many attacks did HI record in Narva in 2024?", 5, DEAD, ATTACKS)[0]).toBe(DEAD);
  });
});
