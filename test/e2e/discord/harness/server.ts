/**
 * A Discord of our own, for end-to-end tests: it speaks the REST API and the gateway on a loopback port, and the real
 * discord.js connects to it. It answers as Discord does, refuses what Discord refuses, and writes down every rule that
 * the bot breaks (rules.ts), whether Discord would have answered with an error or let it pass.
 *
 * ```ts
 * const discord = await startDiscord();
 * const guild = discord.guild();
 * const channel = guild.channel("general");
 * const ana = guild.member({ name: "ana", permissions: ["ManageGuild"] });
 *
 * const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.api } });
 * await client.login(discord.token);
 * await discord.ready();
 *
 * const reply = await ana.command("ask", { question: "Who said it?" }, { channel }); // resolves at the acknowledgement
 * await reply.settled(); // the deferred answer is there
 * expect(reply.plain()).toContain("…");
 * const more = await reply.click("More evidence");
 *
 * await client.destroy();
 * await discord.close(); // throws when a rule was broken
 * ```
 *
 * A test that breaks a rule on purpose takes it off the list: `expect(discord.take("pings")).toHaveLength(1)`.
 * Trouble is ordered with `discord.faults.order("PATCH /webhooks/**", { status: 429 })` and with the methods of
 * `discord.gateway`. `discord.advance(ms)` puts the clock forward on which tokens expire.
 */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Commands } from "./commands.ts";
import { Changes, type Core, type LogEntry, type Settings } from "./core.ts";
import { Faults, requestPattern } from "./faults.ts";
import { Gateway } from "./gateway.ts";
import { addGuild, type TestGuild } from "./guild.ts";
import { requestHandler } from "./http.ts";
import { Interactions } from "./interactions.ts";
import type { PermissionsString } from "./permissions.ts";
import { gaveUp, type Timing } from "./reply.ts";
import { BASIC_ROUTES } from "./routes-basic.ts";
import { CHANNEL_ROUTES } from "./routes-channels.ts";
import { COMMAND_ROUTES } from "./routes-commands.ts";
import { INTERACTION_ROUTES } from "./routes-interactions.ts";
import { type Rule, type Violation, Violations } from "./rules.ts";
import { State } from "./state.ts";

export interface Options extends Partial<Settings> {
  /** What the bot's role allows, on top of what everybody may do. */
  readonly botPermissions?: readonly PermissionsString[];
  /** Names of the channels of the first server. */
  readonly channels?: readonly string[];
}

const DEFAULTS: Settings = {
  token: "MTAwMDAwMDAwMDAwMDAwMDAwMA.Gtest0.a-token-that-only-this-server-takes",
  latency: 0,
  acknowledgeWithin: 3000,
  tokenLifetime: 15 * 60_000,
  lateIsViolation: true,
  requireAllowedMentions: true,
  heartbeatInterval: 41_250,
  grantedIntents: 0,
  identifyLimit: 1000,
  rateLimits: false,
  // Of a busy machine; how soon the bot answers is measured by the bench.
  patience: 15_000,
};

export class FakeDiscord {
  readonly core: Core;
  readonly #guild: TestGuild;
  readonly #stop: () => Promise<void>;
  readonly #advance: (milliseconds: number) => void;

  constructor(core: Core, guild: TestGuild, stop: () => Promise<void>, advance: (milliseconds: number) => void) {
    this.core = core;
    this.#guild = guild;
    this.#stop = stop;
    this.#advance = advance;
  }

  /** What discord.js takes as `rest.api`. */
  get api(): string {
    return `${this.core.baseUrl()}/api`;
  }

  get token(): string {
    return this.core.settings.token;
  }

  get applicationId(): string {
    return this.core.state.applicationId;
  }

  /** The id of the bot's user. */
  get botId(): string {
    return this.core.state.bot.id;
  }

  get gateway(): Gateway {
    return this.core.gateway;
  }

  get faults(): Faults {
    return this.core.faults;
  }

  get violations(): readonly Violation[] {
    return this.core.violations.list;
  }

  /** The server that is there from the beginning. */
  guild(): TestGuild {
    return this.#guild;
  }

  /** Another server that the bot is in; made before the bot connects. */
  addGuild(name: string, permissions: readonly PermissionsString[] = []): TestGuild {
    return addGuild(this.core, name, permissions);
  }

  /** The requests that match, as `faults.order` matches them; all when nothing is given. */
  requests(pattern?: string | RegExp): LogEntry[] {
    if (pattern === undefined) return [...this.core.log];
    const matching = requestPattern(pattern);
    return this.core.log.filter(({ method, path }) => matching.test(`${method} ${decodeURIComponent(path)}`));
  }

  /** When each interaction was sent, acknowledged and answered, in the order they were sent. */
  timings(): (Timing & { readonly name: string })[] {
    return [...this.core.interactions.all.values()].map(
      ({ name, dispatchedAt, acknowledgedAt, settledAt, lastEditAt }) => ({
        name,
        dispatchedAt,
        acknowledgedAt,
        settledAt,
        lastEditAt,
      }),
    );
  }

  /** How many requests count towards Discord's ban of addresses: 10,000 answers of 401, 403 or 429 in 10 minutes. */
  invalidRequests(): number {
    return this.core.log.filter(({ status }) => status === 401 || status === 403 || status === 429).length;
  }

  /** Waits until a bot is connected and identified. */
  async ready(timeout = this.core.settings.patience): Promise<void> {
    const { changes, gateway } = this.core;
    await changes.until(
      ["gateway"],
      timeout,
      () => gateway.isConnected(),
      () => gaveUp(this.core, `no bot was connected within ${timeout} ms`),
    );
  }

  /** Waits until commands are registered, globally or for the first server. */
  async registered(timeout = this.core.settings.patience): Promise<void> {
    const end = Date.now() + timeout;
    while (this.core.commands.of(null).length + this.core.commands.of(this.#guild.id).length === 0) {
      if (Date.now() > end) throw new Error(gaveUp(this.core, `no command was registered within ${timeout} ms`));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Puts the server's clock forward: interactions grow old at once. */
  advance(milliseconds: number): void {
    this.#advance(milliseconds);
  }

  /** Removes the violations of a rule that a test broke on purpose, and returns them. */
  take(rule: Rule): Violation[] {
    return this.core.violations.take(rule);
  }

  /** @throws Error that lists every rule that was broken */
  assertClean(): void {
    const { list } = this.core.violations;
    if (list.length === 0) return;
    throw new Error(`the bot broke ${list.length} of Discord's rules:\n${this.core.violations.describe()}`);
  }

  /** Ends the server. @throws Error that lists every rule that was broken, and every interaction left unanswered */
  async close(): Promise<void> {
    this.core.interactions.checkAnswered();
    await this.#stop();
    this.assertClean();
  }
}

/** Starts a Discord on a free loopback port, with one server in it. */
export async function startDiscord(options: Options = {}): Promise<FakeDiscord> {
  const { botPermissions = [], channels = ["general"], ...settings } = options;
  let ahead = 0;
  let port = 0;
  const now = (): number => performance.timeOrigin + performance.now() + ahead;
  const core: { -readonly [key in keyof Core]: Core[key] } = {
    settings: { ...DEFAULTS, ...settings },
    state: new State(now),
    violations: new Violations(),
    log: [],
    changes: new Changes(),
    faults: new Faults(),
    files: new Map(),
    now,
    baseUrl: () => `http://127.0.0.1:${port}`,
  } as unknown as Core;
  core.commands = new Commands(core);
  core.interactions = new Interactions(core);
  core.gateway = new Gateway(core);
  const guild = addGuild(core, "Desk", botPermissions);
  for (const name of channels) guild.channel(name);

  const server = createServer(
    requestHandler(core, [...BASIC_ROUTES, ...COMMAND_ROUTES, ...CHANNEL_ROUTES, ...INTERACTION_ROUTES]),
  );
  server.on("upgrade", (request, socket, head) => core.gateway.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;

  const stop = async (): Promise<void> => {
    core.gateway.close();
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return new FakeDiscord(core, guild, stop, (milliseconds) => {
    ahead += milliseconds;
  });
}
