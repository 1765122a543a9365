/**
 * How content scripts and pages of the extension ask for something. They talk to the service worker alone; where the
 * core lives is not their business. Asking the core never rejects: a lost way is a failure like any other.
 */
import { extension } from "./browser";
import { replyForError } from "./failures";
import type { Command, Reply } from "./protocol";
import { type CallOptions, RpcError } from "./rpc";
import { runtimeClient, serveRuntime } from "./rpc-runtime";
import { type ContentSurface, isCoreChanged, REPEATABLE_COMMANDS, type RouterSurface, timeLimit } from "./surfaces";

const router = runtimeClient<RouterSurface>("router");

export interface AskOptions {
  signal?: AbortSignal | undefined;
  /** The tab an export is for; content scripts leave it out. */
  tab?: number | undefined;
}

/** Asks the core. What the browser lost on the way is asked once more where that is safe. */
export async function askCore(command: Command, options: AskOptions = {}): Promise<Reply> {
  const params = { command, tab: options.tab };
  const limits: CallOptions = { signal: options.signal, timeout: timeLimit(command.command) };
  try {
    return await router.call("core", params, limits);
  } catch (error) {
    // The service worker was stopped with the call in flight; the next message starts it again.
    const lost = error instanceof RpcError && error.code === "unreachable" && !extensionGone();
    if (!lost || !REPEATABLE_COMMANDS.has(command.command)) {
      return replyForError(error);
    }
  }
  try {
    return await router.call("core", params, limits);
  } catch (error) {
    return replyForError(error);
  }
}

/** Asks the service worker for what only the browser can do. Rejects with an `RpcError`. */
export function askRouter<Name extends keyof RouterSurface & string>(
  name: Name,
  params: RouterSurface[Name]["params"],
  options: CallOptions = {},
): Promise<RouterSurface[Name]["result"]> {
  return router.call(name, params, options);
}

/** What a content script does when it is told something. */
export interface ContentListener {
  open_card(): void;
  changed(): void;
  settings_changed(settings: ContentSurface["settings_changed"]["params"]): void;
}

/** Listens to the service worker until the signal fires. For content scripts. */
export function onTold(listener: ContentListener, signal: AbortSignal): void {
  const stop = serveRuntime<ContentSurface, true>(
    "content",
    {
      async open_card() {
        listener.open_card();
        return null;
      },
      async changed() {
        listener.changed();
        return null;
      },
      async settings_changed(settings) {
        listener.settings_changed(settings);
        return null;
      },
    },
    // The browser delivers messages from the extension alone; other content scripts cannot send to a tab.
    () => true,
  );
  signal.addEventListener("abort", stop);
}

/** Calls back whenever connection or mirror changed. For pages of the extension. */
export function onCoreChanged(listener: () => void, signal: AbortSignal): void {
  const hear = (message: unknown) => {
    if (isCoreChanged(message)) {
      listener();
    }
  };
  extension.runtime.onMessage.addListener(hear);
  signal.addEventListener("abort", () => extension.runtime.onMessage.removeListener(hear));
}

/** Whether the extension was updated or removed under a content script, which then takes itself off the page. */
export function extensionGone(): boolean {
  return extension.runtime?.id === undefined;
}
