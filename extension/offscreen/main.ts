/**
 * The offscreen document (Chromium only): keeps the one core worker, and answers the service worker for it. It has no
 * logic of its own, and answers nobody else: content scripts' messages arrive here too.
 */
import { CoreSupervisor } from "../platform/core-supervisor";
import { extension } from "../shared/browser";
import { isExtensionPage, serveRuntime } from "../shared/rpc-runtime";
import { CORE_CHANGED, type CoreHostSurface } from "../shared/surfaces";

const core = new CoreSupervisor({
  startWorker: () => new Worker(extension.runtime.getURL("core.worker.js"), { type: "module" }),
  onChanged() {
    // Nobody may be listening: no page open, service worker asleep.
    void extension.runtime.sendMessage(CORE_CHANGED).catch(() => undefined);
  },
});

serveRuntime<CoreHostSurface, true>(
  "core-host",
  {
    dispatch: (command) => core.dispatch(command),
    async wake() {
      await core.wake();
      return null;
    },
  },
  (sender) => (isServiceWorker(sender) ? true : null),
);

void core.wake();

/** The service worker has no tab; its address is its script. */
function isServiceWorker(sender: chrome.runtime.MessageSender): boolean {
  return sender.tab === undefined && isExtensionPage(sender);
}
