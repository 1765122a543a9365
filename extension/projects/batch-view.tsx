/** A batch: how far it is, what can be done about it, and what became of each person. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { csv } from "../options/csv";
import { saveFile } from "../options/save-file";
import { hasMessage, plural, t } from "../shared/i18n";
import type { BatchLine, BatchSummary, LineState } from "../shared/protocol";
import { failureWords } from "../ui/failure-words";
import { keyWords } from "../ui/key-words";
import { FailureNotice, Notice } from "../ui/notice";
import { When } from "../ui/when";
import type { BatchDesk } from "./batch-desk";

const FIRST_LINES = 200;

const CHIPS: Record<LineState, string> = {
  waiting: "",
  sending: "new",
  exported: "in",
  joined: "in",
  already_there: "",
  skipped: "",
  failed: "stop",
  unknown: "maybe",
};

/** Nobody is being sent, and somebody still waits. */
export function standsStill({ state, trouble }: BatchSummary): boolean {
  return state === "paused" || (state === "running" && trouble !== null);
}

export function BatchView({ desk }: { desk: BatchDesk }): JSX.Element {
  const batch = desk.summary.value;
  if (batch === null) {
    return desk.batches.value === null ? <span class="skeleton" /> : <Notice tone="plain" text={t("batch_gone")} />;
  }
  const lines = desk.lines.value;
  return (
    <section class="panel batch" aria-labelledby="batch-title">
      <header>
        <h2 id="batch-title" class="wrap">
          {t(
            batch.state === "finished" ? "batch_complete" : batch.state === "paused" ? "batch_paused" : "batch_running",
            batch.name,
          )}
        </h2>
        <span class="small dim">
          <When at={batch.finished_at ?? batch.made_at} />
        </span>
      </header>
      <Progress batch={batch} />
      <Counts batch={batch} />
      {batch.trouble !== null && batch.state !== "finished" && (
        <>
          <FailureNotice failure={batch.trouble} />
          <p class="small dim">{t(batch.state === "paused" ? "batch_waits_for_you" : "batch_goes_on_by_itself")}</p>
        </>
      )}
      <Controls desk={desk} batch={batch} lines={lines} />
      {lines === null ? <span class="skeleton" /> : <Lines lines={lines} />}
    </section>
  );
}

function total({ counts }: BatchSummary): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function Progress({ batch }: { batch: BatchSummary }): JSX.Element | null {
  const all = total(batch);
  const done = all - batch.counts.waiting;
  return batch.state === "finished" ? null : (
    <div>
      <progress class="progress" max={all} value={done} aria-label={t("batch_progress")} />
      <p class="small dim number" role="status">
        {t("batch_done_of", done, all)}
        {batch.state === "running" && <> {t("batch_may_close")}</>}
      </p>
    </div>
  );
}

/** Of each kind that there is, how many; the same order always, so that no number changes its place. */
function Counts({ batch }: { batch: BatchSummary }): JSX.Element {
  const kinds = ["exported", "joined", "already_there", "skipped", "failed", "unknown"] as const;
  return (
    <ul class="counts number">
      {kinds
        .filter((kind) => batch.counts[kind] > 0)
        .map((kind) => (
          <li key={kind}>{plural(`batch_count_${kind}`, batch.counts[kind])}</li>
        ))}
    </ul>
  );
}

interface ControlsProps {
  desk: BatchDesk;
  batch: BatchSummary;
  lines: readonly BatchLine[] | null;
}

function Controls({ desk, batch, lines }: ControlsProps): JSX.Element {
  const undoable = useUntil(batch.state === "finished" ? 0 : batch.starts_at);
  const { failed, waiting } = batch.counts;
  return (
    <div class="buttons">
      {batch.state !== "finished" && undoable && (
        <button type="button" class="button main" onClick={() => void desk.control("stop")}>
          {t("form_undo")}
        </button>
      )}
      {batch.state === "running" && !undoable && (
        <button type="button" class="button" onClick={() => void desk.control("pause")}>
          {t("batch_pause")}
        </button>
      )}
      {batch.state === "paused" && (
        <button type="button" class="button main" onClick={() => void desk.control("resume")}>
          {t("batch_resume")}
        </button>
      )}
      {batch.state !== "finished" && !undoable && waiting > 0 && (
        <button type="button" class="button" onClick={() => void desk.control("stop")}>
          {plural("batch_stop", waiting)}
        </button>
      )}
      {batch.state === "finished" && failed > 0 && (
        <button type="button" class="button main" onClick={() => void desk.control("retry_failed")}>
          {plural("batch_retry", failed)}
        </button>
      )}
      {batch.state === "finished" && lines !== null && (
        <button type="button" class="button" onClick={() => saveFile("fulcrum-export.csv", "text/csv", tableOf(lines))}>
          {t("batch_save")}
        </button>
      )}
    </div>
  );
}

/** Whether a moment is still to come; looked at again when it has. */
function useUntil(moment: number): boolean {
  const passed = useSignal(0);
  const left = moment - Date.now();
  useEffect(() => {
    if (left <= 0) {
      return undefined;
    }
    const timer = setTimeout(() => {
      passed.value += 1;
    }, left);
    return () => clearTimeout(timer);
  }, [moment, left > 0]);
  return passed.value >= 0 && left > 0;
}

function Lines({ lines }: { lines: readonly BatchLine[] }): JSX.Element {
  const shown = useSignal(FIRST_LINES);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable. */}
      <section class="table" tabIndex={0} aria-label={t("project_people")}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("journal_who")}</th>
              <th scope="col">{t("journal_state")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, shown.value).map((line) => (
              <tr key={line.key}>
                <td>{line.name ?? keyWords(line.key)}</td>
                <td>
                  <span class={`chip ${CHIPS[line.state]}`}>{t(`line_${line.state}`)}</span>{" "}
                  <span class="small dim">{whyOf(line)}</span>
                  {line.url !== null && (
                    <>
                      {" "}
                      <a class="link underlined" href={line.url} target="_blank" rel="noopener noreferrer">
                        {t("open_in_lever")}
                      </a>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {lines.length > shown.value && (
        <button
          type="button"
          class="button"
          onClick={() => {
            shown.value = lines.length;
          }}
        >
          {plural("many_show_rest", lines.length - shown.value)}
        </button>
      )}
    </>
  );
}

/** Why nothing was sent, or what failed; of somebody in Lever, what failed beside that. */
export function whyOf({ state, reason, failure }: BatchLine): string {
  const key = `line_reason_${reason}`;
  if (reason !== null && hasMessage(key)) {
    return t(key);
  }
  if (failure === null) {
    return state === "skipped" ? t("line_reason_stopped") : "";
  }
  const { short } = failureWords(failure);
  return state === "exported" || state === "joined" ? t("line_but", short) : short;
}

function tableOf(lines: readonly BatchLine[]): string {
  const head = [
    t("journal_who"),
    t("journal_column_profile"),
    t("journal_state"),
    t("batch_column_why"),
    t("journal_column_link"),
  ];
  const rows = lines.map((line) => [line.name ?? "", line.key, t(`line_${line.state}`), whyOf(line), line.url ?? ""]);
  return csv([head, ...rows]);
}
