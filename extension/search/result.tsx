/** One person found: who, how the candidacy that fits stands, when they were last active; the whole row leads to Lever. */
import type { JSX } from "preact";
import { plural, t } from "../shared/i18n";
import type { FoundPerson, OpportunitySummary } from "../shared/protocol";
import { ownerName, postingName } from "../ui/names";
import { About, CHIPS, stageOrReason } from "../ui/person-parts";
import { When } from "../ui/when";

export function Result({ found }: { found: FoundPerson }): JSX.Element {
  const { person } = found;
  const opportunity = person.opportunities.find(({ id }) => id === found.opportunity) ?? person.opportunities[0];
  const others = person.opportunities.length - 1;
  return (
    <li class="result">
      <div class="result-head">
        {opportunity === undefined ? (
          <span class="who">{nameOf(person.name)}</span>
        ) : (
          <a class="who" href={opportunity.url} target="_blank" rel="noopener noreferrer">
            {nameOf(person.name)}
          </a>
        )}
        {opportunity !== undefined && (
          <span class="dim small">
            {t("search_last_active")} <When at={lastActivity(opportunity)} />
          </span>
        )}
      </div>
      <About person={person} />
      {opportunity !== undefined && <Candidacy opportunity={opportunity} others={others} />}
    </li>
  );
}

function Candidacy({ opportunity, others }: { opportunity: OpportunitySummary; others: number }): JSX.Element {
  const { status, postings, owner } = opportunity;
  const line = [
    postings.length > 0 ? postings.map(postingName).join(", ") : t("card_no_job"),
    owner === null ? "" : ownerName(owner),
    others > 0 ? plural("search_other_opportunities", others) : "",
  ].filter((part) => part !== "");
  return (
    <div class="candidacy">
      <span class={`chip ${CHIPS[status]}`}>{t(`status_${status}`)}</span>
      <span class="wrap">{stageOrReason(opportunity)}</span>
      <span class="line">{line.join(" · ")}</span>
    </div>
  );
}

/** As the search sorts: the last change or the last interaction, whichever is later. */
function lastActivity({ updated_at, last_interaction_at }: OpportunitySummary): number {
  return Math.max(updated_at, last_interaction_at ?? 0);
}

function nameOf(name: string): string {
  return name.trim() === "" ? t("search_no_name") : name;
}
