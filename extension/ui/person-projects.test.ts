/** The projects of a page's person, in the card: put on one, taken off, and told what the core says, never what was hoped. */
import "../preview/chrome";
import { expect, test } from "vitest";
import { previewCore } from "../preview/core";
import { answer, INES, INES_PAGE } from "../preview/fixtures";
import { PersonProjects } from "./person-projects";
import { PersonSession } from "./person-session";

function projectsOf() {
  const core = previewCore(answer("same", [INES]));
  const signal = new AbortController().signal;
  const session = new PersonSession(INES_PAGE, { core, isCurrent: async () => true, signal });
  return { core, projects: new PersonProjects(session) };
}

test("put on the project used last, and taken off again", async () => {
  const { core, projects } = projectsOf();
  await projects.load();
  expect(projects.on.value).toEqual([]);
  projects.open();
  await projects.choice.value?.load();
  expect(await projects.add()).toBe(true);
  expect(projects.choice.value).toBeNull();
  const [on] = projects.on.value ?? [];
  expect(on?.name).toBe("Platform, spring");
  if (on !== undefined) {
    await projects.remove(on);
  }
  expect(projects.on.value).toEqual([]);
  expect(projects.removedFrom.value).toBe("Platform, spring");
  const sent = core.asked.filter(({ command }) => command === "add_to_project" || command === "remove_from_project");
  expect(sent).toEqual([
    { command: "add_to_project", project: 3, profiles: [INES_PAGE] },
    { command: "remove_from_project", project: 3, keys: [INES_PAGE.key] },
  ]);
});

test("what fails keeps the row open with the reason", async () => {
  const { core, projects } = projectsOf();
  core.full = true;
  projects.open();
  await projects.choice.value?.load();
  expect(await projects.add()).toBe(false);
  expect(projects.choice.value?.failure.value?.code).toBe("project_full");
});
