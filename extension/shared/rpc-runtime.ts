/**
 * Calls over the browser's runtime and tab messages. Every message reaches every page of the extension, content scripts'
 * messages included, so each listener answers only what is addressed to it and only whom its check lets in.
 */
import { extension } from "./browser";
import {
  answer,
  type Call,
  type Client,
  createClient,
  type Handlers,
  isCall,
  messageOf,
  RpcError,
  refusal,
  type Surface,
  type Target,
} from "./rpc";

/** A client that reaches the service worker, the event page or another page of the extension. */
export function runtimeClient<S extends Surface>(target: Target): Client<S> {
  return createClient<S>(target, (call) => reach(() => extension.runtime.sendMessage(call)));
}

/** A client that reaches the content script in the top frame of one tab. */
export function tabClient<S extends Surface>(tab: number): Client<S> {
  return createClient<S>("content", (call) => reach(() => extension.tabs.sendMessage(tab, call, { frameId: 0 })));
}

/**
 * Answers calls addressed to `target`. Must be called while the script first runs, or the browser will not wake it for
 * a message. `admit` says who the caller is, or null to refuse.
 */
export function serveRuntime<S extends Surface, Caller>(
  target: Target,
  handlers: Handlers<S, Caller>,
  admit: (sender: chrome.runtime.MessageSender, call: Call) => Caller | null,
): () => void {
  const listener = (
    message: unknown,
    sender: chrome.runtime.MessageSender,
    respond: (response: unknown) => void,
  ): boolean => {
    if (!isCall(message, target) || sender.id !== extension.runtime.id) {
      return false;
    }
    const caller = admit(sender, message);
    if (caller === null) {
      respond(refusal(message, `${message.name} is not for this caller`));
      return false;
    }
    void answer(message, handlers, caller).then(respond);
    return true;
  };
  extension.runtime.onMessage.addListener(listener);
  return () => extension.runtime.onMessage.removeListener(listener);
}

/** Whether the message comes from a page of this extension, not from a content script. */
export function isExtensionPage(sender: chrome.runtime.MessageSender): boolean {
  return sender.url?.startsWith(extension.runtime.getURL("")) ?? false;
}

async function reach(send: () => Promise<unknown>): Promise<unknown> {
  try {
    return await send();
  } catch (error) {
    // "Receiving end does not exist", "message channel closed", "Extension context invalidated": all mean nobody answers.
    throw new RpcError("unreachable", messageOf(error));
  }
}
