/**
 * The one worker that holds the Rust core: database, identity, matching, and every call to Lever. It answers its host
 * alone. Calls run side by side; the core orders what must be ordered. When the core breaks, it says so once and waits
 * to be replaced.
 */
import init, { type AttachedFile, Core, type Reply, type ResumeContent } from "../generated/fulcrum";
import { ResumeMaker } from "../made-resume/resume-maker";
import { failedReply } from "../shared/failures";
import { bytesOf } from "../shared/file-content";
import { messageOf } from "../shared/rpc";
import { answerOver } from "../shared/rpc-port";
import type { CoreWorkerSurface } from "../shared/surfaces";
import { gatherWrites } from "./gathered-writes";
import { databaseKey, eraseSecret, loadSecret, saveSecret } from "./vault";

/** Milliseconds within which several changes are told as one. */
const CHANGE_INTERVAL = 1_000;

const resumes = new ResumeMaker(
  () => new Worker(new URL("resume-maker.worker.js", self.location.href), { type: "module" }),
);
const opening = open();
opening.then(
  (core) => {
    tell({ event: "opened" });
    core.run().catch(broken);
  },
  // Whoever waits for an answer gets it first; then the host starts afresh.
  (error: unknown) => setTimeout(() => broken(error), 0),
);

answerOver<CoreWorkerSurface>(self, "core-worker", {
  async dispatch(command) {
    let core: Core;
    try {
      core = await opening;
    } catch {
      return failedReply("storage");
    }
    try {
      return command.command === "keep_file" ? keep(core, command.file) : await core.dispatch(command);
    } catch (error) {
      // The core answers expected failures as data, so this is a trap: nothing in this instance can be trusted now.
      setTimeout(() => broken(error), 0);
      return failedReply(command.command === "export" ? "core_restarted" : "internal");
    }
  },
  async ping() {
    return null;
  },
});

// A trap inside the core's own tasks ends in nobody's promise.
self.addEventListener("unhandledrejection", (event) => {
  if (event.reason instanceof WebAssembly.RuntimeError) {
    broken(event.reason);
  }
});

/** The file's bytes go in as they are: as text, inside a command, they would take several times the memory. */
function keep(core: Core, { name, content }: AttachedFile): Reply {
  let bytes: Uint8Array;
  try {
    bytes = bytesOf(content);
  } catch {
    return failedReply("bad_command");
  }
  return core.keepFile(name, bytes);
}

async function open(): Promise<Core> {
  // The core's file system is a library that asks the browser for its files itself.
  gatherWrites(FileSystemFileHandle.prototype as unknown as Parameters<typeof gatherWrites>[0]);
  const [tables] = await Promise.all([
    fetch(new URL("tables.bin", self.location.href)).then((file) => file.arrayBuffer()),
    init({ module_or_path: new URL("fulcrum_bg.wasm", self.location.href) }),
  ]);
  const makeResume = (content: ResumeContent) => resumes.make(content);
  const host = { loadSecret, saveSecret, eraseSecret, databaseKey, makeResume, changed };
  return await Core.open(host, new Uint8Array(tables));
}

let changeTold = Number.NEGATIVE_INFINITY;
let changeWaits = false;

/** Tells the host at once, then at most once an interval. */
function changed(): void {
  if (changeWaits) {
    return;
  }
  const wait = Math.max(0, changeTold + CHANGE_INTERVAL - performance.now());
  changeWaits = true;
  setTimeout(() => {
    changeWaits = false;
    changeTold = performance.now();
    tell({ event: "changed" });
  }, wait);
}

function broken(error: unknown): void {
  tell({ event: "broken", message: messageOf(error) });
}

type CoreEvent = { event: "opened" | "changed" } | { event: "broken"; message: string };

function tell(event: CoreEvent): void {
  self.postMessage(event);
}
