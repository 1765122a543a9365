/** What the recruiter has said about who is who, newest first, each with its way back. It stays on this computer. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { KeptCorrection } from "../shared/protocol";
import { Folded } from "../ui/folded";
import { Check } from "../ui/icons";
import { keyWords } from "../ui/key-words";
import { When } from "../ui/when";
import type { Settings } from "./settings";

/** So many are shown before the reader asks for the rest. */
const FIRST = 8;

export function Corrections({ settings }: { settings: Settings }): JSX.Element {
  const kept = settings.corrections.value;
  const forgotten = settings.forgotten.value;
  return (
    <section class="panel" aria-labelledby="corrections-title">
      <header>
        <h2 id="corrections-title">{t("corrections_title")}</h2>
      </header>
      <p class="small dim">{t("corrections_text")}</p>
      <p class="said small dim" role="status">
        {forgotten !== null && (
          <>
            <Check />
            <span class="wrap">{t("corrections_forgotten", subject(forgotten), leverName(forgotten))}</span>
          </>
        )}
      </p>
      {kept.length === 0 ? (
        <p class="dim">{t("corrections_empty")}</p>
      ) : (
        <Folded all={kept} first={FIRST} more="card_more" list="corrections">
          {(one) => <Correction key={`${one.profile} ${one.contact}`} settings={settings} kept={one} />}
        </Folded>
      )}
    </section>
  );
}

function Correction({ settings, kept }: { settings: Settings; kept: KeptCorrection }): JSX.Element {
  const { said, at } = kept;
  return (
    <li>
      <div>
        <div class="wrap">
          <span class={said === "same_person" ? "chip in" : "chip"}>{t(saidKey(kept))}</span>{" "}
          <bdi class={kept.name === null ? "dim" : "name"}>{leverName(kept)}</bdi>
        </div>
        <div class="small dim wrap">
          <bdi>{subject(kept)}</bdi> · <When at={at} />
        </div>
      </div>
      <button
        type="button"
        class="button small"
        aria-label={t("corrections_undo", subject(kept), leverName(kept))}
        onClick={() => void settings.forgetCorrection(kept)}
      >
        {t("undo")}
      </button>
    </li>
  );
}

function saidKey({ said, profile }: KeptCorrection): "same_person" | "not_this_person" | "two_people" {
  if (said === "same_person") {
    return "same_person";
  }
  return isOfRecords(profile) ? "two_people" : "not_this_person";
}

function isOfRecords(profile: string): boolean {
  return profile.startsWith("contact:");
}

function leverName({ name }: KeptCorrection): string {
  return nameOr(name);
}

function nameOr(name: string | null): string {
  if (name === null) {
    return t("corrections_gone");
  }
  return name.trim() === "" ? t("search_no_name") : name;
}

/** The page, or the other record of Lever's. */
function subject({ profile, other }: KeptCorrection): string {
  return isOfRecords(profile) ? t("corrections_record", nameOr(other)) : keyWords(profile);
}
