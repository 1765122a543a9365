/**
 * The toolbar popup as the recruiter gets it: the toolbar button is pressed (through the debugger, since it is not part
 * of any page), which also gives the open tab to the extension; the popup is then looked at and clicked. Playwright does
 * not know popups as pages, so this speaks to it directly.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { BrowserContext, CDPSession, Page } from "@playwright/test";
import { extensionId, NestedSession } from "./extension-parts";

export class Popup {
  private constructor(
    private readonly browser: CDPSession,
    private readonly session: NestedSession,
    private readonly targetId: string,
  ) {}

  /** Presses the toolbar button while this tab is in front. */
  static async open(context: BrowserContext, page: Page): Promise<Popup> {
    await page.bringToFront();
    const browser = await context.browser()?.newBrowserCDPSession();
    if (browser === undefined) {
      throw new Error("the context has no browser");
    }
    const id = await extensionId(context);
    // Playwright's types do not list this command.
    const press = { id, targetId: await tabOf(browser, page) };
    await browser.send("Extensions.triggerAction" as "Target.activateTarget", press);
    const targetId = await until(async () => await popupTarget(browser, id));
    const popup = new Popup(browser, await NestedSession.attach(browser, targetId), targetId);
    await until(async () => (await popup.text()) !== "" || undefined);
    return popup;
  }

  /** What one reads in it. */
  async text(): Promise<string> {
    return String(await this.evaluate("document.body?.innerText ?? ''"));
  }

  /** Clicks the button, link or choice with this text, where a pointer would. */
  async click(text: string): Promise<void> {
    const box = await until(async () => {
      const found = await this.evaluate(`(() => {
        const all = [...document.querySelectorAll("button, a, label")];
        const one = all.find((element) => element.textContent.trim() === ${JSON.stringify(text)});
        one?.scrollIntoView({ block: "center" });
        const box = one?.getBoundingClientRect();
        return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      })()`);
      return (found as { x: number; y: number } | null) ?? undefined;
    });
    for (const type of ["mousePressed", "mouseReleased"]) {
      await this.session.send("Input.dispatchMouseEvent", { type, ...box, button: "left", clickCount: 1 });
    }
  }

  async evaluate(expression: string): Promise<unknown> {
    const answer = (await this.session.send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    })) as { result: { value?: unknown }; exceptionDetails?: { text: string } };
    if (answer.exceptionDetails !== undefined) {
      throw new Error(answer.exceptionDetails.text);
    }
    return answer.result.value;
  }

  async shoot(file: string, colourScheme: "light" | "dark"): Promise<void> {
    await this.session.send("Emulation.setEmulatedMedia", {
      features: [
        { name: "prefers-color-scheme", value: colourScheme },
        { name: "prefers-reduced-motion", value: "reduce" },
      ],
    });
    const { data } = (await this.session.send("Page.captureScreenshot", { format: "png" })) as { data: string };
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(data, "base64"));
  }

  /** It may have gone by itself: the browser closes a popup as soon as something else has the focus. */
  async close(): Promise<void> {
    const { targetInfos } = await this.browser.send("Target.getTargets");
    if (targetInfos.some(({ targetId }) => targetId === this.targetId)) {
      await this.browser.send("Target.closeTarget", { targetId: this.targetId });
    }
    await this.browser.detach();
  }
}

async function popupTarget(browser: CDPSession, id: string): Promise<string | undefined> {
  const { targetInfos } = await browser.send("Target.getTargets");
  return targetInfos.find(({ url }) => url === `chrome-extension://${id}/popup.html`)?.targetId;
}

/** The debugger tells a tab from the page in it. */
async function tabOf(browser: CDPSession, page: Page): Promise<string> {
  const { targetInfos } = await browser.send("Target.getTargets", { filter: [{ type: "tab", exclude: false }] });
  const tab = targetInfos.find(({ url }) => url === page.url());
  if (tab === undefined) {
    throw new Error(`no tab shows ${page.url()}`);
  }
  return tab.targetId;
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error("waited in vain for the popup");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
