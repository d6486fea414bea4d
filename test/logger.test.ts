import { expect, test } from "vitest";
import { outputInMemory } from "../src/cli/io.ts";
import { logForPeople } from "../src/cli/log-for-people.ts";
import { createLogger } from "../src/logger.ts";

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const output = outputInMemory();
  write(createLogger("info", output));
  return output.text;
}

test("secrets and questions stay out of the log, however deep they lie", () => {
  const text = logged((logger) => {
    logger.info({ apiKey: "SECRET", nested: { token: "SECRET", deeper: { question: "SECRET" } } }, "one");
    logger.warn(
      { err: Object.assign(new Error("refused"), { response: { headers: { authorization: "SECRET" } } }) },
      "two",
    );
    logger.error({ list: [{ password: "SECRET" }] }, "three");
  });
  expect(text).not.toContain("SECRET");
  expect(text.match(/\[redacted\]/g)).toHaveLength(5);
  expect(text).toContain("refused");
});

test("what lies below the level is not written", () => {
  expect(logged((logger) => logger.debug("quiet"))).toBe("");
});

test("people get one plain line, with nothing for a terminal to obey", () => {
  const output = outputInMemory();
  const logger = createLogger("warn", logForPeople(output));
  logger.warn("the vectors file was\nmissing\x1b[2J; it was built again");
  logger.error("a quote is not in its report");
  expect(output.text).toBe(
    "warning: the vectors file was missing\\x1b[2J; it was built again\nerror: a quote is not in its report\n",
  );
});
