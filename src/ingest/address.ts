/** Which network addresses are on the public Internet. */

import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** What is in use as addresses of single machines on the Internet (IANA, IPv6 Global Unicast Address Assignments). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");
/** IPv6-only networks reach IPv4 through this prefix (RFC 6052, section 2.1); the last four bytes are the address. */
const NAT64 = ipaddr.IPv6.parseCIDR("64:ff9b::/96");

/**
 * Whether an address is of a single machine on the public Internet, and of none that only this machine or its
 * network can reach. Refused is what the registries of special-purpose addresses list (RFC 6890 and what followed:
 * https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry): private (RFC 1918),
 * unique local (RFC 4193), loopback, link-local (RFC 3927, 4291), carrier-grade NAT (RFC 6598), benchmarking (RFC 2544,
 * 5180), documentation (RFC 5737, 3849, 9637), protocol assignments, AS112, AMT, reserved, unspecified and broadcast
 * addresses; and multicast (RFC 5771, 4291). An IPv4 address inside an IPv6 one is judged itself where it is
 * IPv4-mapped (RFC 4291) or behind NAT64 (RFC 6052); 6to4 (RFC 3056), Teredo (RFC 4380), IPv4-compatible addresses and
 * those with a zone are refused.
 * @param address an IP address as `node:net` knows it; anything else is not public.
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js also takes "0x7f.1" and the like, which is a name or nothing to everything else here.
  if (isIP(address) === 0 || address.includes("%")) return false;
  // It also takes "::8.8.8.8" for "::ffff:8.8.8.8", which is another address; `URL` writes both without dots.
  const isIPv6 = isIP(address) === 6;
  const parsed = ipaddr.parse(isIPv6 ? new URL(`https://[${address}]`).hostname.slice(1, -1) : address);
  if (parsed instanceof ipaddr.IPv4) return parsed.range() === "unicast";
  if (!(parsed instanceof ipaddr.IPv6)) return false;
  if (parsed.isIPv4MappedAddress() || parsed.match(NAT64)) {
    return new ipaddr.IPv4(parsed.toByteArray().slice(12)).range() === "unicast";
  }
  return parsed.match(GLOBAL_UNICAST) && parsed.range() === "unicast";
}
