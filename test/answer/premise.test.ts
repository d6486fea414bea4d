import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measure } from "../../src/answer/evidence.ts";
import { falsePremise } from "../../src/answer/premise.ts";
import { judge } from "../../src/answer/select.ts";
import { wantsFrom } from "../../src/answer/wants.ts";
import type { Passage } from "../../src/domain/passage.ts";
import type { Hit } from "../../src/domain/retrieval.ts";
import { understand } from "../../src/retrieve/question.ts";
import type { Vocabulary } from "../../src/retrieve/spelling.ts";
import { createGlossary, type GlossaryEntry } from "../../src/text/glossary.ts";
import { sentenceSpans } from "../../src/text/sentences.ts";
import { source as sourceWith } from "../helpers/sources.ts";

const entry = (name: string, kind: string, aliases: string[] = [], gloss = name): GlossaryEntry => ({
  name,
  aliases,
  kind,
  gloss,
  ambiguous: [],
});
const glossary = createGlossary([
  entry("Harbour Institute", "think-tank", ["HI"]),
  entry("Coast Institute", "think-tank"),
  entry("Red Fleet", "armed-group"),
  entry("Red Fleet Divers", "armed-group", [], "Unit of the Red Fleet."),
  entry("Blue Fleet", "armed-group"),
  entry("Narva", "place"),
  entry("Lagos", "place"),
  entry("Estonia", "place"),
  entry("Port Ministry", "government-body"),
  entry("Anna Tamm", "person"),
  entry("Operation Lantern", "operation"),
  entry("Narva ferry attack", "event", ["ferry attack"]),
]);
const vocabulary: Vocabulary = { frequency: () => 1, rarity: () => 1, startingWith: () => [] };
const likeness = (a: string, b: string) => (a.toLowerCase() === b.toLowerCase() ? 1 : 0);

/** A report of one paragraph, found for the question. */
function hitOf(body: string, index: number, title = `Report ${index}`): Hit {
  const source = sourceWith({ title, publisher: null });
  const passage: Passage = {
    id: index + 1,
    reportId: `r${index}`,
    ordinal: 0,
    start: 0,
    end: body.length,
    text: body,
    reading: body,
    locator: { page: null, headings: [], paragraph: 1 },
    sentences: sentenceSpans(body, 0, body.length).map((span) => ({ ...span, paragraph: 1, footnotes: [] })),
  };
  const ranks = { lexicalRank: 1, lexicalScore: 1, denseRank: 1, denseScore: 0.5 };
  return { passage, reportPath: `r${index}.md`, source, score: 1, ...ranks, why: [] };
}

function premiseOf(text: string, reports: readonly string[], title?: string) {
  const question = understand(text, glossary, vocabulary);
  const hits = reports.map((body, index) => hitOf(body, index, title));
  const judged = judge(
    question,
    wantsFrom(question),
    measure(question, wantsFrom(question), hits, new Map(), glossary, likeness),
  );
  const found = falsePremise(question, judged, glossary, likeness);
  return found === null ? null : { asked: found.asked, told: judged[found.index]?.candidate.reading };
}

describe("a premise that the reports contradict", () => {
  test.each([
    // The other direction.
    ["Why did boardings near Lagos fall in 2024?", "Boardings near Lagos rose by 40% in 2024."],
    ["What explains the drop in boardings near Lagos in 2024?", "Boardings near Lagos increased to 31 in 2024."],
    [
      "By how much did militant attacks in Narva decline from 2021 to 2022?",
      "Attacks in Narva grew from 12 in 2021 to 31 in 2022.",
    ],
    [
      "Why did suicide attacks double in 2024 in the Harbour Institute's count?",
      "Suicide attacks fell from 29 in 2023 to 17 in 2024, according to the Harbour Institute.",
    ],
    [
      "What was the reason for the 45% drop in deaths in Estonia?",
      "Deaths in Estonia stood at 1,081, up 45% from 748 the year before.",
    ],
    ["How did ferry arrests shrink in Narva in 2023?", "In 2023 ferry arrests surged in Narva."],
    [
      "What caused the rise in piracy incidents in Lagos in 2022?",
      "Piracy incidents in Lagos dropped sharply in 2022.",
    ],
    // It was not so.
    [
      "In what year did Estonia ratify the 1951 refugee convention?",
      "Estonia is not a party to the 1951 refugee convention.",
    ],
    ["When did Estonia sign the Harbour Treaty?", "Estonia has not signed the Harbour Treaty."],
    ["Which group claimed the Lagos market bombing?", "No group claimed responsibility for the Lagos market bombing."],
    [
      "Who claimed responsibility for the shelling of the Narva bridge?",
      "Nobody has claimed responsibility for the shelling of the Narva bridge.",
    ],
    ["Why did Estonia ban the Red Fleet?", "Estonia has never banned the Red Fleet."],
    ["When was the Blue Fleet listed by the Port Ministry?", "The Blue Fleet is not listed by the Port Ministry."],
    [
      "Why did the Port Ministry put the Blue Fleet on its sanctions list in May 2024?",
      "As of May 2024 the Blue Fleet was not on the sanctions list of the Port Ministry.",
    ],
    ["How many torpedoes were used in Operation Lantern?", "No torpedoes were used in Operation Lantern."],
    [
      "Which mines did the crews deploy during Operation Lantern?",
      "The crews did not deploy any mines during Operation Lantern.",
    ],
    ["When did Estonia extradite Anna Tamm to Lagos?", "Estonia has not extradited Anna Tamm to Lagos."],
    ["How did the Port Ministry compensate the ferry crews?", "The Port Ministry has not compensated the ferry crews."],
    ["Who was convicted of the Narva warehouse fire?", "Nobody was ever convicted of the Narva warehouse fire."],
    ["When did Anna Tamm join the Blue Fleet?", "Anna Tamm was never a member of the Blue Fleet."],
    [
      "Why did the Port Ministry call Operation Lantern a blockade?",
      "The Port Ministry described Operation Lantern as an inspection and not as a blockade.",
    ],
    ["What did Anna Tamm's $300 million fund buy?", "Anna Tamm had about $1 million, but not a $300 million fund."],
    // The opposite was done.
    ["Why did the Port Ministry accept the ceasefire offer?", "The Port Ministry rejected the ceasefire offer."],
    ["When did Anna Tamm admit the smuggling of rifles?", "Anna Tamm denied the smuggling of rifles."],
    ["Why did Estonia refuse the patrol agreement in 2024?", "In 2024 Estonia approved the patrol agreement."],
    [
      "How did Anna Tamm survive the shooting in Narva?",
      "The shooting in Narva, in which Anna Tamm was killed, was never solved by the harbour police.",
    ],
    ["How did Anna Tamm escape the assassins?", "The assassins who killed the envoy Anna Tamm fled by boat."],
    // Somebody else did it.
    [
      "Why did the Red Fleet carry out the March 2022 mosque bombing in Narva?",
      "On 4 March 2022 the Blue Fleet claimed responsibility for the bombing of a mosque in Narva.",
    ],
    [
      "What did the Red Fleet demand when it hijacked the ferry in the Narva ferry attack?",
      "The Narva ferry attack was carried out by the Blue Fleet, which hijacked the ferry.",
    ],
    [
      "Why did the Blue Fleet bomb the railway station in Lagos?",
      "The bombing of the railway station in Lagos was claimed by the Red Fleet.",
    ],
    // The figure is another.
    [
      "On what basis did the Harbour Institute raise its estimate for the Red Fleet to 60,000 fighters?",
      "The Harbour Institute put the Red Fleet at about 6,000 fighters.",
    ],
    [
      "After 500 people were killed in the March 2022 mosque bombing in Narva, who resigned?",
      "The mosque bombing in Narva in March 2022 killed 54 people.",
    ],
    [
      "Why did the Coast Institute count 90 boardings near Lagos in 2024?",
      "The Coast Institute counted 31 boardings near Lagos in 2024.",
    ],
  ])("%s", (question, told) => {
    const others = ["The harbour of Narva is old.", "Ferries have run to Lagos since 1900."];
    const found = premiseOf(question, [told, ...others]);
    expect(found?.told).toBe(told);
    expect(question).toContain(found?.asked);
    expect(found?.asked).not.toBe("");
  });
});

describe("no premise that the reports contradict", () => {
  test.each([
    // Direction: not the same thing, place or time; open; or borne out elsewhere.
    ["Why did boardings near Lagos fall in 2024?", "Boardings near Lagos fell by 40% in 2024."],
    ["Why did boardings near Lagos fall in 2024?", "Boardings near Lagos rose by 40% in 2023."],
    ["Why did boardings near Lagos fall in 2024?", "Boardings near Narva rose by 40% in 2024."],
    ["Why did attacks in Estonia fall in 2024?", "Suicide attacks in Estonia rose in 2024."],
    ["Why did attacks in Estonia fall in 2024?", "In Narva attacks rose in 2024."],
    ["Why did deaths in Estonia fall in 2024?", "Deaths in Estonia fell in 2024, while arrests rose."],
    ["Did boardings near Lagos rise or fall in 2024?", "Boardings near Lagos rose by 40% in 2024."],
    ["Were there fewer boardings near Lagos in 2024?", "Boardings near Lagos rose by 40% in 2024."],
    ["How did boardings near Lagos develop in 2024?", "Boardings near Lagos rose by 40% in 2024."],
    [
      "How did deaths in Estonia fall from 2021 to 2022?",
      "Deaths in Estonia in 2023 were higher than in 2022 or 2021.",
    ],
    // Negations that deny nothing that is asked.
    ["How many fighters does the Red Fleet have?", "The Red Fleet has no more than 700 fighters."],
    [
      "When did Estonia ratify the 1951 convention?",
      "Estonia ratified the 1951 convention in 1997 but has not ratified its protocol.",
    ],
    ["When did Estonia ratify the 1951 convention?", "Estonia did not ratify the 1951 convention until 1997."],
    [
      "Which group claimed the Lagos market bombing?",
      "No group claimed responsibility for the Lagos harbour shooting.",
    ],
    [
      "Which group claimed the Lagos market bombing?",
      "The Red Fleet, and no other group, claimed responsibility for the Lagos market bombing.",
    ],
    ["Which group has not signed the Harbour Treaty?", "The Red Fleet has not signed the Harbour Treaty."],
    [
      "Why has Estonia not banned the Red Fleet?",
      "Estonia has not banned the Red Fleet, because it has no law for it.",
    ],
    ["What did Anna Tamm say about arrests in Narva?", "Anna Tamm said that nobody was arrested in Narva."],
    [
      "Who said that the Blue Fleet trained in Lagos?",
      "Anna Tamm said that no fighters of the Blue Fleet trained in Lagos.",
    ],
    ["Has Estonia signed the Harbour Treaty?", "Estonia has not signed the Harbour Treaty."],
    [
      "Why did Estonia ban the Red Fleet?",
      "Estonia banned the Red Fleet not for its boardings alone, but for its tolls.",
    ],
    [
      "Who was arrested after the Narva warehouse fire?",
      "Two men were arrested after the Narva warehouse fire, and no one else was charged.",
    ],
    ["Why did the Port Ministry fund the Blue Fleet?", "The Port Ministry denied that it funded the Blue Fleet."],
    [
      "How many torpedoes were used in Operation Lantern?",
      "In Operation Lantern 12 torpedoes were used, none of them live.",
    ],
    ["Who trained the Red Fleet in Lagos?", "It is not known who trained the Red Fleet in Lagos."],
    // Words that face each other, of others or of other things.
    ["Why did the Port Ministry reject the ceasefire offer?", "The Port Ministry rejected the ceasefire offer."],
    ["Why did the Port Ministry accept the ceasefire offer?", "Anna Tamm rejected the ceasefire offer."],
    [
      "Why did the Port Ministry accept the ceasefire offer?",
      "The Port Ministry rejected blame for the fire and took the ceasefire offer.",
    ],
    [
      "How did Anna Tamm survive the shooting in Narva?",
      "In the shooting in Narva two guards of Anna Tamm were killed.",
    ],
    // Others who did something else, or belong together.
    [
      "Why did the Red Fleet carry out the March 2022 mosque bombing in Narva?",
      "On 4 May 2023 the Blue Fleet claimed responsibility for the bombing of a market in Narva.",
    ],
    [
      "Why did the Red Fleet carry out the Narva ferry attack?",
      "The Narva ferry attack was carried out by the Red Fleet Divers.",
    ],
    [
      "Why did the Red Fleet carry out the Narva ferry attack?",
      "The Red Fleet and the Blue Fleet claimed responsibility for the Narva ferry attack.",
    ],
    [
      "Why did the Blue Fleet claim the attack in Lagos?",
      "The Red Fleet claimed responsibility for an attack in Lagos.",
    ],
    ["Who carried out the Narva ferry attack?", "The Narva ferry attack was carried out by the Blue Fleet."],
    // Figures of other things, times and places; rounded ones; and such as stand somewhere.
    [
      "After 500 people were killed in the March 2022 mosque bombing in Narva, who resigned?",
      "The mosque bombing in Narva in May 2023 killed 54 people.",
    ],
    [
      "I keep seeing 10,000 fighters of the Red Fleet quoted. Whose number is that?",
      "The Harbour Institute put the Red Fleet at 6,000 fighters. The Coast Institute speaks of 10,000.",
    ],
    [
      "Why did the Coast Institute count 90 boardings near Lagos in 2024?",
      "The Harbour Institute counted 31 boardings near Lagos in 2024.",
    ],
    [
      "Why did the Coast Institute count about 30 boardings near Lagos in 2024?",
      "The Coast Institute counted 31 boardings near Lagos in 2024.",
    ],
    [
      "Why did the Coast Institute count 9 boardings of ferries near Lagos in 2024?",
      "The Coast Institute counted 31 boardings near Lagos in 2024.",
    ],
    [
      "Which 2 groups boarded ships near Lagos in 2024?",
      "The Coast Institute counted 31 boardings near Lagos in 2024.",
    ],
    [
      "How many of the 500 people on the ferry in the Narva ferry attack were freed?",
      "In the Narva ferry attack 300 people were freed from the ferry.",
    ],
    // Plain questions.
    ["Who leads the Red Fleet?", "Anna Tamm has led the Red Fleet since 2019, and has never been to Lagos."],
    ["What is Operation Lantern?", "Operation Lantern is an inspection of ferries and not a blockade."],
    ["When was the Blue Fleet founded?", "The Blue Fleet was founded in 1999, not in 2001 as is often said."],
    ["Where is the Red Fleet based?", "The Red Fleet is not based in Narva but in Lagos."],
    ["What does HI stand for?", "HI stands for the Harbour Institute."],
  ])("%s", (question, told) => {
    expect(premiseOf(question, [told, "The harbour of Narva is old."])).toBeNull();
  });

  test("where another report bears the question out", () => {
    const question = "Why did boardings near Lagos fall in 2024?";
    const reports = ["Boardings near Lagos rose by 40% in 2024.", "Boardings near Lagos fell to 31 in 2024."];
    expect(premiseOf(question, reports)).toBeNull();
    expect(
      premiseOf("When did Estonia sign the Harbour Treaty?", [
        "Estonia has not signed the Harbour Treaty.",
        "Estonia signed the Harbour Treaty on 4 May 2024.",
      ]),
    ).toBeNull();
    expect(
      premiseOf("Why did the Red Fleet carry out the Narva ferry attack?", [
        "The Narva ferry attack was carried out by the Blue Fleet.",
        "The Port Ministry blamed the Red Fleet for the Narva ferry attack.",
      ]),
    ).toBeNull();
    expect(
      premiseOf("Why did the Coast Institute count 90 boardings near Lagos in 2024?", [
        "The Coast Institute counted 31 boardings near Lagos in 2024.",
        "A later copy of the Coast Institute's count has 90.",
      ]),
    ).toBeNull();
  });

  test("without evidence, and in any question", () => {
    expect(premiseOf("Why did boardings fall in 2024?", [])).toBeNull();
    const word = fc.constantFrom(
      "why",
      "did",
      "the",
      "Red Fleet",
      "not",
      "fall",
      "no",
      "31",
      "2024",
      "claim",
      "?",
      "admit",
      "$5",
      "%",
      "call",
      "a",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 6 })), { maxLength: 14 }), (words) => {
        const question = words.join(" ");
        const found = premiseOf(question, [
          "The Red Fleet did not fall in 2024.",
          "No 31 claims were made, up 5% in 2024.",
        ]);
        if (found !== null) expect(question).toContain(found.asked);
      }),
    );
  });
});
