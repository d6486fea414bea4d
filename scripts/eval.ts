/** `npm run eval`: measures the answers. The command itself is src/eval/command.ts. */

import { main } from "../src/cli/process.ts";

await main(["eval", ...process.argv.slice(2)]);
