/** People whom Lever holds more than once: a list with the way to Lever's own merge, and two people kept apart. */
import { askCore, connect, expect, openExtensionPage, type Sandbox, shootVariants, test } from "./harness";

/** Two records that a colleague made, with one LinkedIn address. */
async function recordTwice(sandbox: Sandbox): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${sandbox.key}:`).toString("base64")}`;
  const maya = await sandbox.idOf("users", "Maya Okafor");
  for (const email of ["marit.solheim@example.org", "m.solheim@example.net"]) {
    const response = await fetch(`${sandbox.baseUrl}/opportunities?perform_as=${maya}`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify({
        name: "Marit Solheim",
        emails: [email],
        links: ["https://www.linkedin.com/in/marit-solheim-demo"],
      }),
    });
    expect(response.ok).toBe(true);
  }
}

test("somebody recorded twice is listed with both records, and can be said to be two people", async ({
  context,
  sandbox,
}, info) => {
  await recordTwice(sandbox);
  const before = (await sandbox.log()).length;
  await connect(context, sandbox);
  const search = await openExtensionPage(context, "search.html");
  await search.getByRole("link", { name: "Recorded twice" }).click();
  await expect(search).toHaveURL(/#duplicates$/);
  const group = search
    .getByRole("listitem")
    .filter({ has: search.getByRole("heading", { level: 2, name: "Marit Solheim" }) });
  await expect(group.getByRole("link", { name: "Open in Lever" })).toHaveCount(2);
  await expect(group.getByText("marit.solheim@example.org")).toBeVisible();
  await expect(group.getByText("m.solheim@example.net")).toBeVisible();
  await group.getByRole("button", { name: "Compare the records" }).click();
  await expect(group.getByRole("columnheader", { name: "Second record" })).toBeVisible();
  await shootVariants(search, info, "1 recorded twice");

  await group.getByRole("button", { name: "Not the same person: Marit Solheim" }).click();
  await expect(
    search.getByText("Remembered on this computer: Marit Solheim, Marit Solheim are different people."),
  ).toBeVisible();
  await expect(group).toHaveCount(0);
  const kept = await askCore(context, { command: "corrections" });
  expect(kept.reply === "corrections" && kept.corrections.length).toBe(1);
  await search.reload();
  await expect(search.getByRole("link", { name: "Recorded twice" })).toHaveAttribute("aria-current", "page");
  await expect(group).toHaveCount(0);

  const options = await openExtensionPage(context, "options.html");
  const told = options.getByRole("region", { name: "What you told Fulcrum" });
  await expect(told.getByText("Two people")).toBeVisible();
  await told.getByRole("button", { name: /^Undo: / }).click();
  await expect(told.getByText("Nothing yet.")).toBeVisible();
  await search.reload();
  await expect(group).toBeVisible();
  // Nothing was merged, and nothing else was written.
  expect(await sandbox.log()).toHaveLength(before);
});
