/**
 * Pictures as they were looked at and found good, to compare with. To renew them after a wanted change:
 * `UPDATE_PICTURES=1 npx vitest run test/brief/pictures.test.ts`, then look at each in test/brief/pictures/.
 */

import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

const FOLDER = fileURLToPath(new URL("pictures/", import.meta.url));

/** Share of pixels that may differ: edges of letters are rounded otherwise by another processor. */
const TOLERANCE = 0.001;

/** What differs from the stored picture of this name, and where to see it; null where nothing does. */
export function differenceFromStored(name: string, png: Uint8Array): string | null {
  if (process.env.UPDATE_PICTURES === "1") writeFileSync(join(FOLDER, `${name}.png`), png);
  return compared(name, png);
}

/** The same, and the stored picture is never renewed. */
export function compared(name: string, png: Uint8Array): string | null {
  const path = join(FOLDER, `${name}.png`);
  if (!existsSync(path)) return `${path} is not there; UPDATE_PICTURES=1 makes it`;
  const [stored, drawn] = [PNG.sync.read(readFileSync(path)), PNG.sync.read(Buffer.from(png))];
  const { width, height } = stored;
  if (drawn.width !== width || drawn.height !== height) {
    return `${name} is ${drawn.width} by ${drawn.height} pixels instead of ${width} by ${height}: ${kept(name, png)}`;
  }
  const difference = new PNG({ width, height });
  const pixels = pixelmatch(stored.data, drawn.data, difference.data, width, height, { threshold: 0.1 });
  if (pixels <= TOLERANCE * width * height) return null;
  return `${name} differs in ${pixels} pixels: ${kept(`${name}-difference`, PNG.sync.write(difference))}, ${kept(name, png)}`;
}

let folder: string | null = null;

function kept(name: string, png: Uint8Array): string {
  folder ??= mkdtempSync(join(tmpdir(), "sitrep-pictures-"));
  const path = join(folder, `${name}.png`);
  writeFileSync(path, png);
  return path;
}
