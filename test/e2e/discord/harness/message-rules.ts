/** The rules for messages that Discord's description of its API misses. */

import { SELECTS, TYPE, textDisplays, walk } from "./components.ts";
import { isObject, type Json, number, objects, text } from "./json.ts";
import type { Fault, Rule } from "./rules.ts";
import { FLAG } from "./state.ts";

const CONTENT = 2000;
const EMBEDS = 6000;
const COMPONENTS = 40;
const TEXT = 4000;
const ROWS = 5;
const LINK = 512;
const NONCE = 25;

/** Components that only messages with the flag may have. */
const ONLY_V2: ReadonlySet<unknown> = new Set([
  TYPE.SECTION,
  TYPE.TEXT,
  TYPE.THUMBNAIL,
  TYPE.GALLERY,
  TYPE.FILE,
  TYPE.SEPARATOR,
  TYPE.CONTAINER,
]);

/** A message as it was before an edit. */
export interface Before {
  readonly flags: number;
  readonly content: string;
  readonly embeds: readonly Json[];
  readonly components: readonly Json[];
  readonly attachments: readonly Json[];
}

type Say = (rule: Rule, message: string) => void;

/**
 * What a message breaks of the rules.
 * @param body what was sent; in an edit, what it does not name stays
 * @param before the message before the edit; null for a new one
 * @param files the names of the files that came with the request
 */
export function messageFaults(body: Json, before: Before | null, files: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const say: Say = (rule, message) => faults.push({ rule, message });
  const flags = flagsAfter(body, before, say);
  const after = {
    content: body.content === undefined ? (before?.content ?? "") : (text(body.content) ?? ""),
    embeds: body.embeds === undefined ? (before?.embeds ?? []) : objects(body.embeds),
    components: body.components === undefined ? (before?.components ?? []) : objects(body.components),
    files: [...files, ...staying(body, before)],
    // Stickers and polls cannot be edited away, so only new ones matter here.
    others: [...(Array.isArray(body.sticker_ids) ? body.sticker_ids : []), ...(isObject(body.poll) ? [body.poll] : [])],
  };

  const isEmpty = after.content.trim() === "" && after.embeds.length + after.components.length === 0;
  if (isEmpty && after.files.length + after.others.length === 0)
    say("empty-message", "there is nothing in the message");
  if (after.content.length > CONTENT)
    say("content-length", `content of ${after.content.length} characters, ${CONTENT} at most`);
  const embedded = after.embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  if (embedded > EMBEDS) say("embeds-length", `${embedded} characters over all embeds, ${EMBEDS} at most`);

  if ((flags & FLAG.COMPONENTS_V2) !== 0) {
    if (after.content !== "" || after.embeds.length > 0 || after.others.length > 0) {
      say("v2-with-content", "content, embeds, polls and stickers cannot stand beside Components V2");
    }
  } else {
    const foreign = walk(after.components).find(({ type }) => ONLY_V2.has(type));
    if (foreign !== undefined)
      say("v2-flag-missing", `a component of type ${foreign.type} without the flag for Components V2`);
    if (after.components.length > ROWS) say("rows-count", `${after.components.length} rows, ${ROWS} at most`);
  }
  componentFaults(after.components, say);
  attachmentFaults(after, say);
  nonceFaults(body, say);
  return faults;
}

function flagsAfter(body: Json, before: Before | null, say: Say): number {
  const given = number(body.flags);
  if (before === null) return given ?? 0;
  if (given === null) return before.flags;
  if ((before.flags & FLAG.COMPONENTS_V2) !== 0 && (given & FLAG.COMPONENTS_V2) === 0) {
    say("v2-flag-removed", "the flag for Components V2 cannot be taken off");
  }
  if ((given & FLAG.EPHEMERAL) !== (before.flags & FLAG.EPHEMERAL) && (given & FLAG.EPHEMERAL) !== 0) {
    say("edit-flags", "whether a message is ephemeral is fixed when it is made");
  }
  return given;
}

/** The names of the files that an edit leaves in place: all, unless it lists those to keep. */
function staying(body: Json, before: Before | null): string[] {
  const kept = body.attachments === undefined ? null : objects(body.attachments).map(({ id }) => id);
  return (before?.attachments ?? [])
    .filter(({ id }) => kept === null || kept.includes(id))
    .map(({ filename }) => String(filename));
}

function embedLength(embed: Json): number {
  const parts = [
    embed.title,
    embed.description,
    isObject(embed.footer) ? embed.footer.text : null,
    isObject(embed.author) ? embed.author.name : null,
    ...objects(embed.fields).flatMap(({ name, value }) => [name, value]),
  ];
  return parts.reduce<number>((sum, part) => sum + (text(part)?.length ?? 0), 0);
}

function componentFaults(components: readonly Json[], say: Say): void {
  const all = walk(components);
  if (all.length > COMPONENTS)
    say("component-count", `${all.length} components, ${COMPONENTS} at most, nested ones counted`);
  const length = textDisplays(components).reduce((sum, one) => sum + one.length, 0);
  if (length > TEXT) say("text-length", `${length} characters over all text displays, ${TEXT} at most`);
  duplicateFaults(all, say);
  for (const component of all) {
    if (component.type === TYPE.BUTTON) buttonFaults(component, say);
    if (SELECTS.has(component.type)) selectFaults(component, say);
    if (component.type === TYPE.ROW) {
      const selects = objects(component.components).filter(({ type }) => SELECTS.has(type)).length;
      if (selects > 0 && objects(component.components).length > 1) {
        say("row-contents", "a row holds either up to 5 buttons or one select");
      }
    }
  }
}

/** One custom_id or one id twice, in a message or a modal. */
export function duplicateFaults(all: readonly Json[], say: Say): void {
  const twice = (values: readonly unknown[]): unknown => values.find((value, index) => values.indexOf(value) !== index);
  const customId = twice(all.flatMap(({ custom_id: id }) => (typeof id === "string" ? [id] : [])));
  if (customId !== undefined) say("duplicate-custom-id", `the custom_id "${customId}" twice`);
  // 0 stands for no id.
  const id = twice(all.flatMap(({ id }) => (typeof id === "number" && id !== 0 ? [id] : [])));
  if (id !== undefined) say("duplicate-component-id", `the component id ${id} twice`);
}

function buttonFaults(button: Json, say: Say): void {
  const customId = text(button.custom_id);
  const url = text(button.url);
  const name = `the button "${text(button.label) ?? customId ?? url}"`;
  if (button.style === 6) {
    if (typeof button.sku_id !== "string" || url !== null || customId !== null)
      say("button-shape", `${name} needs a sku_id alone`);
    return;
  }
  if (url !== null && customId !== null) say("button-shape", `${name} has both a url and a custom_id`);
  else if (url === null && customId === null) say("button-shape", `${name} has neither a url nor a custom_id`);
  else if ((button.style === 5) !== (url !== null))
    say("button-shape", `${name} has a style (${button.style}) that does not fit`);
  if (url !== null && (!/^(?:https?|discord):\/\//.test(url) || url.length > LINK)) {
    say(
      "link-url",
      `${name} leads to ${url.slice(0, 60)} (${url.length} characters); http, https or discord and ${LINK} at most`,
    );
  }
  if ((text(button.label) ?? "") === "" && !isObject(button.emoji))
    say("button-label", `${name} has neither label nor emoji`);
}

/** Whether a select can be used at all; for modals too. */
export function selectFaults(select: Json, say: Say): void {
  const name = `the select "${text(select.custom_id)}"`;
  const least = number(select.min_values) ?? 1;
  const most = number(select.max_values) ?? 1;
  if (least > most) say("select-options", `${name} takes at least ${least} and at most ${most}`);
  if (select.type !== TYPE.STRING_SELECT) return;
  const values = objects(select.options).map(({ value }) => value);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) say("select-options", `${name} has the value "${twice}" twice`);
  if (most > values.length) say("select-options", `${name} takes ${most} of ${values.length} options`);
  const preset = objects(select.options).filter((option) => option.default === true).length;
  if (preset > most) say("select-options", `${name} has ${preset} options chosen from the start, ${most} at most`);
}

function attachmentFaults(
  after: { readonly components: readonly Json[]; readonly embeds: readonly Json[]; readonly files: readonly string[] },
  say: Say,
): void {
  const ofComponents = walk(after.components).flatMap((component) => [
    component.media,
    component.file,
    ...objects(component.items).map(({ media }) => media),
  ]);
  const ofEmbeds = after.embeds.flatMap(({ image, thumbnail }) => [image, thumbnail]);
  for (const place of [...ofComponents, ...ofEmbeds]) {
    const url = isObject(place) ? text(place.url) : null;
    const file = url === null ? null : (/^attachment:\/\/(.+)$/.exec(url)?.[1] ?? null);
    if (file !== null && !after.files.includes(file)) {
      say("attachment-missing", `${url} is not among the files (${after.files.join(", ") || "none"})`);
    }
  }
}

function nonceFaults(body: Json, say: Say): void {
  if (typeof body.nonce === "string" && body.nonce.length > NONCE)
    say("nonce", `a nonce of ${body.nonce.length} characters`);
  if (body.enforce_nonce === true && body.nonce == null) say("nonce", "enforce_nonce without a nonce");
}
