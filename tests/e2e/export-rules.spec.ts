/** What is sent: rules set once in the settings hold for every export from then on, and travel to a colleague as a file. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { connect, expect, shootVariants, statusOf, test } from "./harness";
import { expectBadge, openCard, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [TOMASZ] } });

function rulesOf(options: Page): Locator {
  return options.getByRole("region", { name: "What is sent" });
}

/** Until the page says so nothing is kept, and a story that went on would be faster than any recruiter. */
async function expectSaved(rules: Locator): Promise<void> {
  await expect(rules.getByRole("status")).toHaveText("Saved");
}

test("rules of the account are previewed, hold for the next export, and can be carried away", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  const rules = rulesOf(options);

  const me = (await statusOf(context)).me?.name ?? "";
  expect(me).not.toBe("");

  await test.step("until a profile was looked at there is nothing to preview", async () => {
    await expect(rules.getByText("Look at a profile, and what would be sent of it stands here.")).toBeVisible();
  });

  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  await options.bringToFront();
  // A browser without windows gives none of them the focus.
  await options.evaluate(() => dispatchEvent(new Event("focus")));
  const preview = rules.getByRole("complementary", { name: "What Lever would get" });
  await expect(preview).toContainText("Tomasz Abara");

  await test.step("what is switched off is gone from the preview, what is switched on stands there", async () => {
    await expect(preview).toContainText("Kraków, Poland");
    await rules.getByRole("checkbox", { name: "Place" }).uncheck();
    await expectSaved(rules);
    await expect(preview).not.toContainText("Kraków, Poland");
    await rules.getByRole("checkbox", { name: "Send the tag Shortlisted by {me}" }).check();
    await expect(preview).toContainText(`Shortlisted by ${me}`);
  });

  await test.step("a tag that cannot be filled is said to be so, and is mended", async () => {
    await rules.getByRole("button", { name: "Add a tag" }).click();
    const tag = rules.getByRole("textbox", { name: "Tag 5" });
    await expect(tag).toBeFocused();
    await options.keyboard.type("From {sight}");
    await tag.blur();
    await expect(rules.getByRole("alert")).toContainText("{sight} is not known. The rules of before hold.");
    await shootVariants(options, info, "1 a tag that cannot be filled");
    await tag.fill("From {site}");
    await tag.blur();
    await expect(rules.getByRole("alert")).toBeHidden();
    await expect(preview).toContainText("From GitHub");
  });

  await test.step("stage and source to start with", async () => {
    await rules.getByRole("combobox", { name: "Stage" }).selectOption({ label: "Reached out" });
    await expectSaved(rules);
    await rules.getByRole("textbox", { name: "Source" }).fill("{site} sourcing");
    await rules.getByRole("textbox", { name: "Source" }).blur();
    await expectSaved(rules);
    await shootVariants(options, info, "2 rules");
  });

  await test.step("the form starts with them, and Lever gets what the preview showed", async () => {
    await page.bringToFront();
    const card = await openCard(page);
    await expect(card.getByRole("combobox", { name: "Source" })).toHaveValue("GitHub sourcing");
    await expect(card.getByRole("combobox", { name: "Stage" })).toHaveValue("lead-reached-out");
    await expect(card.locator(".form > .notice").first()).toContainText("New person, one opportunity");
    await card.getByRole("combobox", { name: "Source" }).press("Enter");
    await expect(card.getByText("Added to Lever as a prospect, in Reached out.")).toBeVisible();
    const [created, ...rest] = await sandbox.log();
    expect(rest).toEqual([]);
    expect(created?.body).toMatchObject({
      stage: "lead-reached-out",
      sources: ["GitHub sourcing"],
      tags: [`Shortlisted by ${me}`, "From GitHub"],
    });
    expect(created?.body).not.toHaveProperty("location");
  });

  await test.step("a file of them brings them back", async () => {
    await options.bringToFront();
    const saving = options.waitForEvent("download");
    await rules.getByRole("button", { name: "Save as a file" }).click();
    const file = await (await saving).path();
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ location: false, source: "{site} sourcing" });
    await rules.getByRole("checkbox", { name: "Place" }).check();
    await expectSaved(rules);
    await rules.getByLabel("Take from a file").last().setInputFiles(file);
    await expect(rules.getByRole("status")).toHaveText("The file's rules hold from now on");
    await expect(rules.getByRole("checkbox", { name: "Place" })).not.toBeChecked();
    const other = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("nothing of the kind") };
    await rules.getByLabel("Take from a file").last().setInputFiles(other);
    await expect(rules.getByRole("status")).toHaveText("This file holds no rules; nothing was changed");
  });
});

test("where people may only be added without a job, no job is offered", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  const rules = rulesOf(options);
  await rules.getByRole("checkbox", { name: "Only without a job" }).check();
  await expectSaved(rules);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await expect(card.locator(".form > .notice").first()).toContainText("New person, one opportunity");
  await expect(card.getByText("On a job")).toBeHidden();
});

test("followers are found by typing, taken off again, and follow the candidacy in Lever", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  const rules = rulesOf(options);
  const followers = rules.getByRole("combobox", { name: "Followers" });
  for (const name of ["Priya Raman", "Jonas Lindqvist"]) {
    await followers.fill(name.toLowerCase());
    await rules.getByRole("option", { name: new RegExp(name) }).click();
    await expectSaved(rules);
  }
  await followers.scrollIntoViewIfNeeded();
  await shootVariants(options, info, "followers");
  await rules.getByRole("button", { name: "Remove the follower Jonas Lindqvist" }).click();
  await expectSaved(rules);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await expect(card.locator(".form > .notice").first()).toContainText("New person, one opportunity");
  await card.getByRole("combobox", { name: "Source" }).press("Enter");
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
  const [created] = await sandbox.log();
  expect(created?.body).toMatchObject({ followers: [await sandbox.idOf("users", "Priya Raman")] });
});

test("an owner and a job to start with are found by typing, and cleared", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  const rules = rulesOf(options);
  await rules.getByRole("combobox", { name: "Owner" }).fill("maya oka");
  await rules.getByRole("option", { name: /Maya Okafor/ }).click();
  await expect(rules.getByRole("combobox", { name: "Owner" })).toHaveValue("Maya Okafor");
  await rules.getByRole("combobox", { name: "Job" }).fill("platform eng");
  await rules.getByRole("option", { name: /Platform Engineer/ }).click();
  await expect(rules.getByRole("combobox", { name: "Job" })).toHaveValue("Platform Engineer");
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await expect(card.locator(".form > .notice").first()).toContainText(
    "New person, one opportunity on Platform Engineer, in New lead.",
  );
  await card.getByRole("combobox", { name: "Source" }).press("Enter");
  await expect(card.getByText("Added to Lever on Platform Engineer, in New lead.")).toBeVisible();
  const [created] = await sandbox.log();
  expect(created?.body).toMatchObject({
    owner: await sandbox.idOf("users", "Maya Okafor"),
    postings: [await sandbox.idOf("postings", "Platform Engineer")],
  });
  await options.bringToFront();
  await rules.getByRole("button", { name: "Clear: Owner" }).click();
  await expect(rules.getByRole("combobox", { name: "Owner" })).toHaveValue("");
});
