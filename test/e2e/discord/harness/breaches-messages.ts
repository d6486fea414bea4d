/** Every way to break a rule about messages, one at a time. */

import type { Json } from "./json.ts";
import type { Rule } from "./rules.ts";
import { answering, type Breach, type Stage } from "./stage.ts";

const V2 = 32768;
const text = (content: string): Json => ({ type: 10, content });
const row = (...components: Json[]): Json => ({ type: 1, components });
const button = (fields: Json = {}): Json => ({ type: 2, style: 1, label: "Go", custom_id: "go", ...fields });
const link = (url: string): Json => ({ type: 2, style: 5, label: "Open", url });
const gallery = (description = "x"): Json => ({
  type: 12,
  items: [{ media: { url: "attachment://a.png" }, description }],
});
const select = (fields: Json = {}): Json => ({
  type: 3,
  custom_id: "pick",
  options: [
    { label: "One", value: "1" },
    { label: "Two", value: "2" },
  ],
  ...fields,
});

/** A message that breaks a rule and is refused. */
function posting(rule: Rule, body: Json, by?: string): Breach {
  return { rule, status: 400, act: ({ post }) => post(body), ...(by === undefined ? {} : { by }) };
}

/** A message that breaks a rule and is taken. */
function taken(rule: Rule, body: Json, by?: string): Breach {
  return { ...posting(rule, body, by), status: null };
}

/** An edit that breaks a rule. */
function editing(rule: Rule, first: Json, change: Json, by?: string): Breach {
  const act = async ({ post, request, channel }: Stage): Promise<void> => {
    const { id } = await post(first);
    await request("PATCH", `/channels/${channel.id}/messages/${id}`, { allowed_mentions: { parse: [] }, ...change });
  };
  return { rule, status: 400, act, ...(by === undefined ? {} : { by }) };
}

/** Messages of a channel, asked for in a way that Discord refuses. */
function listing(query: string): Breach {
  const act = ({ request, channel }: Stage) => request("GET", `/channels/${channel.id}/messages?${query}`);
  return { rule: "query", status: 400, by: query, act };
}

export const MESSAGE_BREACHES: readonly Breach[] = [
  posting("schema", { content: 7 }, "content that is no text"),
  posting("schema", { components: [row(button({ label: "x".repeat(81) }))] }, "a label of 81 characters"),
  posting(
    "schema",
    { components: [row(...Array.from({ length: 6 }, (_, n) => button({ custom_id: `b${n}` })))] },
    "6 buttons",
  ),
  posting("schema", { components: [row(link(`https://a.test/${"x".repeat(510)}`))] }, "an address of 525 characters"),
  posting(
    "schema",
    {
      components: [row(select({ options: Array.from({ length: 26 }, (_, n) => ({ label: `${n}`, value: `${n}` })) }))],
    },
    "26 options",
  ),
  posting("schema", { embeds: [{ description: "x".repeat(4097) }] }, "an embed of 4,097 characters"),
  posting("schema", { flags: V2, components: [button()] }, "a button outside of a row"),
  posting("schema", { flags: V2, components: [gallery("x".repeat(1025))] }, "a text alternative of 1,025 characters"),
  posting("schema", { content: "x", nonce: "x".repeat(26) }, "a nonce of 26 characters"),
  posting("empty-message", {}),
  posting("empty-message", { content: " \n" }, "only spaces"),
  editing("empty-message", { content: "x" }, { content: "" }, "an edit that leaves nothing"),
  posting("content-length", { content: "x".repeat(2001) }),
  posting("embeds-length", { embeds: [{ description: "x".repeat(4000) }, { footer: { text: "x".repeat(2001) } }] }),
  posting("component-count", {
    flags: V2,
    components: [{ type: 17, components: Array.from({ length: 40 }, () => text("x")) }],
  }),
  posting("text-length", {
    flags: V2,
    components: [text("x".repeat(2001)), { type: 17, components: [text("x".repeat(2000))] }],
  }),
  posting("v2-with-content", { flags: V2, content: "x", components: [text("x")] }, "content"),
  posting("v2-with-content", { flags: V2, embeds: [{ title: "x" }], components: [text("x")] }, "an embed"),
  editing(
    "v2-with-content",
    { content: "x" },
    { flags: V2, components: [text("x")] },
    "an edit that leaves the content",
  ),
  editing("v2-flag-removed", { flags: V2, components: [text("x")] }, { flags: 0, components: [row(button())] }),
  posting("v2-flag-missing", { components: [text("x")] }),
  posting("v2-flag-missing", { content: "x", components: [{ type: 17, components: [text("x")] }] }, "a container"),
  posting("rows-count", { components: Array.from({ length: 6 }, (_, n) => row(button({ custom_id: `b${n}` }))) }),
  posting("row-contents", { components: [row(button(), select())] }),
  posting("duplicate-custom-id", { components: [row(button()), row(button())] }),
  posting(
    "duplicate-custom-id",
    { flags: V2, components: [row(button()), { type: 9, components: [text("x")], accessory: button() }] },
    "the accessory of a section",
  ),
  posting("duplicate-component-id", { components: [row(button({ id: 3 }), button({ id: 3, custom_id: "other" }))] }),
  posting("button-shape", { components: [row(button({ url: "https://a.test" }))] }, "both"),
  posting("button-shape", { components: [row(button({ custom_id: null }))] }, "neither"),
  posting(
    "button-shape",
    { components: [row({ ...link("https://a.test"), style: 1 })] },
    "a link that is no link button",
  ),
  posting("button-label", { components: [row(button({ label: "" }))] }),
  posting("link-url", { components: [row(link("ftp://a.test/x"))] }),
  posting(
    "select-options",
    {
      components: [
        row(
          select({
            options: [
              { label: "a", value: "1" },
              { label: "b", value: "1" },
            ],
          }),
        ),
      ],
    },
    "a value twice",
  ),
  posting("select-options", { components: [row(select({ max_values: 3 }))] }, "more than there are"),
  posting(
    "select-options",
    { components: [row(select({ min_values: 2, max_values: 1 }))] },
    "a minimum above the maximum",
  ),
  posting(
    "attachment-missing",
    { flags: V2, components: [{ type: 13, file: { url: "attachment://a.txt" } }] },
    "a file",
  ),
  posting("attachment-missing", { flags: V2, components: [gallery()] }, "a picture"),
  posting("nonce", { content: "x", enforce_nonce: true }),
  taken("allowed-mentions-missing", { content: "x", allowed_mentions: undefined }),
  taken("allowed-mentions-missing", { content: "x", allowed_mentions: { parse: ["users"] } }, "users allowed"),
  taken("pings", { content: "<@5>", allowed_mentions: { parse: [], users: ["5"] } }),
  taken(
    "pings",
    { flags: V2, components: [text("<@5>")], allowed_mentions: { parse: [], users: ["5"] } },
    "a text display",
  ),
  {
    rule: "pings",
    by: "the author of what is replied to",
    status: null,
    act: ({ ana, channel, post }) =>
      post({
        content: "x",
        message_reference: { message_id: ana.say(channel, "hello").id },
        allowed_mentions: { parse: [], replied_user: true },
      }),
  },
  {
    rule: "missing-permission",
    by: "messages of a channel whose past the bot may not read",
    status: 403,
    act: ({ channel, request }) => {
      channel.permit("bot", { deny: ["ReadMessageHistory"] });
      return request("GET", `/channels/${channel.id}/messages`);
    },
  },
  listing("limit=0"),
  listing("limit=101"),
  listing("after=x"),
  listing("before=1&after=2"),
  {
    rule: "schema",
    by: "direct messages to nobody",
    status: 400,
    act: ({ request }) => request("POST", "/users/@me/channels", { recipient_id: "ana" }),
  },
  {
    rule: "foreign-message",
    by: "an edit",
    status: 403,
    act: ({ ana, channel, request }) =>
      request("PATCH", `/channels/${channel.id}/messages/${ana.say(channel, "hello").id}`, { content: "x" }),
  },
  {
    rule: "foreign-message",
    by: "a deletion",
    status: 403,
    act: ({ ana, channel, request }) =>
      request("DELETE", `/channels/${channel.id}/messages/${ana.say(channel, "hello").id}`),
  },
  {
    rule: "missing-permission",
    by: "a message",
    status: 403,
    act: ({ channel, post }) => {
      channel.permit("bot", { deny: ["SendMessages"] });
      return post({ content: "x" });
    },
  },
  {
    rule: "missing-permission",
    by: "a channel that is not seen",
    status: 403,
    act: ({ channel, request }) => {
      channel.permit("bot", { deny: ["ViewChannel"] });
      return request("GET", `/channels/${channel.id}`);
    },
  },
  {
    rule: "missing-permission",
    by: "a thread",
    status: 403,
    act: ({ ana, channel, request }) => {
      channel.permit("bot", { deny: ["CreatePublicThreads"] });
      return request("POST", `/channels/${channel.id}/messages/${ana.say(channel, "hello").id}/threads`, { name: "x" });
    },
  },
  {
    rule: "missing-permission",
    by: "a message in a thread",
    status: 403,
    act: async ({ ana, channel, request }) => {
      const { id } = ana.say(channel, "hello");
      await request("POST", `/channels/${channel.id}/messages/${id}/threads`, { name: "x" });
      channel.permit("bot", { deny: ["SendMessagesInThreads"] });
      await request("POST", `/channels/${id}/messages`, { content: "x", allowed_mentions: { parse: [] } });
    },
  },
  {
    rule: "schema",
    by: "a thread with a name of 101 characters",
    status: 400,
    act: ({ ana, channel, request }) =>
      request("POST", `/channels/${channel.id}/messages/${ana.say(channel, "hello").id}/threads`, {
        name: "x".repeat(101),
      }),
  },
  answering("edit-flags", 400, async (interaction, { request, discord }) => {
    await interaction.deferReply();
    await request("PATCH", `/webhooks/${discord.applicationId}/${interaction.token}/messages/@original`, {
      content: "x",
      flags: 64,
      allowed_mentions: { parse: [] },
    });
  }),
];
