/**
 * Words by key, from `_locales`. Components hold no sentences: a key that is not in `messages.json` does not compile.
 * Works in content scripts and pages alike; must not be called in a worker, which has no `chrome.i18n`.
 */
import type messages from "../_locales/en/messages.json";

export type MessageKey = keyof typeof messages;

/** Stems that have a message for one and one for many: `…_one`, `…_other`. */
export type PluralStem = MessageKey extends infer Key ? (Key extends `${infer Stem}_other` ? Stem : never) : never;

/** The language the browser's surface is in, which is the one the messages are in. */
export function language(): string {
  return chrome.i18n.getUILanguage();
}

/** `rtl` or `ltr`, of the same language. */
export function direction(): "ltr" | "rtl" {
  return chrome.i18n.getMessage("@@bidi_dir") === "rtl" ? "rtl" : "ltr";
}

/** The message, with `$1` to `$9` filled in. */
export function t(key: MessageKey, ...substitutions: readonly (string | number)[]): string {
  return chrome.i18n.getMessage(
    key,
    substitutions.map((value) => (typeof value === "number" ? formatNumber(value) : value)),
  );
}

/** Whether there is a message of this name; for names that are made from data. */
export function hasMessage(key: string): key is MessageKey {
  return chrome.i18n.getMessage(key) !== "";
}

/**
 * The message for a count, which is `$1`. Languages with more than two forms add `_few`, `_many` and so on to their
 * file; what is missing falls back on `_other`.
 */
export function plural(stem: PluralStem, count: number, ...substitutions: readonly (string | number)[]): string {
  const category = new Intl.PluralRules(language()).select(count);
  const key: string = `${stem}_${category}`;
  return t(hasMessage(key) ? key : (`${stem}_other` as MessageKey), count, ...substitutions);
}

/** A whole number with the language's own grouping. */
export function formatNumber(value: number): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(value);
}
