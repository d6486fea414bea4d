/** Run as a process of its own: keeps exchanges without end, and prints the id of each once it is kept. */

import { setTimeout as pause } from "node:timers/promises";
import { SitrepError } from "../../src/domain/errors.ts";
import type { Exchange } from "../../src/domain/exchange.ts";
import { openExchanges } from "../../src/index/exchanges.ts";
import { askOutcome, exchangeWith } from "./exchange-samples.ts";

const [folder = "", most = "1000000"] = process.argv.slice(2);
const exchanges = openExchanges(folder, { keptDays: 30, warn: (message) => process.stderr.write(`${message}\n`) });
const outcome = askOutcome({ hits: 10 });
for (let count = 0; count < Number(most); count += 1) {
  const { id } = await kept(exchangeWith({ question: `question ${count}`, outcome }));
  process.stdout.write(`${id}\n`);
  if (count % 20 === 0) await new Promise(setImmediate);
}
exchanges.close();

/** Another keeper that writes all the time may have the lock for longer than anybody waits. */
async function kept(exchange: Parameters<typeof exchanges.keep>[0]): Promise<Exchange> {
  for (;;) {
    try {
      return exchanges.keep(exchange);
    } catch (fault) {
      if (!(fault instanceof SitrepError && fault.code === "busy")) throw fault;
      await pause(100);
    }
  }
}
