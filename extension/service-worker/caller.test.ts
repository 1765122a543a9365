import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Call } from "../shared/rpc";

const ID = "abcdefghijklmnop";
const PAGE = { id: ID, url: `chrome-extension://${ID}/options.html` };
const CONTENT = { id: ID, url: "https://www.linkedin.com/in/ines-example", frameId: 0, tab: { id: 7 } };

let admit: typeof import("./caller").admit;

beforeAll(async () => {
  vi.stubGlobal("chrome", { runtime: { id: ID, getURL: (path: string) => `chrome-extension://${ID}/${path}` } });
  ({ admit } = await import("./caller"));
});

const asked = (name: string, params: unknown = null): Call => ({
  rpc: "call",
  target: "router",
  id: "1",
  name,
  params,
});
const core = (command: string): Call => asked("core", { command: { command } });
const from = (sender: object) => sender as chrome.runtime.MessageSender;

describe("who may ask the service worker for what", () => {
  it("lets a content script look a person up", () => {
    expect(admit(from(CONTENT), core("look_up"))).toEqual({ kind: "content", tab: 7 });
  });

  it("lets a content script take back what it asked for", () => {
    expect(admit(from(CONTENT), core("undo_export"))).toEqual({ kind: "content", tab: 7 });
  });

  it("lets a content script ask what the card shows", () => {
    expect(admit(from(CONTENT), core("details"))).toEqual({ kind: "content", tab: 7 });
  });

  it("lets nobody tell the core what the organisation has fixed", () => {
    expect(admit(from(PAGE), core("set_policy"))).toBeNull();
    expect(admit(from(CONTENT), core("set_policy"))).toBeNull();
    expect(admit(from(PAGE), core("policy"))).toEqual({ kind: "page", tab: null });
  });

  const REFUSED = [
    "connect",
    "disconnect",
    "users",
    "choose_user",
    "journal",
    "try_again",
    "leave_it",
    "export_rules",
    "set_export_rules",
    "preview_export_rules",
    "pause_sync",
    "start_over",
    "reading_settings",
    "set_reading_settings",
    "search",
    "search_options",
    "corrections",
    "forget_correction",
    "duplicates",
    "keep_apart",
    "delete_project",
    "project_people",
    "plan_many",
    "export_many",
    "batches",
    "batch_lines",
    "control_batch",
    "look_up_list",
    "nothing",
  ];

  it.each(REFUSED)("refuses a content script that asks the core to %s", (command) => {
    expect(admit(from(CONTENT), core(command))).toBeNull();
  });

  it.each(["tab_view", "read_tab"])("refuses a content script that asks for %s", (name) =>
    expect(admit(from(CONTENT), asked(name))).toBeNull(),
  );

  it("refuses a content script in a frame of the page", () => {
    expect(admit(from({ ...CONTENT, frameId: 3 }), core("look_up"))).toBeNull();
  });

  it("refuses a command without a name", () => {
    expect(admit(from(CONTENT), asked("core", { command: null }))).toBeNull();
    expect(admit(from(CONTENT), asked("core"))).toBeNull();
  });

  it("lets a page of the extension ask for everything", () => {
    expect(admit(from(PAGE), core("connect"))).toEqual({ kind: "page", tab: null });
  });

  it("does not take another address for a page of the extension", () => {
    expect(admit(from({ id: ID, url: `https://example.com/chrome-extension://${ID}/` }), core("connect"))).toBeNull();
  });
});
