import { describe, expect, test } from "vitest";
import { extractHtml } from "../../../src/ingest/extract/html.ts";
import { CELL_GAP } from "../../../src/text/blocks.ts";

const LIMITS = { maxPages: 100, maxCharacters: 10_000_000 };

const extract = (html: string) => extractHtml(Buffer.from(html), LIMITS);

function blocks(html: string): string[] {
  const { document } = extract(html);
  return document.blocks.map(
    ({ kind, level, start, end }) => `${kind}${level === 0 ? "" : ` ${level}`}: ${document.text.slice(start, end)}`,
  );
}

/** The blocks of a fragment, without "paragraph: " where they are paragraphs. */
const lines = (html: string): string[] => blocks(html).map((line) => line.replace(/^paragraph: /, ""));

const row = (...cells: string[]): string => `table-row: ${cells.join(CELL_GAP)}`;
const head = (...cells: string[]): string => `table-head: ${cells.join(CELL_GAP)}`;

/** Text outside of links that is long enough to count as the text of a page. */
const prose = (words: number): string =>
  `${"The boats came back with empty nets again today. ".repeat(words / 10)}`.trim();

describe("blocks", () => {
  test("headings, paragraphs, quotes, code, captions", () => {
    expect(
      blocks(`<h1>Delta <em>trade</em></h1><p>First&nbsp;line<br>goes on.</p><h3>Low</h3><blockquote><p>We walk.</p>
        So they say.</blockquote><pre>if (a)\n    b();\n</pre><figure><img src="x" alt="A boat"><figcaption>The quay.</figcaption></figure>`),
    ).toEqual([
      "heading 1: Delta trade",
      "paragraph: First line goes on.",
      "heading 3: Low",
      "quote: We walk.",
      "quote: So they say.",
      "code: if (a)\n    b();",
      "paragraph: The quay.",
    ]);
  });

  test("two breaks and loose text begin paragraphs", () => {
    expect(lines("<div>One<br> <br>two<p>three</p>four <b>bold</b><div>five</div>six<hr>seven</div>")).toEqual(
      "One,two,three,four bold,five,six,seven".split(","),
    );
  });

  test("items of lists are blocks with their own text, and keep their numbers outside of what is read", () => {
    const html = `<ul><li>Salt<ul><li><p>White</p><p>Fine.</p><li>Grey</ul></li></ul>
        <ol start=3><li>Count<li value=7>Weigh<li>Sell</ol><ol type=a><li>Alpha<li>(b) Beta</ol><ol type=I reversed><li>x<li>y</ol>`;
    const { reading, blocks: items } = extract(html).document;
    expect(items.map(({ start, end }) => reading.slice(start, end).trimStart())).toEqual(
      "Salt,White,Fine.,Grey,Count,Weigh,Sell,Alpha,(b) Beta,x,y".split(","),
    );
    expect(blocks(html)).toEqual(
      [
        "Salt",
        "White",
        "Fine.",
        "Grey",
        "3. Count",
        "7. Weigh",
        "8. Sell",
        "a. Alpha",
        "(b) Beta",
        "II. x",
        "I. y",
      ].map((text) => `list-item: ${text}`),
    );
  });

  test("terms stand before their definitions", () => {
    expect(
      blocks(
        "<dl><dt>Pirogue:</dt><dd>A narrow boat.</dd><dd>Also a ferry.</dd><dt>A</dt><dt>B</dt><dd>C</dd><dt>E<dd><ul><li>F</ul><dt>G<dd><dt>D</dl>",
      ),
    ).toEqual(
      [["Pirogue:", "A narrow boat."], ["Also a ferry."], ["A", "B", "C"], ["E"], ["F"], ["G"], ["D"]].map(
        (parts) => `list-item: ${parts.join(CELL_GAP)}`,
      ),
    );
  });

  test("quotation marks that only a browser would show are no text", () => {
    expect(lines("<p>He said <q>we walk</q> and “we ride”.</p>")).toEqual(["He said we walk and “we ride”."]);
  });

  test("invisible characters are gone, and letters that need joiners keep them", () => {
    expect(
      lines(
        "<p>of&shy;fen\u200bsive&nbsp;x\u202egnp\u202c\ue012</p><p>می\u200cخواهم a\u200cb</p><p>a\u0085b &#x80;5</p>",
      ),
    ).toEqual(["offensive xgnp", "می\u200cخواهم ab", "a b €5"]);
  });

  test("marks of notes are left out, other raised text stays", () => {
    expect(
      lines(`<p>The raid<sup><a href="#fn12">12</a></sup>, on 9 km<sup>2</sup> of land <a href="#_ftn3">[3]</a>.</p>
        <p>Two [<a href="/page#cite_note-4">4</a>] and three<sup>[<a href="#n5">5</a>, <a href="#n6">6</a>]</sup></p>
        <p>See <a href="#section-2">2</a> and <a href="https://example.org/#fn">this</a>.</p>
        <ol><li id="fn12">A harbour log. <a href="#fnref12">↩</a></li></ol>`),
    ).toEqual(["The raid, on 9 km2 of land.", "Two and three", "See 2 and this.", "list-item: 1. A harbour log."]);
  });

  test("prose that is set in a fixed width is read as plain text", () => {
    const paragraph =
      "The committee met on the quay and heard the owners\nof nine boats, none of whom had fished that week. ";
    const text = `THE HEARING\n\n${paragraph.repeat(3)}\n\n${paragraph.repeat(3)}`;
    expect(blocks(`<h2>Record</h2><pre>${text}</pre>`).map((line) => line.slice(0, 40))).toEqual([
      "heading 2: Record",
      "heading 6: THE HEARING",
      "paragraph: The committee met on the quay",
      "paragraph: The committee met on the quay",
    ]);
  });

  test("links of headings to themselves are left out", () => {
    expect(blocks('<h2>Boats <a href="#boats">¶</a></h2><p>Text. <a href="#top">Back to top</a></p>')).toEqual([
      "heading 2: Boats",
      "paragraph: Text.",
    ]);
  });

  test("a heading that nobody closed does not swallow the page", () => {
    expect(blocks("<h2>Boats<p>They came back.<p>They left.")).toEqual([
      "heading 2: Boats",
      "paragraph: They came back.",
      "paragraph: They left.",
    ]);
  });
});

describe("levels of headings", () => {
  test("what heads a section heads nothing after it, and heads the sections inside", () => {
    const section = (number: number) =>
      `<section><h5>Section ${number}.</h5><h3>Part</h3><section><h3>a. Inner</h3><p>Text.</p><h4>Deep</h4><p>Text.</p></section></section>`;
    expect(
      blocks(`<h1>Report</h1><section><h2>Summary</h2><p>Text.</p></section>${section(1)}${section(2)}`).filter(
        (line) => line.startsWith("heading"),
      ),
    ).toEqual([
      "heading 1: Report",
      "heading 2: Summary",
      "heading 2: Section 1. Part",
      "heading 3: a. Inner",
      "heading 4: Deep",
      "heading 2: Section 2. Part",
      "heading 3: a. Inner",
      "heading 4: Deep",
    ]);
  });

  test("a section that only frames a heading changes nothing", () => {
    expect(
      blocks("<section><h2>Findings</h2></section><section><h3>First</h3><p>Text.</p></section><h2>Next</h2>"),
    ).toEqual(["heading 2: Findings", "heading 3: First", "paragraph: Text.", "heading 2: Next"]);
  });
});

describe("tables", () => {
  const rows = (html: string) => blocks(`<p>Before.</p><table>${html}</table>`).slice(1);

  const contexts = (html: string) =>
    extract(`<table>${html}</table>`).document.blocks.map(({ context, beginsTable }) => context ?? beginsTable);

  test("keep their own text, and the names of the columns stand before the rows", () => {
    expect(
      rows(`<caption>Boats lost</caption><thead><tr><th>Country<th>2023<th>2024</thead>
        <tr><td>Mali<td>1,024<td><p>900</p><tr><td>Niger<td><td>7`),
    ).toEqual([
      "paragraph: Boats lost",
      head("Country", "2023", "2024"),
      row("Mali", "1,024", "900"),
      row("Niger", "7"),
    ]);
    expect(extract("<p>A<table><tr><th>B<th>C<tr><td>1<td>2<tr><td>3<td>4</table>").document.text).toBe(
      `A\n\nB${CELL_GAP}C\n1${CELL_GAP}2\n3${CELL_GAP}4`,
    );
  });

  test("with headers of several rows, an empty corner, and spans", () => {
    const html = `<tr><th colspan=4>Losses<tr><th rowspan=2><th colspan=2>2023<th>2024<tr><th>Killed<th>Hurt<th>Killed
        <tr><th>Mali<td>5<td>6<td rowspan=2>both 7<tr><th>Niger<td colspan=2>none<tr><td colspan=4>Source: a log`;
    expect(rows(html)).toEqual([
      head("Losses", "2023", "2024", "Killed", "Hurt", "Killed"),
      row("Mali", "5", "6", "both 7"),
      row("Niger", "none"),
      row("Source: a log"),
    ]);
    expect(contexts(html)).toEqual(["Losses | 2023 Killed | 2023 Hurt | 2024 Killed", "both 7", "both 7", undefined]);
  });

  test("whose cells stand in several rows have them once in the text", () => {
    const html = `<tr><th>Country<th>Year<th>Lost<tr><td rowspan=2>Mali<td>2023<td rowspan=3>few<tr><td>2024
      <tr><td>Niger<td>2023<tr><td>Chad<td>2023<td>4`;
    expect(rows(html).slice(1)).toEqual([
      row("Mali", "2023", "few", "2024"),
      row("Niger", "2023"),
      row("Chad", "2023", "4"),
    ]);
    expect(contexts(html)).toEqual([undefined, "few", "few", undefined]);
    // Rows that are too long together stay apart, under the cell that they share.
    const notes = ["a ", "b "].map((note) => note.repeat(150).trim());
    const apart = `<tr><th>Country<th>Note<tr><td rowspan=2>Mali<td>${notes[0]}<tr><td>${notes[1]}`;
    expect(rows(apart).slice(1)).toEqual([row("Mali", notes[0] ?? ""), row(notes[1] ?? "")]);
    expect(contexts(apart)).toEqual([undefined, "Mali", "Mali"]);
    expect(rows("<tr><td rowspan=2><td>1<td>2<tr><td>3<td>4")).toEqual([row("1", "2"), row("3", "4")]);
    const long = `<tr><th>A<th>B<tr><td rowspan=2>${"long ".repeat(101)}<td>x<tr><td>y`;
    expect(contexts(long)).toEqual([undefined, undefined, undefined]);
  });

  test("without a head, and those of headers only, begin at their first row", () => {
    expect(contexts("<tr><td>Mali<td>5<tr><td>Niger<td>6")).toEqual([true, undefined]);
    expect(contexts("<tr><th>Mali<th>5<tr><th>Niger<th>6")).toEqual([true, undefined]);
    expect(contexts("<tr><th><th><tr><td>Niger<td>6")).toEqual([true]);
  });

  test("with lists in their cells keep the items apart", () => {
    expect(rows("<tr><td>North<td><ul><li>Salt,<li>Millet</ul>")).toEqual([row("North", "Salt,", "Millet")]);
  });

  test("of names and values, without headers, and with a bold first row", () => {
    expect(rows("<tr><th>Capital:<td>Bamako<tr><th>Rivers<td>Niger<td>Bani")).toEqual([
      row("Capital:", "Bamako"),
      row("Rivers", "Niger", "Bani"),
    ]);
    expect(rows("<tr><td>Mali<td>5<tr><td>Niger<td>6")).toEqual([row("Mali", "5"), row("Niger", "6")]);
    expect(rows("<tr><td><b>Country</b><td><p><strong>Boats</strong></p><tr><td>Mali<td>5")).toEqual([
      head("Country", "Boats"),
      row("Mali", "5"),
    ]);
  });

  test("that arrange a page are read as the page", () => {
    expect(lines("<table role=presentation><tr><td>One<td>two</table>")).toEqual(["One", "two"]);
    expect(lines("<table><tr><td>One</table>")).toEqual(["One"]);
    expect(lines(`<table><tr><td>${"Long text. ".repeat(50)}<td>two</table>`)[1]).toBe("two");
    expect(blocks("<table><tr><td><h2>Head</h2>Text<td><table><tr><td>1<td>2</table></table>")).toEqual([
      "heading 2: Head",
      "paragraph: Text",
      row("1", "2"),
    ]);
  });

  test("with spans that ask for everything stay small", () => {
    const html = `<tr>${"<td colspan=1000000 rowspan=1000000>x<td>y".repeat(50)}<tr><td>z`.repeat(50);
    expect(rows(html).length).toBeLessThanOrEqual(100);
  });
});

describe("what is left out", () => {
  test("the site around an article, and what is in the way inside of it", () => {
    expect(
      blocks(`<body class="has-cookie-banner"><a class="skip-link" href="#main">Skip to content</a>
        <header><div>River Office</div><nav><a href=/>Home</a></nav></header>
        <div id="cookie-consent"><p>${prose(400)}</p></div>
        <main><article><header><h1>Boats</h1><p class=byline>By Awa</p></header><div class="breadcrumb">Home</div>
        <p>${prose(40)}</p><div class="share-buttons">Share this page</div><form><label>Mail</label><input></form>
        <h2 id="national-security-header">Security</h2><p>It was <span class="social">calm</span>.</p>
        <aside>Read more</aside><div hidden>Secret</div><p style="color:red; display: none">Secret</p><p aria-hidden=true>Secret</p>
        <script>var a = "<p>no</p>";</script><noscript>Turn on JavaScript</noscript><template><p>no</p></template>
        <svg><text>no</text></svg><button>Send</button><del>Old.</del></article>
        <div class="related-posts"><a href=a>One</a></div></main><footer>Imprint of the office</footer>`),
    ).toEqual([
      "heading 1: Boats",
      "paragraph: By Awa",
      `paragraph: ${prose(40)}`,
      "heading 2: Security",
      "paragraph: It was calm.",
    ]);
  });

  test("tables of contents, but not lists of sources", () => {
    const contents = [1, 2, 3, 4]
      .map((number) => `<li><a href="#part-${number}">The part of number ${number}</a>`)
      .join("");
    const sources = [1, 2, 3].map((number) => `<li><a href="https://example.org/${number}">Log ${number}</a>`).join("");
    expect(
      lines(`<main><div><h3>Here</h3><ol>${contents}</ol></div><p>${prose(60)}</p><ul>${sources}</ul></main>`),
    ).toEqual([prose(60), "list-item: Log 1", "list-item: Log 2", "list-item: Log 3"]);
  });

  test("menus by their links alone, where nothing is marked", () => {
    const menu = ["Home", "News", "About us", "Contact"]
      .map((text) => `<td><a href="${text}">${text}</a></td>`)
      .join("");
    expect(lines(`<table><tr>${menu}</table><center>${prose(200)}</center>`)).toEqual([prose(200)]);
  });
});

describe("the main text is never lost", () => {
  test("where the marked region is a small part of the page", () => {
    expect(lines(`<main><p>Short note.</p></main><div class=story><p>${prose(100)}</p></div>`)).toEqual([
      "Short note.",
      prose(100),
    ]);
  });

  test("where it stands in an element of a form, a sidebar, or one that scripts were to show", () => {
    for (const tag of ["form", "div class=sidebar", "div style='visibility:hidden'", "aside", "div role=dialog"]) {
      expect(lines(`<${tag}><p>${prose(300)}</p></${tag.split(" ")[0]}><p>Imprint.</p>`)[0]).toBe(prose(300));
    }
  });

  test("where there are several articles", () => {
    const articles = [1, 2, 3]
      .map((number) => `<article><h2>Item ${number}</h2><p>${prose(50)}</p></article>`)
      .join("");
    expect(blocks(articles).filter((line) => line.startsWith("heading"))).toHaveLength(3);
  });

  test("and the headline outside of the region comes first", () => {
    expect(blocks(`<header><nav>x</nav><h1>Boats</h1></header><article><p>${prose(40)}</p></article>`)[0]).toBe(
      "heading 1: Boats",
    );
  });

  test("in depths that no browser follows", () => {
    for (const tag of ["div", "span", "b", "ul><li", "table><tr><td", "blockquote", "section"]) {
      const html = `${`<${tag}>`.repeat(20_000)}The text.`;
      expect(extract(html).document.text.endsWith("The text."), tag).toBe(true);
    }
  });
});

describe("refuses", () => {
  test("pages without text", () => {
    for (const html of [
      "",
      "<nav><a href=/>Home</a></nav>",
      "<img src=x alt=Boat>",
      "<frameset><frame src=x></frameset>",
    ]) {
      expect(() => extract(html), html).toThrow(
        expect.objectContaining({ code: "bad-corpus", message: "holds no text" }),
      );
    }
  });

  test("pages that scripts fill, and says so", () => {
    const script = `<script>${"load();".repeat(500)}</script>`;
    for (const body of [
      `<div id=root></div>${script}`,
      `<div id=app>Loading…</div>${script}`,
      `<p>Please wait.</p><noscript>You need to enable JavaScript.</noscript>${script}`,
    ]) {
      expect(() => extract(body), body).toThrow(/^holds no text without JavaScript/);
    }
    expect(lines(`<p>A short note.</p>${script}`)).toEqual(["A short note."]);
  });

  test("more text than the limit", () => {
    expect(() => extractHtml(Buffer.from(`<p>${prose(100)}`), { ...LIMITS, maxCharacters: 50 })).toThrow(
      /more than 50/,
    );
  });
});
