/**
 * Reads the text of one PDF, in a worker of its own that ends with it: whatever a file does to its reader, the page, the
 * core and the next file do not notice. Nothing is fetched, nothing is drawn, no code of the file is run.
 *
 * pdf.js is Mozilla's reader of PDFs, the one in Firefox: parsing a hostile format is no work for code of our own. Its
 * legacy build is what the oldest Chromium that is let in understands. Importing its second half makes it work in this
 * very thread instead of starting a worker.
 */
import { getDocument, type PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
import { type LinkArea, linesOfPage, type Piece, type ResumeLine } from "./page-lines";
import type { PdfReply } from "./read-pdf";

/** Nobody's resume is longer; a book that was dropped by mistake is. */
const MOST_PAGES = 20;

addEventListener("message", async ({ data }: MessageEvent<ArrayBuffer>) => {
  const reply: PdfReply = await read(data).catch((error: unknown) => ({ trouble: troubleOf(error) }));
  postMessage(reply);
});

async function read(bytes: ArrayBuffer): Promise<PdfReply> {
  const task = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    verbosity: 0,
  });
  const file = await task.promise;
  const lines: ResumeLine[] = [];
  for (let page = 0; page < Math.min(file.numPages, MOST_PAGES); page += 1) {
    lines.push(...(await linesOf(await file.getPage(page + 1), page)));
  }
  return { lines };
}

async function linesOf(page: PDFPageProxy, place: number): Promise<ResumeLine[]> {
  const { items } = await page.getTextContent();
  const pieces = items.flatMap((item): Piece[] => {
    if (!("str" in item)) {
      return [];
    }
    const [, slant, , , x, y] = item.transform as [number, number, number, number, number, number];
    // Text that runs upwards along the edge belongs to no line.
    return Math.abs(slant) > 0.1 ? [] : [{ text: item.str, x, y, width: item.width, size: item.height }];
  });
  const annotations: { subtype?: string; url?: string; unsafeUrl?: string; rect: [number, number, number, number] }[] =
    await page.getAnnotations();
  const links = annotations.flatMap(({ subtype, url, unsafeUrl, rect }): LinkArea[] => {
    const address = url ?? unsafeUrl;
    const [left, bottom, right, top] = rect;
    const area = { x: left, y: bottom, width: right - left, height: top - bottom };
    return subtype === "Link" && address !== undefined ? [{ url: address, ...area }] : [];
  });
  return linesOfPage(pieces, links, place);
}

function troubleOf(error: unknown): "locked" | "broken" | "failed" {
  switch (error instanceof Error ? error.name : "") {
    case "PasswordException":
      return "locked";
    case "InvalidPDFException":
      return "broken";
    default:
      return "failed";
  }
}
