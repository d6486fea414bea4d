/** What a route is made of: the call it is given, the answer it gives, and the errors of Discord's API. */

import type { Core, UploadedFile } from "./core.ts";
import type { Json } from "./json.ts";

export interface Call {
  readonly method: string;
  /** What stands for the `*` of the route, in order. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: ReadonlyMap<string, UploadedFile>;
  /** Method and path, for messages. */
  readonly request: string;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Segments with `*` where an id stands. */
  readonly path: string;
  /** Whether the bot's token is needed. */
  readonly open?: true;
  readonly handle: (core: Core, call: Call) => Answer;
}

/** Discord's codes for what went wrong. */
export const CODE = {
  GENERAL: 0,
  UNKNOWN_CHANNEL: 10003,
  UNKNOWN_GUILD: 10004,
  UNKNOWN_MEMBER: 10007,
  UNKNOWN_MESSAGE: 10008,
  UNKNOWN_USER: 10013,
  UNKNOWN_WEBHOOK: 10015,
  UNKNOWN_INTERACTION: 10062,
  UNKNOWN_COMMAND: 10063,
  TOO_MANY_COMMANDS: 30032,
  ALREADY_ACKNOWLEDGED: 40060,
  MISSING_ACCESS: 50001,
  NO_DIRECT_MESSAGES: 50007,
  NO_MUTUAL_GUILDS: 50278,
  FOREIGN_MESSAGE: 50005,
  EMPTY_MESSAGE: 50006,
  MISSING_PERMISSIONS: 50013,
  INVALID_WEBHOOK_TOKEN: 50027,
  INVALID_FORM: 50035,
  ARCHIVED_THREAD: 50083,
  INVALID_JSON: 50109,
  THREAD_EXISTS: 160004,
} as const;

export class ApiError extends Error {
  readonly status: number;
  readonly body: Json;

  constructor(status: number, code: number, message: string, errors?: Json) {
    super(message);
    this.status = status;
    this.body = { message, code, ...(errors === undefined ? {} : { errors }) };
  }
}

/** The parameter of a route at a place. */
export function param(call: Call, index: number): string {
  const value = call.params[index];
  if (value === undefined) throw new Error(`${call.request} has no parameter ${index}`);
  return value;
}
