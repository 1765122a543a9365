/** Connecting by an API key: where it is made, what to tick, and the key itself. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { Environment } from "../shared/protocol";
import { PermissionsToTick } from "./permission-list";
import { SecretField } from "./secret-field";
import type { Settings } from "./settings";

export function ConnectWithKey({
  settings,
  environment,
}: {
  settings: Settings;
  environment: Environment;
}): JSX.Element {
  const key = useSignal("");
  const missing = useSignal(false);
  const busy = settings.busy.value === "connecting";
  const connect = async () => {
    missing.value = key.value.trim() === "";
    if (!missing.value && (await settings.connect(environment, key.value.trim()))) {
      key.value = "";
    }
  };
  return (
    <>
      <ol class="steps">
        <li>{t("connect_step_where")}</li>
        <li>{t("connect_step_tick")}</li>
        <li>{t("connect_step_confidential")}</li>
        <li>{t("connect_step_paste")}</li>
      </ol>
      <PermissionsToTick />
      <div class="narrow">
        <SecretField
          id="key"
          label={t("connect_key")}
          help={t(missing.value ? "connect_key_missing" : "connect_key_help")}
          missing={missing.value}
          value={key}
          onEnter={connect}
        />
        <div class="buttons">
          <button type="button" class="button main" aria-disabled={busy} onClick={() => void connect()}>
            {t(busy ? "connecting" : "connect")}
          </button>
        </div>
      </div>
    </>
  );
}
