/** The list of people recorded twice: what is taken off, and comes back. */
import "../preview/chrome";
import { describe, expect, test } from "vitest";
import { previewCore } from "../preview/core";
import { answer, DUPLICATES, failure } from "../preview/fixtures";
import type { Command, Reply } from "../shared/protocol";
import { DuplicateList } from "./duplicate-list";

function page(reply: (command: Command) => Reply | null = () => null) {
  const core = previewCore(answer("none", []));
  return { core, list: new DuplicateList({ ask: async (command) => reply(command) ?? core.ask(command) }) };
}

describe("people recorded twice", () => {
  test("are taken off the list and put back", async () => {
    const { core, list } = page();
    await list.read();
    expect(list.groups.value).toEqual(DUPLICATES);
    const [first] = DUPLICATES;
    if (first === undefined) {
      throw new Error("there are no fixtures");
    }
    await list.keepApart(first);
    expect(list.groups.value).toEqual(DUPLICATES.slice(1));
    expect(list.apart.value).toBe(first);
    await list.undo();
    expect(list.apart.value).toBeNull();
    expect(list.groups.value).toEqual(DUPLICATES);
    const forgotten = core.asked.filter(({ command }) => command === "forget_correction");
    expect(forgotten).toHaveLength(1);
  });

  test("stay where they are when keeping them apart fails", async () => {
    const { list } = page((command) =>
      command.command === "keep_apart" ? { reply: "failed", failure: failure("storage_full") } : null,
    );
    await list.read();
    const [first] = DUPLICATES;
    await list.keepApart(first as (typeof DUPLICATES)[number]);
    expect(list.groups.value).toEqual(DUPLICATES);
    expect(list.apart.value).toBeNull();
    expect(list.failure.value?.code).toBe("storage_full");
  });

  test("are gone after a disconnect", async () => {
    let connected = true;
    const { list } = page(() => (connected ? null : { reply: "failed", failure: failure("not_connected") }));
    await list.read();
    connected = false;
    await list.read();
    expect(list.groups.value).toBeNull();
  });
});
