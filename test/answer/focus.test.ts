import { describe, expect, it } from "vitest";
import { focusOf } from "../../src/answer/focus.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";

const glossary = createGlossary([{ name: "TTP", aliases: [], kind: "armed-group", gloss: "", ambiguous: [] }]);

function focus(text: string) {
  const question = understand(text, glossary, { frequency: () => 1, rarity: () => 1, startingWith: () => [] });
  const { things, deed } = focusOf(question);
  const words = (units: readonly number[]) => units.map((unit) => question.units[unit]?.surface);
  return { things: words(things), deed: words(deed) };
}

describe("focusOf", () => {
  it.each([
    ["How many suicide attacks did the TTP claim in 2024?", ["suicide", "attacks"], []],
    ["How many militants were arrested in 2024?", ["militants"], ["arrested"]],
    ["Who founded the TTP?", [], ["founded"]],
    ["What is the yearly budget of the TTP?", ["yearly", "budget"], []],
    ["When was the TTP banned in Pakistan?", [], ["banned"]],
    ["Why did the TTP attack the school?", [], ["attack"]],
    ["TTP camps in Kunar", [], []],
  ])("%s", (text, things, deed) => {
    expect(focus(text)).toMatchObject({ things, deed: expect.arrayContaining(deed) });
  });
});
