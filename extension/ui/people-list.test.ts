/** The people of a list page (requirements 2.6): who is selected stays so while the page changes; nothing is claimed unasked. */
import "../preview/chrome";
import { expect, test } from "vitest";
import { previewCore } from "../preview/core";
import { answer, CONNECTED, failure, LIST_ROWS, NOW, READING } from "../preview/fixtures";
import type { Command, Reply } from "../shared/protocol";
import { badgeLine, rowModel } from "./badge-model";
import { PeopleList } from "./people-list";

const PAGE = "https://www.linkedin.com/search/results/people/?keywords=data";
const KEYS = LIST_ROWS.map(({ key }) => key);
const key = (place: number) => KEYS[place] ?? "";

function listWith(reply: (command: Command) => Reply | null = () => null) {
  const core = previewCore(answer("none", []));
  const list = new PeopleList(async (command) => {
    core.asked.push(command);
    return reply(command) ?? core.ask(command);
  });
  const lookedUp = () =>
    [...new Set(core.asked)].flatMap((one) => (one.command === "look_up_list" ? [one.profiles.length] : []));
  return { core, list, lookedUp };
}

const shown = (list: PeopleList) => list.rows.value.map(({ profile, isHere }) => [profile.key, isHere]);
const selected = (list: PeopleList) => [...list.selected.value];

test("each row says where its person stands in Lever", async () => {
  const { list, lookedUp } = listWith();
  await list.show(PAGE, LIST_ROWS);
  const words = list.rows.value.map(({ verdict, person }) =>
    verdict === null ? null : badgeLine(rowModel(verdict, person, NOW)),
  );
  expect(words).toEqual([
    "In Lever · Onsite interview · Maya O.",
    "Not in Lever",
    "Several fit · 2 people",
    "2 possible matches",
    "In Lever · Onsite interview · Maya O.",
  ]);
  // The panel is told of every change of the tab: rows that are as before are not asked about again.
  await list.show(PAGE, LIST_ROWS);
  expect(lookedUp()).toEqual([5]);
});

test("while Lever is not read to its end nobody is said not to be in it", () => {
  const { verdict } = answer("none", [], { status: { ...CONNECTED, mirror: READING } });
  expect(badgeLine(rowModel(verdict, null, NOW))).toBe("Not found so far · 62 % read");
});

test("who is ticked stays while the list is scrolled, and is carried to the next page; who is not goes with it", async () => {
  const { list } = listWith();
  await list.show(PAGE, LIST_ROWS.slice(0, 2));
  list.select(key(0), true, "one");
  await list.show(PAGE, LIST_ROWS.slice(2, 4));
  expect(shown(list)).toEqual([
    [key(2), true],
    [key(3), true],
    [key(0), false],
    [key(1), false],
  ]);
  await list.show(`${PAGE}&page=2`, LIST_ROWS.slice(4));
  expect(shown(list)).toEqual([
    [key(4), true],
    [key(0), false],
  ]);
  expect(selected(list)).toEqual([key(0)]);
});

test("a range goes from the row ticked before to this one, either way, and takes ticks away too", async () => {
  const { list } = listWith();
  await list.show(PAGE, LIST_ROWS);
  list.select(key(3), true, "one");
  list.select(key(1), true, "range");
  expect(selected(list).toSorted()).toEqual([key(1), key(2), key(3)].toSorted());
  list.select(key(2), false, "range");
  expect(selected(list)).toEqual([key(3)]);
  list.selectUnknown();
  expect(selected(list)).toEqual([key(3), key(1)]);
  list.selectNobody();
  list.select(key(0), true, "range");
  expect(selected(list)).not.toContain(key(4));
});

test("those who are ticked are put on the project, and nobody else", async () => {
  const { core, list } = listWith();
  await list.show(PAGE, LIST_ROWS);
  await list.choice.load();
  await list.add();
  expect(core.asked.some(({ command }) => command === "add_to_project")).toBe(false);
  list.selectUnknown();
  list.select(key(4), true, "one");
  await list.add();
  const [added] = core.asked.filter((one) => one.command === "add_to_project");
  expect(added?.profiles.map((profile) => profile.key)).toEqual([key(1), key(4)]);
  expect(list.added.value).toMatchObject({ people: 2, project: { name: "Platform, spring" } });
  expect(selected(list)).toEqual([]);
});

test("what fails leaves the ticks, and says so; without a connection nothing is claimed of anybody", async () => {
  const { list } = listWith(({ command }) =>
    command === "add_to_project" || command === "look_up_list"
      ? { reply: "failed", failure: failure(command === "look_up_list" ? "network" : "storage_full") }
      : null,
  );
  await list.show(PAGE, LIST_ROWS);
  expect(list.failure.value?.code).toBe("network");
  expect(list.rows.value.every(({ verdict }) => verdict === null)).toBe(true);
  list.selectUnknown();
  expect(selected(list)).toEqual([]);
  list.select(key(0), true, "one");
  await list.choice.load();
  await list.add();
  expect(list.choice.failure.value?.code).toBe("storage_full");
  expect(selected(list)).toEqual([key(0)]);
  expect(list.added.value).toBeNull();
});

test("an answer that comes after the list has changed falls on nothing old", async () => {
  const waiting: (() => void)[] = [];
  const core = previewCore(answer("none", []));
  const list = new PeopleList(async (command) => {
    await new Promise<void>((go) => waiting.push(go));
    return core.ask(command);
  });
  const first = list.show(PAGE, LIST_ROWS.slice(0, 1));
  const second = list.show(PAGE, LIST_ROWS.slice(1, 3));
  for (const go of waiting) {
    go();
  }
  await Promise.all([first, second]);
  expect(list.rows.value.map(({ verdict }) => verdict?.key)).toEqual([key(1), key(2), key(0)]);
});

test("after a disconnect nothing of Lever is shown any more", async () => {
  let isConnected = true;
  const { list } = listWith(() => (isConnected ? null : { reply: "failed", failure: failure("not_connected") }));
  await list.show(PAGE, LIST_ROWS);
  isConnected = false;
  await list.askAgain();
  expect(list.rows.value.every(({ verdict, person }) => verdict === null && person === null)).toBe(true);
  expect(list.failure.value?.code).toBe("not_connected");
});

test("an endless list keeps those who are ticked, and of the others the last few hundred", async () => {
  const { list } = listWith();
  const [pattern] = LIST_ROWS;
  if (pattern === undefined) {
    throw new Error("there are no fixtures");
  }
  for (let screen = 0; screen < 10; screen += 1) {
    const rows = Array.from({ length: 50 }, (_, place) => ({ ...pattern, key: `li:slug:p${screen}-${place}` }));
    await list.show(PAGE, rows);
    if (screen === 0) {
      list.select("li:slug:p0-0", true, "one");
    }
  }
  expect(list.rows.value).toHaveLength(50 + 200 + 1);
  expect(list.rows.value.some(({ profile }) => profile.key === "li:slug:p0-0")).toBe(true);
  expect(list.rows.value.some(({ profile }) => profile.key === "li:slug:p8-0")).toBe(true);
});
