/** `npm run deploy-commands`: registers the bot's commands with Discord. */

import { runDeploy } from "../src/discord/process.ts";

await runDeploy(process.argv.slice(2));
