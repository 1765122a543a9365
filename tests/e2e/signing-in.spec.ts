/** OAuth in the browser: a Super Admin consents in Lever's own window, and tokens are renewed without anybody noticing. */
import type { Page } from "@playwright/test";
import { connect, expect, shoot, shootVariants, test } from "./harness";
import { expectBadge, INES, openOptions, sayWhoIAm } from "./support/steps";

const CLIENT = { id: "story-application", secret: "story-secret-0123456789" };

test.use({
  sites: { pages: [INES] },
  sandboxOptions: { more: ["--oauth-client", `${CLIENT.id}:${CLIENT.secret}`] },
});

async function signIn(options: Page, secret: string): Promise<void> {
  await options.getByText("By signing in (OAuth)").click();
  await options.getByLabel("Client ID").fill(CLIENT.id);
  await options.getByLabel("Client secret").fill(secret);
  await options.getByRole("button", { name: "Sign in to Lever" }).click();
}

test("a Super Admin signs in, and the badge answers long after the first token has ended", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  const options = await openOptions(context);
  await options.getByText("By signing in (OAuth)").click();
  await expect(options.getByText(/^https:\/\/[a-p]{32}\.chromiumapp\.org\/lever$/)).toBeVisible();
  await shootVariants(options, info, "sign in");
  await signIn(options, CLIENT.secret);
  await expect(options.getByText("Lever takes the key. Nothing is missing.")).toBeVisible();
  await sayWhoIAm(options, "maya", "Maya Okafor");
  await expect(options.getByText("Up to date")).toBeVisible();

  await sandbox.expireTokens();
  await options.getByRole("button", { name: "Check the key" }).click();
  await expect(options.getByRole("button", { name: "Check the key" })).toBeEnabled();
  await expect(options.getByText("Lever takes the key. Nothing is missing.")).toBeVisible();
  const page = await openProfile(INES.address);
  await expectBadge(page, /In Lever/);
  expect(await sandbox.log()).toEqual([]);
});

test("a wrong secret is refused in words, and nothing is kept", async ({ context }, info) => {
  const options = await openOptions(context);
  await signIn(options, "not-the-secret");
  await expect(options.getByText("Lever refused the sign-in.")).toBeVisible();
  await expect(options.getByRole("heading", { name: "Connect Lever" })).toBeVisible();
  await expect(options.getByLabel("Client ID")).toHaveValue(CLIENT.id);
  await shoot(options, info, "sign-in refused");
});

test("a sign-in without a page to consent on changes nothing and says so", async ({ context }) => {
  const options = await openOptions(context);
  // No such host for the browser: the consent page of Lever's sandbox does not load.
  await options.getByText("Sandbox", { exact: true }).click();
  await signIn(options, CLIENT.secret);
  await expect(options.getByText("The sign-in was not finished. Nothing has changed.")).toBeVisible();
  await options.getByLabel("Client secret").fill("");
  await options.getByRole("button", { name: "Sign in to Lever" }).click();
  await expect(options.getByText("Enter the client ID and the secret first.")).toBeVisible();
});

test("a key that was switched off is replaced by a sign-in, and nothing that was read is lost", async ({
  context,
  sandbox,
}, info) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  await expect(options.getByText("Up to date")).toBeVisible();
  await sandbox.revokeKey();
  await options.getByRole("button", { name: "Check the key" }).click();
  await expect(options.getByRole("heading", { name: "Another key or sign-in" })).toBeVisible();
  await expect(options.getByText("What was read, your corrections and the journal stay.")).toBeVisible();
  await shoot(options, info, "another key");
  await signIn(options, CLIENT.secret);
  await expect(options.getByRole("heading", { name: "Another key or sign-in" })).toHaveCount(0);
  await expect(options.getByText("Connected: Production")).toBeVisible();
  // Who the recruiter is in Lever was kept, and so was the mirror.
  await expect(options.getByRole("button", { name: "Change", exact: true })).toBeVisible();
  await expect(options.getByText("Up to date")).toBeVisible();
});
