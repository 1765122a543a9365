/** A list of which the first few are shown, and the rest when the reader asks. What was asked for comes into the focus. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type PluralStem, plural } from "../shared/i18n";

interface FoldedProps<Of> {
  all: readonly Of[];
  first: number;
  /** "Show 3 more". */
  more: PluralStem;
  /** The class of the list. */
  list?: string;
  children: (one: Of, place: number) => JSX.Element;
}

export function Folded<Of>({ all, first, more, list: name, children }: FoldedProps<Of>): JSX.Element {
  const open = useSignal(false);
  const list = useRef<HTMLUListElement>(null);
  const asked = open.value;
  useEffect(() => {
    const next = asked ? list.current?.children[first] : undefined;
    // The button that was pressed is gone; the keyboard goes on where the list does.
    if (next instanceof HTMLElement) {
      next.tabIndex = -1;
      next.focus();
    }
  }, [asked, first]);
  const shown = asked ? all : all.slice(0, first);
  const rest = all.length - shown.length;
  return (
    <>
      <ul ref={list} class={name}>
        {shown.map(children)}
      </ul>
      {rest > 0 && (
        <button
          type="button"
          class="link roomy"
          onClick={() => {
            open.value = true;
          }}
        >
          {plural(more, rest)}
        </button>
      )}
    </>
  );
}
