/** The figures of an evaluation as text for a person, and as data for a program. */

import { CONFIDENCES } from "../domain/answer.ts";
import { type Group, type Reliability, reliabilityOf } from "./reliability.ts";
import type { JudgedCase } from "./run.ts";
import type { Figures, Interval, MetricName, Share, Summary } from "./summary.ts";

const LABELS: Readonly<Record<MetricName, string>> = {
  carriesAnswer: "answered, quotes carry the answer",
  onEvidence: "answered, a quote on the evidence",
  carriesOnEvidence: "answered, both of these",
  falseRefusals: "false refusals (of the answerable)",
  abstentionRecall: "refused (of the unanswerable)",
  abstentionPrecision: "refusals that were right",
  recallAt5: "recall@5",
  ndcgAt10: "nDCG@10",
  citationPrecision: "citation precision",
  citationRecall: "citation recall",
  verbatim: "quotes that are verbatim",
};

const COLUMNS: readonly (readonly [title: string, metric: MetricName])[] = [
  ["R@5", "recallAt5"],
  ["nDCG@10", "ndcgAt10"],
  ["cit.prec", "citationPrecision"],
  ["cit.rec", "citationRecall"],
  ["carries", "carriesAnswer"],
  ["on evid.", "onEvidence"],
  ["both", "carriesOnEvidence"],
  ["verbatim", "verbatim"],
  ["false ref.", "falseRefusals"],
];

/** The whole report, ending in a line break. */
export function formatReport(summary: Summary, head: { readonly file: string; readonly reports: number }): string {
  const { overall } = summary;
  const unanswerable = overall.questions - overall.answerable;
  const failed = overall.failed > 0 ? `, ${overall.failed} ended in an error` : "";
  const lines = [
    `${head.file}: ${plural(overall.questions, "question")} (${overall.answerable} answerable, ${unanswerable} not) on ${plural(head.reports, "report")}${failed}`,
    "",
    ...Object.entries(LABELS).map(([name, label]) =>
      headline(label, overall[name as MetricName], summary.intervals[name as MetricName]),
    ),
    `${"latency".padEnd(LABEL_WIDTH)}  p50 ${milliseconds(overall.latency.p50)}, p95 ${milliseconds(overall.latency.p95)}`,
    "",
  ];
  const answerable = Object.entries(summary.byType).filter(([, figures]) => figures.answerable > 0);
  if (answerable.length > 0) lines.push(...typeTable(answerable), "");
  const subtypes = Object.entries(summary.bySubtype);
  if (subtypes.length > 0) lines.push(...refusalTable(subtypes), "");
  return lines.join("\n");
}

const LABEL_WIDTH = Math.max(...Object.values(LABELS).map((label) => label.length));

function headline(label: string, share: Share, interval: Interval | undefined): string {
  const range =
    interval === undefined ? "" : `  95% interval ${percentOf(interval.low)} to ${percentOf(interval.high)}`;
  return `${label.padEnd(LABEL_WIDTH)}  ${percent(share).padStart(6)}  n=${share.count}${range}`.trimEnd();
}

function typeTable(groups: readonly (readonly [string, Figures])[]): readonly string[] {
  return aligned([
    ["type", "n", ...COLUMNS.map(([title]) => title), "p50", "p95"],
    ...groups.map(([name, figures]) => [
      name,
      String(figures.questions),
      ...COLUMNS.map(([, metric]) => percent(figures[metric])),
      milliseconds(figures.latency.p50),
      milliseconds(figures.latency.p95),
    ]),
  ]);
}

function refusalTable(groups: readonly (readonly [string, Figures])[]): readonly string[] {
  return aligned([
    ["unanswerable", "n", "refused", "p50", "p95"],
    ...groups.map(([name, figures]) => [
      name,
      String(figures.questions),
      percent(figures.abstentionRecall),
      milliseconds(figures.latency.p50),
      milliseconds(figures.latency.p95),
    ]),
  ]);
}

/** How often answers of a confidence are right, as a table with a bar for each bin, ending in a line break. */
export function formatReliability({ answers, byConfidence, bySupport, calibrationError }: Reliability): string {
  if (answers === 0) return "confidence: nothing was answered\n";
  const bins = bySupport.filter((bin) => bin.answers > 0);
  const rows = aligned([
    ["confidence", "n", "support", "right", "95% interval"],
    ...CONFIDENCES.map((word) => [word, ...cellsOf(byConfidence[word])]),
    ...bins.map((bin) => [`${bin.from.toFixed(1)} to ${bin.to.toFixed(1)}`, ...cellsOf(bin)]),
  ]);
  const lines = rows.map((row, at) => {
    const bin = bins[at - 1 - CONFIDENCES.length];
    return bin === undefined ? row : `${row}  ${barOf(bin)}`;
  });
  return [
    ...lines,
    "bars: # share right, | mean support; right: the quotes carry the answer and lie on its evidence",
    `expected calibration error ${(calibrationError ?? 0).toFixed(3)} over ${plural(answers, "answer")}, those to unanswerable questions included`,
    "",
  ].join("\n");
}

function cellsOf({ answers, meanSupport, right, interval }: Group): readonly string[] {
  return [
    String(answers),
    meanSupport === null ? "-" : meanSupport.toFixed(2),
    percent(right),
    interval === null ? "-" : `${percentOf(interval.low)} to ${percentOf(interval.high)}`,
  ];
}

const BAR_WIDTH = 40;

/** The share of right answers as a bar, with a mark where the mean support stands. */
function barOf({ meanSupport, right }: Group): string {
  const end = Math.round((right.value ?? 0) * BAR_WIDTH);
  const mark = Math.min(BAR_WIDTH - 1, Math.round((meanSupport ?? 0) * BAR_WIDTH));
  return Array.from({ length: BAR_WIDTH }, (_, at) => (at === mark ? "|" : at < end ? "#" : ".")).join("");
}

/** Whether a person should look at it: not answered as it should be, refused without need, or answered without support. */
export function isFailure({ score }: JudgedCase): boolean {
  return score.answerable ? score.carriesAnswer !== true : !score.abstained;
}

/** Each failed question with what was answered, ending in a line break; "" when none failed. */
export function formatFailures(judged: readonly JudgedCase[]): string {
  return judged
    .filter(isFailure)
    .map(({ question, outcome, score }) => {
      const lines = [
        `${question.id} (${question.subtype ?? question.type}): ${question.question}`,
        ...(score.answerable
          ? [
              `  must: ${question.must.map((group) => group.join(" | ")).join(" & ")}`,
              `  found: ${retrievalOf(score.recallAt5)}`,
            ]
          : []),
      ];
      if (outcome.error !== null) lines.push(`  error: ${outcome.error}`);
      else if (outcome.abstained) lines.push(`  refused: ${outcome.explanation ?? ""}`);
      for (const quote of outcome.quotes) lines.push(`  quoted: "${oneLine(quote.text)}" (${quote.doc})`);
      return `${lines.join("\n")}\n`;
    })
    .join("\n");
}

function retrievalOf(recall: number | null): string {
  return `${percentOf(recall ?? 0)} of the evidence in the first five passages`;
}

/** All figures and each question's verdict, for a program. */
export function reportJson(
  summary: Summary,
  judged: readonly JudgedCase[],
  head: { readonly file: string; readonly reports: number },
) {
  return {
    questions: head.file,
    reports: head.reports,
    overall: summary.overall,
    intervals: summary.intervals,
    byType: summary.byType,
    bySubtype: summary.bySubtype,
    reliability: reliabilityOf(judged),
    items: judged.map(({ question, outcome, score }) => ({
      ...score,
      confidence: outcome.confidence,
      support: outcome.support,
      question: question.question,
      answer: outcome.answer,
      quoted: outcome.quotes,
      ...(outcome.explanation === null ? {} : { explanation: outcome.explanation }),
      ...(outcome.error === null ? {} : { error: outcome.error }),
    })),
  };
}

/** "1 report", "2 reports". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "12.3 ms", "1.20 s". */
export function milliseconds(value: number | null): string {
  if (value === null) return "-";
  return value < 1000 ? `${value.toFixed(1)} ms` : `${(value / 1000).toFixed(2)} s`;
}

function percent({ value }: Share): string {
  return value === null ? "-" : percentOf(value);
}

function percentOf(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

/** Rows with the first column to the left and the others to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
