/** Registers the commands with Discord. */

import { DiscordAPIError, REST, Routes } from "discord.js";
import type { DiscordConfig } from "../config.ts";
import { SitrepError } from "../domain/errors.ts";
import { tokenRefused } from "./client.ts";
import { commandDefinitions } from "./commands.ts";
import { stringsFor } from "./strings.ts";

export interface Deployed {
  /** A server's id; null for every server that the bot is in. */
  readonly guildId: string | null;
  readonly commands: readonly string[];
}

/**
 * Replaces all registered commands with the present ones: in the servers of the settings, or, where there are none,
 * for every server (Discord shows those within an hour at most).
 * @param guildIds replaces those of the settings.
 * @throws {SitrepError} "bad-config" for a token that is missing or not taken, or a server that the bot is not in;
 *   "provider-failed" for anything else that Discord says.
 */
export async function deployCommands(
  config: DiscordConfig,
  guildIds: readonly string[] = config.guildIds,
): Promise<readonly Deployed[]> {
  const rest = restWith(config.token, config.apiUrl);
  const body = commandDefinitions(stringsFor(config.language));
  try {
    const { id } = (await rest.get(Routes.currentApplication())) as { id: string };
    const deployed: Deployed[] = [];
    for (const guildId of guildIds.length === 0 ? [null] : guildIds) {
      const route = guildId === null ? Routes.applicationCommands(id) : Routes.applicationGuildCommands(id, guildId);
      const commands = (await rest.put(route, { body })) as { name: string }[];
      deployed.push({ guildId, commands: commands.map(({ name }) => name) });
    }
    return deployed;
  } catch (fault) {
    throw inWords(fault);
  }
}

/**
 * Asks Discord whether it takes the token, before anything that takes long.
 * @throws {SitrepError} as `deployCommands` does.
 */
export async function checkToken({ token, apiUrl }: DiscordConfig): Promise<void> {
  try {
    await restWith(token, apiUrl).get(Routes.currentApplication());
  } catch (fault) {
    throw inWords(fault);
  }
}

/** @throws {SitrepError} "bad-config" where there is no token. */
function restWith(token: string | null, apiUrl: string | null): REST {
  if (token === null) {
    throw new SitrepError("bad-config", "DISCORD_TOKEN is not set", {
      hint: "Put the bot's token into .env; docs/discord.md says where to get it.",
    });
  }
  return new REST(apiUrl === null ? {} : { api: apiUrl }).setToken(token);
}

/** The interface's own message names what it does not take. The fault itself carries the request: it is not passed on. */
function inWords(fault: unknown): SitrepError {
  if (fault instanceof SitrepError) return fault;
  if (!(fault instanceof DiscordAPIError)) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    return new SitrepError("provider-failed", `Discord could not be reached: ${reason}`, {
      hint: "Check the network, the proxy, and DISCORD_API_URL where it is set.",
    });
  }
  if (fault.status === 401) {
    return tokenRefused();
  }
  if (fault.status === 403 || fault.status === 404) {
    return new SitrepError(
      "bad-config",
      "The bot is not in a server of DISCORD_GUILD_IDS, or may not add commands there",
      {
        hint: "Invite it with the scopes bot and applications.commands; docs/discord.md has the address.",
      },
    );
  }
  return new SitrepError("provider-failed", `Discord did not take the commands: ${fault.message}`);
}
