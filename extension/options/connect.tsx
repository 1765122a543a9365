/** The way to a connection: by an API key, or by signing in to Lever (OAuth); and which Lever. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { Environment } from "../shared/protocol";
import { environmentName } from "../ui/connection-words";
import { Notice } from "../ui/notice";
import { ConnectWithKey } from "./connect-key";
import { SetByOrganisation } from "./organisation";
import type { Settings } from "./settings";
import { SignIn } from "./sign-in";

const ENVIRONMENTS: readonly Environment[] = [{ name: "production" }, { name: "sandbox" }, { name: "eu" }];

type Way = "key" | "sign_in";
const WAYS: readonly Way[] = ["key", "sign_in"];

export function Connect({ settings, again }: { settings: Settings; again: boolean }): JSX.Element {
  const chosen = useSignal<Environment>({ name: "production" });
  const fixedName = settings.policy.value.fixed.get("environment");
  const fixed = ENVIRONMENTS.find(({ name }) => name === fixedName);
  const environment = fixed ?? chosen.value;
  const way = useSignal<Way>("key");
  return (
    <section class="panel" aria-labelledby="connect-title">
      <header>
        <h2 id="connect-title">{t(again ? "connect_again_title" : "connect_title")}</h2>
      </header>
      {again && <p class="small dim">{t("connect_again_text")}</p>}
      {settings.erased.value && <Notice tone="in" text={t("erased")} urgent />}
      <div class="narrow">
        <Choice
          id="environment"
          label={t("connect_environment")}
          choices={ENVIRONMENTS}
          name={environmentName}
          chosen={({ name }) => environment.name === name}
          fixed={fixed !== undefined}
          onChoose={(choice) => {
            chosen.value = choice;
          }}
        />
        <Choice
          id="way"
          label={t("connect_way")}
          choices={WAYS}
          name={(choice) => t(`connect_way_${choice}`)}
          chosen={(choice) => way.value === choice}
          onChoose={(choice) => {
            way.value = choice;
          }}
        />
      </div>
      {way.value === "key" ? (
        <ConnectWithKey settings={settings} environment={environment} />
      ) : (
        <SignIn settings={settings} environment={environment} />
      )}
    </section>
  );
}

interface ChoiceProps<Of> {
  id: string;
  label: string;
  choices: readonly Of[];
  name: (choice: Of) => string;
  chosen: (choice: Of) => boolean;
  /** Set by the organisation. */
  fixed?: boolean;
  onChoose: (choice: Of) => void;
}

function Choice<Of>({ id, label, choices, name, chosen, fixed = false, onChoose }: ChoiceProps<Of>): JSX.Element {
  return (
    <div class="field">
      <span class="label" id={id}>
        {label}
      </span>
      <div class="segments" role="radiogroup" aria-labelledby={id}>
        {choices.map((choice) => (
          <label key={name(choice)}>
            <input type="radio" name={id} checked={chosen(choice)} disabled={fixed} onChange={() => onChoose(choice)} />
            {name(choice)}
          </label>
        ))}
      </div>
      {fixed && <SetByOrganisation />}
    </div>
  );
}
