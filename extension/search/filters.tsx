/** What the people found are narrowed to. Several values of one filter widen it, several filters narrow. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../shared/i18n";
import type { Named, PostingSummary, StatusWord } from "../shared/protocol";
import { ownerName, reasonName, stageName } from "../ui/names";
import { FilterField, type FilterValue } from "./filter-field";
import type { Filters as Chosen, ListFilter, PeopleSearch } from "./people-search";

const STATUSES: readonly StatusWord[] = ["prospect", "active", "rejected", "hired", "archived"];
const ORIGINS = ["applied", "sourced", "referred", "agency", "internal", "university"] as const;

export function Filters({ search }: { search: PeopleSearch }): JSX.Element {
  const chosen = search.filters.value;
  const options = search.options.value;
  const values: Record<ListFilter, readonly FilterValue[] | null> = {
    postings: options?.postings.map(postingValue) ?? null,
    stages: named(options?.stages, stageName),
    archive_reasons: named(options?.archive_reasons, reasonName),
    owners: named(options?.owners, ownerName),
    tags: texts(options?.tags),
    sources: texts(options?.sources),
    origins: ORIGINS.map((id) => ({ id, text: t(`origin_${id}`) })),
  };
  return (
    <>
      <Statuses search={search} />
      {(["postings", "stages", "archive_reasons", "owners", "tags", "sources", "origins"] as const).map((filter) => (
        <FilterField
          key={filter}
          label={t(`search_${filter}`)}
          values={values[filter]}
          chosen={chosen[filter]}
          onChange={(ids) => search.narrow({ [filter]: ids })}
        />
      ))}
      <div class="pair">
        <Day search={search} field="activeSince" label={t("search_active_since")} />
        <Day search={search} field="activeUntil" label={t("search_active_until")} />
      </div>
      {search.narrowed.value > 0 && (
        <button type="button" class="link roomy" onClick={() => search.clear()}>
          {t("search_clear")}
        </button>
      )}
    </>
  );
}

function named(all: readonly Named[] | undefined, word: (one: Named) => string): readonly FilterValue[] | null {
  return all?.map((one) => ({ id: one.id, text: word(one) })) ?? null;
}

function postingValue({ id, title, team, location, state }: PostingSummary): FilterValue {
  const detail = [team, location, isOpen(state) ? null : t("search_posting_closed")];
  return { id, text: title, detail: detail.filter((part) => part !== null && part !== "").join(" · ") };
}

function isOpen(state: string): boolean {
  return state === "published" || state === "internal";
}

function texts(all: readonly string[] | undefined): readonly FilterValue[] | null {
  return all?.map((text) => ({ id: text, text })) ?? null;
}

function Statuses({ search }: { search: PeopleSearch }): JSX.Element {
  const { statuses } = search.filters.value;
  return (
    <fieldset class="statuses">
      <legend class="label">{t("search_statuses")}</legend>
      {STATUSES.map((status) => (
        <label key={status}>
          <input
            type="checkbox"
            checked={statuses.includes(status)}
            onChange={(event) =>
              search.narrow({
                statuses: event.currentTarget.checked
                  ? [...statuses, status]
                  : statuses.filter((other) => other !== status),
              })
            }
          />
          {t(`status_${status}`)}
        </label>
      ))}
    </fieldset>
  );
}

interface DayProps {
  search: PeopleSearch;
  field: keyof Pick<Chosen, "activeSince" | "activeUntil">;
  label: string;
}

function Day({ search, field, label }: DayProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="date"
        min="2000-01-01"
        value={search.filters.value[field]}
        onChange={(event) => {
          // What is half typed is no day yet.
          if (event.currentTarget.validity.valid) {
            search.narrow({ [field]: event.currentTarget.value });
          }
        }}
      />
    </div>
  );
}
