/** The questions that the weights are learnt from, with the places of their evidence in the indexed reports. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Span } from "../../src/domain/passage.ts";
import type { Sitrep } from "../../src/domain/service.ts";
import { locateEvidence, parseCases } from "../../src/eval/cases.ts";

/** A question with its evidence: each part is needed, and one place of a part is enough. */
export interface Labelled {
  readonly id: string;
  readonly question: string;
  readonly answerable: boolean;
  /** Places by report id. */
  readonly evidence: readonly (readonly (Span & { readonly report: string })[])[];
}

/** A set of questions over one folder of reports. */
export interface QuestionSet {
  readonly name: string;
  readonly corpus: string;
  readonly questions: string;
  /** Where the texts lie that offsets of evidence point into; null where the questions hold the texts. */
  readonly texts: string | null;
  /** How much a question counts while learning. */
  readonly weight: number;
  /** False where the unanswerable ones are not to be learnt from. */
  readonly learnsUnanswerable: boolean;
}

/** The sets that can be had: the starter corpus always, others where their folders are given. */
export function setsOf(folders: { readonly reports?: string | undefined; readonly squad?: string | undefined }) {
  const own: QuestionSet = {
    name: "starter",
    corpus: "corpus",
    questions: "eval/calibration.yaml",
    texts: null,
    weight: 1,
    learnsUnanswerable: true,
  };
  const { reports, squad } = folders;
  const real = (reports === undefined ? [] : ["a", "b", "c", "d", "e"]).map(
    (name): QuestionSet => ({
      name: `reports-${name}`,
      corpus: join(reports ?? "", "docs"),
      questions: `eval/fitting/reports-${name}.jsonl`,
      texts: join(reports ?? "", "text"),
      weight: 1,
      learnsUnanswerable: true,
    }),
  );
  // Its unanswerable questions are near misses within one paragraph, and teach to refuse what reports do answer.
  const encyclopedia: QuestionSet[] =
    squad === undefined
      ? []
      : [
          {
            name: "squad",
            corpus: join(squad, "docs"),
            questions: join(squad, "questions.jsonl"),
            texts: null,
            weight: 0.5,
            learnsUnanswerable: false,
          },
        ];
  return [own, ...real, ...encyclopedia];
}

/** The questions of a set, over the reports that `sitrep` has indexed. Evidence that is not found is told of. */
export async function labelled(set: QuestionSet, sitrep: Sitrep, warn: (message: string) => void): Promise<Labelled[]> {
  const raw = await readFile(set.questions, "utf8");
  const heads = await sitrep.reports();
  if (set.questions.endsWith(".yaml")) {
    const ids = new Map(heads.map(({ id, path }) => [path, id]));
    const cases = await locateEvidence(parseCases(raw, set.questions), sitrep, set.questions);
    return cases.map(({ id, question, type, evidence }) => ({
      id,
      question,
      answerable: type !== "unanswerable",
      evidence: evidence.map(({ doc, spans }) => spans.map((span) => ({ ...span, report: ids.get(doc) ?? "" }))),
    }));
  }
  const byName = new Map(
    heads.flatMap(({ id, path }) => [path, withoutEnding(path)].map((name) => [name, id] as const)),
  );
  const folded = new Map<string, Folded>();
  const found: Labelled[] = [];
  for (const line of raw.split("\n")) {
    if (line.trim() === "") continue;
    const row = JSON.parse(line) as Row;
    const evidence = await Promise.all(
      (row.evidence ?? []).map(async (part) => {
        const places = await Promise.all([part, ...(part.alt ?? [])].map((place) => placesOf(place)));
        return places.flat();
      }),
    );
    if (row.answerable && evidence.some((places) => places.length === 0)) warn(`${row.id}: evidence not found`);
    found.push({ id: row.id, question: row.question, answerable: row.answerable, evidence });
  }
  return found;

  async function placesOf(place: Place): Promise<(Span & { report: string })[]> {
    const report = byName.get(place.doc) ?? byName.get(withoutEnding(place.doc));
    if (report === undefined) return [];
    const text = place.text ?? (await textOf(set.texts ?? "", place));
    const known = folded.get(report) ?? fold(await sitrep.reportText(report));
    folded.set(report, known);
    const sought = fold(text).letters;
    const spans: (Span & { report: string })[] = [];
    for (let at = known.letters.indexOf(sought); at >= 0; at = known.letters.indexOf(sought, at + 1)) {
      const start = known.at[at] ?? 0;
      spans.push({ report, start, end: (known.at[at + sought.length - 1] ?? start) + 1 });
    }
    return spans;
  }
}

interface Place {
  readonly doc: string;
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}

interface Row {
  readonly id: string;
  readonly question: string;
  readonly answerable: boolean;
  readonly evidence?: readonly (Place & { readonly alt?: readonly Place[] })[];
}

async function textOf(folder: string, { doc, start, end }: Place): Promise<string> {
  for (const name of [`${doc}.txt`, doc]) {
    const text = await readFile(join(folder, name), "utf8").catch(() => null);
    if (text !== null) return text.slice(start, end);
  }
  throw new Error(`There is no text of ${doc} in ${folder}`);
}

function withoutEnding(name: string): string {
  return name.replace(/\.[a-z]+$/, "");
}

/** Letters and digits in lower case, and where each stands: two extractions of one document agree in those. */
interface Folded {
  readonly letters: string;
  readonly at: readonly number[];
}

function fold(text: string): Folded {
  const letters: string[] = [];
  const at: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    for (const character of (text[index] ?? "").normalize("NFKC").toLowerCase()) {
      if (!/[\p{L}\p{N}]/u.test(character)) continue;
      letters.push(character);
      at.push(index);
    }
  }
  return { letters: letters.join(""), at };
}
