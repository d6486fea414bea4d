import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleOf } from "../../bench/fit/examples.ts";
import { judgeBy } from "../../bench/fit/learn.ts";
import { type Opening, openCorpus } from "../../bench/fit/opening.ts";
import { type Labelled, labelled, type QuestionSet, setsOf } from "../../bench/fit/sets.ts";
import { FEATURES } from "../../src/answer/features.ts";
import { ANSWERING_FEATURES } from "../../src/answer/support.ts";
import { ANSWERING, RANKING } from "../../src/answer/weights.ts";
import { loadConfig } from "../../src/config.ts";

/** As its publisher set it: a heading, a table, soft hyphens, curly marks, a ligature. */
const PAGE = `<!doctype html><html><head><title>The Lorn ferry</title></head><body><main>
<h1>The Lorn ferry</h1>
<p>The Lorn ferry’s <b>of&shy;ficial</b> log
says that it sank on 4&nbsp;May 2021 after a collision with the tanker Halvard. Nineteen people died.</p>
<p>The inquiry blamed fog, and a radar that had been switched off. Nineteen people died.</p>
</main></body></html>
`;
/** The same words as another program extracted them, with line ends, plain marks and other spaces. */
const TEXT = `THE LORN FERRY

The Lorn ferry's official log says that
it sank on 4 May 2021 after a collision with the tanker Halvard. Nineteen people
died.

The inquiry blamed fog, and a radar that had been switched off. Nineteen people died.
`;
const HARBOUR = "The harbour of Narva was closed in 2019. It was opened again by the mayor.\n";

let folder: string;
let opening: Opening;
const warnings: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-fit-test-"));
  for (const name of ["docs", "text", "data"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "docs", "ferry.html"), PAGE);
  await writeFile(join(folder, "docs", "harbour.txt"), HARBOUR);
  await writeFile(join(folder, "text", "ferry.html.txt"), TEXT);
  const config = loadConfig({ MODELS_DIR: join(folder, "none") });
  opening = await openCorpus(config, join(folder, "docs"), join(folder, "data"), "reports", (line) =>
    warnings.push(line),
  );
});
afterAll(async () => {
  await opening?.close();
  await rm(folder, { recursive: true, force: true });
});

function place(doc: string, of: string, text = TEXT) {
  const start = text.indexOf(of);
  return { doc, start, end: start + of.length };
}

/** The questions of a file of these lines, over the folder's reports. */
async function read(...rows: readonly object[]): Promise<Labelled[]> {
  const questions = join(folder, "questions.jsonl");
  await writeFile(questions, `${rows.map((row) => JSON.stringify(row)).join("\n")}\n\n`);
  const set: QuestionSet = {
    name: "reports-x",
    corpus: join(folder, "docs"),
    questions,
    texts: join(folder, "text"),
    weight: 1,
    learnsUnanswerable: true,
  };
  warnings.length = 0;
  return labelled(set, opening.sitrep, (line) => warnings.push(line));
}

async function quoted(spans: Labelled["evidence"][number] | undefined): Promise<string[]> {
  return Promise.all(
    (spans ?? []).map(async ({ report, start, end }) => (await opening.sitrep.reportText(report)).slice(start, end)),
  );
}

const SANK = { id: "q-1", question: "When did the Lorn ferry sink?", answerable: true };
const LOG = "The Lorn ferry's official log says that\nit sank on 4 May 2021";

describe("evidence as offsets into a text that was extracted otherwise", () => {
  it("is found in the indexed text, from its first letter to its last", async () => {
    const [question] = await read({ ...SANK, evidence: [place("ferry.html", LOG)] });
    const [found = ""] = await quoted(question?.evidence[0]);
    expect(question?.evidence).toHaveLength(1);
    expect(question?.evidence[0]).toHaveLength(1);
    expect(found.startsWith("The Lorn ferry’s")).toBe(true);
    expect(found.endsWith("May 2021")).toBe(true);
    expect(warnings).toEqual([]);
  });

  it("counts at every place where the text stands", async () => {
    const [question] = await read({ ...SANK, evidence: [place("ferry.html", "Nineteen people\ndied.")] });
    expect(await quoted(question?.evidence[0])).toEqual(["Nineteen people died", "Nineteen people died"]);
  });

  it("another place of the same part is one more that will do; parts stay apart", async () => {
    const radar = place("ferry.html", "a radar that had been switched off");
    const mayor = { ...place("harbour.txt", "by the mayor", HARBOUR), text: "BY THE  mayor" };
    const [question] = await read({ ...SANK, evidence: [{ ...radar, alt: [mayor] }, mayor] });
    expect((await quoted(question?.evidence[0])).map((text) => text.toLowerCase())).toEqual([
      "a radar that had been switched off",
      "by the mayor",
    ]);
    expect(question?.evidence).toHaveLength(2);
    // Told by the name without its ending as well.
    const [other] = await read({ ...SANK, evidence: [{ ...mayor, doc: "harbour.pdf" }] });
    expect(other?.evidence[0]).toHaveLength(1);
  });

  it("what is not found is told of by its question, and none of an unanswerable question is missed", async () => {
    const gone = { ...place("ferry.html", "Nineteen people"), text: "Twenty people died." };
    const elsewhere = { doc: "unknown.html", start: 0, end: 4, text: "fog" };
    const questions = await read(
      { ...SANK, id: "gone", evidence: [gone] },
      { ...SANK, id: "elsewhere", evidence: [elsewhere] },
      { id: "none", question: "Who won?", answerable: false },
    );
    expect(questions.map(({ id, answerable, evidence }) => [id, answerable, evidence])).toEqual([
      ["gone", true, [[]]],
      ["elsewhere", true, [[]]],
      ["none", false, []],
    ]);
    expect(warnings).toEqual(["gone: evidence not found", "elsewhere: evidence not found"]);
  });

  it("a text that is missing is a fault, not a question without evidence", async () => {
    const unknown = place("harbour.txt", "by the mayor", HARBOUR);
    await expect(read({ ...SANK, evidence: [unknown] })).rejects.toThrow("There is no text of harbour.txt");
  });
});

describe("a question as it is learnt from", () => {
  const shipped = {
    ranking: Float64Array.from(FEATURES, (name) => RANKING[name] ?? 0),
    answering: Float64Array.from(ANSWERING_FEATURES, (name) => ANSWERING[name] ?? 0),
  };

  async function sank(): Promise<Labelled> {
    const [question] = await read({ ...SANK, evidence: [place("ferry.html", LOG)] });
    if (question === undefined) throw new Error("one question expected");
    return question;
  }

  it("has the support and the order that the answerer gives, on the very index", async () => {
    const example = await exampleOf(opening, await sank(), false);
    const { answer, evidence } = await opening.sitrep.ask(SANK.question);
    if (example === null) throw new Error("an example expected");
    const { support, place } = judgeBy(example, shipped.ranking, shipped.answering);
    expect(example.answerable).toBe(true);
    expect(support).toBeCloseTo(answer.support, 10);
    expect(evidence).toHaveLength(example.rows.length);
    expect(place).toBe(evidence.findIndex(({ text }) => text.includes("it sank on")));
  });

  it("is asked once more without the passages of its evidence: then it is unanswerable, and nothing of it is there", async () => {
    const question = await sank();
    const whole = await exampleOf(opening, question, false);
    const without = await exampleOf(opening, question, true);
    if (whole === null || without === null) throw new Error("two examples expected");
    expect(without).toMatchObject({ id: "q-1 without its evidence", answerable: false });
    expect(whole.right).toContain(true);
    expect(without.right).not.toContain(true);
    expect(without.rows.length).toBeLessThan(whole.rows.length);
    const supportOf = (example: typeof whole) => judgeBy(example, shipped.ranking, shipped.answering).support;
    expect(supportOf(without)).toBeLessThan(supportOf(whole));
  });

  it("is left out where its form alone refuses it", async () => {
    const vague = { id: "q-2", question: "What about it?", answerable: false, evidence: [] };
    expect(await exampleOf(opening, vague, false)).toBeNull();
  });
});

describe("the sets", () => {
  it("are the starter corpus alone, and more where their folders are given", () => {
    expect(setsOf({}).map(({ name }) => name)).toEqual(["starter"]);
    const all = setsOf({ reports: "reports", squad: "squad" });
    expect(all.map(({ name }) => name)).toEqual([
      "starter",
      ...["a", "b", "c", "d", "e"].map((letter) => `reports-${letter}`),
      "squad",
    ]);
    expect(all.filter(({ learnsUnanswerable }) => !learnsUnanswerable).map(({ name }) => name)).toEqual(["squad"]);
  });

  it("of reports are files of this project, with a question a line and its evidence as offsets alone", async () => {
    const ids = new Set<string>();
    let count = 0;
    for (const { name, questions } of setsOf({ reports: "reports" })) {
      if (!name.startsWith("reports")) continue;
      for (const line of (await readFile(questions, "utf8")).trim().split("\n")) {
        const row = JSON.parse(line) as { id: string; answerable: boolean; evidence?: object[] };
        ids.add(row.id);
        count += 1;
        expect(row.evidence !== undefined && row.evidence.length > 0, row.id).toBe(row.answerable);
        // No text of the reports is part of the project.
        for (const part of row.evidence ?? []) {
          expect(
            Object.keys(part).filter((key) => !["doc", "start", "end", "alt"].includes(key)),
            row.id,
          ).toEqual([]);
        }
      }
    }
    expect([count, ids.size]).toEqual([630, 630]);
  });
});
