/**
 * Somebody who is in Lever already is brought up to date from the page (requirements 2.17, 3.1): what is new is ticked, what would
 * overwrite is not, and what was shown is what is sent.
 */
import { askCore, connect, expect, type Sandbox, shoot, shootVariants, test } from "./harness";
import { cardOf, expectBadge, openCard, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [TOMASZ] } });

/** Whom a colleague has added from another page, in other words and without an email. */
async function tomaszInLever(sandbox: Sandbox): Promise<{ contact: string; opportunity: string }> {
  const row = await sandbox.colleague("POST", "/opportunities", {
    name: "Tomasz Abara",
    headline: "Larch & Sons",
    links: ["http://www.linkedin.com/in/tomasz-abara-demo?trk=people-guest"],
  });
  return { contact: String(row.contact), opportunity: String(row.id) };
}

async function contactOf(sandbox: Sandbox, id: string): Promise<unknown> {
  return ((await sandbox.lever(`/contacts/${id}`)) as { data: unknown }).data;
}

test("what the page knows is added to Tomasz, and nothing that Lever knows is overwritten", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  const { contact, opportunity } = await tomaszInLever(sandbox);
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, /^In Lever/);
  const card = await openCard(page);

  await test.step("the card says how much is new", async () => {
    await expect(card.getByText("4 new details")).toBeVisible();
    await shootVariants(page, info, "1 card");
  });

  await test.step("page and Lever stand beside each other; what would overwrite is not ticked", async () => {
    await card.getByRole("button", { name: "Update in Lever" }).click();
    await expect(card.getByRole("heading", { name: "Update Tomasz Abara in Lever" })).toBeVisible();
    const headline = card.getByRole("checkbox", { name: /^Headline/ });
    await expect(headline).toBeFocused();
    await expect(headline).not.toBeChecked();
    await expect(headline).toHaveAccessibleName(/Quarry & Co.*replaces.*Larch & Sons/);
    await expect(card.getByRole("checkbox", { name: /^Email.*tomasz@tabara\.example/ })).toBeChecked();
    await expect(card.getByRole("checkbox", { name: /^Place.*Kraków, Poland/ })).toBeChecked();
    await expect(card.getByRole("checkbox", { name: /^Links/ })).toHaveCount(2);
    // The LinkedIn link is the same one in another spelling.
    await expect(card.getByRole("checkbox", { name: /^Links\s*linkedin/ })).toHaveCount(0);
    await expect(card.getByRole("checkbox", { name: /^Source.*GitHub/ })).not.toBeChecked();
    await expect(card.getByText("Tomasz Abara is updated. What Lever knows is kept.")).toBeVisible();
    await shootVariants(page, info, "2 comparison");
    expect(await sandbox.log()).toHaveLength(1);
  });

  await test.step("ticked and sent by keyboard alone", async () => {
    await page.keyboard.press("Space");
    await expect(card.getByText("What is struck above is replaced.")).toBeVisible();
    await shoot(page, info, "3 replacing");
    await page.keyboard.press("Space");
    await expect(card.getByText("What Lever knows is kept.")).toBeVisible();
    await card.getByRole("combobox", { name: "Tags" }).fill("rust-guild");
    await card.getByRole("combobox", { name: "Tags" }).press("Enter");
    await card.getByLabel("Note").fill("Now on GitHub as well.");
    await card.getByRole("button", { name: "Show" }).click();
    await expect(card.locator(".sent")).toContainText("tomasz@tabara.example");
    await shootVariants(page, info, "4 what is sent");
    await card.getByLabel("Note").press("Control+Enter");
    await expect(card.getByText("Updated in Lever.")).toBeVisible();
    await expect(card.getByRole("button", { name: "Close", exact: true }).last()).toBeFocused();
    await shootVariants(page, info, "5 updated");
  });

  await test.step("Lever got just that", async () => {
    const [, ...writes] = await sandbox.log();
    const prefix = `/v1/opportunities/${opportunity}`;
    expect(writes.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        method: "PUT",
        path: `/v1/contacts/${contact}`,
        body: { emails: ["tomasz@tabara.example"], location: "Kraków, Poland" },
      },
      {
        method: "POST",
        path: `${prefix}/addLinks`,
        body: { links: ["https://github.com/tabara-demo", "https://tabara.example/"] },
      },
      { method: "POST", path: `${prefix}/addTags`, body: { tags: ["rust-guild"] } },
      { method: "POST", path: `${prefix}/notes`, body: { value: "Now on GitHub as well." } },
    ]);
    expect(await contactOf(sandbox, contact)).toMatchObject({ name: "Tomasz Abara", headline: "Larch & Sons" });
  });

  await test.step("and the card shows what Lever has now", async () => {
    await card.getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(card.getByText("tomasz@tabara.example")).toBeVisible();
    await expect(card.getByText("1 detail differs")).toBeVisible();
    await shoot(page, info, "6 up to date");
    // It was no export: the badge says where he stands, as before.
    await expectBadge(page, /^In Lever/);
  });

  await test.step("the journal tells each part", async () => {
    const options = await openOptions(context);
    const journal = options.getByRole("region", { name: "Exports" });
    for (const part of ["Contact", "Links", "Tags", "Note"]) {
      await expect(journal.getByRole("cell", { name: part, exact: true })).toBeVisible();
    }
  });
});

test("an update is taken back in time, and a colleague who was faster is not overwritten", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  const { contact } = await tomaszInLever(sandbox);
  await connect(context, sandbox);
  await askCore(context, { command: "set_export_rules", rules: { undo_ms: 60_000 } });
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, /^In Lever/);
  const card = await openCard(page);
  await card.getByRole("button", { name: "Update in Lever" }).click();

  await card.getByRole("button", { name: /^Update/ }).click();
  await card.getByRole("button", { name: "Undo" }).click();
  await expect(card.getByText("Taken back. Nothing was sent.")).toBeVisible();
  expect(await sandbox.log()).toHaveLength(1);

  await sandbox.colleague("PUT", `/contacts/${contact}`, { emails: ["private@tabara.example"] });
  await card.getByRole("button", { name: /^Update/ }).click();
  await expect(card.getByText("What Lever would do has changed since it was shown.")).toBeVisible();
  await expect(card.getByRole("checkbox", { name: /^Email/ })).toHaveAccessibleName(/beside.*private@tabara\.example/);
  await shoot(page, info, "1 changed meanwhile");
  expect(await sandbox.log()).toHaveLength(2);
  expect(await contactOf(sandbox, contact)).toMatchObject({ emails: ["private@tabara.example"] });
});

test("without the permission for one part the others go on, and it is said which", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  const { contact } = await tomaszInLever(sandbox);
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, /^In Lever/);
  const card = await openCard(page);
  await card.getByRole("button", { name: "Update in Lever" }).click();
  await expect(card.getByRole("checkbox", { name: /^Email/ })).toBeChecked();
  await sandbox.restrictKey(["GET /opportunities", "GET /contacts/:id", "POST /opportunities/:id/addLinks"]);
  await card.getByRole("button", { name: /^Update/ }).click();
  await expect(card.getByText("Updated in part. Not in Lever: Contact.")).toBeVisible();
  await expect(card.getByText("The key lacks “Update a contact”")).toBeVisible();
  await shootVariants(page, info, "1 in part");
  expect(await contactOf(sandbox, contact)).toMatchObject({ emails: [] });
  expect((await sandbox.log()).at(-1)?.path).toMatch(/addLinks$/);
});

test("when the page has moved on nothing is sent", async ({ context, sandbox, openProfile }) => {
  await tomaszInLever(sandbox);
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, /^In Lever/);
  const card = await openCard(page);
  await card.getByRole("button", { name: "Update in Lever" }).click();
  await expect(card.getByRole("checkbox", { name: /^Email/ })).toBeChecked();
  await page.evaluate(() => history.pushState(null, "", "/somebody-else-demo"));
  await expect((await cardOf(page)).getByText("This page has changed since you opened the form.")).toBeVisible();
  expect(await sandbox.log()).toHaveLength(1);
});
