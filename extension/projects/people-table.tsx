/** People of a project: who they are on their pages, how they stand in Lever, and a tick for each. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../shared/i18n";
import type { ProjectPerson } from "../shared/protocol";
import { Check } from "../ui/icons";
import { keyWords } from "../ui/key-words";
import { stageOrReason } from "../ui/person-parts";
import type { ProjectDesk } from "./project-desk";

interface PeopleTableProps {
  desk: ProjectDesk;
  people: readonly ProjectPerson[];
}

export function PeopleTable({ desk, people }: PeopleTableProps): JSX.Element {
  const all = useRef<HTMLInputElement>(null);
  const count = desk.chosen.value.length;
  useEffect(() => {
    if (all.current !== null) {
      all.current.indeterminate = count > 0 && count < people.length;
    }
  }, [count, people.length]);
  return (
    // A table wider than the window is scrolled, by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable.
    <section class="table" tabIndex={0} aria-label={t("project_people")}>
      <table>
        <thead>
          <tr>
            <th scope="col">
              <input
                ref={all}
                type="checkbox"
                aria-label={t("project_tick_all")}
                checked={count === people.length}
                onChange={(event) => desk.tickAll(event.currentTarget.checked)}
              />
            </th>
            <th scope="col">{t("journal_who")}</th>
            <th scope="col">{t("project_in_lever")}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row key={person.key} desk={desk} person={person} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ desk, person }: { desk: ProjectDesk; person: ProjectPerson }): JSX.Element {
  const name = person.name ?? keyWords(person.key);
  const isPage = /^https?:/u.test(person.url);
  const { tone, word, detail } = standing(person);
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t("project_tick", name)}
          checked={desk.ticked.value.has(person.key)}
          onChange={(event) => desk.tick(person.key, event.currentTarget.checked)}
        />
      </td>
      <td>
        {isPage ? (
          <a class="link" href={person.url} target="_blank" rel="noopener noreferrer">
            {name}
          </a>
        ) : (
          name
        )}
        {person.headline !== null && <div class="small dim">{person.headline}</div>}
      </td>
      <td>
        <span class={`chip ${tone}`}>{word}</span>
        {detail !== null && <div class="small dim">{detail}</div>}
        {isExported(person) && (
          <div class="small dim exported">
            <Check /> {t("project_exported")}
          </div>
        )}
      </td>
    </tr>
  );
}

function isExported({ exported }: ProjectPerson): boolean {
  return exported === "confirmed" || exported === "reconciled";
}

/** As the badge says it: nothing is claimed that is not known. */
export function standing({ verdict, complete, person }: ProjectPerson): {
  tone: string;
  word: string;
  detail: string | null;
} {
  const [opportunity] = person?.opportunities ?? [];
  const detail =
    opportunity === undefined ? null : `${t(`status_${opportunity.status}`)}, ${stageOrReason(opportunity)}`;
  switch (verdict) {
    case "same":
      return { tone: "in", word: t("badge_in_lever"), detail };
    case "likely":
      return { tone: "maybe", word: t("badge_likely"), detail };
    case "possible":
      return { tone: "maybe", word: t("project_possible"), detail: null };
    case "ambiguous":
      return { tone: "maybe", word: t("badge_several"), detail: null };
    default:
      return complete
        ? { tone: "new", word: t("badge_not_in_lever"), detail: null }
        : { tone: "", word: t("badge_not_found_so_far"), detail: null };
  }
}
