/** Quiet mode: the answer is in the toolbar, and the page is, byte for byte, what it is without the extension. Off: nothing at all. */
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { closedRootCount, connect, expect, serviceWorker, shoot, tabViewOf, test } from "./harness";
import { Popup } from "./support/popup";
import { servePages } from "./support/saved-pages";
import { INES, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [INES, TOMASZ] } });

/** Everything of the page that a script of its own could notice. */
async function wholePage(page: Page): Promise<Record<string, unknown>> {
  await page.waitForLoadState("load");
  return await page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    nodes: document.documentElement.getElementsByTagName("*").length,
    sheets: document.styleSheets.length,
    adopted: document.adoptedStyleSheets.length,
    globals: Object.getOwnPropertyNames(globalThis).sort(),
    mutations: (globalThis as unknown as { mutations: string[] }).mutations,
  }));
}

/** Counts changes from the first moment on, as a page could that looks for extensions. */
async function watchMutations(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const mutations: string[] = [];
    Object.assign(globalThis, { mutations });
    addEventListener("load", () => {
      new MutationObserver((records) => {
        mutations.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`));
      }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  });
}

async function withoutExtension(address: string): Promise<Record<string, unknown>> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
    await servePages(context, [INES, TOMASZ]);
    const page = await context.newPage();
    await watchMutations(page);
    await page.goto(address);
    return await wholePage(page);
  } finally {
    await browser.close();
  }
}

/** Opens a page that is watched before its first byte. */
async function openWatched(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await watchMutations(page);
  await page.goto(address);
  return page;
}

async function choose(options: Page, site: string, display: string): Promise<void> {
  const choice = options.getByRole("group", { name: `Fulcrum on ${site}` }).getByRole("radio", { name: display });
  // Until the page knows what is set it takes no choice.
  await expect(choice).toBeEnabled();
  await choice.click();
  await expect(choice).toBeChecked();
}

test("in the toolbar: the answer arrives, and the page is byte for byte what it was", async ({
  context,
  sandbox,
}, info) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  await choose(options, "LinkedIn", "In the toolbar");
  const page = await openWatched(context, INES.address);
  await expect
    .poll(async () => (await tabViewOf(context, page.url()))?.answer?.verdict.verdict, { timeout: 20_000 })
    .toBe("same");
  expect(await closedRootCount(page)).toBe(0);
  expect(await wholePage(page)).toEqual(await withoutExtension(INES.address));
  await shoot(page, info, "page in quiet mode");

  const popup = await Popup.open(context, page);
  await expect.poll(() => popup.text()).toContain("Onsite interview");
  expect(await popup.text()).toContain("Nothing on the page is changed.");
  await popup.close();
  expect(await wholePage(page)).toEqual(await withoutExtension(INES.address));
});

test("changed to the toolbar while the badge stands: everything of ours leaves the page", async ({
  context,
  sandbox,
}) => {
  await connect(context, sandbox);
  const page = await openWatched(context, TOMASZ.address);
  await expect.poll(() => closedRootCount(page)).toBe(1);
  const options = await openOptions(context);
  await choose(options, "GitHub", "In the toolbar");
  await expect.poll(() => closedRootCount(page)).toBe(0);
  const { html } = await wholePage(page);
  expect(html).toBe((await withoutExtension(TOMASZ.address)).html);
});

test("off: the page is not read at all", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  await choose(options, "LinkedIn", "Off");
  const page = await openWatched(context, INES.address);
  const popup = await Popup.open(context, page);
  await expect.poll(() => popup.text()).toContain("Pages of this site are not read.");
  expect(await tabViewOf(context, page.url())).toBeNull();
  expect(await wholePage(page)).toEqual(await withoutExtension(INES.address));
  await popup.close();
});

test("a choice that the browser cannot store is said to be as before", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  const worker = await serviceWorker(context);
  await worker.evaluate(() => {
    const { local } = chrome.storage;
    const set = local.set.bind(local);
    // Full once, as a disk is until something has been deleted.
    const refuse = () => {
      Reflect.set(local, "set", set);
      return Promise.reject(new Error("QUOTA_BYTES quota exceeded"));
    };
    Reflect.set(local, "set", refuse);
  });
  const choices = options.getByRole("group", { name: "Fulcrum on GitHub" });
  const quiet = choices.getByRole("radio", { name: "In the toolbar" });
  await quiet.click();
  const said = options.getByRole("alert").filter({ hasText: "could not store this. It is as it was before" });
  await expect(said).toBeVisible();
  await expect(choices.getByRole("radio", { name: "On the page" })).toBeChecked();
  await quiet.click();
  await expect(said).toBeHidden();
  await expect(quiet).toBeChecked();
});
