/** What can go wrong with a download, in words for the person who gave the address. */

import { SitrepError } from "../domain/errors.ts";

/** What always works. */
export const SAVE_IT = "You can also save it with your browser, and add the file.";

/** What OpenSSL and Node call a certificate that proves nothing, and why it does not. */
const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "has expired",
  CERT_NOT_YET_VALID: "is not valid yet",
  CERT_REVOKED: "was revoked",
  DEPTH_ZERO_SELF_SIGNED_CERT: "is signed by itself only",
  SELF_SIGNED_CERT_IN_CHAIN: "is signed by somebody unknown",
  UNABLE_TO_GET_ISSUER_CERT: "is signed by somebody unknown",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "is signed by somebody unknown",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "is signed by somebody unknown, or its server leaves out a part of it",
  ERR_TLS_CERT_ALTNAME_INVALID: "is that of another server",
};

const CONNECTION_FAULTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refuses connections",
  ECONNRESET: "broke off the connection",
  EPIPE: "broke off the connection",
  ERR_STREAM_PREMATURE_CLOSE: "broke off the connection",
  ETIMEDOUT: "does not answer",
  EHOSTUNREACH: "cannot be reached from here",
  ENETUNREACH: "cannot be reached from here",
  EPROTO: "does not speak https",
};

const STATUS_FAULTS: Readonly<Record<number, string>> = {
  401: "gives this only to people who have signed in",
  403: "refuses to give this, at least to programs",
  404: "has nothing at this address",
  410: "has nothing at this address any more",
  429: "is asked too often",
  451: "is forbidden by law to give this",
};

/**
 * An address that must not be asked.
 * @param from the address that redirects to it; null for what the person gave.
 * @param fault what it is or does, after "The address".
 */
export function badAddress(from: URL | null, fault: string, hint: string): SitrepError {
  const subject = from === null ? "The address" : `${from.hostname} leads on to an address that`;
  return new SitrepError("bad-input", `${subject} ${fault}`, { hint });
}

/** An answer that is not the thing asked for. */
export function refusedStatus(status: number, host: string): SitrepError {
  const words = STATUS_FAULTS[status] ?? (status >= 500 ? "has a fault of its own" : "does not give this");
  const hint = status === 429 || status >= 500 ? "Try again later." : "Check the address.";
  return new SitrepError("bad-input", `${host} ${words} (status ${status})`, { hint: `${hint} ${SAVE_IT}` });
}

/** A fault of the network as one of the person's address; one that is in plain words already stays. */
export function inPlainWords(fault: unknown, host: string): SitrepError {
  if (fault instanceof SitrepError) return fault;
  const code = fault instanceof Error && "code" in fault && typeof fault.code === "string" ? fault.code : "";
  const hint = `Check the address, or try again later. ${SAVE_IT}`;
  return new SitrepError("bad-input", wordsFor(code, host), { hint, cause: fault });
}

function wordsFor(code: string, host: string): string {
  const certificate = CERTIFICATE_FAULTS[code];
  if (certificate !== undefined)
    return `The certificate of ${host} ${certificate}: nobody knows whose page it would be`;
  const connection = CONNECTION_FAULTS[code];
  if (connection !== undefined) return `${host} ${connection}`;
  if (code === "ENOTFOUND" || code === "ENODATA") return `There is no server named ${host}`;
  if (code === "EAI_AGAIN") return `The name ${host} cannot be looked up at the moment`;
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) return `No secure connection to ${host} can be made`;
  if (code.startsWith("HPE_")) return `${host} does not answer as a web server does`;
  return `Nothing could be had from ${host}${code === "" ? "" : ` (${code})`}`;
}
