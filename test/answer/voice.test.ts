import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { voiceOf } from "../../src/answer/voice.ts";
import type { Voice } from "../../src/domain/answer.ts";
import type { ReportSource } from "../../src/domain/report.ts";
import { createGlossary, type GlossaryEntry } from "../../src/text/glossary.ts";
import { hit, passage } from "../helpers/sources.ts";

const entry = (name: string, kind: string, ...aliases: string[]): GlossaryEntry => ({
  name,
  aliases,
  kind,
  gloss: "",
  ambiguous: [],
});
const glossary = createGlossary([
  entry("River Valley Institute", "think-tank", "RVI"),
  entry("Valley Front", "armed-group"),
  entry("Quetta", "place"),
]);

/** The voice of sentences that are quoted together. */
function voice(text: string | readonly string[], fields: Partial<ReportSource> = {}): Voice {
  const sentences = typeof text === "string" ? [text] : text;
  const of = passage(1, "r", sentences);
  return voiceOf({ hit: hit(of, fields) }, { start: of.start, end: of.end }, glossary);
}
const shown = (of: Voice) => `${of.kind}: ${of.who}`;

describe("voiceOf", () => {
  it.each([
    ["According to the Harbour Commission, 40 people died.", "attributed: Harbour Commission"],
    ["Forty people died, according to the Harbour Commission.", "attributed: Harbour Commission"],
    ["The Harbour Commission (HC) said that 40 people died.", "attributed: Harbour Commission"],
    ["Forty people died, the Harbour Commission said.", "attributed: Harbour Commission"],
    [
      "Forty people died, said a spokesman for the Harbour Commission.",
      "attributed: spokesman for the Harbour Commission",
    ],
    ["“Forty people died,” said Amina Rafi, head of the relief office.", "attributed: Amina Rafi"],
    ["On 4 March 2025 Amina Rafi, head of the relief office, again denied any involvement.", "attributed: Amina Rafi"],
    ["Rafi on 4 March 2025 rejected the charge as baseless.", "attributed: Rafi"],
    ["A later envoy, Amina Rafi, claimed that the camps were empty.", "attributed: Amina Rafi"],
    ["In March police reported 12 raids.", "attributed: police"],
    ["Local human rights groups estimated the dead at 90.", "attributed: Local human rights groups"],
    ["RVI counted 74 raids in January 2025.", "attributed: RVI"],
    ["RVI put the toll at 40.", "attributed: RVI"],
    ["In the Harbour Commission's view the raids will go on.", "attributed: Harbour Commission"],
    ["Per the Harbour Commission, the raids will go on.", "attributed: Harbour Commission"],
    ["The toll was described by Rafi as false.", "attributed: Rafi"],
    ["The valley had 40 raids in the RVI data.", "attributed: RVI data"],
    // A name is never cut.
    ["WE News said that the leader is paid himself.", "attributed: WE News"],
    ["Just Harbours, writing on the 12th report, gave over 100 killed.", "attributed: Just Harbours"],
    ["Just Harbours said that 40 people died.", "attributed: Just Harbours"],
    ["He maintained that nobody fled.", "attributed: null"],
    ["Rafi maintained that nobody fled.", "attributed: Rafi"],
    ["The Valley Front maintained “close ties” with smugglers.", "report: null"],
    // Somebody says it, and nobody is named.
    ["The raiders reportedly fled over the river.", "attributed: null"],
    ["There were reports that the raiders fled.", "attributed: null"],
    ["He said that the raiders fled.", "attributed: null"],
    // The report itself.
    ["Forty people died in the raid.", "report: null"],
    ["Raids reported in Quetta rose in 2024.", "report: null"],
    ["The raid in Quetta claimed 20 lives.", "report: null"],
    ["There were no reports that the raiders fled.", "report: null"],
    ["The commission did not say who had fled.", "report: null"],
    ["By our own arithmetic the raids that RVI counted rose by 8%.", "report: null"],
    ["This report estimates the dead at 40.", "report: null"],
    ["We estimate the dead at 40.", "report: null"],
    ["He lived strictly according to the rules.", "report: null"],
    ["The raid, claimed by nobody, killed 40.", "report: null"],
    ["If unions called for a march, they had to tell the mayor.", "report: null"],
    ["Those who lacked identity documents reported arrests.", "report: null"],
    ["Police denied bail to the man.", "report: null"],
    ["Most raids were attributed to the Valley Front.", "report: null"],
    ["The Valley Front gave its leader 3 million a month.", "report: null"],
    ["The office sought money in other Gulf states.", "report: null"],
  ])("of %j is %j", (sentence, expected) => {
    expect(shown(voice(sentence))).toBe(expected);
  });

  it.each([
    // The beginning of the chain is named.
    ["Dawn reported that the Harbour Commission said the quay was lost.", "relayed: Harbour Commission"],
    ["RVI counted 74 raids, as relayed by the Evening Courier.", "relayed: RVI"],
    ["Forty died, according to RVI as relayed by the Evening Courier.", "relayed: RVI"],
    ["The 12th report of May 2025, as quoted by the Courier, called the toll false.", "relayed: 12th report"],
    ["Forty died, said the 12th report in the accounts of the press.", "relayed: 12th report"],
    ["The Evening Courier, citing RVI, reported 74 raids.", "relayed: RVI"],
    ["The 12th report cited one Member State on 3 million a month.", "relayed: one Member State"],
    ["Rafi said on 10 March 2025 that the camps were empty, according to the Evening Courier.", "relayed: Rafi"],
    ["Unnamed sources gave 25 dead, the Evening Courier reported.", "relayed: Unnamed sources"],
    ["Rafi denied the charge and Omar Dil said that 40 died.", "attributed: Rafi"],
    // Who is in touch with somebody says nothing.
    [
      "The Valley Front, with its river wing, kept and maintained “close ties”, the Evening Courier reported from the 12th report of May 2025.",
      "relayed: 12th report",
    ],
    [
      "The River Panel's 9th report of May 2025 said that the Front helped, and that the name Sons of the Valley (SVF) was used to claim raids so as to ease the pressure, as relayed by The Evening Courier.",
      "relayed: River Panel's 9th report",
    ],
    // Who claims that others admitted something is the one who says so.
    [
      "An Evening Courier feature claimed that Valley officials admitted in private that the Front was a problem.",
      "attributed: Evening Courier feature",
    ],
    // What another adds behind a semicolon is his alone.
    [
      "Two states banned the Front, according to the Harbour Commission; Global Valley Space also gives 2006.",
      "attributed: Harbour Commission",
    ],
    // Both, or nobody.
    [
      "The 8th report, in the Courier's account, and the 9th report, in Dawn's account, both put the Front at 90.",
      "report: null",
    ],
    ["Amina Rafi and Omar Dil both said that 40 died.", "attributed: Amina Rafi and Omar Dil"],
  ])("follows the chain of %j to %j", (sentence, expected) => {
    expect(shown(voice(sentence))).toBe(expected);
  });

  it("says that a digest relays its origins", () => {
    const origins = [
      {
        title: "Yearly count",
        publisher: "River Valley Institute (RVI)",
        documentId: null,
        published: null,
        url: null,
      },
    ];
    expect(shown(voice("RVI counted 74 raids.", { origins }))).toBe("relayed: RVI");
    expect(shown(voice("The Evening Courier counted 70 raids.", { origins }))).toBe("attributed: Evening Courier");
  });

  it("knows a publisher that speaks of itself", () => {
    expect(shown(voice("RVI counted 74 raids.", { publisher: "River Valley Institute" }))).toBe("report: null");
  });

  it("never takes the word of an op-ed for the report's", () => {
    const opEd = { kind: "op-ed", author: "Amina Rafi", publisher: "Evening Courier" } as const;
    expect(shown(voice("The raids will never end.", opEd))).toBe("opinion: Amina Rafi");
    expect(shown(voice("This op-ed claims that 600 raids were made.", opEd))).toBe("opinion: Amina Rafi");
    expect(shown(voice("He said that the raids will never end.", opEd))).toBe("opinion: Amina Rafi");
    expect(shown(voice("According to RVI, 74 raids were made.", opEd))).toBe("relayed: RVI");
    expect(shown(voice("The raids will never end.", { kind: "op-ed", publisher: "Not stated" }))).toBe("opinion: null");
    expect(shown(voice("An Evening Courier op-ed wrote that the raids will never end."))).toBe(
      "opinion: Evening Courier op-ed",
    );
    expect(shown(voice("Six hundred raids were made, according to RVI and, in other words, an editorial."))).toBe(
      "attributed: RVI",
    );
  });

  it("names whom a pronoun means, only where the quoted sentence before is plain", () => {
    expect(shown(voice(["Amina Rafi said that 40 died.", "She claimed that nobody fled."]))).toBe(
      "attributed: Amina Rafi",
    );
    expect(
      shown(
        voice(["Amina Rafi said that 40 died, and Omar Dil denied that they did.", "He claimed that nobody fled."]),
      ),
    ).toBe("attributed: null");
  });

  it("keeps who a sentence before names, where the last says nothing of it", () => {
    expect(shown(voice(["RVI counted 74 raids.", "These killed 91 people."]))).toBe("attributed: RVI");
  });

  it("keeps the name as it stands in the report", () => {
    const of = passage(1, "r", ["According to the Harbour\n  Commission, **40** died."]);
    const found = voiceOf({ hit: hit(of) }, { start: of.start, end: of.end }, glossary);
    expect(found.who).toBe("Harbour\n  Commission");
  });

  it("names nobody where markup is within the name", () => {
    const of = passage(1, "r", ["According to the Harbour [1] Commission, 40 died."]);
    const reading = of.reading.replace("[1]", "   ");
    const found = voiceOf({ hit: hit({ ...of, reading }) }, { start: of.start, end: of.end }, glossary);
    expect(found).toEqual({ kind: "attributed", who: null });
  });

  const words = fc.constantFrom(
    ..."the The of said that reported according to Rafi , RVI as relayed by and police officials ( ) “ ” . He in 2024 claimed citing Commission's 12th report Dawn's account not was it Dawn, Courier".split(
      " ",
    ),
  );
  const text = fc.oneof(
    fc.array(words, { minLength: 1, maxLength: 40 }).map((each) => each.join(" ")),
    fc.string({ minLength: 1 }),
    fc.string({ unit: "grapheme", minLength: 1 }),
  );

  it("only names what stands in the quote, whatever that is", () => {
    fc.assert(
      fc.property(text, text, (before, sentence) => {
        const { kind, who } = voice([before, sentence]);
        if (kind === "report") expect(who).toBeNull();
        if (who === null) return;
        expect(`${before} ${sentence}`).toContain(who);
        expect(who.trim()).toBe(who);
        expect(who.length).toBeGreaterThan(0);
        expect(who.length).toBeLessThanOrEqual(80);
      }),
      { numRuns: 300 },
    );
  });

  it("never names anybody of a sentence that is not quoted", () => {
    const of = passage(1, "r", ["Amina Rafi said that 40 died.", "She claimed that nobody fled."]);
    const last = of.sentences[1] as (typeof of.sentences)[number];
    expect(voiceOf({ hit: hit(of) }, last, glossary)).toEqual({ kind: "attributed", who: null });
  });

  it("takes about as long as a quote is long", () => {
    const started = performance.now();
    voice("according to the Commission and ".repeat(300));
    voice(`${"Rafi of the ".repeat(600)}said`);
    voice("a, ".repeat(2_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
