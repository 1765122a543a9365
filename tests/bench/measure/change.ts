/** A change in Lever until the badge of an open page tells it, with the browser's own clocks at their own pace. */

import type { Sandbox } from "../../e2e/support/sandbox";
import type { Browser } from "../browser";
import { ContentWorld } from "../content-world";
import type { KnownPerson } from "../people";
import { say, spread, type Table } from "../table";

/** Kinds of badges whose line names the stage. */
const TELLS_A_STAGE = /^(active|prospect)$/;

interface Stage {
  id: string;
  text: string;
}

export async function measureChange(
  table: Table,
  browser: Browser,
  sandbox: Sandbox,
  people: readonly KnownPerson[],
  count: number,
): Promise<void> {
  const { data: stages } = (await sandbox.lever("/stages?limit=100")) as { data: Stage[] };
  const seconds: number[] = [];
  for (const [number, person] of people.entries()) {
    if (seconds.length === count) {
      break;
    }
    const page = await browser.open(person);
    const world = await ContentWorld.enter(browser.context, page);
    const { kind } = await world.badgeSays("");
    if (!TELLS_A_STAGE.test(kind)) {
      await page.close();
      continue;
    }
    // A stage that the badge cannot say already.
    const now = stages.find(({ id }) => id === person.stage)?.text ?? "";
    const others = stages.filter(
      ({ id, text }) => !id.startsWith("lead-") && !now.includes(text) && !text.includes(now),
    );
    const to = others[number % others.length];
    if (to === undefined) {
      throw new Error("Lever has no other stage");
    }
    await moveTo(sandbox, person.opportunity, to.id);
    const begun = performance.now();
    await world.badgeSays(to.text);
    seconds.push((performance.now() - begun) / 1e3);
    await page.close();
  }
  if (seconds.length < count) {
    throw new Error(`only ${seconds.length} of ${people.length} people have a badge that tells a stage`);
  }
  say(`  ${spread(seconds)}`);
  table.add("change_to_badge", Math.max(...seconds));
}

async function moveTo(sandbox: Sandbox, opportunity: string, stage: string): Promise<void> {
  const response = await fetch(`${sandbox.baseUrl}/opportunities/${opportunity}/stage`, {
    method: "PUT",
    headers: {
      authorization: `Basic ${Buffer.from(`${sandbox.key}:`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ stage }),
  });
  if (!response.ok) {
    throw new Error(`the stage could not be changed: ${response.status} ${await response.text()}`);
  }
}
