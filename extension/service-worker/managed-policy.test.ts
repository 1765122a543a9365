/** What the organisation has fixed reaches the core: at each start, at each change, and not when the browser does not say. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import schema from "../managed-schema.json";
import { READ_AS_USUAL, RULES } from "../preview/fixtures";
import type { Command, FixedEntry, Reply } from "../shared/protocol";

type Listener = (changes: object, area: string) => void;

let managed: () => Promise<Record<string, unknown>>;
let kept: Record<string, unknown>;
let listeners: Listener[];
let told: Command[];
let answer: Reply;
let display: number;

const ENTRY: FixedEntry = { entry: "display.linkedin", value: '"quiet"' };

/** A service worker that has just started. */
async function started() {
  vi.resetModules();
  const policy = await import("./managed-policy");
  const dispatch = async (command: Command) => {
    told.push(command);
    return answer;
  };
  const following = policy.followPolicy({ dispatch, wake: async () => undefined }, () => {
    display += 1;
  });
  await following.told();
  return { ...policy, following };
}

beforeEach(() => {
  managed = async () => ({});
  kept = {};
  listeners = [];
  told = [];
  display = 0;
  answer = { reply: "policy", fixed: [ENTRY], wrong: [] };
  vi.stubGlobal("chrome", {
    storage: {
      managed: { get: () => managed() },
      local: {
        get: async (key: string) => ({ [key]: kept[key] }),
        set: async (values: Record<string, unknown>) => Object.assign(kept, values),
      },
      onChanged: { addListener: (listener: Listener) => listeners.push(listener) },
    },
  });
});

describe("what the organisation has fixed", () => {
  it("is told to the core at each start, as it stands, and kept for what the core has no hand in", async () => {
    managed = async () => ({ "display.linkedin": "quiet" });
    const { fixedDisplay } = await started();
    expect(told).toEqual([{ command: "set_policy", managed: '{"display.linkedin":"quiet"}' }]);
    expect(await fixedDisplay("linkedin")).toBe("quiet");
    expect(await fixedDisplay("github")).toBeNull();
    expect(display).toBe(1);
    await started();
    expect(told).toHaveLength(2);
    expect(display).toBe(1);
  });

  it("costs nothing where nobody has ever fixed anything", async () => {
    await started();
    managed = async () => {
      throw new Error("Managed storage manifest not found");
    };
    await started();
    expect(told).toEqual([]);
  });

  it("is told again when it changes, and when it ends", async () => {
    managed = async () => ({ "display.linkedin": "quiet" });
    const { following, fixedDisplay } = await started();
    managed = async () => ({});
    answer = { reply: "policy", fixed: [], wrong: [] };
    for (const listener of listeners) {
      listener({}, "local");
      listener({}, "managed");
    }
    await following.told();
    expect(told.map((command) => command.command === "set_policy" && command.managed)).toEqual([
      '{"display.linkedin":"quiet"}',
      "{}",
    ]);
    expect(await fixedDisplay("linkedin")).toBeNull();
    expect(display).toBe(2);
  });

  it("goes on to hold where the browser does not say, and where the core cannot hear", async () => {
    kept.policy = [ENTRY];
    managed = async () => {
      throw new Error("the browser is busy");
    };
    expect(await (await started()).fixedDisplay("linkedin")).toBe("quiet");
    expect(told).toEqual([]);
    managed = async () => ({});
    answer = { reply: "failed", failure: { code: "storage", endpoint: null, permission: null, detail: null } };
    expect(await (await started()).fixedDisplay("linkedin")).toBe("quiet");
    expect(told).toHaveLength(1);
  });
});

describe("the schema", () => {
  it("names every rule of the export and every setting of the reading, and nothing that is a secret", () => {
    const names = Object.keys(schema.properties).sort();
    const expected = [
      "api",
      "environment",
      "display.linkedin",
      "display.github",
      ...Object.keys(RULES).map((rule) => `export.${rule}`),
      ...Object.keys(READ_AS_USUAL).map((setting) => `reading.${setting}`),
    ];
    expect(names).toEqual(expected.sort());
  });
});
