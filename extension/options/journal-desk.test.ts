/** The journal on the settings page: looked through, acted on, carried away. */
import "../preview/chrome";
import { describe, expect, test } from "vitest";
import { failure, JOURNAL } from "../preview/fixtures";
import type { Command, JournalEntry, Reply } from "../shared/protocol";
import { errorWords, JournalDesk } from "./journal-desk";

const WEB = "https://hire.lever.co";

/** A core with this journal; `answers` says what it makes of everything else. */
function desk(entries: readonly JournalEntry[] = JOURNAL, answers: (command: Command) => Reply | null = () => null) {
  const asked: Command[] = [];
  const opened = new JournalDesk(async (command) => {
    asked.push(command);
    return command.command === "journal"
      ? { reply: "journal", entries: [...entries] }
      : (answers(command) ?? { reply: "failed", failure: failure("internal") });
  });
  return { opened, asked };
}

describe("the journal", () => {
  test("is looked through by what was typed, without blanks around it", async () => {
    const { opened, asked } = desk();
    await opened.search("  tomasz ");
    expect(asked).toEqual([{ command: "journal", text: "tomasz", limit: 50 }]);
    expect(opened.entries.value).toEqual(JOURNAL);
  });

  test("shows what was asked for last, whichever answer comes last", async () => {
    const waiting: ((reply: Reply) => void)[] = [];
    const opened = new JournalDesk(() => new Promise((resolve) => waiting.push(resolve)));
    const [first, second] = [opened.search("t"), opened.search("to")];
    waiting[1]?.({ reply: "journal", entries: [...JOURNAL] });
    waiting[0]?.({ reply: "journal", entries: [] });
    await Promise.all([first, second]);
    expect(opened.entries.value).toEqual(JOURNAL);
  });

  test("does one thing at a time, says what went wrong, and is read again", async () => {
    const missing = failure("permission_missing", { permission: "Create an opportunity note" });
    const { opened, asked } = desk(JOURNAL, () => ({ reply: "failed", failure: missing }));
    await Promise.all([opened.tryAgain(11), opened.leaveIt(11)]);
    expect(asked.map(({ command }) => command)).toEqual(["try_again", "journal"]);
    expect(opened.failure.value).toEqual(missing);
    expect(opened.busy.value).toBeNull();
  });

  test("is a table of words, oldest first", async () => {
    const { opened } = desk();
    const lines = (await opened.file(WEB))?.split("\r\n") ?? [];
    expect(lines[0]).toBe("When (UTC),Name,Profile,What,Outcome,Contact,Opportunity,Link,Error");
    expect(lines).toHaveLength(JOURNAL.length + 2);
    expect(lines[1]).toContain("Lever is busy: POST /opportunities");
    expect(lines.at(-2)).toContain("Tomasz Abara,gh:login:tabara-example,Note,Being looked up");
    expect(lines.at(-2)).toContain(`${WEB}/candidates/o9`);
  });

  test("that cannot be read is no table", async () => {
    const opened = new JournalDesk(async () => ({ reply: "failed", failure: failure("storage") }));
    expect(await opened.file(WEB)).toBeNull();
    expect(opened.failure.value?.code).toBe("storage");
  });

  test.each([
    ["permission_missing: POST /opportunities: Create an opportunity", ": POST /opportunities: Create an opportunity"],
    ["rate_limited", ""],
  ])("tells %s without its code", (error, rest) => {
    expect(errorWords(error)).toMatch(new RegExp(`^[A-Z][^_]*${rest}$`, "u"));
  });

  test("tells what it does not know as it is", () => {
    expect(errorWords("something new: x")).toBe("something new: x");
    expect(errorWords(null)).toBe("");
  });
});
