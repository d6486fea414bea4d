/** Disks that are full and folders that may only be read, made as far as this machine allows it. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";

/** How a mount of one's own can be made here: as root, as anybody in a user name space, or not at all. */
const UNSHARE = [["--mount"], ["--map-root-user", "--mount"]].find((flags) => {
  const mounts = ["sh", "-c", "mount -t tmpfs -o size=64k tmpfs /tmp && mount -o remount,ro /tmp"];
  return spawnSync("unshare", [...flags, ...mounts]).status === 0;
});

export const canMount = UNSHARE !== undefined && spawnSync("nsenter", ["--version"]).status === 0;

export interface SmallDisk {
  /** Runs a program where the disk is. */
  readonly within: readonly string[];
  /** Leaves so many KiB free at most; null: takes away what was put there to fill it. */
  leave(kibibytes: number | null): void;
  free(): number;
  remove(): void;
}

/** A disk of its own in memory, mounted at a folder, seen only by what is run within. */
export async function smallDisk(folder: string, kibibytes: number): Promise<SmallDisk> {
  const isMapped = UNSHARE?.includes("--map-root-user") ?? false;
  const mount = `mount -t tmpfs -o size=${kibibytes}k tmpfs "$0" && echo ready && exec sleep 1000`;
  const holder: ChildProcess = spawn("unshare", [...(UNSHARE ?? []), "sh", "-c", mount, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout ?? holder, "data");
  const user = isMapped ? ["--user", "--preserve-credentials"] : [];
  const within = ["nsenter", "--target", String(holder.pid), ...user, "--mount"];
  const shell = (command: string): string => {
    const [program = "", ...args] = [...within, "sh", "-c", command, folder];
    return spawnSync(program, args).stdout.toString();
  };
  const free = () => Number(shell('df --output=avail -k "$0" | tail -1'));
  return {
    within,
    free,
    leave(wanted) {
      shell('rm -f "$0/filler"');
      if (wanted !== null) shell(`head -c ${Math.max(0, free() - wanted)}K /dev/zero > "$0/filler"`);
    },
    remove: () => void holder.kill("SIGKILL"),
  };
}

/** Runs a program that can make no file larger than so many KiB, which to a program is much like a full disk. */
export function noFileOver(kibibytes: number): readonly string[] {
  return ["bash", "-c", 'ulimit -f "$0"; exec "$@"', String(kibibytes)];
}

/** Runs a program for which a folder can only be read. */
export function readOnly(folder: string): { readonly within: readonly string[]; readonly undo: () => void } {
  if (UNSHARE !== undefined) {
    const mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"';
    return { within: ["unshare", ...UNSHARE, "sh", "-c", mount, folder], undo: () => undefined };
  }
  chmodSync(folder, 0o555);
  const undo = () => chmodSync(folder, 0o755);
  // Nothing is forbidden to root, which becomes somebody else.
  if (process.getuid?.() !== 0) return { within: [], undo };
  return { within: ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], undo };
}
