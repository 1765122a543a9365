//! Files that are gone, damaged, or of another version: the mirror is a cache, the records are not (design §4.6).

use fulcrum::command::{Command, ConnectionState, Correction, FailureCode, Renewal, Reply};
use fulcrum::export::files::AttachedFile;
use fulcrum::export::plan::ExportChoices;
use fulcrum::matching::verdict::VerdictWord;
use fulcrum::mirror::MirrorError;
use fulcrum::native::{open_mirror, open_records};
use fulcrum::service::Service;

use crate::fixture::machine::{export, look_up, status};
use crate::fixture::{Lever, Machine, assert_mirror_equals, people};

/// A machine with an export, a correction and a choice of user behind it.
async fn used(lever: &Lever) -> Machine {
    let machine = Machine::beside(lever);
    let service = machine.synced(lever).await;
    export(&service, &people::newcomer(1), &ExportChoices::default())
        .await
        .unwrap();
    let wei = lever.opportunities_of("Wei Chen").await[0]["contact"]
        .as_str()
        .unwrap()
        .into();
    service
        .dispatch(Command::Correct {
            profile: people::linkedin("wei-c-8-demo", "Wei C."),
            contact: wei,
            correction: Correction::SamePerson,
        })
        .await;
    machine
}

/// After the loss of the mirror: everything that is not a cache is there, and the mirror comes back.
async fn assert_recovers(lever: &Lever, service: &Service) {
    let now = status(service).await;
    assert_eq!(now.connection, ConnectionState::Connected);
    assert!(!now.mirror.complete, "an empty mirror does not know everybody");
    assert_eq!(now.mirror.contacts, 0);
    let answer = look_up(service, &people::ines()).await;
    assert_eq!(answer.verdict.verdict, VerdictWord::None);
    assert!(!answer.verdict.complete);
    assert!(answer.verdict.read < 1.0);
    assert!(look_up(service, &people::newcomer(1)).await.exported.is_some());

    service.round().await.unwrap();
    assert_mirror_equals(service.mirror(), lever).await;
    assert_eq!(status(service).await.me.unwrap().name, "Maya Okafor");
    let corrected = look_up(service, &people::linkedin("wei-c-8-demo", "Wei C.")).await;
    assert_eq!(corrected.verdict.verdict, VerdictWord::Same);
    assert_eq!(corrected.people[0].name, "Wei Chen");
    let again = export(service, &people::newcomer(1), &ExportChoices::default())
        .await
        .unwrap();
    assert!(again.state.is_done());
    assert_eq!(lever.creates().len(), 1, "the journal knows that it was exported");
}

#[tokio::test]
async fn a_mirror_that_was_deleted_is_read_again_and_nothing_else_is_lost() {
    let lever = Lever::of(30).await;
    let machine = used(&lever).await;
    std::fs::remove_file(machine.mirror_file()).unwrap();
    let service = machine.open().await;
    assert_recovers(&lever, &service).await;
}

#[tokio::test]
async fn a_mirror_that_is_no_database_is_set_aside_and_read_again() {
    let lever = Lever::of(30).await;
    let machine = used(&lever).await;
    std::fs::write(machine.mirror_file(), b"This was never a database. ".repeat(4_000)).unwrap();
    let service = machine.open().await;
    assert_recovers(&lever, &service).await;
    let mut aside = machine.mirror_file().into_os_string();
    aside.push(".damaged");
    assert!(std::path::Path::new(&aside).exists());
}

#[tokio::test]
async fn a_mirror_of_another_version_is_read_again() {
    let lever = Lever::of(30).await;
    let machine = used(&lever).await;
    for (version, why) in [(0, Renewal::EarlierVersion), (99, Renewal::LaterVersion)] {
        let file = rusqlite::Connection::open(machine.mirror_file()).unwrap();
        file.pragma_update(None, "user_version", version).unwrap();
        drop(file);
        let service = machine.open().await;
        assert_eq!(status(&service).await.mirror.renewed, Some(why));
        assert_recovers(&lever, &service).await;
        assert_eq!(status(&service).await.mirror.renewed, None);
    }
    let mut aside = machine.mirror_file().into_os_string();
    aside.push(".later");
    assert!(std::path::Path::new(&aside).exists(), "one of a later version is kept");
}

#[tokio::test]
async fn a_mirror_of_a_newer_shape_with_other_tables_is_read_again() {
    let lever = Lever::of(30).await;
    let machine = used(&lever).await;
    let file = rusqlite::Connection::open(machine.mirror_file()).unwrap();
    file.execute_batch(
        "PRAGMA user_version=99; DROP TABLE contact; CREATE TABLE contact (something TEXT); CREATE TABLE invention (more TEXT);",
    )
    .unwrap();
    drop(file);
    let service = machine.open().await;
    assert_recovers(&lever, &service).await;
}

#[tokio::test]
async fn records_of_each_earlier_version_are_taken_over_with_all_that_is_in_them() {
    for version in [1, 2, 3] {
        let lever = Lever::of(30).await;
        let machine = used(&lever).await;
        let file = rusqlite::Connection::open(machine.records_file()).unwrap();
        // What later versions brought is taken away.
        file.execute_batch(
            "DROP TABLE project; DROP TABLE project_person; DROP TABLE batch; DROP TABLE batch_line;
             DROP TABLE file; DROP TABLE file_use; DROP TABLE made_resume;",
        )
        .unwrap();
        if version < 3 {
            file.execute_batch("ALTER TABLE export DROP COLUMN name;").unwrap();
        }
        if version == 1 {
            file.execute_batch("DROP TABLE alias;").unwrap();
        }
        file.pragma_update(None, "user_version", version).unwrap();
        drop(file);
        let service = machine.open().await;
        let entries = service.records().entries("", 10).unwrap();
        assert_eq!(entries.len(), 1, "version {version}");
        assert_eq!(entries[0].name.is_some(), version > 2);
        assert!(service.records().projects().unwrap().is_empty());
        let file = AttachedFile {
            name: "cv.pdf".to_owned(),
            content: "JVBERg==".to_owned(),
        };
        let kept = service.dispatch(Command::KeepFile { file }).await;
        assert!(matches!(kept, Reply::FileKept { .. }), "version {version}");
        assert!(look_up(&service, &people::newcomer(1)).await.exported.is_some());
        let corrected = look_up(&service, &people::linkedin("wei-c-8-demo", "Wei C.")).await;
        assert_eq!(corrected.verdict.verdict, VerdictWord::Same);
    }
}

#[tokio::test]
async fn records_of_a_newer_version_are_refused_and_never_emptied() {
    let lever = Lever::of(12).await;
    let machine = used(&lever).await;
    let file = rusqlite::Connection::open(machine.records_file()).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    drop(file);
    match open_records(&machine.mirror_file()) {
        Err(MirrorError::Storage(text)) => assert!(text.contains("newer"), "{text}"),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("records of a newer version were opened"),
    }
    let file = rusqlite::Connection::open(machine.records_file()).unwrap();
    let exports: i64 = file
        .query_row("SELECT count(*) FROM export", [], |row| row.get(0))
        .unwrap();
    assert_eq!(exports, 1);
}

#[tokio::test]
async fn records_that_are_no_database_are_refused_and_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mirror = folder.path().join("mirror.db");
    let records = fulcrum::native::records_path(&mirror);
    let bytes = b"Not a database either. ".repeat(1_000);
    std::fs::write(&records, &bytes).unwrap();
    assert!(open_records(&mirror).is_err());
    assert_eq!(std::fs::read(&records).unwrap(), bytes);
}

#[test]
fn a_mirror_never_read_is_not_complete() {
    let folder = tempfile::tempdir().unwrap();
    let mirror = open_mirror(&folder.path().join("mirror.db")).unwrap();
    assert!(!mirror.is_complete().unwrap());
    assert!(mirror.share_read().unwrap() < f64::EPSILON);
    assert_eq!(mirror.as_of().unwrap(), None);
}

/// Overwrites the people in the mirror's file; what says which tables it has stays as it was.
fn damage_inside(machine: &Machine) {
    let mut bytes = std::fs::read(machine.mirror_file()).unwrap();
    let inside = 136 * 1_024..bytes.len() - 8_192;
    bytes[inside].fill(0xA5);
    std::fs::write(machine.mirror_file(), &bytes).unwrap();
}

#[tokio::test]
async fn a_mirror_damaged_inside_is_begun_anew_when_the_damage_is_met() {
    let lever = Lever::of(120).await;
    let machine = used(&lever).await;
    damage_inside(&machine);
    let service = machine.open().await;
    let profile = people::ines();
    match service.dispatch(Command::LookUp { profile }).await {
        Reply::Failed { failure } => assert_eq!(failure.code, FailureCode::Storage),
        other => panic!("{other:?}"),
    }
    assert_recovers(&lever, &service).await;
    drop(service);

    damage_inside(&machine);
    let service = machine.open().await;
    service.round().await.unwrap_err();
    assert_recovers(&lever, &service).await;
}

#[tokio::test]
async fn a_damaged_mirror_does_not_keep_anybody_from_disconnecting() {
    let lever = Lever::of(120).await;
    let machine = used(&lever).await;
    damage_inside(&machine);
    let service = machine.open().await;
    match service.dispatch(Command::Disconnect).await {
        Reply::Status { status } => assert_eq!(status.connection, ConnectionState::NotConnected),
        other => panic!("{other:?}"),
    }
    assert!(service.records().steps().unwrap().is_empty());
    drop(service);
    let bytes = machine.bytes();
    for word in ["Kowalczyk", "Zorana", "example.org"] {
        assert!(
            !bytes.windows(word.len()).any(|window| window == word.as_bytes()),
            "{word}"
        );
    }
}
