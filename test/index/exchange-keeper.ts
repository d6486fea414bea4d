/** Run as a process of its own: keeps exchanges without end, and prints the id of each once it is kept. */

import { openExchanges } from "../../src/index/exchanges.ts";
import { askOutcome, exchangeWith } from "./exchange-samples.ts";

const [folder = "", most = "1000000"] = process.argv.slice(2);
const exchanges = openExchanges(folder, { keptDays: 30, warn: (message) => process.stderr.write(`${message}\n`) });
const outcome = askOutcome({ hits: 10 });
for (let count = 0; count < Number(most); count += 1) {
  const { id } = exchanges.keep(exchangeWith({ question: `question ${count}`, outcome }));
  process.stdout.write(`${id}\n`);
  if (count % 20 === 0) await new Promise(setImmediate);
}
exchanges.close();
