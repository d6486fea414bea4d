/** Everything that the bot may have to show, with hostile text in every place, up to the sizes that an index can hold. */

import * as fc from "fast-check";
import type { Abstained, Answer, Answered, Citation, Claim, Disagreement } from "../../src/domain/answer.ts";
import { ABSTENTION_REASONS, AS_OF_BASES, CONFIDENCES, UNMET_KINDS, VOICES } from "../../src/domain/answer.ts";
import { type CheckedStatement, VERDICTS } from "../../src/domain/check.ts";
import type { Exchange, Outcome } from "../../src/domain/exchange.ts";
import { MARKINGS } from "../../src/domain/marking.ts";
import { DERIVABLE_FIELDS, RELIABILITIES, REPORT_KINDS, type ReportSource } from "../../src/domain/report.ts";
import type { ReportDetails, Surroundings } from "../../src/domain/service.ts";
import { hostileOf } from "./hostile-text.ts";

/** Never empty: an index holds no empty title, name or quote. */
const words = (maxLength: number) => hostileOf(maxLength).map((text) => (text.trim() === "" ? "a" : text));
const name = words(300);
const date = fc.constantFrom("2024", "2025-02", "2025-02-28", "2025-01-01", "2025-12-31");
const period = fc.record({ from: date, to: date });
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const address = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc
    .integer({ min: 1, max: 1950 })
    .map((length) => `https://www.example.org/${"a_(b)".repeat(length).slice(0, length)}`),
  fc.integer({ min: 1, max: 60 }).map((length) => `https://${"a_b.".repeat(length)}org/`),
);

export const sources: fc.Arbitrary<ReportSource> = fc.record({
  title: name,
  publisher: nullable(name),
  author: nullable(name),
  published: nullable(date),
  period: nullable(period),
  documentId: nullable(name),
  url: nullable(address),
  kind: fc.constantFrom(...REPORT_KINDS),
  language: fc.constantFrom("en", "ur"),
  reliability: fc.constantFrom(...RELIABILITIES),
  marking: nullable(fc.constantFrom(...MARKINGS)),
  origins: fc.array(
    fc.record({
      title: name,
      publisher: nullable(name),
      documentId: nullable(name),
      published: nullable(date),
      url: nullable(address),
    }),
    { maxLength: 8 },
  ),
  sources: fc.constant([]),
  derived: fc.subarray([...DERIVABLE_FIELDS]),
});

const reportId = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,79}$/);
const quote = fc.record({
  reportId,
  start: fc.nat(1_000_000),
  end: fc.nat(1_000_000),
  text: fc.oneof({ weight: 3, arbitrary: words(900) }, { weight: 1, arbitrary: words(6000) }),
});
const locator = fc.record({
  page: nullable(fc.integer({ min: 1, max: 9999 })),
  headings: fc.array(name, { maxLength: 4 }),
  paragraph: fc.integer({ min: 1, max: 99_999 }),
});

export const citation: fc.Arbitrary<Citation> = fc.record({
  number: fc.constant(0),
  quote,
  path: name,
  source: sources,
  locator,
  footnotes: fc.array(fc.record({ key: name, title: name, url: nullable(address), date: nullable(date) }), {
    maxLength: 8,
  }),
});
const citations = (minLength: number, maxLength: number) => fc.array(citation, { minLength, maxLength });

export const claim: fc.Arbitrary<Claim> = fc.record({
  text: words(100),
  citations: citations(1, 3),
  corroboration: fc.array(fc.record({ reportId, title: name, independent: fc.boolean() }), { maxLength: 6 }),
  asOf: nullable(fc.record({ from: date, to: date, basis: fc.constantFrom(...AS_OF_BASES), isOlder: fc.boolean() })),
  voice: fc.record({ kind: fc.constantFrom(...VOICES), who: nullable(name) }),
  changes: fc.array(fc.record({ written: name, base: nullable(period), isBaseQuoted: fc.boolean() }), { maxLength: 4 }),
});
/** Any whole number; `numbered` makes it that of a citation. */
const anyNumber = fc.nat(100);
export const disagreement: fc.Arbitrary<Disagreement> = fc.record({
  about: name,
  period: nullable(period),
  values: fc.array(fc.record({ written: name, citation: anyNumber, who: nullable(name), rule: nullable(name) }), {
    minLength: 2,
    maxLength: 12,
  }),
});
const answered: fc.Arbitrary<Answered> = fc.record({
  kind: fc.constant("answer" as const),
  claims: fc.array(claim, { minLength: 1, maxLength: 4 }),
  confidence: fc.constantFrom(...CONFIDENCES),
  support: fc.constant(0.5),
  disagreements: fc.array(disagreement, { maxLength: 3 }),
  premise: nullable(fc.record({ asked: name, citation: anyNumber })),
});
const abstained: fc.Arbitrary<Abstained> = fc.record({
  kind: fc.constant("abstention" as const),
  reason: fc.constantFrom(...ABSTENTION_REASONS),
  explanation: words(600),
  nearest: fc.array(fc.record({ citation, score: fc.constant(0.5) }), { maxLength: 3 }),
  support: fc.constant(0.1),
  unmet: fc.array(
    fc.record({
      kind: fc.constantFrom(...UNMET_KINDS),
      surface: fc.oneof(name, fc.constantFrom("number", "date", "yes-no", "constructor")),
    }),
    { maxLength: 12 },
  ),
  choices: fc.array(words(300), { maxLength: 8 }),
});

const statement: fc.Arbitrary<CheckedStatement> = fc.record({
  start: fc.constant(0),
  end: fc.constant(1),
  text: words(2000),
  verdict: fc.constantFrom(...VERDICTS),
  citations: citations(0, 2),
  differences: fc.array(fc.record({ claimed: words(100), reported: words(100) }), { maxLength: 5 }),
});

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({
    kind: fc.constant("ask" as const),
    question: fc.record({
      text: words(2000),
      isMadeWhole: fc.boolean(),
      wants: fc.constant("other"),
      names: fc.constant([]),
      period: fc.constant(null),
      expansions: fc.array(words(100), { maxLength: 5 }),
    }),
    answer: fc.oneof<fc.Arbitrary<Answer>[]>(answered, abstained),
    evidence: citations(0, 10),
  }),
  fc.record({ kind: fc.constant("search" as const), passages: citations(0, 24) }),
  fc.record({
    kind: fc.constant("check" as const),
    result: fc.record({
      statements: fc.array(statement, { maxLength: 10 }),
      omitted: fc.nat(50),
      milliseconds: fc.constant(1),
    }),
  }),
);

export const exchanges: fc.Arbitrary<Exchange> = fc
  .record({
    id: fc.stringMatching(/^[A-Za-z0-9]{10}$/),
    askedAt: fc.constant("2025-03-01T00:00:00.000Z"),
    guildId: fc.constant("1"),
    channelId: fc.constant("2"),
    memberId: fc.constant("3"),
    isPrivate: fc.boolean(),
    question: words(2000),
    filters: fc.constant({}),
    follows: fc.constant(null),
    outcome: outcomes,
  })
  .map((exchange) => ({ ...exchange, outcome: numbered(exchange.outcome) }));

/** With the quotes numbered through, as an outcome has them. */
function numbered(outcome: Outcome): Outcome {
  let last = 0;
  const number = (each: Citation): Citation => {
    last += 1;
    return { ...each, number: last };
  };
  switch (outcome.kind) {
    case "brief":
      return outcome;
    case "search":
      return { ...outcome, passages: outcome.passages.map(number) };
    case "check": {
      const statements = outcome.result.statements.map((each) => ({ ...each, citations: each.citations.map(number) }));
      return { ...outcome, result: { ...outcome.result, statements } };
    }
    case "ask": {
      const { answer } = outcome;
      const shown: Answer =
        answer.kind === "answer"
          ? numberedAnswer(answer, number)
          : { ...answer, nearest: answer.nearest.map((near) => ({ ...near, citation: number(near.citation) })) };
      return { ...outcome, answer: shown, evidence: outcome.evidence.map(number) };
    }
  }
}

/** What speaks of a citation has the number of one that is there. */
function numberedAnswer(answer: Answered, number: (citation: Citation) => Citation): Answered {
  const claims = answer.claims.map((each) => ({ ...each, citations: each.citations.map(number) }));
  const numbers = claims.flatMap((each) => each.citations.map((citation) => citation.number));
  const pointing = <T extends { readonly citation: number }>(each: T): T => ({
    ...each,
    citation: numbers[each.citation % numbers.length] ?? 1,
  });
  const disagreements = answer.disagreements.map((each) => ({ ...each, values: each.values.map(pointing) }));
  return { ...answer, claims, disagreements, premise: answer.premise === null ? null : pointing(answer.premise) };
}

export const suggestions = fc.array(words(300), { maxLength: 3 });

const time = fc.constant("2025-03-01T12:00:00.000Z");
export const reportDetails: fc.Arbitrary<ReportDetails> = fc.record({
  id: reportId,
  path: name,
  source: sources,
  ingestedAt: time,
  characters: fc.nat(),
  pages: fc.nat(5000),
  passages: fc.nat(90_000),
});

export const surroundings: fc.Arbitrary<Surroundings> = fc.record({
  quote,
  before: nullable(fc.record({ reportId, start: fc.nat(), end: fc.nat(), text: words(1600) })),
  after: nullable(fc.record({ reportId, start: fc.nat(), end: fc.nat(), text: words(1600) })),
  path: name,
  source: sources,
  locator,
});
