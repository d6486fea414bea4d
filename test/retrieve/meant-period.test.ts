import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPartialDate } from "../../src/domain/report.ts";
import { FIRST_DAY, LAST_DAY, meantPeriods } from "../../src/retrieve/meant-period.ts";

const read = (text: string) => meantPeriods(text).map(({ from, to, reach }) => `${from} ${to} ${reach}`);

describe("meantPeriods", () => {
  it.each([
    // Just what is named.
    ["How many in January 2025?", "2025-01-01 2025-01-31 named"],
    ["How many in 2024?", "2024-01-01 2024-12-31 named"],
    ["What happened in the 1990s?", "1990-01-01 1999-12-31 named"],
    ["Was it the worst month since 2016?", "2016-01-01 2016-12-31 named"],
    // Ranges.
    ["between 2021 and 2023", "2021-01-01 2023-12-31 range"],
    ["from 2019 to 2021", "2019-01-01 2021-12-31 range"],
    ["2019–2021", "2019-01-01 2021-12-31 range"],
    ["in 2023-24", "2023-01-01 2024-12-31 range"],
    ["from March 2024 until May 2025", "2024-03-01 2025-05-31 range"],
    ["from January to June 2025", "2025-01-01 2025-06-30 range"],
    ["between November and January 2025", "2024-11-01 2025-01-31 range"],
    ["in January and February 2025", "2025-01-01 2025-02-29 range"],
    ["between 3 and 9 March 2025", "2025-03-03 2025-03-09 range"],
    ["on 3-9 March 2025", "2025-03-03 2025-03-09 range"],
    ["from mid-2023 to early 2024", "2023-05-01 2024-04-30 range"],
    ["from 2023 to 2021", "2021-01-01 2023-12-31 range"],
    // Parts of a year.
    ["in the first half of 2024", "2024-01-01 2024-06-30 part"],
    ["in H2 2024", "2024-07-01 2024-12-31 part"],
    ["in the third quarter of 2024", "2024-07-01 2024-09-30 part"],
    ["in Q1 2024", "2024-01-01 2024-03-31 part"],
    ["over the first nine months of 2024", "2024-01-01 2024-09-30 part"],
    ["over the last 3 months of 2024", "2024-10-01 2024-12-31 part"],
    ["in mid-2023", "2023-05-01 2023-08-31 part"],
    ["in late 2023", "2023-09-01 2023-12-31 part"],
    ["by the end of September 2024", "2024-01-01 2024-09-30 part"],
    ["In 2024, how many had come by the end of September?", "2024-01-01 2024-09-30 part"],
    // Open ends.
    ["since 2021", `2021-01-01 ${LAST_DAY} since`],
    ["since August 2021", `2021-08-01 ${LAST_DAY} since`],
    ["since mid-2021", `2021-05-01 ${LAST_DAY} since`],
    ["from 2021 onwards", `2021-01-01 ${LAST_DAY} since`],
    ["from 2021 to the present", `2021-01-01 ${LAST_DAY} since`],
    ["after August 2021", `2021-09-01 ${LAST_DAY} since`],
    ["after February 2023", `2023-03-01 ${LAST_DAY} since`],
    ["before 2021", `${FIRST_DAY} 2020-12-31 until`],
    ["until the end of 2021", `${FIRST_DAY} 2021-12-31 until`],
  ])("reads %j", (text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  it.each([
    ["January 2025 against December 2024", 2],
    ["in 2021 and 2023", 2],
    ["from 517 in 2023 to 1,099 in 2024", 2],
    ["In 2024 they may have come by sea", 1],
    ["nothing here", 0],
  ])("reads in %j times of their own", (text, count) => {
    expect(read(text)).toHaveLength(count);
  });

  it("begins where the words of the time begin", () => {
    const text = "How many died in the first half of 2024?";
    expect(meantPeriods(text).map(({ start, end }) => text.slice(start, end))).toEqual(["the first half of 2024"]);
  });

  describe("with events", () => {
    const of = (text: string, name: string, date: string) => {
      const start = text.indexOf(name);
      return meantPeriods(text, [{ start, end: start + name.length, date }]).map(({ from, to }) => `${from} ${to}`);
    };

    it.each([
      ["How many attacks since the takeover?", "takeover", "2021-08-15", [`2021-08-15 ${LAST_DAY}`]],
      ["What changed after the fall?", "fall", "2021-08", [`2021-08-01 ${LAST_DAY}`]],
      ["How strong were they before the fall?", "fall", "2021-08-15", [`${FIRST_DAY} 2021-08-14`]],
      ["From the fall to 2023, how many came?", "fall", "2021-08-15", ["2021-08-15 2023-12-31"]],
      // The event itself is no time by which its answers are measured.
      ["Who was killed in the fall?", "fall", "2021-08-15", []],
      [
        "Since the attacks of 11 September 2001?",
        "attacks of 11 September 2001",
        "2001-09-11",
        [`2001-09-11 ${LAST_DAY}`],
      ],
    ])("reads %j", (text, name, date, expected) => {
      expect(of(text, name, date)).toEqual(expected);
    });
  });

  it("never throws, and no time of it is the wrong way round", () => {
    const words = fc.constantFrom(
      ..."since,from,to,2024,2019,between,and,before,after,the 1990s,March,3,30 February 2023,mid-,first half of,by,until,-,onwards,2023-24,Q4,early,end of".split(
        ",",
      ),
    );
    const text = fc.oneof(
      fc.array(words).map((each) => each.join(" ")),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (each) => {
        let last = 0;
        for (const { start, end, from, to } of meantPeriods(each)) {
          expect(from <= to).toBe(true);
          expect(start >= last && start < end && end <= each.length).toBe(true);
          expect(from === FIRST_DAY || isPartialDate(from.slice(0, 7))).toBe(true);
          last = end;
        }
      }),
    );
  });

  it("is linear", () => {
    const started = performance.now();
    meantPeriods("since 2021 and from 2019 to ".repeat(3_000));
    meantPeriods("in January ".repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
