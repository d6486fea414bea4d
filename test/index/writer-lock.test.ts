import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { openStore } from "../../src/index/store.ts";
import { takeWriterLock } from "../../src/index/writer-lock.ts";
import { temporaryFolder } from "./samples.ts";

/** A process that holds the lock of a folder. */
async function holderOf(folder: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./lock-holder.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx/esm", script, folder], { stdio: ["ignore", "pipe", 2] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout ?? child, "data");
  return child;
}

describe("the writer's lock", () => {
  it("is for one at a time, and free again when it was released", () => {
    const folder = join(temporaryFolder(), "not", "there", "yet");
    const lock = takeWriterLock(folder);
    expect(() => takeWriterLock(folder)).toThrow(expect.objectContaining({ code: "busy" }));
    lock.release();
    takeWriterLock(folder).release();
    takeWriterLock(folder).release();
  });

  it("of another folder does not matter", () => {
    const locks = [takeWriterLock(temporaryFolder()), takeWriterLock(temporaryFolder())];
    for (const lock of locks) lock.release();
  });

  it("names its owner, keeps nobody from reading, and ends with a process that is killed", async () => {
    const folder = temporaryFolder();
    openStore(folder, { mode: "write" }).close();
    const holder = await holderOf(folder);
    expect(() => takeWriterLock(folder)).toThrow(
      expect.objectContaining({
        code: "busy",
        message: expect.stringContaining(`process ${holder.pid} on ${hostname()}, since 20`),
        hint: expect.stringContaining("Try again"),
      }),
    );
    openStore(folder, { mode: "read" }).close();
    holder.kill("SIGKILL");
    await once(holder, "exit");
    takeWriterLock(folder).release();
  });

  it("names nobody where it cannot be read who holds it", () => {
    const folder = temporaryFolder();
    const lock = takeWriterLock(folder);
    for (const owner of ["", "{", "[]", '{"process":"1"}', "null"]) {
      writeFileSync(join(folder, "writer.json"), owner);
      expect(() => takeWriterLock(folder)).toThrow(/^Another process is writing to the index$/);
    }
    lock.release();
  });

  it("is held also where its owner cannot be written down", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "writer.json"));
    const lock = takeWriterLock(folder);
    expect(() => takeWriterLock(folder)).toThrow(expect.objectContaining({ code: "busy" }));
    lock.release();
  });

  it("cannot be taken where something else is in its place, and says what to look at", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "writer.lock"));
    expect(() => takeWriterLock(folder)).toThrow(
      expect.objectContaining({ code: "index-unusable", hint: expect.stringContaining("writable") }),
    );
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => takeWriterLock(file)).toThrow(expect.objectContaining({ code: "index-unusable" }));
  });
});
