import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInsidePair } from "../../src/text/blocks.ts";
import { sentenceSpans } from "../../src/text/sentences.ts";

const sentences = (text: string): string[] =>
  sentenceSpans(text, 0, text.length).map(({ start, end }) => text.slice(start, end));

/** One sentence to a line: the text is the lines, joined by spaces. */
function expectLines(...lines: string[]): void {
  expect(sentences(lines.join(" "))).toEqual(lines);
}

describe("ordinary sentences", () => {
  test("end at full stops, question and exclamation marks", () => {
    expectLines("PICSS counted 74 attacks.", "Why?", "Nobody said!", "The rest is unknown.");
  });

  test("go on over line breaks, which are spaces in a paragraph", () => {
    expect(sentences("One sentence\nover two lines. Another\r\none.")).toEqual([
      "One sentence\nover two lines.",
      "Another\r\none.",
    ]);
  });

  test("take offsets of the whole text", () => {
    const text = "## Head\n\nFirst. Second.\n\nOther.";
    expect(sentenceSpans(text, 9, 23)).toEqual([
      { start: 9, end: 15 },
      { start: 16, end: 23 },
    ]);
  });

  test("hold no white space at their ends, and nothing comes of white space alone", () => {
    expect(sentences("   One.    \n  Two.  ")).toEqual(["One.", "Two."]);
    expect(sentences(" \n\t ")).toEqual([]);
    expect(sentences("")).toEqual([]);
  });

  test("keep a closing quote or bracket after the full stop", () => {
    expectLines('He said "We deny it."', "(See the annex.)", "“They left.”", "Then it was quiet.");
  });

  test("keep a closing quote that a masked mark has moved away", () => {
    expect(sentences('They "left."        Then. "It went   ."   ')).toEqual(['They "left."', "Then.", '"It went   ."']);
    expect(sentences("He said “no.       ” Then he left.")).toEqual(["He said “no.       ”", "Then he left."]);
  });

  test("leave masked footnote marks outside", () => {
    expect(sentences("Attacks rose by 42%.             Fewer people died.      ")).toEqual([
      "Attacks rose by 42%.",
      "Fewer people died.",
    ]);
  });

  test("in other scripts", () => {
    expect(sentences("پہلا جملہ ہے۔ دوسرا جملہ ہے۔")).toEqual(["پہلا جملہ ہے۔", "دوسرا جملہ ہے۔"]);
    expect(sentences("第一句。第二句！第三句？")).toEqual(["第一句。", "第二句！", "第三句？"]);
    expect(sentences("ما هذا؟ لا أعرف.")).toEqual(["ما هذا؟", "لا أعرف."]);
  });
});

describe("full stops that end no sentence", () => {
  test.each([
    "Lt. Gen. Asim Munir met Maj. Khan, Col. Imran, Sgt. Ali, Capt. Noor and Brig. Shah in Rawalpindi.",
    "Dr. Ayesha Siddiqa, Prof. Hasan, Mr. Khan, Mrs. Bibi and Ms. Gul spoke.",
    "Sen. Smith, Rep. Jones and Gov. Brown voted.",
    "The case is Hamdan v. Rumsfeld, or Bush vs. Gore.",
    "Resolution No. 1267 and Nos. 1988 and 1989 apply, with No. S/2025/71 beside them.",
    "See Art. 5, para. 12, p. 4, pp. 7-9, Fig. 3, Vol. II and Sec. 8 of the report.",
    "He was born on Jan. 5 and died on Dec. 12 last year.",
    "The group, a.k.a. Khorasan, e.g. Daesh, i.e. ISIL, cf. Annex I, is listed.",
    "It cost approx. Rs. 500 or ca. Three rupees, etc. and so on.",
    "The U.S. Army, the U.N. Security Council and the U.K. Government agreed.",
    "A police post in D.I. Khan was hit.",
    "John F. Kennedy and J. R. R. Tolkien met George W. Bush.",
    "Acme Inc. Chairman Bob Jones Jr. Senior of Dawn Media Co. Ltd. Pakistan resigned.",
    "The rate rose from 3.5 to 4.25 per cent and version 1.2.3 was out.",
    "The operation (Azm-e-Istehkam? as it is called) began.",
    '"Will they leave?" he asked, "or stay!" she said.',
    "The server 54.38.139[.]20:443 and evil.example.com answered.",
    "The Yuan (lit. Great Mongol State, c. AD 1271) was founded.",
    "St. Petersburg lies near Mt. Elbrus in no way.",
  ])("%s", (text) => {
    expect(sentences(text)).toEqual([text]);
  });

  test("but an abbreviation before a word that begins sentences ends one", () => {
    expectLines("The strike was led by the U.S.", "The Taliban denied it.");
    expectLines("It was bought by Acme Inc.", "However, the price is unknown.");
    expectLines("He came at 5 p.m.", "It was dark.");
    expectLines("They followed plan B.", "They failed.");
  });

  test("and words that only look like abbreviations end one", () => {
    expectLines("He answered no.", "Nobody believed him.");
    expectLines("It ended in Dec.", "Pakistan withdrew.");
    expectLines("They took rifles, etc.", "Pakistan protested.");
    expectLines("This is modern art.", "Pakistan has much of it.");
  });
});

describe("what reports need beside Unicode's rules", () => {
  test("names with a small article begin a sentence", () => {
    expectLines("Ten people died in Kabul.", "al-Shabaab denied it.");
    expectLines("Gen. al-Sisi and Dr. al-Zawahiri never met.");
  });

  test("a note number set against the full stop ends the sentence", () => {
    expect(sentences("He had security concerns.31Those were well placed. They grew.32 Then they left.")).toEqual([
      "He had security concerns.31",
      "Those were well placed.",
      "They grew.32",
      "Then they left.",
    ]);
    expectLines("See Fig.3 Map of the area.");
  });

  test("a full stop without its space ends a sentence before a word that begins sentences", () => {
    expect(sentences("It serves the group.Their operations grew. Node.Js is not split.")).toEqual([
      "It serves the group.",
      "Their operations grew.",
      "Node.Js is not split.",
    ]);
  });

  test("a list mark goes with its item", () => {
    expectLines("1. The first point stands.", "(B) The second too.");
    expectLines("a. Freedom of the Press");
  });

  test("signs without a word go with the sentence before them, or the first after", () => {
    expect(sentences("They left! 😀 ... Then it was quiet.")).toEqual(["They left! 😀 ...", "Then it was quiet."]);
    expect(sentences("?! Who knows.")).toEqual(["?! Who knows."]);
    expect(sentences("***")).toEqual(["***"]);
  });
});

describe("any text", () => {
  const part = fc.constantFrom(
    ...'Gen. |U.S. |No. 5 |attacks rose |In Kabul. |😀|\u{1f1f5}\u{1f1f0}|漢字。|ہے۔ |\n|   |"|”|(|)|[.]|?! |... |3.5|al-Shabaab |.31|Those |\t|\u00a0|e\u0301|\ud800|\udc00'.split(
      "|",
    ),
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 60 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 80 }),
  );

  test("has ordered, disjoint, trimmed sentences that hold every visible character", () => {
    fc.assert(
      fc.property(text, fc.nat(5), (body, pad) => {
        const reading = `${"x".repeat(pad)}${body}${"y".repeat(pad)}`;
        const spans = sentenceSpans(reading, pad, pad + body.length);
        let last = pad;
        for (const { start, end } of spans) {
          expect(reading.slice(last, start).trim()).toBe("");
          expect(start).toBeLessThan(end);
          expect(reading.slice(start, end)).toBe(reading.slice(start, end).trim());
          expect(isInsidePair(reading, start) && start > pad).toBe(false);
          expect(isInsidePair(reading, end) && end < pad + body.length).toBe(false);
          last = end;
        }
        expect(reading.slice(last, pad + body.length).trim()).toBe("");
      }),
      { numRuns: 500 },
    );
  });

  test("has the same sentences at any distance from the start", () => {
    const units = [
      "Ten died in Kabul. ",
      "Was it so? ",
      "Gen. Khan said (he was there. he saw it) no. ",
      `L${"ong long ".repeat(50)}end. `,
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...units), { minLength: 1, maxLength: 60 }), (parts) => {
        expect(sentences(parts.join(""))).toEqual(parts.map((part) => part.trim()));
      }),
    );
    const long = `W${"ord word ".repeat(2000)}end. `;
    expect(sentences(`${long}Short one. ${long}`)).toEqual([long.trim(), "Short one.", long.trim()]);
  });

  test("is looked at far enough ahead, wherever its windows end", () => {
    for (let length = 350; length < 620; length += 1) {
      const text = `W${"o".repeat(length)} said no. ((((((((((((he left.`;
      expect(sentences(text)).toEqual([text]);
    }
  });

  test.each([
    ["sentences", "The army said so. "],
    ["abbreviations", "Gen. "],
    ["initials", "A. B. "],
    ["full stops", ". "],
    ["question marks", "? "],
    ["quotes", 'a." '],
    ["closing quotes", '"'],
    ["spaces", "    "],
    ["a name over spaces", " al-Q"],
    ["glued notes", "word.3 "],
    ["one word", "x"],
  ])("takes linear time for 300,000 characters of %s", (_name, unit) => {
    const long = unit.repeat(Math.ceil(300_000 / unit.length));
    const before = performance.now();
    sentenceSpans(long, 0, long.length);
    expect(performance.now() - before).toBeLessThan(4000);
  });
});
