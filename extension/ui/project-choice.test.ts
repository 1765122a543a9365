/** Which project somebody is put on (requirements 2.6): the last one by itself, another by its name, a new one by a new name. */
import "../preview/chrome";
import { expect, test } from "vitest";
import { previewCore } from "../preview/core";
import { answer, failure, LIST_ROWS, PROJECTS, TOMASZ_PAGE } from "../preview/fixtures";
import type { Command, Reply } from "../shared/protocol";
import { ProjectChoice } from "./project-choice";

function choiceWith(reply: (command: Command) => Reply | null = () => null, proposed?: string) {
  const core = previewCore(answer("none", []));
  const choice = new ProjectChoice(async (command) => {
    core.asked.push(command);
    return reply(command) ?? core.ask(command);
  }, proposed);
  const sent = (name: Command["command"]) => new Set(core.asked.filter(({ command }) => command === name));
  return { core, choice, sent };
}

test("the project used last is proposed, and all are offered until something is typed", async () => {
  const { choice, sent } = choiceWith();
  expect(choice.options.value).toBeNull();
  await choice.load();
  expect(choice.text.value).toBe("Platform, spring");
  expect(choice.options.value?.map(({ text }) => text)).toEqual(PROJECTS.map(({ name }) => name));
  expect((await choice.add([TOMASZ_PAGE]))?.name).toBe("Platform, spring");
  expect(sent("name_project").size).toBe(0);
});

test("what is typed narrows the list, and begins a project where none has the name", async () => {
  const { choice, sent } = choiceWith();
  await choice.load();
  choice.type("rust");
  expect(choice.options.value?.map(({ text }) => text)).toEqual(["Rust meet-up", "New project “rust”"]);
  choice.type("  Rust   MEET-UP ");
  expect(choice.options.value?.map(({ text }) => text)).toEqual(["Rust meet-up"]);
  expect((await choice.add([TOMASZ_PAGE]))?.project).toBe(1);
  expect(sent("name_project").size).toBe(0);
  choice.type("Autumn");
  const project = await choice.add([TOMASZ_PAGE]);
  expect(project).toMatchObject({ name: "Autumn", people: 1 });
  expect([...sent("name_project")]).toEqual([{ command: "name_project", project: null, name: "Autumn" }]);
});

test("a name proposed by a file stays in the field", async () => {
  const { choice } = choiceWith(() => null, "From a file");
  await choice.load();
  expect(choice.text.value).toBe("From a file");
  expect(choice.options.value?.at(-1)?.text).toBe("New project “From a file”");
});

test("many are added in portions; what stops says how far it came, and nothing is asked twice at once", async () => {
  const many = Array.from({ length: 1_200 }, (_, number) => ({ ...TOMASZ_PAGE, key: `email:p${number}@example.org` }));
  let left = 2;
  const { choice, sent } = choiceWith((command) => {
    if (command.command !== "add_to_project") {
      return null;
    }
    left -= 1;
    return left < 0 ? { reply: "failed", failure: failure("storage_full") } : null;
  });
  await choice.load();
  const adding = choice.add(many);
  expect(await choice.add(many)).toBeNull();
  expect(await adding).toBeNull();
  expect(choice.failure.value?.code).toBe("storage_full");
  expect(choice.added.value).toBe(1_000);
  left = 10;
  expect(await choice.add(many)).not.toBeNull();
  expect(choice.added.value).toBe(1_200);
  expect(choice.failure.value).toBeNull();
  const sizes = [...sent("add_to_project")].map((one) => one.command === "add_to_project" && one.profiles.length);
  expect(sizes.slice(-3)).toEqual([500, 500, 200]);
});

test("a project that was thrown away in another tab is begun anew by the next try", async () => {
  let gone = true;
  const { choice, sent } = choiceWith((command) =>
    gone && command.command === "add_to_project" ? { reply: "failed", failure: failure("not_found") } : null,
  );
  await choice.load();
  expect(await choice.add([...LIST_ROWS])).toBeNull();
  gone = false;
  expect((await choice.add([...LIST_ROWS]))?.name).toBe("Platform, spring");
  expect(sent("name_project").size).toBe(1);
});

test("without a name nobody is added, and it is said why", async () => {
  const { choice, sent } = choiceWith();
  await choice.load();
  choice.type("   ");
  expect(await choice.add([TOMASZ_PAGE])).toBeNull();
  expect(choice.failure.value?.code).toBe("bad_name");
  expect(sent("add_to_project").size).toBe(0);
});
