/** The command line's entry point: `tsx src/cli/main.ts ask "..."`. */

import { main } from "./process.ts";

await main(process.argv.slice(2));
