/**
 * Makes resumes, in a worker that the core starts when one is wanted and that ends when none is: drawing takes a tenth of a
 * second, in which the core answers others, and whatever a page's text does to it, the core does not notice. Nothing is
 * fetched but the two fonts of this package.
 */
import * as fontkit from "fontkit";
import type { ResumeContent } from "../shared/protocol";
import { drawResume, type Typeface } from "./draw-resume";
import { browserPainter } from "./painter";
import type { MakerReply } from "./resume-maker";

let typeface: Promise<Typeface> | undefined;

addEventListener("message", async ({ data }: MessageEvent<ResumeContent>) => {
  let reply: MakerReply;
  try {
    typeface ??= load();
    reply = { bytes: await drawResume(data, await typeface, browserPainter()) };
  } catch (error) {
    // Its text may quote the page: only its kind is told.
    reply = { failed: error instanceof Error ? error.name : "unknown" };
  }
  postMessage(reply, "bytes" in reply ? { transfer: [reply.bytes.buffer] } : {});
});

async function load(): Promise<Typeface> {
  const [regular, bold] = await Promise.all(["regular", "semibold"].map(fontFile));
  if (regular === undefined || bold === undefined) {
    throw new Error("no font");
  }
  const letters = new Set(fontkit.create(regular).characterSet);
  return { regular, bold, canWrite: (letter) => letters.has(letter.codePointAt(0) ?? 0) };
}

async function fontFile(weight: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await fetch(new URL(`fonts/inter-${weight}.ttf`, self.location.href));
  return new Uint8Array(await file.arrayBuffer());
}
