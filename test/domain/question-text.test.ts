import { describe, expect, test } from "vitest";
import { checkedQuestion } from "../../src/domain/question-text.ts";

describe("checkedQuestion", () => {
  test("folds white space, pasted line ends too", () => {
    expect(checkedQuestion("what is\r\n\tthe  TTP? ")).toBe("what is the TTP?");
  });

  test("takes 2,000 characters and not one more", () => {
    expect(checkedQuestion("a".repeat(2000), "question", "x")).toHaveLength(2000);
    expect(() => checkedQuestion("a".repeat(2001), "question", "x")).toThrow(
      "The question has 2,001 characters; the limit is 2,000",
    );
  });

  test.each(["", " ", "  \n"])("refuses %j", (text) => {
    expect(() => checkedQuestion(text, "question", "x")).toThrow("No question given");
  });

  test.each(["a\x00b", "a\x1b[31mb", "a\x9bb"])("refuses control characters: %j", (word) => {
    expect(() => checkedQuestion(word, "search terms", "x")).toThrow("must not contain control characters");
  });
});
