/** Run as a process of its own: stages a large change, says so, and waits to be killed. */

import { openStore } from "../../src/index/store.ts";
import { changeOf, manyReports, sampleReport } from "./samples.ts";

const [folder = ""] = process.argv.slice(2);
const store = openStore(folder, { mode: "write" });
store.stage(changeOf([sampleReport("first", ["Other words."]), ...manyReports(3000)], { removals: ["second"] }));
process.stdout.write("staged\n");
setInterval(() => {}, 1000);
