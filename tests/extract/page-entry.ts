/**
 * What runs inside a saved page: the shipped adapters, and nothing else of the extension. Bundled by `page-reader.mjs`.
 */
import type { Reading } from "../../extension/content/adapters/adapter";
import { read } from "../../extension/content/adapters/index";
import type { Profile } from "../../extension/shared/profile";

/** A profile, the cards of a list, or null where nobody may be shown. */
export function answerOf(reading: Reading): Profile | Profile[] | null {
  switch (reading.state) {
    case "profile":
      return reading.profile;
    case "list":
      return reading.cards;
    default:
      return null;
  }
}

/** Reads the page as it stands. */
export function readPage(): { reading: string; reason: string | null; answer: Profile | Profile[] | null } {
  const reading = read(location.href, document);
  return { reading: reading.state, reason: "reason" in reading ? reading.reason : null, answer: answerOf(reading) };
}
