// @ts-check
/**
 * What the thread of threaded.ts does first: it loads what runs TypeScript, which a thread has neither by itself nor
 * from its parent. Plain JavaScript, because that is not there yet.
 */

import { register } from "tsx/esm/api";

register();
await import("./threaded-worker.ts");
