/**
 * A site may be redrawn at any time. Whatever is renamed, dropped, wrapped, doubled, swapped or translated on a page, the
 * reading is the right person or nobody: never somebody else's name, key or company.
 */
import { type Browser, expect, test } from "@playwright/test";
import type { Profile } from "../../extension/shared/profile";
import { bundleAdapters, launchBrowser, loadPage } from "../extract/page-reader.mjs";
import { savedPages } from "./saved-pages";

/** Mutations of each page. `FULCRUM_MUTATIONS` makes a longer run. */
const EACH = Number(process.env["FULCRUM_MUTATIONS"] ?? 6);

let browser: Browser;
let mutator: string;

test.beforeAll(async () => {
  [browser, mutator] = await Promise.all([
    launchBrowser(),
    bundleAdapters(new URL("./mutation-entry.ts", import.meta.url)),
  ]);
});

test.afterAll(() => browser.close());

// Without its edit links the recruiter's own page is anybody's, a team page that loses people becomes one person's, and a
// half-replaced page without its one contradiction is consistent: there the damage changes the truth, not the layout.
const CHANGED_BY_DAMAGE = /own|in-me|half-replaced/;
const PAGES = savedPages().filter(
  (page) =>
    !Array.isArray(page.expect) &&
    (page.expect !== null || (page.site !== "web" && !CHANGED_BY_DAMAGE.test(page.name))),
);

for (const page of PAGES) {
  test(`${page.site}: ${page.name}, damaged ${EACH} times`, async () => {
    const expected = page.expect as Profile | null;
    const loaded = await loadPage(browser, mutator, page.html, page.url);
    try {
      for (let seed = 1; seed <= EACH; seed += 1) {
        const text = (await loaded.evaluate(`fulcrumPage.readMutated(${seed})`)) as string;
        const answer = JSON.parse(text) as Profile | null;
        const what = `seed ${seed}: ${text}`;
        if (answer !== null && expected !== null) {
          expect([expected.name, null], what).toContain(answer.name);
          expect(answer.key, what).toBe(expected.key);
          const companies = expected.history.concat(
            expected.current.map((one) => ({ ...one, start: null, end: null })),
          );
          const known = JSON.stringify([companies, expected.headline, expected.education]);
          for (const { company } of answer.current) {
            expect(company === null || known.includes(JSON.stringify(company).slice(1, -1)), what).toBe(true);
          }
        }
        for (const word of page.mustNotAppear) {
          expect(text, what).not.toContain(word);
        }
      }
    } finally {
      await loaded.close();
    }
  });
}
