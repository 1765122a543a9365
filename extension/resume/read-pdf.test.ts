/** From a file to a profile, or to a word on why not. The reader itself is met in a browser (tests/e2e). */
import { describe, expect, test } from "vitest";
import messages from "../_locales/en/messages.json";
import type { ResumeLine } from "./page-lines";
import { type PdfReply, readResume } from "./read-pdf";

const never = new AbortController().signal;
const line = (text: string): ResumeLine => ({ text, size: 10, page: 0, column: "whole", links: [] });
const pdf = (rest = "") => new Blob([`%PDF-1.4\n${rest}`]);
const reads = (reply: PdfReply) => async () => reply;

describe("a file", () => {
  test("gives a profile under a key of its own, the same for the same bytes", async () => {
    const read = reads({ lines: [line("Ines Kowalczyk"), line("ines.k@example.org")] });
    const [one, again, other] = await Promise.all([
      readResume(pdf(), never, read),
      readResume(pdf(), never, read),
      readResume(pdf("x"), never, read),
    ]);
    const key = "profile" in one ? one.profile.key : "";
    expect(key).toMatch(/^resume:[0-9a-f]{32}$/u);
    expect(again).toEqual(one);
    expect("profile" in other && other.profile.key !== key).toBe(true);
  });

  test.each<[string, Blob, PdfReply, string]>([
    ["no PDF", new Blob(["PK\u0003\u0004 a document of another program"]), { lines: [] }, "not_pdf"],
    ["nothing at all", new Blob([]), { lines: [] }, "not_pdf"],
    ["pictures of pages", pdf(), { lines: [] }, "scanned"],
    ["a text about nobody", pdf(), { lines: [line("terms and conditions apply")] }, "empty"],
    ["a locked file", pdf(), { trouble: "locked" }, "locked"],
    ["a damaged file", pdf(), { trouble: "broken" }, "broken"],
  ])("that is %s says so", async (_, file, reply, trouble) => {
    expect(await readResume(file, never, reads(reply))).toEqual({ trouble });
  });

  test("of more than 20 MB is not even opened", async () => {
    const huge = {
      size: 21 * 1024 * 1024,
      arrayBuffer: () => Promise.reject(new Error("was opened")),
    } as unknown as Blob;
    expect(await readResume(huge, never, reads({ lines: [] }))).toEqual({ trouble: "too_large" });
  });

  test("that is gone says so", async () => {
    const gone = { size: 10, arrayBuffer: () => Promise.reject(new Error("gone")) } as unknown as Blob;
    expect(await readResume(gone, never, reads({ lines: [] }))).toEqual({ trouble: "failed" });
  });
});

test("every trouble says what happened and what to do", () => {
  const told = Object.entries(messages).filter(([key]) => key.startsWith("resume_trouble_"));
  expect(told.length).toBe(8);
  for (const [, { message }] of told) {
    expect(message).toMatch(/^<b>.+<\/b> .+\.$/su);
  }
});
