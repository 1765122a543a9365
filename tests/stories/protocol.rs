//! The shapes that TypeScript relies on: one of each command and reply, as JSON. A snapshot that changes is a change of the
//! protocol, and the extension's code has to follow.

use fulcrum::command::{
    Answer, ApiKey, ApplicationSummary, Command, ConnectionCheck, ConnectionState, Correction, DuplicatePeople,
    DuplicateRecord, EducationSummary, EmploymentSummary, ExportOptions, ExportOutcome, FailedStep, Failure,
    FailureCode, FileSummary, FoundPerson, KeptCorrection, MirrorState, Named, NoteSummary, OpportunityDetails,
    OpportunitySummary, PermissionCheck, Person, PostingBar, PostingSummary, ProjectPerson, ReadingSettings, Renewal,
    Reply, ResumeSummary, SearchCount, SearchFound, SearchOptions, SearchOrder, SearchQuery, StageMove, Status,
    StatusWord, SyncPhase, TimeSpan, UserSummary,
};
use fulcrum::export::files::{AttachedFile, KeptFile};
use fulcrum::export::journal::{ExportRemedy, ExportState, JournalEntry, JournalStep};
use fulcrum::export::many::{
    BatchControl, BatchLine, BatchNumber, BatchState, BatchSummary, ChosenLine, LineCounts, LineState, ManyChoices,
    PlannedLine,
};
use fulcrum::export::plan::{
    Destination, ExportChoices, IfKnown, NothingReason, Plan, PlanWarning, PlannedAction, PlannedField, PlannedRequest,
    StepKind,
};
use fulcrum::export::projects::{ProjectNumber, ProjectSummary};
use fulcrum::export::records::ExportNumber;
use fulcrum::export::rules::{ExportRules, HeadlineFrom, Origin};
use fulcrum::export::update::{Change, ComparedField, ComparedValue, UpdateChoices, ValueId};
use fulcrum::lever::api_variant::ApiVariant;
use fulcrum::lever::environment::Environment;
use fulcrum::matching::verdict::{Candidate, Evidence, EvidenceField, Outcome, Verdict, VerdictWord};
use fulcrum::policy::FixedEntry;
use fulcrum::profile::{CurrentPosition, Education, PastPosition, Profile, ProfileKind};
use fulcrum::text::{Millis, StageId};
use serde::Serialize;
use serde_json::{Value, json};

const AT: Millis = Millis(1_767_225_600_000);

fn profile() -> Profile {
    Profile {
        site: "linkedin".to_owned(),
        kind: ProfileKind::Profile,
        key: "li:slug:noor-demo".to_owned(),
        url: "https://www.linkedin.com/in/noor-demo/".to_owned(),
        proof: Some("address".to_owned()),
        dialect: Some("sdui-2026".to_owned()),
        ids: vec!["li:slug:noor-demo".to_owned()],
        name: Some("Noor Vand".to_owned()),
        headline: Some("Builds things".to_owned()),
        location: Some("Utrecht".to_owned()),
        current: vec![CurrentPosition {
            title: Some("Engineer".to_owned()),
            company: Some("Larch & Sons".to_owned()),
            company_url: Some("https://larch.example.com".to_owned()),
        }],
        history: vec![PastPosition {
            title: Some("Engineer".to_owned()),
            company: Some("Larch & Sons".to_owned()),
            start: Some("2021-04".to_owned()),
            end: None,
        }],
        education: vec![Education {
            school: Some("Hogeschool Noordzee".to_owned()),
            degree: Some("BSc".to_owned()),
            field: None,
            start: Some("2012".to_owned()),
            end: Some("2016".to_owned()),
        }],
        links: vec!["https://noor.example.net/".to_owned()],
        emails: vec!["noor@example.org".to_owned()],
        phones: vec!["+31 555 010 203".to_owned()],
        avatar: None,
        lang: Some("en".to_owned()),
        complete: true,
    }
}

fn kept_file() -> KeptFile {
    KeptFile {
        file: "9f86d081884c7d659a2feaa0c55ad015".into(),
        name: "Noor de Vries.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 1_024,
    }
}

fn attached_file() -> AttachedFile {
    AttachedFile {
        name: "Noor de Vries.pdf".to_owned(),
        content: "JVBERg==".to_owned(),
    }
}

fn choices() -> ExportChoices {
    ExportChoices {
        followers: vec!["user-2".into()],
        destination: Destination::Job {
            posting: "posting-1".into(),
        },
        tags: vec!["meetup".to_owned()],
        note: Some("Hello.".to_owned()),
        source: Some("LinkedIn".to_owned()),
        stage: Some(StageId("lead-new".to_owned())),
        emails: vec!["typed@example.org".to_owned()],
        if_known: IfKnown::Join,
        undo_ms: Some(2_000),
        files: vec![kept_file()],
    }
}

fn named(id: &str, text: Option<&str>) -> Named {
    Named {
        id: id.to_owned(),
        text: text.map(str::to_owned),
    }
}

fn user() -> UserSummary {
    UserSummary {
        id: "user-1".into(),
        name: "Maya Okafor".to_owned(),
        email: "maya.okafor@example.org".to_owned(),
    }
}

fn failure() -> Failure {
    Failure {
        code: FailureCode::PermissionMissing,
        endpoint: Some("GET /stages".to_owned()),
        permission: Some("Find all stages".to_owned()),
        detail: None,
    }
}

fn status() -> Status {
    Status {
        connection: ConnectionState::Troubled { failure: failure() },
        environment: Some(Environment::Custom {
            base_url: "http://127.0.0.1:4000/v1".to_owned(),
        }),
        me: Some(user()),
        mirror: MirrorState {
            complete: false,
            read: 0.5,
            as_of: Some(AT),
            contacts: 10,
            opportunities: 12,
            expected_opportunities: Some(24),
            phase: SyncPhase::Waiting {
                until: AT,
                failure: failure(),
            },
            rows_per_second: Some(487.5),
            time_left: Some(25),
            temporary: false,
            renewed: Some(Renewal::LaterVersion),
            walked: false,
            earliest: Some(AT),
            unknown_people: true,
            bytes: 4_096,
        },
        unsettled_exports: 1,
        api: ApiVariant::Opportunities,
    }
}

fn outcome() -> ExportOutcome {
    ExportOutcome {
        key: "li:slug:noor-demo".to_owned(),
        state: ExportState::Reconciled,
        at: AT,
        contact: Some("contact-1".into()),
        opportunity: Some("opportunity-1".into()),
        url: Some("https://hire.lever.co/candidates/opportunity-1".to_owned()),
        posting: Some(named("posting-1", Some("Platform Engineer"))),
        stage: Some(named("lead-new", Some("New lead"))),
        deduped: true,
        failure: None,
    }
}

fn answer() -> Answer {
    Answer {
        verdict: Verdict {
            key: "li:slug:noor-demo".to_owned(),
            verdict: VerdictWord::Same,
            complete: true,
            read: 1.0,
            as_of: Some(AT),
            candidates: vec![Candidate {
                contact: "contact-1".into(),
                opportunities: vec!["opportunity-1".into()],
                probability: 0.5,
                same_as: vec!["contact-2".into()],
                evidence: vec![Evidence {
                    field: EvidenceField::LinkedIn,
                    outcome: Outcome::Equal,
                    bits: 26.0,
                    page: Some("noor-demo".to_owned()),
                    lever: Some("https://www.linkedin.com/in/noor-demo".to_owned()),
                }],
            }],
        },
        people: vec![Person {
            contact: "contact-1".into(),
            name: "Noor Vand".to_owned(),
            headline: "Larch & Sons".to_owned(),
            location: "Utrecht".to_owned(),
            emails: vec!["noor@example.org".to_owned()],
            phones: vec!["+31 555 010 203".to_owned()],
            links: vec!["https://www.linkedin.com/in/noor-demo".to_owned()],
            opportunities: vec![OpportunitySummary {
                id: "opportunity-1".into(),
                url: "https://hire.lever.co/candidates/opportunity-1".to_owned(),
                status: StatusWord::Rejected,
                stage: named("stage-1", None),
                postings: vec![named("posting-1", Some("Platform Engineer"))],
                applications: vec![ApplicationSummary {
                    id: "application-1".into(),
                    kind: Some("user".to_owned()),
                    posting: Some(named("posting-1", Some("Platform Engineer"))),
                    created_at: Some(AT),
                    archived_at: None,
                }],
                moves: vec![StageMove {
                    stage: named("lead-new", Some("New lead")),
                    at: Some(AT),
                    by: None,
                }],
                owner: Some(named("user-1", Some("Maya Okafor"))),
                moved_by: None,
                archive_reason: Some(named("reason-1", Some("Timing"))),
                archived_at: Some(AT),
                created_at: AT,
                updated_at: AT,
                last_interaction_at: None,
                tags: vec!["meetup".to_owned()],
                sources: vec!["LinkedIn".to_owned()],
                origin: Some("sourced".to_owned()),
            }],
        }],
        exported: Some(outcome()),
        status: status(),
    }
}

fn plan() -> Plan {
    Plan {
        key: "li:slug:noor-demo".to_owned(),
        action: PlannedAction::JoinJob {
            contact: "contact-1".into(),
            opportunity: "opportunity-1".into(),
        },
        requests: vec![PlannedRequest {
            step: StepKind::AddPosting,
            method: "POST".to_owned(),
            path: "/candidates/opportunity-1/addPostings".to_owned(),
            query: vec![("perform_as".to_owned(), "user-1".to_owned())],
            body: r#"{"postings":["posting-1"]}"#.to_owned(),
            before: String::new(),
        }],
        fields: vec![PlannedField {
            field: "postings".to_owned(),
            values: vec!["Platform Engineer".to_owned()],
        }],
        warnings: vec![PlanWarning::NoEmail, PlanWarning::OtherOwner],
        fingerprint: "00ff".to_owned(),
    }
}

fn update_choices() -> UpdateChoices {
    UpdateChoices {
        ticked: Some(vec![ValueId("emails noor@example.org".to_owned())]),
        tags: vec!["meetup".to_owned()],
        note: Some("Met on Thursday".to_owned()),
        undo_ms: Some(5_000),
    }
}

fn compared() -> Vec<ComparedValue> {
    vec![ComparedValue {
        id: ValueId("headline Larch & Sons".to_owned()),
        field: ComparedField::Headline,
        page: "Larch & Sons".to_owned(),
        lever: vec!["Hogeschool Noordzee".to_owned()],
        change: Change::Replace,
        ticked: false,
    }]
}

fn update_plan() -> Plan {
    Plan {
        action: PlannedAction::Update {
            contact: "contact-1".into(),
            opportunity: Some("opportunity-1".into()),
        },
        requests: vec![PlannedRequest {
            step: StepKind::UpdateContact,
            method: "PUT".to_owned(),
            path: "/contacts/contact-1".to_owned(),
            query: Vec::new(),
            body: r#"{"emails":["noor@example.org"]}"#.to_owned(),
            before: "00fe".to_owned(),
        }],
        ..plan()
    }
}

fn posting() -> PostingSummary {
    PostingSummary {
        id: "posting-1".into(),
        title: "Platform Engineer".to_owned(),
        team: Some("Infrastructure".to_owned()),
        department: None,
        location: Some("Berlin".to_owned()),
        workplace_type: Some("hybrid".to_owned()),
        state: "published".to_owned(),
        unavailable: None,
    }
}

fn commands() -> Vec<Command> {
    let text = || "data".to_owned();
    vec![
        Command::Status,
        Command::Connect {
            environment: Environment::Eu,
            key: ApiKey("key-1".to_owned()),
        },
        Command::CheckConnection,
        Command::Users { text: text() },
        Command::ChooseUser { user: "user-1".into() },
        Command::Disconnect,
        Command::LookUp { profile: profile() },
        Command::CheckNow { profile: profile() },
        Command::Correct {
            profile: profile(),
            contact: "contact-1".into(),
            correction: Correction::NotThisPerson,
        },
        Command::Postings {
            text: text(),
            limit: 20,
        },
        Command::ExportOptions { profile: profile() },
        Command::Plan {
            profile: profile(),
            choices: choices(),
        },
        Command::Export {
            profile: profile(),
            choices: choices(),
            fingerprint: "00ff".to_owned(),
        },
        Command::UndoExport {
            key: "li:slug:noor-demo".to_owned(),
        },
        Command::ExportRules,
        Command::SetExportRules {
            rules: ExportRules::default(),
        },
        Command::PreviewExportRules {
            rules: ExportRules::default(),
        },
        Command::Journal {
            text: "ines".to_owned(),
            limit: 50,
        },
        Command::TryAgain {
            export: ExportNumber(7),
        },
        Command::LeaveIt {
            export: ExportNumber(7),
        },
        Command::Search {
            query: SearchQuery {
                text: text(),
                statuses: vec![StatusWord::Rejected],
                stages: vec!["stage-1".into()],
                archive_reasons: vec!["reason-1".into()],
                owners: vec!["user-1".into()],
                postings: vec!["posting-1".into()],
                tags: vec!["meetup".to_owned()],
                sources: vec!["LinkedIn".to_owned()],
                origins: vec!["sourced".to_owned()],
                active: TimeSpan {
                    since: Some(AT),
                    until: None,
                },
                created: TimeSpan::default(),
                archived: TimeSpan::default(),
                order: SearchOrder::Fit,
                limit: 50,
            },
        },
        Command::SearchOptions,
        Command::Details {
            contact: "contact-1".into(),
            not_older_than: 600_000,
        },
        Command::ReadingSettings,
        Command::SetReadingSettings {
            settings: ReadingSettings::default(),
        },
        Command::Corrections,
        Command::ForgetCorrection {
            profile: "li:slug:noor-demo".to_owned(),
            contact: "contact-1".into(),
        },
        Command::Duplicates { limit: 50 },
        Command::KeepApart {
            contacts: vec!["contact-1".into(), "contact-2".into()],
            limit: 50,
        },
        Command::StartOver,
        Command::SyncNow,
        Command::PauseSync,
        Command::ResumeSync,
        Command::Compare {
            profile: profile(),
            contact: "contact-1".into(),
        },
        Command::PlanUpdate {
            profile: profile(),
            contact: "contact-1".into(),
            choices: update_choices(),
        },
        Command::Update {
            profile: profile(),
            contact: "contact-1".into(),
            choices: update_choices(),
            fingerprint: "00ff".to_owned(),
        },
        Command::KeepFile { file: attached_file() },
        Command::ReadFile { file: kept_file() },
        Command::SetPolicy {
            managed: r#"{"export.only_prospects":true}"#.to_owned(),
        },
        Command::Policy,
        Command::ChooseApi {
            api: ApiVariant::Candidates,
        },
    ]
}

fn replies() -> Vec<Reply> {
    vec![
        Reply::Status { status: status() },
        Reply::Check {
            check: ConnectionCheck {
                accepted: true,
                permissions: vec![PermissionCheck {
                    endpoint: "POST /opportunities".to_owned(),
                    label: "Create an opportunity".to_owned(),
                    granted: None,
                }],
                confidential: Some(false),
                failure: Some(failure()),
            },
            status: status(),
        },
        Reply::Users { users: vec![user()] },
        Reply::Answer { answer: answer() },
        Reply::Postings {
            postings: vec![posting()],
        },
        Reply::ExportOptions {
            options: ExportOptions {
                me: Some(user()),
                stages: vec![named("lead-new", Some("New lead"))],
                sources: vec!["LinkedIn".to_owned()],
                tags: vec!["meetup".to_owned()],
                default_source: Some("LinkedIn".to_owned()),
                default_stage: None,
                default_posting: None,
                only_prospects: false,
                undo_ms: 5_000,
            },
        },
        Reply::ExportRules {
            rules: ExportRules::default(),
            owner: Some(user()),
            posting: Some(PostingSummary {
                unavailable: Some(PostingBar::NotFollowed),
                ..posting()
            }),
            followers: vec![user()],
        },
        Reply::ExportPreview {
            fields: Some(plan().fields),
        },
        Reply::Plan { plan: plan() },
        Reply::Exported { outcome: outcome() },
        Reply::Comparison { values: compared() },
        Reply::UpdatePlan {
            values: compared(),
            plan: update_plan(),
        },
        Reply::Updated {
            outcome: outcome(),
            failed: vec![FailedStep {
                step: StepKind::UpdateContact,
                failure: failure(),
            }],
        },
        Reply::Journal {
            entries: vec![JournalEntry {
                export: ExportNumber(7),
                name: Some("Noor Demo".to_owned()),
                remedy: Some(ExportRemedy::LookAgain),
                step: JournalStep {
                    key: "li:slug:noor-demo".to_owned(),
                    step: StepKind::CreateOpportunity,
                    state: ExportState::Unknown,
                    at: AT,
                    contact: None,
                    opportunity: None,
                    error: Some("outcome_unknown: POST /opportunities".to_owned()),
                },
            }],
        },
        Reply::Found {
            found: SearchFound {
                people: vec![FoundPerson {
                    person: answer().people.remove(0),
                    opportunity: "opportunity-1".into(),
                }],
                count: SearchCount::AtLeast { people: 1_000 },
            },
        },
        Reply::SearchOptions {
            options: SearchOptions {
                stages: vec![named("lead-new", Some("New lead"))],
                archive_reasons: vec![named("reason-1", Some("Timing"))],
                owners: vec![named("user-1", Some("Maya Okafor"))],
                postings: vec![posting()],
                sources: vec!["LinkedIn".to_owned()],
                tags: vec!["meetup".to_owned()],
            },
        },
        Reply::Details {
            details: vec![OpportunityDetails {
                opportunity: "opportunity-1".into(),
                resumes: vec![ResumeSummary {
                    id: "resume-1".into(),
                    name: "Resume.pdf".to_owned(),
                    uploaded_at: Some(AT),
                    positions: vec![EmploymentSummary {
                        company: "Larch & Sons".to_owned(),
                        title: "Engineer".to_owned(),
                        location: "Utrecht".to_owned(),
                        start: Some("2019-03".to_owned()),
                        end: None,
                    }],
                    schools: vec![EducationSummary {
                        school: "Utrecht Polytechnic".to_owned(),
                        degree: "BSc, Physics".to_owned(),
                        start: Some("2012".to_owned()),
                        end: Some("2015".to_owned()),
                    }],
                }],
                notes: vec![NoteSummary {
                    id: "note-1".into(),
                    text: "Met at the meetup.".to_owned(),
                    by: Some(named("user-1", Some("Maya Okafor"))),
                    at: Some(AT),
                }],
                files: vec![FileSummary {
                    id: "file-1".into(),
                    name: "Portfolio.pdf".to_owned(),
                    uploaded_at: Some(AT),
                    size: Some(1_024),
                }],
                read_at: Some(AT),
                failure: Some(failure()),
            }],
        },
        Reply::Corrections {
            corrections: vec![KeptCorrection {
                profile: "contact:contact-1".to_owned(),
                contact: "contact-2".into(),
                name: None,
                other: Some("Noor Vand".to_owned()),
                said: Correction::NotThisPerson,
                at: AT,
            }],
        },
        Reply::Duplicates {
            pairs: vec![DuplicatePeople {
                people: vec![DuplicateRecord {
                    contact: "contact-1".into(),
                    name: "Noor Vand".to_owned(),
                    headline: "Larch & Sons".to_owned(),
                    location: "Utrecht".to_owned(),
                    emails: vec!["noor@example.org".to_owned()],
                    url: Some("https://hire.lever.co/candidates/opportunity-1".to_owned()),
                    opportunities: 1,
                    last: Some(AT),
                }],
                evidence: answer().verdict.candidates.remove(0).evidence,
                probability: 0.5,
            }],
            counted: true,
        },
        Reply::ReadingSettings {
            settings: ReadingSettings::default(),
        },
        Reply::FileKept { file: kept_file() },
        Reply::File {
            content: attached_file(),
        },
        Reply::Failed { failure: failure() },
        Reply::Policy {
            fixed: vec![FixedEntry {
                entry: "export.only_prospects".to_owned(),
                value: "true".to_owned(),
            }],
            wrong: vec!["display.linkedin".to_owned()],
        },
    ]
}

/// Adds a field to every object, as a newer or older half of the extension might.
fn with_unknown_fields(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(with_unknown_fields);
            fields.insert("field_of_tomorrow".to_owned(), json!({ "of": ["another", "age"] }));
        }
        Value::Array(items) => items.iter_mut().for_each(with_unknown_fields),
        _ => {}
    }
}

fn assert_round_trips<T: Serialize>(all: &[T], read: impl Fn(&str) -> serde_json::Result<T>) {
    for one in all {
        let written = serde_json::to_value(one).unwrap();
        let text = serde_json::to_string(one).unwrap();
        assert_eq!(serde_json::to_value(read(&text).unwrap()).unwrap(), written);
        let mut newer = written.clone();
        with_unknown_fields(&mut newer);
        assert_eq!(
            serde_json::to_value(read(&newer.to_string()).unwrap()).unwrap(),
            written,
            "unknown fields are not an obstacle"
        );
    }
}

#[test]
fn every_command_has_this_shape() {
    insta::assert_json_snapshot!(commands());
    assert_round_trips(&commands(), Command::from_json);
}

#[test]
fn every_reply_has_this_shape() {
    insta::assert_json_snapshot!(replies());
    assert_round_trips(&replies(), |text| serde_json::from_str(text));
}

fn many_choices() -> ManyChoices {
    ManyChoices {
        each: choices(),
        include_exported: true,
    }
}

/// What is asked and answered about many people at once.
fn commands_for_many() -> Vec<Command> {
    let project = ProjectNumber(3);
    let key = || "li:slug:noor-demo".to_owned();
    vec![
        Command::Projects,
        Command::NameProject {
            project: None,
            name: "Platform".to_owned(),
        },
        Command::DeleteProject { project },
        Command::AddToProject {
            project,
            profiles: vec![profile()],
        },
        Command::RemoveFromProject {
            project,
            keys: vec![key()],
        },
        Command::ProjectPeople {
            project,
            after: 0,
            limit: 50,
        },
        Command::PlanMany {
            project,
            keys: vec![key()],
            choices: many_choices(),
            at: None,
        },
        Command::ExportMany {
            project,
            lines: vec![ChosenLine {
                key: key(),
                fingerprint: "00ff".to_owned(),
            }],
            choices: many_choices(),
            at: AT,
        },
        Command::Batches,
        Command::BatchLines {
            batch: BatchNumber(4),
            after: 0,
            limit: 50,
        },
        Command::ControlBatch {
            batch: BatchNumber(4),
            control: BatchControl::Pause,
        },
    ]
}

fn replies_for_many() -> Vec<Reply> {
    let plan = plan();
    vec![
        Reply::Projects {
            projects: vec![ProjectSummary {
                project: ProjectNumber(3),
                name: "Platform".to_owned(),
                people: 12,
                made_at: AT,
            }],
        },
        Reply::ProjectPeople {
            people: vec![ProjectPerson {
                key: "li:slug:noor-demo".to_owned(),
                name: Some("Noor Vand".to_owned()),
                headline: None,
                url: "https://www.linkedin.com/in/noor-demo/".to_owned(),
                added_at: AT,
                verdict: VerdictWord::Same,
                complete: true,
                person: answer().people.into_iter().next(),
                exported: Some(ExportState::Confirmed),
            }],
        },
        Reply::PlannedMany {
            lines: vec![PlannedLine {
                key: plan.key,
                name: Some("Noor Vand".to_owned()),
                action: plan.action,
                fields: plan.fields,
                warnings: plan.warnings,
                fingerprint: plan.fingerprint,
            }],
            at: AT,
        },
        Reply::Batches {
            batches: vec![BatchSummary {
                batch: BatchNumber(4),
                name: "Platform".to_owned(),
                made_at: AT,
                starts_at: AT.plus(5_000),
                finished_at: None,
                state: BatchState::Running,
                counts: LineCounts {
                    waiting: 11,
                    exported: 1,
                    ..LineCounts::default()
                },
                trouble: Some(failure()),
            }],
        },
        Reply::BatchLines {
            lines: vec![BatchLine {
                key: "li:slug:noor-demo".to_owned(),
                name: None,
                state: LineState::AlreadyThere,
                reason: Some(NothingReason::ExportedBefore),
                failure: None,
                export: Some(ExportNumber(7)),
                url: Some("https://hire.lever.co/candidates/opportunity-1".to_owned()),
                at: AT,
            }],
        },
    ]
}

#[test]
fn what_is_asked_and_answered_about_many_has_this_shape() {
    insta::assert_json_snapshot!(json!({
        "commands": commands_for_many(),
        "replies": replies_for_many(),
        "control": [BatchControl::Pause, BatchControl::Resume, BatchControl::Stop, BatchControl::RetryFailed],
        "batch": [BatchState::Running, BatchState::Paused, BatchState::Finished],
        "line": [
            LineState::Waiting, LineState::Sending, LineState::Exported, LineState::Joined, LineState::AlreadyThere,
            LineState::Skipped, LineState::Failed, LineState::Unknown,
        ],
        "failure": [FailureCode::BadName, FailureCode::NameTaken, FailureCode::ProjectFull],
    }));
    assert_round_trips(&commands_for_many(), Command::from_json);
    assert_round_trips(&replies_for_many(), |text| serde_json::from_str(text));
}

#[test]
fn every_word_has_this_spelling() {
    let codes = [
        FailureCode::NotConnected,
        FailureCode::KeyRefused,
        FailureCode::PermissionMissing,
        FailureCode::NotFound,
        FailureCode::RefusedByRule,
        FailureCode::RateLimited,
        FailureCode::LeverFailing,
        FailureCode::Network,
        FailureCode::TimedOut,
        FailureCode::ReplyNotUnderstood,
        FailureCode::Storage,
        FailureCode::StorageFull,
        FailureCode::UserNotChosen,
        FailureCode::PageChanged,
        FailureCode::PlanChanged,
        FailureCode::AlreadyExporting,
        FailureCode::OutcomeUnknown,
        FailureCode::CoreRestarted,
        FailureCode::TooLateToUndo,
        FailureCode::RulesNotUnderstood,
        FailureCode::BadCommand,
        FailureCode::Internal,
        FailureCode::ContactChanged,
        FailureCode::ContactAnonymized,
        FailureCode::FileNotKept,
        FailureCode::FileTooLarge,
        FailureCode::FileTypeRefused,
        FailureCode::FileEmpty,
        FailureCode::SetByOrganisation,
    ];
    let actions = [
        PlannedAction::NewPerson,
        PlannedAction::NewOpportunity {
            contact: "contact-1".into(),
        },
        PlannedAction::Nothing {
            reason: NothingReason::SeveralPossible,
            contact: None,
            opportunity: None,
        },
    ];
    let phases = [
        SyncPhase::Idle,
        SyncPhase::ReadingSettings,
        SyncPhase::ReadingAll,
        SyncPhase::ReadingChanges,
        SyncPhase::Paused,
    ];
    insta::assert_json_snapshot!(json!({
        "failure": codes,
        "verdict": [VerdictWord::Same, VerdictWord::Likely, VerdictWord::Possible, VerdictWord::Ambiguous, VerdictWord::None],
        "outcome": [Outcome::Equal, Outcome::Compatible, Outcome::Different, Outcome::Shared, Outcome::Confirmed],
        "status": [StatusWord::Prospect, StatusWord::Active, StatusWord::Rejected, StatusWord::Hired, StatusWord::Archived],
        "export": [
            ExportState::Planned, ExportState::Sending, ExportState::Confirmed, ExportState::Failed, ExportState::Unknown,
            ExportState::Reconciled, ExportState::Skipped, ExportState::Left, ExportState::Undone,
        ],
        "step": [
            StepKind::CreateOpportunity, StepKind::AddPosting, StepKind::AddTags, StepKind::AddSources, StepKind::AddNote,
            StepKind::UpdateContact, StepKind::AddLinks,
            StepKind::UploadFile,
        ],
        "nothing": [
            NothingReason::AlreadyInLever, NothingReason::AlreadyOnThisJob, NothingReason::ExportedBefore,
            NothingReason::SeveralPossible, NothingReason::NothingToSend,
            NothingReason::OnlyProspects, NothingReason::NothingChosen,
            NothingReason::OnlyProspects, NothingReason::JobNotOpen, NothingReason::JobNotVisible,
        ],
        "posting": [
            PostingBar::Draft, PostingBar::Pending, PostingBar::Rejected, PostingBar::Closed, PostingBar::NotFollowed,
            PostingBar::Confidential,
        ],
        "api": [ApiVariant::Opportunities, ApiVariant::Candidates],
        "warning": [
            PlanWarning::NoEmail, PlanWarning::MirrorIncomplete, PlanWarning::NameInLever, PlanWarning::OtherOwner,
            PlanWarning::JobNotPublished, PlanWarning::PageUnproven,
            PlanWarning::RejectedLately,
            PlanWarning::HiredBefore,
            PlanWarning::MirrorOld,
            PlanWarning::ResumeNotMade,
        ],
        "headline": [HeadlineFrom::Employers, HeadlineFrom::Page, HeadlineFrom::Nowhere],
        "origin": [
            Origin::Sourced, Origin::Applied, Origin::Referred, Origin::Agency, Origin::Internal, Origin::University,
        ],
        "remedy": [ExportRemedy::TryAgain, ExportRemedy::LookAgain],
        "change": [Change::Add, Change::Replace, Change::ReplacePlaceholder],
        "compared": [
            ComparedField::Name, ComparedField::Headline, ComparedField::Location, ComparedField::Emails,
            ComparedField::Phones, ComparedField::Links, ComparedField::Tags, ComparedField::Sources, ComparedField::Note,
        ],
        "if_known": [IfKnown::Skip, IfKnown::Join, IfKnown::New],
        "correction": [Correction::SamePerson, Correction::NotThisPerson, Correction::Forget],
        "connection": [ConnectionState::NotConnected, ConnectionState::Connected],
        "environment": [Environment::Production, Environment::Sandbox, Environment::Eu],
        "kind": [ProfileKind::Profile, ProfileKind::Card],
        "action": actions,
        "phase": phases,
        "destination": [Destination::Prospect],
    }));
}

#[test]
fn a_profile_may_leave_out_whatever_the_page_does_not_say() {
    let profile: Profile =
        serde_json::from_str(r#"{"key":"gh:login:noor-demo","url":"https://github.com/noor-demo"}"#).unwrap();
    assert_eq!(profile.name, None);
    assert!(profile.links.is_empty());
    let choices: ExportChoices = serde_json::from_str("{}").unwrap();
    assert_eq!(choices, ExportChoices::default());
}

#[test]
fn what_is_no_command_is_refused_without_a_panic() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"command":"launch"}"#,
        r#"{"command":"look_up"}"#,
        r#"{"command":"look_up","profile":7}"#,
        r#"{"command":"journal","limit":-1}"#,
        r#"{"command":["status"]}"#,
    ] {
        assert!(Command::from_json(text).is_err(), "{text}");
    }
}
