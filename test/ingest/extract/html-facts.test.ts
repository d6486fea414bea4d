import { describe, expect, test } from "vitest";
import { extractHtml } from "../../../src/ingest/extract/html.ts";

const LIMITS = { maxPages: 100, maxCharacters: 10_000_000 };

const extract = (html: string) => extractHtml(Buffer.from(html), LIMITS);

describe("facts", () => {
  const facts = (head: string, body = "<p>Text.</p>", html = "") =>
    extract(`<html ${html}><head>${head}</head><body>${body}`).facts;

  test("of meta elements", () => {
    expect(
      facts(
        `<title>Boats | River Office</title><meta property="og:title" content=" Boats of
          the delta - River Office"><meta property="og:site_name" content="River Office"><meta name=author content="Awa">
          <meta property="article:published_time" content="2024-02-29T23:10:00+00:00">
          <meta property="article:modified_time" content="2025-01-01"><link rel=canonical href="https://example.org/boats">`,
        "<p>Text.</p>",
        'lang="fr-ML"',
      ),
    ).toEqual({
      title: "Boats of the delta",
      author: "Awa",
      publisher: "River Office",
      published: "2024-02-29",
      language: "fr",
      url: "https://example.org/boats",
    });
  });

  test("of JSON-LD, at any depth, with references, and with what is no JSON beside it", () => {
    const graph = JSON.stringify([
      {
        "@graph": [
          { "@type": "WebSite", "@id": "#site", name: "River Office" },
          { "@type": ["WebPage"], name: "Page", datePublished: "2020-01-01" },
          {
            "@type": "NewsArticle",
            headline: "Boats",
            author: [{ name: "Awa" }, "Moussa"],
            publisher: { "@id": "#site" },
            datePublished: "2024-02-30",
          },
        ],
      },
    ]);
    const script = (text: string) => `<script type="application/ld+json">${text}</script>`;
    expect(facts(`${script("{oh")}${script(graph)}${script("[".repeat(100_000))}`)).toMatchObject({
      title: "Boats",
      author: "Awa, Moussa",
      publisher: "River Office",
      published: "2020-01-01",
    });
  });

  test("of the text: headline, longer than the title, and a time of publication", () => {
    expect(
      facts(
        "<title>Mali - Office</title>",
        '<h1>Boats in 2023: Mali</h1><p>Text.</p><time itemprop="dateModified" datetime="2025-01-01"></time><time pubdate datetime="2024-05">May</time>',
      ),
    ).toMatchObject({ title: "Boats in 2023: Mali", published: "2024-05" });
    expect(facts("<title>Mali - Office</title>", "<h1>Mali</h1><p>Text.</p>").title).toBe("Mali");
    expect(facts("<title>Mali - Niger</title>").title).toBe("Mali - Niger");
    expect(
      facts("<meta name=citation_title content='A'><meta name=citation_publication_date content='2024/3/7'>"),
    ).toMatchObject({
      title: "A",
      published: "2024-03-07",
    });
  });

  test("that are none are left out, and long ones are cut", () => {
    expect(
      facts(
        `<title> </title><meta name=author content=" &nbsp; "><meta name="dc.date" content="yesterday">
        <link rel=canonical href="javascript:alert(1)"><meta property="og:url" content="/boats">`,
        "<p>Text.</p>",
        "lang=x",
      ),
    ).toEqual({});
    expect(facts(`<title>${"long ".repeat(200)}</title>`).title).toHaveLength(300);
  });
});

describe("encodings", () => {
  const text = (bytes: Uint8Array, charset?: string) => extractHtml(bytes, LIMITS, charset).document.text;
  const latin = (html: string) => Buffer.from(html, "latin1");

  test.each<[string, Uint8Array, string | undefined]>([
    ["UTF-8 without being said", Buffer.from("<p>“Traoré”"), undefined],
    ["a byte order mark, against the header", Buffer.from("\ufeff<p>“Traoré”", "utf16le"), "utf-8"],
    ["the header, against the page", latin('<meta charset="utf-8"><p>\x93Traor\xe9\x94'), "Windows-1252"],
    [
      "what the page declares",
      latin('<meta http-equiv=x content="text/html; charset=iso-8859-1"><p>\x93Traor\xe9\x94'),
      undefined,
    ],
    ["windows-1252 without being said", latin("<p>\x93Traor\xe9\x94"), undefined],
    ["an unknown name", Buffer.from("<meta charset=klingon><p>“Traoré”"), "x-nothing"],
    ["UTF-8 that is said to be Latin", Buffer.from("<p>“Traoré”"), "latin1"],
    ["Latin that is said to be UTF-8", latin("<p>\x93Traor\xe9\x94"), "utf-8"],
  ])("%s", (_, bytes, charset) => {
    expect(text(bytes, charset)).toBe("“Traoré”");
  });

  test("other declared ones, and a fault in UTF-8", () => {
    expect(text(latin("<meta charset=windows-1251><p>\xcc\xe8\xf0"))).toBe("Мир");
    expect(text(Buffer.concat([Buffer.from("<p>Traoré à "), Buffer.of(0xff), Buffer.from(" Ségou")]))).toBe(
      "Traoré à \ufffd Ségou",
    );
  });
});
