/** The button and the place that take a CSV file, what was found in it, and the project that its people go on. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { formatNumber, plural, t } from "../shared/i18n";
import type { Command, ProjectNumber, Reply } from "../shared/protocol";
import { Disclosure } from "../ui/disclosure";
import { useDroppedFiles } from "../ui/dropped-files";
import { Folded } from "../ui/folded";
import { FailureNotice, Notice } from "../ui/notice";
import { ProjectField } from "../ui/project-field";
import { CsvDesk, type CsvShown } from "./csv-desk";
import type { CsvReading } from "./csv-profiles";

/** Lines left out that are listed before the reader asks for the rest. */
const LISTED = 5;

interface ImportCsvProps {
  ask: (command: Command) => Promise<Reply>;
  /** Everybody of a file is on this project now. */
  added: (project: ProjectNumber) => void;
}

export function ImportCsv({ ask, added }: ImportCsvProps): JSX.Element {
  const [desk] = useState(() => new CsvDesk(ask));
  return <CsvPlace desk={desk} added={added} />;
}

/** The same for a desk that is there already. */
export function CsvPlace({ desk, added }: { desk: CsvDesk; added: ImportCsvProps["added"] }): JSX.Element {
  const shown = desk.shown.value;
  const over = useDroppedFiles({
    isReady: () => true,
    take: ([file]) => {
      if (file !== undefined) {
        void desk.take(file);
      }
    },
  });
  return (
    <section class="csv" aria-label={t("csv_import")}>
      <CsvButton desk={desk} />
      {shown !== null && <Shown desk={desk} shown={shown} added={added} />}
      {over && (
        <div class="drop" aria-hidden="true">
          <p>{t("csv_drop_here")}</p>
        </div>
      )}
    </section>
  );
}

function CsvButton({ desk }: { desk: CsvDesk }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  return (
    <div class="buttons">
      <button type="button" class="button" onClick={() => field.current?.click()}>
        {t("csv_import")}
      </button>
      <span class="small dim">{t("csv_drop")}</span>
      <input
        ref={field}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        hidden
        tabIndex={-1}
        aria-label={t("csv_import")}
        onChange={(event) => {
          const { currentTarget } = event;
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) {
            void desk.take(file);
          }
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </div>
  );
}

interface ShownProps {
  desk: CsvDesk;
  shown: CsvShown;
  added: (project: ProjectNumber) => void;
}

function Shown({ desk, shown, added }: ShownProps): JSX.Element {
  switch (shown.is) {
    case "reading":
      return (
        <p class="small dim" role="status">
          {t("csv_reading", shown.file)}
        </p>
      );
    case "trouble":
      return (
        <>
          <Notice tone="maybe" text={t(shown.trouble, shown.file)} urgent />
          {shown.reading !== null && <Found reading={shown.reading} />}
        </>
      );
    case "added":
      return (
        <div role="status">
          <Notice tone="in" text={plural("csv_added", shown.people, shown.project.name)} />
        </div>
      );
    case "read":
      return <Adding desk={desk} shown={shown} added={added} />;
  }
}

function Adding({ desk, shown, added }: ShownProps & { shown: CsvShown & { is: "read" } }): JSX.Element {
  const { reading, choice } = shown;
  const { profiles, problems } = reading;
  const isAdding = choice.adding.value;
  const head = useRef<HTMLHeadingElement>(null);
  // Where the file was chosen the reader waits for what is in it.
  useEffect(() => head.current?.focus(), []);
  const add = () => void desk.add().then((project) => project !== null && added(project.project));
  const counts = [plural("csv_people", profiles.length)];
  if (problems.length > 0) {
    counts.push(plural("csv_left_out", problems.length));
  }
  return (
    <div class="csv-read">
      <div>
        <h3 ref={head} tabIndex={-1}>
          {counts.join(" · ")}
        </h3>
        <p class="small dim wrap">{shown.file}</p>
      </div>
      <Found reading={reading} />
      <ProjectField choice={choice} onEnter={add} />
      <div class="buttons">
        <button type="button" class="button main" aria-disabled={isAdding} onClick={add}>
          {isAdding ? t("csv_adding", choice.added.value, profiles.length) : plural("csv_add", profiles.length)}
        </button>
        {!isAdding && (
          <button type="button" class="button" onClick={() => desk.clear()}>
            {t("cancel")}
          </button>
        )}
      </div>
      {choice.failure.value !== null && (
        <>
          <FailureNotice failure={choice.failure.value} onAgain={add} />
          {choice.added.value > 0 && (
            <p class="small dim">{t("csv_stopped", formatNumber(choice.added.value), formatNumber(profiles.length))}</p>
          )}
        </>
      )}
    </div>
  );
}

/** Which column was taken for what, and the lines that were left out. */
function Found({ reading }: { reading: CsvReading }): JSX.Element {
  const { columns, problems } = reading;
  return (
    <>
      {columns.length > 0 && (
        <Disclosure label={t("csv_columns")}>
          {() => (
            <dl class="facts csv-columns">
              {columns.map(({ header, takenFor }, place) => (
                <div key={place}>
                  <dt class="wrap">{header === "" ? t("csv_column_unnamed", place + 1) : header}</dt>
                  <dd class={takenFor === null ? "dim" : ""}>
                    {takenFor === null ? t("csv_column_unknown") : t(`csv_takes_${takenFor}`)}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </Disclosure>
      )}
      {problems.length > 0 && (
        <div class="small">
          <h4 class="dim">{t("csv_problems")}</h4>
          <Folded all={problems} first={LISTED} more="csv_more">
            {({ line, why }) => (
              <li key={line}>
                {t("csv_line", line)}: {t(`csv_problem_${why}`)}
              </li>
            )}
          </Folded>
        </div>
      )}
    </>
  );
}
