import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { liveSnapshot, type Replaceable } from "../../src/index/live.ts";

/** A snapshot of nothing but its number, that notices when it is used after it was closed. */
interface Fake extends Replaceable {
  readonly number: number;
  readonly isClosed: boolean;
}

/** A world with a newest number, and what was opened of it. */
function world() {
  const opened: Fake[] = [];
  const warnings: string[] = [];
  const state = { newest: 1, fault: null as Error | null, before: async (): Promise<void> => undefined };
  async function open(): Promise<Fake> {
    const number = state.newest;
    await state.before();
    if (state.fault !== null) throw state.fault;
    let isClosed = false;
    const fake: Fake = {
      number,
      get isClosed() {
        return isClosed;
      },
      isStale: () => {
        if (isClosed) throw new Error(`Snapshot ${number} was asked after it was closed`);
        return state.newest !== number;
      },
      close: () => {
        if (isClosed) throw new Error(`Snapshot ${number} was closed twice`);
        isClosed = true;
      },
    };
    opened.push(fake);
    return fake;
  }
  const live = liveSnapshot(open, (message) => warnings.push(message));
  const numbers = (isClosed: boolean) =>
    opened.filter((each) => each.isClosed === isClosed).map(({ number }) => number);
  return { live, state, warnings, opened, numbers };
}

/** Work that goes on until it is told to end, and sees whether its snapshot was closed under it. */
function longWork() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async (fake: Fake) => {
    const wasOpen = !fake.isClosed;
    await ended;
    return { number: fake.number, wasOpen, isOpen: !fake.isClosed };
  };
  return { work, end };
}

describe("the newest snapshot", () => {
  it("is opened once for all who ask, and stays open", async () => {
    const { live, opened } = world();
    const found = await Promise.all([1, 2, 3].map(() => live.use(({ number }) => number)));
    expect(found).toEqual([1, 1, 1]);
    await live.use(() => undefined);
    expect(opened).toHaveLength(1);
    await live.close();
  });

  it("replaces the one before, which is closed when its last user has finished", async () => {
    const { live, state, numbers } = world();
    const first = longWork();
    const second = longWork();
    const before = [live.use(first.work), live.use(second.work)];
    await turn();
    state.newest = 2;
    expect(await live.use(({ number }) => number)).toBe(2);
    first.end();
    expect(await before[0]).toEqual({ number: 1, wasOpen: true, isOpen: true });
    expect(numbers(true)).toEqual([]);
    second.end();
    expect(await before[1]).toEqual({ number: 1, wasOpen: true, isOpen: true });
    await turn();
    expect([numbers(true), numbers(false)]).toEqual([[1], [2]]);
    await live.close();
    expect(numbers(false)).toEqual([]);
  });

  it("is let go of also when the work fails", async () => {
    const { live, state, numbers } = world();
    await expect(live.use(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    state.newest = 2;
    await live.use(() => undefined);
    await turn();
    expect(numbers(true)).toEqual([1]);
    await live.close();
  });

  it("is opened also when nobody asks", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const { live, state, opened, numbers } = world();
      await live.use(() => undefined);
      state.newest = 2;
      await vi.advanceTimersByTimeAsync(1000);
      await turn();
      expect(opened.map(({ number }) => number)).toEqual([1, 2]);
      expect(numbers(true)).toEqual([1]);
      await live.close();
      state.newest = 3;
      await vi.advanceTimersByTimeAsync(5000);
      expect(opened).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is taken as it is where ingests follow each other faster than snapshots are opened", async () => {
    const { live, state, opened, numbers } = world();
    state.before = async () => {
      state.newest += 1;
    };
    expect(await live.use(({ number, isClosed }) => [number, isClosed])).toEqual([3, false]);
    expect(opened).toHaveLength(3);
    await turn();
    expect(numbers(false)).toEqual([3]);
    await live.close();
  });
});

describe("a newer snapshot that cannot be opened", () => {
  it("leaves the one before in use, with one warning for one reason", async () => {
    const { live, state, warnings, numbers } = world();
    await live.use(() => undefined);
    state.newest = 2;
    state.fault = new Error("the disk is gone");
    for (let question = 0; question < 5; question += 1) expect(await live.use(({ number }) => number)).toBe(1);
    expect(warnings).toEqual([
      "The newest snapshot cannot be opened, so answers go on from the one before: the disk is gone",
    ]);
    state.fault = null;
    expect(await live.use(({ number }) => number)).toBe(2);
    state.newest = 3;
    state.fault = new Error("the disk is gone");
    await live.use(() => undefined);
    expect(warnings).toHaveLength(2);
    await turn();
    expect(numbers(false)).toEqual([2]);
    await live.close();
  });

  it("is a fault while nothing is open, for that question only", async () => {
    const { live, state } = world();
    state.fault = new Error("no index");
    await expect(live.use(() => undefined)).rejects.toThrow("no index");
    state.fault = null;
    expect(await live.use(({ number }) => number)).toBe(1);
    await live.close();
  });

  it("because nobody can see whether there is one: the one before stays, with a warning", async () => {
    const warnings: string[] = [];
    let isReadable = true;
    const isStale = () => {
      if (!isReadable) throw new Error("unreadable");
      return false;
    };
    const live = liveSnapshot(
      async () => ({ isStale, close: () => undefined }),
      (message) => warnings.push(message),
    );
    await live.use(() => undefined);
    isReadable = false;
    await live.use(() => undefined);
    await live.use(() => undefined);
    expect(warnings).toEqual(["Whether there is a newer snapshot cannot be seen: unreadable"]);
    await live.close();
  });
});

describe("closing", () => {
  it("waits for nobody, and closes when the last user has finished", async () => {
    const { live, numbers } = world();
    const { work, end } = longWork();
    const running = live.use(work);
    await turn();
    await live.close();
    expect(numbers(true)).toEqual([]);
    end();
    expect(await running).toMatchObject({ wasOpen: true, isOpen: true });
    expect(numbers(false)).toEqual([]);
  });

  it("right after a question was asked does not close what that is about to use", async () => {
    const { live, numbers } = world();
    await live.use(() => undefined);
    await turn();
    const asked = live.use(({ isClosed }) => isClosed);
    const closed = live.close();
    expect(await asked).toBe(false);
    await closed;
    await turn();
    expect(numbers(false)).toEqual([]);
  });

  it("while a snapshot is opened: who waits for it still gets it, and then it is closed", async () => {
    const { live, state, numbers } = world();
    let go: () => void = () => undefined;
    state.before = () =>
      new Promise((resolve) => {
        go = resolve;
      });
    const asked = live.use(({ number, isClosed }) => [number, isClosed]);
    await turn();
    const closed = live.close();
    go();
    expect(await asked).toEqual([1, false]);
    await closed;
    expect(numbers(false)).toEqual([]);
  });

  it("is not for ever: the next use opens again", async () => {
    const { live, opened } = world();
    await live.use(() => undefined);
    await live.close();
    expect(await live.use(({ isClosed }) => isClosed)).toBe(false);
    expect(opened).toHaveLength(2);
    await live.close();
    await live.close();
  });
});
