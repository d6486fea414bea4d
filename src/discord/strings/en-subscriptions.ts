/** What the bot says in English of subscriptions to briefings. */

export const englishSubscriptions = {
  unsubscribe: "Unsubscribe",
  resubscribe: "Subscribe again",

  subscribed: "Subscribed to what is new",
  already: "This subscription is there already",
  ended: "Unsubscribed",
  again: "Subscribed again",
  list: "Your subscriptions in this server",
  listEmpty: "You have none here. /brief with “subscribe” makes one.",
  listMore: (count: number) => `and ${count.toLocaleString("en")} more`,

  all: "**What:** all reports",
  on: (subject: string) => `**What:** ${subject}`,
  direct: "**Where:** a direct message to you",
  channel: (channel: string) => `**Where:** ${channel}`,
  weekly: (time: string) => `**When:** every week, next ${time}`,
  onNewReports: (minutes: number) =>
    `**When:** reports are new or changed, and have then stayed the same for ${minutes.toLocaleString("en")} ${minutes === 1 ? "minute" : "minutes"}`,
  nothing: "When nothing is new, nothing is sent.",
  endedHint: "Nothing more is sent. For 30 days it can be put back; then it also tells what came in meanwhile.",

  hello: (server: string) => `What is new in the reports of ${server} will come here, as you have asked for.`,
  why: (server: string) => `You get this because you subscribed to it in ${server}.`,
  whyChannel: "This channel is subscribed to it. Moderators can end that.",
  more: (count: number, server: string) =>
    `${count.toLocaleString("en")} more ${count === 1 ? "quote" : "quotes"}: use /brief with “since” in ${server}.`,

  tooMany: (most: number) => `You have ${most} subscriptions here, and more are not possible. End one first.`,
  notModerator:
    "Only moderators can have this posted in a channel. Leave “channel” out, and it comes to you as a direct message.",
  noChannel: "The bot does not know this channel, or cannot post in channels of its kind.",
  cannotPost: (missing: string, channel: string) =>
    `The bot cannot post in ${channel}. What it lacks there: ${missing}.`,
  youCannotPost: (channel: string) => `You may not write in ${channel} yourself.`,
  permissions: {
    ViewChannel: "View Channel",
    SendMessages: "Send Messages",
    ReadMessageHistory: "Read Message History",
  },
  closed:
    "Discord does not let the bot write to you, so nothing was ordered. Allow direct messages in the privacy settings of this server, and try again.",
  notKept: "Subscriptions cannot be kept just now. A moderator has to look at the bot.",
  unknown: "This subscription is not there any more. /brief with “subscribe” makes a new one.",
  notYours: "Only who ordered this subscription can change it; what goes to a channel, moderators of its server.",
};
