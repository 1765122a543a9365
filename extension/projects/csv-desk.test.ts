/** A CSV on its way onto a project (requirements 2.6): what is found is shown first; nobody is added before the recruiter says so. */
import "../preview/chrome";
import { expect, test } from "vitest";
import { previewCore } from "../preview/core";
import { answer } from "../preview/fixtures";
import { CsvDesk } from "./csv-desk";

function deskOf() {
  const core = previewCore(answer("none", []));
  return { core, desk: new CsvDesk((command) => core.ask(command)) };
}

const TABLE = "Name,Email\nInes Kowalczyk,ines@example.org\n,\nAmara Nwosu,\n,nothing";

test("is shown, named after the file, and added when that is said", async () => {
  const { core, desk } = deskOf();
  await desk.take(new File([TABLE], "Platform_spring 2026.csv"));
  const shown = desk.shown.value;
  expect(core.asked).toEqual([]);
  expect(shown?.is === "read" && shown.reading.problems).toEqual([{ line: 5, why: "nobody" }]);
  expect(shown?.is === "read" && shown.choice.text.value).toBe("Platform spring 2026");
  if (shown?.is === "read") {
    await shown.choice.load();
  }
  expect(await desk.add()).toMatchObject({ name: "Platform spring 2026", people: 2 });
  expect(desk.shown.value).toMatchObject({ is: "added", people: 2 });
  const [added] = core.asked.filter((one) => one.command === "add_to_project");
  expect(added?.profiles.map(({ name }) => name)).toEqual(["Ines Kowalczyk", "Amara Nwosu"]);
  expect(await desk.add()).toBeNull();
});

test("what fails leaves the file on the desk", async () => {
  const { core, desk } = deskOf();
  core.full = true;
  await desk.take(new File([TABLE], "a.csv"));
  expect(await desk.add()).toBeNull();
  const shown = desk.shown.value;
  expect(shown?.is === "read" && shown.choice.failure.value?.code).toBe("project_full");
});

test.each([
  ["a workbook", new File([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])], "people.xlsx"), "csv_not_text"],
  ["a table of something else", new File(["Month;Sum\nMay;3"], "budget.csv"), "csv_no_headers"],
  ["a table of nobody", new File(["Name,Email\n,"], "empty.csv"), "csv_none"],
  ["an empty file", new File([""], "empty.csv"), "csv_no_headers"],
  ["more than is read", { name: "huge.csv", size: 20_000_001 } as File, "csv_too_large"],
  [
    "a file that has gone",
    { name: "gone.csv", size: 3, arrayBuffer: () => Promise.reject(new Error("gone")) } as unknown as File,
    "csv_not_read",
  ],
])("%s is told, and nothing is asked", async (_, file, trouble) => {
  const { core, desk } = deskOf();
  await desk.take(file);
  expect(desk.shown.value).toMatchObject({ is: "trouble", trouble });
  expect(core.asked).toEqual([]);
});

test("a file that was replaced or put away while it was being read is never shown", async () => {
  const { desk } = deskOf();
  let go = (_: ArrayBuffer): void => undefined;
  const slow = { name: "slow.csv", size: 3, arrayBuffer: () => new Promise((done) => (go = done)) } as unknown as File;
  const first = desk.take(slow);
  await desk.take(new File([TABLE], "second.csv"));
  go(new TextEncoder().encode(TABLE).buffer as ArrayBuffer);
  await first;
  expect(desk.shown.value).toMatchObject({ is: "read", file: "second.csv" });
  const third = desk.take(new File([TABLE], "third.csv"));
  desk.clear();
  await third;
  expect(desk.shown.value).toBeNull();
});
