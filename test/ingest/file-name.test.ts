import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNameOf } from "../../src/ingest/file-name.ts";

const page = new URL("https://a.example/reports/The%20Sahel.html?id=7");

/** UTF-8 as Node gives a header: one character for each byte. */
const asHeader = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

test.each([
  ["a quoted name", 'attachment; filename="report.pdf"', "report.pdf"],
  ["a bare name", "attachment; filename=report.pdf", "report.pdf"],
  [
    "the extended name before the plain one",
    "attachment; filename=\"x.pdf\"; filename*=UTF-8''L%27%C3%A9t%C3%A9.pdf",
    "L'été.pdf",
  ],
  ["an extended name that is damaged", "attachment; filename=x.pdf; filename*=UTF-8''%C3%28", "x.pdf"],
  ["UTF-8, where only ASCII is allowed", asHeader('inline; filename="Łódź 😀.pdf"'), "Łódź 😀.pdf"],
  ["Latin-1", 'inline; filename="été.pdf"', "été.pdf"],
  ["escaped quotes", 'inline; filename="a \\"b\\".pdf"', 'a "b".pdf'],
  ["a path", 'attachment; filename="../../etc/passwd"', "passwd"],
  ["a Windows path", 'attachment; filename="C:\\Users\\x\\report.docx"', "report.docx"],
  ["a path in an extended name", "attachment; filename*=utf-8'en'..%2F..%5C.ssh%2F.profile", "profile"],
  ["control and format characters", "attachment; filename*=UTF-8''a%00b%0A%1B%E2%80%AEfdp.exe", "abfdp.exe"],
  ["leading dots and spaces", 'attachment; filename=" ..hidden.txt. "', "hidden.txt"],
  ["nothing but dots: the address's own", 'attachment; filename=".."', "The Sahel.html"],
  ["no name: the address's own", "inline", "The Sahel.html"],
  ["no header: the address's own", undefined, "The Sahel.html"],
])("takes %s", (_name, header, expected) => {
  expect(fileNameOf(header, page)).toBe(expected);
});

test.each([
  ["https://a.example/", null],
  ["https://a.example/..%2f", null],
  ["https://a.example/x/%2e%2e%2fetc%2fpasswd", "passwd"],
  ["https://a.example/100%", "100%"],
  ["https://a.example/a%00%0ab", "ab"],
])("of %s is %j", (address, expected) => {
  expect(fileNameOf(undefined, new URL(address))).toBe(expected);
});

test("a long name keeps its ending", () => {
  expect(fileNameOf(`inline; filename="${"x".repeat(300)}.pdf"`, page)).toBe(`${"x".repeat(116)}.pdf`);
  expect(fileNameOf(undefined, new URL(`https://a.example/${"x".repeat(115)}%F0%9F%98%80.pdf`))).toBe(
    `${"x".repeat(115)}.pdf`,
  );
});

test("any name is safe to write and to show", () => {
  const nasty = fc.constantFrom(
    "/",
    "\\",
    "..",
    ".",
    "\u0000",
    "\n",
    "\u202e",
    '"',
    ";",
    "filename=",
    "filename*=UTF-8''",
    "%2F",
    "%00",
    "😀",
    "e\u0301",
    " ",
    "x",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(nasty, { maxLength: 150 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, text, (header, path) => {
      const url = new URL("https://a.example/");
      url.pathname = path;
      const disposition = `attachment; filename="${header}"`.replace(/[\u{100}-\u{10ffff}]/gu, asHeader);
      const name = fileNameOf(disposition, url);
      if (name === null) return;
      expect(name).not.toMatch(/^[.\s]|[/\\]|\p{C}|[\u2028\u2029]/u);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(120);
    }),
  );
});
