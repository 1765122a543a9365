/** What a page could learn of us, and where data could go: nothing, and nowhere but Lever. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { connect, expect, inCoreWorker, openExtensionPage, serviceWorker, test } from "./harness";
import { badgeOf, expectBadge, INES, openCard, TOMASZ } from "./support/steps";

/** The first thing the page does: it listens to everything, in the capture phase, and has shortcuts as such sites have. */
const CURIOUS = `<script>
  globalThis.heard = [];
  for (const type of ["keydown", "keypress", "keyup", "beforeinput", "input", "textInput", "change", "compositionstart",
    "compositionupdate", "compositionend", "copy", "cut", "paste", "focusin", "focusout"]) {
    for (const target of [window, document]) {
      target.addEventListener(type, (event) => {
        heard.push([type, event.key ?? event.data ?? "", event.target?.localName ?? ""].join(" "));
        if (type === "keydown" && (event.key === "/" || event.key === "e")) {
          document.documentElement.dataset.shortcut = event.key;
        }
      }, true);
    }
  }
</script>`;

const html = (file: string) =>
  readFileSync(resolve(import.meta.dirname, "../pages", file), "utf8").replace("<head>", `<head>${CURIOUS}`);

test.use({
  sites: {
    pages: [
      { address: INES.address, html: html(INES.file) },
      { address: TOMASZ.address, html: html(TOMASZ.file) },
    ],
  },
});

const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);

test("a page that listens to every key hears nothing typed in the card, and its shortcuts sleep", async ({
  context,
  sandbox,
  openProfile,
}) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  await page.keyboard.press("x");
  expect(await heard(page)).toContain("keydown x body");

  const card = await openCard(page);
  await card.getByLabel("Note").focus();
  await page.evaluate(() => {
    (globalThis as unknown as { heard: string[] }).heard.length = 0;
  });
  await page.keyboard.type("Knows Rust / see the email");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(card.getByLabel("Note")).toHaveValue("Knows Rust / see the email");
  await card.getByText("On a job").click();
  await page.keyboard.type("plat");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  expect(await heard(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.dataset.shortcut)).toBeUndefined();
  expect(await sandbox.log()).toEqual([]);
});

test("the page finds neither what the card says nor whose card it is", async ({
  context,
  sandbox,
  openProfile,
  extensionOrigin,
}) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  await openCard(page);
  const seen = await page.evaluate(async (origin) => {
    const host = document.querySelector("x-layer");
    const reachable = async (address: string) =>
      await fetch(address).then(
        () => "reached",
        () => "refused",
      );
    return {
      open: host?.shadowRoot ?? null,
      children: host?.childNodes.length,
      attributes: host?.getAttributeNames(),
      html: document.documentElement.outerHTML,
      // biome-ignore lint/performance/useDomNodeTextContent: what is drawn counts, not what stands in the document.
      text: document.documentElement.innerText,
      timings: performance.getEntries().map(({ name }) => name),
      globals: Object.getOwnPropertyNames(globalThis).filter((name) => /fulcrum|lever|preact/i.test(name)),
      guessed: ["ines.k@example.org", "Onsite interview", "Harbor Labs, Quarry"].filter((text) =>
        (globalThis as unknown as { find(text: string): boolean }).find(text),
      ),
      findable: (globalThis as unknown as { find(text: string): boolean }).find("Staff Data Engineer"),
      file: await reachable(`${origin}/content.js`),
      manifest: await reachable(`${origin}/manifest.json`),
    };
  }, extensionOrigin);
  expect(seen).toMatchObject({ open: null, children: 0, attributes: [], globals: [] });
  expect(seen).toMatchObject({ file: "refused", manifest: "refused" });
  // The browser's own search would answer guesses letter by letter; it does find what the page itself shows.
  expect(seen).toMatchObject({ guessed: [], findable: true });
  const all = JSON.stringify({ ...seen, guessed: null });
  for (const secret of ["ines.k@example.org", "Onsite interview", "+48 555", "chrome-extension:", "ulcrum"]) {
    expect(all, secret).not.toContain(secret);
  }
});

test("what the extension's own parts may reach is Lever, and nothing else", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  const attempt = `(async () => {
    const reached = [];
    for (const address of ["https://example.com/", "https://www.linkedin.com/feed/", "https://hire.lever.co/",
      "http://127.0.0.1:1/", "https://api.lever.co.example.com/"]) {
      await fetch(address, { mode: "no-cors" }).then(() => reached.push(address), () => undefined);
    }
    return reached;
  })()`;
  expect(await inCoreWorker(context, attempt)).toEqual([]);
  const page = await openExtensionPage(context, "options.html");
  const violations = page.evaluate(
    () =>
      new Promise<string>((told) => {
        addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
          told(`${effectiveDirective} ${blockedURI}`),
        );
        fetch("https://example.com/").catch(() => undefined);
      }),
  );
  expect(await violations).toBe("connect-src https://example.com/");
  expect(await page.evaluate(attempt)).toEqual([]);
  const worker = await serviceWorker(context);
  expect(await worker.evaluate(attempt)).toEqual([]);
});

test("a content script may not ask for what only the settings may", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  // The page has no way to the extension at all.
  expect(await page.evaluate(() => typeof (globalThis as { chrome?: { runtime?: unknown } }).chrome?.runtime)).toBe(
    "undefined",
  );
  // A made-up press by the page opens nothing.
  await page.evaluate(() => {
    document.querySelector("x-layer")?.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
  });
  await expect(await badgeOf(page)).toHaveAttribute("aria-expanded", "false");
});
