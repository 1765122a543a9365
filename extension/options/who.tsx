/** "Who are you in Lever": writes are made in this user's name. Found by name or email, letter case ignored. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../shared/i18n";
import type { UserSummary } from "../shared/protocol";
import { Combobox } from "../ui/combobox";
import { Notice } from "../ui/notice";
import type { Settings } from "./settings";

const TYPING_PAUSE = 100;

export function Who({ settings, me }: { settings: Settings; me: UserSummary | null }): JSX.Element {
  const changing = useSignal(false);
  const asks = me === null || changing.value;
  return (
    <section class="panel" aria-labelledby="who-title">
      <header>
        <h2 id="who-title">{t("who_title")}</h2>
        {!asks && (
          <button
            type="button"
            class="link roomy"
            onClick={() => {
              changing.value = true;
            }}
          >
            {t("change")}
          </button>
        )}
      </header>
      {me === null ? (
        <Notice tone="maybe" text={t("who_needed")} />
      ) : (
        <p>
          {me.name} <span class="dim wrap">{me.email}</span>
        </p>
      )}
      {asks && (
        <UserSearch
          settings={settings}
          onChosen={() => {
            changing.value = false;
          }}
        />
      )}
    </section>
  );
}

function UserSearch({ settings, onChosen }: { settings: Settings; onChosen: () => void }): JSX.Element {
  const text = useSignal("");
  const users = useSignal<readonly UserSummary[] | null>(null);
  const wanted = text.value;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(async () => {
      const found = await settings.users(wanted.trim());
      if (current) {
        users.value = found;
      }
    }, TYPING_PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [settings, users, wanted]);
  return (
    <div class="narrow">
      <Combobox
        label={t("who_search")}
        text={text.value}
        options={users.value?.map(({ id, name, email }) => ({ id, text: name, detail: email })) ?? null}
        nothing={t("who_nobody")}
        onType={(typed) => {
          text.value = typed;
        }}
        onChoose={async (option) => {
          const user = users.value?.find(({ id }) => id === option.id);
          if (user !== undefined) {
            await settings.chooseUser(user);
            onChosen();
          }
        }}
      />
    </div>
  );
}
