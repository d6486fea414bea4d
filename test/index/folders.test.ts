import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeDataFolder } from "../../src/index/folders.ts";
import { openStore } from "../../src/index/store.ts";
import { temporaryFolder } from "./samples.ts";

describe("makeDataFolder", () => {
  it("makes what is missing, and leaves what is there", () => {
    const folder = join(temporaryFolder(), "a", "b", "c");
    makeDataFolder(folder);
    writeFileSync(join(folder, "kept"), "");
    makeDataFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
    expect(existsSync(join(folder, "kept"))).toBe(true);
  });

  it("makes a folder under a relative path", () => {
    const folder = temporaryFolder();
    const fromHere = join(folder, "x", "..", "y");
    makeDataFolder(fromHere);
    expect(existsSync(join(folder, "y"))).toBe(true);
    expect(existsSync(join(folder, "x"))).toBe(false);
  });
});

// A folder under /proc is tried in a process of its own: see test/cli/process.test.ts.
describe("a data folder that cannot be made", () => {
  it.each(["file", "file/below", "folder/file/below/that"])("%s is told of, with the setting to change", (path) => {
    const root = temporaryFolder();
    mkdirSync(join(root, "folder"));
    for (const file of ["file", "folder/file"]) writeFileSync(join(root, file), "");
    let fault: unknown;
    try {
      openStore(join(root, path), { mode: "write" });
    } catch (error) {
      fault = error;
    }
    expect(fault).toMatchObject({
      code: "index-unusable",
      message: `The data folder ${join(root, path)} cannot be created: a file is in the way`,
      hint: expect.stringContaining("DATA_DIR"),
    });
  });
});
