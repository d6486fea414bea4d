/** `npm run ingest`: brings the index up to date. The command itself is src/cli/ingest.ts. */

import { main } from "../src/cli/process.ts";

await main(["ingest", ...process.argv.slice(2)]);
