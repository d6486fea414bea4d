/**
 * What a bot must not do, and where it is written down when it did. Each rule has a name that a test can expect
 * (`discord.take("pings")`); a rule that no test of `rules.test.ts` shows firing does not exist.
 */

export const RULES = {
  // Requests in general
  "unknown-route": "a route that Discord does not have, or that this server does not know",
  "missing-authorization": "a request without the bot's token, where one is needed",
  "bad-body": "a body that is no JSON",
  schema: "a body that Discord's own description of its API does not allow",
  query: "a query that Discord does not take",
  "missing-permission": "something that the bot has no permission for in that channel",
  "server-fault": "an error of this server, which must not look like one of the bot",
  "ignored-retry-after": "a request made before the time that a 429 told to wait for",
  // Interactions
  "late-acknowledgement": "a first response later than 3 seconds",
  "second-acknowledgement": "a second first response",
  "never-acknowledged": "an interaction that got no response at all",
  "never-settled": "a deferral whose answer never came",
  "unknown-interaction": "a response to an interaction that was never sent, or with a wrong token",
  "token-expired": "use of an interaction's token after its 15 minutes",
  "before-acknowledgement": "a follow-up or an edit before the first response",
  "callback-type": "a kind of response that this kind of interaction does not take",
  "deferral-flags": "a deferral that sets more than EPHEMERAL",
  "edit-flags": "an edit that tries to change who may see the message",
  "foreign-message": "an edit or a deletion of somebody else's message",
  // Messages
  "empty-message": "a message with nothing in it",
  "content-length": "content of more than 2,000 characters",
  "embeds-length": "more than 6,000 characters over all embeds",
  "component-count": "more than 40 components, nested ones counted",
  "text-length": "more than 4,000 characters over all text displays",
  "v2-with-content": "Components V2 together with content, embeds, a poll or stickers",
  "v2-flag-removed": "an edit that takes the Components V2 flag off",
  "v2-flag-missing": "components of Components V2 without the flag",
  "rows-count": "more than 5 rows of components in a message without Components V2",
  "row-contents": "a row that holds anything but up to 5 buttons, or one select",
  "duplicate-custom-id": "one custom_id twice in a message or modal",
  "duplicate-component-id": "one component id twice in a message or modal",
  "button-shape": "a button with both url and custom_id or neither, or with a style that does not fit",
  "button-label": "a button without label and emoji",
  "link-url": "a link that is no http, https or discord address, or longer than 512 characters",
  "select-options": "a select with the same value twice, or with limits that cannot be met",
  "attachment-missing": "an attachment:// reference to a file that is not in the message",
  "allowed-mentions-missing": "a message without allowed_mentions, or with one that does not say parse: []",
  pings: "a message that notifies somebody",
  nonce: "a nonce of more than 25 characters, or enforced without one",
  // Modals and autocomplete
  "modal-components": "a modal with less than 1 or more than 5 components",
  "modal-label": "an input of a modal that is not in a Label",
  "modal-input": "an input of a modal whose limits or value do not fit each other",
  "choice-value": "an autocomplete choice whose value does not fit its option",
  "choice-duplicate": "two autocomplete choices of one name",
  // Commands
  "command-name": "a name of a command or option that Discord does not take",
  "command-description": "a description that is missing, too long, or on a context-menu command",
  "command-locale": "a localization for a locale that Discord does not have",
  "command-duplicate": "two commands of a kind, two options or two choices of one name",
  "command-options": "options in a form or an order that Discord does not take",
  "command-length": "more than 8,000 characters in a command",
  "command-deprecated": "a command that uses dm_permission, or says neither contexts nor integration_types",
  "command-count": "more commands than Discord takes",
  // Gateway
  "gateway-token": "an identify or resume with a wrong token",
  "privileged-intent": "an intent that the application was not granted",
  "gateway-protocol": "a gateway message that Discord would close the connection for",
  "identify-limit": "more identifies than the session start limit allows",
} as const;

export type Rule = keyof typeof RULES;

export interface Violation {
  readonly rule: Rule;
  readonly message: string;
  /** Method and path of the request that broke the rule, where there was one. */
  readonly request: string | null;
}

/** A broken rule as found in a body, before it is known which request it came with. */
export interface Fault {
  readonly rule: Rule;
  readonly message: string;
  /** Set for what Discord lets pass: it is written down, and the request goes on. */
  readonly isTaken?: true;
}

export class Violations {
  readonly list: Violation[] = [];

  add(rule: Rule, message: string, request: string | null = null): void {
    this.list.push({ rule, message, request });
  }

  /** Removes the violations of a rule and returns them: for a test that breaks the rule on purpose. */
  take(rule: Rule): Violation[] {
    const taken = this.list.filter((violation) => violation.rule === rule);
    this.list.splice(0, this.list.length, ...this.list.filter((violation) => violation.rule !== rule));
    return taken;
  }

  describe(): string {
    return this.list
      .map(({ rule, message, request }) => `- ${rule}: ${message}${request === null ? "" : ` [${request}]`}`)
      .join("\n");
  }
}
