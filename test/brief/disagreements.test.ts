import { describe, expect, it, test } from "vitest";
import { disagreementsSection } from "../../src/brief/disagreements.ts";
import { nothingTaken } from "../../src/brief/taken.ts";
import { material, quoted, quotes, type Told } from "./material.ts";

async function section(reports: readonly Told[], subject: string | null = null) {
  const made = await material(subject, reports);
  return disagreementsSection(made, nothingTaken(made.likeness));
}
const HARBOUR = "The Harbour Institute counted 905 attacks in Narva in 2024.";
const COAST = "The Coast Institute counted 521 attacks in Narva in 2024.";
const each = (...sentences: readonly string[]): Told[] => sentences.map((sentence) => ({ sentences: [sentence] }));

describe("differing figures", () => {
  it("stand side by side, each value with the line that it is quoted in", async () => {
    const made = await section(each(HARBOUR, COAST));
    expect(made?.disagreements).toHaveLength(1);
    const [only] = made?.disagreements ?? [];
    expect(only?.about).toBe("attacks");
    expect(only?.period).toEqual({ from: "2024-01-01", to: "2024-12-31" });
    for (const { written, citation, who } of only?.values ?? []) {
      const line = made?.lines[citation - 1];
      if (line === undefined) throw new Error("a line expected");
      expect(quoted(line)).toContain(written);
      expect(quoted(line)).toContain(who);
    }
    expect(quotes(made).sort()).toEqual([COAST, HARBOUR]);
  });

  it("give one value once, whoever gives it", async () => {
    const made = await section(
      each(HARBOUR, "According to the Harbour Institute there were 905 attacks in Narva in 2024.", COAST),
    );
    expect(made?.disagreements?.[0]?.values.map(({ written }) => written).sort()).toEqual(["521", "905"]);
    expect(made?.lines).toHaveLength(2);
  });

  it("use one line for all figures of a sentence, and one for what two groups need", async () => {
    const both = "The Harbour Institute counted 905 attacks and 700 people killed in Narva in 2024.";
    const other = "The Coast Institute counted 521 attacks and 310 people killed in Narva in 2024.";
    const made = await section(each(both, other));
    expect(made?.disagreements).toHaveLength(2);
    expect(made?.lines).toHaveLength(2);
  });

  test.each([
    ["times", COAST.replace("2024", "2023")],
    ["places", COAST.replace("Narva", "Lagos")],
    ["things", COAST.replace("attacks", "arrests")],
  ])("of other %s are none", async (_, other) => {
    expect(await section(each(HARBOUR, other))).toBeNull();
  });

  it("of a group asked for are its own", async () => {
    const red = [
      "The Harbour Institute put the Red Fleet at 700 fighters in 2024.",
      "The Coast Institute put the Red Fleet at 1,200 fighters in 2024.",
    ];
    const blue = red.map((sentence) => sentence.replace("Red", "Blue"));
    const made = await section(each(...red, ...blue), "Red Fleet");
    expect(quotes(made).sort()).toEqual([...red].sort());
  });

  it("of one sentence need a word on who says so", async () => {
    const plain = "Attacks in Narva rose by 90% or 91% in 2024, depending on the season.";
    const told = "Attacks in Narva rose by 90% or 91% in 2024, depending on the press account.";
    expect(await section(each(plain))).toBeNull();
    expect((await section(each(told)))?.disagreements).toHaveLength(1);
  });

  it("are at most six, those with most sources first", async () => {
    const years = Array.from({ length: 9 }, (_, index) => 2010 + index);
    const of = (sentence: string, value: number, year: number) =>
      sentence.replace(/905|521/u, `${value + year}`).replace("2024", `${year}`);
    const reports = years.flatMap((year) => each(of(HARBOUR, 900, year), of(COAST, -1500, year)));
    const third = "The Port Council counted 1,099 attacks in Narva in 2015.";
    const made = await section([...reports, ...each(third)]);
    expect(made?.disagreements?.length).toBe(6);
    expect(made?.disagreements?.[0]?.values).toHaveLength(3);
    expect(made?.lines.length).toBeLessThanOrEqual(14);
  });

  it("are no lines where a line says it already", async () => {
    const made = await material(null, each(HARBOUR, COAST));
    const taken = nothingTaken(made.likeness);
    const [first] = made.items;
    if (first === undefined) throw new Error("a sentence expected");
    taken.add(first);
    expect(disagreementsSection(made, taken)).toBeNull();
  });
});

describe("a claim and its denial", () => {
  const CLAIM = "The Port Council alleged on 3 May 2024 that the Blue Fleet pays the crews of the Red Fleet in Narva.";
  const DENIAL = "A captain of the Blue Fleet denied on 6 May 2024 that it pays crews of the Red Fleet in Narva.";

  it("stand together, the claim first", async () => {
    const made = await section(each(DENIAL, CLAIM));
    expect(made?.pairs).toEqual([[0, 1]]);
    expect(quotes(made)).toEqual([CLAIM, DENIAL]);
  });

  test.each([
    [
      "is on another matter",
      "A captain of the Blue Fleet denied on 6 May 2024 that storms had sunk the ferries of Lagos.",
    ],
    ["came before", DENIAL.replace("6 May 2024", "6 May 2021")],
    [
      "is the claimant's own",
      "The Port Council denied on 6 May 2024 that the Blue Fleet pays the crews of the Red Fleet in Narva.",
    ],
  ])("are none where the denial %s", async (_, denial) => {
    expect((await section(each(CLAIM, denial)))?.pairs ?? []).toEqual([]);
  });

  test.each([
    ["refuses", "A captain of the Blue Fleet denied the crews of the Red Fleet in Narva their pay on 6 May 2024."],
    ["sends away", "The Blue Fleet dismissed crews of the Red Fleet in Narva on 6 May 2024."],
  ])("are none where somebody %s", async (_, deed) => {
    expect((await section(each(CLAIM, deed)))?.pairs ?? []).toEqual([]);
  });

  it("are none where they are about two events", async () => {
    const on = (event: string) =>
      each(CLAIM.replace("in Narva", `for the ${event}`), DENIAL.replace("in Narva", "for the Pier Four bombing"));
    expect((await section(on("Pier Four bombing")))?.pairs).toHaveLength(1);
    expect((await section(on("Mill fire")))?.pairs ?? []).toEqual([]);
  });

  it("holds no opinion piece", async () => {
    const made = await section([...each(DENIAL), { sentences: [CLAIM], source: { kind: "op-ed" } }]);
    expect(made?.pairs ?? []).toEqual([]);
  });
});

describe("a sentence with two sides", () => {
  const SIDES =
    "On who burnt the mill, the Port Council named the Red Fleet, while the Coast Institute said that it was the Blue Fleet.";

  it("is a line by itself", async () => {
    const made = await section(each(SIDES));
    expect(quotes(made)).toEqual([SIDES]);
    expect(made?.pairs).toEqual([]);
    expect(made?.disagreements).toEqual([]);
  });

  it("is none where one source speaks alone", async () => {
    expect(await section(each("The Port Council said that the mill burnt while the crews slept."))).toBeNull();
  });
});

it("the same material gives the same section, in whatever order it was found", async () => {
  const made = await material(null, each(HARBOUR, COAST, "The Port Council counted 1,099 attacks in Narva in 2024."));
  const turned = { ...made, items: [...made.items].reverse() };
  const of = (from: typeof made) => disagreementsSection(from, nothingTaken(from.likeness));
  expect(quotes(of(turned))).toEqual(quotes(of(made)));
  expect(of(turned)?.disagreements).toEqual(of(made)?.disagreements);
});
