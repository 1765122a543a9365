/** What the recruiter says of who is who: remembered in the card, listed in the settings, taken back in either. */
import { connect, expect, shoot, shootVariants, test } from "./harness";
import { expectBadge, INES, INES_HTML, openCard, openOptions } from "./support/steps";

/** A page of a name that two people in Lever have. */
const ALEX = {
  address: "https://www.linkedin.com/in/alex-martin-elsewhere/",
  html: INES_HTML.replaceAll("ines-kowalczyk-demo", "alex-martin-elsewhere")
    .replaceAll("Ines Kowalczyk", "Alex Martin")
    .replaceAll("ACoAACEUoSUBieAR3w2tkmUvwyYypNMAwB1yIZ4", "ACoAACEUoSYBymMn7IDj528VQUbHeYArDvJneMc"),
};

test.use({ sites: { pages: [INES, ALEX] } });

test("why, and not this person: remembered, undone in the card and from the list", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const card = await openCard(page);
  await expect(card.getByText("Same LinkedIn profile").first()).toBeVisible();
  await card.getByRole("button", { name: "Compare with Lever" }).click();
  await expect(card.getByRole("columnheader", { name: "Page" })).toBeVisible();
  await expect(card.getByRole("rowheader", { name: /LinkedIn/ })).toBeVisible();
  await shootVariants(page, info, "1 why");

  await card.getByRole("button", { name: "Not this person" }).click();
  await expect(card.getByText("Remembered on this computer: not Ines Kowalczyk.")).toBeVisible();
  await shoot(page, info, "2 remembered");
  await card.getByRole("button", { name: "Undo" }).click();
  await expectBadge(page, INES.badge);
  await card.getByRole("button", { name: "Not this person" }).click();
  await expectBadge(page, /Not in Lever/);

  const options = await openOptions(context);
  const told = options.getByRole("region", { name: "What you told Fulcrum" });
  await expect(told.getByText("linkedin.com/in/ines-kowalczyk-demo")).toBeVisible();
  await expect(told.getByText("Not this person", { exact: true })).toBeVisible();
  await told.scrollIntoViewIfNeeded();
  await shootVariants(options, info, "3 list");
  await told.getByRole("button", { name: /^Undo: .*Ines Kowalczyk/ }).click();
  await expect(told.getByText(/^Taken back: linkedin.com\/in\/ines-kowalczyk-demo, Ines Kowalczyk/)).toBeVisible();
  await expect(told.getByText("Nothing yet.")).toBeVisible();
  // The page that is open follows by itself.
  await expectBadge(page, INES.badge);
  expect(await sandbox.log()).toEqual([]);
});

test("of two people of one name, each has reasons and buttons of its own", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(ALEX.address);
  await expectBadge(page, /possible match|Several fit/);
  const card = await openCard(page);
  const candidates = card.getByRole("listitem").filter({ has: page.getByRole("heading", { level: 3 }) });
  await expect(card.getByRole("button", { name: "Same person" })).toHaveCount(await candidates.count());
  await expect(card.getByText(/Same name/).first()).toBeVisible();
  await shootVariants(page, info, "1 two people");
  await card.getByRole("button", { name: "Same person" }).first().click();
  await expectBadge(page, /^In Lever/);
  await expect(card.getByText("Remembered on this computer: Alex Martin is the same person.")).toBeVisible();
  await expect(card.getByText("You said: same person")).toBeVisible();
  await shoot(page, info, "2 chosen");
});
