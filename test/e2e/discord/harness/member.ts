/** A person in a server, and what they can do: what a test does instead of a hand on a mouse. */

import { Locale } from "discord.js";
import { SELECTS, TYPE, walk } from "./components.ts";
import type { Core } from "./core.ts";
import { tellMessage } from "./events.ts";
import type { NewInteraction } from "./interactions.ts";
import type { Json } from "./json.ts";
import { number, objects, text } from "./json.ts";
import { filledIn } from "./modal-fields.ts";
import { givenOptions, type Options, optionNamed, subcommand } from "./options.ts";
import { missing } from "./permissions.ts";
import { Place } from "./place.ts";
import { gaveUp, Reply } from "./reply.ts";
import { SeenMessage } from "./seen.ts";
import { FLAG, type Guild, type GuildMember, type Message, type User } from "./state.ts";
import { memberJson, messageJson, userJson } from "./wire.ts";

export interface Acting {
  /** Where; the first text channel of the server unless told. For components, where their message is. */
  readonly channel?: Place;
  /** The language of the user's client, en-US unless told. */
  readonly locale?: string;
  /** Sends what a client would not let the user send: the bot has to refuse it by itself. */
  readonly force?: boolean;
  /** Milliseconds to wait for the bot. */
  readonly timeout?: number;
}

const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));

export class Member {
  readonly user: User;
  readonly member: GuildMember;
  readonly guild: Guild;
  readonly #core: Core;
  /** The modal that is open on the user's screen. */
  #openModal: string | null = null;

  constructor(core: Core, guild: Guild, member: GuildMember) {
    this.#core = core;
    this.guild = guild;
    this.member = member;
    this.user = member.user;
  }

  get id(): string {
    return this.user.id;
  }

  get mention(): string {
    return `<@${this.user.id}>`;
  }

  /** Leaves the server; a bot without the intent for members is not told. */
  leave(): void {
    this.guild.members.delete(this.id);
  }

  /** Opens or closes their direct messages to the bot. */
  takesDirectMessages(isOpen: boolean): void {
    if (isOpen) this.#core.state.closedToMessages.delete(this.id);
    else this.#core.state.closedToMessages.add(this.id);
  }

  /** The channel of direct messages with the bot. */
  direct(): Place {
    return new Place(this.#core, this.#core.state.directChannel(this.user));
  }

  /**
   * Uses a slash command: "ask", or "report show" for a subcommand. Resolves when the bot has acknowledged it.
   * @throws Error when the user does not see the command, gives options that no client would send, or gets no response
   */
  async command(name: string, options: Options = {}, acting: Acting = {}): Promise<Reply> {
    const { channel } = this.#place(acting);
    const [first = "", ...path] = name.split(" ");
    const command = this.#command(first, 1, acting);
    const { definitions, wrap } = subcommand(command.json, path);
    const guild = channel.guildId === null ? null : this.guild;
    const { options: sent, resolved } = givenOptions(this.#core, guild, definitions, options, acting.force !== true);
    const data: Json = { id: command.id, name: first, type: 1, options: wrap(sent), resolved };
    return this.#send({ type: 2, user: this.user, channel, data, name: `/${name}`, locale: locale(acting) }, acting);
  }

  /** Uses a command of the context menu, on a message or on a member. */
  async context(name: string, target: SeenMessage | Reply | Member, acting: Acting = {}): Promise<Reply> {
    const message = target instanceof Member ? null : stored(target);
    const { channel } = message === null ? this.#place(acting) : message;
    const type = message === null ? 2 : 3;
    const command = this.#command(name, type, { ...acting, channel: new Place(this.#core, channel) });
    const { id } = target instanceof Member ? target : (message as Message);
    const resolved =
      message === null
        ? resolvedMember(target as Member)
        : { messages: { [id]: messageJson(this.#core.state, message) } };
    if (message !== null) this.#mustSee(message, acting);
    const data: Json = { id: command.id, name, type, target_id: id, resolved };
    return this.#send({ type: 2, user: this.user, channel, data, name: `"${name}"`, locale: locale(acting) }, acting);
  }

  /** Types into an option of a command; resolves with what the bot offers. */
  async autocomplete(
    name: string,
    typed: { readonly focused: string; readonly value: string; readonly options?: Options },
    acting: Acting = {},
  ): Promise<{ readonly name: string; readonly value: string | number }[]> {
    const { channel } = this.#place(acting);
    const [first = "", ...path] = name.split(" ");
    const command = this.#command(first, 1, acting);
    const { definitions, wrap } = subcommand(command.json, path);
    const focused = optionNamed(definitions, typed.focused);
    if (focused.autocomplete !== true) throw new Error(`the option "${typed.focused}" of /${name} has no autocomplete`);
    const { options, resolved } = givenOptions(this.#core, null, definitions, typed.options ?? {}, false);
    const sent = [...options, { name: typed.focused, type: focused.type, value: typed.value, focused: true }];
    const data: Json = { id: command.id, name: first, type: 1, options: wrap(sent), resolved };
    const fields = {
      type: 4,
      user: this.user,
      channel,
      data,
      name: `/${name} (typing)`,
      locale: locale(acting),
      focused,
    } as const;
    return (await this.#send(fields, acting)).choices();
  }

  /** Clicks a button, given its label or custom id. */
  async click(on: SeenMessage | Reply, which: string, acting: Acting = {}): Promise<Reply> {
    const message = stored(on);
    this.#mustSee(message, acting);
    const buttons = walk(message.components).filter(({ type }) => type === TYPE.BUTTON);
    const button = buttons.find((one) => one.custom_id === which) ?? buttons.find((one) => one.label === which);
    if (button === undefined && acting.force !== true) {
      throw new Error(
        `there is no button "${which}", but ${buttons.map((one) => `${one.label} (${one.custom_id ?? one.url})`).join(", ") || "none"}`,
      );
    }
    if (button?.url !== undefined) throw new Error(`the button "${which}" is a link`);
    if (button?.disabled === true && acting.force !== true) throw new Error(`the button "${which}" is disabled`);
    const data: Json = { component_type: TYPE.BUTTON, custom_id: button?.custom_id ?? which, id: button?.id ?? 1 };
    return this.#use(message, data, `button "${which}"`, acting);
  }

  /** Chooses values of a select. @param which its custom id; the only select when null */
  async select(
    on: SeenMessage | Reply,
    values: string | readonly string[],
    which: string | null = null,
    acting: Acting = {},
  ): Promise<Reply> {
    const message = stored(on);
    this.#mustSee(message, acting);
    const selects = walk(message.components).filter(({ type }) => SELECTS.has(type));
    const select = which === null && selects.length === 1 ? selects[0] : selects.find((one) => one.custom_id === which);
    if (select === undefined) {
      throw new Error(
        `there is no select "${which ?? "(the only one)"}", but ${selects.map((one) => one.custom_id).join(", ") || "none"}`,
      );
    }
    const chosen = typeof values === "string" ? [values] : [...values];
    if (acting.force !== true) checkChosen(select, chosen);
    const data: Json = { component_type: select.type, custom_id: select.custom_id, id: select.id, values: chosen };
    return this.#use(message, data, `select "${select.custom_id}"`, acting);
  }

  /** Sends a modal that the bot opened. @throws Error when it is not the one on the user's screen, or not filled in right */
  async submit(
    reply: Reply,
    values: Readonly<Record<string, string | readonly string[]>>,
    acting: Acting = {},
  ): Promise<Reply> {
    const { modal, channel, source, id, user } = reply.interaction;
    if (modal === null) throw new Error("no modal was opened");
    if (acting.force !== true && (this.#openModal !== id || user.id !== this.id)) {
      throw new Error(`the modal "${text(modal.title)}" is not open for ${this.user.name}`);
    }
    const data: Json = { custom_id: modal.custom_id, components: filledIn(modal, values) };
    this.#openModal = null;
    const name = `modal "${text(modal.title)}"`;
    return this.#send(
      { type: 5, user: this.user, channel, data, name, locale: locale(acting), source, opener: reply.interaction },
      acting,
    );
  }

  /** Writes into a channel. */
  say(place: Place, content: string): SeenMessage {
    return this.#write(place, content, null, false);
  }

  /** Replies to a message; with `mention` (the client's default) its author is notified. */
  replyTo(on: SeenMessage | Reply, content: string, options: { readonly mention?: boolean } = {}): SeenMessage {
    const message = stored(on);
    return this.#write(new Place(this.#core, message.channel), content, message, options.mention ?? true);
  }

  #write({ channel }: Place, content: string, replyTo: Message | null, mention: boolean): SeenMessage {
    const lacking = missing(this.#core.state, this.user, channel, [
      "ViewChannel",
      channel.parentId === null ? "SendMessages" : "SendMessagesInThreads",
    ]);
    if (lacking.length > 0) throw new Error(`${this.user.name} lacks ${lacking.join(", ")} in #${channel.name}`);
    const ids = new Set([...content.matchAll(/<@!?(\d+)>/g)].map(([, id = ""]) => id));
    if (replyTo !== null && mention) ids.add(replyTo.author.id);
    const message = this.#core.state.addMessage(channel, this.user, {
      content,
      replyTo,
      type: replyTo === null ? 0 : 19,
      mentions: [...ids].flatMap((id) => this.#core.state.users.get(id) ?? []),
    });
    tellMessage(this.#core, "MESSAGE_CREATE", message);
    return new SeenMessage(this.#core, message);
  }

  #use(message: Message, data: Json, name: string, acting: Acting): Promise<Reply> {
    return this.#send(
      { type: 3, user: this.user, channel: message.channel, data, name, locale: locale(acting), source: message },
      acting,
    );
  }

  async #send(fields: NewInteraction, acting: Acting): Promise<Reply> {
    const core = this.#core;
    const interaction = core.interactions.dispatch(fields);
    const timeout = acting.timeout ?? core.settings.patience;
    await core.changes.until(
      [interaction.id],
      timeout,
      () => {
        if (interaction.isLate)
          throw new Error(gaveUp(core, `${fields.name}: the application did not respond in time`));
        return interaction.acknowledgement !== null;
      },
      () => gaveUp(core, `${fields.name} of ${this.user.name} got no response within ${timeout} ms`),
    );
    if (interaction.modal !== null) this.#openModal = interaction.id;
    return new Reply(core, this, interaction);
  }

  #place(acting: Acting): Place {
    if (acting.channel !== undefined) return acting.channel;
    const first = [...this.guild.channels.values()].find(({ type }) => type === 0);
    if (first === undefined) throw new Error("the server has no channel");
    return new Place(this.#core, first);
  }

  #command(name: string, type: number, acting: Acting) {
    const { channel } = this.#place(acting);
    const command = this.#core.commands.find(name, type, channel);
    if (command === null)
      throw new Error(gaveUp(this.#core, `no command "${name}" of type ${type} is registered here`));
    const hidden = this.#core.commands.hiddenBecause(command, this.user, channel);
    if (hidden !== null && acting.force !== true)
      throw new Error(`${this.user.name} does not see "${name}": ${hidden}`);
    return command;
  }

  #mustSee(message: Message, acting: Acting): void {
    if (acting.force === true) return;
    const seen = new SeenMessage(this.#core, message);
    if (!seen.visibleTo(this)) throw new Error(`${this.user.name} does not see that message`);
    if ((message.flags & FLAG.LOADING) !== 0) throw new Error("the message is still being thought about");
  }
}

function stored(on: SeenMessage | Reply): Message {
  return on instanceof Reply ? on.message.stored : on.stored;
}

function locale({ locale: wanted = "en-US", force }: Acting): string {
  if (force !== true && !LOCALES.has(wanted)) throw new Error(`Discord has no locale "${wanted}"`);
  return wanted;
}

function resolvedMember(target: Member): Json {
  const { user: _, ...partial } = memberJson(target.member);
  return { users: { [target.id]: userJson(target.user) }, members: { [target.id]: { ...partial, permissions: "0" } } };
}

function checkChosen(select: Json, chosen: readonly string[]): void {
  const name = `the select "${select.custom_id}"`;
  if (select.disabled === true) throw new Error(`${name} is disabled`);
  const least = number(select.min_values) ?? 1;
  const most = number(select.max_values) ?? 1;
  if (chosen.length < least || chosen.length > most)
    throw new Error(`${name} takes ${least} to ${most} values, not ${chosen.length}`);
  if (select.type !== TYPE.STRING_SELECT) return;
  const values = objects(select.options).map(({ value }) => value);
  const unknown = chosen.find((value) => !values.includes(value));
  if (unknown !== undefined) throw new Error(`${name} has no option "${unknown}", but ${values.join(", ")}`);
}
