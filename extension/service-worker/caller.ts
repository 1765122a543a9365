/** Who asks the service worker, and what they may ask. Content scripts run beside untrusted pages: they get little. */
import type { Command } from "../shared/protocol";
import type { Call } from "../shared/rpc";
import { isRecord } from "../shared/rpc";
import { isExtensionPage } from "../shared/rpc-runtime";
import { CONTENT_CALLS, CONTENT_COMMANDS } from "../shared/surfaces";

/** A page of the extension, or the content script in the top frame of a tab. */
export type Caller = { kind: "page"; tab: number | null } | { kind: "content"; tab: number };

/** What the organisation has fixed is told to the core by the service worker itself, and by nobody else. */
const SET_POLICY: ReadonlySet<Command["command"]> = new Set<Command["command"]>(["set_policy"]);

/** The caller; null where the call is not theirs to make. */
export function admit(sender: chrome.runtime.MessageSender, call: Call): Caller | null {
  if (call.name === "core" && asks(call.params, SET_POLICY)) {
    return null;
  }
  if (isExtensionPage(sender)) {
    return { kind: "page", tab: sender.tab?.id ?? null };
  }
  const tab = sender.tab?.id;
  if (tab === undefined || sender.frameId !== 0 || !CONTENT_CALLS.has(call.name)) {
    return null;
  }
  if (call.name === "core" && !asks(call.params, CONTENT_COMMANDS)) {
    return null;
  }
  return { kind: "content", tab };
}

/** Whether one of these commands is asked for. */
function asks(params: unknown, commands: ReadonlySet<unknown>): boolean {
  return isRecord(params) && isRecord(params.command) && commands.has(params.command.command);
}
