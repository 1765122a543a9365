/** What is stored on this computer, how much room is left, and whether the browser has promised to keep it. */
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { formatNumber, language, t } from "../shared/i18n";
import type { MirrorState } from "../shared/protocol";
import { Notice } from "../ui/notice";
import { sizeWords } from "../ui/size-words";
import type { Settings, StorageDoor, StorageSpace } from "./settings";
import { isLow, spaceLeft } from "./space";

export function Storage({ settings, mirror }: { settings: Settings; mirror: MirrorState }): JSX.Element {
  const { storage } = settings.doors;
  const space = useSignal<StorageSpace | null | undefined>(undefined);
  const kept = useSignal<boolean | null>(null);
  // The more is stored, the less is left.
  const megabytes = Math.floor(mirror.bytes / 1_000_000);
  useEffect(() => {
    void storage.estimate().then((told) => {
      space.value = told;
    });
    void storage.persisted().then((told) => {
      kept.value = told;
    });
  }, [storage, space, kept, megabytes]);
  const told = space.value;
  return (
    <section class="panel" aria-labelledby="storage-title">
      <header>
        <h2 id="storage-title">{t("storage_title")}</h2>
      </header>
      {told != null && isLow(told) && <Notice tone="maybe" text={t("storage_low", size(spaceLeft(told)))} urgent />}
      <dl class="facts">
        <dt>{t("storage_mirror")}</dt>
        <dd class="number">
          {t(
            "storage_mirror_holds",
            size(mirror.bytes),
            formatNumber(mirror.contacts),
            formatNumber(mirror.opportunities),
          )}
        </dd>
        <dt>{t("storage_used")}</dt>
        <dd class="number">{usedWords(told)}</dd>
        <dt>{t("storage_kept")}</dt>
        <dd>{kept.value !== null && t(kept.value ? "storage_kept_yes" : "storage_kept_no")}</dd>
      </dl>
      <AskToKeep storage={storage} kept={kept} />
    </section>
  );
}

function size(bytes: number): string {
  return sizeWords(bytes, language());
}

/** Nothing while the browser has not answered yet. */
function usedWords(told: StorageSpace | null | undefined): string | null {
  if (told === undefined) {
    return null;
  }
  return told === null ? t("storage_unknown") : t("storage_used_of", size(told.usage), size(told.quota));
}

function AskToKeep({ storage, kept }: { storage: StorageDoor; kept: Signal<boolean | null> }): JSX.Element {
  const answer = useSignal<boolean | null>(null);
  const ask = async () => {
    // Nothing may be awaited before: some browsers take the question only inside a click.
    answer.value = await storage.persist();
    kept.value = answer.value;
  };
  return (
    <>
      {answer.value !== null && (
        <Notice
          tone={answer.value ? "in" : "plain"}
          text={t(answer.value ? "storage_asked_yes" : "storage_asked_no")}
          urgent
        />
      )}
      {kept.value === false && (
        <div class="buttons">
          <button type="button" class="button" onClick={() => void ask()}>
            {t("storage_ask")}
          </button>
        </div>
      )}
    </>
  );
}
