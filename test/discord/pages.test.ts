import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { button, container, type MessageBody, row, text } from "../../src/discord/components.ts";
import { actionOf, customId } from "../../src/discord/custom-id.ts";
import {
  type Block,
  LONGEST_BLOCK,
  LONGEST_FOOT,
  LONGEST_HEAD,
  type MessagePaging,
  MOST_IN_BLOCK,
  messageOf,
  pagesOf,
  textBlocks,
  type View,
} from "../../src/discord/pages.ts";
import { english } from "../../src/discord/strings/en.ts";
import { pagingOf } from "../../src/discord/views/exchange.ts";
import { reportsPaging } from "../../src/discord/views/reports.ts";
import { buttonsOf, expectGood, textsOf } from "./message-checks.ts";

const paging: MessagePaging = reportsPaging("", english);

const view = (fields: Partial<View>): View => ({
  colour: "information",
  head: [],
  blocks: [],
  foot: [],
  buttons: [],
  ...fields,
});

/** Blocks of any size inside the limits; each text is marked with its block's number. */
const blocks: fc.Arbitrary<Block[]> = fc
  .array(
    fc.record({
      length: fc.oneof(fc.integer({ min: 10, max: 900 }), fc.integer({ min: 10, max: LONGEST_BLOCK })),
      rows: fc.integer({ min: 0, max: Math.floor((MOST_IN_BLOCK - 1) / 2) }),
      hasButton: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((sizes) =>
    sizes.map(({ length, rows, hasButton }, at) => ({
      components: [
        text(`<${at}>`.padEnd(length, "x")),
        ...Array.from({ length: rows }, (_, each) => row(button(`in-${at}-${each}`, "In it"))),
      ],
      button: hasButton ? button(`of-${at}`, `Of ${at}`) : undefined,
    })),
  );

const frames = fc.record({
  head: fc.integer({ min: 0, max: LONGEST_HEAD }).map((length) => (length === 0 ? [] : ["h".repeat(length)])),
  // The number of the page takes some of it.
  foot: fc.integer({ min: 0, max: LONGEST_FOOT - 30 }).map((length) => (length === 0 ? [] : ["f".repeat(length)])),
  buttons: fc
    .array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 })
    .map((rows) =>
      rows.map((count, at) => Array.from({ length: count }, (_, each) => button(`row-${at}-${each}`, "Row"))),
    ),
  perPage: fc.integer({ min: 1, max: 12 }),
});

function allPages(of: View): MessageBody[] {
  const count = Math.max(1, pagesOf(of).length);
  return Array.from({ length: count }, (_, page) => messageOf(of, page, paging));
}

describe("pages", () => {
  test("for any blocks: each page is in Discord's limits, nothing is lost or parted, the order is kept", () => {
    fc.assert(
      fc.property(blocks, frames, (given, frame) => {
        const made = view({ ...frame, blocks: given });
        const pages = allPages(made);
        for (const page of pages) expectSized(page);
        const found = pages.flatMap((page) => textsOf(page).filter((each) => each.startsWith("<")));
        expect(found).toEqual(given.map(({ components }) => textsOf(container("answer", components))[0]));
        pages.forEach((page, at) => {
          const numbers = textsOf(page).flatMap((each) => /^<(\d+)>/.exec(each)?.[1] ?? []);
          expect(numbers.length).toBeLessThanOrEqual(frame.perPage);
          const own = buttonsOf(page);
          for (const number of numbers) {
            // Everything of a block is on its page.
            const expected = given[Number(number)];
            if (expected === undefined) throw new Error(`A block ${number}`);
            const inside = own.filter(({ id }) => id.startsWith(`in-${number}-`) || id === `of-${number}`);
            expect(inside).toHaveLength(
              buttonsOf(container("answer", expected.components)).length + (expected.button ? 1 : 0),
            );
          }
          expect(textsOf(page)[0]).toBe(frame.head[0] ?? textsOf(page)[0]);
          const label = english.answer.page(at + 1, pages.length);
          const last = textsOf(page).at(-1) ?? "";
          if (pages.length > 1) expect(last.endsWith(`-# ${label}`)).toBe(true);
          expect(own.filter(({ id }) => id.startsWith("row-"))).toHaveLength(frame.buttons.flat().length);
        });
      }),
      { numRuns: 300 },
    );
  });

  test("the foot has no say in what is on which page", () => {
    fc.assert(
      fc.property(blocks, frames, (given, frame) => {
        const one = pagesOf(view({ ...frame, blocks: given }));
        expect(pagesOf(view({ ...frame, foot: [], blocks: given }))).toEqual(one);
        expect(pagesOf(view({ ...frame, foot: ["x".repeat(300)], blocks: given }))).toEqual(one);
      }),
      { numRuns: 100 },
    );
  });

  test("no page is begun while there is room on the one before", () => {
    const small = Array.from({ length: 7 }, (_, at): Block => ({ components: [text(`<${at}>`.padEnd(500))] }));
    expect(pagesOf(view({ blocks: small })).map(({ length }) => length)).toEqual([7]);
  });

  test("turn with two buttons of ids of their own, disabled where there is no page", () => {
    const three = view({ perPage: 1, blocks: textBlocks(["a".repeat(2000), "b".repeat(2000), "c".repeat(2000)]) });
    const turning = allPages(three).map((page) => buttonsOf(page));
    expect(turning.map((buttons) => buttons.map(({ disabled }) => disabled))).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
    for (const buttons of turning) expect(new Set(buttons.map(({ id }) => id)).size).toBe(2);
    const pages = turning.map((buttons) =>
      buttons.map(({ id, disabled }) => {
        const action = actionOf(id);
        return disabled || action?.kind !== "reports" ? null : action.page;
      }),
    );
    expect(pages).toEqual([
      [null, 1],
      [0, 2],
      [1, null],
    ]);
  });

  test("of an exchange and of the reports turn with ids that fit, however long the filter and far the page", () => {
    const exchange = { id: "ABCDEFGHIJ" } as Parameters<typeof pagingOf>[0];
    for (const each of [
      pagingOf(exchange, { view: "around", quote: 99_999 }, english),
      reportsPaging("x".repeat(80), english),
    ]) {
      for (const page of [0, 1, 9999]) {
        expect(each.next(page, false)).not.toBeNull();
        expect(each.previous(page - 1, page === 0)).not.toBeNull();
      }
    }
    expect(customId({ kind: "reports", page: 999_999, filter: "x".repeat(80) })).not.toBeNull();
  });

  test("one page has no buttons to turn it, and a page beyond the last is the last", () => {
    expect(buttonsOf(messageOf(view({ blocks: textBlocks(["a"]) }), 0, paging))).toEqual([]);
    const two = view({ perPage: 1, blocks: [...textBlocks(["a"]), ...textBlocks(["b"])] });
    expect(messageOf(two, 99, paging)).toEqual(messageOf(two, 1, paging));
    expectGood(messageOf(view({ head: ["Nothing"] }), 0, paging));
  });

  test("what is over a limit is said to who made it", () => {
    const of = (fields: Partial<View>) => () => messageOf(view(fields), 0, paging);
    expect(of({ head: ["x".repeat(LONGEST_HEAD), ""] })).toThrow(`A head of ${LONGEST_HEAD + 1} characters`);
    expect(of({ foot: ["x".repeat(LONGEST_FOOT + 1)] })).toThrow(`A foot of ${LONGEST_FOOT + 1} characters`);
    expect(of({ blocks: textBlocks(["x".repeat(LONGEST_BLOCK + 1)]) })).toThrow("fits on no page");
    const many = Array.from({ length: MOST_IN_BLOCK + 1 }, () => text("x"));
    expect(of({ blocks: [{ components: many }] })).toThrow("fits on no page");
  });
});

describe("textBlocks", () => {
  test("keeps every line, in order, in as few blocks as hold them", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: LONGEST_BLOCK }), { maxLength: 20 }),
        fc.constantFrom("\n", "\n\n"),
        (lengths, between) => {
          const lines = lengths.map((length, at) => `${at}`.padEnd(length, "x"));
          const texts = textBlocks(lines, between).flatMap(({ components }) =>
            textsOf(container("answer", components)),
          );
          expect(texts.join(between)).toBe(lines.join(between));
          for (const [at, each] of texts.entries()) {
            expect(each.length).toBeLessThanOrEqual(LONGEST_BLOCK);
            const next = texts[at + 1]?.split(between)[0];
            if (next !== undefined) expect(each.length + between.length + next.length).toBeGreaterThan(LONGEST_BLOCK);
          }
        },
      ),
    );
  });
});

function expectSized(page: MessageBody): void {
  // The texts of these blocks are no text of a report.
  const texts = textsOf(page);
  expect(texts.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(4000);
  const components = JSON.stringify(page).match(/"type":/g)?.length ?? 0;
  expect(components).toBeLessThanOrEqual(40);
  const ids = buttonsOf(page).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
}
