/** Stands in for the browser's `chrome.i18n` outside an extension: the same messages, from the same file. */
import messages from "../_locales/en/messages.json";

function getMessage(key: string, substitutions: string | string[] = []): string {
  if (key === "@@bidi_dir") {
    return document.documentElement.dir === "rtl" ? "rtl" : "ltr";
  }
  const found = (messages as Record<string, { message: string } | undefined>)[key]?.message ?? "";
  const values = typeof substitutions === "string" ? [substitutions] : substitutions;
  return found.replace(/\$([1-9])/gu, (_, place: string) => values[Number(place) - 1] ?? "");
}

Object.assign(globalThis, { chrome: { i18n: { getMessage, getUILanguage: () => "en" } } });
