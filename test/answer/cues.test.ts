import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedOf, CUES, type Cues, cuesOf, signsOf } from "../../src/answer/cues.ts";
import { tokens } from "../../src/text/tokens.ts";

function cues(question: string, sentence: string): Cues {
  return cuesOf(askedOf({ corrected: question, tokens: tokens(question) }), signsOf(sentence, tokens(sentence)));
}

type Row = readonly [question: string, sentence: string, expected: Partial<Cues>];

function table(rows: readonly Row[]): void {
  it.each(rows)("%s | %s", (question, sentence, expected) => {
    expect(cues(question, sentence)).toMatchObject(expected);
  });
}

const NOT_ASKED = { hasNumber: 0, lacksNumber: 0, otherUnit: 0 };
const THERE = { hasNumber: 1, lacksNumber: 0, otherUnit: 0 };
const MISSING = { hasNumber: 0, lacksNumber: 1, otherUnit: 0 };
const OF_ANOTHER_UNIT = { hasNumber: 0, lacksNumber: 1, otherUnit: 1 };

describe("numbers by unit", () => {
  const howMany = "How many attacks were there in Sindh in 2024?";
  table([
    [howMany, "The police counted 74 attacks in Sindh.", THERE],
    [howMany, "The police counted seven attacks in Sindh.", THERE],
    [howMany, "The police counted few attacks in Sindh.", MISSING],
    // A number word at the head of a sentence is as often a manner of speaking ("One day ...").
    [howMany, "One attack was in Sindh.", MISSING],
    [howMany, "Attacks in Sindh rose by 42%.", OF_ANOTHER_UNIT],
    [howMany, "Attacks in Sindh rose by 42 percent.", OF_ANOTHER_UNIT],
    [howMany, "Attacks in Sindh cost $300.", OF_ANOTHER_UNIT],
    [howMany, "Attacks in Sindh cost 300 rupees.", OF_ANOTHER_UNIT],
    // A year is a time, and a figure of the question is nothing new.
    [howMany, "There were attacks in Sindh in 2023.", MISSING],
    ["How many of the 74 attacks were in Sindh?", "Of the 74 attacks some were in Sindh.", MISSING],
    ["What share of the attacks was in Sindh?", "Of the attacks 42% were in Sindh.", THERE],
    ["What share of the attacks was in Sindh?", "Of the attacks 42 were in Sindh.", OF_ANOTHER_UNIT],
    // Where no unit is asked for, any will do.
    ["What is the total?", "It came to $300.", THERE],
    ["What is the total?", "It came to 42%.", THERE],
    ["Who counted the attacks?", "The police counted 74 attacks.", NOT_ASKED],
  ]);

  it("any figure that is new is seen, asked for or not; a year is none", () => {
    expect(cues("Who counted the attacks?", "The police counted 74 attacks.").figure).toBe(1);
    expect(cues("Who counted the 74 attacks?", "The police counted 74 attacks.").figure).toBe(0);
    expect(cues("Who counted the attacks?", "The police did in 2024.").figure).toBe(0);
  });
});

describe("money, where an amount of it is asked for", () => {
  table([
    ["How much ransom was paid?", "The family handed over cash.", { lacksMoney: 1 }],
    ["How much ransom was paid?", "The family handed over $300.", { lacksMoney: 0 }],
    ["How much ransom was paid?", "The family handed over two lakh rupees.", { lacksMoney: 0 }],
    ["Who paid the ransom?", "The family handed over cash.", { lacksMoney: 0 }],
    ["How much rain fell?", "A lot of it.", { lacksMoney: 0 }],
  ]);
});

describe("time", () => {
  table([
    ["When was the school attacked?", "It was attacked in May 2021.", { hasTime: 1, lacksTime: 0 }],
    ["When was the school attacked?", "It was attacked at dawn.", { hasTime: 0, lacksTime: 1 }],
    // "May" alone is a month only in capitals, and a year of the question is nothing new.
    ["When was the school attacked?", "It may be attacked.", { hasTime: 0, lacksTime: 1 }],
    ["When in 2021 was the school attacked?", "The school was attacked in 2021.", { hasTime: 0, lacksTime: 1 }],
    ["Who attacked the school?", "It was attacked in May 2021.", { hasTime: 0, lacksTime: 0 }],
  ]);
});

describe("who", () => {
  table([
    ["Who attacked the school?", "It was attacked by Karim Khan.", { hasWho: 1, lacksWho: 0 }],
    ["Which armed group attacked the school?", "It was attacked by Karim Khan.", { hasWho: 1, lacksWho: 0 }],
    ["Who attacked the school?", "It was attacked by several men.", { hasWho: 0, lacksWho: 1 }],
    // The first word of a sentence is in capitals whatever it is.
    ["Who attacked the school?", "Gunmen attacked it.", { hasWho: 0, lacksWho: 1 }],
    ["Who helped Karim?", "Several men helped Karim.", { hasWho: 0, lacksWho: 1 }],
    ["When was the school attacked?", "It was attacked by Karim Khan.", { hasWho: 0, lacksWho: 0 }],
  ]);
});

describe("place", () => {
  table([
    ["Where was the camp?", "The camp was in Kunar.", { hasPlace: 1, lacksPlace: 0 }],
    ["Which province was the camp in?", "The camp was near the Kunar river.", { hasPlace: 1, lacksPlace: 0 }],
    ["Where was the camp?", "The camp was in the hills.", { hasPlace: 0, lacksPlace: 1 }],
    ["Where was the camp?", "The camp was run by Karim.", { hasPlace: 0, lacksPlace: 1 }],
    ["Where in Kunar was the camp?", "The camp was in Kunar.", { hasPlace: 0, lacksPlace: 1 }],
    ["Who ran the camp?", "The camp was in Kunar.", { hasPlace: 0, lacksPlace: 0 }],
  ]);
});

describe("reason", () => {
  table([
    ["Why was the road closed?", "It was closed because of snow.", { hasReason: 1, lacksReason: 0 }],
    ["Why was the road closed?", "It was closed to prevent attacks.", { hasReason: 1, lacksReason: 0 }],
    ["Why was the road closed?", "It was closed on Monday.", { hasReason: 0, lacksReason: 1 }],
    ["When was the road closed?", "It was closed because of snow.", { hasReason: 0, lacksReason: 0 }],
  ]);
});

describe("which one", () => {
  table([
    ["Which road was closed?", "The road to the valley was closed.", { lacksWhich: 1 }],
    ["Which road was closed?", "The road to Kunar was closed.", { lacksWhich: 0 }],
    ["What road was closed?", "The road to the valley was closed.", { lacksWhich: 0 }],
  ]);
});

describe("saying no", () => {
  table([
    ["Did the group attack?", "The group did not attack.", { negated: 1, negatedOtherwise: 1 }],
    ["Did the group attack?", "The group didn’t attack.", { negated: 1, negatedOtherwise: 1 }],
    ["Did the group attack?", "The group attacked.", { negated: 0, negatedOtherwise: 0 }],
    // Where the question says no as well, it is no other way round.
    ["Why did the group not attack?", "The group did not attack.", { negated: 1, negatedOtherwise: 0 }],
    ["Who denied the attack?", "The group did not attack.", { negated: 1, negatedOtherwise: 0 }],
    ["Did the group attack?", "The group notes another attack.", { negated: 0, negatedOtherwise: 0 }],
    ["Did the group attack?", "The group refused to attack.", { denies: 1, negated: 0 }],
    ["Did the group attack?", "The group attacked.", { denies: 0 }],
  ]);
});

describe("direction", () => {
  table([
    ["Why did attacks rise?", "Attacks fell in May.", { goesOtherWay: 1, goesSameWay: 0 }],
    ["Why did attacks fall?", "Attacks rose in May.", { goesOtherWay: 1, goesSameWay: 0 }],
    ["How did security improve?", "Security deteriorated.", { goesOtherWay: 1 }],
    ["Why did attacks rise?", "Attacks increased in May.", { goesOtherWay: 0, goesSameWay: 1 }],
    ["Why did attacks rise?", "Attacks rose while deaths fell.", { goesOtherWay: 0, goesSameWay: 1 }],
    ["Did attacks rise or fall?", "Attacks fell in May.", { goesOtherWay: 0, goesSameWay: 1 }],
    ["Who attacked?", "Attacks fell in May.", { goesOtherWay: 0, goesSameWay: 0 }],
  ]);
});

describe("figures, names and words of the question", () => {
  table([
    ["Who were the 74 dead?", "The dead were farmers.", { lacksFigures: 1 }],
    ["Who were the 74 dead?", "The 74 dead were farmers.", { lacksFigures: 0 }],
    ["Who were the dead?", "The dead were farmers.", { lacksFigures: 0 }],
    ["Did Karim meet Nasir?", "Nasir was met by Karim.", { lacksProper: 0, allProper: 1 }],
    ["Did Karim meet Nasir?", "Nasir stayed at home.", { lacksProper: 0.5, allProper: 0 }],
    ["Did Karim meet Nasir?", "Nobody met.", { lacksProper: 1, allProper: 0 }],
    ["Did they meet?", "Nobody met.", { lacksProper: 0, allProper: 0.5 }],
    ["Did they meet?", "They met Karim.", { hasProper: 1 }],
    ["Did they meet Karim?", "They met Karim.", { hasProper: 0 }],
    ["Who burnt the northern bridge?", "The northern bridge was burnt.", { words: 1 }],
    ["Who burnt the bridge?", "The bridge fell.", { words: 0.5 }],
    ["Who burnt the northern bridge?", "It rained.", { words: 0 }],
  ]);

  it("length grows up to four hundred characters, and no further", () => {
    const lengthOf = (characters: number) => cues("Who?", "a".repeat(characters)).length;
    expect([100, 200, 400, 4000].map(lengthOf)).toEqual([0.5, 1, 2, 2]);
  });
});

describe("whatever the texts", () => {
  const words = fc.constantFrom(
    ..."how many much when who where why which share rose fell not never 74 42% $300 2024 May Kunar because in the".split(
      " ",
    ),
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(words, { maxLength: 30 }).map((list) => list.join(" ")),
  );
  /** Of each pair at most one is 1. */
  const PAIRS = [
    ["hasNumber", "lacksNumber"],
    ["hasTime", "lacksTime"],
    ["hasWho", "lacksWho"],
    ["hasPlace", "lacksPlace"],
    ["hasReason", "lacksReason"],
  ] as const;
  const most = (name: (typeof CUES)[number]) => (name === "length" ? 2 : 1);

  it("every cue is there, and from 0 to 1, the length to 2", () => {
    fc.assert(
      fc.property(text, text, (question, sentence) => {
        const found = cues(question, sentence);
        expect(Object.keys(found).sort()).toEqual([...CUES].sort());
        for (const name of CUES) {
          // The length of a question is told in dozens of words, and has no limit of its own.
          if (name === "questionLength") continue;
          expect(found[name], name).toBeGreaterThanOrEqual(0);
          expect(found[name], name).toBeLessThanOrEqual(most(name));
        }
        expect(Number.isFinite(found.questionLength)).toBe(true);
        for (const [one, other] of PAIRS)
          expect(found[one] + found[other], `${one} and ${other}`).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it("a sentence that is the question itself brings nothing new, and lacks nothing of it", () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(cues(same, same)).toMatchObject({
          hasNumber: 0,
          hasTime: 0,
          hasWho: 0,
          hasPlace: 0,
          hasProper: 0,
          figure: 0,
          lacksProper: 0,
          lacksFigures: 0,
          negatedOtherwise: 0,
        });
      }),
    );
  });
});
