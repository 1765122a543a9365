/** A moment in words, with the exact one on hover and for machines. */
import type { JSX } from "preact";
import { language } from "../shared/i18n";
import { now } from "./clock";
import { ago, agoShort, exactly } from "./relative-time";

export function When({ at, short = false }: { at: number; short?: boolean }): JSX.Element {
  const words = short ? agoShort : ago;
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(at, language())}>
      {words(at, now.value, language())}
    </time>
  );
}
