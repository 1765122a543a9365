/**
 * The card: who the page's person is in Lever, how they stand, why we think so, and what one can do. The same on the
 * page, in the popup and in the side panel.
 */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { language, plural, t } from "../shared/i18n";
import type { Answer, Candidate, KeptFile, OpportunitySummary, Person, ProjectNumber } from "../shared/protocol";
import { percent } from "./badge-model";
import { CardProjects } from "./card-projects";
import type { CardState } from "./card-state";
import { isReadAsAsked } from "./connection-words";
import { Details } from "./details";
import { Disclosure } from "./disclosure";
import { ExportForm } from "./export-form";
import { Cross, Check as Remembered } from "./icons";
import { bareAddress, keyWords } from "./key-words";
import { FailureNotice, Notice } from "./notice";
import { About, History, Reach, Standing } from "./person-parts";
import type { PersonSession, SaidCorrection } from "./person-session";
import { isInLever, isUnsettled, outcomeSentence } from "./plan-words";
import { Comparison, Reasons, ShortReasons } from "./reasons";
import { dayOf } from "./relative-time";
import type { UpdateDraft } from "./update-draft";
import { UpdateEntry } from "./update-entry";
import { UpdateForm } from "./update-form";
import { When } from "./when";

export interface CardSurroundings {
  openSettings: () => void;
  /** Shows a kept file; absent where an address of the extension can be followed. */
  showFile?: (file: KeptFile) => void;
  openProject: (project: ProjectNumber) => void;
  /** Absent where the card is the whole page. */
  close?: () => void;
  /** Opens the form in the side panel, where the page could hear what is typed here. */
  addElsewhere?: (() => void) | undefined;
}

interface CardProps extends CardSurroundings {
  state: CardState;
  id: string;
  /** Fills its place instead of floating. */
  bare?: boolean;
}

/** On a page whose layout is not known: why there is no answer. */
export function UnreadableCard({ id, close }: { id: string; close: () => void }): JSX.Element {
  return (
    <div
      id={id}
      class="card"
      role="dialog"
      aria-labelledby={`${id}-title`}
      tabIndex={-1}
      onKeyDown={(event) => closesOn(event) && close()}
    >
      <div class="head">
        <h2 class="who" id={`${id}-title`}>
          {t("badge_unreadable")}
        </h2>
        <CloseButton close={close} />
      </div>
      <div class="section">
        <Notice tone="plain" text={t("unreadable_text")} />
      </div>
    </div>
  );
}

/** Escape, unless something inside has used it. */
function closesOn(event: KeyboardEvent): boolean {
  const closes = event.key === "Escape" && !event.defaultPrevented && !event.isComposing;
  if (closes) {
    event.preventDefault();
  }
  return closes;
}

export function Card({
  state,
  id,
  bare = false,
  openSettings,
  openProject,
  showFile,
  close,
  addElsewhere,
}: CardProps): JSX.Element {
  const leave = () => {
    const nothingElse = state.session.answer.peek()?.verdict.verdict === "none" || state.session.left.peek();
    state.showAnswer();
    if (nothingElse) {
      close?.();
    }
  };
  const projects = <CardProjects state={state} openProject={openProject} addElsewhere={addElsewhere} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role; Escape closes it wherever the focus is inside.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both of its roles take a name.
    <div
      id={id}
      class={bare ? "card bare" : "card"}
      role={bare ? "region" : "dialog"}
      aria-labelledby={`${id}-title`}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (close !== undefined && closesOn(event)) {
          close();
        }
      }}
    >
      {state.side.value === "export" && state.draft !== null ? (
        <>
          <ExportHead state={state} id={id} close={close} />
          <ExportForm
            draft={state.draft}
            onClose={leave}
            onSettings={openSettings}
            onFile={showFile}
            onChoose={() => state.showAnswer()}
          />
          {!state.session.left.value && projects}
          <ExportAge state={state} />
        </>
      ) : state.side.value === "update" && state.update !== null ? (
        <>
          <PersonFormHead state={state} id={id} close={close} title={updateTitle(state.update)} />
          <UpdateForm draft={state.update} onClose={leave} onSettings={openSettings} />
        </>
      ) : (
        <AnswerSide
          state={state}
          id={id}
          openSettings={openSettings}
          projects={projects}
          addElsewhere={addElsewhere}
          {...(close === undefined ? {} : { close })}
        />
      )}
    </div>
  );
}

function updateTitle({ person, updated }: UpdateDraft): string {
  const name = person.name || t("this_person");
  return updated.value === null ? t("update_title", name) : name;
}

function CloseButton({ close }: { close: (() => void) | undefined }): JSX.Element | null {
  return close === undefined ? null : (
    <button type="button" class="close" aria-label={t("close")} onClick={close}>
      <Cross />
    </button>
  );
}

function ExportHead({
  state,
  id,
  close,
}: {
  state: CardState;
  id: string;
  close: (() => void) | undefined;
}): JSX.Element {
  const sent = state.draft?.outcome.value ?? null;
  const name = state.session.profile.value.name ?? t("this_person");
  const title = t(state.draft?.forKnown === true ? "form_title_known" : "form_title", name);
  return <PersonFormHead state={state} id={id} close={close} title={sent === null ? title : name} />;
}

/** What a form is about, and from which page. */
function PersonFormHead({
  state,
  id,
  close,
  title,
}: {
  state: CardState;
  id: string;
  close: (() => void) | undefined;
  title: string;
}): JSX.Element {
  const profile = state.session.profile.value;
  return (
    <div class="head">
      <h2 class="who" id={`${id}-title`}>
        {title}
      </h2>
      <div class="line">{t("form_from", profile.url === "" ? keyWords(profile.key) : bareAddress(profile.url))}</div>
      <CloseButton close={close} />
    </div>
  );
}

type SideProps = Omit<CardProps, "bare" | "openProject"> & { projects: JSX.Element };

function AnswerSide(props: SideProps): JSX.Element {
  const { state, id, openSettings, close, addElsewhere, projects } = props;
  const { session } = state;
  const add = addElsewhere === undefined ? (known: Person | null) => state.openExport(known) : addElsewhere;
  const update = addElsewhere === undefined ? (person: Person) => state.openUpdate(person) : addElsewhere;
  const answer = session.answer.value;
  const failure = session.failure.value;
  if (answer === null) {
    return failure === null ? (
      <Looking {...props} />
    ) : (
      <>
        <PageHead state={state} id={id} close={close} />
        <div class="section">
          <FailureNotice failure={failure} onSettings={openSettings} onAgain={() => void session.lookUp()} />
        </div>
      </>
    );
  }
  if (answer.status.connection.state === "not_connected") {
    return <NotConnected {...props} />;
  }
  const notices = <Notices state={state} answer={answer} openSettings={openSettings} />;
  const shared = { state, id, answer, notices, projects, close, add, update };
  const { verdict } = answer.verdict;
  const [person] = answer.people;
  const [candidate] = answer.verdict.candidates;
  if (person === undefined || candidate === undefined || verdict === "none") {
    return <Nobody {...shared} />;
  }
  if (verdict === "same" || verdict === "likely") {
    return <Somebody {...shared} person={person} candidate={candidate} likely={verdict === "likely"} />;
  }
  return <Several {...shared} />;
}

interface AnswerProps {
  state: CardState;
  id: string;
  answer: Answer;
  notices: JSX.Element;
  projects: JSX.Element;
  close: (() => void) | undefined;
  add: (known: Person | null) => void;
  update: (person: Person) => void;
}

function PageHead({ state, id, close }: Pick<AnswerProps, "state" | "id" | "close">): JSX.Element {
  const profile = state.session.profile.value;
  const about = [profile.headline, profile.location].filter((part) => part !== null && part !== "").join(" · ");
  return (
    <div class="head">
      <h2 class="who" id={`${id}-title`}>
        {profile.name ?? (profile.url === "" ? t("resume_unnamed") : bareAddress(profile.url))}
      </h2>
      {about !== "" && <div class="line">{about}</div>}
      <CloseButton close={close} />
    </div>
  );
}

function Looking(props: SideProps): JSX.Element {
  return (
    <div aria-busy="true">
      <PageHead state={props.state} id={props.id} close={props.close} />
      <div class="section">
        <div>
          <span class="unseen">{t("badge_looking")}</span>
          <span class="skeleton" style={{ width: "45%" }} />
          <span class="skeleton" style={{ width: "80%" }} />
          <span class="skeleton" style={{ width: "60%" }} />
        </div>
      </div>
    </div>
  );
}

function NotConnected(props: SideProps): JSX.Element {
  return (
    <>
      <PageHead state={props.state} id={props.id} close={props.close} />
      <div class="section">
        <Notice tone="plain" text={t("failure_not_connected")} />
      </div>
      <div class="actions">
        <button type="button" class="button main" onClick={props.openSettings}>
          {t("open_settings")}
        </button>
      </div>
    </>
  );
}

/** What the reader should know about the answer itself, before reading it. */
function Notices({
  state,
  answer,
  openSettings,
}: {
  state: CardState;
  answer: Answer;
  openSettings: () => void;
}): JSX.Element {
  const { session } = state;
  const failure = session.failure.value ?? troubleOf(answer);
  const said = session.said.value;
  const outcome = session.outcome.value ?? answer.exported;
  return (
    <>
      {failure !== null && (
        <FailureNotice failure={failure} onSettings={openSettings} onAgain={() => void session.checkNow()} />
      )}
      {outcome !== null && <OutcomeNotice outcome={outcome} answer={answer} />}
      {said !== null && <SaidLine session={session} said={said} />}
    </>
  );
}

/** What was remembered last, and the way back. The button that was pressed has gone: the keyboard goes on here. */
function SaidLine({ session, said }: { session: PersonSession; said: SaidCorrection }): JSX.Element {
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const root = undo.current?.getRootNode();
    const focused = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
    if (focused === null || focused === document.body) {
      undo.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <p class="said small dim" role="status">
      <Remembered />
      <span class="wrap">
        {t(said.correction === "same_person" ? "said_same" : "said_not", said.name)}{" "}
        <button
          ref={undo}
          type="button"
          class="link underlined roomy"
          onClick={() => void session.correct(said.contact, said.name, "forget")}
        >
          {t("undo")}
        </button>
      </span>
    </p>
  );
}

/** The answer itself shows what was added. */
function isListed({ opportunity }: NonNullable<Answer["exported"]>, answer: Answer): boolean {
  return answer.people.some((person) => person.opportunities.some(({ id }) => id === opportunity));
}

function OutcomeNotice({
  outcome,
  answer,
}: {
  outcome: NonNullable<Answer["exported"]>;
  answer: Answer;
}): JSX.Element | null {
  if (isUnsettled(outcome)) {
    return <Notice tone="maybe" text={t("failure_outcome_unknown")} />;
  }
  if (!isInLever(outcome) || isListed(outcome, answer)) {
    return null;
  }
  return (
    <Notice tone="in" text={outcomeSentence(outcome)}>
      {outcome.url !== null && (
        <>
          {" "}
          <a class="link underlined" href={outcome.url} target="_blank" rel="noopener noreferrer">
            {t("open_in_lever")}
          </a>
        </>
      )}
    </Notice>
  );
}

function troubleOf({ status }: Answer): NonNullable<CardState["session"]["failure"]["value"]> | null {
  if (status.connection.state === "troubled") {
    return status.connection.failure;
  }
  return status.mirror.phase.phase === "waiting" ? status.mirror.phase.failure : null;
}

/** Draws the notices only where there is one. */
function Told({ state, answer, notices }: AnswerProps): JSX.Element | null {
  const { session } = state;
  const outcome = session.outcome.value ?? answer.exported;
  const any =
    session.failure.value !== null ||
    troubleOf(answer) !== null ||
    session.said.value !== null ||
    (outcome !== null && (isUnsettled(outcome) || (isInLever(outcome) && !isListed(outcome, answer))));
  return any ? <div class="section told">{notices}</div> : null;
}

interface SomebodyProps extends AnswerProps {
  person: Person;
  candidate: Candidate;
  likely: boolean;
}

function Somebody(props: SomebodyProps): JSX.Element {
  const { state, id, person, candidate, likely, close } = props;
  const [first] = person.opportunities;
  const { session } = state;
  const told = session.failure.value ?? troubleOf(props.answer);
  return (
    <>
      <div class="head">
        <h2 class="who" id={`${id}-title`}>
          {person.name}
        </h2>
        <About person={person} />
        {likely && (
          <div class="stage">
            <span class="chip maybe">{t("badge_likely")}</span>
          </div>
        )}
        {first === undefined ? <div class="line">{t("card_no_opportunity")}</div> : <Standing opportunity={first} />}
        <CloseButton close={close} />
      </div>
      <Told {...props} />
      <section class="rows why" aria-label={t("card_why")}>
        <div class="row">
          <span class="name" aria-hidden="true">
            {t("card_why")}
          </span>
          <Reasons evidence={candidate.evidence} />
        </div>
        <Comparison evidence={candidate.evidence} first={sideOf(session)} />
        <div class="ask">
          {likely && <CorrectionButton session={session} person={person} correction="same_person" />}
          <CorrectionButton session={session} person={person} correction="not_this_person" />
        </div>
      </section>
      {person.emails.length + person.phones.length > 0 && (
        <dl class="rows">
          <Reach person={person} />
        </dl>
      )}
      <History opportunities={person.opportunities} />
      <div class="actions">
        <OpenInLever opportunity={first} main />
        <button type="button" class={first === undefined ? "button main" : "button"} onClick={() => props.add(person)}>
          {t("add_to_job")}
        </button>
      </div>
      {props.projects}
      {/* Below the buttons: what comes late must not move them under the pointer. */}
      <UpdateEntry session={session} person={person} onOpen={() => props.update(person)} />
      <Details session={session} contacts={recordsOf(candidate)} told={told?.code ?? null} />
      <Age {...props} />
    </>
  );
}

/** What is compared with Lever: a page, or a resume. */
function sideOf(session: PersonSession): string {
  return t(session.profile.value.site === "resume" ? "compare_resume" : "compare_page");
}

/** Several records of Lever's may be one person. */
function recordsOf({ contact, same_as }: Candidate): string[] {
  return [contact, ...(same_as ?? [])];
}

function OpenInLever({
  opportunity,
  main,
}: {
  opportunity: OpportunitySummary | undefined;
  main?: boolean;
}): JSX.Element | null {
  if (opportunity === undefined) {
    return null;
  }
  return (
    <a class={main ? "button main" : "link roomy"} href={opportunity.url} target="_blank" rel="noopener noreferrer">
      {t("open_in_lever")}
    </a>
  );
}

function Several(props: AnswerProps): JSX.Element {
  const { state, answer } = props;
  return (
    <>
      <PageHead {...props} />
      <Told {...props} />
      <div class="section">
        <p class="small dim">
          {answer.verdict.verdict === "ambiguous" ? t("several_intro") : plural("possible_intro", answer.people.length)}
        </p>
      </div>
      <ul>
        {answer.people.map((person) => (
          <CandidateItem
            key={person.contact}
            state={state}
            person={person}
            candidate={answer.verdict.candidates.find((candidate) => candidate.contact === person.contact)}
          />
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="button" onClick={() => props.add(null)}>
          {t("add_to_lever")}
        </button>
      </div>
      {props.projects}
      <Age {...props} />
    </>
  );
}

interface CandidateItemProps {
  state: CardState;
  person: Person;
  candidate: Candidate | undefined;
}

function CandidateItem({ state, person, candidate }: CandidateItemProps): JSX.Element {
  const { session } = state;
  const [first] = person.opportunities;
  return (
    <li class="candidate">
      <h3 class="wrap">{person.name}</h3>
      <About person={person} />
      {first !== undefined && <Standing opportunity={first} />}
      {candidate !== undefined && (
        <div class="small">
          <ShortReasons evidence={candidate.evidence} />
          <Comparison evidence={candidate.evidence} first={sideOf(session)} />
        </div>
      )}
      <div class="choose">
        <CorrectionButton session={session} person={person} correction="same_person" />
        <CorrectionButton session={session} person={person} correction="not_this_person" />
        <OpenInLever opportunity={first} />
      </div>
      {candidate !== undefined && (
        <div>
          <Disclosure label={t("details_title")}>
            {() => <Details session={session} contacts={recordsOf(candidate)} told={null} always />}
          </Disclosure>
        </div>
      )}
    </li>
  );
}

function Nobody(props: AnswerProps): JSX.Element {
  const { state, answer } = props;
  const { complete, read } = answer.verdict;
  const { mirror } = answer.status;
  const tooOld = !complete && isReadAsAsked(mirror) && mirror.earliest !== null ? mirror.earliest : null;
  const exported = state.session.outcome.value ?? answer.exported;
  const settled = exported !== null && (isInLever(exported) || isUnsettled(exported));
  return (
    <>
      <PageHead {...props} />
      <Told {...props} />
      {!settled && (
        <div class="section">
          <div class="stage first">
            <span class={complete ? "chip new" : "chip"}>
              {t(complete ? "badge_not_in_lever" : "badge_not_found_so_far")}
            </span>
          </div>
          {tooOld !== null && <p class="small dim">{t("not_found_earliest", dayOf(tooOld, language()))}</p>}
          {!complete && tooOld === null && (
            <>
              <p class="small dim">{t("not_found_so_far", percent(read))}</p>
              <div
                class="progress"
                role="progressbar"
                aria-label={t("first_read")}
                aria-valuenow={percent(read)}
                aria-valuemin={0}
                aria-valuemax={100}
              >
                <span style={{ width: `${percent(read)}%` }} />
              </div>
            </>
          )}
        </div>
      )}
      {exported?.url != null && isInLever(exported) ? (
        <div class="actions">
          <a class="button main" href={exported.url} target="_blank" rel="noopener noreferrer">
            {t("open_in_lever")}
          </a>
        </div>
      ) : (
        !settled && (
          <div class="actions">
            <button type="button" class="button main" onClick={() => props.add(null)}>
              {t("add_to_lever")}
            </button>
          </div>
        )
      )}
      {props.projects}
      <Age {...props} />
    </>
  );
}

/** How old all of this is, and the way to ask Lever itself. */
/** Under the form as well: what it says is as old as the answer it stands on. */
function ExportAge({ state }: { state: CardState }): JSX.Element | null {
  const answer = state.session.answer.value;
  const fresh = state.draft?.outcome.value === null && !state.session.left.value;
  return answer === null || !fresh ? null : <Age state={state} answer={answer} />;
}

function Age({ state, answer }: Pick<AnswerProps, "state" | "answer">): JSX.Element {
  const { session } = state;
  const { as_of } = answer.verdict;
  return (
    <div class="foot">
      <span>
        {as_of === null ? (
          t("never_read")
        ) : (
          <>
            {t("read_from_lever")} <When at={as_of} />
          </>
        )}
      </span>
      <button
        type="button"
        class="link underlined roomy"
        aria-disabled={session.checking.value}
        onClick={() => void session.checkNow()}
      >
        {session.checking.value ? t("checking") : t("check_now")}
      </button>
    </div>
  );
}

/** The recruiter's own word on whether they are one person; it can be taken back. */
function CorrectionButton({
  session,
  person,
  correction,
}: {
  session: PersonSession;
  person: Person;
  correction: "same_person" | "not_this_person";
}) {
  return (
    <button
      type="button"
      class="button small"
      onClick={() => void session.correct(person.contact, person.name, correction)}
    >
      {t(correction)}
    </button>
  );
}
