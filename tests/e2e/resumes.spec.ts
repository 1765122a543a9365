/** A resume dropped on the side panel or chosen by keyboard: read in the browser alone, and looked up like a page. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { type PdfOptions, type PdfText, writePdf } from "../pdf/write-pdf";
import { connect, expect, openExtensionPage, serviceWorker, shoot, shootVariants, test } from "./harness";

/** Of Ines Kowalczyk, who is in the simulated Lever; in two columns, with a referee who is not her. */
const INES: readonly PdfText[] = [
  { text: "INES KOWALCZYK", x: 220, y: 60, size: 22 },
  { text: "Senior Data Engineer", x: 220, y: 82, size: 12 },
  ...column(40, 60, [
    ["Contact", 13],
    ["ines.k@example.org"],
    ["+48 555 010 203"],
    ["Gdynia, Poland"],
    ["Skills", 13],
    ["Streaming"],
    ["Rust"],
    ["References", 13],
    ["Jane Roe, Quarry & Co"],
    ["jane.roe@example.com"],
  ]),
  ...column(220, 120, [
    ["Work experience", 13],
    ["Senior Data Engineer, Harbor Labs"],
    ["Jan 2021 – Present"],
    ["• Led the move off nightly batches."],
    ["Data Engineer, Quarry & Co"],
    ["02/2017 – 12/2020"],
    ["Education", 13],
    ["Gdynia Polytechnic, MSc   2010 – 2015"],
  ]),
];

/** Of somebody who is not. */
const TOMASZ: readonly PdfText[] = [
  ...column(60, 60, [
    ["Curriculum Vitae", 24],
    ["Tomasz Abara", 16],
    ["tomasz@tabara.example | Kraków, Poland"],
    ["Experience", 13],
    ["Compiler Engineer, Larch & Sons - Jan 2019 – Present"],
  ]),
];

function column(x: number, y: number, lines: readonly (readonly [string, number?])[]): PdfText[] {
  return lines.map(([text, size = 10], place) => ({ text, x, y: y + place * 18, size }));
}

function file(texts: readonly PdfText[], options?: PdfOptions): Buffer {
  return writePdf([texts], options);
}

/** Drops a file as the recruiter's hand does, after holding it over the window. */
async function drop(page: Page, name: string, bytes: Buffer, type = "application/pdf"): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ({ base64, name, type }) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type }));
      return transfer;
    },
    { base64: bytes.toString("base64"), name, type },
  );
  await page.dispatchEvent("body", "dragenter", { dataTransfer });
  await expect(page.getByText("Drop a resume (PDF) to look the person up")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer });
  await expect(page.getByText("Drop a resume (PDF) to look the person up")).toBeHidden();
}

test("a resume of somebody who is in Lever, dropped on the side panel", async ({ context, sandbox }, info) => {
  await connect(context, sandbox);
  const panel = await openExtensionPage(context, "sidepanel.html");
  const requests: string[] = [];
  context.on("request", (request) => requests.push(request.url()));
  await panel.setViewportSize({ width: 420, height: 900 });
  await drop(panel, "ines-2026.pdf", file(INES));

  const desk = panel.getByRole("region", { name: "From a resume" });
  await expect(desk.getByRole("heading", { name: "Ines Kowalczyk" })).toBeVisible();
  await expect(desk.getByText("Onsite interview").first()).toBeVisible();
  await expect(desk.getByText("Same email")).toBeVisible();
  await expect(desk.getByText("Read on this computer. The file is not sent anywhere.")).toBeVisible();
  await desk.getByRole("button", { name: /fields read/ }).click();
  await expect(desk.locator("dl.read").getByText("Ines Kowalczyk")).toBeVisible();
  await expect(desk.getByText("Senior Data Engineer, Harbor Labs").first()).toBeVisible();
  await expect(desk.getByText("Gdynia, Poland").first()).toBeVisible();
  await expect(desk.getByText("jane.roe@example.com")).toHaveCount(0);
  await desk.getByRole("button", { name: "Compare with Lever" }).click();
  await expect(desk.getByRole("columnheader", { name: "Resume" })).toBeVisible();
  await shootVariants(panel, info, "1 in lever");

  // Nobody but the package itself was asked for anything by the pages.
  expect(requests.filter((url) => !url.startsWith("chrome-extension://") && !url.includes("lever.co"))).toEqual([]);
  expect(await sandbox.log()).toEqual([]);

  await desk.getByRole("button", { name: "Put away" }).click();
  await expect(desk).toHaveCount(0);
});

test("somebody new, chosen by keyboard on the search page, goes into Lever once", async ({
  context,
  sandbox,
}, info) => {
  await connect(context, sandbox);
  const search = await openExtensionPage(context, "search.html");
  const choosing = search.waitForEvent("filechooser");
  await search.getByRole("button", { name: "Look up a resume" }).focus();
  await search.keyboard.press("Enter");
  await (await choosing).setFiles({ name: "cv.pdf", mimeType: "application/pdf", buffer: file(TOMASZ) });

  const desk = search.getByRole("region", { name: "From a resume" });
  await expect(desk.getByRole("heading", { name: "Tomasz Abara" })).toBeVisible();
  await expect(desk.getByText("Not in Lever")).toBeVisible();
  await shootVariants(search, info, "1 not in lever");
  await desk.getByRole("button", { name: "Add to Lever" }).click();
  await expect(desk.getByText("New person, one opportunity without a job, in New lead.")).toBeVisible();
  await shoot(search, info, "2 form");
  await desk.getByRole("button", { name: "Add to Lever" }).click();
  await expect(desk.getByText(/Added to Lever/).first()).toBeVisible();
  // The person, and the resume itself.
  const writes = await sandbox.log();
  const opportunity = `/v1/opportunities/${writes[0]?.opportunity}`;
  expect(writes.map(({ path }) => path)).toEqual(["/v1/opportunities", `${opportunity}/files`]);
  expect(writes[0]?.body).toMatchObject({
    name: "Tomasz Abara",
    emails: ["tomasz@tabara.example"],
    headline: "Larch & Sons",
  });
  expect(JSON.stringify(writes[0]?.body)).not.toContain("resume:");

  // The same file on another day: it is known, and nothing is sent again.
  await desk.getByRole("button", { name: "Put away" }).click();
  await drop(search, "cv.pdf", file(TOMASZ));
  await expect(desk.getByText(/New lead/).first()).toBeVisible();
  expect(await sandbox.log()).toHaveLength(2);
});

test("what a file cannot tell is said, with what to do", async ({ context, sandbox }, info) => {
  await connect(context, sandbox);
  const panel = await openExtensionPage(context, "sidepanel.html");
  await panel.setViewportSize({ width: 420, height: 600 });
  const said = panel.getByRole("alert");
  const cases: [name: string, bytes: Buffer, words: RegExp][] = [
    ["scan.pdf", file([]), /a picture of a page: there is no text in it/],
    ["locked.pdf", file(INES, { locked: true }), /needs a password/],
    ["broken.pdf", Buffer.from("%PDF-1.4\nthis is not how it goes on"), /is damaged/],
    ["letter.docx", Buffer.from("PK\u0003\u0004"), /is not a PDF/],
    ["terms.pdf", file([{ text: "terms and conditions apply", x: 60, y: 60 }]), /No name, email or phone was found/],
  ];
  for (const [name, bytes, words] of cases) {
    await drop(panel, name, bytes);
    await expect(said).toContainText(words);
    await expect(panel.getByText(name)).toBeVisible();
  }
  await shootVariants(panel, info, "nothing to look up");
  // The next one is read as if nothing had happened.
  await drop(panel, "ines-2026.pdf", file(INES));
  await expect(panel.getByRole("heading", { name: "Ines Kowalczyk" })).toBeVisible();
});

test("the reader of PDFs is loaded by nobody who has not dropped one", async ({ context }) => {
  const worker = await serviceWorker(context);
  const base = new URL(worker.url()).origin;
  const manifest = readFileSync("dist/chromium/manifest.json", "utf8");
  expect(manifest).not.toContain("resume.worker");
  const panel = await openExtensionPage(context, "sidepanel.html");
  const loaded = await panel.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(loaded.filter((name) => name.startsWith(`${base}/resume`))).toEqual([]);
});
