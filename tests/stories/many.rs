//! Many people in one go (requirements 2.6, 2.8, 2.18, 2.20): from a project, planned line by line, sent in the background; paused,
//! stopped, killed, without a connection; and each of them in Lever exactly once.

use std::collections::{BTreeMap, BTreeSet};

use fulcrum::command::{Command, FailureCode, Reply};
use fulcrum::export::many::{
    BatchControl, BatchLine, BatchState, BatchSummary, ChosenLine, LineCounts, LineState, ManyChoices, PlannedLine,
};
use fulcrum::export::plan::{ExportChoices, IfKnown, NothingReason, PlannedAction};
use fulcrum::export::projects::{ProjectNumber, ProjectSummary};
use fulcrum::export::records::Records;
use fulcrum::export::rules::{ExportRules, TagRule};
use fulcrum::host::Clock;
use fulcrum::lever::endpoint;
use fulcrum::matching::verdict::VerdictWord;
use fulcrum::profile::{CurrentPosition, Profile, ProfileKind};
use fulcrum::service::Service;
use fulcrum::text::Millis;

use crate::fixture::chance::{Chance, size};
use crate::fixture::machine::{export, look_up, on_job};
use crate::fixture::{Fate, Lever, Machine, people};

async fn projects(service: &Service, command: Command) -> Vec<ProjectSummary> {
    match service.dispatch(command).await {
        Reply::Projects { projects } => projects,
        other => panic!("{other:?}"),
    }
}

/// A project of these people.
async fn project_of(service: &Service, name: &str, profiles: &[Profile]) -> ProjectNumber {
    let named = Command::NameProject {
        project: None,
        name: name.to_owned(),
    };
    let project = projects(service, named).await[0].project;
    let add = Command::AddToProject {
        project,
        profiles: profiles.to_vec(),
    };
    projects(service, add).await;
    project
}

fn keys(profiles: &[Profile]) -> Vec<String> {
    profiles.iter().map(|profile| profile.key.clone()).collect()
}

fn at_once(each: ExportChoices) -> ManyChoices {
    ManyChoices {
        each: ExportChoices {
            undo_ms: Some(0),
            ..each
        },
        include_exported: false,
    }
}

async fn planned(
    service: &Service,
    project: ProjectNumber,
    keys: Vec<String>,
    choices: &ManyChoices,
) -> (Vec<PlannedLine>, Millis) {
    let command = Command::PlanMany {
        project,
        keys,
        choices: choices.clone(),
        at: None,
    };
    match service.dispatch(command).await {
        Reply::PlannedMany { lines, at } => (lines, at),
        other => panic!("{other:?}"),
    }
}

async fn batches(service: &Service, command: Command) -> Vec<BatchSummary> {
    match service.dispatch(command).await {
        Reply::Batches { batches } => batches,
        other => panic!("{other:?}"),
    }
}

fn chosen(lines: &[PlannedLine]) -> Vec<ChosenLine> {
    let line = |line: &PlannedLine| ChosenLine {
        key: line.key.clone(),
        fingerprint: line.fingerprint.clone(),
    };
    lines.iter().map(line).collect()
}

/// One click: the plan as it is now, for everybody on the project.
async fn begin(service: &Service, project: ProjectNumber, people: &[Profile], choices: &ManyChoices) -> BatchSummary {
    let (lines, at) = planned(service, project, keys(people), choices).await;
    let command = Command::ExportMany {
        project,
        lines: chosen(&lines),
        choices: choices.clone(),
        at,
    };
    batches(service, command).await.remove(0)
}

async fn latest(service: &Service) -> BatchSummary {
    batches(service, Command::Batches).await.remove(0)
}

async fn control(service: &Service, batch: &BatchSummary, control: BatchControl) -> BatchSummary {
    let batch = batch.batch;
    batches(service, Command::ControlBatch { batch, control })
        .await
        .remove(0)
}

async fn lines(service: &Service, batch: &BatchSummary) -> Vec<BatchLine> {
    let mut all = Vec::new();
    loop {
        let command = Command::BatchLines {
            batch: batch.batch,
            after: u32::try_from(all.len()).unwrap(),
            limit: 500,
        };
        match service.dispatch(command).await {
            Reply::BatchLines { lines } if lines.is_empty() => return all,
            Reply::BatchLines { lines } => all.extend(lines),
            other => panic!("{other:?}"),
        }
    }
}

/// Sends until nothing is left to do, as the background does.
async fn send(service: &Service, machine: &Machine) {
    for _ in 0..200 {
        match service.send_batches().await.unwrap() {
            Some(wait) => machine.edge.pass(i64::from(wait)),
            None => return,
        }
    }
    panic!("the batch never comes to an end");
}

#[tokio::test]
async fn a_project_goes_into_lever_in_one_go_and_the_summary_says_what_became_of_each() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let before = people::newcomer(1);
    export(&service, &before, &ExportChoices::default()).await.unwrap();
    // The same person as the third, on another page of hers.
    let third = people::newcomer(3);
    let again = Profile {
        emails: third.emails.clone(),
        ..people::linkedin("zorana-of-the-third-demo", third.name.as_deref().unwrap())
    };
    let nameless = people::page("web:example.org", "https://example.org/", "");
    let nameless = Profile {
        name: None,
        url: String::new(),
        ..nameless
    };
    let everybody = [before, people::newcomer(2), third, again, people::ines(), nameless];
    let project = project_of(&service, "Platform, spring", &everybody).await;
    let choices = at_once(on_job(&lever, "Data Platform Lead", ExportChoices::default()).await);
    let (shown, _) = planned(&service, project, keys(&everybody), &choices).await;
    let sends = |line: &PlannedLine| !matches!(line.action, PlannedAction::Nothing { .. });
    assert_eq!(
        shown.iter().map(sends).collect::<Vec<_>>(),
        [false, true, true, true, false, false]
    );
    assert!(shown[1].fields.iter().any(|field| field.field == "postings"));
    let creates = lever.creates().len();
    let begun = begin(&service, project, &everybody, &choices).await;
    assert_eq!(begun.state, BatchState::Running);
    assert_eq!(
        lever.creates().len(),
        creates,
        "nothing is sent before the background does"
    );
    send(&service, &machine).await;

    let finished = latest(&service).await;
    assert_eq!(finished.state, BatchState::Finished);
    assert_eq!(finished.name, "Platform, spring");
    assert_eq!(
        finished.counts,
        LineCounts {
            exported: 2,
            already_there: 3,
            skipped: 1,
            ..LineCounts::default()
        }
    );
    let lines = lines(&service, &finished).await;
    let reasons: Vec<_> = lines.iter().map(|line| line.reason).collect();
    assert_eq!(
        reasons,
        [
            Some(NothingReason::ExportedBefore),
            None,
            None,
            Some(NothingReason::AlreadyInLever),
            Some(NothingReason::AlreadyInLever),
            Some(NothingReason::NothingToSend),
        ]
    );
    assert!(lines[1].url.as_deref().unwrap().starts_with("https://"));
    assert_eq!(lines[1].name, everybody[1].name);
    assert_eq!(lever.creates().len(), creates + 2);
}

#[tokio::test]
async fn who_was_exported_before_is_left_alone_unless_they_are_included() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let everybody = [people::newcomer(1), people::newcomer(2)];
    let project = project_of(&service, "Platform", &everybody).await;
    let as_prospects = at_once(ExportChoices::default());
    begin(&service, project, &everybody, &as_prospects).await;
    send(&service, &machine).await;
    assert_eq!(lever.creates().len(), 2);

    let onto_job = ManyChoices {
        each: ExportChoices {
            if_known: IfKnown::Join,
            ..on_job(&lever, "Platform Engineer", as_prospects.each.clone()).await
        },
        ..as_prospects
    };
    begin(&service, project, &everybody, &onto_job).await;
    send(&service, &machine).await;
    assert_eq!(latest(&service).await.counts.already_there, 2);
    assert_eq!(lever.log().len(), 2, "without the tick nobody is touched");

    let included = ManyChoices {
        include_exported: true,
        ..onto_job
    };
    begin(&service, project, &everybody, &included).await;
    send(&service, &machine).await;
    assert_eq!(latest(&service).await.counts.joined, 2);
    assert_eq!(
        lever.creates().len(),
        2,
        "the leads went on the job; nobody is there twice"
    );
    // And once more: they are on the job.
    begin(&service, project, &everybody, &included).await;
    send(&service, &machine).await;
    let again = lines(&service, &latest(&service).await).await;
    assert!(
        again
            .iter()
            .all(|line| line.reason == Some(NothingReason::AlreadyOnThisJob))
    );
}

#[tokio::test]
async fn what_is_sent_of_many_is_what_was_shown_and_who_has_changed_since_is_not_sent() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let everybody = [people::newcomer(1), people::newcomer(2)];
    let project = project_of(&service, "Platform", &everybody).await;
    let choices = at_once(ExportChoices {
        note: Some("From the spring list".to_owned()),
        ..ExportChoices::default()
    });
    let (shown, at) = planned(&service, project, keys(&everybody), &choices).await;
    let mut chosen = chosen(&shown);
    chosen[1].fingerprint = "of another plan".to_owned();
    let command = Command::ExportMany {
        project,
        lines: chosen,
        choices,
        at,
    };
    batches(&service, command).await;
    send(&service, &machine).await;
    let finished = latest(&service).await;
    let lines = lines(&service, &finished).await;
    assert_eq!(lines[0].state, LineState::Exported);
    assert_eq!(lines[1].state, LineState::Failed);
    assert_eq!(lines[1].failure.as_ref().unwrap().code, FailureCode::PlanChanged);
    assert_eq!(lever.creates().len(), 1);
    assert_eq!(lever.notes().len(), 1);
    let export = service.records().export(lines[0].export.unwrap()).unwrap().unwrap();
    assert_eq!(
        export.plan.fingerprint, shown[0].fingerprint,
        "byte for byte what was shown"
    );
}

#[tokio::test]
async fn a_batch_can_be_taken_back_before_its_first_byte() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let everybody: Vec<Profile> = (0..4).map(people::newcomer).collect();
    let project = project_of(&service, "Platform", &everybody).await;
    let by_the_rules = ManyChoices::default();
    let begun = begin(&service, project, &everybody, &by_the_rules).await;
    assert_eq!(begun.starts_at.since(machine.edge.now()), 5_000);
    let wait = service.send_batches().await.unwrap().unwrap();
    assert!((4_000..=5_000).contains(&wait), "{wait}");
    let stopped = control(&service, &begun, BatchControl::Stop).await;
    assert_eq!(stopped.state, BatchState::Finished);
    assert_eq!(stopped.counts.skipped, 4);
    machine.edge.pass(60_000);
    send(&service, &machine).await;
    assert!(lever.log().is_empty());
}

#[tokio::test]
async fn a_paused_batch_stands_still_and_goes_on_where_it_was_after_any_number_of_restarts() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let everybody: Vec<Profile> = (0..6).map(people::newcomer).collect();
    let project = project_of(&service, "Platform", &everybody).await;
    let begun = begin(&service, project, &everybody, &at_once(ExportChoices::default())).await;
    let paused = control(&service, &begun, BatchControl::Pause).await;
    assert_eq!(paused.state, BatchState::Paused);
    drop(service);
    let service = machine.open().await;
    send(&service, &machine).await;
    assert!(lever.log().is_empty());
    control(&service, &begun, BatchControl::Resume).await;
    send(&service, &machine).await;
    assert_eq!(latest(&service).await.counts.exported, 6);
    // Going on with what has ended begins nothing anew.
    control(&service, &begun, BatchControl::Resume).await;
    control(&service, &begun, BatchControl::RetryFailed).await;
    send(&service, &machine).await;
    assert_eq!(lever.creates().len(), 6);
    assert_eq!(latest(&service).await.state, BatchState::Finished);
}

#[tokio::test]
async fn without_a_connection_a_batch_waits_and_goes_on_by_itself() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let everybody: Vec<Profile> = (0..4).map(people::newcomer).collect();
    let project = project_of(&service, "Platform", &everybody).await;
    begin(&service, project, &everybody, &at_once(ExportChoices::default())).await;
    machine.edge.rule(u32::MAX, Fate::Unreachable, |_| true);
    for _ in 0..10 {
        let wait = service.send_batches().await.unwrap();
        machine.edge.pass(i64::from(wait.expect("it tries again by itself")));
    }
    let waiting = latest(&service).await;
    assert_eq!(waiting.state, BatchState::Running);
    assert_eq!(waiting.trouble.unwrap().code, FailureCode::Network);
    assert_eq!(waiting.counts.waiting, 4, "nobody is lost, and nobody has failed");
    machine.edge.heal();
    send(&service, &machine).await;
    let finished = latest(&service).await;
    assert_eq!(finished.counts.exported, 4);
    assert_eq!(finished.trouble, None);
    assert_eq!(lever.creates().len(), 4);
}

#[tokio::test]
async fn a_key_that_may_not_pauses_the_batch_with_the_reason_and_nobody_fails_for_it() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let everybody: Vec<Profile> = (0..8).map(people::newcomer).collect();
    let project = project_of(&service, "Platform", &everybody).await;
    begin(&service, project, &everybody, &at_once(ExportChoices::default())).await;
    lever.forbid(&[endpoint::CREATE_OPPORTUNITY]).await;
    send(&service, &machine).await;
    let paused = latest(&service).await;
    assert_eq!(paused.state, BatchState::Paused);
    assert_eq!(paused.trouble.as_ref().unwrap().code, FailureCode::PermissionMissing);
    assert_eq!(paused.counts.waiting, 8);
    lever.forbid(&[]).await;
    control(&service, &paused, BatchControl::Resume).await;
    send(&service, &machine).await;
    assert_eq!(latest(&service).await.counts.exported, 8);
    assert_eq!(lever.creates().len(), 8);
}

#[tokio::test]
async fn somebody_lever_refuses_fails_alone_and_can_be_tried_again() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let everybody: Vec<Profile> = (0..3).map(people::newcomer).collect();
    let project = project_of(&service, "Platform", &everybody).await;
    let name = fulcrum::export::mapping::name(&everybody[1]);
    machine.edge.rule(u32::MAX, Fate::Refuses(400), move |sent| {
        sent.body.as_deref().is_some_and(|body| body.contains(&name))
    });
    let begun = begin(&service, project, &everybody, &at_once(ExportChoices::default())).await;
    send(&service, &machine).await;
    let finished = latest(&service).await;
    assert_eq!((finished.counts.exported, finished.counts.failed), (2, 1));
    assert_eq!(
        lines(&service, &finished).await[1].failure.as_ref().unwrap().code,
        FailureCode::RefusedByRule
    );
    machine.edge.heal();
    control(&service, &begun, BatchControl::RetryFailed).await;
    send(&service, &machine).await;
    assert_eq!(latest(&service).await.counts.exported, 3);
    assert_eq!(lever.creates().len(), 3);
}

#[tokio::test]
async fn a_second_click_begins_no_second_batch() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let everybody = [people::newcomer(1)];
    let project = project_of(&service, "Platform", &everybody).await;
    let choices = at_once(ExportChoices::default());
    begin(&service, project, &everybody, &choices).await;
    let (shown, at) = planned(&service, project, keys(&everybody), &choices).await;
    let again = Command::ExportMany {
        project,
        lines: chosen(&shown),
        choices,
        at,
    };
    match service.dispatch(again).await {
        Reply::Failed { failure } => assert_eq!(failure.code, FailureCode::AlreadyExporting),
        other => panic!("{other:?}"),
    }
    send(&service, &machine).await;
    assert_eq!(lever.creates().len(), 1);
}

#[tokio::test]
async fn projects_are_named_filled_and_thrown_away() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let row = Profile {
        kind: ProfileKind::Card,
        ..people::linkedin("ines-kowalczyk-demo", "Ines K.")
    };
    let project = project_of(&service, "  Platform \n spring ", &[row, people::newcomer(1)]).await;
    let all = projects(&service, Command::Projects).await;
    assert_eq!((all[0].name.as_str(), all[0].people), ("Platform spring", 2));
    // However it is written, it is the same project.
    assert_eq!(
        project_of(&service, "PLATFORM SPRING", &[people::newcomer(1)]).await,
        project
    );
    assert_eq!(projects(&service, Command::Projects).await[0].people, 2);
    for name in ["", "   ", &"long ".repeat(40)] {
        let name = name.to_owned();
        match service.dispatch(Command::NameProject { project: None, name }).await {
            Reply::Failed { failure } => assert_eq!(failure.code, FailureCode::BadName),
            other => panic!("{other:?}"),
        }
    }

    // A page that is looked at says more than the row of a list did.
    look_up(&service, &people::ines()).await;
    let command = Command::ProjectPeople {
        project,
        after: 0,
        limit: 10,
    };
    let Reply::ProjectPeople { people } = service.dispatch(command).await else {
        panic!("no people");
    };
    assert_eq!(people[0].name.as_deref(), Some("Ines Kowalczyk"));
    assert_eq!(people[0].verdict, VerdictWord::Same);
    assert_eq!(people[0].person.as_ref().unwrap().name, "Ines Kowalczyk");
    assert_eq!(people[1].verdict, VerdictWord::None);

    let remove = Command::RemoveFromProject {
        project,
        keys: vec![people[0].key.clone()],
    };
    assert_eq!(projects(&service, remove).await[0].people, 1);
    assert!(projects(&service, Command::DeleteProject { project }).await.is_empty());
    let add = Command::AddToProject {
        project,
        profiles: vec![crate::fixture::people::ines()],
    };
    match service.dispatch(add).await {
        Reply::Failed { failure } => assert_eq!(failure.code, FailureCode::NotFound),
        other => panic!("{other:?}"),
    }
}

/// Requirements 2.6: whoever looks at somebody sees which lists they are on already.
#[tokio::test]
async fn a_page_is_told_which_projects_its_person_is_on() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let [ines, other] = [people::ines(), people::newcomer(1)];
    let spring = project_of(&service, "Platform, spring", &[ines.clone(), other.clone()]).await;
    let autumn = project_of(&service, "Platform, autumn", std::slice::from_ref(&ines)).await;
    project_of(&service, "Nobody's", &[]).await;
    // The one that was used last is the one to go on with.
    let first = async || projects(&service, Command::Projects).await[0].project;
    machine.edge.pass(1_000);
    let add = Command::AddToProject {
        project: autumn,
        profiles: vec![people::newcomer(3)],
    };
    projects(&service, add).await;
    assert_eq!(first().await, autumn);
    let of = async |profile: &Profile| -> Vec<ProjectNumber> {
        let key = profile.key.clone();
        let on = projects(&service, Command::ProjectsOf { key }).await;
        on.iter().map(|one| one.project).collect()
    };
    assert_eq!(of(&ines).await, [autumn, spring]);
    assert_eq!(of(&other).await, [spring]);
    assert_eq!(of(&people::newcomer(2)).await, []);
    let remove = Command::RemoveFromProject {
        project: spring,
        keys: keys(std::slice::from_ref(&ines)),
    };
    projects(&service, remove).await;
    assert_eq!(of(&ines).await, [autumn]);
    assert_eq!(of(&other).await, [spring]);
}

/// A table knows emails that the page does not show; the page knows all the rest better, whichever came first.
#[test]
fn a_table_and_a_page_of_one_person_lose_nothing_of_each_other() {
    let page = people::newcomer(1);
    let table = Profile {
        proof: Some("csv".to_owned()),
        headline: Some("As the table has it".to_owned()),
        emails: vec!["known.to.the.table@example.org".to_owned()],
        history: Vec::new(),
        ..page.clone()
    };
    for order in [[&table, &page, &page], [&page, &table, &page], [&page, &page, &table]] {
        let records = Records::open(rusqlite::Connection::open_in_memory().unwrap()).unwrap();
        let project = records.name_project(None, "Platform", Millis(1)).unwrap().unwrap();
        for one in order {
            let added = records.add_to_project(project, std::slice::from_ref(one), Millis(2));
            added.unwrap().unwrap();
        }
        let kept = records.project_person(project, &page.key).unwrap().unwrap();
        assert_eq!(kept.headline, page.headline);
        assert_eq!(kept.history.len(), page.history.len());
        let emails: BTreeSet<&String> = kept.emails.iter().collect();
        assert_eq!(emails, page.emails.iter().chain(&table.emails).collect());
        assert_eq!(kept.emails.len(), emails.len());
    }
}

/// What the importer makes of a CSV: a key of the row, no page, and at times nothing but a name and an employer.
#[tokio::test]
async fn people_from_a_table_go_into_lever_without_anything_that_is_no_fact() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let rules = ExportRules {
        history_note: true,
        ..ExportRules::default()
    };
    service.dispatch(Command::SetExportRules { rules }).await;
    let row = |key: &str, name: &str, emails: &[&str]| Profile {
        site: "csv".to_owned(),
        key: key.to_owned(),
        proof: Some("csv".to_owned()),
        name: Some(name.to_owned()),
        emails: emails.iter().map(|&email| email.to_owned()).collect(),
        current: vec![CurrentPosition {
            company: Some("Fjordworks".to_owned()),
            ..CurrentPosition::default()
        }],
        ..Profile::default()
    };
    let people = [
        row("csv:4f9d2c71a0b35e8800e1b2c3", "Marit Solheim", &[]),
        row("email:j.feld@gmail.com", "Jonas Feld", &["j.feld@gmail.com"]),
        // In Lever already: the table's email says so.
        row("email:ines.k@example.org", "Ines Kowalczyk", &["ines.k@example.org"]),
    ];
    let project = project_of(&service, "From a table", &people).await;
    begin(&service, project, &people, &at_once(ExportChoices::default())).await;
    send(&service, &machine).await;
    let creates = lever.creates();
    assert_eq!(creates.len(), 2, "{creates:?}");
    for create in &creates {
        assert!(
            !create["body"].as_object().unwrap().contains_key("sources"),
            "{create:?}"
        );
    }
    let sent = serde_json::to_string(&lever.log()).unwrap();
    assert!(!sent.contains("csv:") && !sent.contains("From  on"), "{sent}");
    assert!(sent.contains("As of "), "{sent}");
}

/// Requirements 2.6: the rows of a list page, with where those who are in Lever stand.
#[tokio::test]
async fn the_rows_of_a_list_are_told_with_the_person_they_are_taken_for() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let row = |profile: Profile| Profile {
        kind: ProfileKind::Card,
        ..profile
    };
    let profiles = vec![row(people::newcomer(1)), row(people::ines())];
    let Reply::Verdicts { verdicts, people } = service.dispatch(Command::LookUpList { profiles }).await else {
        panic!("no verdicts");
    };
    let words: Vec<VerdictWord> = verdicts.iter().map(|verdict| verdict.verdict).collect();
    assert_eq!(words, [VerdictWord::None, VerdictWord::Same]);
    assert!(people[0].is_none());
    let ines = people[1].as_ref().unwrap();
    assert_eq!((ines.name.as_str(), ines.opportunities.len()), ("Ines Kowalczyk", 2));
}

/// Requirements 2.12: a tag with the project's name.
#[tokio::test]
async fn a_tag_can_say_which_project_somebody_came_from() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let rules = ExportRules {
        tags: vec![TagRule {
            tag: fulcrum::export::pattern::Pattern("{project}".to_owned()),
            on: true,
        }],
        ..ExportRules::default()
    };
    service.dispatch(Command::SetExportRules { rules }).await;
    let everybody = [people::newcomer(1), people::newcomer(2)];
    let project = project_of(&service, "Platform, spring", &everybody).await;
    begin(&service, project, &everybody[..1], &at_once(ExportChoices::default())).await;
    send(&service, &machine).await;
    export(&service, &everybody[1], &ExportChoices::default())
        .await
        .unwrap();
    export(&service, &people::newcomer(3), &ExportChoices::default())
        .await
        .unwrap();
    let tags: Vec<_> = lever
        .creates()
        .iter()
        .map(|create| create["body"]["tags"].to_string())
        .collect();
    assert_eq!(tags[..2], [r#"["Platform, spring"]"#, r#"["Platform, spring"]"#]);
    assert!(!tags[2].contains("Platform"), "{}", tags[2]);
}

/// Whatever dies between the journal's word and the list's leaves nobody "being looked up" for ever.
#[tokio::test]
async fn a_process_killed_while_an_outcome_is_found_leaves_no_line_behind() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    drop(machine.synced(&lever).await);
    for moment in 1.. {
        let service = machine.open().await;
        let somebody = [people::one_of_a_crowd(moment)];
        let project = project_of(&service, &format!("Moment {moment}"), &somebody).await;
        machine.edge.rule(1, Fate::BreaksAfter, |sent| {
            sent.url.contains("/opportunities?perform_as")
        });
        machine.edge.rule(u32::MAX, Fate::Unreachable, |sent| {
            sent.url.contains("created_at_start")
        });
        let choices = with_note(ExportChoices::default());
        let begun = begin(&service, project, &somebody, &choices).await;
        send(&service, &machine).await;
        assert_eq!(
            lines(&service, &begun).await[0].state,
            LineState::Unknown,
            "moment {moment}"
        );

        machine.edge.heal();
        machine.edge.die_at_moment(moment);
        let has_lived = machine.edge.until_death(service.settle_exports()).await.is_some();
        drop(service);
        let service = machine.open().await;
        service.settle_exports().await.unwrap();
        let line = lines(&service, &begun).await.remove(0);
        assert_eq!(
            (line.state, line.failure),
            (LineState::Exported, None),
            "moment {moment}"
        );
        if has_lived {
            assert!(moment > 6, "only {moment} moments");
            return;
        }
    }
}

fn with_note(each: ExportChoices) -> ManyChoices {
    at_once(ExportChoices {
        note: Some("From the spring list".to_owned()),
        ..each
    })
}

/// Every person is in Lever exactly once with their note, Lever's own log and the journal agree, and nobody else was touched.
fn assert_each_once(lever: &Lever, services: &[&Service], everybody: &[Profile]) {
    let mut made: BTreeMap<String, u32> = BTreeMap::new();
    for create in lever.creates() {
        *made
            .entry(create["body"]["name"].as_str().unwrap().to_owned())
            .or_default() += 1;
    }
    let wanted: BTreeSet<String> = everybody.iter().map(fulcrum::export::mapping::name).collect();
    assert_eq!(made.keys().cloned().collect::<BTreeSet<_>>(), wanted);
    assert!(made.values().all(|count| *count == 1), "{made:?}");
    let ids = |entries: Vec<serde_json::Value>| -> Vec<String> {
        let id = |entry: &serde_json::Value| entry["opportunity"].as_str().unwrap().to_owned();
        entries.iter().map(id).collect()
    };
    let opportunities = ids(lever.creates());
    assert_same(ids(lever.notes()), &opportunities, "each with its note, once");
    let mut journal: Vec<String> = Vec::new();
    for service in services {
        for step in service.records().steps().unwrap() {
            if step.step == fulcrum::export::plan::StepKind::CreateOpportunity && step.state.is_done() {
                journal.push(step.opportunity.unwrap().0);
            }
        }
    }
    assert_same(journal, &opportunities, "the journal says what Lever says");
}

/// The same, each as often, in whatever order; what differs is told, not the thousand that do not.
fn assert_same(mut these: Vec<String>, those: &[String], what: &str) {
    let mut missing = those.to_vec();
    these.retain(|one| match missing.iter().position(|other| other == one) {
        Some(at) => {
            missing.swap_remove(at);
            false
        }
        None => true,
    });
    assert!(
        these.is_empty() && missing.is_empty(),
        "{what}: too many {these:?}, missing {missing:?}"
    );
}

/// What goes wrong at Lever and on the way to it.
const FAULTS: &str =
    "lost-reply:0.05,cut-before:0.05,500:0.05,502:0.02,503:0.02,429:0.05,truncated:0.03,cut-during:0.03,cut-after:0.02";

/// A process works on its batch until it is done or dies; then the next one does.
async fn work_through(lever: &Lever, machine: &Machine, mut service: Service, chance: &mut Chance) -> Service {
    for _ in 0..5_000 {
        machine.edge.die_at_moment(20 + chance.below(600));
        let work = async {
            if let Some(wait) = service.send_batches().await.unwrap() {
                machine.edge.pass(i64::from(wait));
            }
            service.settle_exports().await.unwrap();
            let batch = latest(&service).await;
            if batch.state == BatchState::Finished && batch.counts.failed > 0 {
                // The recruiter has waited long enough, and says so.
                control(&service, &batch, BatchControl::RetryFailed).await;
                return false;
            }
            let mut is_whole = batch.state == BatchState::Finished && batch.counts.unknown == 0;
            if is_whole {
                for line in lines(&service, &batch)
                    .await
                    .iter()
                    .filter(|line| line.failure.is_some())
                {
                    // In Lever, but for a part: that is tried again from the journal.
                    is_whole = false;
                    service
                        .dispatch(Command::TryAgain {
                            export: line.export.unwrap(),
                        })
                        .await;
                }
            }
            is_whole
        };
        match machine.edge.until_death(work).await {
            Some(true) => {
                machine.edge.live();
                return service;
            }
            Some(false) => {}
            None => {
                drop(service);
                service = machine.open().await;
            }
        }
    }
    panic!(
        "never settled: {:?}, {}",
        latest(&service).await.counts,
        lever.stats()["faults"]
    );
}

/// So many people from each of so many browsers of one account at once, while everything goes wrong that can and processes die at
/// random moments.
async fn chaos(seed: u64, number: u32, browsers: u64) {
    let lever = Lever::start(sandbox::Config {
        seed,
        ..crate::fixture::account(12)
    })
    .await;
    let mut everybody: Vec<Profile> = Vec::new();
    let mut machines: Vec<(Machine, Service)> = Vec::new();
    for browser in 0..browsers {
        let machine = match machines.first() {
            Some((first, _)) => Machine::in_the_room_of(first, &lever),
            None => Machine::beside(&lever),
        };
        let service = machine.synced(&lever).await;
        let people: Vec<Profile> = (0..u64::from(number))
            .map(|one| people::one_of_a_crowd(one * browsers + browser))
            .collect();
        let project = project_of(&service, "Everybody", &people).await;
        let mut shown = Vec::new();
        let choices = with_note(ExportChoices::default());
        let mut at = Millis(0);
        for some in people.chunks(500) {
            let (lines, planned_at) = planned(&service, project, keys(some), &choices).await;
            shown.extend(chosen(&lines));
            at = planned_at;
        }
        let command = Command::ExportMany {
            project,
            lines: shown,
            choices,
            at,
        };
        batches(&service, command).await;
        everybody.extend(people);
        machines.push((machine, service));
    }
    lever.faults(FAULTS).await;
    let work = machines.into_iter().enumerate().map(|(browser, (machine, service))| {
        let lever = &lever;
        async move {
            let mut chance = Chance::new(seed + browser as u64);
            let service = work_through(lever, &machine, service, &mut chance).await;
            (machine, service)
        }
    });
    let done = futures::future::join_all(work).await;
    lever.faults("").await;
    for (_, service) in &done {
        let batch = latest(service).await;
        let counts = batch.counts;
        assert_eq!(counts.exported + counts.joined, number, "{counts:?}");
    }
    let services: Vec<&Service> = done.iter().map(|(_, service)| service).collect();
    assert_each_once(&lever, &services, &everybody);
    let faults = lever.stats()["faults"].clone();
    for kind in ["lost-reply", "cut-before", "500", "429", "truncated", "cut-during"] {
        assert!(
            faults[kind].as_u64().unwrap_or_default() > 0,
            "no {kind} befell seed {seed}"
        );
    }
}

/// `FULCRUM_PEOPLE=1000` is the size of the requirement; every build has a smaller one.
#[tokio::test]
async fn whatever_goes_wrong_many_are_in_lever_exactly_once_with_all_their_parts() {
    chaos(5, size("FULCRUM_PEOPLE", 120), 1).await;
}

#[tokio::test]
async fn two_browsers_of_one_account_at_once_take_nothing_of_each_other_for_their_own() {
    chaos(23, size("FULCRUM_PEOPLE", 120) / 2, 2).await;
}
