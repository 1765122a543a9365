/** The way to a connection: where the key is made, what to tick, which Lever, and the key itself. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { Environment } from "../shared/protocol";
import { environmentName } from "../ui/connection-words";
import { Notice } from "../ui/notice";
import { PermissionsToTick } from "./permission-list";
import type { Settings } from "./settings";

const ENVIRONMENTS: readonly Environment[] = [{ name: "production" }, { name: "sandbox" }, { name: "eu" }];

export function Connect({ settings }: { settings: Settings }): JSX.Element {
  const environment = useSignal<Environment>({ name: "production" });
  const key = useSignal("");
  const missing = useSignal(false);
  const busy = settings.busy.value === "connecting";
  const connect = async () => {
    missing.value = key.value.trim() === "";
    if (!missing.value && (await settings.connect(environment.value, key.value.trim()))) {
      key.value = "";
    }
  };
  return (
    <section class="panel" aria-labelledby="connect-title">
      <header>
        <h2 id="connect-title">{t("connect_title")}</h2>
      </header>
      {settings.erased.value && <Notice tone="in" text={t("erased")} urgent />}
      <ol class="steps">
        <li>{t("connect_step_where")}</li>
        <li>{t("connect_step_tick")}</li>
        <li>{t("connect_step_confidential")}</li>
        <li>{t("connect_step_paste")}</li>
      </ol>
      <PermissionsToTick />
      <div class="narrow">
        <div class="field">
          <span class="label" id="environment">
            {t("connect_environment")}
          </span>
          <div class="segments" role="radiogroup" aria-labelledby="environment">
            {ENVIRONMENTS.map((choice) => (
              <label key={choice.name}>
                <input
                  type="radio"
                  name="environment"
                  checked={environment.value.name === choice.name}
                  onChange={() => {
                    environment.value = choice;
                  }}
                />
                {environmentName(choice)}
              </label>
            ))}
          </div>
        </div>
        <div class="field">
          <label for="key">{t("connect_key")}</label>
          <input
            id="key"
            class="input"
            type="password"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={missing.value}
            aria-describedby="key-help"
            value={key.value}
            onInput={(event) => {
              key.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") {
                void connect();
              }
            }}
          />
          <span id="key-help" class="small dim">
            {t(missing.value ? "connect_key_missing" : "connect_key_help")}
          </span>
        </div>
        <div class="buttons">
          <button type="button" class="button main" aria-disabled={busy} onClick={() => void connect()}>
            {t(busy ? "connecting" : "connect")}
          </button>
        </div>
      </div>
    </section>
  );
}
