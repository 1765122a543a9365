/** How much the page knows of somebody in Lever that Lever lacks, and the way to the comparison. Silent where there is nothing. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { plural, t } from "../shared/i18n";
import type { ComparedValue, Person } from "../shared/protocol";
import type { PersonSession } from "./person-session";

/** What these add says how somebody was found, not who they are. */
const BESIDE_THE_PERSON: ReadonlySet<ComparedValue["field"]> = new Set(["tags", "sources", "note"]);

interface UpdateEntryProps {
  session: PersonSession;
  person: Person;
  onOpen: () => void;
}

export function UpdateEntry({ session, person, onOpen }: UpdateEntryProps): JSX.Element | null {
  const answer = session.answer.value;
  // Each answer may bring another Lever, or another page.
  useEffect(() => void session.compare(person.contact), [session, person.contact, answer]);
  const compared = session.compared.value;
  const about = compared?.contact === person.contact ? compared.values : [];
  const values = about.filter(({ field }) => !BESIDE_THE_PERSON.has(field));
  if (values.length === 0) {
    return null;
  }
  const added = values.filter(({ change }) => change !== "replace").length;
  return (
    <div class="section update">
      <span class="wrap">{added > 0 ? plural("update_new", added) : plural("update_other", values.length)}</span>
      <button type="button" class="button small" onClick={onOpen}>
        {t("update_open")}
      </button>
    </div>
  );
}
