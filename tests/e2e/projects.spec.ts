/**
 * Many people in one go (requirements 2.6, 2.8): a project, the plan for everybody on it, the export in the background, its summary
 * and the notice in the end. Paused, killed and taken back.
 */
import type { BrowserContext, Page } from "@playwright/test";
import type { Command, Profile } from "../../extension/shared/protocol";
import {
  askCore,
  closeOffscreenDocument,
  connect,
  expect,
  killServiceWorker,
  openExtensionPage,
  type Sandbox,
  serviceWorker,
  shootVariants,
  test,
} from "./harness";

/** Somebody new; a number tells one from the other. */
function newcomer(number: number): Profile {
  const syllables = ["ka", "ri", "mo", "tu", "ze", "lo", "vi", "sa", "ne", "du"];
  const word = (seed: number, length: number) => {
    const text = Array.from({ length }, (_, place) => syllables[Math.floor(seed / 10 ** place) % 10]).join("");
    return text.slice(0, 1).toUpperCase() + text.slice(1);
  };
  const login = `crowd-${number}-demo`;
  return {
    site: "github",
    kind: "profile",
    key: `gh:login:${login}`,
    url: `https://github.com/${login}`,
    proof: "address",
    dialect: null,
    ids: [`gh:login:${login}`],
    name: `${word(number * 7 + 3, 3)} ${word(number * 31 + 17, 4)}`,
    headline: "Engineer",
    location: word(number * 13 + 5, 3),
    current: [],
    history: [],
    education: [],
    links: [],
    emails: [`crowd.${number}@example.net`],
    phones: [],
    avatar: null,
    lang: "en",
    complete: true,
  };
}

const INES: Profile = {
  ...newcomer(0),
  site: "linkedin",
  key: "li:slug:ines-kowalczyk-demo",
  url: "https://www.linkedin.com/in/ines-kowalczyk-demo/",
  ids: ["li:slug:ines-kowalczyk-demo"],
  name: "Ines Kowalczyk",
  headline: null,
  location: null,
  emails: [],
};

async function projectOf(context: BrowserContext, name: string, profiles: Profile[]): Promise<number> {
  const named = await askCore(context, { command: "name_project", project: null, name });
  const [project] = named.reply === "projects" ? named.projects : [];
  if (project === undefined) {
    throw new Error(`no project: ${JSON.stringify(named)}`);
  }
  await askCore(context, { command: "add_to_project", project: project.project, profiles });
  return project.project;
}

async function openProjects(context: BrowserContext, hash = ""): Promise<Page> {
  const page = await openExtensionPage(context, `projects.html${hash}`);
  await expect(page.getByRole("heading", { name: "Projects", level: 1 })).toBeVisible();
  return page;
}

function people(count: number): Profile[] {
  return Array.from({ length: count }, (_, number) => newcomer(number + 1));
}

async function creates(sandbox: Sandbox): Promise<string[]> {
  const log = await sandbox.log();
  return log.filter(({ path }) => path === "/v1/opportunities").map(({ body }) => (body as { name: string }).name);
}

test("a project goes into Lever in one go, and the summary says what became of each", async ({
  context,
  sandbox,
}, info) => {
  await connect(context, sandbox);
  const page = await openProjects(context);
  await expect(page.getByText("No project yet.")).toBeVisible();
  await page.getByRole("textbox", { name: "New project" }).fill("Platform, spring");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nobody is on this project yet.")).toBeVisible();
  await projectOf(context, "Platform, spring", [...people(8), INES]);
  const ines = page.getByRole("row", { name: /Ines Kowalczyk/ });
  await expect(ines).toContainText("In Lever");
  await expect(page.getByRole("row", { name: new RegExp(newcomer(1).name ?? "") })).toContainText("Not in Lever");
  await shootVariants(page, info, "people of a project");

  await page.getByRole("checkbox", { name: "Select everybody" }).check();
  await page.getByRole("button", { name: "Export 9 people to Lever" }).click();
  await expect(page.getByText("8 new people.")).toBeVisible();
  await expect(page.getByText("1 is in Lever already, and is left out.")).toBeVisible();
  await page.getByRole("combobox", { name: "Tags" }).fill("meetup,");
  await page.getByLabel("Note").fill("From the spring list");
  await page.getByRole("button", { name: "What Lever gets" }).first().click();
  await expect(page.getByText("meetup").first()).toBeVisible();
  await shootVariants(page, info, "the plan for many");
  await page.getByRole("button", { name: "Export 8 people", exact: true }).click();

  await expect(page.getByRole("heading", { name: "Export complete: Platform, spring" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText("8 exported")).toBeVisible();
  await expect(page.getByText("1 already there")).toBeVisible();
  await expect(page.getByRole("row", { name: /Ines Kowalczyk/ })).toContainText("In Lever already");
  await shootVariants(page, info, "the summary");
  expect(new Set(await creates(sandbox)).size).toBe(8);
  const log = await sandbox.log();
  expect(log.filter(({ path }) => path.endsWith("/notes"))).toHaveLength(8);

  await test.step("whoever is elsewhere meanwhile is told", async () => {
    const worker = await serviceWorker(context);
    const notices = () => worker.evaluate(async () => Object.keys(await chrome.notifications.getAll()));
    await expect.poll(notices).toEqual([expect.stringMatching(/^batch:\d+$/)]);
  });

  await test.step("once exported, they carry a mark and are left out the next time", async () => {
    await page.getByRole("link", { name: /Platform, spring 9 people/ }).click();
    await expect(page.getByText("Exported", { exact: true })).toHaveCount(8);
    await page.getByRole("checkbox", { name: "Select everybody" }).check();
    await page.getByRole("button", { name: "Export 9 people to Lever" }).click();
    await expect(page.getByText("8 were exported before, and are left out.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Export 0 people" })).toHaveAttribute("aria-disabled", "true");
    await page.getByLabel("Include people who were exported before").check();
    await expect(page.getByText("9 are in Lever already, and are left out.")).toBeVisible();
    await page.getByLabel("gets a new opportunity in any case, on the same person").check();
    await expect(page.getByText("9 people in Lever get a new opportunity.")).toBeVisible();
  });
  expect(new Set(await creates(sandbox)).size).toBe(8);
});

test("a table of people becomes a project, and says whom it left out", async ({ context, sandbox }, info) => {
  await connect(context, sandbox);
  const page = await openProjects(context);
  const table = [
    "Full name,LinkedIn,Email,Company,Shoe size",
    "Noor Vand,https://www.linkedin.com/in/noor-vand-demo,noor.vand@example.net,Harbor Labs,38",
    "Ines Kowalczyk,https://www.linkedin.com/in/ines-kowalczyk-demo,,Harbor Labs,39",
    ",,,Harbor Labs,40",
  ].join("\n");
  const file = { name: "Spring meetup.csv", mimeType: "text/csv", buffer: Buffer.from(table) };
  await page.locator('input[type="file"]').setInputFiles(file);
  await expect(page.getByText("1 line left out")).toBeVisible();
  await shootVariants(page, info, "a table that was read");
  await page.getByRole("button", { name: "Add 2 people" }).click();
  await expect(page.getByRole("heading", { name: "Spring meetup" })).toBeVisible();
  await expect(page.getByRole("row", { name: /Noor Vand/ })).toContainText("Not in Lever");
  await expect(page.getByRole("row", { name: /Ines Kowalczyk/ })).toContainText("In Lever");
  await page.getByRole("checkbox", { name: "Select everybody" }).check();
  await page.getByRole("button", { name: "Export 2 people to Lever" }).click();
  await page.getByRole("button", { name: "Export 1 person", exact: true }).click();
  await expect(page.getByText("1 exported")).toBeVisible();
  const [created] = (await sandbox.log()).map(({ body }) => body as { name: string; emails: string[] });
  expect(created).toMatchObject({ name: "Noor Vand", emails: ["noor.vand@example.net"] });
});

test("an export of many is taken back before its first byte", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  await askCore(context, { command: "set_export_rules", rules: { undo_ms: 30_000 } } as Command);
  const project = await projectOf(context, "Platform", people(3));
  const page = await openProjects(context, `#project=${project}`);
  await page.getByRole("checkbox", { name: "Select everybody" }).check();
  await page.getByRole("button", { name: "Export 3 people to Lever" }).click();
  await page.getByRole("button", { name: "Export 3 people", exact: true }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("3 left out")).toBeVisible();
  expect(await sandbox.log()).toHaveLength(0);
});

test.describe("at a Lever that takes its time", () => {
  test.use({ sandboxOptions: { latencyMs: 150 } });

  test("it is paused and goes on, with the page closed, the service worker stopped and the core killed", async ({
    context,
    sandbox,
  }, info) => {
    await connect(context, sandbox);
    const project = await projectOf(context, "Platform", people(40));
    const page = await openProjects(context, `#project=${project}`);
    await page.getByRole("checkbox", { name: "Select everybody" }).check();
    await page.getByRole("button", { name: "Export 40 people to Lever" }).click();
    await page.getByRole("button", { name: "Export 40 people", exact: true }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByRole("heading", { name: "Paused: Platform" })).toBeVisible();
    await shootVariants(page, info, "a paused export");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
    await page.close();
    await closeOffscreenDocument(context);
    await killServiceWorker(context);
    const again = await openProjects(context);
    await again.getByRole("link", { name: /Platform .* left/ }).click();
    await expect(again.getByRole("heading", { name: "Export complete: Platform" })).toBeVisible({ timeout: 60_000 });
    await expect(again.getByText("40 exported")).toBeVisible();
    const made = await creates(sandbox);
    expect(made).toHaveLength(40);
    expect(new Set(made).size).toBe(40);
  });
});
