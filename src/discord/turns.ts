/** Whose question is worked on next: a bounded number at once, members in turn, and a pause between two of one member. */

/** Work that was not taken on. */
export class NotTaken extends Error {
  readonly reason: "full" | "stopping";

  constructor(reason: "full" | "stopping") {
    super(reason === "full" ? "Too many questions are waiting" : "The bot is stopping");
    this.name = "NotTaken";
    this.reason = reason;
  }
}

/** A place in line, taken at once; the work begins when it is reached. */
export interface Turn<T> {
  /** What the work gives. @throws what the work throws. */
  readonly result: Promise<T>;
  /** 0 when the work has begun or is done, else the 1-based number of the turn that it will be. */
  place(): number;
}

export interface Turns {
  /**
   * Takes a place for a member's work.
   * @throws {NotTaken} when all places are taken, or after `stop`.
   */
  take<T>(memberId: string, work: () => Promise<T>): Turn<T>;
  /** Whether all places are taken. */
  isFull(): boolean;
  /** Work that has begun, and work that waits. */
  counts(): { readonly running: number; readonly waiting: number };
  /** Takes on no more; resolves when everything taken on is done. */
  stop(): Promise<void>;
}

interface Waiting {
  readonly begin: () => Promise<void>;
}

/**
 * Turns for members: each in turn has one piece of work begun, so that one who asks fifty questions holds up another
 * by one place only.
 * @param limits `atOnce` at least 1; `waiting` at least 0.
 */
export function createTurns(limits: { readonly atOnce: number; readonly waiting: number }): Turns {
  /** Those with work waiting, the next one first; each with its work, oldest first. */
  const lines = new Map<string, Waiting[]>();
  let running = 0;
  let waiting = 0;
  let isStopping = false;
  /** Those who wait for everything to be done. */
  const stopped: (() => void)[] = [];

  function next(): void {
    while (running < limits.atOnce && waiting > 0) {
      const [memberId, line] = lines.entries().next().value as [string, Waiting[]];
      const first = line.shift();
      lines.delete(memberId);
      // Behind all others who wait.
      if (line.length > 0) lines.set(memberId, line);
      if (first === undefined) continue;
      waiting -= 1;
      running += 1;
      void first.begin().finally(() => {
        running -= 1;
        next();
        if (running === 0 && waiting === 0) for (const resolve of stopped.splice(0)) resolve();
      });
    }
  }

  /** How many begin before this one, and one. */
  function placeOf(memberId: string, piece: Waiting): number {
    const round = lines.get(memberId)?.indexOf(piece) ?? -1;
    if (round < 0) return 0;
    let before = round;
    let isBehind = false;
    for (const [other, line] of lines) {
      if (other === memberId) isBehind = true;
      // Those behind in the round have one piece fewer begun by then.
      else before += Math.min(line.length, isBehind ? round : round + 1);
    }
    return before + 1;
  }

  const isFull = () => running >= limits.atOnce && waiting >= limits.waiting;

  return {
    isFull,
    take<T>(memberId: string, work: () => Promise<T>): Turn<T> {
      if (isStopping) throw new NotTaken("stopping");
      if (isFull()) throw new NotTaken("full");
      let piece: Waiting | null = null;
      const result = new Promise<T>((resolve, reject) => {
        // Work that throws at once ends its turn like any other.
        piece = { begin: () => (async () => await work())().then(resolve, reject) };
      });
      if (piece === null) throw new Error("A promise begins at once");
      const line = lines.get(memberId);
      if (line === undefined) lines.set(memberId, [piece]);
      else line.push(piece);
      waiting += 1;
      const mine = piece;
      next();
      return { result, place: () => placeOf(memberId, mine) };
    },
    counts: () => ({ running, waiting }),
    stop() {
      isStopping = true;
      return new Promise((resolve) => {
        if (running === 0 && waiting === 0) resolve();
        else stopped.push(resolve);
      });
    },
  };
}

export interface Cooldowns {
  /** 0, and the pause begins anew; or the whole seconds, rounded up, that the member still has to wait. */
  take(memberId: string): number;
}

/** @param now milliseconds of a steady clock. */
export function createCooldowns(seconds: number, now: () => number = () => performance.now()): Cooldowns {
  const until = new Map<string, number>();
  return {
    take(memberId) {
      const time = now();
      const left = (until.get(memberId) ?? 0) - time;
      if (left > 0) return Math.ceil(left / 1000);
      // In order of time: those that are over come first.
      for (const [id, end] of until) {
        if (end > time) break;
        until.delete(id);
      }
      until.delete(memberId);
      if (seconds > 0) until.set(memberId, time + seconds * 1000);
      return 0;
    },
  };
}
