import { describe, expect, it, test } from "vitest";
import { figuresSection } from "../../src/brief/figures.ts";
import { nothingTaken } from "../../src/brief/taken.ts";
import { material, rowText, type Told } from "./material.ts";

async function rowsOf(subject: string | null, reports: readonly Told[]) {
  const made = await material(subject, reports);
  return figuresSection(made, nothingTaken(made.likeness))?.rows ?? [];
}
const valuesOf = async (subject: string | null, ...sentences: readonly string[]) =>
  (await rowsOf(subject, [{ sentences }])).map(({ figure }) => figure.written);

describe("figures of a group", () => {
  it("are those of its strength and its deeds, in the order of what they count and of time", async () => {
    const values = await valuesOf(
      "Red Fleet",
      "The Red Fleet had 1,200 fighters in 2025, according to the Port Council.",
      "The Red Fleet had 700 fighters in 2023, according to the Port Council.",
      "Attacks by the Red Fleet killed 310 people in 2024, the Harbour Institute counted.",
    );
    expect(values).toHaveLength(3);
    expect(values.indexOf("700")).toBe(values.indexOf("1,200") - 1);
    expect(values).toContain("310");
  });

  test.each([
    ["of another group of the sentence", "While the Red Fleet was idle, the Blue Fleet made 410 attacks in 2024."],
    ["of the whole country", "The Harbour Institute counted 905 attacks in Narva in 2024."],
    ["of several groups together", "The Red Fleet, counted together with the Blue Fleet, had 4,000 fighters in 2024."],
    ["of some of them", "In 2024 there were 5,000 fighters in Narva, most of them from the Red Fleet."],
    ["without a time", "The Red Fleet has 700 fighters."],
    ["that is foretold", "The Port Council expects the Red Fleet to have 9,000 fighters in 2025."],
    ["that is denied", "The Port Council denied that the Red Fleet had 700 fighters in 2024."],
    ["that is doubted", "An unconfirmed account gave the Red Fleet 700 fighters in 2024."],
    ["of one event in a year", "The deadliest attack of the Red Fleet in 2024 killed 31 people."],
    ["of a time that goes on", "The Red Fleet has made 310 attacks since 2019."],
    ["that is an age", "The Red Fleet recruited fighters aged 17 to 18 in 2024."],
  ])("are not one %s", async (_, sentence) => {
    expect(await valuesOf("Red Fleet", sentence)).toEqual([]);
  });

  it("are none of an opinion piece", async () => {
    const sentences = ["The Red Fleet had 700 fighters in 2024."];
    expect(await rowsOf("Red Fleet", [{ sentences, source: { kind: "op-ed" } }])).toEqual([]);
    expect(await rowsOf("Red Fleet", [{ sentences }])).toHaveLength(1);
  });
});

describe("figures of a place", () => {
  it("are those of all that happened there, not of one group", async () => {
    const values = await valuesOf(
      "Narva",
      "In Narva, 55 civilians were killed in March 2024, the Port Council said.",
      "Attacks by the Red Fleet killed 30 people in Narva in 2024.",
      "Narva and Lagos had 410 attacks in 2023.",
      "In Lagos, 70 civilians were killed in March 2024.",
    );
    expect(values).toEqual(["55"]);
  });
});

describe("figures of who counts", () => {
  it("are those that it counted", async () => {
    const values = await valuesOf(
      "Harbour Institute",
      "The Harbour Institute counted 905 attacks in 2024.",
      "The Coast Institute counted 521 attacks in 2024.",
    );
    expect(values).toEqual(["905"]);
  });
});

describe("one figure of several reports", () => {
  const reports: readonly Told[] = [
    { sentences: ["The Harbour Institute counted 905 attacks in Narva in 2024."] },
    { sentences: ["In 2024 there were 905 attacks, said the Harbour Institute."], heading: "Attacks in Narva" },
    { sentences: ["The Coast Institute counted 521 attacks in Narva in 2024."] },
  ];

  it("is one row, with the others as those who give it too", async () => {
    const rows = await rowsOf("Narva", reports);
    expect(rows.map(({ figure, same }) => [figure.written, same.map((each) => each.figure.reportId)])).toEqual([
      ["521", []],
      ["905", ["r2"]],
    ]);
  });

  it("goes first in the whole corpus where more voices give it", async () => {
    const other = { sentences: ["The Port Council put the Red Fleet at 700 fighters in 2024."] };
    const rows = await rowsOf(null, [
      { ...other, origin: "one" },
      { ...other, origin: "one" },
      { sentences: ["In 2023 the Blue Fleet had 310 fighters."] },
      { sentences: ["The Blue Fleet had 310 fighters in 2023."] },
    ]);
    expect(rows.map(({ figure }) => figure.written)).toEqual(["310", "700"]);
  });

  it("is one in words of other bounds, and another one beyond a bound", async () => {
    const of = (words: string) => ({ sentences: [`The Red Fleet had ${words} fighters in 2024.`] });
    expect(await rowsOf("Red Fleet", [of("about 700"), of("700")])).toHaveLength(1);
    expect(await rowsOf("Red Fleet", [of("over 700"), of("700")])).toHaveLength(2);
  });
});

describe("limits", () => {
  const years = Array.from({ length: 20 }, (_, index) => 2000 + index);

  it("five rows of the whole corpus, twelve of a subject, six of one count", async () => {
    const counts = years.map((year) => `The Red Fleet had ${year - 1500} fighters in ${year}.`);
    const attacks = years.map((year) => `The Red Fleet made ${year - 1200} attacks in ${year}.`);
    const dead = years.map((year) => `Attacks by the Red Fleet killed ${year - 900} people in ${year}.`);
    const sentences = [...counts, ...attacks, ...dead];
    expect(await rowsOf(null, [{ sentences }])).toHaveLength(5);
    const rows = await rowsOf("Red Fleet", [{ sentences }]);
    expect(rows).toHaveLength(12);
    const kinds = rows.map(({ figure }) => figure.countedKey);
    for (const kind of new Set(kinds)) expect(kinds.filter((each) => each === kind).length).toBeLessThanOrEqual(6);
  });

  it("the same material gives the same rows, in whatever order its reports were found", async () => {
    const reports = years.map((year) => ({ sentences: [`The Red Fleet had ${year - 1500} fighters in ${year}.`] }));
    const made = await material("Red Fleet", reports);
    const turned = { ...made, figures: [...made.figures].reverse(), items: [...made.items].reverse() };
    const of = (each: typeof made) => figuresSection(each, nothingTaken(each.likeness))?.rows?.map(rowText);
    expect(of(turned)).toEqual(of(made));
  });

  it("no section where there is nothing", async () => {
    const made = await material("Red Fleet", [{ sentences: ["The Red Fleet sails at night."] }]);
    expect(figuresSection(made, nothingTaken(made.likeness))).toBeNull();
  });
});

describe("figures under a heading", () => {
  it("are those of its place, but for what is told of the year without a word of it", async () => {
    const heading = "Country reports 2023: Narva";
    const sentences = [
      "On May 25, armed men killed 50 civilians in the Narva village of Karma.",
      "Activists put the death toll in Narva at 80.",
      "On June 6, a healer in Narva was fined US$1,653.",
    ];
    const rows = await rowsOf("Narva", [{ sentences, heading }]);
    expect(rows.map(({ figure }) => [figure.written, figure.time?.from])).toEqual([["50", "2023-05-25"]]);
  });

  it("on an event are of its day, whenever they were told; as many on one day are the same", async () => {
    const heading = "Dead of the Pier Four bombing";
    const rows = await rowsOf("Pier Four bombing", [
      { sentences: ["The Port Council's figure of 9 May 2024 for the Pier Four bombing was 26 killed."], heading },
      { sentences: ["In the Pier Four bombing of 4 May 2024, 26 people were killed, the Harbour Institute said."] },
    ]);
    expect(rows.map(({ figure, same }) => [figure.written, figure.time?.from, same.length])).toEqual([
      ["26", "2024-05-04", 1],
    ]);
  });
});
