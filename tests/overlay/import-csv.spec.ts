/** A CSV at its place on a page: chosen or dropped, looked through, and its people added (requirements 2.6). */
import { Buffer } from "node:buffer";
import { expect, type Page, test } from "@playwright/test";
import { openScene } from "./preview-page";

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

const place = (page: Page) => page.getByRole("region", { name: "Import CSV" });

test("what was found is shown first: columns, lines left out, the project's name; then everybody is added", async ({
  page,
}) => {
  await openScene(page, "import-csv");
  const csv = place(page);
  await expect(csv.getByRole("heading", { name: "2 people · 2 lines left out" })).toBeFocused();
  await expect(csv.getByText("Line 4: no name, email or link")).toBeVisible();
  await expect(csv.getByText("Line 5: more cells than columns")).toBeVisible();
  await csv.getByRole("button", { name: "Columns" }).click();
  await expect(csv.getByText("LinkedIn URL")).toBeVisible();
  await expect(csv.getByText("not used")).toHaveCount(2);
  await expect(csv.getByRole("combobox", { name: "Project" })).toHaveValue("Platform spring 2026");
  await csv.getByRole("button", { name: "Add 2 people" }).click();
  await expect(csv.getByText("2 people of this file are on Platform spring 2026.")).toBeVisible();
});

test("another file takes the place of the one before, chosen by keyboard or dropped", async ({ page }) => {
  await openScene(page, "import-csv");
  const csv = place(page);
  const choosing = page.waitForEvent("filechooser");
  await csv.getByRole("button", { name: "Import CSV" }).focus();
  await page.keyboard.press("Enter");
  await (await choosing).setFiles(file("Meet-up.csv", "Full name\tE-mail\nMarit Solheim\tmarit@example.org\n"));
  await expect(csv.getByRole("heading", { name: "1 person" })).toBeVisible();
  await expect(csv.getByRole("combobox", { name: "Project" })).toHaveValue("Meet-up");

  const dataTransfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["Month;Sum\nMay;3"], "Budget.csv", { type: "text/csv" }));
    return transfer;
  });
  await page.dispatchEvent("body", "dragenter", { dataTransfer });
  await expect(page.getByText("Drop the CSV to read it")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer });
  await expect(page.getByText("Drop the CSV to read it")).toBeHidden();
  await expect(csv.getByRole("alert")).toHaveText(/No column of Budget\.csv was recognised/);
  await expect(csv.getByRole("button", { name: /^Add/ })).toHaveCount(0);
});
