/** The guided tour as a message: inside Discord's limits and harmless, whatever the reports hold. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MessageBody } from "../../src/discord/components.ts";
import { actionOf, TOUR_END, TOUR_STEPS } from "../../src/discord/custom-id.ts";
import { messageOf, pagesOf, SINGLE_PAGE } from "../../src/discord/pages.ts";
import { english } from "../../src/discord/strings/en.ts";
import { urdu } from "../../src/discord/strings/ur.ts";
import { LANGUAGES, type Strings } from "../../src/discord/strings.ts";
import { summaryOf } from "../../src/discord/views/corpus-summary.ts";
import { helpView } from "../../src/discord/views/help.ts";
import {
  isFull,
  isShowable,
  type Sample,
  startHereView,
  type TourMaterial,
  tourView,
} from "../../src/discord/views/tour.ts";
import type { Citation } from "../../src/domain/answer.ts";
import { MARKINGS } from "../../src/domain/marking.ts";
import { RELIABILITIES, type ReportSource } from "../../src/domain/report.ts";
import type { ReportHead } from "../../src/domain/service.ts";
import { oneLine } from "../../src/domain/visible.ts";
import { parseMarkdown, plainText } from "../e2e/discord/harness/markdown.ts";
import { exchanges, sources, suggestions } from "./generated.ts";
import { hostileOf } from "./hostile-text.ts";
import { buttonsOf, expectGood, shownOf, textsOf } from "./message-checks.ts";
import { ISOLATES } from "./shown.ts";

/** By name, so that a counterexample can be read. */
const LANGUAGE = fc.constantFrom(...Object.keys(LANGUAGES));
const spoken = (language: string): Strings => LANGUAGES[language] ?? english;
const ALL_STEPS = Array.from({ length: TOUR_END }, (_, at) => at + 1);
const SOURCE: ReportSource = {
  title: "Ravine survey of the first quarter",
  publisher: "Ravine Institute",
  author: null,
  published: "2025-04-02",
  period: null,
  documentId: null,
  url: "https://ravine.example/survey",
  kind: "think-tank",
  language: "en",
  reliability: "B",
  marking: "TLP:GREEN",
  origins: [],
  sources: [],
  derived: [],
};
const QUOTE = "Patrols counted 31 rockets along the ravine in March 2025.";
const CITATION: Citation = {
  number: 1,
  quote: { reportId: "ravine-survey", start: 40, end: 40 + QUOTE.length, text: QUOTE },
  path: "ravine-survey.md",
  source: SOURCE,
  locator: { page: null, headings: ["Counts", "March"], paragraph: 3 },
  footnotes: [],
};
const SAMPLE: Sample = sampleFrom(CITATION, "How many rockets were counted along the ravine?");
const NOTHING: TourMaterial = {
  corpus: null,
  sample: null,
  subjects: [],
  questions: [],
  mentions: true,
  arrival: null,
};

function sampleFrom(citation: Citation, question: string): Sample {
  const voice = { kind: "attributed", who: "the patrols" } as const;
  return {
    question,
    citation,
    claim: { text: citation.quote.text, citations: [citation], corroboration: [], asOf: null, voice },
  };
}

function head(id: string, source: Partial<ReportSource> = {}): ReportHead {
  return { id, path: `${id}.md`, source: { ...SOURCE, ...source } };
}

function stepOf(step: number, material: Partial<TourMaterial>, strings: Strings = english): MessageBody {
  const view = tourView(step, { ...NOTHING, ...material }, strings);
  expect(pagesOf(view).length).toBe(1);
  const body = messageOf(view, 0, SINGLE_PAGE);
  expectGood(body);
  return body;
}

function plainOf(body: MessageBody): string {
  return textsOf(body).map(plainText).join("\n").replace(ISOLATES, "");
}

/** What its buttons lead to, as "tour 2", "brief TTP", "try Who?". */
function leadsTo(body: MessageBody): string[] {
  return buttonsOf(body).map(({ id }) => {
    const action = actionOf(id);
    if (action?.kind === "tour") return `tour ${action.step}`;
    if (action?.kind === "brief") return `brief ${action.subject}`;
    if (action?.kind === "try") return `try ${action.question}`;
    return `nothing: ${id}`;
  });
}

const corpora = fc
  .array(fc.record({ id: fc.stringMatching(/^[a-z0-9]{8}$/), path: hostileOf(300), source: sources }), {
    maxLength: 6,
  })
  .map(summaryOf);
/** Quotes of answers with hostile text in every part. */
const samples = exchanges.chain(({ outcome, question }) => {
  if (outcome.kind !== "ask" || outcome.answer.kind !== "answer") return fc.constant(null);
  const found = outcome.answer.claims.flatMap((claim) =>
    claim.citations.map((citation) => ({ question, claim, citation })),
  );
  return fc.constantFrom(...found);
});

describe("a step of the tour", () => {
  test("is one page inside Discord's limits and harmless, whatever the reports hold, in every language", () => {
    let shown = 0;
    fc.assert(
      fc.property(
        corpora,
        samples,
        fc.array(hostileOf(200), { maxLength: 9 }),
        suggestions,
        fc.constantFrom("resumed" as const, "finished-before" as const, null),
        LANGUAGE,
        fc.constantFrom(...ALL_STEPS),
        (corpus, found, subjects, questions, arrival, language, step) => {
          const strings = spoken(language);
          const sample = found !== null && isShowable(found, strings) ? found : null;
          if (sample !== null) shown += 1;
          stepOf(step, { corpus, sample, subjects, questions, arrival }, strings);
        },
      ),
      { numRuns: 400 },
    );
    expect(shown).toBeGreaterThan(10);
  });

  test("has the quote of its citation whole, and nothing else where a quote stands", () => {
    fc.assert(
      fc.property(samples, LANGUAGE, (sample, language) => {
        const strings = spoken(language);
        fc.pre(sample !== null && isShowable(sample, strings));
        if (sample === null) return;
        const quotes = textsOf(stepOf(2, { corpus: summaryOf([head("a")]), sample }, strings)).flatMap((text) =>
          parseMarkdown(text).filter(({ kind }) => kind === "quote"),
        );
        expect(shownOf(quotes).replace(/\s/g, "")).toBe(oneLine(sample.citation.quote.text).replace(/\s/g, ""));
      }),
      { numRuns: 60 },
    );
  });

  test("leads back and on, and at the last to the end; no two buttons are one", () => {
    for (const strings of Object.values(LANGUAGES)) {
      const ways = (arrival: TourMaterial["arrival"]) =>
        ALL_STEPS.map((step) => leadsTo(stepOf(step, { arrival }, strings)).join(", "));
      expect(ways(null)).toEqual([
        "tour 2",
        "tour 1, tour 3",
        "tour 2, tour 4",
        "tour 3, tour 5",
        "tour 4, tour 6",
        "tour 5, tour 1",
      ]);
      expect(ways("resumed").slice(0, TOUR_STEPS)).toEqual([
        "tour 2",
        "tour 3, tour 1",
        "tour 2, tour 4, tour 1",
        "tour 3, tour 5, tour 1",
        "tour 4, tour 6, tour 1",
      ]);
    }
  });

  test("has its number and title, and says why it is shown where the member did not choose it", () => {
    expect(plainOf(stepOf(2, {}))).toContain("Step 2 of 5: How to read a citation\n");
    expect(plainOf(stepOf(3, { arrival: "resumed" }))).toContain("You were at step 3.");
    expect(plainOf(stepOf(1, { arrival: "finished-before" }))).toContain("You have done this tour before.");
    expect(plainOf(stepOf(TOUR_END, {}))).not.toContain("Step");
    expect(plainOf(stepOf(3, {}, urdu))).toContain("قدم 3 از 5");
  });

  test("is short enough for a phone, whole citation included", () => {
    const corpus = summaryOf([head("a")]);
    for (const strings of Object.values(LANGUAGES)) {
      const lengths = ALL_STEPS.map((step) => plainOf(stepOf(step, { corpus, sample: SAMPLE }, strings)).length);
      expect(Math.max(...lengths)).toBeLessThan(1700);
    }
  });
});

describe("how to read a citation", () => {
  const corpus = summaryOf([head("a")]);

  test("shows one as it stands in an answer, takes it apart, and leads to the whole answer", () => {
    const body = stepOf(2, { corpus, sample: SAMPLE });
    const text = plainOf(body);
    expect(text).toContain(`From a real answer, to: “${SAMPLE.question}”`);
    expect(text).toContain(`\n${QUOTE}\n`);
    for (const [name, value] of [
      ["Number", "[1]"],
      ["Title", SOURCE.title],
      ["Publisher", "Ravine Institute"],
      ["Date", "2025-04-02"],
      ["Place", "Counts › March, paragraph 3"],
      ["Reliability", "B"],
      ["Marking", "TLP:GREEN"],
      ["Link", "ravine.example"],
    ]) {
      expect(text).toContain(`${name} ${value} · `);
      // It stands in the citation above, too.
      expect(text.split(value ?? "").length).toBeGreaterThan(2);
    }
    expect(text).toContain("Right below the quote · ");
    expect(leadsTo(body)).toEqual([`try ${SAMPLE.question}`, "tour 1", "tour 3"]);
  });

  test("says what is unknown, and nothing of a line that is not there", () => {
    const bare = { ...SOURCE, publisher: null, published: null, url: null, marking: null };
    const citation = { ...CITATION, source: bare, locator: { page: 7, headings: [], paragraph: 1 } };
    const { claim } = SAMPLE;
    const sample = { question: "Who?", citation, claim: { ...claim, voice: { kind: "report", who: null } as const } };
    const text = plainOf(stepOf(2, { corpus, sample }));
    expect(text).toContain("Publisher publisher unknown · ");
    expect(text).toContain("Date date unknown · ");
    expect(text).toContain("Place page 7 · ");
    expect(text).toContain("Marking unmarked: treat as TLP:AMBER+STRICT · ");
    expect(text).toContain("Link no public address · ");
    expect(text).not.toContain("Right below the quote");
    expect(isFull(sample)).toBe(false);
    expect(isFull(SAMPLE)).toBe(true);
  });

  test("takes no quote that would not be shown whole beside its parts", () => {
    const long = (length: number) => {
      const text = "A word. ".repeat(length).trim();
      return sampleFrom({ ...CITATION, quote: { ...CITATION.quote, text } }, "How long?");
    };
    expect(isShowable(SAMPLE, english)).toBe(true);
    expect(isShowable(long(80), english)).toBe(true);
    for (const length of [100, 350, 2000]) expect(isShowable(long(length), english)).toBe(false);
  });

  test("without one it names the parts all the same", () => {
    const text = plainOf(stepOf(2, { corpus: null }));
    expect(text).toContain("No quote can be shown just now.");
    expect(text).toContain("There are no reports yet");
    for (const name of ["Number", "Title", "Publisher", "Date", "Place", "Reliability", "Marking", "Link"]) {
      expect(text).toContain(`${name} … · `);
    }
  });
});

describe("what the tour says of the reports", () => {
  test("counts every grade, marking and op-ed, and the time of publication", () => {
    const summary = summaryOf([
      head("a", { reliability: "B", marking: "TLP:CLEAR", published: "2025-04-02" }),
      head("b", { reliability: "B", marking: "TLP:CLEAR", published: "2026" }),
      head("c", { reliability: "D", marking: "TLP:AMBER+STRICT", published: "2024", kind: "op-ed" }),
      head("d", { reliability: "F", marking: null, published: null }),
      head("e", { reliability: "A", marking: "TLP:RED", published: "2024-03" }),
    ]);
    expect(summary).toEqual({
      reports: 5,
      published: { from: "2024", to: "2026" },
      reliability: { A: 1, B: 2, C: 0, D: 1, E: 0, F: 1 },
      markings: { "TLP:CLEAR": 2, "TLP:GREEN": 0, "TLP:AMBER": 0, "TLP:AMBER+STRICT": 1, "TLP:RED": 1, unmarked: 1 },
      opEds: 1,
    });
    expect(plainOf(stepOf(1, { corpus: summary }))).toContain("5 reports, published from 2024 to 2026.");
    const lines = plainOf(stepOf(3, { corpus: summary })).split("\n");
    for (const line of [
      /reliability A \(completely reliable\) · 1 report here · /,
      /reliability B \(usually reliable\) · 2 reports here · /,
      /reliability C \(fairly reliable\) · none here · /,
      /TLP:CLEAR · 2 reports here · To everybody/,
      /TLP:GREEN · none here · To your community/,
      /TLP:AMBER\+STRICT · 1 report here · In your organisation only/,
      /TLP:RED · 1 report here · To nobody/,
      /unmarked: treat as TLP:AMBER\+STRICT · 1 report here$/,
      /^Op-eds \(1 report here\) hold claims of their authors, not findings/,
      /^Contradictions are shown side by side/,
    ]) {
      expect(lines.filter((each) => line.test(each))).toHaveLength(1);
    }
  });

  test("counts every report once, whatever they are like", () => {
    fc.assert(
      fc.property(fc.array(sources, { minLength: 1, maxLength: 12 }), (all) => {
        const summary = summaryOf(all.map((source, at) => head(`r${at}`, source)));
        const sum = (numbers: object) =>
          Object.values(numbers).reduce((total: number, each: number) => total + each, 0);
        expect(sum(summary?.reliability ?? {})).toBe(all.length);
        expect(sum(summary?.markings ?? {})).toBe(all.length);
      }),
    );
  });

  test("without reports it counts none, and says what the grades and markings mean all the same", () => {
    expect(summaryOf([])).toBeNull();
    for (const strings of Object.values(LANGUAGES)) {
      const text = plainOf(stepOf(3, { corpus: null }, strings));
      for (const grade of RELIABILITIES) {
        expect(text).toContain(strings.source.reliability(grade).replace(ISOLATES, ""));
      }
      for (const marking of MARKINGS) expect(text).toContain(marking);
      expect(text).toContain(plainText(strings.help.noReports).replace(ISOLATES, ""));
    }
  });
});

describe("the first briefing and the first question", () => {
  const corpus = summaryOf([head("a")]);

  test("offers the corpus and its three main subjects, each once", () => {
    const subjects = ["Ravine Institute", "x".repeat(99), "", "Plateau", "Plateau", "Gorge", "Canyon"];
    const body = stepOf(4, { corpus, subjects });
    expect(leadsTo(body)).toEqual([
      "brief ",
      "brief Ravine Institute",
      "brief Plateau",
      "brief Gorge",
      "tour 3",
      "tour 5",
    ]);
    expect(buttonsOf(body).map(({ label }) => label)).toContain("Ravine Institute");
    expect(leadsTo(stepOf(4, { corpus: null, subjects }))).toEqual(["tour 3", "tour 5"]);
  });

  test("offers questions, and says how to go on", () => {
    const questions = ["Who counted the rockets?", "How many were there?"];
    const body = stepOf(5, { corpus, questions });
    expect(leadsTo(body)).toEqual([...questions.map((each) => `try ${each}`), "tour 4", "tour 6"]);
    const text = plainOf(body);
    expect(text).toContain(`“${english.buttons.followUp}”`);
    expect(text).toContain("/brief since:last");
    expect(text).toContain("/brief subscribe");
    expect(text).toContain("/help");
    expect(text).toContain("mention me");
    expect(plainOf(stepOf(5, { corpus, mentions: false }))).not.toContain("mention me");
  });
});

describe("ways into the tour", () => {
  test("the message for a channel is the same for everybody, in every language", () => {
    const ids = Object.values(LANGUAGES).map((strings) => {
      const body = messageOf(startHereView(strings), 0, SINGLE_PAGE);
      expectGood(body);
      expect(leadsTo(body)).toEqual(["tour 0"]);
      return buttonsOf(body).map(({ id, label }) => {
        expect(label).toBe(strings.tour.buttons.start);
        return id;
      });
    });
    expect(new Set(ids.flat()).size).toBe(1);
  });

  test("the help points to the tour and to briefings", () => {
    for (const strings of Object.values(LANGUAGES)) {
      const view = helpView(null, [], { exchangesKeptDays: 30, mentions: true }, strings);
      const body = messageOf(view, 0, SINGLE_PAGE);
      expectGood(body);
      expect(leadsTo(body)).toEqual(["tour 0"]);
      expect(plainOf(body)).toMatch(/\/start .*\/brief /);
    }
  });
});
