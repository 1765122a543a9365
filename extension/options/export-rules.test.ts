/** Rules of the export on the settings page: saved at once, refused in words, carried as a file. */
import "../preview/chrome";
import { describe, expect, test } from "vitest";
import { failure, PREVIEWED, RULES } from "../preview/fixtures";
import type { Command, Reply } from "../shared/protocol";
import { ExportRulesDesk, type StatedRules } from "./export-rules";

/** A core that keeps rules, but for those that `refuses` has an answer to. */
async function desk(refuses: (rules: StatedRules) => Reply | null = () => null) {
  const asked: Command[] = [];
  let kept = RULES;
  const opened = new ExportRulesDesk(async (command) => {
    asked.push(command);
    switch (command.command) {
      case "set_export_rules": {
        const refusal = refuses(command.rules as StatedRules);
        if (refusal !== null) {
          return refusal;
        }
        kept = { ...RULES, ...command.rules };
        return { reply: "export_rules", rules: kept, owner: null, posting: null, followers: [] };
      }
      case "export_rules":
        return { reply: "export_rules", rules: kept, owner: null, posting: null, followers: [] };
      case "preview_export_rules":
        return { reply: "export_preview", fields: PREVIEWED };
      default:
        return { reply: "failed", failure: failure("internal") };
    }
  });
  await opened.load();
  opened.failure.value = null;
  asked.length = 0;
  return { opened, asked, kept: () => kept };
}

describe("rules of the export", () => {
  test("are saved at once, and previewed as they are now", async () => {
    const { opened, asked, kept } = await desk();
    await opened.change({ phones: false });
    expect(kept().phones).toBe(false);
    expect(opened.said.value).toBe("saved");
    expect(asked.at(-1)).toEqual({ command: "preview_export_rules", rules: { ...RULES, phones: false } });
    expect(opened.preview.value).toEqual(PREVIEWED);
  });

  test("two changes in a row are both kept, and neither is drawn over while it is on its way", async () => {
    const { opened, kept } = await desk();
    const seen: boolean[] = [];
    const first = opened.change({ phones: false });
    const second = opened.change({ links: false });
    const stop = opened.rules.subscribe((rules) => seen.push(rules?.links === false));
    await Promise.all([first, second]);
    stop();
    expect(seen.every(Boolean)).toBe(true);
    expect(kept()).toEqual({ ...RULES, phones: false, links: false });
  });

  test("that cannot be followed stay in their field to be mended, and are not previewed", async () => {
    const unclosed = failure("rules_not_understood", { detail: "{owner: a brace is not closed" });
    const isOpen = (rules: StatedRules) => rules.tags.some(({ tag }) => tag === "{owner");
    const { opened, asked, kept } = await desk((rules) =>
      isOpen(rules) ? { reply: "failed", failure: unclosed } : null,
    );
    await opened.change({ tags: [{ tag: "{owner", on: true }] });
    expect(opened.failure.value).toEqual(unclosed);
    expect(opened.rules.value?.tags).toEqual([{ tag: "{owner", on: true }]);
    expect(kept()).toEqual(RULES);
    expect(asked.map(({ command }) => command)).toEqual(["set_export_rules"]);
    await opened.change({ tags: [{ tag: "{owner}", on: true }] });
    expect(opened.failure.value).toBeNull();
    expect(kept().tags).toEqual([{ tag: "{owner}", on: true }]);
  });

  test("travel as a file", async () => {
    const { opened, kept } = await desk();
    await opened.change({ history_note: false, source: "{site} list" });
    const colleague = await desk();
    await colleague.opened.takeFile(opened.file());
    expect(colleague.kept()).toEqual(kept());
    expect(colleague.opened.rules.value).toEqual(kept());
    expect(colleague.opened.said.value).toBe("imported");
  });

  test("stay as they were where a file holds none", async () => {
    const { opened, kept } = await desk(({ origin }) =>
      origin === ("found" as string) ? { reply: "failed", failure: failure("bad_command") } : null,
    );
    for (const text of ["", "not JSON", "[]", "null", '"text"', '{"origin":"found"}']) {
      await opened.takeFile(text);
      expect(opened.said.value).toBe("no_rules");
      expect(opened.failure.value).toBeNull();
    }
    expect(kept()).toEqual(RULES);
    expect(opened.rules.value).toEqual(RULES);
  });
});
