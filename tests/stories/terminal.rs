//! The program `fulcrum`: what it prints, how it ends, and that it may be killed at any moment and run again (design §8).

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use fulcrum::export::resume::ResumeContent;
use fulcrum::export::rules::ExportRules;
use fulcrum::host::ResumeMaker;
use fulcrum::native::PdfResumes;
use fulcrum::profile::Profile;
use futures::FutureExt;
use serde_json::Value;

use crate::fixture::chance::{Chance, size};
use crate::fixture::gate::{Gate, Stops};
use crate::fixture::{Lever, account_in_use, assert_mirror_equals, people};

/// A folder with a mirror and files of profiles.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn db(&self) -> PathBuf {
        self.file("mirror.db")
    }

    fn profiles(&self, profiles: &[Profile]) -> PathBuf {
        let lines: Vec<String> = profiles
            .iter()
            .map(|profile| serde_json::to_string(profile).unwrap())
            .collect();
        let file = self.file("profiles.jsonl");
        std::fs::write(&file, lines.join("\n")).unwrap();
        file
    }
}

/// The program with nothing of this machine's environment that could change what it does.
fn fulcrum() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fulcrum"));
    command
        .env_remove("FULCRUM_KEY")
        .env("NO_PROXY", "*")
        .stdin(Stdio::null());
    command
}

/// A task that speaks to Lever, at an address.
fn task_at(base_url: &str, lever: &Lever, task: &str, folder: &Folder) -> Command {
    let mut command = fulcrum();
    command
        .args([
            task,
            "--base-url",
            base_url,
            "--key",
            lever.key(),
            "--requests-per-second",
            "0",
            "--db",
        ])
        .arg(folder.db());
    command
}

fn task(lever: &Lever, task: &str, folder: &Folder) -> Command {
    task_at(&lever.base_url(), lever, task, folder)
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn succeeded(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
}

async fn assert_db_equals(folder: &Folder, lever: &Lever) {
    let mirror = fulcrum::native::open_mirror(&folder.db()).unwrap();
    assert_mirror_equals(&mirror, lever).await;
}

fn in_background() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

/// Runs a command to its end while Lever answers in the background.
fn run(command: &mut Command) -> Output {
    command.output().unwrap()
}

/// Starts a command, waits until it stands at the gate, and kills it there.
fn kill_at(runtime: &tokio::runtime::Runtime, gate: &Gate, command: &mut Command) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut words = child.stderr.take().unwrap();
    let ended = runtime.spawn_blocking(move || std::io::read_to_string(&mut words));
    let came_through = runtime.block_on(async {
        tokio::select! {
            () = gate.shut() => None,
            said = ended => Some(said),
        }
    });
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(came_through.is_none(), "it never came to the gate: {came_through:?}");
    assert_eq!(status.code(), None, "it was to be killed, and ended by itself");
}

#[test]
fn sync_reads_lever_and_match_answers_each_line_in_order() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(120));
    let folder = Folder::new();
    let output = run(&mut task(&lever, "sync", &folder));
    succeeded(&output);
    assert!(output.stdout.is_empty());
    assert!(said(&output).contains("up to date: 120 contacts"), "{}", said(&output));
    runtime.block_on(assert_db_equals(&folder, &lever));

    let profiles = folder.profiles(&[
        people::ines(),
        people::newcomer(1),
        people::github("wei-chen-demo", "Wei Chen"),
        people::github("alex-demo", "Alex Martin"),
    ]);
    let output = run(fulcrum().arg("match").arg("--db").arg(folder.db()).arg(&profiles));
    succeeded(&output);
    let verdicts = lines(&output);
    let words: Vec<(&str, &str)> = verdicts
        .iter()
        .map(|line| (line["key"].as_str().unwrap(), line["verdict"].as_str().unwrap()))
        .collect();
    assert_eq!(words[0], ("li:slug:ines-kowalczyk-demo", "same"));
    assert_eq!(words[1], ("gh:login:zorana-1-demo", "none"));
    assert_eq!(words[2], ("gh:login:wei-chen-demo", "same"));
    assert_eq!(words[3].0, "gh:login:alex-demo");
    assert!(["possible", "ambiguous"].contains(&words[3].1), "{words:?}");
    assert!(
        verdicts
            .iter()
            .all(|line| line["complete"] == true && line["read"] == 1.0)
    );
}

#[test]
fn match_against_a_file_of_opportunities_needs_no_lever() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(120));
    let folder = Folder::new();
    let synced = run(&mut task(&lever, "sync", &folder));
    succeeded(&synced);
    let mut text = String::new();
    for expansion in ["applications", "contact"] {
        let path = format!("/opportunities?expand={expansion}&confidentiality=all");
        let rows = runtime.block_on(lever.rows(&path));
        text.clear();
        for mut row in rows {
            row["resumes"] =
                serde_json::json!([{ "id": "resume-1", "parsedData": { "positions": [], "schools": [] } }]);
            text += &format!("{row}\n");
        }
        let mirror = folder.file("opportunities.jsonl");
        std::fs::write(&mirror, &text).unwrap();
        let profiles = folder.profiles(&[
            people::ines(),
            people::newcomer(1),
            people::github("wei-chen-demo", "Wei Chen"),
        ]);
        let of_file = run(fulcrum().arg("match").arg("--mirror").arg(&mirror).arg(&profiles));
        succeeded(&of_file);
        let of_db = run(fulcrum().arg("match").arg("--db").arg(folder.db()).arg(&profiles));
        succeeded(&of_db);
        for (file, db) in lines(&of_file).iter().zip(lines(&of_db)) {
            assert_eq!(file["verdict"], db["verdict"]);
            assert_eq!(file["candidates"], db["candidates"]);
            assert_eq!(file["complete"], true);
        }
    }
}

#[test]
fn export_puts_people_into_lever_and_journal_tells_every_step() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(40));
    let posting = runtime.block_on(lever.posting("Platform Engineer"));
    let folder = Folder::new();
    succeeded(&run(&mut task(&lever, "sync", &folder)));
    let profiles = folder.profiles(&[people::newcomer(1), people::ines(), people::newcomer_without_email(2)]);
    let export = || {
        let mut command = task(&lever, "export", &folder);
        command
            // As typed by somebody who does not care for letter case.
            .args([
                "--as",
                "MAYA.okafor@example.org",
                "--posting",
                &posting,
                "--tag",
                "meetup",
                "--tag",
                "Rust",
            ])
            .args(["--note", "Hello.", "--source", "Referral"])
            .args(["--follower", "PRIYA.raman@example.org"])
            .arg(&profiles);
        command
    };
    let output = run(&mut export());
    succeeded(&output);
    let printed = lines(&output);
    let states: Vec<&str> = printed.iter().map(|line| line["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["confirmed", "skipped", "confirmed"]);
    assert_eq!(printed[1]["key"], "li:slug:ines-kowalczyk-demo");
    let creates = lever.creates();
    assert_eq!(creates.len(), 2);
    assert_eq!(creates[0]["body"]["tags"], serde_json::json!(["meetup", "Rust"]));
    assert_eq!(creates[0]["body"]["sources"], serde_json::json!(["Referral"]));
    let priya = runtime.block_on(lever.user("Priya Raman"));
    assert_eq!(creates[0]["body"]["followers"], serde_json::json!([priya]));
    assert_eq!(printed[0]["opportunity"], creates[0]["opportunity"]);
    assert_eq!(printed[0]["contact"], creates[0]["contact"]);
    assert_eq!(printed[0]["error"], Value::Null);
    assert_eq!(printed[0]["plan"]["action"]["action"], "new_person");

    // Run again: nobody twice.
    let again = run(&mut export());
    succeeded(&again);
    assert_eq!(lever.creates().len(), 2);
    assert_eq!(lines(&again)[0]["opportunity"], printed[0]["opportunity"]);

    let journal = run(fulcrum().arg("journal").arg("--db").arg(folder.db()));
    succeeded(&journal);
    let steps = lines(&journal);
    assert_eq!(steps.len(), 4);
    for field in ["key", "step", "state", "at", "contact", "opportunity", "error"] {
        assert!(steps[0].get(field).is_some(), "{field}");
    }
    assert_eq!(steps[0]["step"], "create_opportunity");
    assert_eq!(steps[1]["step"], "add_note");
    assert!(steps.iter().all(|step| step["state"] == "confirmed"));
}

#[test]
fn export_brings_people_up_to_date_whom_lever_knows() {
    // requirements 2.17, 2.10
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(40));
    let folder = Folder::new();
    succeeded(&run(&mut task(&lever, "sync", &folder)));
    let profiles = folder.profiles(&[people::newcomer(1), people::ines_with_news()]);
    let export = || {
        let mut command = task(&lever, "export", &folder);
        command
            .args(["--as", "maya.okafor@example.org", "--if-known", "update"])
            .args(["--tag", "meetup", "--note", "Hello."])
            .arg(&profiles);
        command
    };
    let output = run(&mut export());
    succeeded(&output);
    let printed = lines(&output);
    assert_eq!(printed[0]["plan"]["action"]["action"], "new_person");
    assert_eq!(printed[1]["plan"]["action"]["action"], "update");
    assert_eq!(printed[1]["state"], "confirmed");
    let contact = runtime.block_on(lever.contact_of("Ines Kowalczyk"));
    assert_eq!(printed[1]["contact"], contact["id"]);
    assert_eq!(
        contact["emails"],
        serde_json::json!(["ines.k@example.org", "ines@kowalczyk.example.net"])
    );
    assert_eq!(
        contact["headline"], "Harbor Labs, Quarry & Co",
        "nothing is overwritten"
    );
    assert_eq!(lever.notes().len(), 1, "the newcomer's");
    // Create and note; contact, link and tag.
    assert_eq!(lever.log().len(), 5);

    let again = run(&mut export());
    succeeded(&again);
    assert_eq!(lines(&again)[1]["state"], "skipped");
    assert_eq!(lever.log().len(), 5, "run again, it finds nothing more to do");
}

#[test]
fn a_follower_whom_lever_does_not_know_stops_it_before_anything_is_sent() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(12));
    let folder = Folder::new();
    let profiles = folder.profiles(&[people::newcomer(1)]);
    let output = run(task(&lever, "export", &folder)
        .args(["--as", "maya.okafor@example.org", "--follower", "nobody@example.org"])
        .arg(&profiles));
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nobody@example.org given by --follower"));
    assert!(lever.log().is_empty());
}

#[test]
fn the_key_may_come_from_the_environment() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(12));
    let folder = Folder::new();
    let output = run(fulcrum()
        .args(["sync", "--base-url", &lever.base_url(), "--db"])
        .arg(folder.db())
        .env("FULCRUM_KEY", lever.key()));
    succeeded(&output);
    assert!(!said(&output).contains(lever.key()));
    let help = run(fulcrum().args(["sync", "--help"]).env("FULCRUM_KEY", "very-secret"));
    assert!(!String::from_utf8_lossy(&help.stdout).contains("very-secret"));
}

#[test]
fn wrong_usage_ends_with_two_and_failure_with_one() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(12));
    let folder = Folder::new();
    let profiles = folder.profiles(&[people::ines()]);
    for arguments in [vec!["dance"], vec!["sync"], vec!["match", "profiles.jsonl"], vec![]] {
        let output = run(fulcrum().args(&arguments));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
    let mut wrong_key = fulcrum();
    wrong_key
        .args([
            "sync",
            "--base-url",
            &lever.base_url(),
            "--key",
            "mistyped-key-000",
            "--db",
        ])
        .arg(folder.db());
    let output = run(&mut wrong_key);
    assert_eq!(output.status.code(), Some(1));
    assert!(!said(&output).contains("mistyped-key-000"));
    assert!(said(&output).contains("key"), "{}", said(&output));

    let mut nobody = task(&lever, "export", &folder);
    nobody.args(["--as", "nobody@example.org"]).arg(&profiles);
    assert_eq!(run(&mut nobody).status.code(), Some(1));

    let missing = run(fulcrum()
        .arg("match")
        .arg("--db")
        .arg(folder.file("missing.db"))
        .arg(&profiles));
    assert_eq!(
        missing.status.code(),
        Some(1),
        "an empty mirror must not answer for a missing one"
    );
    assert!(!folder.file("missing.db").exists());
}

/// Requirements 2.15 in a terminal.
#[test]
fn files_go_along_with_every_line_and_with_the_line_that_names_them() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(12));
    let folder = Folder::new();
    succeeded(&run(&mut task(&lever, "sync", &folder)));
    let (brochure, portfolio, wrong) = (
        folder.file("brochure.txt"),
        folder.file("work.png"),
        folder.file("a.exe"),
    );
    std::fs::write(&brochure, "for all").unwrap();
    std::fs::write(&portfolio, "for one").unwrap();
    std::fs::write(&wrong, "for nobody").unwrap();
    let mut first = serde_json::to_value(people::newcomer(1)).unwrap();
    first["files"] = serde_json::json!([portfolio]);
    let second = serde_json::to_value(people::newcomer(2)).unwrap();
    let profiles = folder.file("profiles.jsonl");
    std::fs::write(&profiles, format!("{first}\n{second}\n")).unwrap();
    let export = |file: &PathBuf| {
        let mut command = task(&lever, "export", &folder);
        command
            .args(["--as", "maya.okafor@example.org", "--file"])
            .arg(file)
            .arg(&profiles);
        run(&mut command)
    };
    let refused = export(&wrong);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("a.exe"), "{}", said(&refused));
    assert!(
        lever.log().is_empty(),
        "nothing is begun with a file that Lever would refuse"
    );
    let output = export(&brochure);
    succeeded(&output);
    let names = |line: &Value| {
        let files = runtime.block_on(lever.files(line["opportunity"].as_str().unwrap()));
        files.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    let printed = lines(&output);
    assert_eq!(names(&printed[0]), ["brochure.txt", "work.png"]);
    assert_eq!(names(&printed[1]), ["brochure.txt"]);
}

/// Requirements 2.15 in a terminal: with `--resume` whatever the rules say, and by rules that want one.
#[test]
fn a_resume_is_made_of_every_page_and_arrives_byte_for_byte_once() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::of(12));
    let folder = Folder::new();
    succeeded(&run(&mut task(&lever, "sync", &folder)));
    let people = [people::newcomer(1), people::newcomer_without_email(2)];
    let profiles = folder.profiles(&people);
    let export = |options: &[&str]| {
        let mut command = task(&lever, "export", &folder);
        command
            .args(["--as", "maya.okafor@example.org"])
            .args(options)
            .arg(&profiles);
        run(&mut command)
    };
    let output = export(&["--resume"]);
    succeeded(&output);
    let printed = lines(&output);
    let rules = ExportRules {
        resume: true,
        ..ExportRules::default()
    };
    for (line, profile) in printed.iter().zip(&people) {
        let files = runtime.block_on(lever.files(line["opportunity"].as_str().unwrap()));
        let [(name, bytes)] = files.as_slice() else {
            panic!("{} files", files.len());
        };
        assert_eq!(*name, format!("{}.pdf", fulcrum::export::mapping::name(profile)));
        assert!(!line["plan"]["warnings"].to_string().contains("resume_not_made"));
        // The day of capture is the program's business; the file itself tells it.
        let text = sandbox::pdf::text(bytes).unwrap();
        let words: Vec<&str> = text.split_whitespace().collect();
        let day = words.iter().rev().nth(2).unwrap();
        let content = ResumeContent::of(profile, &rules, day).unwrap();
        let expected = PdfResumes::default().make(content).now_or_never().unwrap().unwrap();
        assert!(*bytes == expected, "other bytes than the maker gives");
    }

    // Run again: nothing new.
    let sent = lever.log().len();
    let again = export(&["--resume"]);
    succeeded(&again);
    assert_eq!(lever.log().len(), sent);
    assert_eq!(lines(&again)[0]["opportunity"], printed[0]["opportunity"]);

    // Without it the rules decide, and they were left as they are.
    let wanted = folder.file("rules.json");
    std::fs::write(&wanted, serde_json::to_vec(&rules).unwrap()).unwrap();
    let by_rules = ["--rules", wanted.to_str().unwrap()];
    for (number, options, count) in [(3, [].as_slice(), 0), (4, by_rules.as_slice(), 1)] {
        folder.profiles(&[people::newcomer(number)]);
        let output = export(options);
        succeeded(&output);
        let opportunity = lines(&output)[0]["opportunity"].as_str().unwrap().to_owned();
        let files = runtime.block_on(lever.files(&opportunity));
        assert_eq!(files.len(), count, "{options:?}");
    }
}

#[test]
fn a_bad_line_is_named_by_file_and_line() {
    let folder = Folder::new();
    let mirror = folder.file("opportunities.jsonl");
    std::fs::write(
        &mirror,
        "{\"id\":\"opportunity-1\",\"contact\":\"contact-1\",\"name\":\"Noor Vand\"}\n",
    )
    .unwrap();
    let profiles = folder.file("profiles.jsonl");
    let good = serde_json::to_string(&people::ines()).unwrap();
    std::fs::write(&profiles, format!("{good}\n\n{{\"key\": 7}}\n")).unwrap();
    let output = run(fulcrum().arg("match").arg("--mirror").arg(&mirror).arg(&profiles));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("profiles.jsonl, line 3"), "{}", said(&output));
    assert_eq!(lines(&output).len(), 1, "the line before it was answered");
    std::fs::write(&mirror, "{\"id\":\n").unwrap();
    let output = run(fulcrum().arg("match").arg("--mirror").arg(&mirror).arg(&profiles));
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("opportunities.jsonl, line 1"),
        "{}",
        said(&output)
    );
}

#[test]
fn profiles_may_come_from_standard_input() {
    let folder = Folder::new();
    let mirror = folder.file("opportunities.jsonl");
    std::fs::write(
        &mirror,
        "{\"id\":\"opportunity-1\",\"contact\":\"contact-1\",\"name\":\"Ines Kowalczyk\",\"links\":[\"linkedin.com/in/ines-kowalczyk-demo\"]}\n",
    )
    .unwrap();
    let profiles = std::fs::File::open(folder.profiles(&[people::ines()])).unwrap();
    let output = run(fulcrum()
        .arg("match")
        .arg("--mirror")
        .arg(&mirror)
        .arg("-")
        .stdin(profiles));
    succeeded(&output);
    assert_eq!(lines(&output)[0]["verdict"], "same");
}

#[test]
fn a_sync_killed_in_the_middle_goes_on_where_it_was() {
    for (number, stops) in [(3, Stops::Request), (3, Stops::Reply), (6, Stops::Reply)] {
        let runtime = in_background();
        let lever = runtime.block_on(Lever::of(330));
        let folder = Folder::new();
        // The first requests for opportunities are those of the check.
        let gate = runtime.block_on(Gate::before(&lever, "GET /v1/opportunities?limit=100", number, stops));
        kill_at(&runtime, &gate, &mut task_at(gate.base_url(), &lever, "sync", &folder));
        // Through a new door: the old one stays shut.
        let output = run(&mut task(&lever, "sync", &folder));
        succeeded(&output);
        let walk = lever.stats()["requests"]["GET /opportunities"].as_u64().unwrap();
        runtime.block_on(assert_db_equals(&folder, &lever));
        let pages = runtime.block_on(lever.opportunities()).len().div_ceil(100) as u64;
        // The page in flight is read twice; each of two processes tries the key with two requests; the last looks for changes by
        // four times.
        assert!(walk <= pages + 1 + 4 + 4, "{walk} requests for {pages} pages");
    }
}

#[test]
fn a_long_sync_killed_again_and_again_ends_with_everything() {
    let runtime = in_background();
    let lever = runtime.block_on(Lever::start(account_in_use(size("FULCRUM_CONTACTS", 3_000))));
    let pages = runtime.block_on(lever.opportunities()).len().div_ceil(100);
    let deaths = size("FULCRUM_ROUNDS", 6) as usize;
    let folder = Folder::new();
    let mut chance = Chance::new(3);
    for _ in 0..deaths {
        // A page stops at the gate; the other readers are anywhere when the process dies.
        let number = 1 + chance.below((pages / deaths) as u64) as usize;
        let stops = *chance.one(&[Stops::Request, Stops::Reply]);
        let gate = runtime.block_on(Gate::before(&lever, "GET /v1/opportunities?limit=100", number, stops));
        kill_at(&runtime, &gate, &mut task_at(gate.base_url(), &lever, "sync", &folder));
    }
    succeeded(&run(&mut task(&lever, "sync", &folder)));
    runtime.block_on(assert_db_equals(&folder, &lever));
}

#[test]
fn an_export_killed_in_the_middle_is_done_exactly_once() {
    for (beginning, number, stops) in [
        ("POST /v1/opportunities?", 1, Stops::Request),
        ("POST /v1/opportunities?", 1, Stops::Reply),
        ("POST /v1/opportunities?", 3, Stops::Reply),
        ("POST /v1/opportunities/", 2, Stops::Request),
        ("POST /v1/opportunities/", 2, Stops::Reply),
    ] {
        let runtime = in_background();
        let lever = runtime.block_on(Lever::of(12));
        let folder = Folder::new();
        succeeded(&run(&mut task(&lever, "sync", &folder)));
        let newcomers: Vec<Profile> = (1..=4).map(people::newcomer).collect();
        let profiles = folder.profiles(&newcomers);
        let export_at = |base_url: &str| {
            let mut command = task_at(base_url, &lever, "export", &folder);
            command
                .args(["--as", "maya.okafor@example.org", "--note", "Hello."])
                .arg(&profiles);
            command
        };
        let gate = runtime.block_on(Gate::before(&lever, beginning, number, stops));
        kill_at(&runtime, &gate, &mut export_at(gate.base_url()));
        let output = run(&mut export_at(&lever.base_url()));
        succeeded(&output);
        let told = format!("{beginning} {number} {stops:?}");
        assert_eq!(lever.creates().len(), 4, "{told}");
        assert_eq!(lever.notes().len(), 4, "{told}");
        let mut made: Vec<Value> = lever
            .creates()
            .iter()
            .map(|entry| entry["opportunity"].clone())
            .collect();
        let mut printed: Vec<Value> = lines(&output).iter().map(|line| line["opportunity"].clone()).collect();
        made.sort_by_key(Value::to_string);
        printed.sort_by_key(Value::to_string);
        assert_eq!(made, printed, "{told}");
        let journal = lines(&run(fulcrum().arg("journal").arg("--db").arg(folder.db())));
        assert!(
            journal
                .iter()
                .all(|step| ["confirmed", "reconciled"].contains(&step["state"].as_str().unwrap())),
            "{told}: {journal:?}"
        );
    }
}
