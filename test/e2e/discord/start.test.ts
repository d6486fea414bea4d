/** The guided tour, by clicks. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { english } from "../../../src/discord/strings/en.ts";
import { urdu } from "../../../src/discord/strings/ur.ts";
import { SitrepError } from "../../../src/domain/errors.ts";
import { openStage, type Stage } from "./bot-on-stage.ts";
import { labels, openSuggesting, PATIENT, press, sceneOn, start, stepIn } from "./tour-steps.ts";

const { buttons } = english.tour;
const STEPS = ["what", "citation", "grades", "briefing", "question"] as const;

// Several open a stage of their own.
vi.setConfig({ testTimeout: 60_000 });

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ discord: PATIENT });
  // A busy machine needs some time for the first ones.
  await vi.waitFor(async () => expect(await stage.sitrep.suggest(null, 3)).toHaveLength(3), {
    timeout: 40_000,
    interval: 50,
  });
});
afterAll(async () => {
  await stage.close();
});

const scene = (of = stage) => sceneOn(of);

describe("the tour", () => {
  test("leads in five steps through one private message, back and on, to its end", async () => {
    const { ana, channel } = scene();
    const first = await start(ana, channel);
    expect(first.isEphemeral).toBe(true);
    expect(labels(first)).toEqual([buttons.next]);
    let [step, at] = [first, 1];
    for (const move of [buttons.next, buttons.next, buttons.back, buttons.next, buttons.next, buttons.next]) {
      step = await press(step, move);
      at += move === buttons.back ? -1 : 1;
      expect(step.kind).toBe("update");
      expect(step.message.id).toBe(first.message.id);
      const title = english.tour[STEPS[at - 1] ?? "what"].title;
      expect(step.plain()).toContain(`Step ${at} of 5: ${title}\n`);
      expect(stage.members.tourStep(stage.discord.guild().id, ana.id)).toBe(at);
    }
    expect(labels(step)).toEqual(expect.arrayContaining([buttons.back, buttons.finish]));
    const end = await press(step, buttons.finish);
    expect(end.plain()).toContain(english.tour.end.title);
    expect(end.plain()).toContain("/brief since:last");
    expect(labels(end)).toEqual([buttons.back, buttons.startOver]);
    expect(channel.messages().filter(({ isEphemeral }) => !isEphemeral)).toEqual([]);
  });

  test("takes a real citation apart, and leads to the answer that it is from", async () => {
    const { ana, channel } = scene();
    const step = await press(await start(ana, channel), buttons.next);
    const [, question = ""] = /From a real answer, to: “(.+)”/.exec(step.plain()) ?? [];
    const { answer } = await stage.sitrep.ask(question, { trace: false });
    const citations = answer.kind === "answer" ? answer.claims.flatMap((claim) => claim.citations) : [];
    const shown = citations.find(({ quote }) => step.plain().includes(`\n${quote.text}\n`));
    expect(shown).toBeDefined();
    if (shown === undefined) return;
    const text = await stage.sitrep.reportText(shown.quote.reportId);
    expect(text.slice(shown.quote.start, shown.quote.end)).toBe(shown.quote.text);
    const { title, published, reliability, marking, url } = shown.source;
    for (const part of [
      `Number [${shown.number}] · `,
      `Title ${title.slice(0, 40)}`,
      `Date ${published} · `,
      `Reliability ${reliability} · `,
      `Marking ${marking} · `,
      `Link ${new URL(url ?? "").host} · `,
      "Publisher ",
      "Place ",
    ]) {
      expect(step.plain()).toContain(part);
    }
    const whole = await press(step, english.tour.citation.whole);
    expect(whole.isEphemeral).toBe(true);
    expect(whole.message.id).not.toBe(step.message.id);
    expect(whole.plain()).toContain(`Question: ${question}`);
    expect(whole.plain()).toContain(shown.quote.text);
    // The tour stays as it was.
    expect(stepIn(step)).toBe(2);
  });

  test("tells how many reports of the corpus have each grade and marking, and how many are op-eds", async () => {
    const { ana, channel } = scene();
    let step = await start(ana, channel);
    const reports = await stage.sitrep.reports();
    expect(step.plain()).toContain(`The collection: ${reports.length} reports, published from `);
    for (const move of [buttons.next, buttons.next]) step = await press(step, move);
    const having = (holds: (source: (typeof reports)[number]["source"]) => boolean) => {
      const count = reports.filter(({ source }) => holds(source)).length;
      return count === 0 ? "none here" : `${count} report${count === 1 ? "" : "s"} here`;
    };
    const text = step.plain();
    for (const grade of ["A", "B", "C", "D", "E", "F"] as const) {
      const count = having(({ reliability }) => reliability === grade);
      expect(text).toContain(`${english.source.reliability(grade)} · ${count}`);
    }
    for (const marking of ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"] as const) {
      expect(text).toContain(`${marking} · ${having((source) => source.marking === marking)} · `);
    }
    expect(text).toContain(`Op-eds (${having(({ kind }) => kind === "op-ed")})`);
  });

  test("gives a first briefing on all reports, and on a main subject, beside the tour", async () => {
    const { ana, channel } = scene();
    stage.members.noteTourStep(stage.discord.guild().id, ana.id, 4);
    const step = await start(ana, channel);
    const subjects = labels(step).filter(
      (label) => label !== english.tour.briefing.whole && !Object.values(buttons).includes(label),
    );
    expect(subjects).toHaveLength(3);
    const known = (await stage.sitrep.subjects()).map(({ name }) => name);
    expect(subjects.filter((each) => !known.includes(each))).toEqual([]);
    const [main = ""] = subjects;
    for (const [label, title] of [
      [english.tour.briefing.whole, english.briefings.corpusTitle],
      [main, english.briefings.title(main)],
    ] as const) {
      const briefing = await press(step, label);
      expect(briefing.isEphemeral).toBe(true);
      expect(briefing.message.id).not.toBe(step.message.id);
      expect(briefing.plain()).toContain(title);
      expect(briefing.plain()).toMatch(/^\[1\]/m);
    }
    expect(stepIn(step)).toBe(4);
  });

  test("asks a first question beside the tour, and a follow-up goes on from it", async () => {
    const { ana, channel } = scene();
    stage.members.noteTourStep(stage.discord.guild().id, ana.id, 5);
    const step = await start(ana, channel);
    const questions = labels(step).filter((label) => label.endsWith("?"));
    expect(questions.length).toBeGreaterThan(0);
    expect(questions.length).toBeLessThanOrEqual(3);
    const answer = await press(step, questions[0] ?? "");
    expect(answer.isEphemeral).toBe(true);
    expect(answer.plain()).toContain("Confidence:");
    const followed = await answer.click(english.buttons.followUp);
    expect(followed.title).toBe(english.followUp.modalTitle);
    expect(labels(step)).toContain(buttons.finish);
  });

  test("goes on where it was left, and can be started over", async () => {
    const { ana, channel } = scene();
    let step = await start(ana, channel);
    for (const move of [buttons.next, buttons.next]) step = await press(step, move);
    const resumed = await start(ana, channel);
    expect(stepIn(resumed)).toBe(3);
    expect(resumed.plain()).toContain("You were at step 3.");
    expect(labels(resumed)).toEqual([buttons.back, buttons.next, buttons.startOver]);
    const over = await press(resumed, buttons.startOver);
    expect(stepIn(over)).toBe(1);
    expect(over.message.id).toBe(resumed.message.id);
    const again = await start(ana, channel);
    expect([stepIn(again), labels(again)]).toEqual([1, [buttons.next]]);
    expect(again.plain()).not.toContain("You were at step");
    // The older message works on its own.
    expect(stepIn(await press(step, buttons.next))).toBe(4);
  });

  test("at step 2 no two buttons lead to one step", async () => {
    const { ana, channel } = scene();
    await press(await start(ana, channel), buttons.next);
    expect(labels(await start(ana, channel))).toEqual([english.tour.citation.whole, buttons.next, buttons.startOver]);
  });

  test("once finished it begins anew, and says so", async () => {
    const { ana, channel } = scene();
    stage.members.noteTourStep(stage.discord.guild().id, ana.id, 5);
    const last = await start(ana, channel);
    expect(stepIn(last)).toBe(5);
    await press(last, buttons.finish);
    const again = await start(ana, channel);
    expect(stepIn(again)).toBe(1);
    expect(again.plain()).toContain(english.tour.finishedBefore);
    expect(stepIn(await start(ana, channel))).toBe(1);
  });

  test("is each member's own", async () => {
    const { ana, ben, channel } = scene();
    const hers = await press(await press(await start(ana, channel), buttons.next), buttons.next);
    const his = await start(ben, channel);
    expect([stepIn(hers), stepIn(his)]).toEqual([3, 1]);
    expect(hers.message.visibleTo(ben)).toBe(false);
    expect(his.message.visibleTo(ana)).toBe(false);
    expect(stepIn(await start(ana, channel))).toBe(3);
  });

  test("opens from the help, beside it", async () => {
    const { ana, channel } = scene();
    const help = await (await ana.command("help", {}, { channel })).settled();
    expect(help.plain()).toMatch(/\/start .*\/brief /);
    const tour = await press(help, buttons.start);
    expect(stepIn(tour)).toBe(1);
    expect(tour.isEphemeral).toBe(true);
    expect(tour.message.id).not.toBe(help.message.id);
    expect(help.plain()).toContain("What it does not do.");
  });
});

test("while no question can be suggested the citation is one of the briefing, and leads there", async () => {
  const fresh = await openStage({ discord: PATIENT, sitrep: (sitrep) => ({ ...sitrep, suggest: async () => [] }) });
  try {
    const { ana, channel } = scene(fresh);
    const step = await press(await start(ana, channel), buttons.next);
    expect(step.plain()).toContain(english.tour.citation.ofBriefing);
    const result = await fresh.sitrep.brief(null);
    const lines = result.kind === "briefing" ? result.briefing.sections.flatMap((section) => section.lines) : [];
    const quotes = lines.flatMap(({ citations }) => citations.map(({ quote }) => quote.text));
    expect(quotes.filter((text) => step.plain().includes(`\n${text}\n`))).toHaveLength(1);
    const briefing = await press(step, english.tour.citation.wholeBriefing);
    expect(briefing.plain()).toContain(english.briefings.corpusTitle);
  } finally {
    await fresh.close();
  }
});

test("without a record of members, and without what a step would show, every step works", async () => {
  const gone = async (): Promise<never> => {
    throw new SitrepError("busy", "Not now");
  };
  const poor = await openStage({
    discord: PATIENT,
    sitrep: (sitrep) => ({ ...sitrep, suggest: gone, subjects: gone, ask: gone, brief: gone }),
  });
  try {
    // As after a fault of the disk.
    poor.members.close();
    const { ana, channel } = scene(poor);
    let step = await start(ana, channel);
    for (let at = 1; at <= 5; at += 1) {
      expect(stepIn(step)).toBe(at);
      step = await press(step, at < 5 ? buttons.next : buttons.finish);
    }
    expect(step.plain()).toContain(english.tour.end.title);
    expect(stepIn(await start(ana, channel))).toBe(1);
  } finally {
    await poor.close();
  }
});

test("without reports every step says what can be said", async () => {
  const root = mkdtempSync(join(tmpdir(), "sitrep-empty-"));
  const folders = { corpus: join(root, "corpus"), data: join(root, "data") };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  const empty = await openStage({ discord: PATIENT, folders });
  try {
    const { ana, channel } = scene(empty);
    let step = await start(ana, channel);
    for (let at = 1; at <= 5; at += 1) {
      expect(stepIn(step)).toBe(at);
      expect(step.plain()).toContain("There are no reports yet");
      const ways = [buttons.back, buttons.next, buttons.finish];
      expect(labels(step).filter((label) => !ways.includes(label))).toEqual([]);
      step = await press(step, at < 5 ? buttons.next : buttons.finish);
    }
    expect(step.plain()).toContain(english.tour.end.title);
  } finally {
    await empty.close();
    rmSync(root, { recursive: true, force: true });
  }
});

test("in Urdu the tour is Urdu; the quote is the report's", async () => {
  const inUrdu = await openSuggesting({ settings: { DISCORD_LANGUAGE: "ur" } });
  try {
    const { ana, channel } = scene(inUrdu);
    const words = urdu.tour;
    let step = await start(ana, channel);
    const titles: string[] = [];
    for (let at = 1; at <= 5; at += 1) {
      titles.push(step.plain().split("\n")[0] ?? "");
      if (at === 2) expect(step.plain()).toMatch(/\n[A-Z][^\u0600-\u06ff\n]{30,}\n/);
      step = await press(step, at < 5 ? words.buttons.next : words.buttons.finish);
    }
    expect(titles).toEqual(STEPS.map((name, at) => words.heading(at + 1, 5, words[name].title)));
    expect(step.plain()).toContain(words.end.title);
  } finally {
    await inUrdu.close();
  }
});
