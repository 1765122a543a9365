//! Which jobs can be chosen by whoever exports, and why not the others (requirements 2.5, §8). The organisation's key sees them all.

use fulcrum::command::{Command, PostingBar, PostingSummary, Reply};
use fulcrum::export::plan::{ExportChoices, NothingReason, PlanWarning, PlannedAction};
use fulcrum::service::Service;
use fulcrum::text::UserId;
use serde_json::json;

use crate::fixture::machine::{export, on_job, plan};
use crate::fixture::{Lever, Machine, people};

async fn sign_in_as(service: &Service, lever: &Lever, name: &str) {
    let user = UserId(lever.user(name).await);
    let reply = service.dispatch(Command::ChooseUser { user }).await;
    assert!(matches!(reply, Reply::Status { .. }));
}

async fn jobs(service: &Service, text: &str) -> Vec<PostingSummary> {
    let text = text.to_owned();
    match service.dispatch(Command::Postings { text, limit: 200 }).await {
        Reply::Postings { postings } => postings,
        other => panic!("{other:?}"),
    }
}

/// Why a job cannot be chosen; it has to be found.
async fn bar(service: &Service, title: &str) -> Option<PostingBar> {
    let found = jobs(service, title).await;
    found.into_iter().find(|job| job.title == title).unwrap().unavailable
}

fn reason(action: &PlannedAction) -> Option<NothingReason> {
    match action {
        PlannedAction::Nothing { reason, .. } => Some(*reason),
        _ => None,
    }
}

#[tokio::test]
async fn every_job_is_found_by_typing_with_the_reason_where_it_cannot_be_chosen() {
    let lever = Lever::of(12).await;
    let service = Machine::beside(&lever).synced(&lever).await;
    let offered = jobs(&service, "").await;
    assert!(
        offered
            .iter()
            .all(|job| job.state == "published" && job.unavailable.is_none())
    );
    assert!(
        offered.iter().any(|job| job.title == "People Partner"),
        "on the internal channel only"
    );

    assert_eq!(bar(&service, "Office Manager").await, Some(PostingBar::Closed));
    assert_eq!(bar(&service, "Recruiting Coordinator").await, Some(PostingBar::Draft));
    assert_eq!(
        bar(&service, "Site Reliability Engineer").await,
        None,
        "unlisted, and open all the same"
    );
    let found = jobs(&service, "engineer").await;
    assert!(
        found.is_sorted_by_key(|job| job.unavailable.is_some()),
        "what can be chosen comes first"
    );
    for state in ["pending", "rejected"] {
        let title = lever
            .rows("/postings")
            .await
            .into_iter()
            .find(|row| row["state"] == state)
            .unwrap();
        let found = jobs(&service, title["text"].as_str().unwrap()).await;
        let barred = found.into_iter().find(|job| job.state == state).unwrap().unavailable;
        assert!(matches!(barred, Some(PostingBar::Pending | PostingBar::Rejected)));
    }
}

#[tokio::test]
async fn an_old_dialog_does_not_go_round_it() {
    let lever = Lever::of(12).await;
    let service = Machine::beside(&lever).synced(&lever).await;
    let profile = people::newcomer(1);
    for title in ["Office Manager", "Recruiting Coordinator"] {
        let choices = on_job(&lever, title, ExportChoices::default()).await;
        let planned = plan(&service, &profile, &choices).await;
        assert_eq!(reason(&planned.action), Some(NothingReason::JobNotOpen), "{title}");
        assert!(planned.requests.is_empty());
        export(&service, &profile, &choices).await.unwrap();
    }
    assert!(lever.log().is_empty());
    let choices = on_job(&lever, "Site Reliability Engineer", ExportChoices::default()).await;
    let planned = plan(&service, &profile, &choices).await;
    assert_eq!(planned.action, PlannedAction::NewPerson);
    assert!(planned.warnings.contains(&PlanWarning::JobNotPublished));
}

#[tokio::test]
async fn who_sees_only_their_own_jobs_in_lever_can_choose_only_those() {
    let lever = Lever::of(12).await;
    let service = Machine::beside(&lever).synced(&lever).await;
    let profile = people::newcomer(1);
    for (name, follows) in [("Sun-Hee Park", false), ("Tunde Balogun", false), ("Priya Raman", true)] {
        sign_in_as(&service, &lever, name).await;
        let choices = on_job(&lever, "Platform Engineer", ExportChoices::default()).await;
        let planned = plan(&service, &profile, &choices).await;
        if follows {
            assert_eq!(bar(&service, "Platform Engineer").await, None, "{name}");
            assert_eq!(planned.action, PlannedAction::NewPerson);
        } else {
            assert_eq!(
                bar(&service, "Platform Engineer").await,
                Some(PostingBar::NotFollowed),
                "{name}"
            );
            assert_eq!(reason(&planned.action), Some(NothingReason::JobNotVisible));
            assert!(jobs(&service, "").await.is_empty(), "none of the first jobs is theirs");
        }
    }
    assert!(lever.log().is_empty());
}

#[tokio::test]
async fn whoever_owns_a_job_can_choose_it_whatever_their_role() {
    let lever = Lever::of(12).await;
    let park = lever.user("Sun-Hee Park").await;
    let posting = lever.posting("Platform Engineer").await;
    lever
        .write(
            "POST",
            &format!("/postings/{posting}"),
            json!({ "owner": park, "state": "published" }),
        )
        .await;
    let service = Machine::beside(&lever).synced(&lever).await;
    sign_in_as(&service, &lever, "Sun-Hee Park").await;
    assert_eq!(bar(&service, "Platform Engineer").await, None);
    assert_eq!(bar(&service, "Backend Engineer").await, Some(PostingBar::NotFollowed));
}

/// Lever does not tell what a custom role may see: it is not guessed.
#[tokio::test]
async fn a_role_that_lever_does_not_explain_bars_nobody() {
    let lever = Lever::of(12).await;
    let park = lever.user("Sun-Hee Park").await;
    let role = json!({ "name": "Sun-Hee Park", "email": "sun-hee.park@example.org", "accessRole": "5b1f6d0e-2f0a-4a6b-9d0c-0f6b7a1c9e01" });
    lever.write("PUT", &format!("/users/{park}"), role).await;
    let service = Machine::beside(&lever).synced(&lever).await;
    sign_in_as(&service, &lever, "Sun-Hee Park").await;
    assert_eq!(bar(&service, "Platform Engineer").await, None);
}

#[tokio::test]
async fn a_confidential_job_is_told_to_its_team_and_to_super_admins_only() {
    let lever = Lever::of(12).await;
    let service = Machine::beside(&lever).synced(&lever).await;
    let is_told = async |name: &str| {
        sign_in_as(&service, &lever, name).await;
        let is_found = jobs(&service, "Chief of Staff")
            .await
            .iter()
            .any(|job| job.title == "Chief of Staff");
        let offered = match service.dispatch(Command::SearchOptions).await {
            Reply::SearchOptions { options } => options.postings,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            offered.iter().any(|job| job.title == "Chief of Staff"),
            is_found,
            "{name}"
        );
        is_found
    };
    assert!(is_told("Maya Okafor").await, "super admin");
    assert!(is_told("Priya Raman").await, "its hiring manager");
    assert!(!is_told("Jonas Lindqvist").await, "an admin who is not of its team");
    assert!(!is_told("Sun-Hee Park").await);

    let choices = confidential_job(&lever).await;
    let planned = plan(&service, &people::newcomer(1), &choices).await;
    assert_eq!(reason(&planned.action), Some(NothingReason::JobNotVisible));
}

/// The confidential job, by an id that was come by otherwise.
async fn confidential_job(lever: &Lever) -> ExportChoices {
    let rows = lever.rows("/postings?confidentiality=all").await;
    let row = rows.iter().find(|row| row["text"] == "Chief of Staff").unwrap();
    ExportChoices {
        destination: fulcrum::export::plan::Destination::Job {
            posting: row["id"].as_str().unwrap().into(),
        },
        ..ExportChoices::default()
    }
}
