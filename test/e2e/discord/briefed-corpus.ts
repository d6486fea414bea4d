/** A small corpus, and briefings on it that are made by hand: their quotes and cells are cut from its reports. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSitrep } from "../../../src/app.ts";
import { loadConfig } from "../../../src/config.ts";
import type { Briefing, BriefingResult, FigureRow } from "../../../src/domain/briefing.ts";
import { CORPUS_SECTIONS } from "../../../src/domain/briefing.ts";
import type { Report, ReportSource } from "../../../src/domain/report.ts";
import type { Briefer } from "../../../src/domain/service.ts";
import { briefingOf, citationIn, lineOf, reportOf, rowOf } from "../../helpers/briefings.ts";

const POLICE = [
  "The Harbour Front is a militant group of the Salt Coast, founded in 2004.",
  "On 3 January 2025 the Harbour Front struck the customs house.",
  "On 9 February 2025 it burned two ferries in the bay.",
  "The Harbour Front works with the River Column, port police said.",
];
const COUNTS = [
  "The institute counted 40 attacks on the Salt Coast in 2022.",
  "The institute counted 55 attacks on the Salt Coast in 2023.",
  "The institute counted 74 attacks on the Salt Coast in 2024, 35% more than in 2023.",
];
/** Long ones, so that there is more than one page. */
const FACTS = Array.from({ length: 7 }, (_, at) => {
  const cargo = ["salt", "timber", "copper", "grain", "rope", "coal", "wool"][at];
  return `Harbour watch number ${at + 1} wrote that the ${cargo} boats of the Salt Coast paid the Harbour Front for their passage through the narrows, that those who did not pay were kept at anchor outside the mole for days on end, and that nobody complained of it to the port police in that year.`;
});
const OPINION = ["The Harbour Front made 90 attacks on the Salt Coast in 2024, the writer claims.", "It fell by half."];

/** By their ids; `text` is canonical. */
export const REPORTS = {
  police: report("police", POLICE, { title: "Port bulletin", publisher: "Northland Police", reliability: "C" }),
  watch: report("watch", FACTS, { title: "Logs of the watch", publisher: "Harbour Office" }),
  counts: report("counts", COUNTS, { title: "Yearly figures", publisher: "Institute of Figures" }),
  opinion: report("opinion", OPINION, {
    title: "A column",
    publisher: "Coast Herald",
    kind: "op-ed",
    reliability: "D",
  }),
} as const;

function report(id: string, sentences: readonly string[], fields: Partial<ReportSource>): Report {
  return reportOf(id, sentences.join(" "), { marking: "TLP:GREEN", published: "2025-03-01", ...fields });
}

/** The file of a report; its canonical text is what stands below the second line of dashes. */
export function fileOf({ id, text, source }: Report): string {
  const { title, publisher, published, kind, reliability, marking } = source;
  const head = { id, title, publisher, published, kind, reliability, marking };
  const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n${text}\n`;
}

export interface BriefedCorpus {
  readonly folders: { readonly corpus: string; readonly data: string };
  /** Writes a report anew, and ingests. */
  change(report: Report): Promise<void>;
  remove(): void;
}

export async function briefedCorpus(): Promise<BriefedCorpus> {
  const root = mkdtempSync(join(tmpdir(), "sitrep-briefed-"));
  const folders = { corpus: join(root, "corpus"), data: join(root, "data") };
  mkdirSync(folders.corpus);
  const write = (each: Report) => writeFileSync(join(folders.corpus, `${each.id}.md`), fileOf(each));
  const ingest = async () => {
    const config = loadConfig({ CORPUS_DIR: folders.corpus, DATA_DIR: folders.data });
    const sitrep = createSitrep(config, { warn: () => undefined });
    try {
      const { refused } = await sitrep.ingest();
      if (refused.length > 0) throw new Error(`Refused: ${JSON.stringify(refused)}`);
    } finally {
      await sitrep.close();
    }
  };
  for (const each of Object.values(REPORTS)) write(each);
  await ingest();
  return {
    folders,
    async change(each) {
      write(each);
      await ingest();
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const year = (value: string) => ({ from: value, to: value, part: "", basis: "quote" }) as const;

function countRow(sentence: string, number: number, value: string, when: string): FigureRow {
  const words = { value, counted: "attacks", period: when, place: "Salt Coast", who: "The institute" };
  return rowOf(REPORTS.counts, sentence, number, words, { time: year(when) });
}

const [BORN = "", CUSTOMS = "", FERRIES = "", WORKS = ""] = POLICE;
const [IN_2022 = "", IN_2023 = "", IN_2024 = ""] = COUNTS;
const [CLAIM = "", FALL = ""] = OPINION;

/** On the Harbour Front: with a chart and a timeline that can be drawn. */
export function frontBriefing(changes: Partial<Briefing> = {}): Briefing {
  const { police, opinion, counts, watch } = REPORTS;
  const year2024 = { from: "2024", to: "2024" };
  return briefingOf(
    [
      { id: "what", title: "What it is", lines: [lineOf(citationIn(police, BORN, 1))] },
      {
        id: "key-facts",
        title: "Key facts",
        lines: FACTS.map((fact, at) => lineOf(citationIn(watch, fact, 12 + at))),
      },
      {
        id: "figures",
        title: "Figures",
        lines: [],
        table: [
          countRow(IN_2022, 2, "40", "2022"),
          countRow(IN_2023, 3, "55", "2023"),
          countRow(IN_2024, 4, "74", "2024"),
          rowOf(
            counts,
            IN_2024,
            4,
            { value: "35%", counted: "attacks", place: "Salt Coast", base: "2023" },
            {
              countedKey: "change",
              time: { ...year2024, part: "", basis: "heading" },
              change: { direction: "up", base: { from: "2023", to: "2023" }, baseWords: null },
              who: { text: "Institute of Figures", at: null },
              alsoIn: [{ reportId: "police", title: "Port bulletin", independent: true }],
            },
          ),
          rowOf(
            opinion,
            FALL,
            5,
            { value: "half", counted: "It" },
            { countedKey: null, unit: "%", change: { direction: "down", base: null, baseWords: null } },
          ),
        ],
      },
      {
        id: "timeline",
        title: "Timeline",
        lines: [
          lineOf(citationIn(police, CUSTOMS, 6), {
            label: { kind: "date", period: { from: "2025-01-03", to: "2025-01-03" } },
          }),
          lineOf(citationIn(police, FERRIES, 7), {
            label: { kind: "date", period: { from: "2025-02-09", to: "2025-02-09" } },
          }),
        ],
      },
      {
        id: "relations",
        title: "Relations",
        lines: [
          lineOf(citationIn(police, WORKS, 8), {
            label: { kind: "name", name: "River Column" },
            voice: { kind: "attributed", who: "port police" },
          }),
        ],
      },
      {
        id: "disagreements",
        title: "Where the sources differ",
        lines: [
          lineOf(citationIn(counts, IN_2024, 9), { voice: { kind: "attributed", who: "The institute" } }),
          lineOf(citationIn(opinion, CLAIM, 10), { voice: { kind: "opinion", who: "the writer" } }),
        ],
        disagreements: [
          {
            about: "attacks",
            period: year2024,
            values: [
              { written: "74", citation: 9, who: "The institute", rule: null },
              { written: "90", citation: 10, who: "the writer", rule: null },
            ],
          },
        ],
      },
      {
        id: "reading",
        title: "What to read",
        lines: [
          lineOf(citationIn(counts, IN_2022, 11), {
            label: { kind: "report", reportId: "counts", why: [{ kind: "quoted", times: 5 }, { kind: "newest" }] },
          }),
        ],
      },
    ],
    changes,
  );
}

/** On all reports. */
export function wholeBriefing(): Briefing {
  const { police, counts } = REPORTS;
  const sections = [
    { id: "covers" as const, title: "Covers", lines: [lineOf(citationIn(counts, IN_2023, 1))] },
    {
      id: "actors" as const,
      title: "Actors",
      lines: [lineOf(citationIn(police, BORN, 2), { label: { kind: "name", name: "Harbour Front" } })],
    },
  ];
  const missing = CORPUS_SECTIONS.filter((id) => !sections.some((section) => section.id === id));
  return briefingOf(sections, { kind: "corpus", subject: null, missing });
}

/** What is new: a report, and a line of it. */
export function newsBriefing(subject: string | null = null): Briefing {
  return briefingOf([{ id: "added", title: "Added", lines: [lineOf(citationIn(REPORTS.police, FERRIES, 1))] }], {
    kind: "changes",
    subject,
    missing: ["altered", "contradicted"],
    since: { snapshot: 1, createdAt: "2025-03-01T10:00:00.000Z" },
    reports: [{ kind: "added", reportId: "police", title: "Port bulletin", published: "2025-03-01" }],
  });
}

/** What makes briefings, by hand; the state of the reports and the pictures are real. */
export function byHand<S extends Briefer>(sitrep: S): S {
  return {
    ...sitrep,
    async brief(subject: string | null): Promise<BriefingResult> {
      if (subject === null) return { kind: "briefing", briefing: wholeBriefing(), milliseconds: 1 };
      if (subject === "Harbour Front") return { kind: "briefing", briefing: frontBriefing(), milliseconds: 1 };
      return { kind: "nothing", subject, instead: ["Harbour Front", "Salt Coast"], nearest: [], milliseconds: 1 };
    },
    changes: async (_since: unknown, subject: string | null) => ({
      briefing: newsBriefing(subject),
      upTo: await sitrep.baseline(),
    }),
    subjects: async () => [
      { name: "Harbour Front", kind: "name", aliases: ["HF", "Front of the Harbour"], passages: 9 },
      { name: "Salt Coast", kind: "name", aliases: [], passages: 4 },
      { name: "Attacks and counts", kind: "heading", aliases: [], passages: 2 },
    ],
  };
}
