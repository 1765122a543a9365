/** The settings page: connection first, then who you are, what was read, what was written, and the sites. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { Status } from "../shared/protocol";
import { FailureNotice } from "../ui/notice";
import { ProjectsLink } from "../ui/projects-link";
import { SearchLink } from "../ui/search-link";
import { CheckResult } from "./check";
import { Connect } from "./connect";
import { Connection } from "./connection";
import { Corrections } from "./corrections";
import { HowRead } from "./how-read";
import { Journal } from "./journal";
import { WrongEntries } from "./organisation";
import { Reading } from "./reading";
import type { Settings } from "./settings";
import { Sites } from "./sites";
import { Storage } from "./storage";
import { WhatIsSent } from "./what-is-sent";
import { Who } from "./who";

export function Options({ settings }: { settings: Settings }): JSX.Element {
  const status = settings.status.value;
  const failure = settings.failure.value;
  const check = settings.check.value;
  const connected = status !== null && status.connection.state !== "not_connected";
  return (
    <main class="page">
      <header>
        <h1>{t("options_title")}</h1>
        {connected && (
          <span class="buttons">
            <SearchLink />
            <ProjectsLink />
          </span>
        )}
      </header>
      <WrongEntries settings={settings} />
      {failure !== null && <FailureNotice failure={failure} onAgain={() => void settings.refresh()} />}
      {status === null && failure === null && (
        <div class="panel" aria-busy="true">
          <span class="skeleton" style={{ width: "30%" }} />
          <span class="skeleton" />
          <span class="skeleton" style={{ width: "70%" }} />
        </div>
      )}
      {status !== null && !connected && (
        <>
          {check !== null && (
            <section class="panel" aria-label={t("check_title")}>
              <CheckResult check={check} />
            </section>
          )}
          <Connect settings={settings} again={false} />
        </>
      )}
      {status !== null && connected && (
        <>
          <Connection settings={settings} status={status} />
          {needsCredentials(status) && <Connect settings={settings} again />}
          <Who settings={settings} me={status.me} />
          <WhatIsSent settings={settings} />
          <Reading settings={settings} mirror={status.mirror}>
            <HowRead settings={settings} />
          </Reading>
          <Storage settings={settings} mirror={status.mirror} />
          <Corrections settings={settings} />
          <Journal desk={settings.journal} status={status} />
        </>
      )}
      {(status !== null || failure !== null) && <Sites settings={settings} />}
    </main>
  );
}

/** Whether only another key or another sign-in can help: then it can be given without erasing what was read. */
function needsCredentials({ connection }: Status): boolean {
  return (
    connection.state === "troubled" &&
    ["key_refused", "sign_in_refused", "permission_missing"].includes(connection.failure.code)
  );
}
