/** The command line's entry point: `node --import tsx/esm src/cli/main.ts ask "..."`. */

import { main } from "./process.ts";

await main(process.argv.slice(2));
