/**
 * Where the core lives on Chromium: in a worker of the offscreen document, since a service worker may neither start
 * workers nor live long. This file makes sure that there is exactly one such document, and speaks to it by message.
 * `platform/firefox/core-host.ts` has the same exports.
 */
import { extension } from "../../shared/browser";
import { failedReply, replyForError } from "../../shared/failures";
import type { Command, Reply } from "../../shared/protocol";
import { RpcError } from "../../shared/rpc";
import { runtimeClient } from "../../shared/rpc-runtime";
import { type CoreHostSurface, isCoreChanged, REPEATABLE_COMMANDS, timeLimit } from "../../shared/surfaces";

export interface CoreHost {
  /** Asks the core. Never rejects. */
  dispatch(command: Command): Promise<Reply>;
  /** Makes sure that the core runs. */
  wake(): Promise<void>;
}

const DOCUMENT = "offscreen.html";
/** The host repeats a lost read itself, so it may need the limit twice. */
const HOST_PATIENCE = 2;

/** Must be called while the service worker's script first runs. */
export function coreHost(onChanged: () => void): CoreHost {
  const document = runtimeClient<CoreHostSurface>("core-host");

  extension.runtime.onMessage.addListener((message: unknown, sender) => {
    if (
      sender.id === extension.runtime.id &&
      sender.url === extension.runtime.getURL(DOCUMENT) &&
      isCoreChanged(message)
    ) {
      onChanged();
    }
    return false;
  });

  return {
    async dispatch(command) {
      const limits = { timeout: HOST_PATIENCE * timeLimit(command.command) };
      try {
        await ensureDocument();
        return await document.call("dispatch", command, limits);
      } catch (error) {
        if (!(error instanceof RpcError) || error.code !== "unreachable") {
          return replyForError(error);
        }
        if (!REPEATABLE_COMMANDS.has(command.command)) {
          return failedReply("core_restarted");
        }
      }
      try {
        // The document went away with the call; reading again is safe.
        await ensureDocument();
        return await document.call("dispatch", command, limits);
      } catch (error) {
        return replyForError(error);
      }
    },
    async wake() {
      await ensureDocument();
      await document.call("wake", null, { timeout: 60_000 });
    },
  };
}

let creating: Promise<void> | null = null;

/** Chromium allows one offscreen document, and refuses a second while the first is being made. */
async function ensureDocument(): Promise<void> {
  const contexts = await extension.runtime.getContexts({
    contextTypes: [extension.runtime.ContextType.OFFSCREEN_DOCUMENT],
  });
  if (contexts.length > 0 && creating === null) {
    return;
  }
  creating ??= extension.offscreen
    .createDocument({
      url: DOCUMENT,
      reasons: [extension.offscreen.Reason.WORKERS],
      justification: "Runs the worker that holds the local copy of Lever and answers look-ups.",
    })
    .finally(() => {
      creating = null;
    });
  await creating;
}
