/** The search page: one field, filters, and the people found. The arrow keys go through them, Enter opens one in Lever. */
import { type Signal, useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ResumeDesk } from "../resume/resume-desk";
import { ResumeButton, ResumePlace } from "../resume/resume-place";
import { t } from "../shared/i18n";
import type { ProjectNumber, SearchOrder } from "../shared/protocol";
import { Cross } from "../ui/icons";
import { FailureNotice, Notice } from "../ui/notice";
import { When } from "../ui/when";
import type { DuplicateList } from "./duplicate-list";
import { Duplicates } from "./duplicates";
import { Filters } from "./filters";
import type { PeopleSearch } from "./people-search";
import { Result } from "./result";
import { blindSpots, countWords } from "./search-words";

const ORDERS: readonly SearchOrder[] = ["activity", "fit"];

interface SearchProps {
  search: PeopleSearch;
  openSettings: () => void;
}

/** `search`: the people of the past. `duplicates`: those whom Lever holds more than once. */
export type SearchView = "search" | "duplicates";

interface SearchPageProps extends SearchProps {
  openProject: (project: ProjectNumber) => void;
  desk: ResumeDesk;
  duplicates: DuplicateList;
  view: Signal<SearchView>;
}

const VIEWS: readonly SearchView[] = ["search", "duplicates"];

export function Search({ search, desk, duplicates, view, openSettings, openProject }: SearchPageProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLOListElement>(null);
  useEffect(() => field.current?.focus(), []);
  const connected = search.status.value?.connection.state !== "not_connected";
  return (
    <main class="page search-page">
      <header>
        <h1>{t("search_title")}</h1>
        {connected && <ResumeButton desk={desk} />}
      </header>
      {connected && (
        <nav class="views">
          {VIEWS.map((one) => (
            <a
              key={one}
              href={`#${one}`}
              class="view"
              aria-current={view.value === one ? "page" : undefined}
              onClick={() => desk.clear()}
            >
              {t(`search_view_${one}`)}
            </a>
          ))}
        </nav>
      )}
      {connected ? (
        <ResumePlace desk={desk} openSettings={openSettings} openProject={openProject}>
          {view.value === "duplicates" ? (
            <Duplicates list={duplicates} openSettings={openSettings} />
          ) : (
            // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys work between the field and the links in it.
            <div class="search-grid" onKeyDown={(event) => walk(event, field.current, results.current)}>
              <Field search={search} fieldRef={field} />
              <Narrowing search={search} />
              <section class="search-found" aria-label={t("search_results")} aria-busy={search.searching.value}>
                <Found search={search} openSettings={openSettings} listRef={results} />
              </section>
            </div>
          )}
        </ResumePlace>
      ) : (
        <Notice tone="plain" text={t("failure_not_connected")}>
          {" "}
          <button type="button" class="link underlined" onClick={openSettings}>
            {t("open_settings")}
          </button>
        </Notice>
      )}
    </main>
  );
}

/** From the field down into the people found, and back. Fields with lists of their own keep their arrow keys. */
function walk(event: TargetedKeyboardEvent<HTMLElement>, field: HTMLElement | null, results: HTMLElement | null): void {
  const links = [...(results?.querySelectorAll("a") ?? [])];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  const inField = document.activeElement === field;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || (at < 0 && !inField)) {
    return;
  }
  const next: Record<string, HTMLElement | null | undefined> = {
    ArrowDown: links[at + 1],
    ArrowUp: at > 0 ? links[at - 1] : field,
    // In the field these move the caret, and Escape empties it.
    ...(inField ? {} : { Home: links[0], End: links[links.length - 1], Escape: field }),
  };
  const target = next[event.key];
  if (target != null) {
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }
}

function Field({
  search,
  fieldRef,
}: {
  search: PeopleSearch;
  fieldRef: { current: HTMLInputElement | null };
}): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element for it is younger than the oldest browsers let in.
    <div class="search-field" role="search">
      <div class="field">
        <label for="search-text">{t("search_label")}</label>
        <input
          id="search-text"
          ref={fieldRef}
          class="input"
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder={t("search_placeholder")}
          aria-describedby="search-hint"
          value={search.text.value}
          onInput={(event) => search.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.isComposing) {
              void search.now();
            }
          }}
        />
      </div>
      <p class="small dim" id="search-hint">
        {t("search_hint")}
      </p>
    </div>
  );
}

/** Beside the people found where there is room; where there is not, behind a button. */
function Narrowing({ search }: { search: PeopleSearch }): JSX.Element {
  const open = useSignal(false);
  const count = search.narrowed.value;
  return (
    <aside class="search-filters" aria-label={t("search_filters")}>
      <button
        type="button"
        class="button narrowing"
        aria-expanded={open.value}
        aria-controls="filters"
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {count === 0 ? t("search_filters") : t("search_filters_set", count)}
        {open.value && <Cross />}
      </button>
      <div id="filters" class={open.value ? "filters open" : "filters"}>
        <Filters search={search} />
      </div>
    </aside>
  );
}

interface FoundProps extends SearchProps {
  listRef: { current: HTMLOListElement | null };
}

function Found({ search, openSettings, listRef }: FoundProps): JSX.Element {
  const found = search.found.value;
  const failure = search.failure.value;
  return (
    <>
      <div class="apart">
        <p class="number" role="status">
          {found !== null && failure === null && countWords(found)}
        </p>
        <Order search={search} />
      </div>
      <BlindSpots search={search} />
      {failure !== null && (
        <FailureNotice failure={failure} onSettings={openSettings} onAgain={() => void search.now()} />
      )}
      {found === null && failure === null && <Waiting />}
      {found !== null && found.people.length === 0 && failure === null && (
        <div class="nobody">
          <p>{t("search_nobody")}</p>
          <p class="small dim">{t(search.narrowed.value > 0 ? "search_nobody_filters" : "search_nobody_words")}</p>
        </div>
      )}
      {found !== null && found.people.length > 0 && (
        <ol class="results" ref={listRef}>
          {found.people.map((one) => (
            <Result key={one.person.contact} found={one} />
          ))}
        </ol>
      )}
    </>
  );
}

function Waiting(): JSX.Element {
  return (
    <div>
      {["45%", "80%", "60%", "45%", "80%", "60%"].map((width, place) => (
        <span key={place} class="skeleton" style={{ width }} />
      ))}
    </div>
  );
}

/** What was searched is not all of Lever, or not of this minute. */
function BlindSpots({ search }: { search: PeopleSearch }): JSX.Element | null {
  const mirror = search.status.value?.mirror;
  if (mirror === undefined) {
    return null;
  }
  const spots = blindSpots(mirror, search.lookedUpOnly.value);
  return (
    <>
      {spots.length > 0 && <Notice tone="maybe" text={spots.join(" ")} />}
      {mirror.as_of !== null && (
        <p class="small dim number">
          {t("read_from_lever")} <When at={mirror.as_of} />
        </p>
      )}
    </>
  );
}

function Order({ search }: { search: PeopleSearch }): JSX.Element {
  return (
    <fieldset class="segments order">
      <legend class="unseen">{t("search_order")}</legend>
      {ORDERS.map((order) => (
        <label key={order}>
          <input type="radio" name="order" checked={search.order.value === order} onChange={() => search.sort(order)} />
          {t(`search_order_${order}`)}
        </label>
      ))}
    </fieldset>
  );
}
