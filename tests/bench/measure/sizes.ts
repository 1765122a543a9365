/** What is downloaded and parsed: files of the package, each gzipped as hard as gzip can. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { Table } from "../table";

const PACKAGE = resolve(import.meta.dirname, "../../../dist/chromium");

export function measureSizes(table: Table): void {
  const content = gzipped("content.js");
  table.add("content_script_kb", content / 1e3);
  table.add("content_script_with_overlay_kb", (content + gzipped("overlay.js")) / 1e3);
  table.add("core_wasm_mb", gzipped("fulcrum_bg.wasm") / 1e6);
}

function gzipped(file: string): number {
  return gzipSync(readFileSync(join(PACKAGE, file)), { level: 9 }).length;
}
