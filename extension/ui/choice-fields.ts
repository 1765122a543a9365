/** What the fields of an export's form show and change, for one person as for many. */
import type { Signal } from "@preact/signals";
import type { ExportOptions, PostingSummary } from "../shared/protocol";
import type { Kind } from "./export-draft";

export interface ChoiceFields {
  readonly kind: Signal<Kind>;
  readonly jobText: Signal<string>;
  readonly job: Signal<PostingSummary | null>;
  /** Jobs that fit what was typed; null while they are on their way. */
  readonly jobs: Signal<readonly PostingSummary[] | null>;
  readonly tags: Signal<string[]>;
  readonly source: Signal<string>;
  readonly stage: Signal<string>;
  readonly note: Signal<string>;
  readonly options: Signal<ExportOptions | null>;
  typeJob(text: string): void;
  chooseJob(id: string): void;
}
