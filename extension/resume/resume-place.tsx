/**
 * A place that takes resumes: dropped anywhere on it, or chosen by a button. While one lies there, its person is shown
 * instead of what the place shows otherwise.
 */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { plural, t } from "../shared/i18n";
import type { Profile, ProjectNumber } from "../shared/protocol";
import { Card } from "../ui/card";
import { Disclosure } from "../ui/disclosure";
import { useDroppedFiles } from "../ui/dropped-files";
import { TAKES_FILES } from "../ui/files-field";
import { Cross } from "../ui/icons";
import { Notice } from "../ui/notice";
import type { OnDesk, ResumeDesk } from "./resume-desk";

interface ResumePlaceProps {
  desk: ResumeDesk;
  openSettings: () => void;
  openProject: (project: ProjectNumber) => void;
  children: ComponentChildren;
}

export function ResumePlace({ desk, openSettings, openProject, children }: ResumePlaceProps): JSX.Element {
  const over = useDroppedFiles({ isReady: () => !isFormOpen(), take: (files) => void desk.take(files) });
  const shown = desk.shown.value;
  return (
    <>
      {shown === null ? (
        children
      ) : (
        <Resume desk={desk} shown={shown} openSettings={openSettings} openProject={openProject} />
      )}
      {over && (
        <div class="drop" aria-hidden="true">
          <p>{t("resume_drop")}</p>
        </div>
      )}
    </>
  );
}

/** The keyboard's way, and everybody's. */
export function ResumeButton({ desk }: { desk: ResumeDesk }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="link roomy" onClick={() => field.current?.click()}>
        {t("resume_choose")}
      </button>
      <input
        ref={field}
        type="file"
        accept="application/pdf,.pdf"
        hidden
        tabIndex={-1}
        aria-label={t("resume_choose")}
        onChange={(event) => {
          const { currentTarget } = event;
          void desk.take([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Where somebody is being added, files are for them: the form takes them, and a drop beside it changes nothing. */
function isFormOpen(): boolean {
  return document.querySelector(`[${TAKES_FILES}]`) !== null;
}

function Resume({
  desk,
  shown,
  openSettings,
  openProject,
}: {
  desk: ResumeDesk;
  shown: OnDesk;
  openSettings: () => void;
  openProject: (project: ProjectNumber) => void;
}): JSX.Element {
  const away = useRef<HTMLButtonElement>(null);
  // What had the focus is gone.
  useEffect(() => away.current?.focus(), []);
  return (
    <section class="resume-desk" aria-label={t("resume_title")}>
      <header class="strip">
        <div class="between">
          <div>
            <h2 class="small dim">{t("resume_title")}</h2>
            <p class="file wrap">{shown.file}</p>
          </div>
          <button ref={away} type="button" class="button small" onClick={() => desk.clear()}>
            <Cross />
            {t("resume_away")}
          </button>
        </div>
        <div role="status" class="small dim">
          {shown.is === "reading" ? t("resume_reading") : shown.is === "person" && t("resume_local")}
        </div>
        {shown.is === "trouble" && <Notice tone="maybe" text={t(`resume_trouble_${shown.trouble}`)} urgent />}
        {shown.is === "person" && <WasRead profile={shown.card.session.profile.value} />}
        {shown.is === "reading" && (
          <div aria-hidden="true">
            <span class="skeleton" style={{ width: "50%" }} />
            <span class="skeleton" />
          </div>
        )}
      </header>
      {shown.is === "person" && (
        <Card state={shown.card} id="resume-card" bare openSettings={openSettings} openProject={openProject} />
      )}
    </section>
  );
}

/** What the answer stands on: who reads it should see where the file was misread. */
function WasRead({ profile }: { profile: Profile }): JSX.Element {
  const { name, location, emails, phones, links, history, education } = profile;
  const rows: [string, readonly string[]][] = [
    [t("field_name"), name === null ? [] : [name]],
    [t("field_location"), location === null ? [] : [location]],
    [t("field_email"), emails],
    [t("field_phone"), phones],
    [t("field_link"), links],
    [
      t("field_history"),
      history.map(({ title, company }) => [title, company].filter((part) => part !== null).join(", ")),
    ],
    [
      t("field_school"),
      education.map(({ school, degree }) => [degree, school].filter((part) => part !== null).join(", ")),
    ],
  ];
  const told = rows.filter(([, values]) => values.length > 0);
  return (
    <div class="small">
      <Disclosure label={plural("resume_fields", told.length)}>
        {() => (
          <dl class="facts read">
            {told.map(([field, values]) => (
              <div key={field}>
                <dt>{field}</dt>
                <dd>
                  {values.map((value) => (
                    <div key={value} class="wrap">
                      <bdi>{value}</bdi>
                    </div>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Disclosure>
    </div>
  );
}
