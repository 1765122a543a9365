/** Lever down, slow, or asking for fewer requests: the mirror answers all the same and says how old it is. */
import { askCore, connect, expect, shoot, test } from "./harness";
import { badgeLine, expectBadge, INES, openCard, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [INES, TOMASZ] } });

test("with Lever down the mirror answers with its age, and an export keeps what was typed", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  await sandbox.stop();
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const card = await openCard(page);
  await expect(card.locator(".foot")).toContainText(/Read from Lever .*(now|ago)/);
  await card.getByRole("button", { name: "Check now" }).click();
  await expect(
    card.getByText("Lever cannot be reached. Check the network. What was read is still shown, with its age."),
  ).toBeVisible();
  await expect(card.getByText("ines.k@example.org")).toBeVisible();
  await expectBadge(page, INES.badge);
  await shoot(page, info, "lever down known");

  const other = await openProfile(TOMASZ.address);
  await expectBadge(other, "Not in Lever · Add");
  const form = await openCard(other);
  await form.getByLabel("Note").fill("Knows build systems.");
  await form.getByRole("button", { name: "Add to Lever" }).click();
  await expect(form.getByText("Lever cannot be reached. Check the network.")).toBeVisible();
  await expect(form.getByText("Nothing was added to Lever. What you typed is kept.")).toBeVisible();
  await expect(form.getByLabel("Note")).toHaveValue("Knows build systems.");
  await shoot(other, info, "lever down export");
  // Not even begun: nothing is on its way that could arrive later.
  const journal = await askCore(context, { command: "journal", limit: 10 });
  expect(journal).toEqual({ reply: "journal", entries: [] });
});

test("while Lever is slow the answer stands, and one click is one person", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await sandbox.armFault({ kind: "slow", method: "POST", path: "/opportunities", ms: 3_000 });
  const send = card.getByRole("button", { name: /Add to Lever|Adding/ });
  await expect(send).toHaveAttribute("aria-disabled", "false");
  await send.click();
  await expect.poll(() => badgeLine(page)).toBe("Adding to Lever");
  await expect(send).toHaveText("Adding");
  await shoot(page, info, "adding");
  await send.click({ force: true });
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
  expect(await sandbox.log()).toHaveLength(1);
});

test("a check that takes long says so and leaves the answer", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const card = await openCard(page);
  await sandbox.armFault({ kind: "slow", method: "GET", path: "/opportunities", ms: 2_000 });
  await card.getByRole("button", { name: "Check now" }).click();
  await expect(card.getByRole("button", { name: "Checking" })).toBeVisible();
  await expect(card.getByText("ines.k@example.org")).toBeVisible();
  await expect(card.getByRole("button", { name: "Check now" })).toBeVisible();
  await expectBadge(page, INES.badge);
});

test("when Lever asks for fewer requests, an export waits and is sent once", async ({
  context,
  sandbox,
  openProfile,
}) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await sandbox.armFault({ kind: "429", method: "POST", path: "/opportunities", times: 2 });
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
  const stats = await sandbox.stats();
  expect(stats).toMatchObject({ faults: { "429": 2 } });
  expect(await sandbox.log()).toHaveLength(1);
});

test("when Lever goes on asking for fewer requests, the card says what that means", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const card = await openCard(page);
  await sandbox.armFault({ kind: "429", method: "GET", times: 1_000 });
  await card.getByRole("button", { name: "Check now" }).click();
  await expect(
    card.getByText(
      "Lever takes no more requests right now. The whole company shares 10 a second. Nothing is lost: try again in a minute.",
    ),
  ).toBeVisible({ timeout: 30_000 });
  await expect(card.getByText("ines.k@example.org")).toBeVisible();
  await expectBadge(page, INES.badge);
  await shoot(page, info, "429");
  expect(await sandbox.log()).toEqual([]);
});
