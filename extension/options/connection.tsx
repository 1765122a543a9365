/** The connection as it stands: which Lever, how the key does, and the way out, which erases everything. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../shared/i18n";
import type { Status } from "../shared/protocol";
import { connectionWord } from "../ui/connection-words";
import { Disclosure } from "../ui/disclosure";
import { Check } from "../ui/icons";
import { FailureNotice } from "../ui/notice";
import { CheckResult } from "./check";
import { Choice } from "./fields";
import type { Settings } from "./settings";

export function Connection({ settings, status }: { settings: Settings; status: Status }): JSX.Element {
  const asking = useSignal(false);
  const { text, tone } = connectionWord(status);
  const check = settings.check.value;
  const busy = settings.busy.value;
  return (
    <section class="panel" aria-labelledby="connection-title">
      <header>
        <h2 id="connection-title">{t("connection_title")}</h2>
        <span class={`chip ${tone}`}>
          {tone === "in" && <Check />}
          {text}
        </span>
      </header>
      {status.connection.state === "troubled" && check === null && (
        <FailureNotice failure={status.connection.failure} />
      )}
      {check !== null && <CheckResult check={check} />}
      {asking.value ? (
        <DisconnectQuestion
          settings={settings}
          onKeep={() => {
            asking.value = false;
          }}
        />
      ) : (
        <div class="buttons">
          <button
            type="button"
            class="button"
            aria-disabled={busy === "checking"}
            onClick={() => void settings.checkAgain()}
          >
            {t(busy === "checking" ? "checking_key" : "check_key")}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              asking.value = true;
            }}
          >
            {t("disconnect")}
          </button>
        </div>
      )}
      <Disclosure label={t("api_in_use", t(`api_${status.api}`))}>
        {() => <Api settings={settings} status={status} />}
      </Disclosure>
    </section>
  );
}

const APIS = ["opportunities", "candidates"] as const;

/** Which of Lever's two APIs is used. Found out when connecting; a key that may read both may still write by one only. */
function Api({ settings, status }: { settings: Settings; status: Status }): JSX.Element {
  return (
    <div class="narrow">
      <Choice
        label={t("api_label")}
        choices={APIS.map((value) => ({ value, text: t(`api_${value}`) }))}
        chosen={status.api}
        fixed={settings.isFixed("api")}
        onChoose={(api) => void settings.chooseApi(api)}
      />
      <p class="small dim">{t("api_hint")}</p>
    </div>
  );
}

/** A real question: the journal and the corrections cannot be fetched again. */
function DisconnectQuestion({ settings, onKeep }: { settings: Settings; onKeep: () => void }): JSX.Element {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const busy = settings.busy.value === "disconnecting";
  return (
    <div class="notice stop" role="alertdialog" aria-labelledby="disconnect-title" aria-describedby="disconnect-text">
      <span />
      <div>
        <b id="disconnect-title">{t("disconnect_question")}</b>
        <p id="disconnect-text">{t("disconnect_text")}</p>
        <div class="buttons spaced">
          <button type="button" class="button danger" aria-disabled={busy} onClick={() => void settings.disconnect()}>
            {t(busy ? "disconnecting" : "disconnect_yes")}
          </button>
          <button type="button" ref={keep} class="button" onClick={onKeep}>
            {t("disconnect_no")}
          </button>
        </div>
      </div>
    </div>
  );
}
