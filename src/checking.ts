/** The checking side: the statements of a text held against the newest snapshot. */

import { checkFrom, LONGEST_READING, MOST_STATEMENTS, readingsOf } from "./answer/check.ts";
import { statementsOf } from "./answer/statements.ts";
import { type AskingParts, EVIDENCE_PASSAGES, find, onNewest, reportsOnce } from "./asking.ts";
import { checkedText } from "./domain/check.ts";
import { SitrepError } from "./domain/errors.ts";
import type { Checking } from "./domain/service.ts";
import type { EmbeddingModel } from "./embeddings/factory.ts";
import { checkFilters } from "./retrieve/filters.ts";

/** What `Sitrep` promises of `check`. */
export function checking(parts: AskingParts): Checking {
  const { config, model, words, onBrokenQuote } = parts;

  return {
    async check(given, { filters, signal } = {}) {
      const began = performance.now();
      const text = checkedText(given);
      // The model loads while the index is read.
      model().load();
      const vectors = new Map<string, Promise<Float32Array>>();
      const result = await onNewest(parts, async (index) => {
        checkFilters(index.heads, filters ?? {}, config.maxMarking);
        const all = statementsOf(text, index.names);
        const statements = all.slice(0, MOST_STATEMENTS);
        const readings = readingsOf(statements, index.names).map((reading) => reading.slice(0, LONGEST_READING));
        embed(model(), readings, vectors);
        const items = await Promise.all(
          statements.map(async (statement, position) => {
            const reading = readings[position] ?? "";
            const isTooLong = statement.reading.length > LONGEST_READING;
            const vector = vectors.get(reading) ?? model().embedQuestion(reading);
            const { question, hits } = await find(parts, index, reading, vector, filters, EVIDENCE_PASSAGES);
            return { statement, question, hits: isTooLong ? [] : hits };
          }),
        );
        if (signal?.aborted === true) throw new SitrepError("cancelled", "The check was cancelled");
        const checked = checkFrom(items, {
          report: reportsOnce(index.index.store),
          glossary: index.names,
          likeness: words.between,
          onBrokenQuote,
        });
        const result = { statements: checked, omitted: all.length - statements.length };
        return { result, hits: items.flatMap(({ hits }) => hits) };
      });
      return { ...result, milliseconds: performance.now() - began };
    },
  };
}

/** Begins to embed what has no vector yet, all that fits the model in one call. */
function embed(model: EmbeddingModel, readings: readonly string[], vectors: Map<string, Promise<Float32Array>>): void {
  const fresh = [...new Set(readings)].filter((reading) => !vectors.has(reading));
  const fitting = fresh.filter((reading) => model.countTokens(reading) <= model.maxTokens);
  const embedded = model.embedPassages(fitting.map((text) => ({ text, spans: [] })));
  fitting.forEach((reading, position) => {
    vectors.set(
      reading,
      embedded.then((all) => all[position]?.vector ?? model.embedQuestion(reading)),
    );
  });
  for (const reading of fresh) if (!vectors.has(reading)) vectors.set(reading, model.embedQuestion(reading));
  for (const vector of vectors.values()) vector.catch(() => undefined);
}
