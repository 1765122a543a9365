/** The list of people recorded twice: the records beside each other, why, and the way to each in Lever. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { plural, t } from "../shared/i18n";
import type { DuplicatePeople, DuplicateRecord } from "../shared/protocol";
import { Check } from "../ui/icons";
import { FailureNotice, Notice } from "../ui/notice";
import { Comparison, ShortReasons } from "../ui/reasons";
import { When } from "../ui/when";
import { contactsOf, type DuplicateList } from "./duplicate-list";

/** From these probabilities on it is said so; the core lists nobody who is improbable. */
const SURE = 0.95;
const PROBABLE = 0.6;

export function Duplicates({ list, openSettings }: { list: DuplicateList; openSettings: () => void }): JSX.Element {
  useEffect(() => void list.read(), [list]);
  const groups = list.groups.value;
  const failure = list.failure.value;
  return (
    <div class="duplicates">
      <p class="dim">{t("duplicates_text")}</p>
      <Apart list={list} />
      {failure !== null && (
        <FailureNotice failure={failure} onSettings={openSettings} onAgain={() => void list.read()} />
      )}
      {!list.counted.value && <Notice tone="maybe" text={t("duplicates_incomplete")} />}
      {groups === null && failure === null && (
        <div aria-busy="true">
          {["45%", "80%", "60%"].map((width) => (
            <span key={width} class="skeleton" style={{ width }} />
          ))}
        </div>
      )}
      {groups !== null && groups.length === 0 && failure === null && (
        <p class="nobody">{t(list.counted.value ? "duplicates_none" : "duplicates_none_so_far")}</p>
      )}
      {groups !== null && groups.length > 0 && (
        <ol class="groups">
          {groups.map((group) => (
            <Group key={contactsOf(group).join(" ")} list={list} group={group} />
          ))}
        </ol>
      )}
      {list.isCut && (
        <button type="button" class="button" onClick={() => void list.more()}>
          {t("duplicates_more")}
        </button>
      )}
    </div>
  );
}

/** What was taken off the list last, and the way back. */
function Apart({ list }: { list: DuplicateList }): JSX.Element {
  const apart = list.apart.value;
  return (
    <p class="said small dim" role="status">
      {apart !== null && (
        <>
          <Check />
          <span class="wrap">
            {t("duplicates_apart", apart.people.map(nameOf).join(", "))}{" "}
            <button type="button" class="link underlined roomy" onClick={() => void list.undo()}>
              {t("undo")}
            </button>
          </span>
        </>
      )}
    </p>
  );
}

function Group({ list, group }: { list: DuplicateList; group: DuplicatePeople }): JSX.Element {
  const { people, evidence, probability } = group;
  const name = nameOf(people[0]);
  const sure = probability >= SURE ? "sure" : probability >= PROBABLE ? "probable" : "possible";
  return (
    <li class="panel">
      <header>
        <h2 class="wrap">{name}</h2>
        <span class={sure === "sure" ? "chip in" : "chip maybe"}>{t(`duplicates_${sure}`)}</span>
      </header>
      <ul class="records">
        {people.map((record) => (
          <Record key={record.contact} record={record} />
        ))}
      </ul>
      <div class="small">
        <ShortReasons evidence={evidence} />
        <Comparison
          evidence={evidence}
          first={t("duplicates_first")}
          second={people.length > 2 ? t("duplicates_others") : t("duplicates_second")}
          label={t("duplicates_compare")}
        />
      </div>
      <div>
        <button
          type="button"
          class="button small"
          aria-label={t("duplicates_keep_apart_what", name)}
          onClick={() => void list.keepApart(group)}
        >
          {t("duplicates_keep_apart")}
        </button>
      </div>
    </li>
  );
}

function Record({ record }: { record: DuplicateRecord }): JSX.Element {
  const { headline, location, emails, url, opportunities, last } = record;
  const about = [headline, location].filter((part) => part.trim() !== "").join(" · ");
  return (
    <li>
      <h3 class="wrap">{nameOf(record)}</h3>
      {about !== "" && <p class="small dim wrap">{about}</p>}
      {emails.map((email) => (
        <p key={email} class="small wrap">
          <bdi dir="ltr">{email}</bdi>
        </p>
      ))}
      <p class="small dim">
        {plural("duplicates_opportunities", opportunities)}
        {last !== null && (
          <>
            {", "}
            {t("search_last_active")} <When at={last} />
          </>
        )}
      </p>
      {url !== null && (
        <p>
          <a class="link roomy" href={url} target="_blank" rel="noopener noreferrer">
            {t("open_in_lever")}
          </a>
        </p>
      )}
    </li>
  );
}

function nameOf(record: DuplicateRecord | undefined): string {
  return record === undefined || record.name.trim() === "" ? t("search_no_name") : record.name;
}
