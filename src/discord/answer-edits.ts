/** Putting an answer in the place of the promise of one: a path of its own, which the bot's other requests do not share. */

import { REST, type RESTPatchAPIWebhookWithTokenMessageResult, Routes } from "discord.js";
import type { DiscordConfig } from "../config.ts";
import type { MessageBody, PictureFile } from "./components.ts";
import { v2 } from "./replies.ts";

export interface AnswerEdits {
  /**
   * @param pictures all that the message is to have: those of the page before go.
   * @returns the id of the message. @throws {DiscordAPIError}
   */
  edit(
    interaction: { readonly applicationId: string; readonly token: string },
    body: MessageBody,
    pictures?: readonly PictureFile[],
  ): Promise<string>;
  close(): void;
}

/**
 * Discord exempts answers to interactions from the 50 requests a second that a bot has (docs, "Rate limits"), but the
 * client of discord.js counts all its requests, so that the answers to 200 questions would take it four seconds.
 */
export function createAnswerEdits({ apiUrl }: Pick<DiscordConfig, "apiUrl">): AnswerEdits {
  const rest = new REST({
    globalRequestsPerSecond: Number.MAX_SAFE_INTEGER,
    ...(apiUrl === null ? {} : { api: apiUrl }),
  });
  return {
    async edit({ applicationId, token }, body, pictures = []) {
      const message = (await rest.patch(Routes.webhookMessage(applicationId, token, "@original"), {
        // The token in the address says who it is.
        auth: false,
        body: {
          ...v2(body),
          allowed_mentions: { parse: [] },
          attachments: pictures.map(({ name, alt }, at) => ({ id: String(at), filename: name, description: alt })),
        },
        files: pictures.map(({ name, png }) => ({ name, data: Buffer.from(png), contentType: "image/png" })),
      })) as RESTPatchAPIWebhookWithTokenMessageResult;
      return message.id;
    },
    close() {
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
    },
  };
}
