import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialsOf, soundOf } from "../../src/retrieve/sound.ts";

describe("soundOf", () => {
  it.each([
    ["tehreek", "tehrik", "tahrik", "tahreek"],
    ["laden", "ladin"],
    ["shaikh", "sheikh", "shaykh"],
    ["qaeda", "qaida", "kaida"],
    ["ould", "wuld"],
    ["mohammed", "muhammad", "mohamad"],
    ["hussein", "husayn", "hussain"],
    ["osama", "usama"],
    ["baloch", "baluch"],
    ["tahaffuz", "tahafuz"],
    ["jafar", "jaffer"],
  ])("is one for %s", (...names: string[]) => {
    expect(new Set(names.map(soundOf)).size).toBe(1);
  });

  it.each([
    ["noor", "near"],
    ["khan", "kahn"],
    ["lashkar", "askar"],
    ["karim", "karima"],
    ["sheikh", "sheik"],
  ])("tells %s from %s", (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other));
  });

  it("begins with a sound that the word's first letter can give", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), (word) => {
        const key = soundOf(word);
        if (key !== "") expect(initialsOf(key)).toContain(word[0]);
      }),
    );
  });
});
