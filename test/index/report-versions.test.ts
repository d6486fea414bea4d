import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { DATABASE_NAME, openStore } from "../../src/index/store.ts";
import { fingerprintOf } from "../../src/text/fingerprints.ts";
import { changeOf, sampleReport, temporaryFolder, type Upsert } from "./samples.ts";

const report = (id: string, content: string, paragraphs: readonly string[]): Upsert => ({
  ...sampleReport(id, paragraphs),
  contentSha256: content,
});

describe("what reports were before", () => {
  test("is kept as fingerprints when one is changed or removed", () => {
    const folder = temporaryFolder();
    const store = openStore(folder, { mode: "write" });
    store.commit(
      changeOf([report("a", "first", ["Kabul denied it. Dawn said so."]), report("b", "only", ["A line."])]),
    );
    expect(store.version("a", "first")).toBeNull();
    store.commit(changeOf([report("a", "second", ["Kabul confirmed it."])], { removals: ["b"] }));
    expect(store.version("a", "first")).toEqual({
      title: "Situation in the north",
      published: "2024-05",
      sentences: ["Kabul denied it.", "Dawn said so."].map(fingerprintOf),
    });
    expect(store.version("b", "only")?.sentences).toEqual([fingerprintOf("A line.")]);
    expect(store.version("a", "second")).toBeNull();
    store.close();
    const raw = new Database(join(folder, DATABASE_NAME), { readonly: true });
    expect(JSON.stringify(raw.prepare("SELECT * FROM report_versions").all())).not.toMatch(/Kabul|Dawn|line/);
    raw.close();
  });

  test("the same content read anew is no other version", () => {
    const store = openStore(temporaryFolder(), { mode: "write" });
    store.commit(changeOf([report("a", "same", ["One way of reading it."])]));
    store.commit(changeOf([report("a", "same", ["Another way of reading it."])]));
    expect(store.version("a", "same")).toBeNull();
    store.close();
  });

  test("a commit that fails keeps nothing", () => {
    const store = openStore(temporaryFolder(), { mode: "write" });
    store.commit(changeOf([report("a", "first", ["A line."])]));
    expect(() => store.commit(changeOf([report("a", "second", ["Another."])], { removals: ["unknown"] }))).toThrow(
      RangeError,
    );
    expect(store.version("a", "first")).toBeNull();
    store.close();
  });

  test("is forgotten after 400 days", () => {
    const folder = temporaryFolder();
    const store = openStore(folder, { mode: "write" });
    store.commit(changeOf([report("a", "first", ["A line."]), report("b", "old", ["B line."])]));
    store.commit(changeOf([report("a", "second", ["Another line."])]));
    const raw = new Database(join(folder, DATABASE_NAME));
    const aged = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    raw.prepare("UPDATE report_versions SET replaced_at = ?").run(aged(399));
    store.commit(changeOf([report("b", "new", ["Another B line."])]));
    expect(store.version("a", "first")).not.toBeNull();
    raw.prepare("UPDATE report_versions SET replaced_at = ? WHERE report_id = 'a'").run(aged(401));
    raw.close();
    store.commit(changeOf([report("b", "newest", ["A third B line."])]));
    expect(store.version("a", "first")).toBeNull();
    expect(store.version("b", "old")).not.toBeNull();
    store.close();
  });
});
