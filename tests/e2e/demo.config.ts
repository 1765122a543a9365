/** `./build.sh demo`: one story, with a window where there is a display, else headless with pictures in target/demo/. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  testMatch: "demo.spec.ts",
  outputDir: "../../target/playwright-demo",
  workers: 1,
  // With a window, the story ends when its window is closed.
  timeout: process.env.DISPLAY === undefined ? 180_000 : 0,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
});
