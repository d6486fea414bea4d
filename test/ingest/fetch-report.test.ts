/** Reports from a real https server, and what of their address and front matter goes in. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { download } from "../../src/ingest/download.ts";
import { fetchReport } from "../../src/ingest/fetch-report.ts";
import { type Before, sidecarFields } from "../../src/ingest/sidecar.ts";
import { at, options, sends, startServer, stopServer, urlOf } from "./download-server.ts";
import { LIMITS } from "./fake-model.ts";

beforeAll(startServer);
afterAll(stopServer);

const fetching = { limits: LIMITS, download: (address: string) => download(address, options()) };
const MARKED = "---\nid: x\nmarking: TLP:CLEAR\nreliability: A\n---\n\nA boat.\n";

describe("a downloaded Markdown file", () => {
  it("that grades and marks itself is left to a moderator", async () => {
    for (const body of [MARKED, `\ufeff${MARKED}`, MARKED.replaceAll("\n", "\r\n")]) {
      const address = urlOf(at(sends(body, { "content-type": "text/markdown" })));
      await expect(fetchReport(address, fetching)).rejects.toMatchObject({
        code: "bad-input",
        message: `${address} brings its own front matter`,
        hint: "Download it, check its kind, reliability and marking, and add the file.",
      });
    }
  });

  it("without front matter, or text that only looks like it, comes byte for byte", async () => {
    for (const [body, type] of [
      ["# A boat\n\nIt sank.\n", "text/markdown"],
      [MARKED, "text/plain"],
    ] as const) {
      const address = urlOf(at(sends(body, { "content-type": type })));
      const { bytes, url } = await fetchReport(address, fetching);
      expect([new TextDecoder().decode(bytes), url]).toEqual([body, address]);
    }
  });
});

describe("the fields of a sidecar", () => {
  const before: Before = {
    sidecar: "r.html.yaml",
    fields: { title: "T", url: "https://old.test/", published: "2024", period: { from: "2023", to: "2023" } },
    others: [],
    isOfAnother: true,
    isWaiting: false,
  };
  const fetched = { name: "r.html", bytes: new Uint8Array(), url: "https://new.test/" };

  it("in the place of another document have the new address and no dates of the old one", () => {
    expect(sidecarFields(before, {}, fetched)).toEqual({ title: "T", url: "https://new.test/" });
    expect(sidecarFields(before, { url: "https://said.test/", published: "2025" }, fetched)).toEqual({
      title: "T",
      url: "https://said.test/",
      published: "2025",
    });
    expect(sidecarFields(before, {}, { ...fetched, url: null })).toEqual({
      title: "T",
      url: "https://old.test/",
    });
  });

  it("that waited for their document stay as they are", () => {
    expect(sidecarFields({ ...before, isOfAnother: false }, {}, fetched)).toEqual(before.fields);
  });
});
