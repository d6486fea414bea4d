/** A message as the people of a channel see it. It shows the present state: after an edit, what is there now. */

import { SELECTS, TYPE, textDisplays, walk } from "./components.ts";
import type { Core } from "./core.ts";
import { isObject, type Json, objects, text } from "./json.ts";
import { linksOf, plainText } from "./markdown.ts";
import { missing } from "./permissions.ts";
import { FLAG, type Message, type User } from "./state.ts";
import { messageJson } from "./wire.ts";

export interface SeenButton {
  readonly label: string;
  readonly customId: string | null;
  readonly url: string | null;
  readonly disabled: boolean;
  /** 1 primary, 2 secondary, 3 success, 4 danger, 5 link. */
  readonly style: number;
}

export interface SeenSelect {
  readonly customId: string;
  readonly type: number;
  readonly placeholder: string | null;
  readonly disabled: boolean;
  readonly options: readonly { readonly label: string; readonly value: string; readonly description: string | null }[];
}

export class SeenMessage {
  readonly stored: Message;
  readonly #core: Core;

  constructor(core: Core, stored: Message) {
    this.#core = core;
    this.stored = stored;
  }

  get id(): string {
    return this.stored.id;
  }

  get channelId(): string {
    return this.stored.channel.id;
  }

  get author(): User {
    return this.stored.author;
  }

  get isEphemeral(): boolean {
    return this.stored.ephemeralFor !== null;
  }

  get isV2(): boolean {
    return (this.stored.flags & FLAG.COMPONENTS_V2) !== 0;
  }

  /** Whether it is still the placeholder of a deferral ("is thinking…"). */
  get isLoading(): boolean {
    return (this.stored.flags & FLAG.LOADING) !== 0;
  }

  get isDeleted(): boolean {
    return this.stored.deleted;
  }

  /** How often it was edited. */
  get edits(): number {
    return this.stored.edits;
  }

  /** As the API gives it. */
  get json(): Json {
    return messageJson(this.#core.state, this.stored);
  }

  /** Content, embeds and text displays as they were written, each on a line of its own. */
  text(): string {
    return this.#texts().join("\n");
  }

  /** What a person reads: Discord's Markdown rendered, without its signs. */
  plain(): string {
    return this.#texts().map(plainText).join("\n");
  }

  /** The addresses that can be followed: of links in the text, and of link buttons. */
  links(): string[] {
    const buttons = this.buttons().flatMap(({ url }) => (url === null ? [] : [url]));
    return [...this.#texts().flatMap(linksOf), ...buttons];
  }

  buttons(): SeenButton[] {
    return walk(this.stored.components)
      .filter(({ type }) => type === TYPE.BUTTON)
      .map((button) => ({
        label: text(button.label) ?? (isObject(button.emoji) ? String(button.emoji.name) : ""),
        customId: text(button.custom_id),
        url: text(button.url),
        disabled: button.disabled === true,
        style: Number(button.style),
      }));
  }

  selects(): SeenSelect[] {
    return walk(this.stored.components)
      .filter(({ type }) => SELECTS.has(type))
      .map((select) => ({
        customId: String(select.custom_id),
        type: Number(select.type),
        placeholder: text(select.placeholder),
        disabled: select.disabled === true,
        options: objects(select.options).map((option) => ({
          label: String(option.label),
          value: String(option.value),
          description: text(option.description),
        })),
      }));
  }

  /** The names and contents of the files that hang on it. */
  files(): { readonly name: string; readonly content: Buffer }[] {
    return this.stored.attachments.flatMap(({ filename, url }) => {
      const file = this.#core.files.get(new URL(String(url)).pathname);
      return file === undefined ? [] : [{ name: String(filename), content: file.content }];
    });
  }

  /** Whether a user sees it: who may see the channel, and of ephemeral messages only who is answered. */
  visibleTo(user: { readonly user: User }): boolean {
    const { channel, ephemeralFor, deleted } = this.stored;
    if (deleted) return false;
    if (ephemeralFor !== null) return ephemeralFor === user.user.id;
    return missing(this.#core.state, user.user, channel, ["ViewChannel", "ReadMessageHistory"]).length === 0;
  }

  #texts(): string[] {
    const { content, embeds, components } = this.stored;
    const ofEmbeds = embeds.flatMap((embed) => [
      embed.title,
      embed.description,
      ...objects(embed.fields).flatMap(({ name, value }) => [name, value]),
      isObject(embed.footer) ? embed.footer.text : null,
    ]);
    const all = [content, ...ofEmbeds, ...textDisplays(components)];
    return all.filter((one): one is string => typeof one === "string" && one !== "");
  }
}
