/** Run as a process of its own: takes the writer's lock of a folder, says so, and keeps it. */

import { takeWriterLock } from "../../src/index/writer-lock.ts";

const [folder = ""] = process.argv.slice(2);
takeWriterLock(folder);
process.stdout.write("taken\n");
setInterval(() => {}, 1000);
