/** A snapshot that is replaced by the next one under questions that go on. */

/** What is opened of a snapshot. */
export interface Replaceable {
  /** True once there is a newer snapshot. Cheap: it is asked before every use. */
  isStale(): boolean;
  /** True when it should be opened again soon, though there is nothing newer. Asked twice a second at most. */
  isWorn?(): boolean;
  close(): void;
}

export interface Live<T extends Replaceable> {
  /**
   * Runs `work` on the newest snapshot, which stays open until the work is done. Where the newest cannot be opened,
   * the one that is open goes on serving, and `warn` is told once.
   * @throws what opening throws, while nothing is open; what the work throws.
   */
  use<R>(work: (opened: T) => Promise<R> | R): Promise<R>;
  /** Closes what is open as soon as nobody uses it. The next use opens again. */
  close(): Promise<void>;
}

/** What is open, and how many use it. */
interface Lease<T> {
  readonly opened: T;
  users: number;
  isReplaced: boolean;
  isClosed: boolean;
}

/** Openings for one question, where ingests follow each other faster than snapshots are opened. */
const MOST_OPENINGS = 3;
/** Milliseconds between two looks for a newer snapshot while nobody asks, so that the next question need not wait. */
const LOOK_EVERY = 500;

/**
 * Holds the newest snapshot open.
 * @param open opens the snapshot that is current at that time.
 * @param warn told why a newer snapshot is not in use.
 */
export function liveSnapshot<T extends Replaceable>(open: () => Promise<T>, warn: (message: string) => void): Live<T> {
  let current: Lease<T> | null = null;
  let opening: Promise<Lease<T>> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let lastWarning = "";
  /** Raised by `close`: what is still being opened then is not wanted any more. */
  let generation = 0;

  function retire(lease: Lease<T> | null): void {
    if (lease === null) return;
    lease.isReplaced = true;
    closeUnused(lease);
  }

  function closeUnused(lease: Lease<T>): void {
    if (!lease.isReplaced || lease.users > 0 || lease.isClosed) return;
    lease.isClosed = true;
    lease.opened.close();
  }

  /** Counts a user at once: between finding a snapshot and using it, nobody may close it. */
  function taken(lease: Lease<T>): Lease<T> {
    lease.users += 1;
    return lease;
  }

  function release(lease: Lease<T>): void {
    lease.users -= 1;
    closeUnused(lease);
  }

  function isStale(lease: Lease<T>): boolean {
    try {
      return lease.opened.isStale();
    } catch (error) {
      warnOnce(`Whether there is a newer snapshot cannot be seen: ${reasonOf(error)}`);
      return false;
    }
  }

  function isWorn({ opened }: Lease<T>): boolean {
    try {
      return opened.isWorn?.() ?? false;
    } catch {
      // The file system said no; it will be asked again.
      return false;
    }
  }

  function warnOnce(message: string): void {
    if (message !== lastWarning) warn(message);
    lastWarning = message;
  }

  /** One opening at a time, shared by all who wait for it. */
  function replace(): Promise<Lease<T>> {
    const begun = generation;
    opening ??= open()
      .then((opened) => {
        // The opening itself is a user until all who wait for it have taken it up.
        const lease: Lease<T> = { opened, users: 1, isReplaced: begun !== generation, isClosed: false };
        setImmediate(() => release(lease));
        if (!lease.isReplaced) {
          retire(current);
          current = lease;
          lastWarning = "";
          watch();
        }
        return lease;
      })
      .finally(() => {
        opening = null;
      });
    return opening;
  }

  function watch(): void {
    timer ??= setInterval(() => {
      if (current === null || opening !== null || !(isStale(current) || isWorn(current))) return;
      replace().catch((error: unknown) => warnOnce(notReplaced(error)));
    }, LOOK_EVERY);
    // A process that has nothing else to do may end.
    timer.unref();
  }

  /** The newest snapshot, taken. */
  async function newest(): Promise<Lease<T>> {
    let lease = current;
    for (let openings = 0; openings < MOST_OPENINGS; openings += 1) {
      if (lease !== null && !isStale(lease)) return taken(lease);
      try {
        lease = await replace();
      } catch (error) {
        // Read anew: another question may have succeeded meanwhile.
        if (current === null) throw error;
        warnOnce(notReplaced(error));
        return taken(current);
      }
    }
    if (lease === null) throw new Error("No snapshot was opened");
    return taken(lease);
  }

  return {
    async use(work) {
      const lease = await newest();
      try {
        return await work(lease.opened);
      } finally {
        release(lease);
      }
    },
    async close() {
      generation += 1;
      if (timer !== null) clearInterval(timer);
      timer = null;
      const pending = opening;
      retire(current);
      current = null;
      await pending?.catch(() => null);
      // By then an opening has let go of what it opened.
      await new Promise(setImmediate);
    },
  };
}

function notReplaced(error: unknown): string {
  return `The newest snapshot cannot be opened, so answers go on from the one before: ${reasonOf(error)}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
