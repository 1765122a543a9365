/** Projects and exports of many, as their page says and asks for them. */
import "../preview/chrome";
import { describe, expect, test, vi } from "vitest";
import type { BatchLine, Command, PlannedAction, PlannedLine, ProjectPerson, Reply } from "../shared/protocol";
import { BatchDesk } from "./batch-desk";
import { whyOf } from "./batch-view";
import { ManyDraft } from "./many-draft";
import { summaryOf } from "./many-form";
import { standing } from "./people-table";
import { ProjectDesk } from "./project-desk";
import { placeOf } from "./projects";

const AT = 1_767_225_600_000;

function line(key: string, action: PlannedAction = { action: "new_person" }): PlannedLine {
  return { key, name: key, action, fields: [], warnings: [], fingerprint: `of ${key}` };
}

const left: PlannedAction = { action: "nothing", reason: "already_in_lever", contact: "c1", opportunity: null };

function person(key: string, rest: Partial<ProjectPerson> = {}): ProjectPerson {
  return {
    key,
    name: key,
    headline: null,
    url: "",
    added_at: AT,
    verdict: "none",
    complete: true,
    person: null,
    exported: null,
    ...rest,
  };
}

describe("the plan for many", () => {
  const keys = Array.from({ length: 120 }, (_, place) => `key ${place}`);

  function draftWith(answer: (command: Command) => Reply) {
    const asked: Command[] = [];
    const ending = new AbortController();
    const draft = new ManyDraft(
      3,
      keys,
      async (command) => {
        asked.push(command);
        return answer(command);
      },
      ending.signal,
    );
    return { draft, asked, ending };
  }

  const planned = (command: Command): Reply =>
    command.command === "plan_many"
      ? {
          reply: "planned_many",
          lines: command.keys.map((key) => line(key, key === "key 7" ? left : undefined)),
          at: AT,
        }
      : { reply: "batches", batches: [] };

  test("is made in portions, all as of one moment, and sends everybody with what was shown of them", async () => {
    vi.useFakeTimers();
    const { draft, asked, ending } = draftWith(planned);
    await vi.runAllTimersAsync();
    const plans = asked.filter((command) => command.command === "plan_many");
    expect(plans.map(({ keys: portion }) => portion.length)).toEqual([50, 50, 20]);
    expect(plans.map(({ at }) => at)).toEqual([null, AT, AT]);
    expect(draft.ready.value).toHaveLength(119);
    await draft.send();
    const sent = asked.at(-1);
    expect(sent?.command === "export_many" && sent.lines).toHaveLength(120);
    expect(sent?.command === "export_many" && sent.lines[7]).toEqual({ key: "key 7", fingerprint: "of key 7" });
    ending.abort();
    vi.useRealTimers();
  });

  test("of other choices is not sent before it is shown", async () => {
    vi.useFakeTimers();
    const { draft, asked, ending } = draftWith(planned);
    await vi.runAllTimersAsync();
    draft.tags.value = ["meetup"];
    expect(draft.ready.value).toHaveLength(0);
    expect(await draft.send()).toBeNull();
    expect(asked.some(({ command }) => command === "export_many")).toBe(false);
    await vi.runAllTimersAsync();
    expect(draft.ready.value).toHaveLength(119);
    ending.abort();
    vi.useRealTimers();
  });

  test("says of each kind how many, the most first", () => {
    expect(summaryOf([line("a"), line("b", left), line("c")])).toEqual([
      "<b>2 new people.</b>",
      "1 is in Lever already, and is left out.",
    ]);
  });
});

describe("a project", () => {
  test("keeps ticks by key, whoever comes and goes", async () => {
    let people = [person("a"), person("b")];
    const desk = new ProjectDesk(async (command) =>
      command.command === "project_people"
        ? { reply: "project_people", people: people.slice(command.after) }
        : { reply: "projects", projects: [{ project: 3, name: "Platform", people: 2, made_at: AT }] },
    );
    await desk.refresh();
    await desk.show(3);
    desk.tick("b", true);
    people = [person("b"), person("c")];
    await desk.refresh();
    expect(desk.chosen.value).toEqual(["b"]);
    people = [person("c")];
    await desk.refresh();
    expect(desk.chosen.value).toEqual([]);
  });

  test("never says that somebody is not in Lever while Lever is not read", () => {
    expect(standing(person("a", { complete: false })).word).toBe("Not found so far");
    expect(standing(person("a")).word).toBe("Not in Lever");
  });
});

describe("an export of many", () => {
  const of = (rest: Partial<BatchLine>): BatchLine => ({
    key: "a",
    name: null,
    state: "exported",
    reason: null,
    failure: null,
    export: null,
    url: null,
    at: AT,
    ...rest,
  });
  const refused = { code: "permission_missing", endpoint: null, permission: null, detail: null } as const;

  test("says why nothing was sent, and what failed beside somebody", () => {
    expect(whyOf(of({ state: "already_there", reason: "exported_before" }))).toBe("Exported before");
    expect(whyOf(of({ state: "skipped" }))).toBe("Stopped");
    expect(whyOf(of({ state: "failed", failure: refused }))).toBe("The key lacks a permission");
    expect(whyOf(of({ failure: refused }))).toBe("but: The key lacks a permission");
    expect(whyOf(of({}))).toBe("");
  });

  test("reads everybody, however many", async () => {
    const everybody = Array.from({ length: 1_200 }, (_, place) => of({ key: `key ${place}` }));
    const desk = new BatchDesk(async (command) =>
      command.command === "batch_lines"
        ? { reply: "batch_lines", lines: everybody.slice(command.after, command.after + command.limit) }
        : { reply: "batches", batches: [] },
    );
    await desk.show(4);
    expect(desk.lines.value).toHaveLength(1_200);
  });

  test("is found by its address", () => {
    expect(placeOf("#batch=12")).toEqual({ project: null, batch: 12 });
    expect(placeOf("#project=3")).toEqual({ project: 3, batch: null });
    expect(placeOf("#elsewhere")).toEqual({ project: null, batch: null });
  });
});
