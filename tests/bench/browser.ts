/** Chromium with the package as shipped in a fresh profile, connected to a simulated Lever. */
import type { BrowserContext, Page } from "@playwright/test";
import type { Command, Reply } from "../../extension/shared/protocol";
import { launch } from "../e2e/harness";
import { registerClosedRootEngine } from "../e2e/support/closed-root";
import { openExtensionPage } from "../e2e/support/extension-parts";
import type { Sandbox } from "../e2e/support/sandbox";
import { addressOf, type PagePerson, pageOf } from "./profile-page";

export class Browser {
  /** The pages that exist at the site now, by address. */
  readonly #pages = new Map<string, string>();

  private constructor(readonly context: BrowserContext) {}

  /** Starts with the profile as it was left; `sandbox` answers for Lever. */
  static async start(profile: string, sandbox: Sandbox): Promise<Browser> {
    await registerClosedRootEngine();
    const browser = new Browser(await launch(profile, sandbox.tlsPort));
    await browser.context.route(/^https?:\/\//, async (route) => {
      const html = browser.#pages.get(route.request().url());
      if (html === undefined || !route.request().isNavigationRequest()) {
        await route.abort("blockedbyclient");
      } else {
        await route.fulfill({ status: 200, contentType: "text/html; charset=utf-8", body: html });
      }
    });
    return browser;
  }

  get version(): string {
    return this.context.browser()?.version() ?? "unknown";
  }

  /** Opens the person's page at its address. */
  async open(person: PagePerson): Promise<Page> {
    this.#pages.set(addressOf(person), pageOf(person));
    const page = await this.context.newPage();
    await page.goto(addressOf(person), { waitUntil: "domcontentloaded" });
    return page;
  }

  /** Asks the core as a page of the extension does, from a tab that is closed again. */
  async ask(command: Command): Promise<Reply> {
    const page = await openExtensionPage(this.context, "manifest.json");
    try {
      return await askFrom(page, command);
    } finally {
      await page.close();
    }
  }

  async stop(): Promise<void> {
    await this.context.close();
  }
}

/** Asks the core from an open page of the extension. */
export async function askFrom(page: Page, command: Command): Promise<Reply> {
  return await page.evaluate(async (wanted) => {
    const call = { rpc: "call", target: "router", id: crypto.randomUUID(), name: "core", params: { command: wanted } };
    const response = await chrome.runtime.sendMessage(call);
    if (response?.ok !== true) {
      throw new Error(`the service worker answered ${JSON.stringify(response)}`);
    }
    return response.result;
  }, command);
}
