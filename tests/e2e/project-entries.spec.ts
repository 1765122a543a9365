/** The ways onto a project: from the badge's card and from a list page (requirements 2.6). What is on it, the core is asked. */
import type { BrowserContext, Locator, Page } from "@playwright/test";
import type { ProjectPerson, ProjectSummary } from "../../extension/shared/protocol";
import {
  askCore,
  closedRootCount,
  connect,
  expect,
  openExtensionPage,
  overlay,
  serviceWorker,
  shoot,
  shootVariants,
  test,
} from "./harness";
import { Popup } from "./support/popup";
import { cardOf, expectBadge, INES, openCard, TOMASZ } from "./support/steps";

/** People search: Ines, who is in Lever, and two who are not. */
const LIST = {
  address: "https://www.linkedin.com/search/results/people/",
  file: "linkedin/search-2026.html",
} as const;

test.use({ sites: { pages: [INES, TOMASZ, LIST] } });

async function projectsOf(context: BrowserContext): Promise<ProjectSummary[]> {
  const reply = await askCore(context, { command: "projects" });
  return reply.reply === "projects" ? reply.projects : [];
}

async function peopleOn(context: BrowserContext, name: string): Promise<ProjectPerson[]> {
  const project = (await projectsOf(context)).find((one) => one.name === name)?.project;
  if (project === undefined) {
    return [];
  }
  const reply = await askCore(context, { command: "project_people", project, after: 0, limit: 100 });
  return reply.reply === "project_people" ? reply.people : [];
}

/** What the page's own scripts hear of the keys from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    for (const kind of ["keydown", "keyup", "input", "beforeinput"]) {
      addEventListener(kind, (event) => heard.push(`${kind} ${(event as KeyboardEvent).key ?? ""}`), true);
    }
  });
  return () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}

const projectField = (within: Locator | Page) => within.getByRole("combobox", { name: "Project" });

test("from the card: somebody new begins a project, somebody in Lever goes on the same, and comes off it", async ({
  context,
  sandbox,
  extensionOrigin,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const tomasz = await openProfile(TOMASZ.address);
  await expectBadge(tomasz, "Not in Lever · Add");
  const heard = await listen(tomasz);
  const form = await openCard(tomasz);
  await form.getByRole("button", { name: "Add to project" }).click();
  await expect(projectField(form)).toBeFocused();
  await tomasz.keyboard.type("Platform, spring");
  await expect(form.getByRole("option", { name: "New project “Platform, spring”" })).toBeVisible();
  await shootVariants(tomasz, info, "1 naming a project");
  await tomasz.keyboard.press("Enter");
  await expect(form.getByRole("listitem").getByText("On Platform, spring")).toBeVisible();
  // The keyboard is where it can go on from.
  await expect(form.getByRole("button", { name: "Add to project" })).toBeFocused();
  expect(await heard()).toEqual([]);
  const [kept] = await peopleOn(context, "Platform, spring");
  expect(kept).toMatchObject({ key: "gh:login:tabara-demo", name: "Tomasz Abara", verdict: "none" });

  const ines = await openProfile(INES.address);
  await expectBadge(ines, INES.badge);
  const card = await openCard(ines);
  await card.getByRole("button", { name: "Add to project" }).click();
  // The one used last is there already.
  await expect(projectField(card)).toHaveValue("Platform, spring");
  await ines.keyboard.press("Enter");
  await expect(card.getByRole("listitem").getByText("On Platform, spring")).toBeVisible();
  await shootVariants(ines, info, "2 on a project");
  expect((await peopleOn(context, "Platform, spring")).map(({ name }) => name)).toEqual([
    "Tomasz Abara",
    "Ines Kowalczyk",
  ]);

  await card.getByRole("button", { name: "Open project" }).click();
  const [project] = await projectsOf(context);
  const worker = await serviceWorker(context);
  const addresses = () => worker.evaluate(async () => (await chrome.tabs.query({})).map(({ url }) => url));
  await expect.poll(addresses).toContain(`${extensionOrigin}/projects.html#project=${project?.project}`);

  await ines.bringToFront();
  await card.getByRole("button", { name: "Remove from Platform, spring" }).click();
  await expect(card.getByText("On Platform, spring")).toHaveCount(0);
  expect((await peopleOn(context, "Platform, spring")).map(({ name }) => name)).toEqual(["Tomasz Abara"]);
  // Lists are local: nothing of all this went to Lever.
  expect(await sandbox.log()).toEqual([]);
});

test("the row closes with Escape, and the card stays; a page loaded anew says where its person is", async ({
  context,
  sandbox,
  openProfile,
}) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const card = await openCard(page);
  await card.getByRole("button", { name: "Add to project" }).click();
  await expect(projectField(card)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(projectField(card)).toHaveCount(0);
  await expect(card).toBeVisible();
  await card.getByRole("button", { name: "Add to project" }).click();
  await expect(projectField(card)).toBeFocused();
  await page.keyboard.type("Meet-up");
  await card.getByRole("button", { name: "Add", exact: true }).click();
  await expect(card.getByRole("listitem").getByText("On Meet-up")).toBeVisible();
  await page.reload();
  await expectBadge(page, INES.badge);
  await openCard(page);
  await expect((await cardOf(page)).getByRole("listitem").getByText("On Meet-up")).toBeVisible();
  await expect((await overlay(page)).getByRole("button", { name: "Add to project" })).toBeVisible();
});

test("from a list page: those who are not in Lever are selected and put on a project, and the page stays as it is", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const panel = await openExtensionPage(context, "sidepanel.html");
  await panel.setViewportSize({ width: 420, height: 900 });
  const page = await openProfile(`${LIST.address}?keywords=data`);
  await page.bringToFront();
  const list = panel.getByRole("region", { name: "People on this page" });
  await expect(list.getByRole("heading", { name: "3 people on this page" })).toBeVisible();
  const row = (name: string) => list.getByRole("checkbox", { name });
  await expect(row("Ines Kowalczyk")).toHaveAccessibleName(/In Lever · Onsite interview · Maya O\./);
  await expect(row("Amara Nwosu")).toHaveAccessibleName(/Not in Lever/);
  await expect(row("Jonas Feld")).toHaveAccessibleName(/Not in Lever/);
  expect(await closedRootCount(page)).toBe(0);

  await list.getByRole("button", { name: "Select all not in Lever" }).click();
  await expect(row("Ines Kowalczyk")).not.toBeChecked();
  await projectField(list).fill("Nordics");
  await panel.keyboard.press("Enter");
  await expect(list.getByRole("button", { name: "Add 2 to project" })).toBeVisible();
  await shootVariants(panel, info, "1 selected");
  await list.getByRole("button", { name: "Add 2 to project" }).click();
  await expect(list.getByText("2 people are on Nordics.")).toBeVisible();
  await shoot(panel, info, "2 added");
  const people = await peopleOn(context, "Nordics");
  expect(people.map(({ name, headline, verdict }) => [name, headline, verdict])).toEqual([
    ["Amara Nwosu", "Data platforms and storage", "none"],
    ["Jonas Feld", "Engineer at Tidewater", "none"],
  ]);

  // Shift and the arrows, then a range by pointer; then the list is scrolled, and who is ticked is kept.
  await row("Ines Kowalczyk").focus();
  await panel.keyboard.press("Shift+ArrowDown");
  await expect(row("Ines Kowalczyk")).toBeChecked();
  await expect(row("Amara Nwosu")).toBeChecked();
  await list.getByText("Jonas Feld").click({ modifiers: ["Shift"] });
  await expect(list.getByRole("button", { name: "Add 3 to project" })).toBeVisible();
  await page.evaluate(() => {
    const [first, ...rest] = document.querySelectorAll('main [role="listitem"]');
    for (const old of rest) {
      old.remove();
    }
    if (first !== undefined) {
      first.innerHTML = first.innerHTML
        .replaceAll("ines-kowalczyk-demo", "mira-okafor-demo")
        .replaceAll("Ines Kowalczyk", "Mira Okafor")
        .replaceAll("555000101", "555000888");
    }
  });
  // Whoever scrolls wakes the reader of a page that had come to rest.
  await page.keyboard.press("PageDown");
  await expect(list.getByRole("heading", { name: "1 person on this page" })).toBeVisible();
  await expect(list.getByRole("heading", { name: "3 people seen before" })).toBeVisible();
  await expect(row("Ines Kowalczyk")).toBeChecked();
  await expect(row("Mira Okafor")).not.toBeChecked();
  await projectField(list).focus();
  await panel.keyboard.press("Enter");
  await expect(list.getByText("3 people are on Nordics.")).toBeVisible();
  expect((await peopleOn(context, "Nordics")).map(({ name }) => name)).toEqual([
    "Amara Nwosu",
    "Jonas Feld",
    "Ines Kowalczyk",
  ]);
  expect(await sandbox.log()).toEqual([]);

  // The popup shows the same; the page is without a mark of ours in quiet mode and out of it.
  const popup = await Popup.open(context, page);
  await expect.poll(() => popup.text()).toContain("1 person on this page");
  await popup.close();
});

test("who goes from a list to somebody's page and back finds the selection", async ({
  context,
  sandbox,
  openProfile,
}) => {
  await connect(context, sandbox);
  const panel = await openExtensionPage(context, "sidepanel.html");
  const page = await openProfile(`${LIST.address}?keywords=data`);
  await page.bringToFront();
  const list = panel.getByRole("region", { name: "People on this page" });
  await list.getByRole("checkbox", { name: "Amara Nwosu" }).check();
  await page.goto(INES.address);
  await expect(panel.getByRole("heading", { name: "Ines Kowalczyk" })).toBeVisible();
  await page.goBack();
  await expect(list.getByRole("checkbox", { name: "Amara Nwosu" })).toBeChecked();
  await expect(list.getByRole("checkbox", { name: "Jonas Feld" })).not.toBeChecked();
});
