/** PDFs as people see them: drawn by pdf.js, page by page, for somebody to look at. */
import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { BrowserContext } from "@playwright/test";

const PDF_JS = resolve(import.meta.dirname, "../../../node_modules/pdfjs-dist/build");
const FOLDER = resolve(import.meta.dirname, "../../../target/screenshots/made-resumes");

interface DrawnPage {
  png: string;
  text: string;
}

/** Draws a PDF into `target/screenshots/made-resumes/<name>-<page>.png` and gives the text of its pages. */
export async function drawPdf(context: BrowserContext, bytes: Buffer, name: string): Promise<string[]> {
  const page = await context.newPage();
  await page.addScriptTag({ path: resolve(PDF_JS, "pdf.worker.mjs"), type: "module" });
  await page.addScriptTag({ path: resolve(PDF_JS, "pdf.mjs"), type: "module" });
  await page.waitForFunction(() => "pdfjsLib" in globalThis && "pdfjsWorker" in globalThis);
  const pages = await page.evaluate(async (base64): Promise<DrawnPage[]> => {
    const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    // biome-ignore lint/suspicious/noExplicitAny: pdf.js as a script says nothing about its types.
    const file = await (globalThis as any).pdfjsLib.getDocument({ data }).promise;
    const drawn: DrawnPage[] = [];
    for (let number = 1; number <= file.numPages; number += 1) {
      const sheet = await file.getPage(number);
      const viewport = sheet.getViewport({ scale: 2 });
      const canvas = document.createElement("canvas");
      canvas.width = viewport.width;
      canvas.height = viewport.height;
      await sheet.render({ canvas, viewport }).promise;
      const { items } = await sheet.getTextContent();
      const text = items
        .map(({ str, hasEOL }: { str: string; hasEOL: boolean }) => str + (hasEOL ? "\n" : ""))
        .join("");
      drawn.push({ png: canvas.toDataURL("image/png").split(",")[1] ?? "", text });
    }
    return drawn;
  }, bytes.toString("base64"));
  await page.close();
  await mkdir(FOLDER, { recursive: true });
  for (const [number, { png }] of pages.entries()) {
    await writeFile(resolve(FOLDER, `${name}-${number + 1}.png`), Buffer.from(png, "base64"));
  }
  return pages.map(({ text }) => text);
}
