/** Who asks the service worker, and what they may ask. Content scripts run beside untrusted pages: they get little. */
import type { Call } from "../shared/rpc";
import { isRecord } from "../shared/rpc";
import { isExtensionPage } from "../shared/rpc-runtime";
import { CONTENT_CALLS, CONTENT_COMMANDS } from "../shared/surfaces";

/** A page of the extension, or the content script in the top frame of a tab. */
export type Caller = { kind: "page"; tab: number | null } | { kind: "content"; tab: number };

/** The caller; null where the call is not theirs to make. */
export function admit(sender: chrome.runtime.MessageSender, call: Call): Caller | null {
  if (isExtensionPage(sender)) {
    return { kind: "page", tab: sender.tab?.id ?? null };
  }
  const tab = sender.tab?.id;
  if (tab === undefined || sender.frameId !== 0 || !CONTENT_CALLS.has(call.name)) {
    return null;
  }
  if (call.name === "core" && !isContentCommand(call.params)) {
    return null;
  }
  return { kind: "content", tab };
}

function isContentCommand(params: unknown): boolean {
  if (!isRecord(params) || !isRecord(params.command)) {
    return false;
  }
  const allowed: ReadonlySet<unknown> = CONTENT_COMMANDS;
  return allowed.has(params.command.command);
}
