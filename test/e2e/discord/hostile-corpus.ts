/** A corpus whose reports try everything to make a client show, link or ping something: taken in with the real thing. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSitrep } from "../../../src/app.ts";
import { loadConfig } from "../../../src/config.ts";
import { HOSTILE } from "../../discord/hostile-text.ts";

/** What a file of text can hold: no halves of surrogate pairs, no control characters. */
export const WRITABLE: readonly string[] = HOSTILE.filter((text) => text.isWellFormed() && !/[\p{Cc}]/u.test(text));

/** Hosts that the metadata lead to: no other may be linked. */
export const HOSTS: readonly string[] = ["good.example", "xn--80ak6aa92e.example", "archive.example:8443"];

/** Titles, publishers and the like; each is used as every kind of name. */
const NAMES: readonly string[] = [
  "@everyone **bold** [click](https://evil.example) <@1>",
  "# heading <@&1> <#1> </ask:1> <t:1:R> ||spoiler||",
  "> quote https://evil.example/a_b <:ok:123> :smile: \\",
  "- list `code` ```block``` https://user:pass@evil.example",
  "1. list ~~struck~~ __under__ <https://evil.example> \\*\\*",
  "-# small \u202Egpj.exe\u202C a\u200Bb аррӏе.com \\[x](https://evil.example)",
  "تحریک طالبان پاکستان (TTP) 2025-03",
  "👩‍👩‍👧‍👦🇵🇰 ".repeat(12).trim(),
  "*".repeat(300),
];

const ADDRESSES = [
  "https://good.example/a_(b)_*c*?d=[e]|f~g~`h`#@everyone",
  "https://аррӏе.example/x",
  "https://archive.example:8443/\\@evil.example/)](https://evil.example",
  `https://good.example/${"long(".repeat(300)}`,
];

/** How a sentence begins that is longer than a message. */
export const LONG = "The plateau outpost held 46";

export interface HostileCorpus {
  readonly folders: { readonly corpus: string; readonly data: string };
  /** Sentences that stand in the reports. */
  readonly sentences: readonly string[];
  remove(): void;
}

export async function hostileCorpus(): Promise<HostileCorpus> {
  const root = mkdtempSync(join(tmpdir(), "sitrep-hostile-"));
  const folders = { corpus: join(root, "corpus"), data: join(root, "data") };
  mkdirSync(folders.corpus);
  const write = (name: string, text: string) => writeFileSync(join(folders.corpus, name), text);

  const sentences = WRITABLE.filter((text) => !text.includes("\n")).map(
    (text, at) => `Ravine patrol ${at} counted ${at + 20} rockets and wrote ${text} into its log of March 2025.`,
  );
  NAMES.forEach((name, at) => {
    const part = sentences.filter((_, index) => index % NAMES.length === at);
    const begun = WRITABLE.filter((_, index) => index % NAMES.length === at);
    write(
      `report-${at}.md`,
      markdown(name, at, [...part, ...begun.map((text) => `${text} said ravine patrol ${at}.`)]),
    );
  });
  write(
    "page.html",
    `<html lang="en"><head><title>@here **bold** [click](https://evil.example)</title>
<meta name="author" content="&lt;@1&gt; # heading"><meta property="og:site_name" content="@everyone ||x||">
<link rel="canonical" href="https://user:pass@evil.example/x"><meta name="date" content="2025-03-01"></head>
<body><h1>&lt;t:1:R&gt; **gorge** &gt; quote</h1><p>The gorge outpost held 44 mortars in March 2025, said &lt;@&amp;1&gt; and @everyone of
[click](https://evil.example) ||spoiler||.</p></body></html>`,
  );
  const words = Array.from({ length: 60 }, (_, at) => `${at}${"*_long_*".repeat(20)}`);
  write("long.md", markdown("Long", 8, [`${LONG} mortars ${words.join(" ")}.`]).replace("id: report-8", "id: long"));
  // Nothing is known of it but the name of its file.
  write(
    "@everyone **bold** [x](y) `z` #1 - _a_.txt",
    "The canyon outpost held 45 mortars in March 2025, said @here of **bold**.\n",
  );

  const config = loadConfig({ CORPUS_DIR: folders.corpus, DATA_DIR: folders.data });
  const sitrep = createSitrep(config, { warn: () => undefined });
  try {
    const { refused } = await sitrep.ingest();
    if (refused.length > 0) throw new Error(`Refused: ${JSON.stringify(refused)}`);
  } finally {
    await sitrep.close();
  }
  return { folders, sentences, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function markdown(name: string, at: number, paragraphs: readonly string[]): string {
  const text = JSON.stringify(name);
  const url = JSON.stringify(ADDRESSES[at % ADDRESSES.length]);
  const kind = at % 2 === 0 ? "op-ed" : "news";
  return `---
id: report-${at}
title: ${text}
publisher: ${text}
author: ${text}
documentId: ${text}
published: 2025-03-0${at + 1}
kind: ${kind}
reliability: F
marking: "TLP:GREEN"
url: ${url}
origins:
  - { title: ${text}, publisher: ${text}, url: ${url} }
sources:
  - { key: "1", title: ${text}, url: ${url}, date: 2025 }
---

# ${name}

${paragraphs.map((paragraph) => `${paragraph}[^1]`).join("\n\n")}

[^1]: ${name}
`;
}
