/** What recruiters do, step by step, as stories tell it: set up, open a profile, read the badge, fill in the form. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { overlay } from "./closed-root";
import { openExtensionPage } from "./extension-parts";
import type { LoggedWrite, Sandbox } from "./sandbox";
import type { SavedPage } from "./saved-pages";

/** Ines Kowalczyk, who is in the simulated Lever. */
export const INES = {
  address: "https://www.linkedin.com/in/ines-kowalczyk-demo/",
  file: "linkedin/ines-kowalczyk.html",
  badge: "In Lever · Onsite interview · Maya O.",
} as const satisfies SavedPage & { badge: string };

export const INES_HTML = readFileSync(resolve(import.meta.dirname, "../../pages", INES.file), "utf8");

/** Leila Haddad, a prospect in Lever without a job, on a page like Ines's. */
export const LEILA = {
  address: "https://www.linkedin.com/in/leila-haddad-demo/",
  html: INES_HTML.replaceAll("ines-kowalczyk-demo", "leila-haddad-demo")
    .replaceAll("Ines Kowalczyk", "Leila Haddad")
    .replaceAll("ACoAACEUoSUBieAR3w2tkmUvwyYypNMAwB1yIZ4", "ACoAACEUoSYBymMn7IDj528VQUbHeYArDvJneMc"),
} as const satisfies SavedPage;

/** Tomasz Abara, who is not in Lever. */
export const TOMASZ = {
  address: "https://github.com/tabara-demo",
  file: "github/tabara-demo.html",
} as const satisfies SavedPage;

export const OPTIONS = "options.html";

/** The badge of a page; waits until there is one. */
export async function badgeOf(page: Page): Promise<Locator> {
  return (await overlay(page)).locator(".badge");
}

/** Waits until the page's badge says this. */
export async function expectBadge(page: Page, line: string | RegExp): Promise<void> {
  await expect.poll(() => badgeLine(page), { timeout: 20_000 }).toMatch(line instanceof RegExp ? line : exactly(line));
}

/** The badge as one reads it: word and details; empty while it is not drawn. */
export async function badgeLine(page: Page): Promise<string> {
  const badge = await badgeOf(page);
  return await badge.evaluate((pill) =>
    pill.checkVisibility({ visibilityProperty: true })
      ? [...pill.querySelectorAll("b, .detail")].map((part) => part.textContent).join(" · ")
      : "",
  );
}

/** Presses the badge and gives the card. */
export async function openCard(page: Page): Promise<Locator> {
  await (await badgeOf(page)).click();
  return await cardOf(page);
}

export async function cardOf(page: Page): Promise<Locator> {
  const card = (await overlay(page)).getByRole("dialog");
  await expect(card).toBeVisible();
  return card;
}

/** The settings page, opened in its own tab. */
export async function openOptions(context: BrowserContext): Promise<Page> {
  return await openExtensionPage(context, OPTIONS);
}

/** Types the key and presses Connect. */
export async function submitKey(options: Page, key: string): Promise<void> {
  await options.getByLabel("API key").fill(key);
  await options.getByRole("button", { name: "Connect", exact: true }).click();
}

/** "Who are you in Lever", typed as the recruiter likes. */
export async function sayWhoIAm(options: Page, typed: string, name: string): Promise<void> {
  await options.getByRole("combobox", { name: "Name or email" }).fill(typed);
  await options.getByRole("option", { name }).click();
  await expect(options.getByRole("region", { name: "Who are you in Lever" }).getByText(name)).toBeVisible();
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`);
}

/** The jobs that the export form lists. */
export function jobsIn(card: Locator): Locator {
  return card.getByRole("listbox", { name: "Job" }).getByRole("option");
}

/** One create, in Jonas's name, with what Tomasz's page says in Lever's fields, and nothing else but what was added by hand. */
export async function expectTomaszCreated(
  sandbox: Sandbox,
  created: LoggedWrite | undefined,
  job: string,
  added: { tags?: string[] },
): Promise<void> {
  const jonas = await sandbox.idOf("users", "Jonas Lindqvist");
  expect(created).toMatchObject({
    method: "POST",
    path: "/v1/opportunities",
    query: { perform_as: jonas },
    status: 201,
  });
  expect(created?.body).toEqual({
    name: "Tomasz Abara",
    headline: "Quarry & Co",
    location: "Kraków, Poland",
    emails: ["tomasz@tabara.example"],
    links: [
      "https://github.com/tabara-demo",
      "https://tabara.example/",
      "https://www.linkedin.com/in/tomasz-abara-demo",
    ],
    sources: ["GitHub"],
    origin: "sourced",
    owner: jonas,
    postings: [await sandbox.idOf("postings", job)],
    ...added,
  });
}
