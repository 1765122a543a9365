/**
 * What is known beside a person's candidacies: resumes with what Lever read from them, notes, files by name. A few first,
 * the rest when asked for; nothing empty is drawn.
 */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { language, plural, t } from "../shared/i18n";
import type { FailureCode, FileSummary, NoteSummary, ResumeSummary } from "../shared/protocol";
import { failureWords } from "./failure-words";
import { Folded } from "./folded";
import { Notice } from "./notice";
import { type DetailsTogether, isEmpty, together } from "./person-details";
import type { PersonSession } from "./person-session";
import { educationWords, employmentWords, noteStart } from "./resume-words";
import { sizeWords } from "./size-words";
import { When } from "./when";

const FIRST_RESUMES = 1;
const FIRST_LINES = 3;
const FIRST_NOTES = 2;
const FIRST_FILES = 3;

interface DetailsProps {
  session: PersonSession;
  /** Records of one person. */
  contacts: readonly string[];
  /** A failure that is told elsewhere already. */
  told: FailureCode | null;
  /** Whoever asked for it is told that there is nothing. */
  always?: boolean;
}

export function Details({ session, contacts, told, always }: DetailsProps): JSX.Element | null {
  const shown = session.details.of(contacts).value;
  if (shown.at === "reading") {
    return (
      <section class="section" aria-busy="true" aria-label={t("details_title")}>
        <div>
          <span class="unseen">{t("details_reading")}</span>
          <span class="skeleton" style={{ width: "55%" }} />
          <span class="skeleton" style={{ width: "80%" }} />
        </div>
      </section>
    );
  }
  const all = shown.at === "known" ? together(shown.details) : NOTHING;
  const failure = shown.at === "failed" ? shown.failure : all.failure;
  const untold = failure === null || failure.code === told ? null : failure;
  if (isEmpty(all) && untold === null) {
    return always ? <p class="small dim">{t("details_nothing")}</p> : null;
  }
  return (
    <section class="section details" aria-label={t("details_title")}>
      {untold !== null && (
        // Calm: who the person is, is known all the same.
        <Notice tone="plain" text={failureWords(untold).sentence}>
          {failureWords(untold).remedy === "again" && (
            <>
              {" "}
              <button type="button" class="link underlined" onClick={() => void session.details.again(contacts)}>
                {t("try_again")}
              </button>
            </>
          )}
        </Notice>
      )}
      <Everything all={all} />
    </section>
  );
}

const NOTHING: DetailsTogether = { resumes: [], notes: [], files: [], readAt: null, failure: null };

function Everything({ all }: { all: DetailsTogether }): JSX.Element {
  const { resumes, notes, files, readAt } = all;
  return (
    <>
      {resumes.length > 0 && (
        <Group title={plural("details_resume", resumes.length)}>
          <Folded all={resumes} first={FIRST_RESUMES} more="details_more_resumes">
            {(resume) => <Resume key={resume.id} resume={resume} />}
          </Folded>
        </Group>
      )}
      {notes.length > 0 && (
        <Group title={t("details_notes")}>
          <Folded all={notes} first={FIRST_NOTES} more="details_more_notes">
            {(note) => <Note key={`${note.id} ${note.at} ${note.text}`} note={note} />}
          </Folded>
        </Group>
      )}
      {files.length > 0 && (
        <Group title={t("details_files")}>
          <Folded all={files} first={FIRST_FILES} more="details_more_files">
            {(file) => <File key={file.id} file={file} />}
          </Folded>
        </Group>
      )}
      {readAt !== null && !isEmpty(all) && (
        <p class="read-at">
          {t("details_read")} <When at={readAt} />
        </p>
      )}
    </>
  );
}

function Group({ title, children }: { title: string; children: JSX.Element }): JSX.Element {
  return (
    <div class="group">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

function Resume({ resume }: { resume: ResumeSummary }): JSX.Element {
  const { name, uploaded_at } = resume;
  const lines = [...resume.positions.map(employmentWords), ...resume.schools.map(educationWords)].filter(
    ({ text }) => text !== "",
  );
  return (
    <li class="resume">
      <Dated at={uploaded_at}>{name === "" ? t("details_unnamed") : name}</Dated>
      {lines.length > 0 && (
        <div class="lines">
          <Folded all={lines} first={FIRST_LINES} more="details_more_lines">
            {({ text, span }, place) => (
              <li key={place} class="dated">
                <span class="wrap">{text}</span>
                {span !== "" && <span class="span">{span}</span>}
              </li>
            )}
          </Folded>
        </div>
      )}
    </li>
  );
}

function Note({ note }: { note: NoteSummary }): JSX.Element {
  const open = useSignal(false);
  const start = noteStart(note.text);
  const isCut = start !== note.text;
  return (
    <li class="dated">
      <span class="note">
        {open.value ? note.text : start}
        {note.by?.text != null && <span class="dim"> {note.by.text}</span>}
        {isCut && (
          <>
            {" "}
            <button
              type="button"
              class="link"
              aria-expanded={open.value}
              onClick={() => {
                open.value = !open.value;
              }}
            >
              {t(open.value ? "details_note_less" : "details_note_more")}
            </button>
          </>
        )}
      </span>
      {note.at !== null && <When at={note.at} short />}
    </li>
  );
}

function File({ file }: { file: FileSummary }): JSX.Element {
  return (
    <li>
      <Dated at={file.uploaded_at}>
        {file.name === "" ? t("details_unnamed") : file.name}
        {file.size !== null && <span class="dim"> · {sizeWords(file.size, language())}</span>}
      </Dated>
    </li>
  );
}

function Dated({
  at,
  children,
}: {
  at: number | null;
  children: JSX.Element | string | (JSX.Element | string | false)[];
}) {
  return (
    <div class="dated">
      <span class="wrap">{children}</span>
      {at !== null && <When at={at} short />}
    </div>
  );
}
