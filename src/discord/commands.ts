/** The commands as they are registered with Discord. */

import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { SCHEDULES } from "../domain/members.ts";
import { MAX_QUESTION_LENGTH } from "../domain/question-text.ts";
import type { Strings } from "./strings.ts";
import { LONGEST_FILTER } from "./views/reports.ts";

/** The message command's name; Discord shows it as it is. */
export const CHECK_COMMAND = "Check against sources";
/** What a moderator has to be allowed to do in a server. */
export const MODERATOR_PERMISSION = PermissionFlagsBits.ManageGuild;

/** Values of the option `subscribe` of /brief: the schedules, and the list of what one has. */
export const SUBSCRIBE_VALUES = [...SCHEDULES, "list"] as const;
/** The value of the option `since` of /brief. */
export const SINCE_LAST = "last";
/** What autocompletion can give back. */
export const LONGEST_SUBJECT = 100;

const { String: text, Boolean: yesOrNo, Channel: channel } = ApplicationCommandOptionType;
/** Where a message can be posted. */
const POSTABLE = [ChannelType.GuildText, ChannelType.GuildAnnouncement] as const;

/** Every command; in servers only, because reports are for a team and not for whoever writes to the bot. */
export function commandDefinitions({ commands }: Strings): RESTPostAPIApplicationCommandsJSONBody[] {
  const where = {
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
  const slash = { ...where, type: ApplicationCommandType.ChatInput } as const;
  // Only a default, which a server can change: the handlers check the member's permissions too.
  const moderators = { default_member_permissions: MODERATOR_PERMISSION.toString() };
  return [
    {
      ...slash,
      name: "ask",
      description: commands.ask,
      options: [
        {
          type: text,
          name: "question",
          description: commands.askQuestion,
          required: true,
          max_length: MAX_QUESTION_LENGTH,
        },
        { type: text, name: "report", description: commands.askReport, autocomplete: true },
        { type: text, name: "since", description: commands.askSince, min_length: 4, max_length: 10 },
        { type: text, name: "until", description: commands.askUntil, min_length: 4, max_length: 10 },
        { type: yesOrNo, name: "private", description: commands.askPrivate },
      ],
    },
    {
      ...slash,
      name: "brief",
      description: commands.brief,
      // Discord allows no subcommand beside the bare command, so that subscribing is an option.
      options: [
        {
          type: text,
          name: "subject",
          description: commands.briefSubject,
          autocomplete: true,
          max_length: LONGEST_SUBJECT,
        },
        {
          type: text,
          name: "since",
          description: commands.briefSince,
          choices: [{ name: commands.briefSinceLast, value: SINCE_LAST }],
        },
        {
          type: text,
          name: "subscribe",
          description: commands.briefSubscribe,
          choices: SUBSCRIBE_VALUES.map((value) => ({ name: commands.briefSchedules[value], value })),
        },
        { type: channel, name: "channel", description: commands.briefChannel, channel_types: [...POSTABLE] },
      ],
    },
    {
      ...slash,
      name: "start",
      description: commands.start,
      options: [{ type: channel, name: "post", description: commands.startPost, channel_types: [...POSTABLE] }],
    },
    {
      ...slash,
      name: "search",
      description: commands.search,
      options: [
        {
          type: text,
          name: "terms",
          description: commands.searchTerms,
          required: true,
          autocomplete: true,
          // What autocompletion can give back.
          max_length: 100,
        },
      ],
    },
    {
      ...slash,
      name: "sources",
      description: commands.sources,
      options: [
        {
          type: text,
          name: "filter",
          description: commands.sourcesFilter,
          autocomplete: true,
          max_length: LONGEST_FILTER,
        },
      ],
    },
    {
      ...slash,
      name: "report",
      description: commands.report,
      options: [{ type: text, name: "id", description: commands.reportId, required: true, autocomplete: true }],
    },
    { ...slash, name: "help", description: commands.help },
    { ...slash, ...moderators, name: "status", description: commands.status },
    {
      ...slash,
      ...moderators,
      name: "reindex",
      description: commands.reindex,
      options: [{ type: yesOrNo, name: "force", description: commands.reindexForce }],
    },
    { ...where, type: ApplicationCommandType.Message, name: CHECK_COMMAND },
  ];
}
