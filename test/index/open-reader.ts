/** Run as a process of its own, by a user who may only read: opens an index and says what it was told and found. */

import { openIndex } from "../../src/index/snapshot.ts";
import { MODEL, termsOf, vectorFor } from "./samples.ts";

const [folder = ""] = process.argv.slice(2);
const warnings: string[] = [];
const index = await openIndex(folder, { modelId: MODEL, termsOf, warn: (message) => warnings.push(message) });
const found = {
  warnings,
  snapshot: index.snapshot.number,
  lexical: [...index.lexical.search([{ term: "river", weight: 1 }], 5).ids],
  vectors: [...index.vectors.search(vectorFor("question"), 5).ids],
  passages: index.store.passages([1, 2]).length,
};
index.close();
process.stdout.write(JSON.stringify(found));
