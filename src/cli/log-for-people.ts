/** The log as a person at a terminal reads it: "warning: ..." instead of JSON lines. */

import type { DestinationStream } from "pino";
import { oneLine } from "../domain/visible.ts";
import type { Output } from "./io.ts";

/** pino's numbers for its levels. */
const LEVELS: readonly { readonly from: number; readonly word: string }[] = [
  { from: 50, word: "error" },
  { from: 40, word: "warning" },
  { from: 30, word: "info" },
  { from: 0, word: "debug" },
];

/** A destination for `createLogger` that writes one line of plain words for each record. */
export function logForPeople(output: Output): DestinationStream {
  return {
    write(record) {
      const { level, msg } = JSON.parse(record) as { level: number; msg?: string };
      const { word } = LEVELS.find(({ from }) => level >= from) ?? { word: "debug" };
      const tint = level >= 50 ? output.colors.red : output.colors.yellow;
      output.write(`${tint(`${word}:`)} ${oneLine(msg ?? "")}\n`);
    },
  };
}
