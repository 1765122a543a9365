/** What is sent, field by field, in words. */
import type { JSX } from "preact";
import type { PlannedField } from "../shared/protocol";
import { plannedFieldName } from "./plan-words";

export function PlannedFields({ fields }: { fields: readonly PlannedField[] }): JSX.Element {
  return (
    <dl class="sent">
      {fields.map(({ field, values }) => (
        <div key={field}>
          <dt>{plannedFieldName(field)}</dt>
          <dd>{values.join("\n")}</dd>
        </div>
      ))}
    </dl>
  );
}
