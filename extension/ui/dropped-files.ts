/**
 * Files that are dropped anywhere on the window. Other things that are dragged are left to whom they are meant for; a file is
 * never opened by the browser in place of the page, whether it is taken or not.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

export interface TakesFiles {
  /** Whether a file that is dropped now would be taken. */
  isReady: () => boolean;
  take: (files: File[]) => void;
}

/** Whether a file that would be taken is being held over the window. */
export function useDroppedFiles(takes: TakesFiles): boolean {
  const over = useSignal(false);
  const latest = useRef(takes);
  latest.current = takes;
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const hold = (event: DragEvent) => {
      if (carriesFile(event)) {
        event.preventDefault();
        over.value = latest.current.isReady();
      }
    };
    addEventListener("dragenter", hold, { signal });
    addEventListener("dragover", hold, { signal });
    addEventListener(
      "dragleave",
      (event) => {
        // Leaving one element for another is not leaving the window.
        over.value = over.value && event.relatedTarget !== null;
      },
      { signal },
    );
    addEventListener(
      "drop",
      (event) => {
        over.value = false;
        if (!carriesFile(event)) {
          return;
        }
        event.preventDefault();
        if (latest.current.isReady()) {
          latest.current.take([...(event.dataTransfer?.files ?? [])]);
        }
      },
      { signal },
    );
    return () => ending.abort();
  }, [over]);
  return over.value;
}
