/** A channel, thread or direct conversation, as a test looks at it. */

import type { Core } from "./core.ts";
import { tellChannel } from "./events.ts";
import { bits, type PermissionsString } from "./permissions.ts";
import { gaveUp } from "./reply.ts";
import { SeenMessage } from "./seen.ts";
import type { Channel, User } from "./state.ts";

export interface Rights {
  readonly allow?: readonly PermissionsString[];
  readonly deny?: readonly PermissionsString[];
}

export class Place {
  readonly channel: Channel;
  readonly #core: Core;

  constructor(core: Core, channel: Channel) {
    this.#core = core;
    this.channel = channel;
  }

  get id(): string {
    return this.channel.id;
  }

  get name(): string {
    return this.channel.name;
  }

  get isArchived(): boolean {
    return this.channel.archived;
  }

  /** Everything that was written and is still there, the oldest first; with a member, only what that one sees. */
  messages(viewer?: { readonly user: User }): SeenMessage[] {
    return [...this.channel.messages.values()]
      .map((message) => new SeenMessage(this.#core, message))
      .filter((message) => (viewer === undefined ? !message.isDeleted : message.visibleTo(viewer)));
  }

  /** The bot's messages. */
  answers(): SeenMessage[] {
    return this.messages().filter(({ author }) => author.id === this.#core.state.bot.id);
  }

  threads(): Place[] {
    return [...this.#core.state.channels.values()]
      .filter(({ parentId }) => parentId === this.id)
      .map((channel) => new Place(this.#core, channel));
  }

  /** Waits for a message that holds, the newest first; the bot's next message when no condition is given. */
  async answer(
    holds?: (message: SeenMessage) => boolean,
    timeout = this.#core.settings.patience,
  ): Promise<SeenMessage> {
    const before = new Set(this.answers().map(({ id }) => id));
    const condition = holds ?? ((message: SeenMessage) => !before.has(message.id));
    const find = (): SeenMessage | undefined => this.answers().toReversed().find(condition);
    await this.#core.changes.until(
      [this.id],
      timeout,
      () => find() !== undefined,
      () => gaveUp(this.#core, `the message that was waited for in #${this.name} did not come within ${timeout} ms`),
    );
    return find() as SeenMessage;
  }

  /** Waits until a thread is opened. */
  async thread(timeout = this.#core.settings.patience): Promise<Place> {
    await this.#core.changes.until(
      [this.id],
      timeout,
      () => this.threads().length > 0,
      () => gaveUp(this.#core, `no thread was opened in #${this.name} within ${timeout} ms`),
    );
    return this.threads().at(-1) as Place;
  }

  /** Deletes the channel. */
  remove(): void {
    const { guildId } = this.channel;
    this.#core.state.channels.delete(this.id);
    if (guildId !== null) this.#core.state.guilds.get(guildId)?.channels.delete(this.id);
    tellChannel(this.#core, "CHANNEL_DELETE", this.channel);
  }

  /** Tells the bot of rights that were given or taken while it was connected. */
  tellRights(): void {
    tellChannel(this.#core, "CHANNEL_UPDATE", this.channel);
  }

  /** Gives or takes rights in this channel: for everybody, the bot, or a member. */
  permit(whom: "everyone" | "bot" | { readonly user: User }, { allow = [], deny = [] }: Rights): this {
    const id = whom === "everyone" ? this.channel.guildId : whom === "bot" ? this.#core.state.bot.id : whom.user.id;
    if (id === null) throw new Error("direct messages have no permissions");
    this.channel.overwrites.set(id, { type: whom === "everyone" ? 0 : 1, allow: bits(allow), deny: bits(deny) });
    return this;
  }
}
