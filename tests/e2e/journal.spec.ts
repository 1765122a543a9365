/** The journal: who was sent to Lever, found by name and carried away; what failed beside a person is tried again, or left. */
import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "@playwright/test";
import { connect, expect, type Sandbox, shootVariants, test } from "./harness";
import { expectBadge, openCard, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [TOMASZ] } });

/** All that the story needs but notes. */
const WITHOUT_NOTES = [
  "GET /users",
  "GET /stages",
  "GET /archive_reasons",
  "GET /postings",
  "GET /opportunities",
  "GET /opportunities/:id",
  "GET /contacts/:id",
  "GET /opportunities/:id/notes",
  "POST /opportunities",
];
const NOTE = "POST /opportunities/:id/notes";

/** Tomasz is in Lever, his note is not; the settings page is open. */
async function addTomaszWithoutNote(
  context: BrowserContext,
  sandbox: Sandbox,
  openProfile: (address: string) => Promise<Page>,
): Promise<Page> {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await sandbox.restrictKey(WITHOUT_NOTES);
  await card.getByLabel("Note").fill("Knows build systems.");
  await card.getByLabel("Note").press("Control+Enter");
  await expect(card.getByText("“Create an opportunity note”")).toBeVisible();
  return await openOptions(context);
}

test("a note that Lever refused is tried again from the journal once the permission is there", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  const options = await addTomaszWithoutNote(context, sandbox, openProfile);
  const journal = options.getByRole("region", { name: "Exports", exact: true }).first();
  const note = journal.getByRole("row", { name: /Note/ });
  await expect(note).toContainText("Tomasz Abara");
  await expect(note).toContainText("Failed");
  await note.scrollIntoViewIfNeeded();
  await shootVariants(options, info, "a note that failed");

  await test.step("found by name, and carried away as a table", async () => {
    const search = journal.getByRole("searchbox", { name: "Find a person" });
    await search.fill("nobody at all");
    await expect(journal.getByText("Nobody of this name was sent to Lever from here.")).toBeVisible();
    await search.fill("ABARA");
    await expect(note).toBeVisible();
    const saving = options.waitForEvent("download");
    await journal.getByRole("button", { name: "Save as CSV" }).click();
    const table = await readFile(await (await saving).path(), "utf8");
    const [created] = await sandbox.log();
    expect(table.split("\r\n")[1]).toContain(`Tomasz Abara,gh:login:tabara-demo,New opportunity,In Lever`);
    expect(table).toContain(`https://hire.lever.co/candidates/${created?.opportunity}`);
  });

  await sandbox.restrictKey([...WITHOUT_NOTES, NOTE]);
  await note.getByRole("button", { name: "Try again" }).click();
  await expect(note).toContainText("In Lever");
  const paths = (await sandbox.log()).map(({ path }) => path.replace(/[0-9a-f-]{36}/, ":id"));
  expect(paths).toEqual(["/v1/opportunities", "/v1/opportunities/:id/notes"]);
});

test("a note that Lever refused is left, and Tomasz counts as added", async ({ context, sandbox, openProfile }) => {
  const options = await addTomaszWithoutNote(context, sandbox, openProfile);
  const note = options.getByRole("row", { name: /Note/ });
  await note.getByRole("button", { name: "Leave it" }).click();
  await expect(note).toContainText("Left as it is");
  await expect(note.getByRole("button")).toHaveCount(0);
  expect(await sandbox.log()).toHaveLength(1);
});
