import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CELL_COLUMNS,
  type CheckedRow,
  countCells,
  formatCells,
  parseCells,
  withChecks,
} from "../../src/eval/briefing-cells.ts";

const text = fc.string({ unit: fc.constantFrom("a", "6", ",", '"', "\n", " ", "é", "—") });
const rows: fc.Arbitrary<CheckedRow> = fc.record({
  subject: text,
  doc: text,
  start: fc.nat(1000),
  end: fc.integer({ min: 1001, max: 2000 }),
  cells: fc.record({ value: text, counted: text, period: text, place: text, who: text, base: text }),
  wrong: fc.option(fc.subarray([...CELL_COLUMNS])),
  remark: text,
});

function row(changes: Partial<CheckedRow> = {}, cells: Partial<CheckedRow["cells"]> = {}): CheckedRow {
  return {
    subject: "TTP",
    doc: "a.md",
    start: 10,
    end: 90,
    cells: { value: "42%", counted: "rise in attacks", period: "2025-01", place: "", who: "PICSS", base: "", ...cells },
    wrong: [],
    remark: "",
    ...changes,
  };
}

describe("the table of cells", () => {
  test("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.array(rows), (all) => {
        expect(parseCells(formatCells(all), "cells.csv")).toEqual(all);
      }),
    );
  });

  test.each([
    ["subject,doc\n", "line 1"],
    [formatCells([row()]).replace("42%", "4,2%"), "line 2: 13 fields"],
    [formatCells([row()]).replace("PICSS", 'PI"CSS'), "a quotation mark in the wrong place"],
    [formatCells([row({ wrong: ["who"] })]).replace(",who,\n", ",whom,\n"), 'no column "whom"'],
    [formatCells([row()]).replace(",10,", ",x,"), "no span"],
  ])("says what is wrong with %j", (csv, reason) => {
    expect(() => parseCells(csv, "cells.csv")).toThrow(reason);
  });

  test("a row that has changed in any cell has to be looked at again", () => {
    const checked = [row({ wrong: ["place"], remark: "Balochistan" })];
    expect(withChecks([row({ wrong: null })], checked)).toEqual(checked);
    for (const column of CELL_COLUMNS) {
      const changed = row({ wrong: null }, { [column]: "other" });
      expect(withChecks([changed], checked)).toEqual([changed]);
    }
  });

  test("an empty cell counts, the base of what is no change does not", () => {
    const all = [row({ wrong: ["place"] }), row({}, { base: "2023" }), row({ wrong: null })];
    expect(countCells(all)).toEqual({ rows: 3, cells: 11, right: 10, unchecked: 5 });
  });
});
