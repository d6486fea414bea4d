import { describe, expect, it, test } from "vitest";
import { nothingTaken } from "../../src/brief/taken.ts";
import { timelineSection } from "../../src/brief/timeline.ts";
import { material, quotes, type Told } from "./material.ts";

async function timeline(reports: readonly Told[], subject = "Red Fleet") {
  const made = await material(subject, reports);
  return timelineSection(made, nothingTaken(made.likeness));
}
async function dates(...sentences: readonly string[]) {
  const section = await timeline([{ sentences }]);
  return section?.lines.map(({ label }) => (label?.kind === "date" ? label.period.from : "?")) ?? [];
}
const FOUNDED = "The Red Fleet was founded on 3 May 2011 in Lagos.";
const BANNED = "The Port Council banned the Red Fleet in June 2015.";

describe("a timeline", () => {
  it("has the dated events in the order of time, each with its date", async () => {
    const section = await timeline([{ sentences: [BANNED, FOUNDED] }]);
    expect(quotes(section)).toEqual([FOUNDED, BANNED]);
    expect(section?.lines.map(({ label }) => label)).toEqual([
      { kind: "date", period: { from: "2011-05-03", to: "2011-05-03" } },
      { kind: "date", period: { from: "2015-06", to: "2015-06" } },
    ]);
  });

  it("of one event is none", async () => {
    expect(await timeline([{ sentences: [FOUNDED, "The Red Fleet sails at night."] }])).toBeNull();
  });

  it("takes the time of the event, not that of its telling", async () => {
    const told = "The Coast Institute reported on 9 July 2020 that the Red Fleet attacked a pier on 2 July 2020.";
    expect(await dates(FOUNDED, told)).toEqual(["2011-05-03", "2020-07-02"]);
  });

  describe("what somebody said on a day", () => {
    const SAID = "A spokesman of the Red Fleet denied on 4 March 2021 that it had taken the pier.";

    it("stands where only one event is told", async () => {
      expect(await dates(FOUNDED, SAID)).toEqual(["2011-05-03", "2021-03-04"]);
    });

    it("is left out beside events", async () => {
      expect(await dates(FOUNDED, SAID, BANNED)).toEqual(["2011-05-03", "2015-06"]);
    });

    it("is no timeline alone", async () => {
      const alleged = "The Port Council alleged on 9 April 2021 that the Red Fleet buys guns.";
      expect(await timeline([{ sentences: [SAID, alleged] }])).toBeNull();
    });

    test.each([
      ["A captain said that the Red Fleet attacked a pier on 2 July 2020.", "2020-07-02"],
      ["The Red Fleet claimed the raid of 2 July 2020 on a pier in Narva.", "2020-07-02"],
      ["The Red Fleet claimed on 2 July 2020 to have burnt a pier that was attacked.", null],
      ["On 2 July 2020 the Port Council said that the Red Fleet had attacked a pier.", null],
      ["On 2 July 2020 the Red Fleet attacked a pier, the Port Council said.", "2020-07-02"],
      ["A dossier of 2 July 2020 alleged that the Red Fleet was founded by merchants.", null],
    ])("is told from what was done then: %s", async (sentence, day) => {
      expect(await dates(FOUNDED, BANNED, sentence)).toEqual(
        day === null ? ["2011-05-03", "2015-06"] : ["2011-05-03", "2015-06", day],
      );
    });
  });

  it("names a sentence of several days by the first of them", async () => {
    const banned =
      "Narva banned the Red Fleet on 7 April 2006 and Lagos outlawed it on 17 July 2007, says a paper of 9 May 2009.";
    expect(await dates(FOUNDED, banned)).toEqual(["2006-04-07", "2011-05-03"]);
  });

  test.each([
    ["figures of a month", "In March 2020 the Red Fleet killed 31 people, the Harbour Institute counted."],
    ["an estimate of a report", "The 12th report of July 2021 put the Red Fleet at 700 fighters."],
    ["how things are at a time", "The Red Fleet was on no list as of May 2019, the Port Council said."],
    ["a time that only places another", "The Red Fleet moved to Lagos after the storm of May 2019."],
    ["a date that is a name", "The Red Fleet was blamed by 9 May rioters in 2019."],
    ["what goes on for months", "The Red Fleet raided ports from March 2019 to 22 June 2019."],
    ["what is to come", "The Red Fleet will be banned on 1 January 2026, the Port Council said."],
    ["what may not be", "An unconfirmed account has the Red Fleet attacked on 3 May 2019."],
    ["others", "The Blue Fleet was founded on 7 May 2012 in Narva."],
  ])("leaves out %s", async (_, sentence) => {
    expect(await dates(FOUNDED, BANNED, sentence)).toEqual(["2011-05-03", "2015-06"]);
  });

  it("of a think-tank has what it did, not what it tells of others", async () => {
    const own = ["The Harbour Institute was founded on 3 May 2011.", "The Harbour Institute closed on 4 June 2019."];
    const told = [
      "A pier of Narva was attacked on 2 July 2020, according to the Harbour Institute.",
      "A pier of Lagos was attacked on 9 July 2020 in the Harbour Institute data.",
    ];
    expect(quotes(await timeline([{ sentences: [...told, ...own] }], "Harbour Institute"))).toEqual(own);
    expect(await timeline([{ sentences: told }], "Harbour Institute")).toBeNull();
  });

  it("leaves out opinion pieces", async () => {
    const opinion = { sentences: ["The Red Fleet burnt the pier on 3 May 2019."], source: { kind: "op-ed" as const } };
    expect(quotes(await timeline([{ sentences: [FOUNDED, BANNED] }, opinion]))).toEqual([FOUNDED, BANNED]);
  });

  it("takes years where it has little else", async () => {
    const split = "The Red Fleet split off from the Blue Fleet in 2009.";
    expect(await dates(split, FOUNDED, BANNED)).toEqual(["2009", "2011-05-03", "2015-06"]);
  });
});

describe("one event in several reports", () => {
  const attack = "The Red Fleet attacked the grain pier of Narva on 2 July 2020 with four boats.";
  const again = "On 2 July 2020 the Red Fleet attacked the grain pier of Narva with boats.";

  it("is one line, in the words of the more reliable one", async () => {
    const section = await timeline([
      { sentences: [again], source: { reliability: "D" } },
      { sentences: [FOUNDED] },
      { sentences: [attack], source: { reliability: "A" } },
    ]);
    expect(quotes(section)).toEqual([FOUNDED, attack]);
    expect(section?.lines[1]?.same.map(({ hit }) => hit.passage.reportId)).toEqual(["r1"]);
  });

  it("another one of that day is another line", async () => {
    const other = "The Port Council banned all ships of the Red Fleet on 2 July 2020.";
    expect(quotes(await timeline([{ sentences: [attack] }, { sentences: [other] }]))).toHaveLength(2);
  });

  it("is no line where a line says it already", async () => {
    const made = await material("Red Fleet", [{ sentences: [FOUNDED, BANNED, attack] }, { sentences: [again] }]);
    const taken = nothingTaken(made.likeness);
    const item = made.items.at(-1);
    if (item === undefined) throw new Error("a sentence expected");
    taken.add(item);
    expect(quotes(timelineSection(made, taken))).toEqual([FOUNDED, BANNED]);
  });
});

describe("of many events", () => {
  const deeds = ["attacked a pier", "seized a ship", "freed a crew", "burnt a mill and was banned", "bombed a bridge"];
  const places = ["Orm", "Tal", "Ves", "Kir", "Pol"];
  const busy = Array.from({ length: 25 }, (_, index) => {
    const day = index + 1;
    return `The Red Fleet ${deeds[index % 5]} at ${places[Math.floor(index / 5)]} on ${day} July 2020.`;
  });
  const quiet = Array.from(
    { length: 6 },
    (_, index) => `The Red Fleet attacked port ${index} on 5 May ${2001 + index}.`,
  );

  it("twelve are taken, not all from the month that has most", async () => {
    const section = await timeline([{ sentences: [...busy, ...quiet] }]);
    expect(section?.lines).toHaveLength(12);
    const years = new Set(
      section?.lines.map(({ label }) => (label?.kind === "date" ? label.period.from.slice(0, 4) : "")),
    );
    expect(years.size).toBe(7);
  });

  it("the same material gives the same line in whatever order it was found", async () => {
    const made = await material("Red Fleet", [{ sentences: busy }, { sentences: quiet }]);
    const turned = { ...made, items: [...made.items].reverse() };
    const of = (each: typeof made) => quotes(timelineSection(each, nothingTaken(each.likeness)));
    expect(of(turned)).toEqual(of(made));
  });
});
