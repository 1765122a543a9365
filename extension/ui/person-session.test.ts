/** What must never happen: an answer about one person shown on another's page, or an export the page has moved away from. */
import { describe, expect, test } from "vitest";
import { outcome, previewCore } from "../preview/core";
import { answer, failure, INES, INES_PAGE, TOMASZ_PAGE } from "../preview/fixtures";
import type { Command, ExportChoices, Reply } from "../shared/protocol";
import { PersonSession } from "./person-session";

const CHOICES: ExportChoices = {
  destination: { destination: "prospect" },
  tags: [],
  note: null,
  source: null,
  stage: null,
  emails: [],
  if_known: "skip",
};

function sessionOver(ask: (command: Command) => Promise<Reply>, current = true, ending = new AbortController()) {
  return new PersonSession(INES_PAGE, {
    core: { ask },
    isCurrent: async () => current,
    signal: ending.signal,
  });
}

/** A core whose answers come when the test says so. */
function slowCore() {
  const waiting: ((reply: Reply) => void)[] = [];
  const ask = () => new Promise<Reply>((resolve) => waiting.push(resolve));
  return { ask, waiting };
}

const KNOWN = answer("same", [INES]);
const UNKNOWN = answer("none", []);

describe("late answers", () => {
  test("the answer to an older question does not replace that to a newer one", async () => {
    const { ask, waiting } = slowCore();
    const session = sessionOver(ask);
    const first = session.lookUp();
    const second = session.lookUp();
    waiting[1]?.({ reply: "answer", answer: KNOWN });
    await second;
    waiting[0]?.({ reply: "answer", answer: UNKNOWN });
    await first;
    expect(session.answer.value).toBe(KNOWN);
  });

  test("an answer after the page has gone falls on nothing", async () => {
    const { ask, waiting } = slowCore();
    const ending = new AbortController();
    const session = sessionOver(ask, true, ending);
    const asked = session.lookUp();
    ending.abort();
    waiting[0]?.({ reply: "answer", answer: KNOWN });
    await asked;
    expect(session.answer.value).toBeNull();
  });

  test("an answer about another key is not taken for this person's", async () => {
    const other = { ...KNOWN, verdict: { ...KNOWN.verdict, key: TOMASZ_PAGE.key } };
    const session = sessionOver(async () => ({ reply: "answer", answer: other }));
    await session.lookUp();
    expect(session.answer.value).toBeNull();
    expect(session.failure.value?.code).toBe("reply_not_understood");
  });
});

test("a failure keeps the answer before it", async () => {
  const replies: Reply[] = [
    { reply: "answer", answer: KNOWN },
    { reply: "failed", failure: failure("lever_failing") },
  ];
  const session = sessionOver(async () => replies.shift() ?? { reply: "failed", failure: failure("internal") });
  await session.lookUp();
  await session.checkNow();
  expect(session.answer.value).toBe(KNOWN);
  expect(session.failure.value?.code).toBe("lever_failing");
  expect(session.situation.value.at).toBe("answered");
});

describe("exports", () => {
  test("nothing is asked of the core when the page has moved on", async () => {
    const core = previewCore(UNKNOWN);
    const session = sessionOver(core.ask, false);
    expect(await session.export(CHOICES, "f")).toMatchObject({ code: "page_changed" });
    expect(core.asked).toEqual([]);
  });

  test("a second press while the first is under way sends nothing", async () => {
    const { ask, waiting } = slowCore();
    const session = sessionOver(ask);
    const first = session.export(CHOICES, "f");
    expect(await session.export(CHOICES, "f")).toMatchObject({ code: "already_exporting" });
    expect(session.situation.value.at).toBe("exporting");
    waiting[0]?.({ reply: "exported", outcome: outcome() });
    await first;
    expect(session.situation.value).toMatchObject({ at: "exported" });
  });

  test("an outcome that was lost is settled by a later look", async () => {
    const replies: Reply[] = [
      { reply: "exported", outcome: outcome({ state: "unknown" }) },
      { reply: "answer", answer: answer("none", [], { exported: outcome({ state: "reconciled" }) }) },
    ];
    const session = sessionOver(async () => replies.shift() ?? { reply: "failed", failure: failure("internal") });
    await session.export(CHOICES, "f");
    await expect.poll(() => session.outcome.value?.state).toBe("reconciled");
  });
});

describe("taking back", () => {
  test("what was taken back in time is as if it had never been", async () => {
    const session = sessionOver(async ({ command }) =>
      command === "export"
        ? { reply: "exported", outcome: outcome({ state: "undone", opportunity: null }) }
        : { reply: "answer", answer: UNKNOWN },
    );
    expect(await session.export(CHOICES, "f")).toMatchObject({ state: "undone" });
    expect(session.outcome.value).toBeNull();
  });

  test("too late, it says so", async () => {
    const late = failure("too_late_to_undo");
    const session = sessionOver(async () => ({ reply: "failed", failure: late }));
    expect(await session.undo()).toEqual(late);
  });
});
