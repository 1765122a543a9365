/**
 * What a content script may do with projects (requirements 2.6): put its own page's person on one, take them off, begin one. Not
 * anybody else, not many, and nothing that is sent to many (the names of those commands are refused before: caller.test.ts).
 */
import { beforeEach, expect, it, vi } from "vitest";
import { INES_PAGE, TOMASZ_PAGE } from "../preview/fixtures";
import type { Command, Profile, Reply } from "../shared/protocol";
import type { Caller } from "./caller";

const CONTENT: Caller = { kind: "content", tab: 7 };
const PAGE: Caller = { kind: "page", tab: null };
const PROJECTS: Reply = { reply: "projects", projects: [] };

let asked: Command[];
let ask: (command: Command, caller: Caller) => Promise<Reply>;
let created: string[];
let open: (project: unknown) => Promise<unknown>;

beforeEach(async () => {
  asked = [];
  created = [];
  vi.stubGlobal("chrome", {
    runtime: { getURL: (path: string) => `chrome-extension://abcdefghijklmnop/${path}` },
    tabs: {
      get: async () => ({ url: INES_PAGE.url }),
      create: async ({ url }: { url: string }) => created.push(url),
    },
  });
  vi.resetModules();
  const { routerHandlers } = await import("./router");
  const core = {
    dispatch: async (command: Command) => {
      asked.push(command);
      return PROJECTS;
    },
  } as unknown as Parameters<typeof routerHandlers>[0];
  const handlers = routerHandlers(core, { told: async () => undefined });
  ask = (command, caller) => handlers.core({ command }, caller);
  open = (project) => handlers.open_projects({ project: project as number | null }, CONTENT);
});

const add = (...profiles: Profile[]): Command => ({ command: "add_to_project", project: 1, profiles });
const remove = (...keys: string[]): Command => ({ command: "remove_from_project", project: 1, keys });

it.each<[string, Command]>([
  ["putting its person on one", add(INES_PAGE)],
  ["taking its person off", remove(INES_PAGE.key)],
  ["asking which its person is on", { command: "projects_of", key: INES_PAGE.key }],
  ["beginning one", { command: "name_project", project: null, name: "Platform" }],
  ["asking for them", { command: "projects" }],
])("a content script: %s", async (_, command) => {
  expect(await ask(command, CONTENT)).toEqual(PROJECTS);
  expect(asked).toEqual([command]);
});

it.each<[string, Command]>([
  ["somebody else", add(TOMASZ_PAGE)],
  ["its person and somebody else", add(INES_PAGE, TOMASZ_PAGE)],
  ["nobody", add()],
  ["whatever is no list", { command: "add_to_project", project: 1, profiles: INES_PAGE } as unknown as Command],
  ["taking somebody else off", remove(TOMASZ_PAGE.key)],
  ["taking many off", remove(INES_PAGE.key, TOMASZ_PAGE.key)],
  ["asking about somebody else", { command: "projects_of", key: TOMASZ_PAGE.key }],
  ["giving one another name", { command: "name_project", project: 1, name: "Mine" }],
])("not a content script: %s", async (_, command) => {
  expect(await ask(command, CONTENT)).toMatchObject({ reply: "failed", failure: { code: "page_changed" } });
  expect(asked).toEqual([]);
});

it("pages of the extension put anybody on any", async () => {
  expect(await ask(add(INES_PAGE, TOMASZ_PAGE), PAGE)).toEqual(PROJECTS);
});

it("the page of projects is opened at a project, and never at what is no number", async () => {
  await open(3);
  await open(null);
  await open("3&evil");
  const page = "chrome-extension://abcdefghijklmnop/projects.html";
  expect(created).toEqual([`${page}#project=3`, page, page]);
});
