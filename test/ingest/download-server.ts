/** A real https server on the loopback interface, for tests of downloads. */

import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SitrepError } from "../../src/domain/errors.ts";
import { type DownloadOptions, download } from "../../src/ingest/download.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/tls");
const certificate = readFileSync(join(FIXTURES, "certificate.pem"), "utf8");
const key = readFileSync(join(FIXTURES, "key.pem"), "utf8");

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
export const answers = new Map<string, Answer>();
/** What the server was asked for. */
export const asked: { path: string; headers: IncomingMessage["headers"] }[] = [];
let server: Server;
let port = 0;

export async function startServer(): Promise<void> {
  server = createServer({ key, cert: certificate }, (request, response) => {
    const path = request.url ?? "";
    asked.push({ path, headers: request.headers });
    const answer = answers.get(path);
    if (answer === undefined) response.writeHead(404).end("nothing here");
    else answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
}

export const portOf = (): number => port;

export async function stopServer(): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

let made = 0;
/** A path of the server with this answer. */
export function at(answer: Answer): string {
  made += 1;
  const path = `/${made}/page`;
  answers.set(path, answer);
  return path;
}

export const sends = (body: string | Uint8Array, headers: Record<string, string> = {}): Answer => {
  return (_request, response) => response.writeHead(200, headers).end(body);
};
export const leadsTo = (location: string, status = 302): Answer => {
  return (_request, response) => response.writeHead(status, { location }).end("moved");
};
export const urlOf = (path: string, host = "reports.test"): string => `https://${host}:${port}${path}`;

export const options = (changes: Partial<DownloadOptions> = {}): DownloadOptions => ({
  maxBytes: 100_000,
  ca: certificate,
  allowedPorts: [port],
  isAllowed: (address) => address === "127.0.0.1",
  resolve: async () => ["127.0.0.1"],
  ...changes,
});
export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The fault of a download that must fail. */
export async function faultOf(address: string, changes: Partial<DownloadOptions> = {}): Promise<SitrepError> {
  const fault: unknown = await download(address, options(changes)).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof SitrepError)) throw new Error(`no SitrepError but ${String(fault)}`);
  return fault;
}
