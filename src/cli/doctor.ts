/** The `doctor` command: everything a person would check, with what to do about it. */

import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import { counted, type Finding, HEALTH_AREAS, type HealthLevel } from "../domain/health.ts";
import { oneLine } from "../domain/visible.ts";
import type { Replaced } from "../health/examine.ts";
import { unlessInterrupted } from "./edge.ts";
import { reportFault } from "./errors.ts";
import type { Colors, Io, Output } from "./io.ts";
import { displayWidth, safeJson, truncate, wrap } from "./terminal.ts";

export interface DoctorCommandOptions {
  readonly json?: boolean;
  readonly quick?: boolean;
}

/** Milliseconds before a person at a terminal is told what is looked at, and between two tellings. */
const PATIENCE = 500;
const REDRAW_INTERVAL = 100;

/**
 * Opens nothing before it has been tried: with a broken installation the other commands end in a stack trace, and
 * this one says why.
 * @param replaced for tests.
 * @returns "fault" when there is one; warnings alone are "ok".
 */
export async function doctorCommand(
  io: Io,
  { json = false, quick = false }: DoctorCommandOptions,
  replaced?: Replaced,
): Promise<ExitCode> {
  const meter = progressOn(io.err);
  try {
    const { examine } = await import("../health/examine.ts");
    const examining = examine({ isQuick: quick, onProgress: meter.report, signal: io.signal, replaced });
    const findings = await unlessInterrupted(examining, io.signal);
    meter.end();
    io.out.write(json ? `${safeJson(findings)}\n` : renderFindings(findings, io.out));
    return findings.some(({ level }) => level === "fault") ? EXIT.fault : EXIT.ok;
  } catch (fault) {
    meter.end();
    return reportFault(fault, io);
  }
}

/** One line for each finding under its area, what to do about it below, and the sum of it last. */
export function renderFindings(
  findings: readonly Finding[],
  { width, colors }: Pick<Output, "width" | "colors">,
): string {
  const lines: string[] = [];
  for (const area of HEALTH_AREAS) {
    const here = findings.filter((finding) => finding.area === area);
    if (here.length === 0) continue;
    lines.push(colors.bold(area), ...here.flatMap((finding) => linesOf(finding, width, colors)), "");
  }
  return `${lines.join("\n")}\n${sumOf(findings)}\n`;
}

const LABELS: Readonly<Record<HealthLevel, string>> = { ok: "ok", warning: "warning", fault: "FAULT" };
const INDENT = " ".repeat(2);
/** Where messages begin. */
const HANGING = " ".repeat(INDENT.length + displayWidth(LABELS.warning) + 2);

function linesOf({ level, message, remedy }: Finding, width: number, colors: Colors): string[] {
  const paint = { ok: colors.green, warning: colors.yellow, fault: colors.red }[level];
  const label = LABELS[level];
  const room = Math.max(20, width - HANGING.length);
  const [first = "", ...rest] = wrap(oneLine(message), room);
  const space = HANGING.slice(INDENT.length + label.length);
  return [
    `${INDENT}${paint(label)}${space}${first}`,
    ...rest.map((line) => HANGING + line),
    ...(remedy === null ? [] : wrap(oneLine(remedy), room - 2).map((line) => `${HANGING}  ${colors.dim(line)}`)),
  ];
}

function sumOf(findings: readonly Finding[]): string {
  const count = (level: HealthLevel) => findings.filter((finding) => finding.level === level).length;
  const [warnings, faults] = [count("warning"), count("fault")];
  const checks = counted(findings.length, "check");
  if (warnings + faults === 0) return `${checks}: all well`;
  return `${checks}, ${counted(warnings, "warning")}, ${counted(faults, "fault")}`;
}

/** A line that is redrawn, on a terminal, once it takes longer than a moment. */
function progressOn(output: Output): { readonly report: (what: string) => void; readonly end: () => void } {
  let due = performance.now() + PATIENCE;
  let isDrawn = false;
  return {
    report(what) {
      const now = performance.now();
      if (!output.isTerminal || now < due) return;
      due = now + REDRAW_INTERVAL;
      isDrawn = true;
      // One column is left free: a full line makes some terminals wrap.
      output.write(`\r\x1b[K${truncate(`checking ${what}`, output.width - 1)}`);
    },
    end() {
      if (isDrawn) output.write("\r\x1b[K");
      isDrawn = false;
    },
  };
}
