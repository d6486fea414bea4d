import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import type { BriefingResult, Picture, Subject, Theme } from "../../src/domain/briefing.ts";
import type { Sitrep } from "../../src/domain/service.ts";
import { sampleBriefing } from "../helpers/briefings.ts";
import { fakeEdge, fakeSitrep, summaryWith } from "./fakes.ts";

const BRIEFING: BriefingResult = { kind: "briefing", briefing: sampleBriefing(), milliseconds: 3 };
const NOTHING: BriefingResult = { kind: "nothing", subject: "Mars", instead: ["River"], nearest: [], milliseconds: 3 };
const picture = (theme: Theme): Picture => ({
  id: "chart",
  theme,
  svg: "",
  png: new TextEncoder().encode(`a ${theme} picture`),
  width: 10,
  height: 10,
  alt: "Attacks per month",
});

async function run(args: readonly string[], changes: Partial<Sitrep> = {}, signal?: AbortSignal) {
  const sitrep = fakeSitrep({
    brief: async () => BRIEFING,
    pictures: async (_, theme) => [picture(theme)],
    ...changes,
  });
  const { edge, out, err } = fakeEdge(sitrep, signal);
  const code = await runCommandLine(["brief", ...args], edge);
  return { code, out: out.text, err: err.text, calls: sitrep.calls };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sitrep-brief-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("on stdout", () => {
  test("is Markdown without pictures, and exits with 0", async () => {
    const { code, out, err, calls } = await run(["Harbour", "Front"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^# Briefing: Harbour Front\n/);
    expect(out).not.toContain("![");
    expect(err).toBe("");
    expect(calls).toEqual(["brief", "close"]);
  });

  test("the subject is the words given; none is the whole corpus", async () => {
    const asked: (string | null)[] = [];
    const brief: Sitrep["brief"] = async (subject) => {
      asked.push(subject);
      return BRIEFING;
    };
    await run(["border", "crossings"], { brief });
    await run([], { brief });
    expect(asked).toEqual(["border crossings", null]);
  });

  test("JSON is one object, whose characters no terminal obeys", async () => {
    const { out } = await run(["x", "--format", "json"], { brief: async () => ({ ...NOTHING, subject: "\x1b[2J" }) });
    expect(JSON.parse(out)).toMatchObject({ subject: "\x1b[2J", sections: [], instead: ["River"] });
    expect(out).not.toContain("\x1b");
    expect(JSON.parse((await run(["x", "--format", "json"])).out)).toMatchObject({ snapshot: 3 });
  });

  test("HTML has its pictures in it, for light and dark, or in the theme that is asked for", async () => {
    const both = await run(["x", "--format", "html"]);
    expect(both.out).toMatch(/^<!doctype html>/);
    expect(both.out.match(/data:image\/png;base64/g)).toHaveLength(2);
    const dark = await run(["x", "--format", "html", "--theme", "dark"]);
    expect(dark.out).toContain(Buffer.from("a dark picture").toString("base64"));
    expect(dark.out.match(/data:image\/png;base64/g)).toHaveLength(1);
  });

  test("too little said is an answer in every format: exit 0", async () => {
    for (const [format, words] of [
      ["md", 'No briefing: the reports say too little about "Mars".'],
      ["html", "the reports say too little about &quot;Mars&quot;."],
      ["json", '"sections":[]'],
    ] as const) {
      const { code, out, calls } = await run(["Mars", "--format", format], { brief: async () => NOTHING });
      expect(code).toBe(0);
      expect(out).toContain(words);
      expect(out).toContain("River");
      expect(calls).toEqual(["brief", "close"]);
    }
  });

  test("without an index ingests first, and says so on stderr", async () => {
    const { code, err, calls } = await run(["x"], { hasIndex: () => false, ingest: async () => summaryWith() });
    expect(code).toBe(0);
    expect(calls).toEqual(["ingest", "brief", "close"]);
    expect(err).toContain("No index in /tmp/data yet");
  });

  test("an interruption leaves it at once", async () => {
    const controller = new AbortController();
    const running = run(["x"], { brief: () => new Promise(() => undefined) }, controller.signal);
    setTimeout(() => controller.abort(), 20);
    expect(await running).toMatchObject({ code: 130, out: "", calls: ["brief", "close"] });
  });
});

describe("to a file", () => {
  const at = (name: string) => join(folder, name);

  test("Markdown has its pictures beside it", async () => {
    const { code, out, err } = await run(["x", "--output", at("my brief.md")]);
    expect([code, out]).toEqual([0, ""]);
    expect(err).toBe(`Written to ${at("my brief.md")} with 1 picture beside it.\n`);
    expect(readdirSync(folder).sort()).toEqual(["my brief-chart.png", "my brief.md"]);
    expect(readFileSync(at("my brief.md"), "utf8")).toContain("![Attacks per month](<my%20brief-chart.png>)");
    expect(readFileSync(at("my brief-chart.png"), "utf8")).toBe("a light picture");
    await run(["x", "--output", at("dark.md"), "--theme", "dark"]);
    expect(readFileSync(at("dark-chart.png"), "utf8")).toBe("a dark picture");
  });

  test("the name of the file says the format, where nobody else does", async () => {
    await run(["x", "--output", at("a.html")]);
    await run(["x", "--output", at("a.json")]);
    await run(["x", "--output", at("a.txt")]);
    await run(["x", "--output", at("b.html"), "--format", "json"]);
    const start = (name: string) => readFileSync(at(name), "utf8").slice(0, 2);
    expect([start("a.html"), start("a.json"), start("a.txt"), start("b.html")]).toEqual(["<!", '{"', "# ", '{"']);
  });

  test.each(["a.md", "a-chart.png"])(
    "does not overwrite %s unless it is told to, and asks for nothing before",
    async (name) => {
      writeFileSync(at(name), "mine");
      const refused = await run(["x", "--output", at("a.md")]);
      expect(refused).toMatchObject({ code: 2, out: "", calls: ["close"] });
      expect(refused.err).toBe(
        `error: ${at(name)} is there already\nhint: Give another name, or add --force to overwrite it.\n`,
      );
      expect(readFileSync(at(name), "utf8")).toBe("mine");
      expect(readdirSync(folder)).toEqual([name]);
      expect((await run(["x", "--output", at("a.md"), "--force"])).code).toBe(0);
      expect(readFileSync(at(name), "utf8")).not.toBe("mine");
    },
  );

  test("says what is wrong with a place that cannot be written to", async () => {
    const missing = await run(["x", "--output", at("no/such/a.md")]);
    expect(missing).toMatchObject({ code: 2, calls: ["close"] });
    expect(missing.err).toContain(`There is no folder ${at("no/such")} to write to`);
    const isFolder = await run(["x", "--output", folder, "--force"]);
    expect(isFolder.code).toBe(2);
    expect(isFolder.err).toContain(`${folder} cannot be written: `);
    expect(existsSync(at("no"))).toBe(false);
  });
});

describe("--list", () => {
  const subjects: Subject[] = [
    { name: "Harbour Front", kind: "name", aliases: ["HF", "Front of the Harbour"], passages: 12 },
    { name: "Border crossings", kind: "heading", aliases: [], passages: 1 },
  ];
  const list = (...args: string[]) => run(["--list", ...args], { subjects: async () => subjects });

  test("lists what a briefing can be asked for", async () => {
    expect(await list()).toMatchObject({
      code: 0,
      out: "Harbour Front  name, 12 passages\n    HF, Front of the Harbour\nBorder crossings  heading, 1 passage\n2 subjects\n",
      calls: ["subjects", "close"],
    });
  });

  test("with words only what has them in one of its names", async () => {
    expect((await list("hf")).out).toMatch(/^Harbour Front .*\n.*\n1 subject\n$/);
    expect((await list("CROSS", "border")).out).toBe("Border crossings  heading, 1 passage\n1 subject\n");
    expect((await list("moon")).out).toBe("No subject of that name; a briefing takes free words too.\n");
  });

  test("is a JSON array for programs", async () => {
    expect(JSON.parse((await list("--format", "json")).out)).toEqual(subjects);
  });
});

test.each([
  [["x", "--format", "pdf"], "Allowed choices are md, json, html."],
  [["x", "--theme", "blue"], "Allowed choices are light, dark."],
  [[""], "No subject given"],
  [["y".repeat(201)], "the limit is 200"],
  [["a\u0007b"], "must not contain control characters"],
  [["x", "--formt", "md"], "unknown option '--formt'"],
])("bad input is refused before anything is opened: %j", async (args, words) => {
  const { code, out, err, calls } = await run(args);
  expect([code, out, calls]).toEqual([2, "", []]);
  expect(err).toContain(words);
});

test("the help has examples, the formats and the exit codes", async () => {
  const { code, out } = await run(["--help"]);
  expect(code).toBe(0);
  for (const words of ["Usage: npm run brief -- [options] [subject...]", '"md", "json", "html"', "--force", "130 "]) {
    expect(out).toContain(words);
  }
});
