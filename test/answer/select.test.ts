import { describe, expect, it } from "vitest";
import { type Candidate, measure } from "../../src/answer/evidence.ts";
import { featuresOf } from "../../src/answer/features.ts";
import {
  corroborationOf,
  isOneVoice,
  type Judged,
  judge,
  quoteSpan,
  saysTheSame,
  select,
  shareOrigin,
} from "../../src/answer/select.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { hit, passage, source } from "../helpers/sources.ts";

const glossary = createGlossary([]);
const features = (candidate: Candidate | undefined) => (candidate === undefined ? null : featuresOf(candidate));
const question = understand("How many attacks did PICSS count in January 2025?", glossary, {
  frequency: () => 1,
  rarity: () => 1,
  startingWith: () => [],
});

function candidates(...reports: (readonly [id: string, sentences: readonly string[]])[]) {
  const hits = reports.map(([id, sentences], index) =>
    hit(passage(index + 1, id, sentences), { title: id, origins: [origin(id)] }),
  );
  return measure(question, "number", hits, new Map(), glossary, () => 0);
}
const origin = (title: string) => ({ title, publisher: null, documentId: null, published: null, url: null });

describe("measure", () => {
  it("sees the words, the wanted figure and the period in the sentence that has them", () => {
    const [right, wrong] = candidates([
      "a",
      ["PICSS counted 74 attacks in January 2025.", "In December 2024 it had been fewer."],
    ]);
    expect(features(right)).toMatchObject({
      sentenceCover: 1,
      contextCover: 1,
      misses: 0,
      wanted: 1,
      counts: 1,
      period: 1,
    });
    expect(features(wrong)).toMatchObject({ wanted: -1, period: -1 });
    expect(features(wrong)?.contextCover).toBeGreaterThan(features(wrong)?.sentenceCover ?? 1);
  });
});

describe("select", () => {
  const chosen = (...reports: Parameters<typeof candidates>) =>
    select(question, "number", judge(question, "number", candidates(...reports)), 4).chosen.map(
      ({ candidate, same }) => ({
        report: candidate.hit.passage.reportId,
        text: candidate.reading,
        same: same.map((each) => each.hit.passage.reportId),
      }),
    );

  it("merges sentences that say the same", () => {
    const claims = chosen(
      ["a", ["PICSS counted 74 attacks in January 2025."]],
      ["b", ["In January 2025, PICSS counted 74 militant attacks."]],
    );
    expect(claims).toHaveLength(1);
    expect(claims[0]?.same).toHaveLength(1);
  });

  it("keeps a contradiction visible", () => {
    const claims = chosen(
      ["a", ["PICSS counted 74 attacks in January 2025."]],
      ["b", ["PICSS counted 81 attacks in January 2025."]],
    );
    expect(claims.map(({ report }) => report).sort()).toEqual(["a", "b"]);
  });

  it("keeps to the limit", () => {
    const judged = judge(
      question,
      "number",
      candidates(
        ...["10", "20", "30", "40", "50"].map((n) => [n, [`PICSS counted ${n} attacks in January 2025.`]] as const),
      ),
    );
    expect(select(question, "number", judged, 2).chosen).toHaveLength(2);
  });
});

describe("select, for a question of number", () => {
  const names = createGlossary(
    [
      ["PICSS", "think-tank"],
      ["Coast Institute", "think-tank"],
      ["Narva", "place"],
      ["Red Fleet", "armed-group"],
      ["Blue Fleet", "armed-group"],
      ["Lagos", "place"],
    ].map(([name = "", kind = ""]) => ({ name, aliases: [], kind, gloss: "", ambiguous: [] })),
  );
  const selected = (text: string, limit: number, ...reports: Parameters<typeof candidates>) => {
    const asked = understand(text, names, { frequency: () => 1, rarity: () => 1, startingWith: () => [] });
    const hits = reports.map(([id, sentences], index) =>
      hit(passage(index + 1, id, sentences), { title: id, publisher: null, origins: [origin(id)] }),
    );
    const judged = judge(
      asked,
      "number",
      measure(asked, "number", hits, new Map(), names, () => 0),
    );
    return select(asked, "number", judged, limit, names).chosen;
  };
  const reportsOf = (chosen: ReturnType<typeof selected>) =>
    chosen.map(({ candidate }) => candidate.hit.passage.reportId);
  const HOW_MANY = "How many people were killed in Narva in 2024?";

  it("takes the same figure for the same in other words for the same", () => {
    const claims = selected(
      HOW_MANY,
      4,
      ["a", ["In Narva, 64 people were killed in 2024."]],
      ["b", ["Deaths across Narva during the year 2024 stood at 64, says the yearly review that the port published."]],
    );
    expect(claims).toHaveLength(1);
    expect(claims[0]?.same).toHaveLength(1);
  });

  it.each([
    ["another place", "In Lagos, 64 people were killed in 2024."],
    ["another time", "In Narva, 64 people were killed in 2023."],
    ["something else", "In Narva, 64 people were injured in 2024."],
    ["others", "In Narva, 64 militants were killed in 2024.", "In Narva, 64 civilians were killed in 2024."],
    ["a side", "The Blue Fleet killed 64 in Narva in 2024.", "The Red Fleet killed 64 in Narva in 2024."],
  ])(
    "does not take the same figure for %s for the same",
    (_, text, one = "In Narva, 64 people were killed in 2024.") => {
      for (const { same } of selected(HOW_MANY, 4, ["a", [one]], ["b", [text]])) expect(same).toEqual([]);
    },
  );

  it("keeps the last place for another figure of another origin", () => {
    const first = "In Narva in 2024, 64 people were killed, PICSS said.";
    const reports: Parameters<typeof candidates> = [
      ["a", [first]],
      ["b", ["How many people were killed in Narva in 2024 is what 7 lawyers asked in 2024."]],
      ["c", ["The people killed in Narva in 2024 were mourned by 12 families in Narva in 2024."]],
      ["d", ["The Coast Institute put deaths in Narva at 81 in 2024."]],
    ];
    const chosen = reportsOf(selected(HOW_MANY, 2, ...reports));
    expect(chosen).toHaveLength(2);
    expect(chosen).toContain("d");
  });

  it("puts the figure that was asked for before that of a part", () => {
    const chosen = reportsOf(
      selected(
        HOW_MANY,
        4,
        [
          "a",
          ["In Narva, PICSS counted 9 people killed in operations in 2024, and these 9 people were killed in Narva."],
        ],
        ["b", ["The Coast Institute counted 64 people killed in Narva in 2024."]],
      ),
    );
    expect(chosen[0]).toBe("b");
  });

  it("counts voices, not reports", () => {
    const [claim] = selected(HOW_MANY, 4, ["a", ["In Narva, 64 people were killed in 2024."]]);
    if (claim === undefined) throw new Error("one claim expected");
    const other = (id: string, text: string, of: string) => {
      const found = hit(passage(9, id, [text]), { title: id, publisher: null, origins: [origin(of)] });
      const [candidate] = measure(question, "number", [found], new Map(), names, () => 0);
      if (candidate === undefined) throw new Error("one candidate expected");
      return candidate;
    };
    const text = "In Narva, 64 people were killed in 2024.";
    const told = "PICSS counted 64 people killed in Narva in 2024.";
    const independent = (...same: ReturnType<typeof other>[]) =>
      corroborationOf(claim.candidate, same, names).map((each) => [each.reportId, each.independent]);
    expect(independent(other("b", text, "b"), other("c", text, "b"))).toEqual([
      ["b", true],
      ["c", false],
    ]);
    expect(independent(other("b", text, "a"))).toEqual([["b", false]]);
    // Two papers that both have it from one counter are one voice.
    expect(independent(other("b", told, "b"), other("c", told, "c"))).toEqual([
      ["b", true],
      ["c", false],
    ]);
    expect(independent(other("b", text, "b"), other("b", told, "b"))).toEqual([["b", true]]);
    expect(independent(other("a", told, "x"))).toEqual([]);
  });
});

describe("saysTheSame", () => {
  it("is symmetric and never merges different figures", () => {
    const [a, b, c] = candidates(
      ["a", ["PICSS counted 74 attacks."]],
      ["b", ["PICSS counted 81 attacks."]],
      ["c", ["PICSS counted 74 attacks."]],
    );
    if (a === undefined || b === undefined || c === undefined) throw new Error("three candidates expected");
    expect([saysTheSame(a, b), saysTheSame(b, a)]).toEqual([false, false]);
    expect([saysTheSame(a, c), saysTheSame(c, a)]).toEqual([true, true]);
  });
});

describe("shareOrigin", () => {
  it("sees one document under two reports", () => {
    const one = source({ title: "x", origins: [{ ...origin("UN report"), documentId: "S/2025/71" }] });
    const two = source({ title: "y", origins: [{ ...origin("Another name"), documentId: "S/2025/71" }] });
    expect(shareOrigin(one, two)).toBe(true);
    expect(shareOrigin(one, source({ title: "z", origins: [origin("Other")] }))).toBe(false);
  });

  it("does not take two reports without any origin for one", () => {
    expect(shareOrigin(source({ title: "x", publisher: null }), source({ title: "y", publisher: null }))).toBe(false);
  });
});

describe("quoteSpan", () => {
  it("joins the sentence before where the sentence points back", () => {
    const [first, second, third] = candidates([
      "a",
      ["PICSS counted attacks.", "They were 74 in January 2025.", "The army agreed with the count."],
    ]);
    if (first === undefined || second === undefined || third === undefined)
      throw new Error("three candidates expected");
    expect(quoteSpan(first)).toMatchObject({ start: 0 });
    expect(quoteSpan(second)).toMatchObject({ start: 0, end: second.sentence.end });
    expect(quoteSpan(third).start).toBe(third.sentence.start);
  });
});

describe("isOneVoice", () => {
  const sources = [{ key: "s1", title: "A newspaper", url: "https://example.org/story", date: null }];
  function cited(id: string, footnotes: readonly string[]) {
    const base = passage(1, id, ["PICSS counted 74 attacks in January 2025."]);
    const noted = { ...base, sentences: base.sentences.map((each) => ({ ...each, footnotes })) };
    const [candidate] = measure(
      question,
      "number",
      [hit(noted, { title: id, origins: [origin(id)], sources })],
      new Map(),
      glossary,
      () => 0,
    );
    if (candidate === undefined) throw new Error("one candidate expected");
    return candidate;
  }

  it("sees that two reports of other origins cite one page for their sentences", () => {
    expect(isOneVoice(cited("a", ["s1"]), cited("b", ["s1"]))).toBe(true);
    expect(isOneVoice(cited("a", ["s1"]), cited("b", []))).toBe(false);
  });
});

describe("a statement about somebody else", () => {
  const groups = createGlossary(
    ["Northern Front", "Southern Front"].map((name) => ({
      name,
      aliases: [],
      kind: "armed-group",
      gloss: "",
      ambiguous: [],
    })),
  );
  const asked = understand("Who founded the Northern Front?", groups, {
    frequency: () => 1,
    rarity: () => 1,
    startingWith: () => [],
  });
  it.each([
    ["The Southern Front was founded by a teacher.", 1],
    ["The Northern Front was founded by a teacher.", 0],
    ["It was founded by a teacher.", 0],
  ])("%s", (text, expected) => {
    const [candidate] = measure(asked, "person", [hit(passage(1, "a", [text]))], new Map(), groups, () => 0);
    expect(features(candidate)?.otherSubject).toBe(expected);
  });
});

describe("what is quoted together, and how many claims there are", () => {
  /** Sentences of one passage in the order of their ranks. */
  const judgedOf = (sentences: readonly string[], ranks: readonly number[], id = "a"): Judged[] =>
    candidates([id, sentences]).map((candidate, index) => ({ candidate, rank: ranks[index] ?? -20, support: 0.9 }));
  const byRank = (judged: readonly Judged[]) => [...judged].sort((a, b) => b.rank - a.rank);
  const quotes = (judged: readonly Judged[]) =>
    select(question, "other", byRank(judged), 4).chosen.map(({ candidate: { hit }, span }) =>
      hit.passage.text.slice(span.start - hit.passage.start, span.end - hit.passage.start),
    );

  it("a neighbour that answers too stands in the same quote", () => {
    const sentences = ["A bomb hit the market hall.", "Nobody was hurt there at all.", "The mayor plants trees."];
    expect(quotes(judgedOf(sentences, [5, 4.5, -5]))).toEqual([
      "A bomb hit the market hall. Nobody was hurt there at all.",
    ]);
  });

  it("a neighbour far behind does not", () => {
    const sentences = ["A bomb hit the market hall.", "Nobody was hurt there at all."];
    expect(quotes(judgedOf(sentences, [5, 1]))).toEqual(["A bomb hit the market hall."]);
  });

  it("sayings of two people are two quotes, also side by side", () => {
    const sentences = [
      "Chief Ivo Kask said the gang has many members.",
      "Mayor Lea Saar said the gang is nearly gone.",
    ];
    expect(quotes(judgedOf(sentences, [5, 4.9]))).toHaveLength(2);
  });

  it("figures of two years are two quotes, also side by side", () => {
    const sentences = ["In 2021 the gang was feared in the harbour.", "In 2024 it had left the harbour for good."];
    expect(quotes(judgedOf(sentences, [5, 4.9]))).toHaveLength(2);
  });

  it("claims are added until the evidence is likely among them, and no further", () => {
    const texts = [
      "A bomb hit the market hall at noon.",
      "Sailors repaired the old lighthouse in spring.",
      "The mayor plants cherry trees along streets.",
      "Farmers sold their wheat early this autumn.",
    ];
    const apart = (ranks: readonly number[]) =>
      texts.flatMap((sentence, index) => judgedOf([sentence], [ranks[index] ?? 0], `r${index}`));
    expect(quotes(apart([5, 0, 0, 0]))).toHaveLength(1);
    expect(quotes(apart([5, 4.9, 0, 0]))).toHaveLength(2);
  });

  it("a fragment is no further claim", () => {
    const judged = [...judgedOf(["A bomb hit the market hall."], [5]), ...judgedOf(["FINANCIERS"], [5], "b")];
    expect(quotes(judged)).toEqual(["A bomb hit the market hall."]);
  });
});

describe("names and years", () => {
  it("make no agreement between sentences that say different things", () => {
    const [one, other] = candidates(
      ["a", ["Harbour Watch said that the Blue Shore used rifles in 2024."]],
      ["b", ["Harbour Watch said that the Blue Shore robbed banks in 2024."]],
    );
    expect(one !== undefined && other !== undefined && saysTheSame(one, other)).toBe(false);
  });
});
