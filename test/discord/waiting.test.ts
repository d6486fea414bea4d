import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { MessageBody } from "../../src/discord/components.ts";
import { english } from "../../src/discord/strings/en.ts";
import { tellPlace } from "../../src/discord/waiting.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A line that one stands in, with what one was told. */
function standing(show: () => Promise<unknown> = async () => undefined) {
  const line = { place: 3 };
  const told: string[] = [];
  const word = tellPlace(
    () => line.place,
    (body: MessageBody) => {
      told.push(/number (\d+)/.exec(JSON.stringify(body))?.[1] ?? "?");
      return show();
    },
    english,
  );
  return { line, told, word };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe("who waits in line", () => {
  test("hears nothing in the first second, then the place, then each new place now and then", async () => {
    const { line, told, word } = standing();
    await pass(999);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual(["3"]);
    line.place = 1;
    await pass(4999);
    expect(told).toEqual(["3"]);
    await pass(1);
    expect(told).toEqual(["3", "1"]);
    // The same place is not told twice.
    await pass(20_000);
    expect(told).toEqual(["3", "1"]);
    line.place = 0;
    await pass(60_000);
    expect(told).toEqual(["3", "1"]);
    expect(vi.getTimerCount()).toBe(0);
    await word.end();
  });

  test("hears nothing at all when it is their turn soon", async () => {
    const { line, told, word } = standing();
    line.place = 0;
    await pass(60_000);
    expect(told).toEqual([]);
    await word.end();
  });

  test("hears no more once it ended, however often it is ended", async () => {
    const { told, word } = standing();
    await word.end();
    await word.end();
    await pass(60_000);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("the end waits for a word under way, and no other follows it", async () => {
    let finish: (() => void) | null = null;
    const { told, word } = standing(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    await pass(30_000);
    expect(told).toEqual(["3"]);
    let isEnded = false;
    const ended = word.end().then(() => {
      isEnded = true;
    });
    await pass(1000);
    expect(isEnded).toBe(false);
    (finish as unknown as () => void)();
    await ended;
    await pass(60_000);
    expect(told).toEqual(["3"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    [
      "at once",
      () => {
        throw new Error("at once");
      },
    ],
    ["later", () => Promise.reject(new Error("later"))],
  ])("a word that cannot be shown, which is known %s, does no harm", async (_, show) => {
    const { line, told, word } = standing(show);
    await pass(1000);
    line.place = 2;
    await pass(5000);
    expect(told).toEqual(["3", "2"]);
    await word.end();
  });
});
