import { expect, test } from "vitest";
import { outputInMemory } from "../../src/cli/io.ts";
import { duration, progressLine, progressMeter } from "../../src/cli/progress.ts";

test("elsewhere than on a terminal a line is written at most every two seconds", () => {
  const output = outputInMemory();
  let time = 0;
  const meter = progressMeter(output, () => time);
  for (let done = 0; done <= 100; done += 1) {
    meter.report({ phase: "embed", done, total: 100 });
    time += 100;
  }
  meter.end();
  const lines = output.text.trimEnd().split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe("embedding 20/100 passages, 10.0 passages/s, 8.0 s left");
  expect(output.text).not.toContain("\x1b");
});

test("a short run elsewhere than on a terminal says nothing", () => {
  const output = outputInMemory();
  let time = 0;
  const meter = progressMeter(output, () => time);
  meter.report({ phase: "read", done: 1, total: 2 });
  time = 1999;
  meter.report({ phase: "read", done: 2, total: 2 });
  expect(output.text).toBe("");
});

test("on a terminal one line is redrawn, never wider than the terminal, and removed at the end", () => {
  const output = outputInMemory({ isTerminal: true, width: 50 });
  let time = 0;
  const meter = progressMeter(output, () => time);
  for (const done of [0, 50, 100]) {
    meter.report({ phase: "embed", done, total: 100 });
    time += 1000;
  }
  meter.end();
  meter.report({ phase: "embed", done: 100, total: 100 });
  expect(output.text).not.toContain("\n");
  expect(output.text.endsWith("\r\x1b[K")).toBe(true);
  const drawn = output.text.split("\r\x1b[K").filter((line) => line !== "");
  expect(drawn).toHaveLength(3);
  for (const line of drawn) expect(line.length).toBeLessThan(50);
  expect(drawn[1]).toContain("████████████░░░░░░░░░░░░  50%");
});

test("rate and time left are those of the phase, and wait until they mean something", () => {
  const progress = { phase: "embed", done: 30, total: 90 } as const;
  expect(progressLine(progress, { milliseconds: 100, done: 30, bar: false })).toBe("embedding 30/90 passages");
  expect(progressLine(progress, { milliseconds: 2000, done: 30, bar: false })).toBe(
    "embedding 30/90 passages, 15.0 passages/s, 4.0 s left",
  );
  expect(progressLine({ phase: "read", done: 0, total: 0 }, { milliseconds: 0, done: 0, bar: true })).toContain("100%");
});

test.each([
  [400, "0.4 s"],
  [9990, "10 s"],
  [59_900, "1 min 0 s"],
  [200_000, "3 min 20 s"],
  [3_900_000, "1 h 5 min"],
])("%d ms is %s", (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});
