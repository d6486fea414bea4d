import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Real processes that are killed and disks that are full take minutes: `npm run test:faults`. So do
    // conversations with a Discord of our own: `npm run test:discord`.
    exclude: ["test/faults/**", "test/e2e/**"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Two cores: more workers would only make the timings of the process tests noisy.
    maxWorkers: 2,
  },
});
