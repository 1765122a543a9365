/** Keys that do not work, or not for everything: the recruiter is told which, in Lever's own words, and nothing is sent. */
import { connect, expect, shoot, test } from "./harness";
import { expectBadge, INES, jobsIn, LEILA, openCard, openOptions, sayWhoIAm, submitKey, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [INES, LEILA, TOMASZ] } });

const READS = [
  "GET /users",
  "GET /stages",
  "GET /archive_reasons",
  "GET /postings",
  "GET /sources",
  "GET /opportunities",
  "GET /opportunities/:id",
  "GET /opportunities/deleted",
  "GET /contacts/:id",
  "GET /opportunities/:id/notes",
];

test("a wrong key is refused with the place to look, and nothing is kept", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  const options = await openOptions(context);
  await submitKey(options, "not-the-key");
  await expect(
    options.getByText(
      "Lever refused the key. It may have been switched off: Settings → Integrations and API. What was read is kept.",
    ),
  ).toBeVisible();
  await expect(options.getByText("Look at the key and at which Lever it belongs to.")).toBeVisible();
  await expect(options.getByRole("heading", { name: "Connect Lever" })).toBeVisible();
  await shoot(options, info, "wrong key");
  const page = await openProfile(INES.address);
  await expectBadge(page, "Not connected · Settings");
  expect(await sandbox.log()).toEqual([]);
});

test("an empty key is not tried", async ({ context, sandbox }) => {
  const options = await openOptions(context);
  await options.getByRole("button", { name: "Connect", exact: true }).click();
  await expect(options.getByText("Paste the key first.")).toBeVisible();
  expect(await sandbox.stats()).toMatchObject({ requests_total: 0 });
});

test("a key that lacks a permission names the box to tick", async ({ context, sandbox }, info) => {
  await sandbox.restrictKey(READS.filter((permission) => permission !== "GET /stages"));
  const options = await openOptions(context);
  await submitKey(options, sandbox.key);
  await expect(options.getByText("Lever takes the key, and 1 permission is missing.")).toBeVisible();
  await expect(options.getByText("The key lacks “Find all stages” (GET /stages).").first()).toBeVisible();
  await expect(options.getByText("Find all stages · missing")).toBeVisible();
  await expect(options.getByText("Find all users · granted")).toBeVisible();
  await shoot(options, info, "permission missing");
  expect(await sandbox.log()).toEqual([]);
});

test("a key with just the boxes that the settings page lists does the whole job", async ({
  context,
  sandbox,
  openProfile,
}) => {
  const options = await openOptions(context);
  await expect(options.getByRole("heading", { name: "Connect Lever" })).toBeVisible();
  const boxes = await options.locator("li[title]").all();
  const listed = await Promise.all(boxes.map(async (box) => (await box.getAttribute("title")) ?? ""));
  expect(listed).toContain("POST /opportunities");
  await sandbox.restrictKey(listed);
  await submitKey(options, sandbox.key);
  await expect(options.getByText("Lever takes the key. Nothing is missing.")).toBeVisible();
  await sayWhoIAm(options, "maya", "Maya Okafor");
  await expect(options.getByText("Up to date")).toBeVisible();

  // A note whose reply is lost needs the notes to be read.
  await sandbox.armFault({ kind: "lost-reply", method: "POST", path: "/opportunities/:id/notes" });
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const form = await openCard(page);
  await form.getByLabel("Note").fill("Knows build systems.");
  await form.getByLabel("Note").press("Control+Enter");
  await expect(form.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();

  // Somebody known without a job goes on one: posting, tag and source are writes of their own.
  const known = await openProfile(LEILA.address);
  await expectBadge(known, "In Lever · Prospect, Responded · Maya O.");
  const card = await openCard(known);
  await card.getByRole("button", { name: "Add to a job" }).click();
  await card.getByRole("combobox", { name: "Job" }).fill("platform eng");
  await jobsIn(card).filter({ hasText: "Platform Engineer" }).click();
  await card.getByRole("combobox", { name: "Tags" }).fill("rust-guild,");
  await expect(card.getByText("Leila Haddad is added to Platform Engineer.")).toBeVisible();
  // The other way is a click away, with what it leads to, and so is the way back.
  await card.getByRole("button", { name: "New opportunity instead" }).click();
  await expect(card.getByText("New opportunity for Leila Haddad on Platform Engineer")).toBeVisible();
  await card.getByRole("button", { name: "Rather not" }).click();
  await expect(card.getByText("Leila Haddad is added to Platform Engineer.")).toBeVisible();
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByRole("link", { name: "Open in Lever" })).toBeVisible();
  await expect(card.getByText("The key lacks")).toHaveCount(0);
  const paths = (await sandbox.log()).map(({ path }) => path.replace(/[0-9a-f-]{36}/, ":id"));
  expect(paths).toEqual([
    "/v1/opportunities",
    "/v1/opportunities/:id/notes",
    "/v1/candidates/:id/addPostings",
    "/v1/opportunities/:id/addTags",
    "/v1/opportunities/:id/addSources",
  ]);
});

test("a key that may not create says so at the first export, and what was typed stays", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await sandbox.restrictKey(READS);
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await card.getByLabel("Note").fill("Knows build systems.");
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByText("The key lacks “Create an opportunity” (POST /opportunities).")).toBeVisible();
  await expect(card.getByLabel("Note")).toHaveValue("Knows build systems.");
  await shoot(page, info, "may not create");
  await expectBadge(page, "Not in Lever · Add");
  expect(await sandbox.log()).toEqual([]);
});

test("a key that was switched off is told, and who is known stays known", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  await sandbox.revokeKey();
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const card = await openCard(page);
  await card.getByRole("button", { name: "Check now" }).click();
  await expect(card.getByText("Lever refused the key. It may have been switched off")).toBeVisible();
  await expect(card.getByText("ines.k@example.org")).toBeVisible();
  await shoot(page, info, "key switched off");
  await expectBadge(page, INES.badge);
  const unknown = await openProfile(TOMASZ.address);
  await expectBadge(unknown, "Lever refused the key · Settings");
  expect(await sandbox.log()).toEqual([]);
});
