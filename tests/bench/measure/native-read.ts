/** The first read in a terminal: `fulcrum sync`, from its start to its end, as whoever runs it would time it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Sandbox } from "../../e2e/support/sandbox";
import { withFolder } from "../borrowed";
import { say, type Table } from "../table";

/** Lever's rate limit: 10 requests a second of 100 rows. */
const LIMIT_ROWS = 1_000;

/** Without a limit on either side. */
export async function measureNativeRead(table: Table, sandbox: Sandbox, rows: number): Promise<void> {
  const seconds = await sync(sandbox, 0);
  say(`  ${rows} rows in ${seconds.toFixed(1)} s`);
  table.add("rows_into_mirror_native", rows / seconds);
}

/** At Lever's limit, all of which the terminal program takes. */
export async function measureReadAtLimit(table: Table, sandbox: Sandbox, rows: number): Promise<void> {
  const seconds = await sync(sandbox, 10);
  say(`  ${rows} rows in ${seconds.toFixed(1)} s`);
  table.add("first_load_at_limit", seconds / (rows / LIMIT_ROWS));
}

async function sync(sandbox: Sandbox, requestsPerSecond: number): Promise<number> {
  return await withFolder(async (folder) => {
    const words = ["sync", "--base-url", sandbox.baseUrl, "--db", join(folder, "mirror.db")];
    words.push("--requests-per-second", String(requestsPerSecond));
    const begun = performance.now();
    const program = spawn(process.env.FULCRUM_BIN ?? "target/release/fulcrum", words, {
      env: { ...process.env, FULCRUM_KEY: sandbox.key },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    program.stderr.on("data", (part) => {
      said += String(part);
    });
    const [status] = await once(program, "exit");
    if (status !== 0) {
      throw new Error(`fulcrum sync ended with ${status}: ${said.slice(-500)}`);
    }
    return (performance.now() - begun) / 1e3;
  });
}
