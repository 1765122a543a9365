/** Copies a text and says so for a moment. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../shared/i18n";

const SAID_FOR = 2_000;

export function CopyButton({ text, what }: { text: string; what: string }): JSX.Element {
  const state = useSignal<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state.value === "idle") {
      return undefined;
    }
    const timer = setTimeout(() => {
      state.value = "idle";
    }, SAID_FOR);
    return () => clearTimeout(timer);
  }, [state.value]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      state.value = "copied";
    } catch {
      // The page's policy forbids the clipboard; the text can still be selected and copied by hand.
      state.value = "refused";
    }
  };
  return (
    <button type="button" class="link roomy" aria-label={t("copy_what", what)} onClick={() => void copy()}>
      <span aria-live="polite">{t(`copy_${state.value}`)}</span>
    </button>
  );
}
