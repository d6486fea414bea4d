import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NewFigure, Slice } from "../../src/domain/figure.ts";
import { examineIndex } from "../../src/index/examine.ts";
import { publishSnapshot } from "../../src/index/snapshot.ts";
import { DATABASE_NAME, openStore, type WritableStore } from "../../src/index/store.ts";
import { changeOf, MODEL, sampleReport, temporaryFolder, termsOf, type Upsert } from "./samples.ts";

const NORTH = sampleReport("north", [
  "The Council counted 12 raids in Narva in May 2024. Nobody was hurt.",
  "In June 2024 there were 30.",
]);
const SOUTH = sampleReport("south", ["The Red Fleet has over 600 fighters.", "It lost 4 boats."]);

/** The words of a report, at their first place. */
function slice({ report }: Upsert, text: string): Slice {
  const start = report.text.indexOf(text);
  if (start < 0) throw new Error(`${text} is not in ${report.id}`);
  return { start, end: start + text.length, text };
}

/** A figure of a report, standing at its first place. */
function figure(of: Upsert, written: string, parts: Partial<NewFigure> = {}): NewFigure {
  const { start, end } = slice(of, written);
  const ordinal = of.passages.findIndex((passage) => passage.start <= start && end <= passage.end);
  const sentence = of.passages[ordinal]?.sentences.findIndex((each) => each.start <= start && end <= each.end) ?? 0;
  const value = Number(/\d+/.exec(written)?.[0]);
  return {
    ordinal,
    sentence,
    start,
    end,
    written,
    low: value,
    high: value,
    bound: "exact",
    unit: "",
    counted: "raids",
    countedKey: "raid",
    time: null,
    change: null,
    places: [],
    actors: [],
    placeTerms: [],
    who: null,
    ...parts,
  };
}

const may = { from: "2024-05", to: "2024-05", part: "", basis: "quote" } as const;
const june = { from: "2024-06-01", to: "2024-06-30", part: "", basis: "quote" } as const;
const RAIDS = figure(NORTH, "12", {
  time: may,
  places: [slice(NORTH, "Narva")],
  placeTerms: ["@narva"],
  who: slice(NORTH, "The Council"),
  change: { direction: "up", base: { from: "2023-05", to: "2023-05" }, baseWords: slice(NORTH, "in May 2024") },
});
const MORE = figure(NORTH, "30", { time: june });
const FIGHTERS = figure(SOUTH, "over 600", {
  bound: "over",
  counted: "fighters",
  countedKey: "fighter",
  actors: ["@red-fleet"],
});

const withFigures = (upsert: Upsert, ...figures: readonly NewFigure[]): Upsert => ({ ...upsert, figures });

function stored(...upserts: readonly Upsert[]): WritableStore {
  const store = openStore(join(temporaryFolder(), "data"), { mode: "write" });
  store.commit(changeOf(upserts));
  return store;
}
const both = () => stored(withFigures(SOUTH, FIGHTERS), withFigures(NORTH, MORE, RAIDS));
const written = (store: WritableStore, query = {}) => store.figures(query).map((each) => each.written);

describe("figures of the store", () => {
  it("come back as they went in, with their report and their passage", () => {
    const store = both();
    const [first] = store.figures({});
    const { ordinal, ...rest } = RAIDS;
    expect(first).toEqual({ ...rest, reportId: "north", passageId: store.passagesOfReport("north")[ordinal]?.id });
    store.close();
  });

  it("are ordered by report and text, whatever the order they came in", () => {
    const store = both();
    expect(written(store)).toEqual(["12", "30", "over 600"]);
    store.close();
  });

  it("are looked up by what they are of, everything given together", () => {
    const store = both();
    expect(written(store, { terms: ["@narva", "@red-fleet"] })).toEqual(["12", "over 600"]);
    expect(written(store, { terms: [] })).toEqual([]);
    expect(written(store, { countedKey: "raid" })).toEqual(["12", "30"]);
    expect(written(store, { period: { from: "2024-05-31", to: "2024-06-01" } })).toEqual(["12", "30"]);
    expect(written(store, { period: { from: "2024-06", to: "2024" } })).toEqual(["30"]);
    expect(written(store, { countedKey: "raid", terms: ["@red-fleet"] })).toEqual([]);
    const [passage] = store.passagesOfReport("south");
    expect(written(store, { passages: passage === undefined ? [] : [passage] })).toEqual(["over 600"]);
    store.close();
  });

  it("go with their report, and are replaced with it", () => {
    const store = both();
    const changed = sampleReport("north", ["The Council counted 12 raids in Narva in May 2024. Nobody was hurt."]);
    store.commit(changeOf([withFigures(changed, figure(changed, "12", { counted: "raids on boats" }))]));
    expect(store.figures({}).map(({ counted }) => counted)).toEqual(["raids on boats", "fighters"]);
    store.commit(changeOf([], { removals: ["north"] }));
    expect(written(store)).toEqual(["over 600"]);
    expect(written(store, { terms: ["@narva"] })).toEqual([]);
    store.close();
  });

  it("are refused where they are not what the report says, and nothing is changed", () => {
    const store = both();
    const shifted = { ...RAIDS, start: RAIDS.start + 1, end: RAIDS.end + 1 };
    const elsewhere = { ...RAIDS, who: { start: 0, end: 5, text: "Crowd" } };
    const noPassage = { ...RAIDS, ordinal: 7 };
    const outside = { ...MORE, ordinal: 0 };
    const noValue = { ...RAIDS, low: Number.NaN };
    const upside = { ...RAIDS, low: 3, high: 2 };
    for (const wrong of [shifted, elsewhere, noPassage, outside, noValue, upside]) {
      expect(() => store.commit(changeOf([withFigures(NORTH, wrong)]))).toThrow(RangeError);
    }
    expect(written(store)).toEqual(["12", "30", "over 600"]);
    store.close();
  });

  it("of any span of any text come back as exactly those words", () => {
    const store = openStore(join(temporaryFolder(), "data"), { mode: "write" });
    const words = fc.stringMatching(/^[a-z0-9éß😀 ,]{1,30}$/u).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(), (text, one, other) => {
        const report = sampleReport("any", [`${text}.`]);
        const edges = [...Array(text.length + 1).keys()].filter(
          (at) => !/[\uDC00-\uDFFF]/u.test(text.charAt(at)) || !/[\uD800-\uDBFF]/u.test(text.charAt(at - 1)),
        );
        const [a = 0, b = 0] = [edges[one % edges.length], edges[other % edges.length]];
        const [start, end] = a < b ? [a, b] : [b, a];
        if (start === end) return;
        const span = { ordinal: 0, sentence: 0, start, end, written: text.slice(start, end) };
        store.commit(changeOf([withFigures(report, { ...MORE, ...span })]));
        const [found] = store.figures({});
        expect(found?.written).toBe(report.report.text.slice(found?.start, found?.end));
        expect(found?.written).toBe(span.written);
      }),
      { numRuns: 60 },
    );
    store.close();
  });
});

describe("the examination of an index", () => {
  async function examined(...damage: readonly string[]) {
    const dataDir = join(temporaryFolder(), "data");
    const store = openStore(dataDir, { mode: "write" });
    const change = changeOf([withFigures(NORTH, RAIDS, MORE), withFigures(SOUTH, FIGHTERS)]);
    await publishSnapshot(store, change, { dataDir, termsOf, warn: () => undefined });
    store.close();
    const database = new Database(join(dataDir, DATABASE_NAME));
    for (const statement of damage) database.exec(statement);
    database.close();
    const how = { dataDir, modelId: MODEL, isQuick: false, hasVectorLibrary: true };
    return (await examineIndex(how)).findings.filter(({ id }) => id === "index.figures");
  }

  it("counts figures that are where they should be", async () => {
    expect(await examined()).toEqual([
      expect.objectContaining({ level: "ok", message: expect.stringContaining("3 figures") }),
    ]);
  });

  it("names a figure, or words beside it, that the report does not have there", async () => {
    for (const damage of [
      "UPDATE figures SET written = '13' WHERE written = '12'",
      "UPDATE figures SET start_offset = start_offset - 1 WHERE written = '12'",
      "UPDATE figures SET rest = json_set(rest, '$.who.text', 'A Council') WHERE written = '12'",
    ]) {
      expect(await examined(damage)).toEqual([
        expect.objectContaining({
          level: "fault",
          message: expect.stringContaining("north"),
          remedy: expect.stringContaining("--force"),
        }),
      ]);
    }
  });
});
