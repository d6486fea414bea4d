/** Every way to break a rule about commands, one at a time. */

import type { Json } from "./json.ts";
import type { Rule } from "./rules.ts";
import type { Breach } from "./stage.ts";

const command = (fields: Json = {}): Json => ({
  name: "find",
  description: "Finds",
  contexts: [0],
  integration_types: [0],
  ...fields,
});
const option = (fields: Json = {}): Json => ({ type: 3, name: "what", description: "What", ...fields });

function registering(rule: Rule, commands: readonly Json[], by?: string, status: number | null = 400): Breach {
  return {
    rule,
    status,
    act: ({ request, discord }) => request("PUT", `/applications/${discord.applicationId}/commands`, commands),
    ...(by === undefined ? {} : { by }),
  };
}
const one = (rule: Rule, fields: Json, by?: string): Breach => registering(rule, [command(fields)], by);

export const COMMAND_BREACHES: readonly Breach[] = [
  one("schema", { options: Array.from({ length: 26 }, (_, index) => option({ name: `o${index}` })) }, "26 options"),
  one("schema", { default_member_permissions: "many" }, "permissions that are no number"),
  one("schema", { description: "x".repeat(101) }, "a description of 101 characters"),
  one("command-name", { name: "Find" }, "a capital"),
  one("command-name", { name: "find it" }, "a space"),
  one("command-name", { options: [option({ name: "what?" })] }, "an option"),
  one("command-name", { name_localizations: { de: "Finde" } }, "a localization"),
  one("command-description", { description: "" }),
  registering("command-description", [{ ...command(), name: "Find it", type: 3 }], "a context-menu command"),
  one("command-locale", { name_localizations: { ur: "find" } }),
  registering("command-duplicate", [command(), command()], "commands"),
  one("command-duplicate", { options: [option(), option()] }, "options"),
  one(
    "command-duplicate",
    {
      options: [
        option({
          choices: [
            { name: "a", value: "1" },
            { name: "a", value: "2" },
          ],
        }),
      ],
    },
    "choices",
  ),
  one("command-options", { options: [option(), option({ name: "who", required: true })] }, "required after optional"),
  one(
    "command-options",
    { options: [{ type: 1, name: "now", description: "Now" }, option()] },
    "subcommands beside options",
  ),
  one(
    "command-options",
    { options: [option({ autocomplete: true, choices: [{ name: "a", value: "1" }] })] },
    "choices and autocomplete",
  ),
  one("command-options", { options: [option({ min_length: 5, max_length: 4 })] }, "limits that cross"),
  one(
    "command-options",
    { options: [option({ choices: [{ name: "a", value: "x".repeat(101) }] })] },
    "a value of 101 characters",
  ),
  registering(
    "command-options",
    [{ name: "Find it", type: 3, contexts: [0], integration_types: [0], options: [option()] }],
    "a context-menu command",
  ),
  one("command-length", {
    options: Array.from({ length: 25 }, (_, index) =>
      option({
        name: `o${index}`,
        choices: Array.from({ length: 4 }, (_, place) => ({
          name: `${place}${"x".repeat(40)}`,
          value: "y".repeat(45),
        })),
      }),
    ),
  }),
  registering("command-deprecated", [command({ dm_permission: false })], "dm_permission", null),
  registering("command-deprecated", [{ name: "find", description: "Finds" }], "no contexts", null),
  registering(
    "command-count",
    Array.from({ length: 101 }, (_, index) => command({ name: `find${index}` })),
  ),
  {
    rule: "command-count",
    by: "200 a day",
    status: 400,
    act: async ({ request, discord }) => {
      for (const round of [1, 2, 3]) {
        const commands = Array.from({ length: 70 }, (_, index) => command({ name: `find${round}x${index}` }));
        await request("PUT", `/applications/${discord.applicationId}/commands`, commands);
      }
    },
  },
];
