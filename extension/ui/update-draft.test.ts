/** What must never happen: something sent that was not shown, or something overwritten that nobody ticked. */
import { expect, test, vi } from "vitest";
import { outcome, previewCore } from "../preview/core";
import { answer, COMPARED, failure, INES, INES_PAGE } from "../preview/fixtures";
import type { Command, ComparedValue, Reply, UpdateChoices } from "../shared/protocol";
import { PersonSession } from "./person-session";
import { UpdateDraft } from "./update-draft";

/** A draft over a core that answers from fixtures, and what the core was asked. */
function draftOver(compared = COMPARED, answers: (command: Command) => Reply | null = () => null) {
  const core = Object.assign(previewCore(answer("same", [INES])), { compared });
  const asked: Command[] = [];
  const session = new PersonSession(INES_PAGE, {
    core: {
      ask: async (command) => {
        asked.push(command);
        return answers(command) ?? core.ask(command);
      },
    },
    isCurrent: async () => true,
    signal: new AbortController().signal,
  });
  return { draft: new UpdateDraft(session, INES), core, asked };
}

function sent(asked: readonly Command[]): (UpdateChoices & { fingerprint: string })[] {
  return asked.flatMap((command) =>
    command.command === "update" ? [{ ...command.choices, fingerprint: command.fingerprint }] : [],
  );
}

const comparedIn = (field: ComparedValue["field"]) => COMPARED.find((value) => value.field === field) as ComparedValue;

test("at first what is new is ticked, and its plan is asked for once", async () => {
  const { draft, asked } = draftOver();
  await vi.waitFor(() => expect(draft.ready.value).toBe(true));
  expect(draft.ticked.value).toEqual(COMPARED.filter(({ ticked }) => ticked).map(({ id }) => id));
  expect(draft.isTicked(comparedIn("headline"))).toBe(false);
  expect(asked.filter(({ command }) => command === "plan_update")).toHaveLength(1);
});

test("until the plan of the present ticks is shown nothing can be sent", async () => {
  const { draft, asked } = draftOver();
  await vi.waitFor(() => expect(draft.ready.value).toBe(true));
  draft.tick(comparedIn("headline"));
  expect(draft.ready.value).toBe(false);
  await draft.send();
  expect(sent(asked)).toEqual([]);
  await vi.waitFor(() => expect(draft.ready.value).toBe(true));
  await draft.send();
  const [update] = sent(asked);
  expect(update?.ticked).toContain(comparedIn("headline").id);
  expect(update?.fingerprint).toBe(draft.plan.value?.plan.fingerprint);
  expect(draft.updated.value?.outcome.state).toBe("confirmed");
});

test("with nothing ticked there is nothing to send", async () => {
  const { draft, asked } = draftOver();
  await vi.waitFor(() => expect(draft.ready.value).toBe(true));
  for (const value of COMPARED.filter(({ ticked }) => ticked)) {
    draft.tick(value);
  }
  await vi.waitFor(() => expect(draft.plan.value?.choices).toBe(draft.choices.value));
  expect(draft.ready.value).toBe(false);
  await draft.send();
  expect(sent(asked)).toEqual([]);
});

test("what Lever knows meanwhile is shown before it can be sent again", async () => {
  const changed: Reply = { reply: "failed", failure: failure("plan_changed") };
  const { draft, core, asked } = draftOver(COMPARED, (command) => (command.command === "update" ? changed : null));
  await vi.waitFor(() => expect(draft.ready.value).toBe(true));
  core.compared = COMPARED.map((value) =>
    value.field === "phones" ? { ...value, lever: ["+48 555 010 777"] } : value,
  );
  await draft.send();
  expect(draft.failure.value?.code).toBe("plan_changed");
  await vi.waitFor(() => expect(draft.values.value?.[3]?.lever).toEqual(["+48 555 010 777"]));
  expect(draft.updated.value).toBeNull();
  expect(sent(asked)).toHaveLength(1);
});

test("an update of which nothing arrived stays open with its ticks; one that arrived in part is told as such", async () => {
  const missing = { step: "update_contact" as const, failure: failure("permission_missing") };
  const reply: Reply = { reply: "updated", outcome: outcome({ state: "failed" }), failed: [missing] };
  const { draft } = draftOver(COMPARED, (command) => (command.command === "update" ? reply : null));
  await vi.waitFor(() => expect(draft.ready.value).toBe(true));
  const shown = draft.plan.value;
  if (shown === null) {
    throw new Error("no plan");
  }
  const request = { step: "update_contact", method: "PUT", path: "", query: [], body: "" } as const;
  draft.plan.value = { ...shown, plan: { ...shown.plan, requests: [{ ...request, query: [] }] } };
  await draft.send();
  expect(draft.updated.value).toBeNull();
  expect(draft.failure.value?.code).toBe("permission_missing");
  expect(draft.ticked.value).toHaveLength(3);

  const links = { ...request, step: "add_links" as const, query: [] };
  draft.plan.value = { ...shown, plan: { ...shown.plan, requests: [{ ...request, query: [] }, links] } };
  await draft.send();
  expect(draft.updated.value?.failed).toEqual([missing]);
});
