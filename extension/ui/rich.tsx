/** A message whose `<b>…</b>` parts are shown bold. Nothing else in it is markup. */
import type { JSX } from "preact";

export function Rich({ text }: { text: string }): JSX.Element {
  const parts = text.split(/<b>(.*?)<\/b>/su);
  // Every second part stood between the marks.
  return <>{parts.map((part, place) => (place % 2 === 1 ? <b key={place}>{part}</b> : part))}</>;
}
