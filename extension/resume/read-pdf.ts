/**
 * A file that was dropped or chosen, read on this computer into a profile. The reader is loaded only now, in a worker that
 * ends with the file. What cannot be read says what happened; nothing is guessed.
 */
import type { Profile } from "../shared/profile";
import type { ResumeLine } from "./page-lines";
import { resumeProfile } from "./resume-profile";

/** Why a file says nothing. `empty`: there is text, and in it no name, email, phone or page of anybody's. */
export type ResumeTrouble = "not_pdf" | "too_large" | "locked" | "broken" | "scanned" | "empty" | "too_slow" | "failed";

export type PdfReply = { lines: ResumeLine[] } | { trouble: ResumeTrouble };

export type ResumeReading = { profile: Profile } | { trouble: ResumeTrouble };

/** Lever takes files up to 30 MB; a resume of 20 is pictures. */
export const MOST_BYTES = 20 * 1024 * 1024;
const MOST_MILLISECONDS = 20_000;

export async function readResume(file: Blob, ending: AbortSignal, read = readInWorker): Promise<ResumeReading> {
  if (file.size > MOST_BYTES) {
    return { trouble: "too_large" };
  }
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    // Moved or deleted since it was chosen, or a folder.
    return { trouble: "failed" };
  }
  if (!isPdf(bytes)) {
    return { trouble: "not_pdf" };
  }
  const key = await keyOf(bytes);
  const reply = await read(bytes, ending);
  if ("trouble" in reply) {
    return reply;
  }
  if (reply.lines.length === 0) {
    return { trouble: "scanned" };
  }
  const profile = resumeProfile(reply.lines, key);
  const { name, emails, phones, links } = profile;
  return name === null && emails.length + phones.length + links.length === 0 ? { trouble: "empty" } : { profile };
}

/** The mark may follow some bytes of whatever sent the file. */
function isPdf(bytes: ArrayBuffer): boolean {
  return new TextDecoder("latin1").decode(bytes.slice(0, 1_024)).includes("%PDF-");
}

/**
 * The file's own key: what is said about it holds for this very file. An email in it would be a key that other resumes
 * share, where an agency writes its own into all of them.
 */
async function keyOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = [...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `resume:${hex.join("")}`;
}

function readInWorker(bytes: ArrayBuffer, ending: AbortSignal): Promise<PdfReply> {
  const worker = new Worker("resume.worker.js", { type: "module" });
  return new Promise<PdfReply>((resolve) => {
    const limit = setTimeout(() => resolve({ trouble: "too_slow" }), MOST_MILLISECONDS);
    ending.addEventListener("abort", () => resolve({ trouble: "failed" }));
    worker.addEventListener("message", ({ data }: MessageEvent<PdfReply>) => resolve(data));
    worker.addEventListener("error", () => resolve({ trouble: "failed" }));
    worker.postMessage(bytes, [bytes]);
    ending.addEventListener("abort", () => clearTimeout(limit));
  }).finally(() => worker.terminate());
}
