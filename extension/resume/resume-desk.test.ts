/** One resume lies on the desk at a time; what comes late falls on nothing. */
import "../preview/chrome";
import { expect, test } from "vitest";
import { previewCore } from "../preview/core";
import { answer, INES, INES_RESUME } from "../preview/fixtures";
import type { ResumeReading } from "./read-pdf";
import { ResumeDesk } from "./resume-desk";

function deskThatReads(read: (file: File) => Promise<ResumeReading>) {
  const core = previewCore(answer("same", [INES]));
  return { core, desk: new ResumeDesk({ ask: (command) => core.ask(command), read }) };
}

test("a resume is looked up like a page, and again when something has changed", async () => {
  const { core, desk } = deskThatReads(async () => ({ profile: INES_RESUME }));
  await desk.take([new File([], "a.pdf")]);
  await desk.askAgain();
  expect(core.asked.map(({ command }) => command)).toEqual(["look_up", "look_up"]);
  const shown = desk.shown.value;
  expect(shown?.is === "person" && shown.card.session.answer.value?.people[0]?.name).toBe("Ines Kowalczyk");
});

test("what cannot be read is told, and nothing is looked up", async () => {
  const { core, desk } = deskThatReads(async () => ({ trouble: "scanned" }));
  await desk.take([new File([], "scan.pdf")]);
  expect(desk.shown.value).toEqual({ is: "trouble", file: "scan.pdf", trouble: "scanned" });
  expect(core.asked).toEqual([]);
});

test("a file that was replaced or put away while it was being read is never shown", async () => {
  const waiting = new Map<string, (reading: ResumeReading) => void>();
  const { desk } = deskThatReads((file) => new Promise((resolve) => waiting.set(file.name, resolve)));
  const first = desk.take([new File([], "first.pdf")]);
  const second = desk.take([new File([], "second.pdf")]);
  waiting.get("second.pdf")?.({ trouble: "locked" });
  await second;
  waiting.get("first.pdf")?.({ profile: INES_RESUME });
  await first;
  expect(desk.shown.value).toMatchObject({ is: "trouble", file: "second.pdf" });

  const third = desk.take([new File([], "third.pdf")]);
  desk.clear();
  waiting.get("third.pdf")?.({ profile: INES_RESUME });
  await third;
  expect(desk.shown.value).toBeNull();
});

test("nothing dropped is nothing", async () => {
  const { desk } = deskThatReads(async () => ({ trouble: "failed" }));
  await desk.take([]);
  expect(desk.shown.value).toBeNull();
});
