/**
 * Where the core lives on Firefox: in a worker of the event page itself, which has a document and may start workers.
 * Firefox suspends an idle event page, and the worker with it; the alarm of each minute brings both back, and progress
 * of the core keeps them up. `platform/chromium/core-host.ts` has the same exports.
 */
import { extension } from "../../shared/browser";
import type { Command, Reply } from "../../shared/protocol";
import { CORE_CHANGED } from "../../shared/surfaces";
import { CoreSupervisor } from "../core-supervisor";

export interface CoreHost {
  /** Asks the core. Never rejects. */
  dispatch(command: Command): Promise<Reply>;
  /** Makes sure that the core runs. */
  wake(): Promise<void>;
}

/** Must be called while the event page's script first runs. */
export function coreHost(onChanged: () => void): CoreHost {
  return new CoreSupervisor({
    startWorker: () => new Worker(extension.runtime.getURL("core.worker.js"), { type: "module" }),
    onChanged() {
      onChanged();
      // Any call of the extension API puts off the suspension while a read makes progress.
      void extension.runtime.getPlatformInfo();
      void extension.runtime.sendMessage(CORE_CHANGED).catch(() => undefined);
    },
  });
}
