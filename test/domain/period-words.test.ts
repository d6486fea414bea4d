import { expect, test } from "vitest";
import { ENGLISH_PERIODS, periodInWords } from "../../src/domain/period-words.ts";

test.each([
  ["2024", "2024", "2024"],
  ["2022", "2024", "2022 to 2024"],
  ["2025-01", "2025-01", "January 2025"],
  ["2025-01", "2025-06", "January to June 2025"],
  ["2024-11", "2025-02", "November 2024 to February 2025"],
  ["2025-02-28", "2025-02-28", "28 February 2025"],
  ["2025-02-03", "2025-02-05", "3 to 5 February 2025"],
  ["2025-02-03", "2025-03-03", "3 February to 3 March 2025"],
  ["2024-12-31", "2025-01-01", "31 December 2024 to 1 January 2025"],
  // Whole months and years.
  ["2025-01-01", "2025-01-31", "January 2025"],
  ["2025-01-01", "2025-02-28", "January to February 2025"],
  ["2024-01-01", "2024-02-29", "January to February 2024"],
  ["2024-02-01", "2024-02-28", "1 to 28 February 2024"],
  ["2025-02-01", "2025-02-29", "February 2025"],
  ["2024-01-01", "2024-12-31", "2024"],
  ["2022-01-01", "2024-12-31", "2022 to 2024"],
  ["2024-01", "2024-12", "2024"],
  // Ends that are not equally exact.
  ["2024", "2024-06", "2024 to June 2024"],
  ["2025-01", "2025-03-15", "January 2025 to 15 March 2025"],
])("%s to %s is %s", (from, to, words) => {
  expect(periodInWords({ from, to }, ENGLISH_PERIODS)).toBe(words);
});
