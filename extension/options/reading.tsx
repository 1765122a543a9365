/** The first read of Lever, and what came after: how much, how fast, how long still; pause and go on. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { MirrorState } from "../shared/protocol";
import { percent } from "../ui/badge-model";
import { paceSentence, phaseWord, readSentence } from "../ui/connection-words";
import { FailureNotice, Notice } from "../ui/notice";
import { When } from "../ui/when";
import type { Settings } from "./settings";

export function Reading({ settings, mirror }: { settings: Settings; mirror: MirrorState }): JSX.Element {
  const paused = mirror.phase.phase === "paused";
  const pace = paceSentence(mirror);
  return (
    <section class="panel" aria-labelledby="reading-title">
      <header>
        <h2 id="reading-title">{t("reading_title")}</h2>
        <span class="chip">{phaseWord(mirror)}</span>
      </header>
      {!mirror.complete && (
        <div
          class="progress"
          role="progressbar"
          aria-label={t("first_read")}
          aria-valuenow={percent(mirror.read)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span style={{ width: `${percent(mirror.read)}%` }} />
        </div>
      )}
      <p class="number">
        {readSentence(mirror)}
        {pace !== null && <span class="dim"> {pace}</span>}
      </p>
      {mirror.phase.phase === "waiting" && <FailureNotice failure={mirror.phase.failure} />}
      {mirror.temporary && <Notice tone="maybe" text={t("mirror_temporary")} />}
      {mirror.as_of !== null && (
        <p class="small dim number">
          {t("read_from_lever")} <When at={mirror.as_of} />
        </p>
      )}
      {!mirror.complete && <p class="small dim">{t("reading_resumes")}</p>}
      <div class="buttons">
        <button type="button" class="button" onClick={() => void settings.tell(paused ? "resume_sync" : "pause_sync")}>
          {t(paused ? "resume" : "pause")}
        </button>
        {mirror.complete && !paused && (
          <button type="button" class="button" onClick={() => void settings.tell("sync_now")}>
            {t("read_now")}
          </button>
        )}
      </div>
    </section>
  );
}
