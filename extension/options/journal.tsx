/** The journal: every write to Lever, step by step; found by name, carried away as a table; what failed is tried again or left. */
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { plural, t } from "../shared/i18n";
import type { Environment, ExportState, JournalEntry, Status } from "../shared/protocol";
import { keyWords } from "../ui/key-words";
import { FailureNotice } from "../ui/notice";
import { When } from "../ui/when";
import { errorWords, type JournalDesk, linkOf } from "./journal-desk";
import { saveFile } from "./save-file";

const CHIPS: Record<ExportState, string> = {
  planned: "",
  sending: "new",
  confirmed: "in",
  failed: "stop",
  unknown: "maybe",
  reconciled: "in",
  skipped: "",
  left: "",
  undone: "",
};

/** Lever's web app, for links to what was written. */
const WEB: Record<Environment["name"], string | null> = {
  production: "https://hire.lever.co",
  sandbox: "https://hire.sandbox.lever.co",
  eu: "https://hire.eu.lever.co",
  custom: null,
};
const TYPING_PAUSE = 150;

export function Journal({ desk, status }: { desk: JournalDesk; status: Status }): JSX.Element {
  const entries = desk.entries.value;
  const web = status.environment === null ? null : WEB[status.environment.name];
  const isSearched = desk.text.value.trim() !== "";
  return (
    <section class="panel" aria-labelledby="journal-title">
      <header>
        <h2 id="journal-title">{t("journal_title")}</h2>
        {status.unsettled_exports > 0 && (
          <span class="chip maybe">{plural("journal_unsettled", status.unsettled_exports)}</span>
        )}
      </header>
      {(entries.length > 0 || isSearched) && <Tools desk={desk} web={web} />}
      {desk.failure.value !== null && <FailureNotice failure={desk.failure.value} />}
      {entries.length === 0 ? (
        <p class="dim">{t(isSearched ? "journal_nobody" : "journal_empty")}</p>
      ) : (
        // A table wider than the window is scrolled, by keyboard too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable.
        <section class="table" tabIndex={0} aria-label={t("journal_title")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("journal_when")}</th>
                <th scope="col">{t("journal_who")}</th>
                <th scope="col">{t("journal_step")}</th>
                <th scope="col">{t("journal_state")}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry, place) => (
                // Two notes of one export may have been written in one millisecond.
                <Row
                  key={`${entry.export} ${entry.step.step} ${entry.step.at} ${place}`}
                  desk={desk}
                  entry={entry}
                  web={web}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function Tools({ desk, web }: { desk: JournalDesk; web: string | null }): JSX.Element {
  const id = useId();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const save = async () => {
    const table = await desk.file(web);
    if (table !== null) {
      saveFile("fulcrum-exports.csv", "text/csv", table);
    }
  };
  return (
    <div class="journal-tools">
      <div class="field">
        <label class="unseen" for={id}>
          {t("journal_search")}
        </label>
        <input
          id={id}
          class="input"
          type="search"
          autocomplete="off"
          placeholder={t("journal_search")}
          value={desk.text.value}
          onInput={(event) => {
            const { value } = event.currentTarget;
            clearTimeout(timer.current);
            timer.current = setTimeout(() => void desk.search(value), TYPING_PAUSE);
          }}
        />
      </div>
      <button type="button" class="button" onClick={() => void save()}>
        {t("journal_save")}
      </button>
    </div>
  );
}

interface RowProps {
  desk: JournalDesk;
  entry: JournalEntry;
  web: string | null;
}

function Row({ desk, entry, web }: RowProps): JSX.Element {
  const { name, step } = entry;
  const link = linkOf(web, step.opportunity);
  return (
    <tr>
      <td>
        <When at={step.at} />
      </td>
      <td class="wrap">
        {name !== null && name !== "" && <div>{name}</div>}
        <span class={name ? "dim" : ""}>{keyWords(step.key)}</span>
      </td>
      <td>{t(`step_${step.step}`)}</td>
      <td>
        <span class={`chip ${CHIPS[step.state]}`}>{t(`state_${step.state}`)}</span>{" "}
        {link !== null && (
          <a class="link underlined" href={link} target="_blank" rel="noopener noreferrer">
            {t("open_in_lever")}
          </a>
        )}
        {step.error !== null && step.state !== "left" && <div class="dim">{errorWords(step.error)}</div>}
        {(step.state === "failed" || step.state === "unknown") && <Ways desk={desk} entry={entry} />}
      </td>
    </tr>
  );
}

/** What can be done about a step that has not come to its end. */
function Ways({ desk, entry }: { desk: JournalDesk; entry: JournalEntry }): JSX.Element {
  if (entry.remedy === null) {
    return <div class="dim">{t("journal_from_page")}</div>;
  }
  const off = desk.busy.value !== null;
  return (
    <div class="ways">
      <button
        type="button"
        class="link underlined"
        aria-disabled={off}
        onClick={() => !off && void desk.tryAgain(entry.export)}
      >
        {t(`remedy_${entry.remedy}`)}
      </button>
      <button
        type="button"
        class="link underlined"
        aria-disabled={off}
        title={t("remedy_leave_hint")}
        onClick={() => !off && void desk.leaveIt(entry.export)}
      >
        {t("remedy_leave")}
      </button>
    </div>
  );
}
