/**
 * What every story starts from: the simulated Lever, and Chromium with the release build exactly as shipped. The browser's
 * resolver sends `api.lever.co` to the simulated Lever; the sites' pages come from `tests/pages`. Nothing in the package
 * knows that it is being tested.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BrowserContext, test as base, chromium, type Page } from "@playwright/test";
import { registerClosedRootEngine } from "./support/closed-root";
import { extensionId } from "./support/extension-parts";
import { Sandbox, type SandboxOptions } from "./support/sandbox";
import { type SavedPage, servePages } from "./support/saved-pages";

export { expect } from "@playwright/test";
export { closedRootCount, overlay } from "./support/closed-root";
export { askCore, connect, statusOf, tabViewOf } from "./support/core";
export {
  breakCoreWorker,
  closeOffscreenDocument,
  inCoreWorker,
  killBrowser,
  killCore,
  killServiceWorker,
  openExtensionPage,
  serviceWorker,
} from "./support/extension-parts";
export type { LoggedWrite, Sandbox } from "./support/sandbox";
export { shoot, shootVariants } from "./support/screenshots";

const REPOSITORY = resolve(import.meta.dirname, "../..");
/** The release build, unpacked. */
export const EXTENSION = join(REPOSITORY, "dist/chromium");

export interface StoryOptions {
  /** How the simulated Lever starts. */
  sandboxOptions: SandboxOptions;
  /** The pages that exist at the sites. (Playwright would take a list on its own for a fixture with its settings.) */
  sites: { pages: readonly SavedPage[] };
  /** Where the browser sends Lever's addresses; `nowhere` is a Lever that cannot be reached. */
  leverIs: "sandbox" | "nowhere";
}

export interface Story {
  sandbox: Sandbox;
  /** Chromium with the extension, in a fresh profile. */
  context: BrowserContext;
  /** `chrome-extension://…`, without a slash at the end. */
  extensionOrigin: string;
  /** Opens a profile page at its real address. */
  openProfile(address: string): Promise<Page>;
}

export const test = base.extend<StoryOptions & Story>({
  sandboxOptions: [{}, { option: true }],
  sites: [{ pages: [] }, { option: true }],
  leverIs: ["sandbox", { option: true }],

  sandbox: async ({ sandboxOptions }, use) => {
    const sandbox = await Sandbox.start(sandboxOptions);
    await use(sandbox);
    await sandbox.stop();
  },

  context: async ({ sandbox, sites, leverIs }, use) => {
    await registerClosedRootEngine();
    const profile = await mkdtemp(join(tmpdir(), "fulcrum-profile-"));
    const context = await launch(profile, leverIs === "sandbox" ? sandbox.tlsPort : null);
    await servePages(context, sites.pages);
    await use(context);
    await context.close();
    await rm(profile, { recursive: true, force: true });
  },

  extensionOrigin: async ({ context }, use) => {
    await use(`chrome-extension://${await extensionId(context)}`);
  },

  openProfile: async ({ context }, use) => {
    await use(async (address) => {
      const page = await context.newPage();
      await page.goto(address, { waitUntil: "domcontentloaded" });
      return page;
    });
  },
});

/** Chromium with the extension. The same profile may be launched again after it was closed. */
export async function launch(
  profile: string,
  leverPort: number | null,
  executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium",
): Promise<BrowserContext> {
  const lever = leverPort === null ? "~NOTFOUND" : `127.0.0.1:${leverPort}`;
  return await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    // Playwright's own list switches extensions off.
    ignoreDefaultArgs: ["--disable-extensions"],
    args: [
      ...(process.env.DISPLAY === undefined || process.env.FULCRUM_HEADLESS === "1" ? ["--headless=new"] : []),
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      `--disable-extensions-except=${EXTENSION}`,
      `--load-extension=${EXTENSION}`,
      `--host-resolver-rules=MAP api.lever.co:443 ${lever}, MAP auth.lever.co:443 ${lever}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      "--ignore-certificate-errors",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-gpu",
      "--disable-dev-shm-usage",
    ],
  });
}
