/** Briefings over the starter reports: what must hold for every line of every one of them. */

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { isVerbatim } from "../src/domain/answer.ts";
import {
  type Briefing,
  type BriefingLine,
  type BriefingResult,
  CORPUS_SECTIONS,
  citationsIn,
  SUBJECT_SECTIONS,
} from "../src/domain/briefing.ts";
import { SitrepError } from "../src/domain/errors.ts";
import type { Sitrep } from "../src/domain/service.ts";
import { tokens } from "../src/text/tokens.ts";

/** As a newcomer types them. */
const SUBJECTS = [
  "TTP",
  "ISIL-K",
  "BLA",
  "AQIS",
  "Afghan Taliban",
  "Noor Wali Mehsud",
  "Balochistan",
  "Jaffar Express",
  "PICSS",
  "Majeed Brigade",
  "suicide bombers",
  "India",
];

const folder = mkdtempSync(join(tmpdir(), "sitrep-briefing-"));
const opened: Sitrep[] = [];

function sitrep(environment: Record<string, string> = {}): Sitrep {
  const config = loadConfig({
    CORPUS_DIR: join(folder, "corpus"),
    DATA_DIR: join(folder, "data"),
    ...environment,
  });
  const made = createSitrep(config, { warn: (message) => expect.fail(message) });
  opened.push(made);
  return made;
}

let main: Sitrep;
const briefings = new Map<string, Briefing>();
const texts = new Map<string, string>();

beforeAll(async () => {
  cpSync(join(import.meta.dirname, "../corpus"), join(folder, "corpus"), { recursive: true });
  main = sitrep();
  await main.ingest();
  for (const { id } of await main.reports()) texts.set(id, await main.reportText(id));
  for (const subject of [null, ...SUBJECTS]) briefings.set(subject ?? "", briefingOf(await main.brief(subject)));
}, 240_000);

afterAll(async () => {
  for (const each of opened) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

function briefingOf(result: BriefingResult): Briefing {
  if (result.kind !== "briefing") expect.fail(`Nothing on ${result.subject}`);
  return result.briefing;
}

function briefed(subject: string): Briefing {
  return briefings.get(subject) ?? expect.fail(`No briefing on ${subject}`);
}

function linesOf({ sections }: Briefing): BriefingLine[] {
  return sections.flatMap(({ lines }) => lines);
}

function section(briefing: Briefing, id: string) {
  return briefing.sections.find((each) => each.id === id) ?? expect.fail(`No section ${id}`);
}

const outcome = async (subject: Promise<unknown>) =>
  subject.then(
    () => "none",
    (error) => (error instanceof SitrepError ? error.code : error),
  );

describe.each(["", ...SUBJECTS])("the briefing on %j", (subject) => {
  it("has every line and row cited, with quotes that are in their reports", () => {
    const briefing = briefed(subject);
    for (const line of linesOf(briefing)) {
      expect(line.citations.length).toBeGreaterThan(0);
      expect(line.text).toBe(line.citations.map(({ quote }) => quote.text).join(" "));
    }
    const citations = citationsIn(briefing);
    expect(citations.length).toBeGreaterThan(2);
    for (const { quote } of citations) {
      const text = texts.get(quote.reportId) ?? expect.fail(quote.reportId);
      expect(isVerbatim(quote, { id: quote.reportId, text })).toBe(true);
    }
    for (const { table = [] } of briefing.sections) {
      for (const { citation, value, place, who, base } of table) {
        for (const cell of [value, place, who, base]) {
          if (cell === null || cell.at === null) continue;
          expect(texts.get(citation.quote.reportId)?.slice(cell.at.start, cell.at.end)).toBe(cell.text);
        }
      }
    }
  });

  it("numbers its citations through, one number for one quote", () => {
    const briefing = briefed(subject);
    const numbers = citationsIn(briefing).map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const places = citationsIn(briefing).map(({ quote }) => `${quote.reportId} ${quote.start} ${quote.end}`);
    expect(new Set(places).size).toBe(places.length);
    const ofLines = linesOf(briefing).flatMap(({ citations }) => citations.map(({ number }) => number));
    expect(new Set(ofLines).size).toBe(ofLines.length);
  });

  it("has its sections in order, none of them empty, and says which are missing", () => {
    const { sections, missing } = briefed(subject);
    const order: readonly string[] = subject === "" ? CORPUS_SECTIONS : SUBJECT_SECTIONS;
    const ids = sections.map(({ id }) => id);
    expect(ids).toEqual(order.filter((id) => ids.some((each) => each === id)));
    expect([...ids, ...missing].sort()).toEqual([...order].sort());
    for (const { lines, table = [], title } of sections) {
      expect(title).not.toBe("");
      expect(lines.length + table.length).toBeGreaterThan(0);
    }
  });

  it("says nothing twice: no two lines share a place, or most of their words with all figures", () => {
    const lines = linesOf(briefed(subject));
    lines.forEach((one, at) => {
      for (const other of lines.slice(at + 1)) {
        const [a, b] = [one.citations[0]?.quote, other.citations[0]?.quote];
        if (a === undefined || b === undefined) expect.fail("a line without a quote");
        const shareAPlace = a.reportId === b.reportId && a.start < b.end && b.start < a.end;
        expect(shareAPlace, `${one.text}\n${other.text}`).toBe(false);
        expect(wordsShared(one.text, other.text), `${one.text}\n${other.text}`).toBeLessThan(0.8);
      }
    });
  });

  it("takes no section of several lines from one report where it quotes others as well", () => {
    for (const { id, lines } of briefed(subject).sections) {
      if (id !== "key-facts" && id !== "covers") continue;
      const reports = new Set(lines.map(({ citations }) => citations[0]?.quote.reportId));
      if (lines.length > 2 && briefed(subject).scope.quoted > 2) expect(reports.size).toBeGreaterThan(1);
    }
  });

  it("ends no quote within a word, and begins none with what points to something that is not quoted", () => {
    for (const { text, label } of linesOf(briefed(subject))) {
      if (label?.kind === "report") continue;
      expect(text).toMatch(/[.!?]["'”’)\]]*(?:\[\^[^\]]+\])*$/u);
      expect(text).not.toMatch(/^(?:He|She|It|They|This|These|Those|However|But|Also)\b/u);
    }
  });
});

/** Share of the words of the longer text that both have. */
function wordsShared(a: string, b: string): number {
  const [one, other] = [a, b].map((text) => new Set(tokens(text.replace(/\[\^[^\]]+\]/g, "")).map(({ term }) => term)));
  const common = [...(one ?? [])].filter((term) => other?.has(term)).length;
  return common / Math.max(one?.size ?? 1, other?.size ?? 1);
}

describe("a briefing", () => {
  it("finds a name under its aliases, spellings and typing errors", async () => {
    for (const typed of ["ttp", "Pakistani Taliban", "Tehreek-e-Taliban Pakistan"]) {
      const { subject, alsoKnownAs, sections } = briefingOf(await main.brief(typed));
      expect(subject).toBe("Tehrik-e Taliban Pakistan");
      expect(alsoKnownAs).toContain("TTP");
      expect(sections).toEqual(briefed("TTP").sections);
    }
    expect(briefingOf(await main.brief("Noor Wali Mesud")).subject).toBe("Noor Wali Mehsud");
  });

  it("is on the subject: its facts name it", () => {
    for (const [typed, name] of [
      ["TTP", /\bTTP\b|Tehrik/],
      ["BLA", /\bBLA\b|Baloch/],
      ["ISIL-K", /ISIL-K|ISIS-K|Daesh|Khorasan/],
      ["PICSS", /PICSS/],
      ["Jaffar Express", /Jaffar Express|train/],
    ] as const) {
      for (const id of ["what", "key-facts"]) {
        for (const { text } of section(briefed(typed), id).lines) expect(text, typed).toMatch(name);
      }
    }
  });

  it("says what a group is, who relates to it, and where its denials stand", () => {
    expect(linesIn("AQIS", "what")).toContain("3 September 2014");
    expect(linesIn("Majeed Brigade", "what")).toContain("suicide unit of BLA");
    const relations = section(briefed("TTP"), "relations").lines;
    const names = relations.map(({ label }) => (label?.kind === "name" ? label.name : null));
    expect(names).not.toContain(null);
    expect(names).toContain("Afghan Taliban");
    expect(names).not.toContain("Tehrik-e Taliban Pakistan");
    expect(linesIn("BLA", "unverified")).toMatch(/unconfirmed|not confirmed/);
  });

  it("labels the opinions of an opinion piece", () => {
    const lines = [...briefings.values()].flatMap(linesOf);
    const ofOpEd = lines.filter(({ citations, label }) => citations[0]?.source.kind === "op-ed" && label === null);
    expect(ofOpEd.length).toBeGreaterThan(0);
    for (const { voice } of ofOpEd) expect(["opinion", "relayed"]).toContain(voice.kind);
  });

  it("says which reports to read, and why, each once and by a heading of it", () => {
    const { lines } = section(briefed(""), "reading");
    const labels = lines.flatMap(({ label }) => (label?.kind === "report" ? [label] : []));
    expect(labels).toHaveLength(lines.length);
    expect(new Set(labels.map(({ reportId }) => reportId)).size).toBe(lines.length);
    lines.forEach(({ citations }, at) => {
      expect(labels[at]?.why.length).toBeGreaterThan(0);
      expect(citations[0]?.quote.reportId).toBe(labels[at]?.reportId);
    });
    expect(lines.some(({ citations }) => citations[0]?.locator.headings.includes(citations[0].quote.text))).toBe(true);
  });

  it("of the whole corpus is one page", () => {
    expect(linesOf(briefed("")).length).toBeLessThanOrEqual(32);
    expect(briefed("").scope.quoted).toBeGreaterThan(8);
  });

  it("takes headings as subjects, and gives them out with the names", async () => {
    const subjects = await main.subjects();
    const heading = subjects.find(({ kind, passages }) => kind === "heading" && passages > 1);
    expect(heading).toBeDefined();
    expect(briefingOf(await main.brief(heading?.name.toUpperCase() ?? "")).subject).toBe(heading?.name);
    const names = subjects.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("Tehrik-e Taliban Pakistan");
    expect(names).not.toContain("Where sources disagree");
    // Named in lists only, in one passage only, and with one sentence under it.
    for (const thin of ["Khost", "Qari Amjad", "US designations and rewards"]) expect(names).not.toContain(thin);
    expect(subjects.map(({ passages }) => passages)).toEqual(
      subjects.map(({ passages }) => passages).sort((a, b) => b - a),
    );
  });

  it.each([
    "drone attacks",
    "TTPs",
    "tactics, techniques and procedures",
    "submarine warfare",
    "cocaine prices in Bogota",
    "xqzzv",
  ])("is none where the reports say nothing: %s", async (subject) => {
    const result = await main.brief(subject);
    expect(result.kind).toBe("nothing");
    if (result.kind !== "nothing") return;
    expect(result.instead.length).toBeLessThanOrEqual(5);
    for (const { citation } of result.nearest) {
      const { quote } = citation;
      expect(texts.get(quote.reportId)?.slice(quote.start, quote.end)).toBe(quote.text);
    }
  });

  it.each([
    ["", "bad-input"],
    [" \n ", "bad-input"],
    ["?!", "bad-input"],
    ["x".repeat(201), "bad-input"],
    ["TTP\u0007", "bad-input"],
    ["TTP\u0000DROP TABLE reports", "bad-input"],
  ])("refuses %j", async (subject, code) => {
    expect(await outcome(main.brief(subject))).toBe(code);
  });

  it.each([
    "**TTP** <@123456789012345678> @everyone",
    "'; DROP TABLE reports; --",
    "<b>TTP</b>",
    "[TTP](https://a.example)",
  ])("takes markup and commands as words: %s", async (subject) => {
    const result = await main.brief(subject);
    expect(["briefing", "nothing"]).toContain(result.kind);
  });

  it("ends when nobody wants it any more", async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await outcome(main.brief("Quetta", { signal: controller.signal }))).toBe("cancelled");
  });

  it("is the same for the same reports: asked again, in another process's index, opened anew", async () => {
    const other = sitrep({ DATA_DIR: join(folder, "again") });
    await other.ingest();
    for (const subject of [null, "BLA", "suicide bombers"]) {
      const again = briefingOf(await main.brief(subject));
      const { createdAt: _, ...rest } = briefingOf(await other.brief(subject));
      const { createdAt: __, ...first } = briefed(subject ?? "");
      expect({ ...again, createdAt: "" }).toEqual({ ...first, createdAt: "" });
      expect(rest).toEqual(first);
    }
  }, 120_000);

  it("takes seconds, also on a machine that does much else", async () => {
    const fresh = sitrep({ MAX_MARKING: "TLP:AMBER" });
    await fresh.brief("Iran");
    for (const subject of [null, ...SUBJECTS]) {
      const { milliseconds } = await fresh.brief(subject);
      // A guard; `npm run eval -- --briefings` measures the bar of two seconds.
      expect(milliseconds, String(subject)).toBeLessThan(10_000);
    }
  }, 120_000);
});

function linesIn(subject: string, id: string): string {
  return section(briefed(subject), id)
    .lines.map(({ text }) => text)
    .join("\n");
}

describe("reports that may not be used, or are gone", () => {
  const REPORT = `---
id: night-watch
title: Night watch
publisher: Harbour Institute
published: 2026-01-05
kind: think-tank
reliability: A
marking: "TLP:RED"
---

## The Majeed Brigade at sea

The Majeed Brigade is a unit that bought seven patrol boats in Zarkhandora in 2025. The Majeed Brigade of the BLA was
banned by the Zarkhandora council in 2025. It is not known whether the Majeed Brigade of Zarkhandora has crews.
`;

  it("are in no briefing", async () => {
    const corpus = join(folder, "marked");
    cpSync(join(folder, "corpus"), corpus, { recursive: true });
    const path = join(corpus, "secret.md");
    writeFileSync(path, REPORT);
    const folders = { CORPUS_DIR: corpus, DATA_DIR: join(folder, "marked-data") };
    const all = sitrep({ ...folders, MAX_MARKING: "TLP:RED" });
    expect((await all.ingest()).refused).toEqual([]);
    const limited = sitrep({ ...folders, MAX_MARKING: "TLP:AMBER" });
    const told = async (from: Sitrep) =>
      JSON.stringify([
        await from.brief("Majeed Brigade"),
        await from.brief(null),
        await from.brief("patrol boats"),
        await from.subjects(),
        await from.baseline(),
      ]);
    expect(await told(all)).toMatch(/Zarkhandora/);
    expect(await told(limited)).not.toMatch(/Zarkhandora|at sea/);
    const id = (await all.reports()).find(({ path: of }) => of === "secret.md")?.id ?? expect.fail();
    expect(Object.keys((await all.baseline()).reports)).toContain(id);
    rmSync(path);
    await all.ingest();
    expect(await told(all)).not.toMatch(/Zarkhandora/);
  }, 120_000);
});
