/** A briefing as one page of HTML. Text of reports goes in as text only: see `html`. */

import type { Citation } from "../domain/answer.ts";
import {
  type Briefing,
  type BriefingLine,
  type BriefingResult,
  type BriefingSection,
  citationsIn,
  type FigureRow,
  type Picture,
  type SectionId,
  type Theme,
} from "../domain/briefing.ts";
import {
  briefingTitle,
  FIGURE_COLUMNS,
  figureWords,
  labelWords,
  missingWords,
  nothingWords,
  reportChangeWords,
  scopeWords,
} from "../domain/briefing-words.ts";
import { oneLine } from "../domain/visible.ts";
import { type Html, html, NO_HTML } from "./render-briefing-escape.ts";
import { page } from "./render-briefing-page.ts";
import { citationsByReport, partsOf, rowsBySentence, type SectionPart, sideWords } from "./render-briefing-parts.ts";
import { alsoInWords } from "./render-briefing-table.ts";
import { claimWords, corroborationWords, differingWords, disagreementWords, opinionWords } from "./render-claim.ts";
import { footnoteTitle, reportLines, shortCitation } from "./render-source.ts";

export interface PageStyle {
  /** Turns a path inside the corpus folder into one that can be opened. */
  readonly pathOf: (path: string) => string;
  /** null follows the reader's device. */
  readonly theme: Theme | null;
}

/** The section that a picture is drawn from, and stands in. */
const PICTURED: Readonly<Record<Picture["id"], SectionId>> = { chart: "figures", timeline: "timeline" };

/** Which part of the page a number leads to: a quote to its source, everything else to the quote. */
type Place = (citation: Citation) => string;

/**
 * The whole page.
 * @param pictures in the themes that it is to have; those of one id are one picture.
 */
export function briefingPage(briefing: Briefing, pictures: readonly Picture[], { pathOf, theme }: PageStyle): string {
  const { alsoKnownAs, sections, reports = [] } = briefing;
  const title = briefingTitle(briefing);
  const sources = citationsByReport(citationsIn(briefing));
  const places = new Map(sources.flatMap((group, at) => group.map(({ number }) => [number, `source-${at + 1}`])));
  const sourceOf: Place = ({ number }) => places.get(number) ?? "sources";
  const missing = missingWords(briefing);
  const body = html`<header>
<h1>${title}</h1>
${alsoKnownAs.length === 0 ? NO_HTML : html`<p>Also known as: ${alsoKnownAs.join(", ")}</p>`}
<p class="quiet">${scopeWords(briefing)}</p>
${list(reports.map((each) => html`${reportChangeWords(each)}`))}
${contents(sections, sources.length > 0)}
</header>
<main>
${sections.map((section) => sectionHtml(section, pictures, sourceOf))}
${missing === null ? NO_HTML : html`<p class="mark">${missing}</p>`}
</main>
${sources.length === 0 ? NO_HTML : sourcesHtml(sources, pathOf)}`;
  return page(title, body, theme);
}

/** The page that says why there is no briefing, and what there is instead. */
export function nothingPage(
  { subject, instead, nearest }: Extract<BriefingResult, { kind: "nothing" }>,
  { pathOf, theme }: PageStyle,
): string {
  const sources = citationsByReport(nearest.map(({ citation }) => citation));
  const places = new Map(sources.flatMap((group, at) => group.map(({ path }) => [path, `source-${at + 1}`])));
  const title = nothingWords(subject);
  const body = html`<main>
<h1>${title}</h1>
${instead.length === 0 ? NO_HTML : html`<h2>Subjects that come nearest</h2>`}
${list(instead.map((name) => html`${name}`))}
${nearest.length === 0 ? NO_HTML : html`<h2>Not about it, but near</h2>`}
${nearest.map(({ citation }) => quoteHtml(citation, null, ({ path }) => places.get(path) ?? "sources"))}
</main>
${sources.length === 0 ? NO_HTML : sourcesHtml(sources, pathOf)}`;
  return page(title, body, theme);
}

function contents(sections: readonly BriefingSection[], hasSources: boolean): Html {
  if (sections.length === 0) return NO_HTML;
  const links = sections.map(({ id, title }) => html`<a href="#section-${id}">${title}</a>`);
  return html`<nav aria-label="Sections">${list([...links, ...(hasSources ? [html`<a href="#sources">Sources</a>`] : [])])}</nav>`;
}

/** A picture says again what the section says, so it comes last. */
function sectionHtml(section: BriefingSection, pictures: readonly Picture[], sourceOf: Place): Html {
  const { id, title, table } = section;
  return html`<section id="section-${id}">
<h2>${title}</h2>
${table === undefined ? NO_HTML : tableHtml(table, title)}
${table === undefined ? NO_HTML : sentencesHtml(table, sourceOf)}
${partsOf(section).map((part) => partHtml(part, section, sourceOf))}
${figure(pictures.filter((each) => PICTURED[each.id] === id))}
</section>`;
}

function partHtml(part: SectionPart, section: BriefingSection, sourceOf: Place): Html {
  switch (part.kind) {
    case "alone":
      return html`${part.lines.map((line, at) => lineHtml(line, sourceOf, at === 0))}`;
    case "sides":
      return html`${part.lines.map((line, at) => html`<h3>${sideWords(at)}</h3>\n${lineHtml(line, sourceOf)}`)}`;
    case "differing": {
      const among = { claims: section.lines };
      const { title, note } = disagreementWords(part.disagreement, among);
      const values = part.disagreement.values.map((value) => {
        return html`${differingWords(value, among)} ${link(value.citation, quotePlace(value.citation))}`;
      });
      return html`<h3>${title}</h3>
${list(values)}
<p class="quiet">${note}</p>
${part.lines.map((line) => lineHtml(line, sourceOf))}`;
    }
  }
}

/** A label, unless the line before has it, and each quote with its source and what has to be said of it. */
function lineHtml(line: BriefingLine, sourceOf: Place, isLabelled = true): Html {
  const label = line.label === null || !isLabelled ? null : labelWords(line.label, line);
  return html`<article>
${label === null ? NO_HTML : html`<h3>${label.name}</h3>`}
${label === null || label.more === "" ? NO_HTML : html`<p class="quiet">${label.more}</p>`}
${line.citations.map((citation) => quoteHtml(citation, line, sourceOf))}
${aboutList(corroborationWords(line.corroboration).map((words) => html`${words}`))}
</article>`;
}

function quoteHtml(citation: Citation, line: BriefingLine | null, sourceOf: Place): Html {
  const { number, quote, source } = citation;
  const opinion = opinionWords(citation, line);
  const words = line === null ? null : claimWords(citation, line);
  const cites = citation.footnotes.map((each) => linkOut(each.url, footnoteTitle(each)));
  const isOlder = line?.asOf?.isOlder === true;
  const about = [
    html`${link(number, sourceOf(citation))} ${shortCitation(citation, line?.label?.kind !== "report")}`,
    ...(words === null ? [] : [isOlder ? html`<span class="mark">${words}</span>` : html`${words}`]),
    ...(cites.length === 0 ? [] : [html`cites: ${withSemicolons(cites)}`]),
  ];
  return html`${opinion === null ? NO_HTML : html`<p class="mark">${opinion}</p>\n`}<blockquote id="${quotePlace(number)}" lang="${source.language}" dir="auto">${quote.text}</blockquote>
${aboutList(about)}`;
}

function tableHtml(rows: readonly FigureRow[], title: string): Html {
  const head = [...FIGURE_COLUMNS, "source"].map((column) => html`<th scope="col">${column}</th>`);
  return html`<div class="table" role="region" aria-label="${title}" tabindex="0">
<table>
<caption>Each number leads to the sentence that the figure stands in.</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.map(rowHtml)}
</tbody>
</table>
</div>`;
}

/** The sentences of a table, out of the way until a number of the table or the reader asks for them. */
function sentencesHtml(rows: readonly FigureRow[], sourceOf: Place): Html {
  const groups = rowsBySentence(rows);
  return html`<details>
<summary>${groups.length === 1 ? "The sentence" : `The ${groups.length} sentences`} that these figures stand in</summary>
${groups.map((group) => {
  const also = group.flatMap(alsoInWords).map((words) => html`${words}`);
  return html`${quoteHtml(group[0].citation, null, sourceOf)}${aboutList(also)}`;
})}
</details>`;
}

function rowHtml(row: FigureRow): Html {
  const { value, ...rest } = figureWords(row);
  const cells = Object.values(rest).map((words) => html`<td>${words}</td>`);
  const { number } = row.citation;
  return html`<tr><th scope="row">${value}</th>${cells}<td>${link(number, quotePlace(number))}</td></tr>`;
}

/** One picture in the themes that there are; the reader's device chooses. */
function figure(themes: readonly Picture[]): Html {
  const shown = themes.find(({ theme }) => theme === "light") ?? themes[0];
  if (shown === undefined) return NO_HTML;
  const others = themes.filter((each) => each !== shown);
  const sources = others.map(
    (each) => html`<source srcset="${dataUri(each)}" media="(prefers-color-scheme: ${each.theme})">`,
  );
  const { width, height, alt } = shown;
  return html`<figure>
<picture>${sources}<img src="${dataUri(shown)}" width="${width}" height="${height}" alt="${alt}"></picture>
</figure>`;
}

function dataUri({ png }: Picture): string {
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}

function sourcesHtml(groups: readonly (readonly [Citation, ...Citation[]])[], pathOf: PageStyle["pathOf"]): Html {
  const items = groups.map((group, at) => {
    const [first] = group;
    const [title = "", ...rest] = reportLines(first, pathOf);
    const numbers = group.map(({ number }) => link(number, quotePlace(number)));
    const { url } = first.source;
    const lines = rest.map(
      (words) => html`${url !== null && words === oneLine(url) ? linkOut(url, words) : words}<br>`,
    );
    return html`<li id="source-${at + 1}"><strong>${title}</strong><br>${lines}
Quoted: ${numbers}</li>`;
  });
  return html`<footer>
<h2 id="sources">Sources</h2>
<ol>
${items}
</ol>
</footer>`;
}

/** A link to the web; what is no web address is no link: `words` alone. */
function linkOut(url: string | null, words: string): Html {
  if (url === null || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return html`${words}`;
  return html`<a href="${new URL(url).href}" rel="noopener noreferrer">${words}</a>`;
}

/** Parts of a list in a sentence; the white space between them is that of any two parts. */
function withSemicolons(parts: readonly Html[]): readonly Html[] {
  return parts.map((part, at) => (at === parts.length - 1 ? part : html`${part};`));
}

function quotePlace(number: number): string {
  return `quote-${number}`;
}

function link(number: number, place: string): Html {
  return html`<a href="#${place}">[${number}]</a>`;
}

function list(items: readonly Html[]): Html {
  return items.length === 0 ? NO_HTML : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

function aboutList(items: readonly Html[]): Html {
  return items.length === 0 ? NO_HTML : html`<ul class="about">${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
