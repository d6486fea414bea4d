/** Pictures of briefings, from the briefing to the pixels. */

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { PNG } from "pngjs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Fonts, loadFonts } from "../../src/brief/pictures/font.ts";
import { PALETTES } from "../../src/brief/pictures/palette.ts";
import { picturesOf } from "../../src/brief/pictures.ts";
import type { Voice } from "../../src/domain/answer.ts";
import { type Briefing, type Picture, THEMES, type Theme } from "../../src/domain/briefing.ts";
import { CROWDED, sampleBriefing, TYPICAL, TYPICAL_EVENTS } from "./pictures-samples.ts";
import { compared, differenceFromStored } from "./pictures-stored.ts";

const year = (number: number) => ({ from: String(number), to: String(number) });
const event = (text: string, number = 2020) => ({ period: year(number), text });
const row = (value: string, low: number, number: number, who = "the ministry") => ({
  value,
  low,
  period: year(number),
  who,
});

let fonts: Fonts;
beforeAll(async () => {
  fonts = await loadFonts();
});

async function pictureOf(briefing: Briefing, id: Picture["id"], theme: Theme = "light"): Promise<Picture> {
  const picture = (await picturesOf(briefing, theme)).find((each) => each.id === id);
  if (picture === undefined) throw new Error(`No ${id}`);
  return picture;
}

/** Every line of text in an SVG, as a person reads it. */
function textsIn(svg: string): string[] {
  const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" };
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text = ""]) =>
    text.replace(/&(lt|gt|amp|quot|#39);/g, (whole, name: string) => entities[name] ?? whole),
  );
}

/** Where anything is drawn besides the background. */
function drawnBox({ svg }: Picture) {
  const withoutBackground = svg.replace(/<rect width="800" height="\d+" x="0" y="0"[^>]*><\/rect>/, "");
  expect(withoutBackground).not.toBe(svg);
  const box = new Resvg(withoutBackground, { font: { loadSystemFonts: false, fontFiles: [...fonts.files] } }).getBBox();
  if (box === undefined) throw new Error("Nothing is drawn");
  return box;
}

function expectInside(picture: Picture): void {
  const { x, y, width, height } = drawnBox(picture);
  expect(x).toBeGreaterThanOrEqual(8);
  expect(y).toBeGreaterThanOrEqual(8);
  expect(x + width).toBeLessThanOrEqual(picture.width - 8);
  expect(y + height).toBeLessThanOrEqual(picture.height - 8);
}

describe("which pictures there are", () => {
  it("are a timeline and a chart, in that order, where the briefing has both", async () => {
    expect((await picturesOf(TYPICAL, "light")).map(({ id, theme }) => [id, theme])).toEqual([
      ["timeline", "light"],
      ["chart", "light"],
    ]);
  });

  it("are none where there is one event and two figures", async () => {
    const rows = [row("10", 10, 2020), row("20", 20, 2021)];
    expect(await picturesOf(sampleBriefing({ events: [event("It began.")], rows }), "light")).toEqual([]);
  });

  it("are as large as they say, opaque, and not too large for a phone", async () => {
    for (const theme of THEMES) {
      for (const { png, width, height } of [
        ...(await picturesOf(TYPICAL, theme)),
        ...(await picturesOf(CROWDED, theme)),
      ]) {
        const image = PNG.sync.read(Buffer.from(png));
        expect([image.width, image.height]).toEqual([width, height]);
        expect(width).toBe(800);
        expect(height).toBeLessThanOrEqual(2000);
        expect(image.data.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
        const corner = `#${image.data.subarray(0, 3).toString("hex")}`;
        expect(corner).toBe(PALETTES[theme].background);
      }
    }
  });
});

describe("how they look", () => {
  for (const theme of THEMES) {
    for (const [name, briefing] of [
      ["typical", TYPICAL],
      ["crowded", CROWDED],
    ] as const) {
      it(`is as it was found good: ${name}, ${theme}`, async () => {
        for (const { id, png } of await picturesOf(briefing, theme)) {
          expect(differenceFromStored(`${name}-${id}-${theme}`, png)).toBeNull();
        }
      });
    }
  }

  it("is not taken for another: one with other words, one of another size", async () => {
    const [first, ...others] = TYPICAL_EVENTS;
    const otherWords = [{ ...first, text: first.text.replace("three small", "seven large") }, ...others];
    const { png } = await pictureOf(sampleBriefing({ events: otherWords }), "timeline");
    expect(compared("typical-timeline-light", png)).toMatch(/differs in \d+ pixels: .*difference\.png/);
    const shorter = await pictureOf(sampleBriefing({ events: others }), "timeline");
    expect(compared("typical-timeline-light", shorter.png)).toMatch(/800 by \d+ pixels instead of 800 by/);
  });

  it("has no letters smaller than 24 pixels", async () => {
    for (const { svg } of await picturesOf(TYPICAL, "light")) {
      const sizes = Array.from(svg.matchAll(/(?:font-size:|font: (?:bold )?)(\d+)px/g), ([, size]) => Number(size));
      expect(sizes.length).toBe(textsIn(svg).length);
      expect(Math.min(...sizes)).toBe(24);
    }
  });
});

describe("a timeline", () => {
  it("has the date, the quote, who says it and the number of the citation, in the order of time", async () => {
    const { svg } = await pictureOf(TYPICAL, "timeline");
    const texts = textsIn(svg).join(" ");
    expect(texts).toContain("Mar 2021 In March 2021 three small groups joined");
    expect(texts).toContain("The ministry [1]");
    expect(texts).toContain("The Front, in The Daily Ledger [3]");
    expect(texts).toContain("Opinion of Lena Orlow [5]");
    expect(texts).toContain("Sitrep · snapshot 12 · numbers refer to the briefing");
    const places = [1, 2, 3, 4, 5, 6].map((number) => texts.indexOf(`[${number}]`));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("sorts events that come in another order", async () => {
    const events = [event("Later.", 2022), event("Sooner.", 2019)];
    const texts = textsIn((await pictureOf(sampleBriefing({ events }), "timeline")).svg);
    expect(texts.indexOf("Sooner.")).toBeLessThan(texts.indexOf("Later."));
  });

  it("cuts a long quote at a word, within three lines", async () => {
    const { svg } = await pictureOf(TYPICAL, "timeline");
    expect(textsIn(svg)).toContain("figure that nobody has confirmed and…");
  });

  it("begins a long quote with what happened where its first words only tell who says so", async () => {
    const told = `The harbour police of the northern district reported that two boats burnt at the pier, ${"with all their nets and ropes ".repeat(6)}aboard.`;
    const voice = { kind: "attributed", who: "harbour police" } as const;
    const textOf = async (text: string, who: Voice) => {
      const briefing = sampleBriefing({ events: [{ ...event(text), voice: who }, event("Then.", 2021)] });
      const picture = await pictureOf(briefing, "timeline");
      return [textsIn(picture.svg).join(" "), picture.alt];
    };
    for (const text of await textOf(told, voice)) expect(text).toContain("…two boats burnt at the pier");
    expect((await textOf(told, voice))[0]).toContain("Harbour police [1]");
    for (const text of await textOf(told, { kind: "report", who: null })) expect(text).toContain("The harbour police");
  });

  it("shows the last ten events of more, and says so", async () => {
    const texts = textsIn((await pictureOf(CROWDED, "timeline")).svg);
    expect(texts).toContain("Timeline: the last 10 of 14 events");
    expect(texts.filter((text) => /\[\d+\]$/.test(text))).toHaveLength(10);
  });
});

describe("a chart", () => {
  it("names the sources, what is counted, the times, and each value in the report's words with its number", async () => {
    const texts = textsIn((await pictureOf(TYPICAL, "chart")).svg);
    expect(texts).toEqual(expect.arrayContaining(["The Monitoring Panel", "The defence ministry", "Fighters"]));
    expect(texts).toContain("Institute for Border Studies");
    expect(texts.join(" ")).toContain("6,000-6,500 [9]");
    expect(texts.join(" ")).toContain("over 2,000 [10]");
    expect(texts.join(" ")).toContain("July 2024");
    expect(texts.join(" ")).toContain("Two marks joined: from low to high. Arrow up: or more. Arrow down: or less.");
  });

  it("connects values of one source and never those of two", async () => {
    const strokes = (svg: string) =>
      Array.from(svg.matchAll(/stroke="(#\w+)" stroke-width="4" stroke-opacity/g), ([, colour]) => colour);
    const apart = [row("10", 10, 2020, "PA"), row("20", 20, 2021, "PB"), row("30", 30, 2022, "PC")];
    expect(strokes((await pictureOf(sampleBriefing({ rows: apart }), "chart")).svg)).toEqual([]);
    const [first, second] = PALETTES.light.series;
    expect(strokes((await pictureOf(TYPICAL, "chart")).svg)).toEqual([first, first, first, second]);
  });

  it("does not connect a source's values for one time", async () => {
    const rows = [row("10", 10, 2020), row("20", 20, 2021), row("30", 30, 2021), row("40", 40, 2022)];
    expect((await pictureOf(sampleBriefing({ rows }), "chart")).svg).not.toContain('stroke-width="4" stroke-opacity');
  });

  it("connects what was done only in times that follow each other", async () => {
    const months = ["2024-01", "2024-08", "2024-09"].map((month, index) => ({
      ...row(String(70 + index), 70 + index, 2024),
      period: { from: month, to: month },
      counted: "attacks",
    }));
    const { svg } = await pictureOf(sampleBriefing({ rows: months }), "chart");
    expect(svg.match(/stroke-width="4" stroke-opacity/g)).toHaveLength(1);
  });

  it("says what is drawn of a range, and which figures that count the same are missing", async () => {
    const rows = [row("10 to 20", 10, 2020), row("2,000", 2000, 2021), row("30", 30, 2022)].map((each, index) => ({
      ...each,
      high: index === 0 ? 20 : each.low,
    }));
    const notes = async (some: typeof rows) =>
      textsIn(
        (await pictureOf(sampleBriefing({ rows: [...some, { ...row("5", 5, 2022), place: "the south" }] }), "chart"))
          .svg,
      ).join(" ");
    expect(await notes(rows)).toContain("A range too small to see is one mark. Not drawn (another place): [4].");
    const wide = rows.map((each) => (each.low === 2000 ? { ...each, low: 20, high: 20 } : each));
    expect(await notes(wide)).toContain("Two marks joined: from low to high. Not drawn (another place): [4].");
  });

  it("leaves out the oldest where there is no room for all, and says so", async () => {
    const rows = Array.from({ length: 15 }, (_, index) => row(`1,00${index % 10}`, 1000 + index, 2001 + index));
    const texts = textsIn((await pictureOf(sampleBriefing({ rows }), "chart")).svg);
    const [, shown] = /the last (\d+) of 15/.exec(texts.join(" ")) ?? [];
    expect(Number(shown)).toBeGreaterThanOrEqual(6);
    expect(texts.join(" ")).toContain("[15]");
    expect(texts.join(" ").match(/\[1\]/g)).toHaveLength(1);
    expect(texts.join(" ")).toContain("Not drawn (no room): [1] [2]");
  });
});

describe("the words in a picture", () => {
  const HOSTILE = `<script>alert(1)</script> & "quoted" {a|b} {b} \u0026lt; ]]> zr0-cls-0 class="zr0-cls-0"\nnext\u202e line`;

  it("are the report's, and never markup", async () => {
    const briefing = sampleBriefing({
      subject: `S <b>&amp; {a|b}`,
      events: [{ ...event(HOSTILE), publisher: "<i>P</i>" }, event("Then.", 2021)],
      rows: [1, 2, 3].map((index) => ({
        ...row(`${index} <b>`, index, 2020 + index, "{a} <script>"),
        counted: "{value} <u>",
        place: "\n&",
      })),
    });
    for (const { svg } of await picturesOf(briefing, "light")) {
      expect(svg).not.toMatch(/<(?!\/?(?:svg|rect|path|text|circle|g|polygon|polyline|line)\b)/);
      const texts = textsIn(svg).join(" ");
      expect(texts).toContain("S <b>&amp; {a|b}");
    }
    const timeline = textsIn((await pictureOf(briefing, "timeline")).svg).join(" ");
    expect(timeline).toContain(`<script>alert(1)</script> & "quoted" {a|b} {b} &lt;`);
    expect(timeline).toContain("<i>P</i> [1]");
    const chart = textsIn((await pictureOf(briefing, "chart")).svg).join(" ");
    expect(chart).toContain("{a} <script>");
    expect(chart).toContain("{value} <u>, &");
    expect(chart).toContain("2 <b> [4]");
  });

  it("leave no empty boxes where the font lacks a script", async () => {
    const urdu = "حکومت نے پیر کو کہا";
    const events = [{ ...event(urdu), publisher: "روزنامہ" }, event(`The word ${urdu} was used.`, 2021)];
    const texts = textsIn((await pictureOf(sampleBriefing({ subject: urdu, events }), "timeline")).svg);
    expect(texts.join(" ")).toContain("(not in Latin script: see the briefing)");
    expect(texts).toContain("The word … was used.");
    for (const text of texts)
      for (const character of text) expect(fonts.regular.has(character.codePointAt(0) ?? 0)).toBe(true);
  });

  it("are never names of what every object has", async () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      const briefing = sampleBriefing({
        subject: name,
        events: [{ ...event(name), publisher: name }, event("Then.", 2021)],
        rows: [1, 2, 3].map((index) => ({ ...row(name, index, 2020 + index, name), counted: name })),
      });
      const pictures = await picturesOf(briefing, "light");
      expect(pictures.map(({ id }) => id)).toEqual(["timeline", "chart"]);
      for (const { svg } of pictures) {
        expect(textsIn(svg).map((text) => text.trim())).toContain(name);
        expect(svg).not.toContain("NaN");
      }
      const inherited: string[] = [];
      for (const key in {}) inherited.push(key);
      expect(inherited).toEqual([]);
    }
  });

  it("stay inside of the picture, whatever they are", async () => {
    const word = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.constantFrom(
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "{a|b}",
        "ﷺ",
        "__proto__",
        "Ǆ",
        "नमस्ते",
        "\u0301\u0302\u0303",
      ),
    );
    const phrase = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
    const number = fc.oneof(fc.nat(12), fc.nat(2_000_000_000), fc.double({ min: 0, max: 5, noNaN: true }));
    const rows = fc.array(
      fc.record({
        value: phrase,
        low: number,
        period: fc.integer({ min: 1990, max: 2030 }).map(year),
        who: phrase,
        counted: fc.constant("x"),
        place: fc.constant("everywhere"),
      }),
      { minLength: 3, maxLength: 12 },
    );
    const events = fc.array(
      fc.record({
        period: fc.record({ from: fc.constantFrom("2001-01-31", "2012"), to: fc.constantFrom("2022-11-30", "2015") }),
        text: phrase,
        publisher: phrase,
      }),
      { minLength: 2, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(phrase, events, rows, async (subject, someEvents, someRows) => {
        for (const picture of await picturesOf(
          sampleBriefing({ subject, events: someEvents, rows: someRows }),
          "dark",
        )) {
          expectInside(picture);
          expect(picture.alt.length).toBeLessThanOrEqual(1024);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it("stay inside in the crowded picture", async () => {
    for (const picture of await picturesOf(CROWDED, "light")) expectInside(picture);
  });
});

describe("the text alternative", () => {
  it("tells every event of a timeline with its time, who says it, and its number", async () => {
    const { alt } = await pictureOf(TYPICAL, "timeline");
    expect(alt).toMatch(/^Timeline of Northern Front: 6 events, March 2021 to 17 February 2025\. /);
    expect(alt).toContain("4 November 2023 (the Front, in The Daily Ledger [3]): On 4 November 2023 the Front claimed");
    expect(alt).toContain("September 2024 (opinion of Lena Orlow [5]): A ceasefire");
    expect(alt).toMatch(
      /17 February 2025 \(The Daily Ledger \[6\]\): The council listed the group on 17 February 2025\.$/,
    );
  });

  it("tells every value of a chart with its time, who gives it, and its number", async () => {
    const { alt } = await pictureOf(TYPICAL, "chart");
    expect(alt).toMatch(/^Chart of figures over time, of Northern Front\. Fighters: 7 values from 3 sources\. /);
    expect(alt).toContain("July 2024: 6,000-6,500, according to the Monitoring Panel [9].");
    expect(alt).toContain("July 2024: 5,000, according to Institute for Border Studies [12].");
  });

  it("ends behind an entry where not all have room, and says how many there are", async () => {
    const { alt } = await pictureOf(CROWDED, "timeline");
    expect(alt.length).toBeLessThanOrEqual(1024);
    const told = alt.match(/\[\d+\]/g)?.length ?? 0;
    expect(told).toBeGreaterThan(1);
    expect(alt.endsWith(`And ${14 - told} more.`)).toBe(true);
  });

  it("speaks of all reports where there is no subject", async () => {
    const briefing = sampleBriefing({ subject: null, events: [event("It began."), event("It ended.", 2021)] });
    const { alt, svg } = await pictureOf(briefing, "timeline");
    expect(alt).toMatch(/^Timeline of all reports: /);
    expect(textsIn(svg)).toContain("All reports");
  });
});

describe("the same briefing", () => {
  it("gives the same SVG and the same bytes, in one process", async () => {
    const [once, , again] = [
      await picturesOf(TYPICAL, "dark"),
      await picturesOf(CROWDED, "light"),
      await picturesOf(TYPICAL, "dark"),
    ];
    expect(again).toEqual(once);
    for (const { svg } of once) expect(svg).not.toMatch(/class=|<style|ecmeta/);
  });

  it("and in another", async () => {
    const once = await picturesOf(TYPICAL, "dark");
    const script = `
      const { createHash } = await import("node:crypto");
      const { picturesOf } = await import("./src/brief/pictures.ts");
      const { CROWDED, TYPICAL } = await import("./test/brief/pictures-samples.ts");
      await picturesOf(CROWDED, "light");
      for (const { svg, png } of await picturesOf(TYPICAL, "dark"))
        process.stdout.write(createHash("sha256").update(svg).update(png).digest("hex") + "\\n");`;
    const { createHash } = await import("node:crypto");
    const hashes = once.map(({ svg, png }) => createHash("sha256").update(svg).update(png).digest("hex"));
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const output = execFileSync(process.execPath, ["--import", "tsx/esm", "--input-type=module", "-e", script], {
      cwd: root,
    });
    expect(output.toString().trim().split("\n")).toEqual(hashes);
  });
});
