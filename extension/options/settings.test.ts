/** What the settings page keeps of how Lever is read, and when it asks the browser to keep the storage. */
import "../preview/chrome";
import { describe, expect, test } from "vitest";
import { previewCore } from "../preview/core";
import { answer, CONNECTED, CORRECTIONS, failure, NOT_CONNECTED, READ_AS_USUAL } from "../preview/fixtures";
import type { Command, Reply } from "../shared/protocol";
import { Settings } from "./settings";

function page(reply: (command: Command) => Reply | null, persisted = false) {
  const core = previewCore(answer("none", []));
  const asked: string[] = [];
  const settings = new Settings({
    ask: async (command) => reply(command) ?? core.ask(command),
    siteSettings: async () => ({ display: "overlay", badge: null, fixed: false }),
    changeSite: async (_, display) => ({ display, badge: null, fixed: false }),
    onChanged: () => undefined,
    consent: { redirectUri: () => "", open: async () => null },
    storage: {
      estimate: async () => null,
      persisted: async () => persisted,
      async persist() {
        asked.push("persist");
        return false;
      },
    },
  });
  return { settings, asked };
}

describe("how Lever is read", () => {
  test("is saved at once, and it is said whether everything is read anew", async () => {
    const { settings } = page(() => null);
    await settings.refresh();
    const said = async (change: Parameters<Settings["changeReading"]>[0]) => {
      await settings.changeReading(change);
      return settings.readingSaid.value;
    };
    expect(await said({ every_minutes: 15 })).toBe("saved");
    expect(await said({ earliest: 1_600_000_000_000 })).toBe("saved_anew");
    expect(await said({ unknown_people: false })).toBe("saved");
    expect(await said({ earliest: null })).toBe("saved");
    expect(await said({ unknown_people: true })).toBe("saved_anew");
    expect(settings.reading.value).toEqual({ ...READ_AS_USUAL, every_minutes: 15 });
  });

  test("two changes in a row are both kept, and neither takes the other back while it is on its way", async () => {
    const { settings } = page(() => null);
    await settings.refresh();
    const first = settings.changeReading({ every_minutes: 60 });
    const second = settings.changeReading({ details: false });
    const seen: boolean[] = [];
    const stop = settings.reading.subscribe((reading) => seen.push(reading?.details === false));
    await Promise.all([settings.refresh(), first, second]);
    stop();
    expect(seen.every(Boolean)).toBe(true);
    expect(settings.reading.value).toEqual({ ...READ_AS_USUAL, every_minutes: 60, details: false });
  });

  test("goes back to what the core keeps when a change is refused", async () => {
    const refused: Reply = { reply: "failed", failure: failure("storage_full") };
    const { settings } = page(({ command }) => (command === "set_reading_settings" ? refused : null));
    await settings.refresh();
    await settings.changeReading({ details: false });
    expect(settings.reading.value?.details).toBe(true);
    expect(settings.readingSaid.value).toBeNull();
    expect(settings.failure.value?.code).toBe("storage_full");
  });
});

describe("the browser is asked to keep what is stored", () => {
  const accepted = ({ command }: Command): Reply | null =>
    command === "connect"
      ? {
          reply: "check",
          check: { accepted: true, permissions: [], confidential: null, failure: null },
          status: CONNECTED,
        }
      : null;

  test("once a connection works, without a word when it is not", async () => {
    const { settings, asked } = page(accepted);
    expect(await settings.connect({ name: "production" }, "key")).toBe(true);
    await expect.poll(() => asked).toEqual(["persist"]);
    expect(settings.failure.value).toBeNull();
  });

  test("neither after a refused key nor where it was promised already", async () => {
    const refused = page(() => null);
    await refused.settings.connect({ name: "production" }, "key");
    const promised = page(accepted, true);
    await promised.settings.connect({ name: "production" }, "key");
    await Promise.resolve();
    expect([...refused.asked, ...promised.asked]).toEqual([]);
  });
});

describe("what was said of who is who", () => {
  test("is listed, taken back one by one, and gone after a disconnect", async () => {
    const { settings } = page((command) =>
      command.command === "disconnect" ? { reply: "status", status: NOT_CONNECTED } : null,
    );
    await settings.refresh();
    expect(settings.corrections.value).toEqual(CORRECTIONS);
    const [first, ...rest] = CORRECTIONS;
    if (first !== undefined) {
      await settings.forgetCorrection(first);
    }
    expect(settings.corrections.value).toEqual(rest);
    expect(settings.forgotten.value).toBe(first);
    await settings.disconnect();
    expect(settings.corrections.value).toEqual([]);
    expect(settings.forgotten.value).toBeNull();
  });

  test("stays listed when it cannot be taken back, and the page says why", async () => {
    const { settings } = page((command) =>
      command.command === "forget_correction" ? { reply: "failed", failure: failure("storage_full") } : null,
    );
    await settings.refresh();
    await settings.forgetCorrection(CORRECTIONS[0] as (typeof CORRECTIONS)[number]);
    expect(settings.corrections.value).toEqual(CORRECTIONS);
    expect(settings.forgotten.value).toBeNull();
    expect(settings.failure.value?.code).toBe("storage_full");
  });
});
