/** The WebSocket side: sessions that are identified, kept alive, dropped and resumed, and the events they are sent. */

import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Core } from "./core.ts";
import { isObject, type Json, number, text } from "./json.ts";
import { guildCreateJson, memberJson, userJson } from "./wire.ts";

/** Bits of the intents that events here depend on. */
export const INTENT = {
  Guilds: 1 << 0,
  GuildMembers: 1 << 1,
  GuildPresences: 1 << 8,
  GuildMessages: 1 << 9,
  GuildMessageReactions: 1 << 10,
  DirectMessages: 1 << 12,
  MessageContent: 1 << 15,
} as const;

/** Intents that Discord gives only to applications that were granted them. */
export const PRIVILEGED = INTENT.GuildMembers | INTENT.GuildPresences | INTENT.MessageContent;

/** A client may send 120 messages in a minute, heartbeats included. */
const SENDS_A_MINUTE = 120;

export interface Session {
  readonly id: string;
  readonly intents: number;
  sequence: number;
  readonly sent: { readonly sequence: number; readonly payload: string }[];
  socket: WebSocket | null;
}

interface Payload {
  readonly op: number;
  readonly d: unknown;
}

export class Gateway {
  readonly sessions: Session[] = [];
  /** How often a bot identified, and how often it resumed. */
  identifies = 0;
  resumes = 0;
  heartbeats = 0;
  /** Whether heartbeats are left without their acknowledgement. */
  ignoresHeartbeats = false;
  readonly #core: Core;
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });

  constructor(core: Core) {
    this.#core = core;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (client) => this.#greet(client));
  }

  /** Whether a session is identified and connected. */
  isConnected(): boolean {
    return this.sessions.some(({ socket }) => socket !== null);
  }

  /**
   * Sends an event to every session that asked for it by its intents. A session without connection gets it when it
   * resumes.
   * @param intent the bit that a session needs; 0 for events that everybody gets
   * @param data made for each session, as what it may see depends on its intents; null sends nothing
   */
  dispatch(event: string, intent: number, data: (session: Session) => Json | null): void {
    for (const session of this.sessions) {
      if (intent !== 0 && (session.intents & intent) === 0) continue;
      const content = data(session);
      if (content !== null) this.#send(session, event, content);
    }
  }

  /** Drops the connection: with a close code, or without a word when none is given. */
  drop(code?: number): void {
    for (const session of this.sessions) {
      if (code === undefined) session.socket?.terminate();
      else session.socket?.close(code);
      session.socket = null;
    }
  }

  /** Asks the bot to reconnect (op 7). */
  askToReconnect(): void {
    for (const { socket } of this.sessions) socket?.send(JSON.stringify({ op: 7, d: null }));
  }

  /** Tells the bot that its session is invalid (op 9). */
  invalidate(resumable: boolean): void {
    const sockets = this.sessions.map(({ socket }) => socket);
    if (!resumable) this.sessions.length = 0;
    for (const socket of sockets) socket?.send(JSON.stringify({ op: 9, d: resumable }));
  }

  /** Breaks the connection and forgets the session, so that a resume is refused. */
  forgetSessions(): void {
    this.sessions.length = 0;
    for (const socket of this.#server.clients) socket.terminate();
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #send(session: Session, event: string, data: Json): void {
    session.sequence += 1;
    const payload = JSON.stringify({ op: 0, t: event, s: session.sequence, d: data });
    session.sent.push({ sequence: session.sequence, payload });
    session.socket?.send(payload);
  }

  #greet(socket: WebSocket): void {
    let session: Session | null = null;
    const times: number[] = [];
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: this.#core.settings.heartbeatInterval } }));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = null;
      this.#core.changes.notify("gateway");
    });
    socket.on("message", (bytes) => {
      const payload = parse(String(bytes));
      if (payload === null) return this.#refuse(socket, 4002, "a message that is no JSON with an op");
      const now = this.#core.now();
      times.push(now);
      if (times.filter((time) => time > now - 60_000).length > SENDS_A_MINUTE) {
        return this.#refuse(socket, 4008, `more than ${SENDS_A_MINUTE} messages in a minute`);
      }
      if (payload.op === 1) return this.#heartbeat(socket);
      if (payload.op === 2) {
        if (session !== null) return this.#refuse(socket, 4005, "a second identify on one connection");
        session = this.#identify(socket, payload.d);
      } else if (payload.op === 6) session = this.#resume(socket, payload.d);
      else if (session === null) this.#refuse(socket, 4003, `op ${payload.op} before identify`);
      else if (payload.op === 8) this.#members(session, payload.d);
      else if (payload.op !== 3) this.#refuse(socket, 4001, `op ${payload.op}, which no bot sends`);
    });
  }

  #refuse(socket: WebSocket, code: number, reason: string): void {
    this.#core.violations.add("gateway-protocol", reason, "gateway");
    socket.close(code, reason);
  }

  #heartbeat(socket: WebSocket): void {
    this.heartbeats += 1;
    if (!this.ignoresHeartbeats) socket.send(JSON.stringify({ op: 11 }));
  }

  #identify(socket: WebSocket, data: unknown): Session | null {
    const { settings, violations, state } = this.#core;
    const fields = isObject(data) ? data : {};
    if (fields.token !== settings.token) {
      violations.add("gateway-token", "identify with a wrong token", "gateway");
      socket.close(4004, "Authentication failed.");
      return null;
    }
    const intents = number(fields.intents);
    if (intents === null || !isObject(fields.properties)) {
      this.#refuse(socket, 4013, "identify without intents or properties");
      return null;
    }
    const forbidden = intents & PRIVILEGED & ~settings.grantedIntents;
    if (forbidden !== 0) {
      violations.add("privileged-intent", `intents ${intents} include ${forbidden}, which was not granted`, "gateway");
      socket.close(4014, "Disallowed intent(s).");
      return null;
    }
    if (this.identifies >= settings.identifyLimit) {
      violations.add("identify-limit", `more than ${settings.identifyLimit} identifies`, "gateway");
      socket.close(4008, "Session start limit reached.");
      return null;
    }
    this.identifies += 1;
    const session: Session = { id: `session${this.identifies}${state.id()}`, intents, sequence: 0, sent: [], socket };
    // A bot that identifies anew has given up the session it had.
    this.sessions.splice(0, this.sessions.length, session);
    this.#send(session, "READY", {
      v: 10,
      user: { ...userJson(state.bot), verified: true, mfa_enabled: true, email: null },
      guilds: [...state.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: "normal",
      resume_gateway_url: this.url(),
      shard: isList(fields.shard) ? fields.shard : [0, 1],
      application: { id: state.applicationId, flags: 0 },
      private_channels: [],
      relationships: [],
      presences: [],
    });
    if ((intents & INTENT.Guilds) !== 0) {
      for (const guild of state.guilds.values()) this.#send(session, "GUILD_CREATE", guildCreateJson(state, guild));
    }
    this.#core.changes.notify("gateway");
    return session;
  }

  #resume(socket: WebSocket, data: unknown): Session | null {
    const fields = isObject(data) ? data : {};
    if (fields.token !== this.#core.settings.token) {
      this.#core.violations.add("gateway-token", "resume with a wrong token", "gateway");
      socket.close(4004, "Authentication failed.");
      return null;
    }
    const session = this.sessions.find(({ id }) => id === text(fields.session_id));
    const from = number(fields.seq);
    if (session === undefined || from === null || from > session.sequence) {
      socket.send(JSON.stringify({ op: 9, d: false }));
      return null;
    }
    session.socket?.terminate();
    session.socket = socket;
    this.resumes += 1;
    for (const { sequence, payload } of session.sent) if (sequence > from) socket.send(payload);
    this.#send(session, "RESUMED", {});
    this.#core.changes.notify("gateway");
    return session;
  }

  /** Answers a request for members (op 8): those that were asked for by id, or all. */
  #members(session: Session, data: unknown): void {
    const fields = isObject(data) ? data : {};
    const guild = this.#core.state.guilds.get(text(fields.guild_id) ?? "");
    if (guild === undefined) return;
    const wanted = isList(fields.user_ids)
      ? fields.user_ids
      : text(fields.user_ids) === null
        ? null
        : [fields.user_ids];
    const members = [...guild.members.values()].filter(({ user }) => wanted === null || wanted.includes(user.id));
    this.#send(session, "GUILD_MEMBERS_CHUNK", {
      guild_id: guild.id,
      members: members.map(memberJson),
      chunk_index: 0,
      chunk_count: 1,
      ...(text(fields.nonce) === null ? {} : { nonce: fields.nonce }),
    });
  }

  /** Where a bot connects to. */
  url(): string {
    return this.#core.baseUrl().replace("http:", "ws:");
  }
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

function parse(message: string): Payload | null {
  try {
    const value: unknown = JSON.parse(message);
    return isObject(value) && typeof value.op === "number" ? { op: value.op, d: value.d } : null;
  } catch {
    return null;
  }
}
