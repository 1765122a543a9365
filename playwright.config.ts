/**
 * Browser tests: saved pages read by the adapters, badge and card on hostile pages, and stories with the release build
 * against the simulated Lever.
 */
import { defineConfig } from "@playwright/test";

/** The system's browser, which root cannot start with a sandbox of its own. */
const BROWSER = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
};

export default defineConfig({
  outputDir: "target/playwright",
  // A story that passes only at the second try is a story that fails.
  retries: 0,
  workers: Number(process.env.FULCRUM_BROWSERS ?? 2),
  fullyParallel: true,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  projects: [
    { name: "pages", testDir: "tests/pages" },
    { name: "overlay", testDir: "tests/overlay", use: { launchOptions: BROWSER } },
    { name: "e2e", testDir: "tests/e2e", testIgnore: "**/demo.spec.ts" },
  ],
});
