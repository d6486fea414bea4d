/** `npm run bench`: measures this machine. The measurements are in bench/. */

import { benchMain } from "../bench/main.ts";

process.exit(await benchMain(process.argv.slice(2)));
