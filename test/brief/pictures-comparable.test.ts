/** Which figures stand in one chart, and where. */

import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { groupsIn, scaleFor } from "../../src/brief/pictures/chart-layout.ts";
import { type ChartData, chartDataOf, isContinuous } from "../../src/brief/pictures/comparable.ts";
import { type Fonts, loadFonts } from "../../src/brief/pictures/font.ts";
import { type RowSample, sampleBriefing } from "./pictures-samples.ts";

const at = (from: string, to = from) => ({ from, to });

function dataOf(...rows: RowSample[]): ChartData | null {
  return chartDataOf(sampleBriefing({ rows }));
}

function attacks(low: number, period: RowSample["period"], rest: Partial<RowSample> = {}): RowSample {
  return { value: String(low), low, period, counted: "attacks", countedKey: "attack", who: "PA", ...rest };
}

describe("figures of one chart", () => {
  it("count the same, in the same unit and place", () => {
    const three = [attacks(1, at("2020")), attacks(2, at("2021")), attacks(3, at("2022"))] as const;
    const [first, second, third] = three;
    expect(dataOf(...three)?.values).toHaveLength(3);
    expect(dataOf(first, second, { ...third, countedKey: "death" })).toBeNull();
    expect(dataOf(first, second, { ...third, countedKey: null })).toBeNull();
    expect(dataOf(first, second, { ...third, unit: "%" })).toBeNull();
    expect(dataOf(first, second, { ...third, place: "the south" })).toBeNull();
    expect(dataOf(first, second, { ...third, period: null })).toBeNull();
    expect(
      dataOf({ ...first, place: "The South" }, { ...second, place: "the south" }, { ...third, place: "the\nSouth" })
        ?.counted,
    ).toBe("Attacks, The South");
  });

  it("are no changes, whose bases differ", () => {
    const change = { direction: "up", base: null, baseWords: null } as const;
    const rows = ["2020", "2021", "2022"].map((year) => attacks(5, at(year), { unit: "%", change }));
    expect(dataOf(...rows)).toBeNull();
  });

  it("are for times of one length where things that happen are counted", () => {
    const years = [attacks(400, at("2023")), attacks(521, at("2024"))];
    expect(dataOf(...years, attacks(74, at("2025-01")))).toBeNull();
    expect(dataOf(...years, attacks(600, at("2025-01-01", "2025-12-31")))?.values).toHaveLength(3);
    expect(dataOf(...years, attacks(300, at("2025"), { part: "first half" }))).toBeNull();
    const months = ["2024-02", "2024-03", "2024-04"].map((month) => attacks(7, at(month)));
    expect(dataOf(...months)?.values).toHaveLength(3);
    expect(dataOf(...months, attacks(8, at("2025-02-01", "2025-02-29")))?.values).toHaveLength(4);
  });

  it("are for any times where people are counted, not what they do", () => {
    const heads = (counted: string) =>
      [at("2023"), at("2024-07"), at("2025-02-06")].map((period) => ({ value: "6", low: 6, period, counted }));
    expect(dataOf(...heads("fighters"))?.values).toHaveLength(3);
    expect(dataOf(...heads("fighters killed"))).toBeNull();
  });

  it("are for parts of years too where people are counted, in the order of these", () => {
    const heads = (value: string, part: string) => ({ value, low: 6, period: at("2021"), part, who: part });
    const data = dataOf(heads("7", "late"), heads("6", "mid"), heads("5", "early"), heads("8", ""));
    expect(data?.values.map(({ words }) => words)).toEqual(["5", "8", "6", "7"]);
    expect(data?.isStock).toBe(true);
  });

  it("tell which figures count the same and stand in no chart with them", () => {
    const years = ["2020", "2021", "2022"].map((year) => attacks(5, at(year)));
    const change = { direction: "up", base: null, baseWords: null } as const;
    const rest = [
      attacks(6, at("2022-01")),
      attacks(7, at("2022"), { place: "the south" }),
      attacks(8, at("2022"), { countedKey: "death" }),
      attacks(9, at("2022"), { change }),
      attacks(5, at("2022")),
    ];
    // The last is told already, in the same words.
    expect(dataOf(...years, ...rest.slice(0, 4))?.others).toEqual([4, 5]);
    expect(dataOf(...years, ...rest)?.others).toEqual([4, 5]);
  });

  it("may be connected where nothing is missing between: what people do in times that follow each other", () => {
    const connected = (...rows: RowSample[]) => {
      const { values = [], isStock = false } = dataOf(...rows) ?? {};
      return values.slice(1).map((after, index) => isContinuous(values[index] ?? after, after, isStock));
    };
    const months = ["2023-12", "2024-01", "2024-02", "2024-04"].map((month) => attacks(5, at(month)));
    expect(connected(...months, attacks(5, at("2024-05-01", "2024-05-31")))).toEqual([true, true, false, true]);
    expect(connected(...["2020", "2021", "2023"].map((year) => attacks(5, at(year))))).toEqual([true, false]);
    const quarters = [at("2024-01", "2024-03"), at("2024-04", "2024-06"), at("2024-10", "2024-12")];
    expect(connected(...quarters.map((period) => attacks(5, period)))).toEqual([true, false]);
    const halves = ["2020", "2021", "2022"].map((year) => attacks(5, at(year), { part: "first half" }));
    expect(connected(...halves)).toEqual([false, false]);
    const heads = ["2020", "2022-03", "2025"].map((time) => ({ value: "6", low: 6, period: at(time) }));
    expect(connected(...heads)).toEqual([true, true]);
  });

  it("are the largest group, and of equal ones the first", () => {
    const deaths = ["2019", "2020", "2021", "2022"].map((year) =>
      attacks(9, at(year), { countedKey: "death", counted: "deaths" }),
    );
    const some = ["2019", "2020", "2021"].map((year) => attacks(8, at(year)));
    expect(dataOf(...some, ...deaths)?.counted).toBe("Deaths");
    expect(dataOf(...some, ...deaths.slice(1))?.counted).toBe("Attacks");
  });

  it("are told once where a source repeats itself", () => {
    expect(
      dataOf(attacks(1, at("2020")), attacks(1, at("2020"), { who: "the PA" }), attacks(2, at("2021"))),
    ).toBeNull();
  });

  it("may all be for one time where three sources give them", () => {
    const data = dataOf(...["PA", "PB", "PC"].map((who, index) => attacks(index, at("2020"), { who })));
    expect(data?.sources).toEqual(["PA", "PB", "PC"]);
    expect(dataOf(attacks(1, at("2020")), attacks(2, at("2020")), attacks(3, at("2020")))).toBeNull();
  });

  it("have the publisher as their source where nobody is named", () => {
    const rows = ["2020", "2021", "2022"].map((year) => attacks(5, at(year), { who: null, publisher: "The Ledger" }));
    expect(dataOf(...rows)?.sources).toEqual(["The Ledger"]);
  });

  it("are open as their words say", () => {
    const written: [string, string | null][] = [
      ["over 600", "up"],
      ["at least 74", "up"],
      ["more than 5", "up"],
      ["600 or more", "up"],
      ["600+", "up"],
      ["up to 600", "down"],
      ["fewer than 600", "down"],
      ["no more than 600", "down"],
      ["no fewer than 600", "up"],
      ["about 600", null],
      ["nearly 600", null],
      ["6,000-6,500", null],
      ["600", null],
    ];
    const data = dataOf(...written.map(([value], index) => attacks(600, at(String(2000 + index)), { value })));
    expect(data?.values.map(({ words, open }) => [words, open])).toEqual(written);
  });
});

describe("the places of values", () => {
  let fonts: Fonts;
  beforeAll(async () => {
    fonts = await loadFonts();
  });

  it("leave every label room of its own, in the order of time", () => {
    const row = fc.record({
      value: fc.constantFrom(
        "6",
        "over 600",
        "6,000 to 6,500",
        "approximately 1,250,000",
        "mmmmmmmmmmmmmmmmmmmmmmmmm",
        "at least 74",
      ),
      low: fc.nat(9000),
      year: fc.integer({ min: 1990, max: 2026 }),
      who: fc.constantFrom("PA", "PB", "PC", "PD"),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 3, maxLength: 20 }),
        fc.integer({ min: 660, max: 740 }),
        (samples, width) => {
          const rows = samples.map(({ value, low, year, who }) => attacks(low, at(String(year)), { value, who }));
          const data = dataOf(...rows);
          fc.pre(data !== null);
          const groups = groupsIn(width, data?.values ?? [], fonts);
          const slots = groups.flatMap((group) => group.slots);
          expect(slots.length).toBeGreaterThanOrEqual(3);
          const [all, shown] = [data?.values ?? [], slots.map(({ value }) => value)];
          // All of them, else the newest times with a value each, else the newest values where the times are too few.
          const times = [...new Set(all.map(({ timeKey }) => timeKey))];
          expect(all.filter((value) => shown.includes(value))).toEqual(shown);
          if (times.length < 3) expect(shown).toEqual(all.slice(-shown.length));
          else if (shown.length < all.length) {
            expect(shown.map(({ timeKey }) => timeKey)).toEqual(times.slice(-shown.length));
          }
          const boxes = slots.map(({ x, label }) => {
            const half = Math.max(...label.map((line) => fonts.bold.widthOf(line, 24))) / 2;
            return { left: x - half, right: x + half };
          });
          for (const [index, { left, right }] of boxes.entries()) {
            expect(left).toBeGreaterThanOrEqual(-1);
            expect(right).toBeLessThanOrEqual(width + 1);
            expect(right + 6).toBeLessThan(boxes[index + 1]?.left ?? Infinity);
          }
        },
      ),
    );
  });

  it("are one for each time, of the source that gives most, where not all have room", () => {
    const years = [2019, 2020, 2021, 2022, 2023];
    const rows = years.flatMap((year) => [
      attacks(1, at(String(year)), { value: "fewer than 1,250", who: `Paper ${year}` }),
      attacks(2, at(String(year)), { value: "more than 1,250", who: "PB" }),
    ]);
    const values = dataOf(...rows)?.values ?? [];
    expect(values).toHaveLength(10);
    const shown = groupsIn(700, values, fonts).flatMap(({ slots }) => slots.map(({ value }) => value));
    expect(shown.map(({ source, time }) => [source, time.from])).toEqual(years.map((year) => ["PB", String(year)]));
    expect(groupsIn(5000, values, fonts).flatMap(({ slots }) => slots)).toHaveLength(10);
  });

  it("are as far from one another as the times, where the labels leave room", () => {
    const data = dataOf(attacks(1, at("2010")), attacks(2, at("2014")), attacks(3, at("2016")));
    const [a, b, c] = groupsIn(700, data?.values ?? [], fonts).map(({ x }) => x);
    expect(((b ?? 0) - (a ?? 0)) / ((c ?? 0) - (b ?? 0))).toBeCloseTo(2, 2);
  });
});

describe("the scale", () => {
  it("begins at nothing and ends at or above the highest value, in three to five steps", () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2_000_000_000 })), (high) => {
        const { max, interval } = scaleFor([{ high }]);
        expect(max).toBeGreaterThanOrEqual(high);
        expect(max / interval).toBeLessThanOrEqual(5.001);
        expect(high).toBeGreaterThan(max - interval - 1e-6);
      }),
    );
    expect(scaleFor([{ high: 6500 }])).toEqual({ max: 8000, interval: 2000 });
    expect(scaleFor([{ high: 0 }])).toEqual({ max: 1, interval: 1 });
  });
});
