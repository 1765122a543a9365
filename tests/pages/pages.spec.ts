/** Every saved page, loaded at its real address in Chromium, is read exactly as the file beside it says. */
import { type Browser, expect, test } from "@playwright/test";
import { bundleAdapters, launchBrowser, readSavedPage } from "../extract/page-reader.mjs";
import { savedPages } from "./saved-pages";

let browser: Browser;
let adapters: string;

test.beforeAll(async () => {
  [browser, adapters] = await Promise.all([launchBrowser(), bundleAdapters()]);
});

test.afterAll(() => browser.close());

for (const page of savedPages()) {
  test(`${page.site}: ${page.name}`, async () => {
    const { answer } = await readSavedPage(browser, adapters, page.html, page.url);
    expect(answer).toEqual(page.expect);
    const text = JSON.stringify(answer);
    for (const word of page.mustNotAppear) {
      expect(text).not.toContain(word);
    }
  });
}

test("the pages cover every dialect, three languages and silence", () => {
  const pages = savedPages();
  const read = pages.flatMap((page) => (page.expect === null || Array.isArray(page.expect) ? [] : [page.expect]));
  const dialects = new Set(read.map((profile) => profile.dialect));
  expect([...dialects]).toEqual(
    expect.arrayContaining(["sdui-2026", "pvs-2022", "guest", "vcard", "json-ld", "h-card", "microdata", "open-graph"]),
  );
  expect(new Set(read.map((profile) => profile.lang)).size).toBeGreaterThanOrEqual(3);
  expect(pages.filter((page) => page.expect === null).length).toBeGreaterThanOrEqual(20);
});

test("the page's own scripts and redirects do nothing", async () => {
  const html = Buffer.from(`<!doctype html><html lang="en"><head>
    <meta http-equiv="refresh" content="0; url=https://elsewhere.example/">
    <script>document.documentElement.innerHTML = "<h1>gone</h1>"; location.href = "https://elsewhere.example/";</script>
    <script type="application/ld+json">{"@type":"Person","name":"Ada Brink","url":"/"}</script></head>
    <body onload="document.body.remove()"><h1>Ada Brink</h1></body></html>`);
  const { answer } = await readSavedPage(browser, adapters, html, "https://ada.example/");
  expect(answer).toMatchObject({ key: "web:ada.example", name: "Ada Brink" });
});

test("a page of more than a megabyte is read in full", async () => {
  const [ines] = savedPages().filter((page) => page.name === "ines-kowalczyk");
  const filler = "<section><h2>Activity</h2><p>Jonas Feld liked this.</p></section>".repeat(20_000);
  const html = Buffer.from(String(ines?.html).replace("</main>", `${filler}</main>`));
  expect(html.length).toBeGreaterThan(1_000_000);
  const { answer } = await readSavedPage(browser, adapters, html, ines?.url ?? "");
  expect(answer).toEqual(ines?.expect);
});
