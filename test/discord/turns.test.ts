/** Who is next, and what happens to work that is taken on. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createCooldowns, createTurns, NotTaken, type Turn } from "../../src/discord/turns.ts";

/** Everything that can go on without time passing. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Work that is ended by hand, with a record of what began. */
function workshop(limits: { atOnce: number; waiting: number }) {
  const turns = createTurns(limits);
  const begun: string[] = [];
  const ends = new Map<string, (fault?: Error) => void>();
  const take = (member: string, name: string): Turn<string> => {
    const turn = turns.take(member, () => {
      begun.push(name);
      return new Promise<string>((resolve, reject) => {
        ends.set(name, (fault) => (fault === undefined ? resolve(name) : reject(fault)));
      });
    });
    turn.result.catch(() => undefined);
    return turn;
  };
  const end = async (name: string, fault?: Error) => {
    const finish = ends.get(name);
    if (finish === undefined) throw new Error(`${name} has not begun`);
    ends.delete(name);
    finish(fault);
    await settle();
  };
  return { turns, begun, take, end, open: () => [...ends.keys()] };
}

describe("turns", () => {
  test("of one member with fifty questions and another with one: the other is next but one", async () => {
    const { begun, take, end } = workshop({ atOnce: 1, waiting: 100 });
    for (let at = 1; at <= 50; at += 1) take("ana", `ana-${at}`);
    const ben = take("ben", "ben");
    expect(ben.place()).toBe(2);
    await end("ana-1");
    expect(ben.place()).toBe(1);
    await end("ana-2");
    expect(ben.place()).toBe(0);
    await end("ben");
    expect(begun).toEqual(["ana-1", "ana-2", "ben", "ana-3"]);
  });

  test("of three members go round", async () => {
    const { begun, take, end } = workshop({ atOnce: 1, waiting: 100 });
    for (const name of ["a1", "a2", "a3", "b1", "b2", "c1", "a4"]) take(name.charAt(0), name);
    for (let at = 0; at < 7; at += 1) await end(begun.at(-1) ?? "");
    expect(begun).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
  });

  test("work that throws, at once or later, ends its turn and gives its fault", async () => {
    const turns = createTurns({ atOnce: 1, waiting: 10 });
    const atOnce = turns.take("ana", () => {
      throw new Error("at once");
    });
    const later = turns.take("ana", async () => {
      await settle();
      throw new Error("later");
    });
    const fine = turns.take("ben", async () => "fine");
    await expect(atOnce.result).rejects.toThrow("at once");
    await expect(later.result).rejects.toThrow("later");
    expect(await fine.result).toBe("fine");
    await settle();
    expect(turns.counts()).toEqual({ running: 0, waiting: 0 });
  });

  test("work beyond the places is not taken; that which runs takes no place", () => {
    const { take, turns } = workshop({ atOnce: 2, waiting: 1 });
    for (const name of ["a", "b", "c"]) take(name, name);
    expect(turns.counts()).toEqual({ running: 2, waiting: 1 });
    expect(() => take("d", "d")).toThrow(NotTaken);
    expect(() => take("d", "d")).toThrow(expect.objectContaining({ reason: "full" }));
    const none = workshop({ atOnce: 1, waiting: 0 });
    expect(none.take("a", "a").place()).toBe(0);
    expect(() => none.take("a", "b")).toThrow(NotTaken);
  });

  test("a stop takes on no more and resolves when all is done, for everybody who waits for it", async () => {
    const { take, turns, end } = workshop({ atOnce: 1, waiting: 10 });
    take("a", "a");
    take("b", "b");
    const stopped: number[] = [];
    void turns.stop().then(() => stopped.push(1));
    void turns.stop().then(() => stopped.push(2));
    expect(() => take("c", "c")).toThrow(expect.objectContaining({ reason: "stopping" }));
    await end("a");
    expect(stopped).toEqual([]);
    await end("b", new Error("of the work"));
    expect(stopped).toEqual([1, 2]);
    await turns.stop();
  });

  test("never too many at once, nothing lost, first come first served for each member, and places come true", async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ take: fc.constantFrom("a", "b", "c", "d") }),
        fc.record({ end: fc.nat(9), fails: fc.boolean() }),
      ),
      { maxLength: 60 },
    );
    const limits = fc.record({ atOnce: fc.integer({ min: 1, max: 4 }), waiting: fc.integer({ min: 0, max: 30 }) });
    await fc.assert(
      fc.asyncProperty(limits, steps, async ({ atOnce, waiting }, actions) => {
        const { take, end, turns, begun, open } = workshop({ atOnce, waiting });
        const taken = new Map<string, Turn<string>>();
        for (const action of actions) {
          if ("take" in action) {
            const name = `${action.take}${taken.size}`;
            const before = turns.counts();
            try {
              taken.set(name, take(action.take, name));
            } catch (fault) {
              expect(fault).toBeInstanceOf(NotTaken);
              expect(before).toEqual({ running: atOnce, waiting });
            }
          } else {
            const running = open();
            const name = running[action.end % running.length];
            if (name !== undefined) await end(name, action.fails ? new Error("of the work") : undefined);
          }
          const { running, waiting: inLine } = turns.counts();
          expect(running).toBeLessThanOrEqual(atOnce);
          expect(running === atOnce || inLine === 0).toBe(true);
          expect(running).toBe(open().length);
          expect(begun.length + inLine).toBe(taken.size);
        }

        // Nobody new comes: each begins as the number that it was told.
        const already = begun.length;
        const places = [...taken].map(([name, turn]) => [name, turn.place()] as const);
        expect(places.filter(([, place]) => place === 0).map(([name]) => name)).toEqual(begun.toSorted(byNumber));
        while (open().length > 0) await end(open()[0] ?? "");
        for (const [name, place] of places) {
          if (place > 0) expect(begun.indexOf(name), name).toBe(already + place - 1);
          expect(taken.get(name)?.place()).toBe(0);
        }
        expect(begun.toSorted(byNumber)).toEqual([...taken.keys()]);
        for (const member of ["a", "b", "c", "d"]) {
          const own = begun.filter((name) => name.startsWith(member));
          expect(own).toEqual(own.toSorted(byNumber));
        }
        expect(turns.counts()).toEqual({ running: 0, waiting: 0 });
        await turns.stop();
      }),
      { numRuns: 300 },
    );
  });

  test("a newcomer waits for at most one work of each other member who is in line", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 60 }), async (members) => {
        const { take } = workshop({ atOnce: 1, waiting: 100 });
        members.forEach((member, at) => {
          take(member, `${member}${at}`);
        });
        const inLine = new Set(members.slice(1)).size;
        expect(take("newcomer", "newcomer").place()).toBe(members.length === 0 ? 0 : inLine + 1);
      }),
    );
  });
});

function byNumber(a: string, b: string): number {
  return Number(a.slice(1)) - Number(b.slice(1));
}

describe("cooldowns", () => {
  test("a member waits from one question to the next, told in whole seconds; others do not", () => {
    let now = 0;
    const cooldowns = createCooldowns(10, () => now);
    expect(cooldowns.take("ana")).toBe(0);
    expect(cooldowns.take("ben")).toBe(0);
    now = 1;
    expect(cooldowns.take("ana")).toBe(10);
    now = 9_001;
    // Asking too early does not put it off further.
    expect(cooldowns.take("ana")).toBe(1);
    now = 10_000;
    expect(cooldowns.take("ana")).toBe(0);
    expect(cooldowns.take("ana")).toBe(10);
  });

  test("none where the settings say none", () => {
    const cooldowns = createCooldowns(0, () => 0);
    expect([cooldowns.take("ana"), cooldowns.take("ana")]).toEqual([0, 0]);
  });

  test("for any times: what is waited for is enough and not more than a second too much", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.nat(30_000)), { maxLength: 50 }),
        (seconds, steps) => {
          let now = 0;
          const cooldowns = createCooldowns(seconds, () => now);
          const last = new Map<string, number>();
          for (const [member, pause] of steps) {
            now += pause;
            const left = (last.get(member) ?? Number.NEGATIVE_INFINITY) + seconds * 1000 - now;
            expect(cooldowns.take(member)).toBe(left > 0 ? Math.ceil(left / 1000) : 0);
            if (left <= 0) last.set(member, now);
          }
        },
      ),
    );
  });
});
