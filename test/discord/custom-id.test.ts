import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LONGEST_CUSTOM_ID } from "../../src/discord/components.ts";
import { type Action, actionOf, customId, TOUR_END, type ViewName } from "../../src/discord/custom-id.ts";
import { hostileText } from "./hostile-text.ts";

const exchange = fc.stringMatching(/^[A-Za-z0-9]{10}$/);
const page = fc.integer({ min: 0, max: 999_999 });
const view: fc.Arbitrary<ViewName> = fc.oneof(
  fc.constantFrom({ view: "main" as const }, { view: "evidence" as const }, { view: "sources" as const }),
  page.map((quote) => ({ view: "around" as const, quote })),
);
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ exchange, view }).map((each) => ({ kind: "open" as const, exchange: each.exchange, ...each.view })),
  fc
    .record({ exchange, view, page })
    .map((each) => ({ kind: "turn" as const, exchange: each.exchange, page: each.page, ...each.view })),
  fc.record({ kind: fc.constantFrom("helpful", "not-helpful", "share", "follow-up", "jump"), exchange }),
  fc.record({ kind: fc.constant("brief"), subject: hostileText }),
  fc.record({ kind: fc.constant("news") }),
  fc.record({
    kind: fc.constant("unsubscribe"),
    subscription: exchange,
    delivery: fc.oneof(exchange, fc.constant("")),
  }),
  fc.record({ kind: fc.constant("resubscribe"), subscription: exchange }),
  fc.record({ kind: fc.constant("tour"), step: fc.integer({ min: 0, max: TOUR_END }) }),
  fc.record({ kind: fc.constant("try"), question: hostileText.filter((text) => text !== "") }),
  fc.record({ kind: fc.constant("reports"), page, filter: hostileText }),
);

describe("a custom id", () => {
  test("gives back the action that it was made of, in at most 100 characters; no two actions share one", () => {
    const made = new Map<string, Action>();
    fc.assert(
      fc.property(actions, (action) => {
        const id = customId(action);
        if (id === null) {
          expect(["try", "reports", "brief"]).toContain(action.kind);
          return;
        }
        expect(id.length).toBeLessThanOrEqual(LONGEST_CUSTOM_ID);
        expect(actionOf(id)).toEqual(action);
        expect(made.get(id) ?? action).toEqual(action);
        made.set(id, action);
      }),
      { numRuns: 5000 },
    );
    expect(made.size).toBeGreaterThan(2000);
  });

  test("is none where it would be longer, or would not come back as it is", () => {
    const question = (text: string) => customId({ kind: "try", question: text });
    expect(question("x".repeat(98))).toHaveLength(100);
    expect(question("x".repeat(99))).toBeNull();
    expect(question("\uD83D")).toBeNull();
    expect(customId({ kind: "reports", page: 900_001, filter: "x".repeat(80) })).not.toBeNull();
  });

  test("what is none of ours is no action, and nothing throws", () => {
    const near = fc
      .array(
        fc.constantFrom(
          "o",
          "t",
          "y",
          "r",
          "+",
          "-",
          "h",
          "f",
          "j",
          "b",
          "n",
          "u",
          "v",
          "g",
          ":",
          "m",
          "q",
          "1",
          "07",
          "x",
          "e",
          "-1",
          "1e3",
        ),
        {
          maxLength: 9,
        },
      )
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(near, hostileText), (id) => {
        const action = actionOf(id);
        if (action !== null) expect(customId(action)).toBe(id);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ..."oty+-hfrjbnuvg:",
    "",
    "o:abc",
    "o::m",
    "o:abc:",
    "o:abc:x",
    "o:abc:q",
    "o:abc:q-1",
    "o:abc:q1x",
    "o:abc:q1234567",
    "o:abc:m:1",
    "t:abc:m",
    "t:abc:m:",
    "t:abc:m:-1",
    "t:abc:m:1.5",
    "t:abc:m:01",
    "t:abc:m:1:2",
    "y:",
    "r:",
    "r:x:",
    "r:1",
    "+:",
    "+:abc:def",
    "j:",
    "j:abc:main",
    "n:x",
    "u:",
    "u:abc",
    "u:abc:def:ghi",
    "v:abc:def",
    "g:7",
    "g:-1",
    "g:1:2",
    "toString:abc",
    "__proto__:abc",
    "constructor:abc:m",
  ])("%j is junk", (id) => {
    expect(actionOf(id)).toBeNull();
  });
});
