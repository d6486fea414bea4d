import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublicAddress } from "../../src/ingest/address.ts";

/** The IANA registries of special-purpose addresses (RFC 6890 and later), multicast, and what embeds IPv4. */
const SPECIAL_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "255.255.255.255/32",
];
const SPECIAL_IPV6 = [
  "::/128",
  "::1/128",
  // IPv4-compatible (RFC 4291, 2.5.5.1) and translated (RFC 2765) addresses, whatever they embed.
  "::/96",
  "::ffff:0:0:0/96",
  "64:ff9b:1::/48",
  "100::/64",
  "100:0:0:1::/64",
  "2001::/23",
  "2001::/32",
  "2001:2::/48",
  "2001:3::/32",
  "2001:4:112::/48",
  "2001:10::/28",
  "2001:20::/28",
  "2001:30::/28",
  "2001:db8::/32",
  "2002::/16",
  "2620:4f:8000::/48",
  "3fff::/20",
  "4000::/2",
  "5f00::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

/** An address of a block, its other bits taken from `bits`. */
function addressIn(block: string, bits: bigint): string {
  const [base = "", prefix = ""] = block.split("/");
  const isIPv4 = base.includes(".");
  const width = isIPv4 ? 32 : 128;
  const free = BigInt(width - Number(prefix));
  const value = ((numberOf(base) >> free) << free) | (bits & ((1n << free) - 1n));
  return isIPv4 ? ipv4Of(value) : ipv6Of(value);
}

function numberOf(address: string): bigint {
  if (address.includes(".")) return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = "", tail = ""] = address.split("::");
  const parts = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const zeros = Array.from({ length: 8 - parts(head).length - parts(tail).length }, () => "0");
  return [...parts(head), ...zeros, ...parts(tail)].reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n);
}

const ipv4Of = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
const ipv6Of = (value: bigint): string =>
  [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((value >> shift) & 65_535n).toString(16)).join(":");

const anyBits = fc.oneof(
  fc.constant(0n),
  fc.constant((1n << 128n) - 1n),
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
);

describe("isPublicAddress", () => {
  test.each([
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2001:4860:4860::8888",
    "2a00:1450:4001:81b::200e",
    "::ffff:8.8.8.8",
    "::ffff:808:808",
    "64:ff9b::808:808",
  ])("takes %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test("refuses every address of every special-purpose block, also inside an IPv6 address", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SPECIAL_IPV4, ...SPECIAL_IPV6), anyBits, (block, bits) => {
        const address = addressIn(block, bits);
        expect(isPublicAddress(address), address).toBe(false);
        if (!block.includes(".")) return;
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  test("judges an IPv4 address in an IPv6 one like itself", () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const isPublic = isPublicAddress(address);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublic);
        expect(isPublicAddress(`64:ff9b::${address}`)).toBe(isPublic);
        for (const never of [`::${address}`, `2002:${ipv6Of(numberOf(address)).split(":").slice(6).join(":")}::1`]) {
          expect(isPublicAddress(never)).toBe(false);
        }
      }),
    );
  });

  test.each([
    "",
    "localhost",
    "example.org",
    "0x7f.1",
    "2130706433",
    "127.1",
    "010.0.0.1",
    "[::1]",
    "1.1.1.1/8",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
  ])("refuses %j, which is no address, or not one alone", (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });
});
