/** The latest writes to Lever, step by step, as the journal keeps them. */
import type { JSX } from "preact";
import { plural, t } from "../shared/i18n";
import type { Environment, ExportState, Status } from "../shared/protocol";
import { keyWords } from "../ui/key-words";
import { When } from "../ui/when";
import type { Settings } from "./settings";

const CHIPS: Record<ExportState, string> = {
  planned: "",
  sending: "new",
  confirmed: "in",
  failed: "stop",
  unknown: "maybe",
  reconciled: "in",
  skipped: "",
};

/** Lever's web app, for links to what was written. */
const WEB: Record<Environment["name"], string | null> = {
  production: "https://hire.lever.co",
  sandbox: "https://hire.sandbox.lever.co",
  eu: "https://hire.eu.lever.co",
  custom: null,
};

export function Journal({ settings, status }: { settings: Settings; status: Status }): JSX.Element {
  const steps = settings.journal.value;
  const web = status.environment === null ? null : WEB[status.environment.name];
  return (
    <section class="panel" aria-labelledby="journal-title">
      <header>
        <h2 id="journal-title">{t("journal_title")}</h2>
        {status.unsettled_exports > 0 && (
          <span class="chip maybe">{plural("journal_unsettled", status.unsettled_exports)}</span>
        )}
      </header>
      {steps.length === 0 ? (
        <p class="dim">{t("journal_empty")}</p>
      ) : (
        // A table wider than the window is scrolled, by keyboard too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable.
        <section class="table" tabIndex={0} aria-label={t("journal_title")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("journal_when")}</th>
                <th scope="col">{t("journal_who")}</th>
                <th scope="col">{t("journal_step")}</th>
                <th scope="col">{t("journal_state")}</th>
              </tr>
            </thead>
            <tbody>
              {steps.map((step) => (
                <tr key={`${step.key} ${step.step} ${step.at}`}>
                  <td>
                    <When at={step.at} />
                  </td>
                  <td class="wrap">{keyWords(step.key)}</td>
                  <td>{t(`step_${step.step}`)}</td>
                  <td>
                    <span class={`chip ${CHIPS[step.state]}`}>{t(`state_${step.state}`)}</span>{" "}
                    {step.opportunity !== null && web !== null && (
                      <a
                        class="link"
                        href={`${web}/candidates/${encodeURIComponent(step.opportunity)}`}
                        target="_blank"
                        rel="noopener noreferrer"
                      >
                        {t("open_in_lever")}
                      </a>
                    )}
                    {step.error !== null && <div class="dim">{step.error}</div>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
