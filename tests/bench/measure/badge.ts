/**
 * From the profile sent to the badge painted, on a page that goes from person to person as the sites do: address and
 * content change, nothing is loaded. "Painted" is the first moment after the frame that shows the answer.
 */
import type { Page } from "@playwright/test";
import type { Browser } from "../browser";
import { type BadgeTimes, ContentWorld } from "../content-world";
import { stopEverything } from "../core-worker";
import { addressOf, type PagePerson, partsOf } from "../profile-page";
import { percentile, say, spread, type Table } from "../table";

/** The badge told something about the person, rather than that it cannot. */
const ANSWERS = /^(active|prospect|hired|archived|likely|possible|several|not_in_lever|exported)$/;

export async function measureWarmBadge(table: Table, browser: Browser, people: readonly PagePerson[]): Promise<void> {
  const times = await follow(browser, people, async () => undefined);
  const values = times.map(({ profileSent, painted }) => painted - profileSent);
  say(`  ${spread(values)}`);
  table.add("badge_warm_p95", percentile(values, 95));
}

/** Timed from the first message about the page, which wakes the service worker: stricter than from the profile. */
export async function measureColdBadge(table: Table, browser: Browser, people: readonly PagePerson[]): Promise<void> {
  const times = await follow(browser, people, () => stopEverything(browser.context));
  const values = times.map(({ firstMessage, painted }) => painted - firstMessage);
  say(`  ${spread(values)}`);
  table.add("badge_cold_p95", percentile(values, 95));
}

async function follow(
  browser: Browser,
  people: readonly PagePerson[],
  before: () => Promise<unknown>,
): Promise<BadgeTimes[]> {
  const [first, ...rest] = people;
  if (first === undefined) {
    throw new Error("nobody to look up");
  }
  const page = await browser.open(first);
  const world = await ContentWorld.enter(browser.context, page);
  const times: BadgeTimes[] = [];
  for (const person of rest) {
    await before();
    const one = await world.badge(() => goTo(page, person));
    if (!ANSWERS.test(one.kind)) {
      throw new Error(`the badge says "${one.text}"`);
    }
    times.push(one);
  }
  await page.close();
  return times;
}

/** Changes address and content in one step, so that the profile is read at once. */
async function goTo(page: Page, person: PagePerson): Promise<void> {
  await page.evaluate(
    ({ address, head, body }) => {
      document.head.innerHTML = head;
      document.body.innerHTML = body;
      history.pushState(null, "", address);
    },
    { address: addressOf(person), ...partsOf(person) },
  );
}
