/**
 * What a measurement borrows of the machine and gives back: folders and simulated Levers. Given back as well when the run
 * is broken off, so that no server stays behind.
 */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox, type SandboxOptions } from "../e2e/support/sandbox";
import { say } from "./table";

const atExit = new Set<() => void>();

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    say(`stopped by ${signal}`);
    // Last of all: by then Playwright has ended the browser, which would write into its folder again.
    process.once("exit", () => {
      for (const giveBack of atExit) {
        giveBack();
      }
    });
    process.exit(1);
  });
}

/** A folder that is gone when the work is done. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "fulcrum-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  atExit.add(remove);
  try {
    return await work(folder);
  } finally {
    atExit.delete(remove);
    remove();
  }
}

/** A simulated Lever that is stopped when the work is done. */
export async function withSandbox<Result>(
  options: SandboxOptions,
  work: (sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  const sandbox = await Sandbox.start(options);
  const stop = () => void sandbox.stop();
  atExit.add(stop);
  try {
    return await work(sandbox);
  } finally {
    atExit.delete(stop);
    await sandbox.stop();
  }
}
