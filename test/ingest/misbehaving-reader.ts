/** The real reader's program, which misbehaves with files of certain names before it would read them. */

import type { ReaderReply, ReaderRequest } from "../../src/ingest/isolated.ts";

/** Kept, so that nothing of it is collected. */
const hoard: unknown[] = [];

const behaviours: Readonly<Record<string, (request: ReaderRequest) => void>> = {
  "loop.txt": () => {
    for (;;);
  },
  "segfault.txt": () => process.kill(process.pid, "SIGSEGV"),
  "exit.txt": () => process.exit(7),
  "throw.txt": () => {
    throw new Error("nobody catches this");
  },
  "heap.txt": () => {
    for (;;) hoard.push(Array.from({ length: 1000 }, (_, at) => ({ at })));
  },
  "outside.txt": () => {
    for (;;) hoard.push(Buffer.alloc(16 * 1024 * 1024, 1));
  },
  "fault.txt": ({ number }) => reply({ number, fault: "a fault of the program" }),
  // Only every second process survives it.
  "once.txt": () => {
    if (hoard.length === 0) process.exit(1);
  },
  "leave-something.txt": () => void hoard.push("something"),
  // Replies that were not asked for must not be taken for others.
  "babble.txt": ({ number }) => {
    for (const other of [number - 1, number + 1, 0]) reply({ number: other, fault: "not asked for" });
    process.send?.("ready");
  },
  "tell.txt": ({ number }) => reply({ number, fault: JSON.stringify(told()) }),
};

function told(): unknown {
  return { process: process.pid, environment: process.env, arguments: [...process.argv, ...process.execArgv] };
}

function reply(message: ReaderReply): void {
  process.send?.(message);
}

process.on("message", (request: ReaderRequest) => behaviours[request.file.path]?.(request));
await import("../../src/ingest/reader-process.ts");
