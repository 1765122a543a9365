/** A word that opens what stands below it, and closes it again. What is closed is not made. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";

interface DisclosureProps {
  label: string;
  children: () => JSX.Element;
}

export function Disclosure({ label, children }: DisclosureProps): JSX.Element {
  const open = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="link roomy disclosure"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {label}
      </button>
      {open.value && children()}
    </>
  );
}
