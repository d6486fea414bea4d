import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/e2e/discord/**/*.test.ts"],
    // The starter corpus is ingested once, for all files.
    globalSetup: ["test/e2e/discord/ingested-corpus.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The bot, its thread and the server share two cores.
    maxWorkers: 2,
  },
});
