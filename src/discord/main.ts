/** The bot's entry point: `npm start`. */

import { runBot } from "./process.ts";

await runBot();
