/** The table: values against their budgets, printed as they come and kept in `target/bench/table.txt`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { BUDGETS } from "./budgets.mjs";

export type BudgetName = keyof typeof BUDGETS;

export class Table {
  readonly #lines: string[] = [];

  /** Prints one line on standard output. */
  add(name: BudgetName, value: number): void {
    if (!Number.isFinite(value)) {
      throw new Error(`${name} has no value`);
    }
    const budget: { unit: string; atMost?: number; atLeast?: number } = BUDGETS[name];
    const limit = budget.atMost ?? budget.atLeast ?? Number.NaN;
    const holds = budget.atMost === undefined ? value >= limit : value <= limit;
    const line = [name, shown(value), budget.unit, String(limit), holds ? "ok" : "over"].join(" ");
    this.#lines.push(line);
    process.stdout.write(`${line}\n`);
  }

  /** Keeps the table with a line on the machine it was measured on. */
  write(file: string, machine: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `# ${machine}\n${this.#lines.map((line) => `${line}\n`).join("")}`);
  }
}

/** The smallest value that so many hundredths of all values do not exceed (nearest rank). */
export function percentile(values: readonly number[], hundredths: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((hundredths / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** Progress, and whatever else is for people. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Median, 95th hundredth and extremes in one line. */
export function spread(values: readonly number[]): string {
  const [least, median, high, most] = [0, 50, 95, 100].map((at) => shown(percentile(values, at)));
  return `${values.length} samples: ${least} at least, ${median} median, ${high} p95, ${most} at most`;
}

/** Three digits that mean something. */
function shown(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}
