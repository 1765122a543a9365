/**
 * The demo: the main job as one tells it, in calm lines, with a picture of each station in `target/demo/`. With a window
 * it goes as far as "connected", opens the sample pages and leaves the rest to whoever sits before it.
 */
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./harness";
import {
  badgeLine,
  expectBadge,
  expectTomaszCreated,
  INES,
  jobsIn,
  openCard,
  openOptions,
  sayWhoIAm,
  submitKey,
  TOMASZ,
} from "./support/steps";

const FOLDER = resolve(import.meta.dirname, "../../target/demo");
const HAS_WINDOW = process.env.DISPLAY !== undefined && process.env.FULCRUM_HEADLESS !== "1";

test.use({ sites: { pages: [INES, TOMASZ] }, sandboxOptions: { contacts: 1_000 } });

function say(line: string): void {
  process.stdout.write(`   ${line}\n`);
}

test("connect, look, add", async ({ context, sandbox, openProfile }) => {
  let pictures = 0;
  const picture = async (page: Page, name: string) => {
    pictures += 1;
    await mkdir(FOLDER, { recursive: true });
    await page.screenshot({ path: resolve(FOLDER, `${pictures}-${name}.png`) });
  };
  say("");
  say("A simulated Lever is running: 1,000 invented people. Nothing leaves this machine.");

  const options = await openOptions(context);
  await submitKey(options, sandbox.key);
  await expect(options.getByText("Connected: Production")).toBeVisible();
  await sayWhoIAm(options, "jonas", "Jonas Lindqvist");
  await expect(options.getByText("Up to date")).toBeVisible();
  const read = await options.getByText(/opportunities of [\d,]+ people read\./).textContent();
  say(`Connected with an API key, as Jonas Lindqvist. ${read?.trim()}`);
  await picture(options, "connected");

  const ines = await openProfile(INES.address);
  await expectBadge(ines, INES.badge);
  say(`LinkedIn, Ines Kowalczyk. The badge says: ${await badgeLine(ines)}`);
  await picture(ines, "badge-on-linkedin");
  if (HAS_WINDOW) {
    await openProfile(TOMASZ.address);
    say("The window is yours. Press the badges; close the window to end.");
    await context.waitForEvent("close", { timeout: 0 });
    return;
  }
  await openCard(ines);
  await picture(ines, "card-on-linkedin");

  const tomasz = await openProfile(TOMASZ.address);
  await expectBadge(tomasz, "Not in Lever · Add");
  say(`GitHub, Tomasz Abara. The badge says: ${await badgeLine(tomasz)}`);
  await picture(tomasz, "badge-on-github");
  const card = await openCard(tomasz);
  await card.getByText("On a job").click();
  await card.getByRole("combobox", { name: "Job" }).fill("plat");
  await jobsIn(card).filter({ hasText: "Platform Engineer" }).click();
  await expect(card.getByText("New person, one opportunity on Platform Engineer, in New lead.")).toBeVisible();
  say(
    "Chosen: the job “Platform Engineer”, found by typing “plat”. Lever will make a new person with one opportunity.",
  );
  await picture(tomasz, "form-on-github");
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByText("Added to Lever on Platform Engineer, in New lead.")).toBeVisible();
  await expectBadge(tomasz, /^Added to Lever|^In Lever/);
  say(`Sent. The badge says: ${await badgeLine(tomasz)}`);
  await picture(tomasz, "added");

  const [created, ...rest] = await sandbox.log();
  expect(rest).toEqual([]);
  await expectTomaszCreated(sandbox, created, "Platform Engineer", {});
  say("The simulated Lever has logged exactly one write:");
  say(`${created?.method} ${created?.path}`);
  for (const line of JSON.stringify(created?.body, null, 2).split("\n")) {
    say(`  ${line}`);
  }
  say(`Pictures: target/demo/ (${pictures})`);
  say("");
});
