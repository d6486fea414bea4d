/** Downloads from real https servers on the loopback interface. */

import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPublicAddress } from "../../src/ingest/address.ts";
import { download } from "../../src/ingest/download.ts";
import {
  answers,
  asked,
  at,
  faultOf,
  leadsTo,
  options,
  portOf,
  sends,
  startServer,
  stopServer,
  text,
  urlOf,
} from "./download-server.ts";

beforeAll(startServer);
afterAll(stopServer);

describe("what is downloaded", () => {
  test("comes with its address, type, charset and name", async () => {
    const path = `${at(sends(""))}?a=b`;
    answers.set(path, sends("<p>hello", { "content-type": 'Text/HTML; x=y; Charset="ISO-8859-1"' }));
    expect(await download(`  ${urlOf(path)}#part `, options())).toEqual({
      bytes: new TextEncoder().encode("<p>hello"),
      url: urlOf(path),
      contentType: "text/html",
      charset: "iso-8859-1",
      fileName: "page",
    });
  });

  test("may have no type, no body and a name from the server", async () => {
    const path = at(sends("", { "content-disposition": 'attachment; filename="../../.ssh/a\tb.pdf"' }));
    const expected = { contentType: null, charset: null, fileName: "ab.pdf", bytes: new Uint8Array() };
    expect(await download(urlOf(path), options())).toMatchObject(expected);
  });

  test("is asked for plainly: no cookies, no referrer, no packing, no lasting connection", async () => {
    const last = at(sends("x"));
    const first = at((_request, response) => {
      response.writeHead(302, { location: last, "set-cookie": "a=b" }).end();
    });
    await download(urlOf(first), options());
    expect(asked.find(({ path }) => path === last)?.headers).toEqual({
      "user-agent": "Sitrep",
      accept: "*/*",
      "accept-encoding": "identity",
      connection: "close",
      host: `reports.test:${portOf()}`,
    });
  });

  test.each([
    ["gzip", gzipSync],
    ["X-GZip", gzipSync],
    ["br", brotliCompressSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["identity", (body: string) => body],
  ])("is unpacked from %s, though nobody asked for it", async (coding, pack) => {
    const body = "packed words ".repeat(100);
    const { bytes } = await download(urlOf(at(sends(pack(body), { "content-encoding": coding }))), options());
    expect(text(bytes)).toBe(body);
  });
});

describe("redirects", () => {
  test("are followed up to five times, over hosts and relative addresses", async () => {
    let path = at(sends("arrived"));
    const end = path;
    for (const status of [301, 302, 303, 307]) path = at(leadsTo(path, status));
    path = at(leadsTo(`https://mirror.test:${portOf()}${path}#there`, 308));
    const { bytes, url } = await download(urlOf(path), options());
    expect([text(bytes), url]).toEqual(["arrived", urlOf(end, "mirror.test")]);
    const fault = await faultOf(urlOf(at(leadsTo(path))));
    expect(fault.message).toBe("The address leads on more than 5 times");
  });

  test("in a circle end", async () => {
    const path = at((request, response) => leadsTo(request.url ?? "")(request, response));
    expect((await faultOf(urlOf(path))).message).toContain("more than 5 times");
  });

  test("to http, to a private address, with credentials or to another port are refused before anything is asked", async () => {
    let connections = 0;
    const inside = createHttpServer(() => {});
    inside.on("connection", () => {
      connections += 1;
    });
    inside.listen(0, "127.0.0.1");
    await once(inside, "listening");
    const other = (inside.address() as AddressInfo).port;
    const isAllowed = (address: string): boolean => address === "127.0.0.1" || isPublicAddress(address);
    for (const [location, reason] of [
      [`http://127.0.0.1:${other}/`, "does not begin with https://"],
      ["file:///etc/passwd", "does not begin with https://"],
      [`https://127.0.0.1:${other}/`, `names port ${other}`],
      [`https://10.0.0.7:${portOf()}/`, "is not on the public Internet"],
      [`https://[::ffff:10.0.0.7]:${portOf()}/`, "is not on the public Internet"],
      [`https://inside.test:${portOf()}/`, "is not on the public Internet"],
      [`https://user:secret@reports.test:${portOf()}/`, "holds a user name or a password"],
      ["https://", "is no address of the web"],
    ] as const) {
      const resolve = async (host: string): Promise<string[]> => [host === "inside.test" ? "192.168.0.1" : "127.0.0.1"];
      const fault = await faultOf(urlOf(at(leadsTo(location))), { isAllowed, resolve });
      expect(fault.message).toContain("reports.test leads on to an address that ");
      expect(fault.message).toContain(reason);
      expect(`${fault.message}${fault.hint}${String(fault.cause)}`).not.toContain("secret");
    }
    expect(connections).toBe(0);
    inside.close();
  });

  test("without an address are an error like another", async () => {
    const path = at((_request, response) => response.writeHead(302).end());
    expect((await faultOf(urlOf(path))).message).toBe("reports.test does not give this (status 302)");
  });
});

describe("an address", () => {
  test.each([
    ["reports", "is no address of the web"],
    ["", "is no address of the web"],
    ["https://secret:x@", "is no address of the web"],
    ["http://reports.test/", "does not begin with https://"],
    ["ftp://reports.test/", "does not begin with https://"],
    ["data:text/html,x", "does not begin with https://"],
    ["https://secret@reports.test/", "holds a user name or a password"],
    ["https://:secret@reports.test/", "holds a user name or a password"],
    ["https://reports.test:8443/", "names port 8443, and only 443 is allowed"],
    ["https://reports.test:22/", "names port 22"],
  ])("%j is refused: it %s", async (address, reason) => {
    const fault = await faultOf(address, { allowedPorts: undefined });
    expect(fault).toMatchObject({ code: "bad-input", message: expect.stringContaining(`The address ${reason}`) });
    expect(fault.hint).not.toBeNull();
    expect(`${fault.message}${fault.hint}${String(fault.cause)}`).not.toContain("secret");
  });

  test.each([
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "2130706433",
    "017700000001",
    "0",
    "10.0.0.1",
    "169.254.169.254",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fd00::1]",
    "１２７.0.0.1",
  ])("that is the private IP address %s is refused, and no name is looked up", async (host) => {
    const before = asked.length;
    const resolve = async (): Promise<string[]> => {
      throw new Error("was asked");
    };
    const fault = await faultOf(urlOf("/x", host), { isAllowed: undefined, resolve });
    expect(fault.message).toBe("The address is not on the public Internet");
    expect(asked.length).toBe(before);
  });

  test("that is an IP address may be allowed", async () => {
    expect(text((await download(urlOf(at(sends("x")), "127.0.0.1"), options())).bytes)).toBe("x");
  });
});

describe("a host name", () => {
  test("is refused when one of its addresses is private, whatever the others are", async () => {
    const before = asked.length;
    for (const address of ["127.0.0.1", "10.0.0.1", "::1", "::ffff:127.0.0.1", "fe80::1%lo", "nonsense"]) {
      const resolve = async (): Promise<string[]> => ["93.184.216.34", "2606:4700::1", address];
      const fault = await faultOf(urlOf("/x"), { isAllowed: undefined, resolve });
      expect(fault.message).toBe("The address is not on the public Internet");
    }
    expect((await faultOf(urlOf("/x"), { resolve: async () => [] })).message).toContain("public Internet");
    expect(asked.length).toBe(before);
  });

  test("is resolved once: a second answer would change nothing", async () => {
    const hosts: string[] = [];
    const path = at(sends("x"));
    const { bytes } = await download(urlOf(at(leadsTo(urlOf(path, "mirror.test")))), {
      ...options(),
      resolve: async (host) => {
        hosts.push(host);
        return hosts.filter((each) => each === host).length === 1 ? ["127.0.0.1"] : ["127.0.0.66"];
      },
    });
    expect([text(bytes), hosts]).toEqual(["x", ["reports.test", "mirror.test"]]);
  });

  test("may have several addresses, of which one answers", async () => {
    const path = at(sends("x"));
    const isAllowed = (address: string): boolean => address.startsWith("127.");
    const { bytes } = await download(
      urlOf(path),
      options({ isAllowed, resolve: async () => ["127.0.0.9", "127.0.0.1"] }),
    );
    expect(text(bytes)).toBe("x");
  });

  test("that nobody has is an error in plain words; the real resolver is asked where none is given", async () => {
    const missing = Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
    expect((await faultOf(urlOf("/x"), { resolve: () => Promise.reject(missing) })).message).toBe(
      "There is no server named reports.test",
    );
    const fault = await faultOf(urlOf("/x", "localhost"), { resolve: undefined, isAllowed: undefined });
    expect(fault.message).toBe("The address is not on the public Internet");
  });
});

describe("limits", () => {
  test("hold for the time of everything together", async () => {
    const silent = at(() => {});
    const slow = at((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    const stuck = (): Promise<string[]> => new Promise(() => {});
    for (const [address, changes] of [
      [urlOf(silent), {}],
      [urlOf(slow), {}],
      [urlOf(at(leadsTo(slow))), {}],
      [urlOf("/x"), { resolve: stuck }],
    ] as const) {
      const before = performance.now();
      const fault = await faultOf(address, { timeoutMilliseconds: 300, ...changes });
      expect(performance.now() - before).toBeLessThan(3000);
      expect(fault).toMatchObject({ code: "bad-input", message: "The download took more than 0.3 seconds" });
    }
  });

  test("hold for the size, which is believed where it is told", async () => {
    const endless = at((_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(10_000)));
      };
      response.on("drain", more);
      more();
    });
    expect((await faultOf(urlOf(endless))).message).toBe("What is at the address is larger than 98 KiB");
    const told = at((_request, response) => {
      response.writeHead(200, { "content-length": "100001" });
      response.flushHeaders();
    });
    expect((await faultOf(urlOf(told), { timeoutMilliseconds: 5000 })).message).toContain("is larger than");
    const exact = await download(urlOf(at(sends("x".repeat(100_000)))), options());
    expect(exact.bytes).toHaveLength(100_000);
    expect((await faultOf(urlOf(at(sends("x".repeat(100_001)))))).message).toContain("is larger than");
  });

  test.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
    ["deflate", deflateRawSync],
  ])("hold for what unpacks to far more: %s", async (coding, pack) => {
    const bomb = pack(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    const fault = await faultOf(urlOf(at(sends(bomb, { "content-encoding": coding }))));
    expect(fault.message).toContain("is larger than");
  });

  test("let a million single bytes through, in one array", async () => {
    const path = at((_request, response) => {
      const head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
      response.socket?.write(`${head}${"1\r\nx\r\n".repeat(1_000_000)}0\r\n\r\n`);
    });
    const { bytes } = await download(urlOf(path), options({ maxBytes: 1_000_000 }));
    expect(bytes).toHaveLength(1_000_000);
    expect(bytes.buffer.byteLength).toBe(1_000_000);
  });

  test("a signal cancels, before and in the middle", async () => {
    const control = new AbortController();
    const path = at((_request, response) => {
      response.writeHead(200);
      response.write("x");
      setTimeout(() => control.abort(), 20);
    });
    expect(await faultOf(urlOf(path), { signal: control.signal })).toMatchObject({ code: "cancelled" });
    const before = asked.length;
    const resolve = (): Promise<string[]> => new Promise(() => {});
    expect(await faultOf(urlOf(path), { signal: AbortSignal.abort(), resolve })).toMatchObject({ code: "cancelled" });
    expect(asked.length).toBe(before);
  });
});

describe("what goes wrong", () => {
  test.each([
    [401, /^reports\.test gives this only to people who have signed in \(status 401\)$/],
    [403, /refuses to give this, at least to programs \(status 403\)/],
    [404, /has nothing at this address \(status 404\)/],
    [429, /is asked too often/],
    [418, /does not give this \(status 418\)/],
    [503, /has a fault of its own \(status 503\)/],
    [304, /does not give this \(status 304\)/],
  ])("status %d is said in plain words", async (status, message) => {
    const path = at((_request, response) => response.writeHead(status).end());
    const fault = await faultOf(urlOf(path));
    expect(fault).toMatchObject({ code: "bad-input", message: expect.stringMatching(message) });
    expect(fault.hint).toContain("save it with your browser");
  });

  test("a certificate of somebody unknown, or of another server", async () => {
    const path = at(sends("x"));
    const before = asked.length;
    expect((await faultOf(urlOf(path), { ca: undefined })).message).toContain(
      "The certificate of reports.test is signed by itself only",
    );
    expect((await faultOf(urlOf(path, "other.test"))).message).toContain(
      "The certificate of other.test is that of another server",
    );
    expect(asked.length).toBe(before);
  });

  test("a certificate is judged, whatever the environment says", async () => {
    const [path, before] = [at(sends("x")), process.env.NODE_TLS_REJECT_UNAUTHORIZED];
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    try {
      expect((await faultOf(urlOf(path), { ca: undefined })).message).toContain("certificate");
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  test("a server that speaks no https, breaks off, or is not there", async () => {
    const plain = createHttpServer((_request, response) => response.end("x"));
    plain.listen(0, "127.0.0.1");
    await once(plain, "listening");
    const other = (plain.address() as AddressInfo).port;
    const address = `https://reports.test:${other}/`;
    expect((await faultOf(address, { allowedPorts: [other] })).message).toMatch(/secure connection|https|broke off/);
    plain.close();
    await once(plain, "close");
    expect((await faultOf(address, { allowedPorts: [other] })).message).toBe("reports.test refuses connections");
    const short = at((_request, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("x", () => response.destroy());
    });
    expect((await faultOf(urlOf(short))).message).toBe("reports.test broke off the connection");
    const none = at((_request, response) => response.destroy());
    expect((await faultOf(urlOf(none))).message).toBe("reports.test broke off the connection");
    const odd = at((_request, response) => response.socket?.end("SSH-2.0-OpenSSH\r\n\r\n"));
    expect((await faultOf(urlOf(odd))).message).toBe("reports.test does not answer as a web server does");
  });

  test.each([
    ["zstd", "x", "The server packs what it sends in a way that is not read"],
    ["gzip, gzip", gzipSync(gzipSync("x")), "The server packs what it sends in a way that is not read"],
    ["constructor", "x", "The server packs what it sends in a way that is not read"],
    ["gzip", "no gzip", "What the server sent is damaged"],
    ["gzip", gzipSync("words ".repeat(99)).subarray(0, 20), "What the server sent is damaged"],
  ])("a body packed as %s: %j", async (coding, body, message) => {
    expect((await faultOf(urlOf(at(sends(body, { "content-encoding": coding }))))).message).toBe(message);
  });
});
