/** A page or document from the web, for the corpus: only from the public Internet, and within limits. */

import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { SitrepError } from "../domain/errors.ts";
import { isPublicAddress } from "./address.ts";
import { bodyOf } from "./download-body.ts";
import { badAddress, inPlainWords, refusedStatus, SAVE_IT } from "./download-faults.ts";
import { fileNameOf, headerText } from "./file-name.ts";

export interface Downloaded {
  /** Unpacked, where the server packed them. */
  readonly bytes: Uint8Array;
  /** The last address, after redirects, without fragment. */
  readonly url: string;
  /** In small letters, without parameters; null where the server names none. */
  readonly contentType: string | null;
  /** In small letters, as the server names it. */
  readonly charset: string | null;
  /** A base name of at most 120 code units, safe to show and to write; null where there is none. */
  readonly fileName: string | null;
}

export interface DownloadOptions {
  /** Most bytes, both as they are sent and unpacked. */
  readonly maxBytes: number;
  /** For everything together: names, connections, redirects, the body. 30,000 where not given. */
  readonly timeoutMilliseconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** For tests, whose servers are on the loopback interface: which addresses may be connected to. */
  readonly isAllowed?: ((address: string) => boolean) | undefined;
  /** For tests: the addresses of a host name. */
  readonly resolve?: ((host: string) => Promise<readonly string[]>) | undefined;
  /** For tests: the one certificate authority that is trusted, as PEM. */
  readonly ca?: string | undefined;
  /** For tests: only 443 where not given. */
  readonly allowedPorts?: readonly number[] | undefined;
}

const DEFAULT_TIMEOUT_MILLISECONDS = 30_000;
const HTTPS_PORT = 443;
const MOST_REDIRECTS = 5;
/** The answers that name another address to get (RFC 9110, section 15.4). */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Downloads what is at an https address. Whoever may give an address must not get at this machine's own network
 * with it (server-side request forgery): for each address, that of every redirect too, the host's name is resolved
 * once, all that it stands for must be public, and the connection goes to one of these very addresses, so that a
 * second answer of the name server changes nothing. No proxy, cookies, credentials, or other port than 443.
 * @throws {SitrepError} "bad-input" with what is wrong with the address or what is there, without the address's path,
 *   query and credentials; "cancelled" by the signal.
 */
export async function download(address: string, options: DownloadOptions): Promise<Downloaded> {
  const { signal, timeoutMilliseconds = DEFAULT_TIMEOUT_MILLISECONDS } = options;
  const stop = new AbortController();
  const cancel = (): void => stop.abort();
  const timer = setTimeout(cancel, timeoutMilliseconds);
  signal?.addEventListener("abort", cancel, { once: true });
  if (signal?.aborted === true) cancel();
  try {
    return await follow(address, options, stop.signal);
  } catch (fault) {
    if (signal?.aborted === true) {
      throw new SitrepError("cancelled", "The download was cancelled", { cause: signal.reason });
    }
    if (!stop.signal.aborted) throw fault;
    throw new SitrepError("bad-input", `The download took more than ${timeoutMilliseconds / 1000} seconds`, {
      hint: `Try again later. ${SAVE_IT}`,
      cause: fault,
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}

async function follow(address: string, options: DownloadOptions, signal: AbortSignal): Promise<Downloaded> {
  let url = checkedUrl(address, null, options);
  let from: URL | null = null;
  for (let redirects = 0; ; redirects += 1) {
    try {
      const response = await get(url, await addressesOf(url, from, options, signal), options, signal);
      try {
        const location = REDIRECTS.has(response.statusCode ?? 0) ? response.headers.location : undefined;
        if (location === undefined) return await taken(response, url, options, signal);
        if (redirects === MOST_REDIRECTS) {
          throw new SitrepError("bad-input", `The address leads on more than ${MOST_REDIRECTS} times`, {
            hint: "Open it in a browser, and give the address that it ends at.",
          });
        }
        from = url;
        url = checkedUrl(headerText(location), from, options);
      } finally {
        response.destroy();
      }
    } catch (fault) {
      throw inPlainWords(fault, url.hostname);
    }
  }
}

/** The address, or the one that `from` redirects to, if it may be asked at all. */
function checkedUrl(address: string, from: URL | null, { allowedPorts = [HTTPS_PORT] }: DownloadOptions): URL {
  // An error of the platform would carry the address with whatever credentials are in it.
  if (!URL.canParse(address, from?.href)) {
    throw badAddress(from, "is no address of the web", "Give it in full: https://example.org/report.pdf");
  }
  const url = new URL(address, from?.href);
  if (url.protocol !== "https:") {
    const hint = url.protocol === "http:" ? `Try it with https://. ${SAVE_IT}` : SAVE_IT;
    throw badAddress(from, "does not begin with https://", hint);
  }
  if (url.username !== "" || url.password !== "") {
    throw badAddress(from, "holds a user name or a password", `Give it without. ${SAVE_IT}`);
  }
  if (!allowedPorts.includes(url.port === "" ? HTTPS_PORT : Number(url.port))) {
    throw badAddress(from, `names port ${url.port}, and only ${allowedPorts.join(", ")} is allowed`, SAVE_IT);
  }
  url.hash = "";
  return url;
}

/** The addresses of a host, each of them allowed. */
async function addressesOf(
  url: URL,
  from: URL | null,
  { isAllowed = isPublicAddress, resolve = resolveHost }: DownloadOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // For an IP address, which `URL` has brought into its usual form, Node asks no resolver.
  const addresses = isIP(host) === 0 ? await abortable(resolve(host), signal) : [host];
  if (addresses.length > 0 && addresses.every((each) => isIP(each) !== 0 && isAllowed(each))) return addresses;
  throw badAddress(from, "is not on the public Internet", `Only public pages can be downloaded. ${SAVE_IT}`);
}

async function resolveHost(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** Asks for what is at an address; resolves with the head of the answer. */
function get(
  url: URL,
  addresses: readonly string[],
  { ca }: DownloadOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      // An agent of our own: the global one keeps connections, and can be told to use a proxy.
      agent: new Agent({ keepAlive: false }),
      lookup: lookupFor(addresses),
      // Said outright, because an environment variable changes the default.
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca }),
      signal,
      headers: { "User-Agent": "Sitrep", Accept: "*/*", "Accept-Encoding": "identity" },
    });
    asked.on("error", reject);
    asked.on("response", (response) => {
      // What breaks off while nobody reads is told to whoever reads on.
      response.on("error", () => {});
      resolve(response);
    });
    asked.end();
  });
}

/** Gives a connection the addresses that were checked. */
function lookupFor(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const [first = { address: "", family: 4 }] = all;
    process.nextTick(() => {
      if (options.all === true) callback(null, all);
      else callback(null, first.address, first.family);
    });
  };
}

async function taken(
  response: IncomingMessage,
  url: URL,
  { maxBytes }: DownloadOptions,
  signal: AbortSignal,
): Promise<Downloaded> {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) throw refusedStatus(status, url.hostname);
  const { "content-type": type = "", "content-disposition": disposition } = response.headers;
  return {
    bytes: await abortable(bodyOf(response, maxBytes), signal),
    url: url.href,
    contentType: /^\s*([^\s;,]+\/[^\s;,]+)/.exec(type)?.[1]?.toLowerCase() ?? null,
    charset: /;\s*charset\s*=\s*"?([^\s;,"]+)/i.exec(type)?.[1]?.toLowerCase() ?? null,
    fileName: fileNameOf(disposition, url),
  };
}

/** What a promise gives, unless the signal comes first. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
