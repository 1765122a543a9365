/** Whom a content script may be told more about, and whose page need not be asked once more before a write. */
import { beforeAll, expect, it, vi } from "vitest";
import { answer, INES, INES_PAGE } from "../preview/fixtures";
import type { TabView } from "../shared/surfaces";

let contactOf: typeof import("./page-guard").contactOf;
let isOwnFile: typeof import("./page-guard").isOwnFile;
let speaksOf: typeof import("./page-guard").speaksOf;

beforeAll(async () => {
  vi.stubGlobal("chrome", {});
  ({ contactOf, isOwnFile, speaksOf } = await import("./page-guard"));
});

it("those its page was answered with, and nobody else", () => {
  const given = answer("same", [INES]);
  for (const candidate of given.verdict.candidates) {
    candidate.same_as = ["c7"];
  }
  const view: TabView = {
    url: INES_PAGE.url,
    reading: "profile",
    profile: INES_PAGE,
    rows: [],
    answer: given,
    exported: null,
    failure: null,
  };
  expect([INES.contact, "c7", "c8"].map((contact) => speaksOf(view, contact))).toEqual([true, true, false]);
  expect(speaksOf({ ...view, answer: null }, INES.contact)).toBe(false);
  expect(speaksOf(null, INES.contact)).toBe(false);
});

it("details, comparison and update of somebody are asked for by id", () => {
  const about = { profile: INES_PAGE, contact: "c7" };
  const choices = { ticked: null, tags: [], note: null, undo_ms: null };
  expect(contactOf({ command: "details", contact: "c7", not_older_than: 0 })).toBe("c7");
  expect(contactOf({ command: "compare", ...about })).toBe("c7");
  expect(contactOf({ command: "plan_update", ...about, choices })).toBe("c7");
  expect(contactOf({ command: "update", ...about, choices, fingerprint: "00ff" })).toBe("c7");
  expect(contactOf({ command: "look_up", profile: INES_PAGE })).toBeNull();
});

it("a resume is nobody's but the extension's own page that read it", () => {
  const page = { kind: "page", tab: null } as const;
  expect(isOwnFile(page, "resume:00ff")).toBe(true);
  expect(isOwnFile({ kind: "content", tab: 7 }, "resume:00ff")).toBe(false);
  expect(isOwnFile(page, "li:slug:ines-example")).toBe(false);
  expect(isOwnFile(page, null)).toBe(false);
});
