/**
 * The export as a recruiter makes it, by keyboard: Enter on the badge opens the form, Enter in the form sends. Timed from
 * that Enter to the frame that shows what Lever answered.
 */
import { overlay } from "../../e2e/support/closed-root";
import type { Browser } from "../browser";
import { ContentWorld } from "../content-world";
import type { PagePerson } from "../profile-page";
import { percentile, say, spread, type Table } from "../table";

export async function measureExport(table: Table, browser: Browser, people: readonly PagePerson[]): Promise<void> {
  // The time to take an export back is the recruiter's own; what is measured is ours.
  await browser.ask({ command: "set_export_rules", rules: { undo_ms: 0 } });
  const times: number[] = [];
  for (const person of people) {
    const page = await browser.open(person);
    const world = await ContentWorld.enter(browser.context, page);
    const { kind, text } = await world.badgeSays("");
    if (kind !== "not_in_lever") {
      throw new Error(`the badge of ${person.name}, who is new, says "${text}"`);
    }
    const root = await overlay(page);
    await root.locator(".badge").focus();
    await page.keyboard.press("Enter");
    await root.locator('.actions .button.main[aria-disabled="false"]').waitFor();
    const { pressed, painted } = await world.exported(() => page.keyboard.press("Enter"));
    times.push(painted - pressed);
    await page.close();
  }
  say(`  ${spread(times)}`);
  table.add("export_p95", percentile(times, 95));
}
