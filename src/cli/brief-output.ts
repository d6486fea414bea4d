/** The files that a briefing is written to. Nothing that is there is overwritten unless that is asked for. */

import { existsSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { SitrepError } from "../domain/errors.ts";

export const BRIEF_FORMATS = ["md", "json", "html"] as const;
export type BriefFormat = (typeof BRIEF_FORMATS)[number];

const PICTURES = ["timeline", "chart"] as const;

/** The format that is asked for, or that the name of the file says; "md" where neither does. */
export function formatFor({ format, output = "" }: { readonly format?: BriefFormat; readonly output?: string }) {
  const named = extname(output).slice(1).toLowerCase();
  return format ?? BRIEF_FORMATS.find((each) => each === named) ?? "md";
}

/** "report.md" has its timeline in "report-timeline.png", in the same folder. */
export function pictureFileOf(output: string, id: (typeof PICTURES)[number]): { path: string; name: string } {
  const name = `${basename(output, extname(output))}-${id}.png`;
  return { path: join(dirname(output), name), name };
}

/**
 * Looks before anything is made of what would then be in the way.
 * @throws {SitrepError} "bad-input" when the folder is missing, or a file that could be written is there.
 */
export function refuseExisting(output: string, format: BriefFormat): void {
  const folder = dirname(output);
  if (!existsSync(folder)) throw new SitrepError("bad-input", `There is no folder ${folder} to write to`);
  const pictures = format === "md" ? PICTURES.map((id) => pictureFileOf(output, id).path) : [];
  const there = [output, ...pictures].find((path) => existsSync(path));
  if (there !== undefined) throw existing(there);
}

/**
 * Writes a file.
 * @param force whether one that is there may be overwritten.
 * @throws {SitrepError} "bad-input" when it is there and may not be, and when it cannot be written.
 */
export function writeNew(path: string, content: string | Uint8Array, force: boolean): void {
  try {
    writeFileSync(path, content, { flag: force ? "w" : "wx" });
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : null;
    if (code === "EEXIST") throw existing(path);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SitrepError("bad-input", `${path} cannot be written: ${reason}`, { cause });
  }
}

function existing(path: string): SitrepError {
  return new SitrepError("bad-input", `${path} is there already`, {
    hint: "Give another name, or add --force to overwrite it.",
  });
}
