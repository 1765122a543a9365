/**
 * Files that go along with an export: chosen or dropped, each with its size or with what is wrong with it, each to be taken
 * away again. What is chosen is kept on this computer until Lever has it.
 */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { language, t } from "../shared/i18n";
import type { AttachedFile, ExportDraft } from "./export-draft";
import { Plus } from "./icons";
import { sizeWords } from "./size-words";

/** What Lever takes (lever-api §3.2). */
const TAKEN = ".pdf,.docx,.doc,.txt,.jpg,.jpeg,.png,.js";

export function FilesField({ draft }: { draft: ExportDraft }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <div class="files">
      {draft.files.value.length > 0 && (
        <ul class="attached" aria-label={t("sent_files")}>
          {draft.files.value.map((attached) => (
            <li class="attachment" key={attached.file}>
              <span class="clip">{attached.kept?.name ?? attached.file.name}</span>
              <span class={attached.trouble === null ? "small dim" : "small stop"} role="status">
                {stateOf(attached)}
              </span>
              <button
                type="button"
                class="remove"
                aria-label={t("form_file_remove", attached.file.name)}
                onClick={() => {
                  draft.detach(attached);
                  // The button that had the focus is gone.
                  button.current?.focus();
                }}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <button ref={button} type="button" class="link attach" onClick={() => field.current?.click()}>
        <Plus /> {t("form_files_attach")}
      </button>
      <input
        ref={field}
        type="file"
        multiple
        accept={TAKEN}
        hidden
        tabIndex={-1}
        aria-label={t("form_files_attach")}
        onChange={({ currentTarget }) => {
          draft.attach(currentTarget.files ?? []);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </div>
  );
}

function stateOf({ file, kept, trouble }: AttachedFile): string {
  if (trouble !== null) {
    return t(trouble === "unreadable" ? "form_file_unreadable" : `failure_${trouble}_short`);
  }
  return kept === null ? t("form_file_coming") : sizeWords(kept.size || file.size, language());
}

interface TakesFiles {
  [TAKES_FILES]: string;
  onDragOver(event: DragEvent): void;
  onDrop(event: DragEvent): void;
}

/** Marks an element that files are dropped on. */
export const TAKES_FILES = "data-takes-files";

/** Lets files be dropped on an element. Other things that are dragged are none of ours. */
export function takesFiles(draft: ExportDraft): TakesFiles {
  const carried = ({ dataTransfer }: DragEvent) => (dataTransfer?.types.includes("Files") ? dataTransfer.files : null);
  return {
    [TAKES_FILES]: "",
    onDragOver(event) {
      if (carried(event) !== null) {
        // Without this the browser would open the file in place of the page.
        event.preventDefault();
      }
    },
    onDrop(event) {
      const files = carried(event);
      if (files !== null) {
        event.preventDefault();
        event.stopPropagation();
        draft.attach(files);
      }
    },
  };
}
