/**
 * A CSV file on its way onto a project: read, shown, and added only when the recruiter says so. The file stays on this machine; what
 * is kept of it are the people that were added.
 */
import { batch, type Signal, signal } from "@preact/signals";
import type { ProjectSummary } from "../shared/protocol";
import { type Ask, ProjectChoice } from "../ui/project-choice";
import { type CsvReading, csvProfiles } from "./csv-profiles";
import { csvText } from "./csv-text";

/** More is no list of people that anybody exports. */
const MOST_BYTES = 20_000_000;

export type CsvTrouble = "csv_not_text" | "csv_too_large" | "csv_not_read" | "csv_no_headers" | "csv_none";

export type CsvShown =
  | { is: "reading"; file: string }
  | { is: "trouble"; file: string; trouble: CsvTrouble; reading: CsvReading | null }
  | { is: "read"; file: string; reading: CsvReading; choice: ProjectChoice }
  | { is: "added"; file: string; people: number; project: ProjectSummary };

export class CsvDesk {
  /** Null while no file lies here. */
  readonly shown: Signal<CsvShown | null> = signal(null);
  readonly #ask: Ask;
  /** Only the file that was taken last is shown. */
  #taken = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async take(file: File): Promise<void> {
    this.#taken += 1;
    const taken = this.#taken;
    const { name } = file;
    this.shown.value = { is: "reading", file: name };
    const shown = await this.#read(file);
    if (taken === this.#taken) {
      this.shown.value = shown;
    }
  }

  clear(): void {
    this.#taken += 1;
    this.shown.value = null;
  }

  /** Puts everybody of the file on the project; the project where all of them are. */
  async add(): Promise<ProjectSummary | null> {
    const shown = this.shown.peek();
    if (shown?.is !== "read") {
      return null;
    }
    const { profiles } = shown.reading;
    const project = await shown.choice.add(profiles);
    if (project !== null && this.shown.peek() === shown) {
      batch(() => {
        this.shown.value = { is: "added", file: shown.file, people: profiles.length, project };
      });
    }
    return project;
  }

  async #read(file: File): Promise<CsvShown> {
    const trouble = (why: CsvTrouble, reading: CsvReading | null = null): CsvShown => ({
      is: "trouble",
      file: file.name,
      trouble: why,
      reading,
    });
    if (file.size > MOST_BYTES) {
      return trouble("csv_too_large");
    }
    try {
      const text = csvText(new Uint8Array(await file.arrayBuffer()));
      if (text === null) {
        return trouble("csv_not_text");
      }
      const reading = await csvProfiles(text);
      if (reading.profiles.length > 0) {
        return { is: "read", file: file.name, reading, choice: new ProjectChoice(this.#ask, projectName(file.name)) };
      }
      const isKnown = reading.columns.some(({ takenFor }) => takenFor !== null);
      return trouble(isKnown ? "csv_none" : "csv_no_headers", reading);
    } catch {
      // It was moved, or the disk is away.
      return trouble("csv_not_read");
    }
  }
}

/** The file's name without its ending, as long as a project's name may be. */
function projectName(file: string): string {
  const name = file
    .replace(/\.[^.]{1,5}$/u, "")
    .replace(/[_\s]+/gu, " ")
    .trim();
  return [...name].slice(0, 100).join("");
}
