/** The pieces a person in Lever is shown with: head, reasons, ways to reach them, history. Nothing empty is drawn. */
import type { ComponentChildren, JSX } from "preact";
import { plural, t } from "../shared/i18n";
import type { OpportunitySummary, Person, StageMove, StatusWord } from "../shared/protocol";
import { CopyButton } from "./copy-button";
import { Disclosure } from "./disclosure";
import { Folded } from "./folded";
import { ownerName, postingName, reasonName, stageName } from "./names";
import { When } from "./when";

export const CHIPS: Record<StatusWord, string> = {
  active: "in",
  prospect: "new",
  hired: "in",
  rejected: "",
  archived: "",
};
/** So many opportunities are shown before the reader asks for the rest. */
const FIRST_OPPORTUNITIES = 4;

/** Status word and stage, then job, owner and date. */
export function Standing({ opportunity }: { opportunity: OpportunitySummary }): JSX.Element {
  const { status, postings, owner } = opportunity;
  const ended = status === "rejected" || status === "hired" || status === "archived";
  const at = ended ? (opportunity.archived_at ?? opportunity.updated_at) : opportunity.updated_at;
  return (
    <>
      <div class="stage">
        <span class={`chip ${CHIPS[status]}`}>{t(`status_${status}`)}</span>
        <span class="wrap">{stageOrReason(opportunity)}</span>
      </div>
      <div class="line">
        {postings.length > 0 && <>{postings.map(postingName).join(", ")} · </>}
        {owner !== null && <>{ownerName(owner)}, </>}
        <When at={at} />
      </div>
    </>
  );
}

export function stageOrReason({ status, stage, archive_reason }: OpportunitySummary): string {
  if (status === "active" || status === "prospect") {
    return stageName(stage);
  }
  return archive_reason === null
    ? t("standing_at", stageName(stage))
    : t("standing_reason_at", reasonName(archive_reason), stageName(stage));
}

/** Headline and place, where Lever has them. */
export function About({ person }: { person: Person }): JSX.Element | null {
  const text = [person.headline, person.location].filter((part) => part.trim() !== "").join(" · ");
  return text === "" ? null : <div class="line">{text}</div>;
}

function Row({ name, children }: { name: string; children: ComponentChildren }): JSX.Element {
  return (
    <div class="row">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Emails and phones, each with its copy button. */
export function Reach({ person }: { person: Person }): JSX.Element {
  return (
    <>
      {person.emails.map((email, place) => (
        <Row key={email} name={place === 0 ? t("card_email") : ""}>
          <bdi class="wrap" dir="ltr">
            {email}
          </bdi>
          <CopyButton text={email} what={email} />
        </Row>
      ))}
      {person.phones.map((phone, place) => (
        <Row key={phone} name={place === 0 ? t("card_phone") : ""}>
          <bdi class="wrap" dir="ltr">
            {phone}
          </bdi>
          <CopyButton text={phone} what={phone} />
        </Row>
      ))}
    </>
  );
}

/** Every opportunity, the open ones first. One alone is already in the head, but for the way it went. */
export function History({ opportunities }: { opportunities: readonly OpportunitySummary[] }): JSX.Element | null {
  if (opportunities.length < 2 && !opportunities.some(hasMoved)) {
    return null;
  }
  return (
    <section class="section" aria-label={t("card_history")}>
      <Folded all={opportunities} first={FIRST_OPPORTUNITIES} more="card_more">
        {(opportunity) => <OpportunityLine key={opportunity.id} opportunity={opportunity} />}
      </Folded>
    </section>
  );
}

/** The stage it is in now is told anyway. */
function hasMoved({ moves }: OpportunitySummary): boolean {
  return moves.length > 1;
}

function OpportunityLine({ opportunity }: { opportunity: OpportunitySummary }): JSX.Element {
  const { status, postings } = opportunity;
  const open = status === "active" || status === "prospect";
  const job = postings.length > 0 ? postings.map(postingName).join(", ") : t("card_no_job");
  return (
    <li class={open ? "opportunity open" : "opportunity"}>
      <span class="wrap">
        <a class="link" href={opportunity.url} target="_blank" rel="noopener noreferrer">
          {job}
        </a>
        <span class="dim"> · {standingWord(opportunity)}</span>
      </span>
      <When at={open ? opportunity.updated_at : (opportunity.archived_at ?? opportunity.updated_at)} short />
      {hasMoved(opportunity) && (
        <div class="passed">
          <Disclosure label={plural("card_stages", opportunity.moves.length)}>
            {() => <Moves moves={opportunity.moves} />}
          </Disclosure>
        </div>
      )}
    </li>
  );
}

/** Stages passed, oldest first. */
function Moves({ moves }: { moves: readonly StageMove[] }): JSX.Element {
  return (
    <ol>
      {moves.map(({ stage, at, by }, place) => (
        <li key={place} class="dated">
          <span class="wrap">
            {stageName(stage)}
            {by !== null && <span class="dim">, {ownerName(by)}</span>}
          </span>
          {at !== null && <When at={at} short />}
        </li>
      ))}
    </ol>
  );
}

function standingWord({ status, stage, archive_reason }: OpportunitySummary): string {
  switch (status) {
    case "active":
    case "prospect":
      return stageName(stage);
    case "rejected":
      return archive_reason === null ? t("status_rejected") : t("history_rejected", reasonName(archive_reason));
    case "hired":
      return t("status_hired");
    default:
      return archive_reason === null ? t("status_archived") : t("history_archived", reasonName(archive_reason));
  }
}
