/**
 * Connecting by signing in to Lever: the organisation brings the id and secret of its own OAuth application, a Super Admin
 * consents in Lever's own window, and what comes back goes to the core, which alone holds secrets.
 */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { Environment } from "../shared/protocol";
import { CopyButton } from "../ui/copy-button";
import { Notice } from "../ui/notice";
import { SecretField } from "./secret-field";
import type { Settings } from "./settings";

export function SignIn({ settings, environment }: { settings: Settings; environment: Environment }): JSX.Element {
  const clientId = useSignal("");
  const clientSecret = useSignal("");
  const missing = useSignal(false);
  const unfinished = useSignal(false);
  const busy = settings.busy.value === "connecting";
  const signIn = async () => {
    const [id, secret] = [clientId.value.trim(), clientSecret.value.trim()];
    missing.value = id === "" || secret === "";
    unfinished.value = false;
    if (missing.value) {
      return;
    }
    const outcome = await settings.signIn(environment, { client_id: id, client_secret: secret });
    unfinished.value = outcome === "unfinished";
    if (outcome === "connected") {
      clientSecret.value = "";
    }
  };
  const address = settings.doors.consent.redirectUri();
  return (
    <>
      <ol class="steps">
        <li>{t("sign_in_step_register")}</li>
        <li>
          {t("sign_in_step_address")} <code>{address}</code> <CopyButton text={address} what={t("sign_in_address")} />
        </li>
        <li>{t("sign_in_step_consent")}</li>
      </ol>
      <div class="narrow">
        <div class="field">
          <label for="client-id">{t("sign_in_client_id")}</label>
          <input
            id="client-id"
            class="input"
            type="text"
            autocomplete="off"
            spellcheck={false}
            aria-invalid={missing.value && clientId.value.trim() === ""}
            value={clientId.value}
            onInput={(event) => {
              clientId.value = event.currentTarget.value;
            }}
          />
        </div>
        <SecretField
          id="client-secret"
          label={t("sign_in_client_secret")}
          help={t(missing.value ? "sign_in_missing" : "connect_key_help")}
          missing={missing.value && clientSecret.value.trim() === ""}
          value={clientSecret}
          onEnter={signIn}
        />
        {unfinished.value && <Notice tone="maybe" text={t("sign_in_unfinished")} urgent />}
        <div class="buttons">
          <button type="button" class="button main" aria-disabled={busy} onClick={() => void signIn()}>
            {t(busy ? "signing_in" : "sign_in")}
          </button>
        </div>
      </div>
    </>
  );
}
