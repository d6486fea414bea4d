/** What a user gets back for a command, a click or a modal, and what they can do with it. */

import type { Core } from "./core.ts";
import { describeLog } from "./faults.ts";
import type { Interaction } from "./interactions.ts";
import { type Json, objects, text } from "./json.ts";
import type { Acting, Member } from "./member.ts";
import { type ModalField, modalFields } from "./modal-fields.ts";
import { type SeenButton, SeenMessage, type SeenSelect } from "./seen.ts";

export interface Timing {
  /** Milliseconds since 1970. */
  readonly dispatchedAt: number;
  readonly acknowledgedAt: number | null;
  readonly settledAt: number | null;
  readonly lastEditAt: number | null;
}

export class Reply {
  readonly interaction: Interaction;
  readonly #core: Core;
  readonly #member: Member;

  constructor(core: Core, member: Member, interaction: Interaction) {
    this.#core = core;
    this.#member = member;
    this.interaction = interaction;
  }

  /** "message" for a new answer, "update" when the message of the component is changed, "modal", "choices". */
  get kind(): "message" | "update" | "modal" | "choices" {
    const { acknowledgement } = this.interaction;
    if (acknowledgement === 9) return "modal";
    if (acknowledgement === 8) return "choices";
    return acknowledgement === 6 || acknowledgement === 7 ? "update" : "message";
  }

  /** The message that answers. @throws Error when the answer is a modal */
  get message(): SeenMessage {
    const { original, name } = this.interaction;
    if (original === null) throw new Error(`${name} was answered with a ${this.kind}, not a message`);
    return new SeenMessage(this.#core, original);
  }

  /** Messages that came after the answer. */
  get followUps(): SeenMessage[] {
    return this.interaction.followUps.map((message) => new SeenMessage(this.#core, message));
  }

  get isEphemeral(): boolean {
    return this.message.isEphemeral;
  }

  /** Milliseconds from sending to the first response. */
  get acknowledgedAfter(): number {
    return (this.interaction.acknowledgedAt ?? Number.NaN) - this.interaction.dispatchedAt;
  }

  /** Milliseconds from sending until the answer stood; NaN while it does not. */
  get settledAfter(): number {
    return (this.interaction.settledAt ?? Number.NaN) - this.interaction.dispatchedAt;
  }

  get timing(): Timing {
    const { dispatchedAt, acknowledgedAt, settledAt, lastEditAt } = this.interaction;
    return { dispatchedAt, acknowledgedAt, settledAt, lastEditAt };
  }

  text(): string {
    return this.message.text();
  }

  plain(): string {
    return this.message.plain();
  }

  links(): string[] {
    return this.message.links();
  }

  buttons(): SeenButton[] {
    return this.message.buttons();
  }

  selects(): SeenSelect[] {
    return this.message.selects();
  }

  /** Waits until a deferred answer was filled. @throws Error when it does not come in time */
  async settled(timeout = this.#core.settings.patience): Promise<this> {
    return this.until(
      () => this.interaction.settledAt !== null || this.interaction.original?.deleted === true,
      timeout,
    );
  }

  /** Waits until something holds of this reply, looked at after each change. */
  async until(holds: (reply: this) => boolean, timeout = this.#core.settings.patience): Promise<this> {
    const { id, name, original, source } = this.interaction;
    const keys = [id, ...[original, source].flatMap((message) => (message === null ? [] : [message.id]))];
    await this.#core.changes.until(
      keys,
      timeout,
      () => holds(this),
      () => gaveUp(this.#core, `the answer to ${name} did not come to what was waited for within ${timeout} ms`),
    );
    return this;
  }

  /** Waits until so many follow-ups have come. */
  async followedUp(count = 1, timeout?: number): Promise<this> {
    return this.until(() => this.interaction.followUps.length >= count, timeout);
  }

  /** Clicks a button of the answer, given its label or custom id, as the user who asked. */
  async click(which: string, acting: Acting = {}): Promise<Reply> {
    return this.#member.click(this.message, which, acting);
  }

  /** Chooses values of a select of the answer. @param which its custom id; the only select when null */
  async select(values: string | readonly string[], which: string | null = null, acting: Acting = {}): Promise<Reply> {
    return this.#member.select(this.message, values, which, acting);
  }

  /** The title of the modal that was opened. */
  get title(): string {
    return text(this.#modal().title) ?? "";
  }

  /** The inputs of the modal that was opened. */
  fields(): ModalField[] {
    return modalFields(this.#modal());
  }

  /** Sends the modal that was opened. @param values by custom id or label of the input */
  async submit(values: Readonly<Record<string, string | readonly string[]>>, acting: Acting = {}): Promise<Reply> {
    return this.#member.submit(this, values, acting);
  }

  /** The choices that autocomplete offered. */
  choices(): { readonly name: string; readonly value: string | number }[] {
    return objects(this.interaction.choices).map(({ name, value }) => ({
      name: String(name),
      value: typeof value === "number" ? value : String(value),
    }));
  }

  #modal(): Json {
    const { modal, name } = this.interaction;
    if (modal === null) throw new Error(`${name} was answered with a ${this.kind}, not a modal`);
    return modal;
  }
}

/** What went on, for the message of a test that waited in vain. */
export function gaveUp(core: Core, reason: string): string {
  const broken = core.violations.list.length === 0 ? "  (none)" : core.violations.describe();
  const connected = core.gateway.isConnected() ? "" : "\nNo bot is connected to the gateway.";
  return `${reason}${connected}\nLast requests:\n${describeLog(core.log)}\nViolations:\n${broken}`;
}
