/** The HTTP side: reads a request, finds its route, and answers as Discord does, with trouble where it was ordered. */

import type { IncomingMessage, ServerResponse } from "node:http";
import { type Answer, ApiError, type Call, CODE, type Route } from "./api.ts";
import type { Core, LogEntry, UploadedFile } from "./core.ts";
import type { Trouble } from "./faults.ts";
import { isObject, type Json } from "./json.ts";
import { RateLimits } from "./rate-limits.ts";

const LONGEST_LOG = 50_000;
const PREFIX = /^\/api\/v10(?=\/)/;

interface Found {
  readonly route: Route;
  readonly params: readonly string[];
}

/** A function that answers the requests of a bot. */
export function requestHandler(
  core: Core,
  routes: readonly Route[],
): (request: IncomingMessage, response: ServerResponse) => void {
  const find = router(routes);
  const limits = new RateLimits(core);
  const started = core.now();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "GET";
    const url = new URL(request.url ?? "/", "http://discord.local");
    const file = core.files.get(url.pathname);
    if (file !== undefined) {
      response.writeHead(200, { "content-type": file.contentType, "content-length": file.content.length });
      response.end(file.content);
      return;
    }
    const path = url.pathname.replace(PREFIX, "");
    const bytes = await readBody(request);
    const { body, files, broken } = await parseBody(request, bytes);
    const name = `${method} ${decodeURIComponent(path)}`;
    const entry: LogEntry = {
      at: core.now() - started,
      method,
      path: path + url.search,
      body,
      status: null,
      error: null,
    };
    if (core.log.length < LONGEST_LOG) core.log.push(entry);

    const trouble = core.faults.take(name);
    const early = core.faults.early(name, core.now());
    // The clocks of timers are a little off: what comes a few milliseconds early did wait.
    if (early > 20) {
      core.violations.add("ignored-retry-after", `came ${early.toFixed(0)} ms before the time to wait was over`, name);
    }
    const wait = (trouble?.delay ?? 0) + core.settings.latency;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (trouble?.reset === "before" || trouble?.hangUp === "before") {
      breakOff(request, trouble);
      return;
    }
    const send = (status: number, content: unknown, headers: Record<string, string> = {}): void => {
      entry.status = status;
      if (status >= 400 && isObject(content)) entry.error = content;
      if (trouble?.reset === "after" || trouble?.hangUp === "after") breakOff(request, trouble);
      else respond(response, status, content, headers);
    };
    if (trouble?.status === 429) {
      const { retryAfter = 0.2, global = false } = trouble;
      core.faults.told(name, global, core.now() + retryAfter * 1000);
      send(429, limited(retryAfter, global), limits.exceeded(name, retryAfter, global ? "global" : "shared"));
      return;
    }
    if (trouble?.status !== undefined) {
      send(trouble.status, { message: `${trouble.status}: ordered by the test`, code: 0 });
      return;
    }
    const limit = limits.take(method, path);
    if (limit.retryAfter !== null) {
      core.faults.told(name, false, core.now() + limit.retryAfter * 1000);
      send(429, limited(limit.retryAfter, false), limits.exceeded(name, limit.retryAfter, "user"));
      return;
    }
    const outcome = handle(core, find, {
      method,
      path,
      query: url.searchParams,
      body,
      broken,
      files,
      request: name,
      authorization: request.headers.authorization,
    });
    if (trouble?.hold !== undefined) await new Promise((resolve) => setTimeout(resolve, trouble.hold));
    send(outcome.status, outcome.body, limit.headers);
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      core.violations.add("server-fault", error instanceof Error ? String(error.stack) : String(error), request.url);
      if (!response.headersSent) respond(response, 500, { message: String(error), code: 0 }, {});
    });
  };
}

interface Incoming extends Omit<Call, "params"> {
  readonly path: string;
  readonly broken: boolean;
  readonly authorization: string | undefined;
}

function handle(core: Core, find: (method: string, path: string) => Found | null, incoming: Incoming): Answer {
  const { method, path, broken, authorization, ...call } = incoming;
  const found = find(method, path);
  if (found === null) {
    core.violations.add("unknown-route", "no such route", call.request);
    return { status: 404, body: { message: "404: Not Found", code: 0 } };
  }
  if (found.route.open !== true && authorization !== `Bot ${core.settings.token}`) {
    const reason = authorization === undefined ? "no Authorization header" : "a wrong Authorization header";
    core.violations.add("missing-authorization", reason, call.request);
    return { status: 401, body: { message: "401: Unauthorized", code: 0 } };
  }
  if (broken) {
    core.violations.add("bad-body", "the body is no JSON", call.request);
    return { status: 400, body: { message: "The request body contains invalid JSON.", code: CODE.INVALID_JSON } };
  }
  try {
    return found.route.handle(core, { ...call, method, params: found.params });
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    throw error;
  }
}

function breakOff(request: IncomingMessage, { reset }: Trouble): void {
  if (reset === undefined) request.socket.destroy();
  else request.socket.resetAndDestroy();
}

function limited(retryAfter: number, global: boolean): Json {
  return { message: "You are being rate limited.", retry_after: retryAfter, global };
}

function respond(response: ServerResponse, status: number, body: unknown, headers: Record<string, string>): void {
  if (body === undefined) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

/** Finds routes by method and number of segments, so that a request is compared with few of them. */
function router(routes: readonly Route[]): (method: string, path: string) => Found | null {
  const table = new Map<string, { route: Route; segments: string[] }[]>();
  for (const route of routes) {
    const segments = route.path.split("/").slice(1);
    const key = `${route.method} ${segments.length}`;
    table.set(key, [...(table.get(key) ?? []), { route, segments }]);
  }
  return (method, path) => {
    const given = path.split("/").slice(1).map(decodeURIComponent);
    for (const { route, segments } of table.get(`${method} ${given.length}`) ?? []) {
      if (segments.every((segment, index) => segment === "*" || segment === given[index])) {
        return { route, params: given.filter((_, index) => segments[index] === "*") };
      }
    }
    return null;
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

interface Body {
  readonly body: unknown;
  readonly files: Map<string, UploadedFile>;
  readonly broken: boolean;
}

async function parseBody(request: IncomingMessage, bytes: Buffer): Promise<Body> {
  const files = new Map<string, UploadedFile>();
  if (bytes.length === 0) return { body: undefined, files, broken: false };
  const type = request.headers["content-type"] ?? "";
  try {
    if (!type.startsWith("multipart/form-data")) return { body: JSON.parse(bytes.toString()), files, broken: false };
    const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
    let body: unknown;
    for (const [name, value] of form) {
      if (name === "payload_json") body = JSON.parse(typeof value === "string" ? value : await value.text());
      else if (typeof value !== "string") {
        const content = Buffer.from(await value.arrayBuffer());
        files.set(name, { name: value.name, contentType: value.type || "application/octet-stream", content });
      }
    }
    return { body, files, broken: false };
  } catch {
    return { body: bytes.toString(), files, broken: true };
  }
}
