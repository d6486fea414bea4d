import { describe, expect, it } from "vitest";
import { measure } from "../../src/answer/evidence.ts";
import { newestFirst } from "../../src/answer/newest.ts";
import type { Judged } from "../../src/answer/select.ts";
import type { Wants } from "../../src/answer/wants.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { hit, passage } from "../helpers/sources.ts";

const group = (name: string) => ({ name, aliases: [], kind: "armed-group", gloss: "", ambiguous: [] });
const glossary = createGlossary([group("Red Fleet"), group("Blue Fleet")]);

interface Given {
  readonly reading: string;
  readonly rank: number;
  readonly support?: number;
}

/** The sentences in the order in which they are put, by the figures or the names that tell them apart. */
function put(text: string, given: readonly Given[], wants: Wants = "number"): string[] {
  const question = understand(text, glossary, { frequency: () => 1, rarity: () => 1, startingWith: () => [] });
  const hits = given.map(({ reading }, index) => hit(passage(index + 1, `r${index}`, [reading])));
  const candidates = measure(question, wants, hits, new Map(), glossary, () => 0);
  const judged = candidates.map((candidate, index): Judged => {
    const { rank = 0, support = 0.9 } = given[index] ?? {};
    return { candidate, rank, support };
  });
  return newestFirst(judged, question, wants, glossary).map(({ candidate }) => candidate.reading);
}

const OLD = { reading: "The Red Fleet had 4,000 fighters in July 2023.", rank: 9 };
const NEW = { reading: "The Red Fleet had 6,000 fighters in July 2025.", rank: 8 };

describe("newestFirst", () => {
  it("puts the newer of two that answer alike first, where the latest is asked for", () => {
    expect(put("How many fighters does the Red Fleet have now?", [OLD, NEW])[0]).toBe(NEW.reading);
    expect(put("What is the latest estimate of Red Fleet fighters?", [OLD, NEW])[0]).toBe(NEW.reading);
  });

  it("leaves any other question alone", () => {
    expect(put("How many fighters does the Red Fleet have?", [OLD, NEW])[0]).toBe(OLD.reading);
    expect(put("How many fighters did the Red Fleet have in July 2023?", [OLD, NEW])[0]).toBe(OLD.reading);
  });

  it("goes further back for the very figure of the very group, told in whatever words", () => {
    const told = { reading: "In July 2025 the envoy put the Red Fleet at about 2,000.", rank: 4, support: 0.1 };
    expect(put("How many fighters does the Red Fleet have now?", [OLD, told])[0]).toBe(told.reading);
  });

  it("takes no figure of somebody else for the newest of the one who is asked for", () => {
    const old = { reading: "The Tide Institute put the Red Fleet at 4,000 fighters in July 2023.", rank: 9 };
    const other = { reading: "The envoy put the Red Fleet at 2,000 fighters in July 2025.", rank: 4 };
    const own = { reading: "The Tide Institute put the Red Fleet at 3,000 fighters in July 2024.", rank: 4 };
    const question = "How many fighters does the Red Fleet have now according to the Tide Institute?";
    expect(put(question, [old, other])[0]).toBe(old.reading);
    expect(put(question, [old, other, own])[0]).toBe(own.reading);
  });

  it.each([
    ["of another group", "The Blue Fleet had 6,000 fighters in July 2025."],
    ["of other things", "The Red Fleet had 60 boats in July 2025."],
    ["of those who died", "In July 2025, 600 fighters of the Red Fleet were killed."],
    ["of nothing", "The Red Fleet met in July 2025."],
  ])("puts no newer sentence first that is %s and far behind", (_, reading) => {
    expect(put("How many fighters does the Red Fleet have now?", [OLD, { reading, rank: 4 }])[0]).toBe(OLD.reading);
  });

  it.each([
    ["that is supported too weakly", { rank: 8, support: 0.1 }],
    ["that is far behind", { rank: 5 }],
  ])("puts no newer sentence first %s", (_, fields) => {
    const question = "What is the current danger from the Red Fleet?";
    const [old, recent] = ["The Red Fleet was a danger in July 2023.", "The Red Fleet was a danger in July 2025."];
    expect(
      put(
        question,
        [
          { reading: old, rank: 9 },
          { reading: recent, rank: 8 },
        ],
        "statement",
      )[0],
    ).toBe(recent);
    expect(
      put(
        question,
        [
          { reading: old, rank: 9 },
          { reading: recent, ...fields },
        ],
        "statement",
      )[0],
    ).toBe(old);
  });

  it("takes a first or a former leader for none of now", () => {
    const first = { reading: "The first leader of the Red Fleet in 2015 was Aldo Marin.", rank: 9 };
    const present = { reading: "Bela Orsini has led the Red Fleet since 2020.", rank: 7 };
    expect(put("Who is the current leader of the Red Fleet?", [first, present], "person")[0]).toBe(present.reading);
    expect(put("Who was the leader of the Red Fleet?", [first, present], "person")[0]).toBe(first.reading);
  });

  it("keeps all of them, best first, and takes none for an empty list", () => {
    const question = "How many fighters does the Red Fleet have now?";
    expect(put(question, [OLD, NEW]).sort()).toEqual([OLD.reading, NEW.reading].sort());
    expect(put(question, [])).toEqual([]);
  });
});
