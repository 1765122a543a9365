/** Unit tests of the TypeScript code: `*.test.ts` beside what they test. Playwright's files are `*.spec.ts`. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["extension/**/*.test.ts", "extension/**/*.test.tsx", "tests/**/*.test.ts"],
    environment: "node",
    // Ends what hangs. How fast a test runs on a shared machine says nothing.
    testTimeout: 60_000,
  },
});
