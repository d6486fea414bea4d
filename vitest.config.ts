import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Two cores: more workers would only make the timings of the process tests noisy.
    maxWorkers: 2,
  },
});
