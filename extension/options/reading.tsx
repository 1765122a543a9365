/** The first read of Lever, and what came after: how much, how fast, how long still; pause, go on, start over. */
import type { ComponentChildren, JSX } from "preact";
import { formatNumber, t } from "../shared/i18n";
import type { MirrorState } from "../shared/protocol";
import { percent } from "../ui/badge-model";
import { isReadAsAsked, paceSentence, phaseWord, readSentence } from "../ui/connection-words";
import { FailureNotice, Notice } from "../ui/notice";
import { When } from "../ui/when";
import type { Settings } from "./settings";

interface ReadingProps {
  settings: Settings;
  mirror: MirrorState;
  /** How it is read. */
  children: ComponentChildren;
}

export function Reading({ settings, mirror, children }: ReadingProps): JSX.Element {
  const paused = mirror.phase.phase === "paused";
  // Nobody is read who was not looked up: there is no whole that could be read in part.
  const lookedUpOnly = settings.reading.value?.unknown_people === false;
  const isUnderWay = !isReadAsAsked(mirror) && !lookedUpOnly;
  const pace = lookedUpOnly ? null : paceSentence(mirror);
  return (
    <section class="panel" aria-labelledby="reading-title">
      <header>
        <h2 id="reading-title">{t("reading_title")}</h2>
        <span class="chip">{phaseWord(mirror)}</span>
      </header>
      {mirror.renewed !== null && <Notice tone="maybe" text={t(`renewed_${mirror.renewed}`)} />}
      {isUnderWay && (
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
        {lookedUpOnly
          ? t("mirror_looked_up", formatNumber(mirror.opportunities), formatNumber(mirror.contacts))
          : readSentence(mirror)}
        {pace !== null && <span class="dim"> {pace}</span>}
      </p>
      {mirror.phase.phase === "waiting" && <FailureNotice failure={mirror.phase.failure} />}
      {mirror.temporary && <Notice tone="maybe" text={t("mirror_temporary")} />}
      {mirror.as_of !== null && (
        <p class="small dim number">
          {t("read_from_lever")} <When at={mirror.as_of} />
        </p>
      )}
      {isUnderWay && <p class="small dim">{t("reading_resumes")}</p>}
      {settings.readingSaid.value === "started_over" && <Notice tone="in" text={t("started_over")} urgent />}
      <div class="buttons">
        <button type="button" class="button" onClick={() => void settings.tell(paused ? "resume_sync" : "pause_sync")}>
          {t(paused ? "resume" : "pause")}
        </button>
        {!isUnderWay && !paused && (
          <button type="button" class="button" onClick={() => void settings.tell("sync_now")}>
            {t("read_now")}
          </button>
        )}
        <button type="button" class="button" onClick={() => void settings.startOver()}>
          {t("start_over")}
        </button>
      </div>
      {children}
    </section>
  );
}
