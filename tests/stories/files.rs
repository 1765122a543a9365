//! Files go along with an export (requirements 2.11, 2.15): whole, once, whatever happens to replies and processes; and nothing of
//! them stays on the machine that nobody needs any more.

use std::cell::Cell;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fulcrum::command::{Command, ExportOutcome, Failure, FailureCode, Reply};
use fulcrum::export::files::{AttachedFile, KEPT_FOR, KeptFile, MOST_BYTES};
use fulcrum::export::journal::{ExportState, overall};
use fulcrum::export::plan::{ExportChoices, IfKnown, Plan, PlanWarning, StepKind};
use fulcrum::export::records::Records;
use fulcrum::export::resume::ResumeContent;
use fulcrum::export::rules::ExportRules;
use fulcrum::host::{Method, ResumeMaker, ResumeNotMade};
use fulcrum::lever::endpoint;
use fulcrum::native::open_mirror;
use fulcrum::profile::Profile;
use fulcrum::service::Service;
use futures::FutureExt;
use futures::future::{Either, LocalBoxFuture, select};

use crate::fixture::edge::Sent;
use crate::fixture::machine::{UNHURRIED, export, export_as, on_job, plan};
use crate::fixture::{Fate, Lever, Machine, people};

/// Bytes of a PDF, as far as Lever looks, that say where one of them is missing.
fn bytes(length: usize) -> Vec<u8> {
    let rest = (0..length).map(|place| (place * 31 + place / 251) as u8);
    let whole = PDF.iter().copied().chain(rest);
    whole.take(length).collect()
}

const PDF: &[u8] = b"%PDF-1.7\n";

/// A short one.
fn pdf(text: &str) -> Vec<u8> {
    [PDF, text.as_bytes()].concat()
}

/// Lever holds exactly these files of an opportunity, byte for byte.
async fn assert_files(lever: &Lever, opportunity: &str, expected: &[(&str, Vec<u8>)], when: &str) {
    let files = lever.files(opportunity).await;
    let names: Vec<(&str, usize)> = files
        .iter()
        .map(|(name, content)| (name.as_str(), content.len()))
        .collect();
    let wanted: Vec<(&str, usize)> = expected.iter().map(|(name, content)| (*name, content.len())).collect();
    assert_eq!(names, wanted, "{when}");
    let is_equal = files.iter().zip(expected).all(|(one, other)| one.1 == other.1);
    assert!(is_equal, "{when}: other bytes");
}

async fn attach(service: &Service, name: &str, content: &[u8]) -> Result<KeptFile, Failure> {
    let file = AttachedFile {
        name: name.to_owned(),
        content: STANDARD.encode(content),
    };
    match service.dispatch(Command::KeepFile { file }).await {
        Reply::FileKept { file } => Ok(file),
        Reply::Failed { failure } => Err(failure),
        other => panic!("{other:?}"),
    }
}

fn with(files: &[KeptFile]) -> ExportChoices {
    ExportChoices {
        files: files.to_vec(),
        ..ExportChoices::default()
    }
}

async fn ready() -> (Lever, Machine, Service) {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    (lever, machine, service)
}

fn opportunity(outcome: &ExportOutcome) -> String {
    outcome.opportunity.as_ref().unwrap().as_str().to_owned()
}

fn is_kept(service: &Service, file: &KeptFile) -> bool {
    service.records().keeps(file).unwrap()
}

fn is_upload(sent: &Sent) -> bool {
    sent.method == Method::Post && sent.url.contains("/files?")
}

/// Draws nothing: what a resume is made of, one part a line. It can be told to fail.
struct Scribe {
    made: Cell<u32>,
    is_able: Cell<bool>,
}

impl ResumeMaker for Scribe {
    fn make(&self, content: ResumeContent) -> LocalBoxFuture<'_, Result<Vec<u8>, ResumeNotMade>> {
        self.made.set(self.made.get() + 1);
        let is_able = self.is_able.get();
        async move {
            let text = serde_json::to_string_pretty(&content).unwrap();
            if is_able { Ok(pdf(&text)) } else { Err(ResumeNotMade) }
        }
        .boxed_local()
    }
}

/// A machine that makes resumes, and rules that want them.
async fn with_resumes() -> (Lever, Machine, Service, Rc<Scribe>) {
    let lever = Lever::of(12).await;
    let scribe = Rc::new(Scribe {
        made: Cell::new(0),
        is_able: Cell::new(true),
    });
    let mut machine = Machine::beside(&lever);
    machine.resumes = Rc::clone(&scribe) as Rc<dyn ResumeMaker>;
    let service = machine.synced(&lever).await;
    set_rules(&service, |rules| rules.resume = true).await;
    (lever, machine, service, scribe)
}

async fn set_rules(service: &Service, change: impl Fn(&mut ExportRules)) {
    let mut rules = service.export_rules().unwrap();
    change(&mut rules);
    match service.dispatch(Command::SetExportRules { rules }).await {
        Reply::ExportRules { .. } => {}
        other => panic!("{other:?}"),
    }
}

fn shown(plan: &Plan, field: &str) -> Vec<String> {
    let field = plan.fields.iter().find(|shown| shown.field == field);
    field.map(|field| field.values.clone()).unwrap_or_default()
}

// --- Attached -----------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn files_arrive_byte_for_byte_under_the_names_that_were_shown() {
    let (lever, _machine, service) = ready().await;
    let resume = attach(&service, "Żaneta Wójcik.PDF", &bytes(70_001)).await.unwrap();
    let letter = attach(&service, "letter \"of\" 李.txt", b"hello").await.unwrap();
    let choices = with(&[resume.clone(), letter.clone()]);
    let profile = people::newcomer(1);
    let planned = plan(&service, &profile, &choices).await;
    assert_eq!(shown(&planned, "files"), ["Żaneta Wójcik.pdf", "letter of 李.txt"]);
    let outcome = export_as(&service, &profile, &choices, &planned.fingerprint)
        .await
        .unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    let expected = [
        ("Żaneta Wójcik.pdf", bytes(70_001)),
        ("letter of 李.txt", b"hello".to_vec()),
    ];
    assert_files(&lever, &opportunity(&outcome), &expected, "").await;
    assert!(!is_kept(&service, &resume), "Lever has it");
    assert!(!is_kept(&service, &letter));
}

#[tokio::test]
async fn the_largest_file_that_lever_takes_is_sent_and_a_larger_one_is_refused_before() {
    let (lever, _machine, service) = ready().await;
    let failure = attach(&service, "a.pdf", &vec![1; MOST_BYTES + 1]).await.unwrap_err();
    assert_eq!(failure.code, FailureCode::FileTooLarge);
    let content = bytes(MOST_BYTES);
    let file = attach(&service, "a.pdf", &content).await.unwrap();
    let outcome = export(&service, &people::newcomer(1), &with(&[file])).await.unwrap();
    assert_files(&lever, &opportunity(&outcome), &[("a.pdf", content)], "").await;
}

#[tokio::test]
async fn another_content_is_another_plan_and_what_was_shown_is_what_is_sent() {
    let (lever, _machine, service) = ready().await;
    let one = attach(&service, "cv.pdf", &pdf("one")).await.unwrap();
    let other = attach(&service, "cv.pdf", &pdf("two")).await.unwrap();
    let profile = people::newcomer(1);
    let shown = plan(&service, &profile, &with(&[one])).await;
    let refused = export_as(&service, &profile, &with(&[other]), &shown.fingerprint).await;
    assert_eq!(refused.unwrap_err().code, FailureCode::PlanChanged);
    assert!(lever.log().is_empty());
}

#[tokio::test]
async fn a_lead_that_is_joined_gets_the_files_as_well() {
    let (lever, _machine, service) = ready().await;
    let file = attach(&service, "cv.pdf", &pdf("one")).await.unwrap();
    let leila = people::linkedin("leila-haddad-demo", "Leila Haddad");
    let choices = ExportChoices {
        if_known: IfKnown::Join,
        ..with(&[file])
    };
    let choices = on_job(&lever, "Platform Engineer", choices).await;
    let outcome = export(&service, &leila, &choices).await.unwrap();
    assert!(lever.creates().is_empty());
    let files = lever.files(&opportunity(&outcome)).await;
    assert!(files.contains(&("cv.pdf".to_owned(), pdf("one"))));
}

#[tokio::test]
async fn whatever_becomes_of_the_reply_a_file_is_there_once() {
    for fate in [
        Fate::BreaksAfter,
        Fate::BreaksBefore,
        Fate::HangsAfter,
        Fate::HangsBefore,
        Fate::Unreachable,
        Fate::DoneButAnswers(500),
        Fate::DoneButAnswers(503),
        Fate::DoneButAnswers(408),
    ] {
        let (lever, machine, service) = ready().await;
        let files = [
            attach(&service, "cv.pdf", &pdf("one")).await.unwrap(),
            // As long and of the same name: it must not be taken for the first.
            attach(&service, "cv.pdf", &pdf("two")).await.unwrap(),
        ];
        machine.edge.rule(2, fate, is_upload);
        let outcome = export(&service, &people::newcomer(1), &with(&files)).await.unwrap();
        assert!(outcome.state.is_done(), "{fate:?}: {outcome:?}");
        let expected = [("cv.pdf", pdf("one")), ("cv (2).pdf", pdf("two"))];
        assert_files(&lever, &opportunity(&outcome), &expected, &format!("{fate:?}")).await;
        assert!(!is_kept(&service, &files[0]));
    }
    for kind in [
        "lost-reply",
        "cut-before",
        "cut-during",
        "cut-after",
        "truncated",
        "wrong-type",
        "429",
        "502",
    ] {
        let (lever, _machine, service) = ready().await;
        let file = attach(&service, "cv.pdf", &bytes(9_000)).await.unwrap();
        lever.next(kind, 1, "POST", "/opportunities/:id/files").await;
        let outcome = export(&service, &people::newcomer(1), &with(&[file])).await.unwrap();
        assert!(outcome.state.is_done(), "{kind}: {outcome:?}");
        assert_files(&lever, &opportunity(&outcome), &[("cv.pdf", bytes(9_000))], kind).await;
    }
}

#[tokio::test]
async fn killed_at_any_moment_the_file_is_there_once_and_nothing_of_it_stays() {
    for trouble in [None, Some(Fate::BreaksAfter), Some(Fate::BreaksBefore)] {
        let lever = Lever::of(12).await;
        let machine = Machine::beside(&lever);
        drop(machine.synced(&lever).await);
        let mut moment = 0;
        loop {
            moment += 1;
            let profile = people::newcomer(moment);
            let content = bytes(3_000 + moment as usize);
            let service = machine.open().await;
            let file = attach(&service, "cv.pdf", &content).await.unwrap();
            if let Some(fate) = trouble {
                machine.edge.rule(1, fate, is_upload);
            }
            machine.edge.die_at_moment(moment);
            let choices = with(std::slice::from_ref(&file));
            let finished = machine.edge.until_death(export(&service, &profile, &choices)).await;
            drop(service);

            let service = machine.open().await;
            machine.edge.heal();
            service.settle_exports().await.unwrap();
            // The recruiter, who has seen no answer, clicks again; the form keeps the file anew where it is not kept any more.
            let file = attach(&service, "cv.pdf", &content).await.unwrap();
            let outcome = export(&service, &profile, &with(std::slice::from_ref(&file)))
                .await
                .unwrap();
            assert!(outcome.state.is_done(), "{trouble:?}, moment {moment}: {outcome:?}");
            let files = lever.files(&opportunity(&outcome)).await;
            assert_eq!(files, [("cv.pdf".to_owned(), content)], "{trouble:?}, moment {moment}");
            machine.edge.pass(KEPT_FOR + 1);
            service.round().await.unwrap();
            assert!(!is_kept(&service, &file));
            assert!(service.records().exports_with_contents().unwrap().is_empty());
            if finished.is_some() {
                break;
            }
        }
        assert!(moment > 6, "only {moment} moments");
        assert_eq!(lever.creates().len() as u64, moment);
    }
}

#[tokio::test]
async fn without_the_permission_the_person_is_added_and_the_file_can_be_sent_later() {
    let (lever, machine, service) = ready().await;
    let file = attach(&service, "cv.pdf", &pdf("one")).await.unwrap();
    lever.forbid(&[endpoint::UPLOAD_FILE]).await;
    let choices = ExportChoices {
        note: Some("Ask about the compiler.".to_owned()),
        ..with(std::slice::from_ref(&file))
    };
    let profile = people::newcomer(1);
    let outcome = export(&service, &profile, &choices).await.unwrap();
    assert_eq!(outcome.state, ExportState::Failed);
    let failure = outcome.failure.clone().unwrap();
    assert_eq!(failure.permission.as_deref(), Some("Upload an opportunity file"));
    assert_eq!(lever.notes().len(), 1, "the rest went on");
    assert!(is_kept(&service, &file), "it can be tried again");

    // Days later, since permissions take their time.
    machine.edge.pass(3 * KEPT_FOR);
    service.round().await.unwrap();
    lever.forbid(&[]).await;
    let number = service.records().latest_export(&profile.key).unwrap().unwrap().number;
    let again = service.dispatch(Command::TryAgain { export: number }).await;
    assert!(
        matches!(&again, Reply::Exported { outcome } if outcome.state.is_done()),
        "{again:?}"
    );
    assert_files(&lever, &opportunity(&outcome), &[("cv.pdf", pdf("one"))], "").await;
    assert!(!is_kept(&service, &file));
}

#[tokio::test]
async fn a_file_that_failed_and_is_left_is_gone_at_once() {
    let (lever, _machine, service) = ready().await;
    let file = attach(&service, "cv.pdf", &pdf("one")).await.unwrap();
    lever.forbid(&[endpoint::UPLOAD_FILE]).await;
    let profile = people::newcomer(1);
    export(&service, &profile, &with(std::slice::from_ref(&file)))
        .await
        .unwrap();
    let export = service.records().latest_export(&profile.key).unwrap().unwrap().number;
    service.dispatch(Command::LeaveIt { export }).await;
    assert!(!is_kept(&service, &file));
}

#[tokio::test]
async fn taken_back_nothing_of_it_stays_and_the_form_has_to_attach_it_again() {
    let secret = b"salary expectations of a candidate";
    for moment in 1.. {
        let (lever, machine, service) = ready().await;
        let file = attach(&service, "cv.pdf", secret).await.unwrap();
        let profile = people::newcomer(1);
        let choices = with(std::slice::from_ref(&file));
        machine.edge.hold_at_moment(moment);
        let sending = Box::pin(export(&service, &profile, &choices));
        let held = Box::pin(machine.edge.held());
        let Either::Right(((), sending)) = select(sending, held).await else {
            panic!("there was no moment to take it back in");
        };
        let undo = Command::UndoExport {
            key: profile.key.clone(),
        };
        let is_in_time = matches!(service.dispatch(undo).await, Reply::Status { .. });
        machine.edge.go_on();
        let outcome = sending.await.unwrap();
        if !is_in_time {
            continue;
        }
        assert_eq!(outcome.state, ExportState::Undone);
        assert!(!is_kept(&service, &file));
        assert!(lever.log().is_empty());
        let command = Command::Plan { profile, choices };
        let refused = service.dispatch(command).await;
        assert!(matches!(refused, Reply::Failed { failure } if failure.code == FailureCode::FileNotKept));
        // Not a trace in any file, once the log of the latest writes has been folded in.
        drop(service);
        let kept = machine.bytes();
        assert!(!kept.windows(secret.len()).any(|window| window == secret));
        return;
    }
}

#[tokio::test]
async fn what_nobody_sends_is_gone_after_a_day_and_at_once_when_disconnecting() {
    let (_lever, machine, service) = ready().await;
    let old = attach(&service, "old.pdf", &pdf("old")).await.unwrap();
    machine.edge.pass(KEPT_FOR - 1_000);
    let young = attach(&service, "young.pdf", &pdf("young")).await.unwrap();
    assert!(is_kept(&service, &old));
    machine.edge.pass(2_000);
    service.round().await.unwrap();
    assert!(!is_kept(&service, &old));
    assert!(is_kept(&service, &young));
    service.dispatch(Command::Disconnect).await;
    assert!(!is_kept(&service, &young));
    let failure = attach(&service, "a.pdf", &pdf("one")).await.unwrap_err();
    assert_eq!(failure.code, FailureCode::NotConnected);
}

#[tokio::test]
async fn one_content_for_two_people_stays_until_the_second_has_it() {
    let (lever, _machine, service) = ready().await;
    let file = attach(&service, "brochure.pdf", &pdf("one")).await.unwrap();
    // The first one's upload gets stuck.
    lever.forbid(&[endpoint::UPLOAD_FILE]).await;
    let stuck = people::newcomer(1);
    export(&service, &stuck, &with(std::slice::from_ref(&file)))
        .await
        .unwrap();
    lever.forbid(&[]).await;
    let done = export(&service, &people::newcomer(2), &with(std::slice::from_ref(&file)))
        .await
        .unwrap();
    assert!(done.state.is_done());
    assert!(is_kept(&service, &file), "the first one still needs it");
    let export = service.records().latest_export(&stuck.key).unwrap().unwrap().number;
    service.dispatch(Command::TryAgain { export }).await;
    assert!(!is_kept(&service, &file));
}

#[tokio::test]
async fn a_full_disk_says_so_and_everything_else_goes_on() {
    let (lever, machine, service) = ready().await;
    drop(service);
    let file = rusqlite::Connection::open(machine.records_file()).unwrap();
    let pages: i64 = file.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    file.pragma_update(None, "max_page_count", pages + 60).unwrap();
    let (mirror, records) = (
        open_mirror(&machine.mirror_file()).unwrap(),
        Records::open(file).unwrap(),
    );
    let service = Service::open(machine.host(), mirror, records, UNHURRIED, Rc::new(|| ()))
        .await
        .unwrap();
    let small = attach(&service, "small.pdf", &pdf("one")).await.unwrap();
    let failure = attach(&service, "large.pdf", &bytes(2_000_000)).await.unwrap_err();
    assert_eq!(failure.code, FailureCode::StorageFull);
    assert!(is_kept(&service, &small));
    let outcome = export(&service, &people::newcomer(1), &with(&[small])).await.unwrap();
    assert_eq!(lever.files(&opportunity(&outcome)).await.len(), 1);
}

/// Everything goes wrong that can, in processes that die; in the end each of twenty people has both files once.
#[tokio::test]
async fn whatever_goes_wrong_each_file_of_twenty_people_is_there_once() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let mut service = machine.synced(&lever).await;
    lever
        .faults("lost-reply:0.1,cut-before:0.1,500:0.1,429:0.1,truncated:0.05,cut-during:0.05")
        .await;
    let mut dice: u64 = 29;
    for number in 0..20 {
        let profile = people::newcomer(number);
        let contents = [bytes(4_000 + number as usize), bytes(5_000 + number as usize)];
        for tries in 0.. {
            assert!(tries < 60, "{} never settled", profile.key);
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            if dice >> 62 == 0 {
                machine.edge.die_at_moment(1 + (dice >> 33) % 14);
            }
            let begun = service.records().latest_export(&profile.key).unwrap();
            let work = async {
                match begun.filter(|export| overall(export) == ExportState::Failed) {
                    // The person is in Lever, and a file has met too much: the recruiter tries again.
                    Some(export) if export.steps.iter().any(|step| step.state.is_done()) => {
                        let again = Command::TryAgain { export: export.number };
                        service.dispatch(again).await;
                    }
                    _ => {
                        let one = attach(&service, "cv.pdf", &contents[0]).await.unwrap();
                        let other = attach(&service, "cv.pdf", &contents[1]).await.unwrap();
                        // Whether it came to an end is asked of the journal.
                        let _ = export(&service, &profile, &with(&[one, other])).await;
                    }
                }
            };
            if machine.edge.until_death(work).await.is_none() {
                drop(service);
                service = machine.open().await;
            }
            machine.edge.live();
            let export = service.records().latest_export(&profile.key).unwrap();
            if export.is_some_and(|export| export.steps.iter().all(|step| step.state.is_done())) {
                break;
            }
        }
    }
    lever.faults("").await;
    assert_eq!(lever.creates().len(), 20);
    for create in lever.creates() {
        let files = lever.files(create["opportunity"].as_str().unwrap()).await;
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["cv.pdf", "cv (2).pdf"]);
        assert!(files.iter().all(|(_, content)| *content == bytes(content.len())));
        assert_eq!(files[0].1.len() + 1_000, files[1].1.len());
    }
    service.round().await.unwrap();
    assert!(service.records().exports_with_contents().unwrap().is_empty());
}

// --- Made ---------------------------------------------------------------------------------------------------------------

#[tokio::test]
async fn a_resume_is_made_of_the_page_and_sent_before_what_was_attached() {
    let (lever, _machine, service, scribe) = with_resumes().await;
    let file = attach(&service, "letter.txt", b"hello").await.unwrap();
    let profile = people::newcomer(1);
    let planned = plan(&service, &profile, &with(std::slice::from_ref(&file))).await;
    let name = format!("{}.pdf", fulcrum::export::mapping::name(&profile));
    assert_eq!(shown(&planned, "resume"), [name.as_str()]);
    assert_eq!(shown(&planned, "files"), ["letter.txt"]);
    let outcome = export(&service, &profile, &with(&[file])).await.unwrap();
    let files = lever.files(&opportunity(&outcome)).await;
    assert_eq!(files.len(), 2);
    assert_eq!(files[0].0, name);
    let content: ResumeContent = serde_json::from_slice(&files[0].1[PDF.len()..]).unwrap();
    assert_eq!(content.captured_from, profile.url);
    assert_eq!(content.experience.len(), 2);
    assert!(content.experience[0].ongoing);
    assert_eq!(scribe.made.get(), 1, "what was shown is what is sent");
}

#[tokio::test]
async fn what_the_rules_keep_back_is_not_in_the_resume() {
    let (_lever, _machine, service, _) = with_resumes().await;
    let profile = Profile {
        phones: vec!["+47 555 010 203".to_owned()],
        emails: vec!["zorana@example.org".to_owned()],
        ..people::newcomer(1)
    };
    set_rules(&service, |rules| {
        (rules.emails, rules.phones, rules.links, rules.location) = (false, false, false, false);
    })
    .await;
    let rules = service.export_rules().unwrap();
    let content = ResumeContent::of(&profile, &rules, "2026-11-27").unwrap();
    let text = serde_json::to_string(&content).unwrap();
    for kept_back in ["555", "zorana@example.org", "example.net", "Tromsø"] {
        assert!(!text.contains(kept_back), "{kept_back} in {text}");
    }
    let off = ExportRules::default();
    assert!(
        ResumeContent::of(&profile, &off, "2026-11-27").is_none(),
        "off at first"
    );
    let dropped = Profile {
        url: String::new(),
        ..profile
    };
    assert!(
        ResumeContent::of(&dropped, &rules, "2026-11-27").is_none(),
        "a file is the better resume"
    );
}

#[tokio::test]
async fn where_no_resume_can_be_made_the_plan_says_so_and_the_person_is_added_without() {
    let (lever, _machine, service, scribe) = with_resumes().await;
    scribe.is_able.set(false);
    let profile = people::newcomer(1);
    let planned = plan(&service, &profile, &ExportChoices::default()).await;
    assert!(planned.warnings.contains(&PlanWarning::ResumeNotMade));
    assert!(shown(&planned, "resume").is_empty());
    assert!(
        planned
            .requests
            .iter()
            .all(|request| request.step != StepKind::UploadFile)
    );
    let outcome = export_as(&service, &profile, &ExportChoices::default(), &planned.fingerprint)
        .await
        .unwrap();
    assert_eq!(outcome.state, ExportState::Confirmed);
    assert!(lever.files(&opportunity(&outcome)).await.is_empty());
}

#[tokio::test]
async fn a_resume_that_became_possible_meanwhile_is_shown_before_it_is_sent() {
    let (lever, _machine, service, scribe) = with_resumes().await;
    scribe.is_able.set(false);
    let profile = people::newcomer(1);
    let planned = plan(&service, &profile, &ExportChoices::default()).await;
    scribe.is_able.set(true);
    let refused = export_as(&service, &profile, &ExportChoices::default(), &planned.fingerprint).await;
    assert_eq!(refused.unwrap_err().code, FailureCode::PlanChanged);
    assert!(lever.log().is_empty());
}

#[tokio::test]
async fn the_content_of_a_planned_file_can_be_looked_at() {
    let (_lever, _machine, service, _) = with_resumes().await;
    let planned = plan(&service, &people::newcomer(1), &ExportChoices::default()).await;
    let upload = planned
        .requests
        .iter()
        .find(|request| request.step == StepKind::UploadFile);
    let file = KeptFile::of_body(&upload.unwrap().body).unwrap();
    match service.dispatch(Command::ReadFile { file: file.clone() }).await {
        Reply::File { content } => {
            assert_eq!(content.name, file.name);
            let bytes = STANDARD.decode(content.content).unwrap();
            assert_eq!(bytes.len(), file.size as usize);
            assert!(serde_json::from_slice::<ResumeContent>(&bytes[PDF.len()..]).is_ok());
        }
        other => panic!("{other:?}"),
    }
    // Who is in Lever already and only joins a job gets no second one.
    let preview = service
        .dispatch(Command::LookUp {
            profile: people::newcomer(1),
        })
        .await;
    assert!(matches!(preview, Reply::Answer { .. }));
    let rules = service.export_rules().unwrap();
    match service.dispatch(Command::PreviewExportRules { rules }).await {
        Reply::ExportPreview { fields } => {
            assert!(fields.unwrap().iter().any(|field| field.field == "resume"));
        }
        other => panic!("{other:?}"),
    }
}
