//! The core in a terminal: `sync`, `match`, `export`, `journal` (design §8). JSON lines in and out, progress on standard error,
//! exit status 0, 1 (failed) or 2 (usage). Holds no rules of its own: it reads arguments and files, and asks the service.

#![cfg_attr(target_family = "wasm", allow(unused))]

#[cfg(not(target_family = "wasm"))]
mod terminal {
    use std::io::{BufRead, BufReader, BufWriter, Write};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use std::rc::Rc;

    use clap::{Parser, Subcommand, ValueEnum};
    use fulcrum::command::{ApiKey, Command, ExportOutcome, Failure, FailureCode, Reply, SyncPhase};
    use fulcrum::export::aliases::Kept;
    use fulcrum::export::files::{self, AttachedFile, KeptFile};
    use fulcrum::export::journal::{ExportState, overall};
    use fulcrum::export::plan::{Destination, ExportChoices, IfKnown, NothingReason, Plan, PlannedAction};
    use fulcrum::export::records::describe;
    use fulcrum::export::rules::ExportRules;
    use fulcrum::export::update::UpdateChoices;
    use fulcrum::lever::environment::Environment;
    use fulcrum::mirror::file::MirrorLine;
    use fulcrum::mirror::sync::SyncError;
    use fulcrum::mirror::{Lifetime, Mirror};
    use fulcrum::profile::Profile;
    use fulcrum::service::{CHANGES_EVERY, Pace, Service, ServiceError, default_choices};
    use fulcrum::text::{ContactId, PostingId, StageId};
    use fulcrum::{matching, native};
    use serde::{Deserialize, Serialize};

    /// Fulcrum's core in a terminal.
    #[derive(Parser)]
    #[command(name = "fulcrum", version)]
    struct Arguments {
        #[command(subcommand)]
        task: Task,
    }

    #[derive(clap::Args)]
    struct Lever {
        /// Root of Lever's API with its /v1.
        #[arg(long)]
        base_url: String,
        /// API key; better in the environment than on a command line that others can read.
        #[arg(long, env = "FULCRUM_KEY", hide_env_values = true)]
        key: String,
        /// The mirror's file; the journal lives beside it.
        #[arg(long)]
        db: PathBuf,
        /// Requests a second at most; 0 for no limit.
        #[arg(long, default_value_t = 10.0)]
        requests_per_second: f64,
    }

    #[allow(clippy::large_enum_variant, reason = "read once: a box would only hide the shape")]
    #[derive(Subcommand)]
    enum Task {
        /// Read Lever into a mirror: everything once, then what has changed.
        Sync {
            #[command(flatten)]
            lever: Lever,
            /// Go on reading changes until interrupted.
            #[arg(long)]
            follow: bool,
        },
        /// Print a verdict for each profile.
        Match {
            /// A mirror's file.
            #[arg(long, conflicts_with = "mirror", required_unless_present = "mirror")]
            db: Option<PathBuf>,
            /// Opportunities, one a line, as Lever's API returns them.
            #[arg(long)]
            mirror: Option<PathBuf>,
            /// Profiles, one a line; `-` reads standard input.
            profiles: PathBuf,
        },
        /// Put each profile into Lever, exactly once.
        Export {
            #[command(flatten)]
            lever: Lever,
            /// Email of the user in whose name it is done.
            #[arg(long = "as", value_name = "USER_EMAIL")]
            perform_as: String,
            /// The job; without it the people become prospects.
            #[arg(long)]
            posting: Option<String>,
            /// A tag; may be given several times.
            #[arg(long = "tag")]
            tags: Vec<String>,
            /// A note for each person's history.
            #[arg(long)]
            note: Option<String>,
            /// The source; by default the profile's site.
            #[arg(long)]
            source: Option<String>,
            /// The stage; by default Lever's "New lead".
            #[arg(long)]
            stage: Option<String>,
            /// A file that goes along with each person; may be given several times. A line may name its own in "files".
            #[arg(long = "file", value_name = "PATH")]
            files: Vec<PathBuf>,
            /// Make a resume of each person's page and attach it, whatever the rules say. Without it the rules decide.
            #[arg(long)]
            resume: bool,
            /// Email of a user who follows each new candidacy; may be given several times.
            #[arg(long = "follower", value_name = "USER_EMAIL")]
            followers: Vec<String>,
            /// What to do with people who are in Lever already.
            #[arg(long, value_enum, default_value_t = Known::Skip)]
            if_known: Known,
            /// What is sent of a profile, and as what: a JSON file as the settings page exports it. Kept for later exports.
            #[arg(long)]
            rules: Option<PathBuf>,
            /// Milliseconds before each line is sent, during which an interruption sends nothing.
            #[arg(long, default_value_t = 0)]
            undo_ms: u64,
            /// Profiles, one a line; `-` reads standard input.
            profiles: PathBuf,
        },
        /// Print every step of the journal.
        Journal {
            /// The mirror's file that the journal lives beside.
            #[arg(long)]
            db: PathBuf,
        },
    }

    #[derive(Clone, Copy, PartialEq, ValueEnum)]
    enum Known {
        /// Send nothing.
        Skip,
        /// Add an existing lead to the job; otherwise a new opportunity on the known person.
        Join,
        /// A new opportunity on the known person.
        New,
        /// Add to the known person what the profile says and Lever lacks, and the tags. Nothing is overwritten, and no note is sent: a
        /// second run would send it again.
        Update,
    }

    /// What stopped the program.
    #[derive(Debug, thiserror::Error)]
    enum Stopped {
        #[error("{path}: {error}")]
        File { path: String, error: std::io::Error },
        #[error("{path}, line {line}: {error}")]
        Line {
            path: String,
            line: usize,
            error: serde_json::Error,
        },
        #[error(transparent)]
        Storage(#[from] fulcrum::mirror::MirrorError),
        #[error(transparent)]
        Service(#[from] ServiceError),
        #[error("no TLS: {0}")]
        Tls(#[from] reqwest::Error),
        #[error("{0}")]
        Output(#[from] std::io::Error),
        #[error("{0}")]
        Json(#[from] serde_json::Error),
        #[error("Lever has no active user with the email given by --as")]
        NoSuchUser,
        #[error("Lever has no active user with the email {0} given by --follower")]
        NoSuchFollower(String),
        #[error("{0}")]
        Lever(String),
        #[error("not every line could be brought to its end; run the same command again")]
        Unsettled,
    }

    pub fn main() -> ExitCode {
        let arguments = Arguments::parse();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let result = match runtime {
            Ok(runtime) => runtime.block_on(run(arguments.task)),
            Err(error) => Err(error.into()),
        };
        match result {
            Ok(()) => ExitCode::SUCCESS,
            // Whoever reads our lines has read enough.
            Err(Stopped::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                say(&format!("fulcrum: {error}"));
                ExitCode::FAILURE
            }
        }
    }

    fn say(line: &str) {
        // A closed standard error is no reason to stop.
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }

    async fn run(task: Task) -> Result<(), Stopped> {
        match task {
            Task::Sync { lever, follow } => sync(&lever, follow).await,
            Task::Match { db, mirror, profiles } => match_profiles(db.as_deref(), mirror.as_deref(), &profiles),
            Task::Export {
                lever,
                perform_as,
                posting,
                tags,
                note,
                source,
                stage,
                files,
                resume,
                followers,
                if_known,
                rules,
                undo_ms,
                profiles,
            } => {
                let attached = files.iter().map(|path| attached(path)).collect::<Result<_, _>>()?;
                let rules = rules.as_deref().map(whole_file::<ExportRules>).transpose()?;
                let choices = |profile: &Profile, rules: &ExportRules| ExportChoices {
                    destination: match &posting {
                        None => Destination::Prospect,
                        Some(posting) => Destination::Job {
                            posting: PostingId(posting.clone()),
                        },
                    },
                    tags: tags.clone(),
                    note: note.clone(),
                    source: source.clone().or_else(|| default_choices(profile, rules).source),
                    stage: stage.clone().map(StageId),
                    emails: Vec::new(),
                    if_known: match if_known {
                        Known::Skip | Known::Update => IfKnown::Skip,
                        Known::Join => IfKnown::Join,
                        Known::New => IfKnown::New,
                    },
                    // It has been waited before anything was recorded.
                    undo_ms: Some(0),
                    files: Vec::new(),
                    // Lever is asked first who they are.
                    followers: Vec::new(),
                };
                let job = ExportJob {
                    lever: &lever,
                    perform_as: &perform_as,
                    followers: &followers,
                    choices: &choices,
                    attached,
                    resume,
                    if_known,
                    undo_ms,
                };
                export(job, rules, &profiles).await
            }
            Task::Journal { db } => {
                let mut output = BufWriter::new(std::io::stdout().lock());
                for step in native::open_records(&db)?.steps()? {
                    print_line(&mut output, &step)?;
                }
                output.flush()?;
                Ok(())
            }
        }
    }

    fn print_line(output: &mut impl Write, value: &impl Serialize) -> Result<(), Stopped> {
        serde_json::to_writer(&mut *output, value)?;
        output.write_all(b"\n")?;
        Ok(())
    }

    fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<impl Iterator<Item = Result<T, Stopped>>, Stopped> {
        let shown = path.display().to_string();
        let reader: Box<dyn BufRead> = if shown == "-" {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            Box::new(BufReader::with_capacity(
                1 << 20,
                std::fs::File::open(path).map_err(|error| Stopped::File {
                    path: shown.clone(),
                    error,
                })?,
            ))
        };
        Ok(reader
            .lines()
            .enumerate()
            .filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim().is_empty()))
            .map(move |(index, line)| {
                let line = line.map_err(|error| Stopped::File {
                    path: shown.clone(),
                    error,
                })?;
                serde_json::from_str(&line).map_err(|error| Stopped::Line {
                    path: shown.clone(),
                    line: index + 1,
                    error,
                })
            }))
    }

    async fn open(lever: &Lever) -> Result<Service, Stopped> {
        let pace = Pace {
            requests_per_second: lever.requests_per_second,
            background_share: 1.0,
        };
        let mirror = native::open_mirror(&lever.db)?;
        let records = native::open_records(&lever.db)?;
        let service = Service::open(native::host()?, mirror, records, pace, Rc::new(|| ())).await?;
        let environment = Environment::Custom {
            base_url: lever.base_url.clone(),
        };
        let connect = Command::Connect {
            environment,
            key: ApiKey(lever.key.clone()),
        };
        match service.dispatch(connect).await {
            Reply::Check { check, .. } if check.accepted => {
                for missing in check.permissions.iter().filter(|tried| tried.granted == Some(false)) {
                    say(&format!("the key lacks \"{}\" ({})", missing.label, missing.endpoint));
                }
                Ok(service)
            }
            Reply::Check { check, .. } => Err(Stopped::Lever(check.failure.as_ref().map(describe).unwrap_or_default())),
            Reply::Failed { failure } => Err(Stopped::Lever(describe(&failure))),
            _ => Err(Stopped::Lever("an answer of another kind".to_owned())),
        }
    }

    // --- sync ---------------------------------------------------------------------------------------------------------

    async fn sync(lever: &Lever, follow: bool) -> Result<(), Stopped> {
        let service = open(lever).await?;
        let mut failures = 0_u32;
        loop {
            let result = tokio::select! {
                result = service.round() => result,
                () = report(&service) => continue,
            };
            match result {
                Ok(()) => {
                    failures = 0;
                    let counts = service.mirror().counts();
                    say(&format!(
                        "up to date: {} contacts, {} opportunities",
                        counts.contacts, counts.opportunities
                    ));
                    if !follow {
                        return Ok(());
                    }
                }
                Err(error) if is_passing(&error) && failures < 8 => {
                    failures += 1;
                    say(&format!("{error}; trying again"));
                    tokio::time::sleep(std::time::Duration::from_millis(250 << failures.min(7))).await;
                    continue;
                }
                Err(error) => return Err(error.into()),
            }
            tokio::select! {
                () = tokio::time::sleep(std::time::Duration::from_millis(u64::from(CHANGES_EVERY))) => {}
                interrupted = tokio::signal::ctrl_c() => {
                    interrupted?;
                    return Ok(());
                }
            }
        }
    }

    fn is_passing(error: &ServiceError) -> bool {
        match error {
            ServiceError::Lever(error) | ServiceError::Sync(SyncError::Lever(error)) => error.is_passing(),
            _ => false,
        }
    }

    /// Says every few seconds how far it is; never ends by itself.
    async fn report(service: &Service) {
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            let Ok(status) = service.status() else {
                continue;
            };
            let mirror = status.mirror;
            if mirror.phase != SyncPhase::ReadingAll {
                continue;
            }
            let rate = mirror
                .rows_per_second
                .map(|rate| format!(", {rate:.0} a second"))
                .unwrap_or_default();
            let left = mirror
                .time_left
                .map(|left| format!(", {} s left", left / 1000))
                .unwrap_or_default();
            say(&format!(
                "{} opportunities read, {:.0} %{rate}{left}",
                mirror.opportunities,
                mirror.read * 100.0
            ));
        }
    }

    fn whole_file<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Stopped> {
        let of_file = |error| Stopped::File {
            path: path.display().to_string(),
            error,
        };
        Ok(serde_json::from_str(&std::fs::read_to_string(path).map_err(of_file)?)?)
    }

    // --- match --------------------------------------------------------------------------------------------------------

    fn match_profiles(db: Option<&Path>, opportunities: Option<&Path>, profiles: &Path) -> Result<(), Stopped> {
        let (mirror, records) = match (db, opportunities) {
            (Some(db), _) => {
                // Opening would make an empty file, and "nobody is in Lever" would be a lie.
                std::fs::metadata(db).map_err(|error| Stopped::File {
                    path: db.display().to_string(),
                    error,
                })?;
                (native::open_mirror(db)?, Some(native::open_records(db)?))
            }
            (None, Some(path)) => (mirror_of_lines(path)?, None),
            (None, None) => return Err(Stopped::Lever("neither --db nor --mirror".to_owned())),
        };
        let mut output = BufWriter::new(std::io::stdout().lock());
        for profile in lines::<Profile>(profiles)? {
            let profile = profile?;
            let kept = match &records {
                Some(records) => records.kept_about(&profile)?,
                None => Kept {
                    profile,
                    ..Kept::default()
                },
            };
            print_line(
                &mut output,
                &matching::look_up(&kept.profile, &mirror, &kept.corrections)?,
            )?;
        }
        output.flush()?;
        Ok(())
    }

    /// A complete mirror in memory, of a file of opportunities.
    fn mirror_of_lines(path: &Path) -> Result<Mirror, Stopped> {
        let connection = rusqlite::Connection::open_in_memory().map_err(fulcrum::mirror::MirrorError::from)?;
        let mirror = Mirror::open(connection, Lifetime::Temporary)?;
        mirror.take_in(lines::<MirrorLine>(path)?)?;
        Ok(mirror)
    }

    // --- export -------------------------------------------------------------------------------------------------------

    /// One line of the outcome (design §8).
    #[derive(Serialize)]
    struct ExportLine<'a> {
        key: &'a str,
        state: ExportState,
        plan: Option<&'a Plan>,
        contact: Option<&'a str>,
        opportunity: Option<&'a str>,
        error: Option<String>,
    }

    /// A line of the input: a profile, and files that go along with that person alone.
    #[derive(Deserialize)]
    struct Line {
        #[serde(flatten)]
        profile: Profile,
        #[serde(default)]
        files: Vec<PathBuf>,
    }

    /// What holds for every line.
    struct ExportJob<'a> {
        lever: &'a Lever,
        perform_as: &'a str,
        /// Emails of users.
        followers: &'a [String],
        choices: &'a dyn Fn(&Profile, &ExportRules) -> ExportChoices,
        attached: Vec<AttachedFile>,
        /// Whether resumes are made whatever the rules say.
        resume: bool,
        if_known: Known,
        undo_ms: u64,
    }

    /// A file of this machine, refused before anything is sent where Lever would not take it.
    fn attached(path: &Path) -> Result<AttachedFile, Stopped> {
        use base64::Engine;
        let refused = |why: std::io::Error| Stopped::File {
            path: path.display().to_string(),
            error: why,
        };
        let bytes = std::fs::read(path).map_err(refused)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files::understood(&name, &bytes)
            .map_err(|code| refused(std::io::Error::other(describe(&Failure::of(code)))))?;
        Ok(AttachedFile {
            name,
            content: base64::engine::general_purpose::STANDARD.encode(bytes),
        })
    }

    /// Keeps the files of one line; those of the line before are gone once Lever has them.
    async fn keep(service: &Service, attached: &[AttachedFile]) -> Result<Vec<KeptFile>, Stopped> {
        let mut kept = Vec::new();
        for file in attached.iter().cloned() {
            match service.dispatch(Command::KeepFile { file }).await {
                Reply::FileKept { file } => kept.push(file),
                Reply::Failed { failure } => return Err(Stopped::Lever(describe(&failure))),
                _ => return Err(Stopped::Lever("an answer of another kind".to_owned())),
            }
        }
        Ok(kept)
    }

    async fn export(job: ExportJob<'_>, rules: Option<ExportRules>, profiles: &Path) -> Result<(), Stopped> {
        let ExportJob {
            lever,
            perform_as,
            followers: following,
            choices,
            attached: for_all,
            resume,
            if_known,
            undo_ms,
        } = job;
        let people: Vec<Line> = lines(profiles)?.collect::<Result<_, _>>()?;
        // Read again when its turn comes: all of them at once may be more than memory.
        for path in people.iter().flat_map(|line| &line.files) {
            attached(path)?;
        }
        let service = open(lever).await?;
        service.read_settings().await?;
        let user = service.mirror().user_by_email(perform_as)?.ok_or(Stopped::NoSuchUser)?;
        let mut followers = Vec::new();
        for email in following {
            let follower = service.mirror().user_by_email(email)?;
            followers.push(follower.ok_or_else(|| Stopped::NoSuchFollower(email.clone()))?.id);
        }
        if user.email != perform_as {
            say("the email is spelled with other letter case in Lever; it is the same user");
        }
        match service.dispatch(Command::ChooseUser { user: user.id }).await {
            Reply::Failed { failure } => return Err(Stopped::Lever(describe(&failure))),
            _ if service.mirror().is_complete()? => service.round().await?,
            _ => {
                say("the mirror is not complete: only the email tells whether a person is in Lever already");
                service.settle_exports().await?;
            }
        }
        if let Some(rules) = rules
            && let Reply::Failed { failure } = service.dispatch(Command::SetExportRules { rules }).await
        {
            return Err(Stopped::Lever(describe(&failure)));
        }
        if resume {
            service.always_make_resumes();
        }
        let rules = service.export_rules()?;
        let mut settled = true;
        let mut output = std::io::stdout().lock();
        for Line { profile, files: own } in &people {
            tokio::time::sleep(std::time::Duration::from_millis(undo_ms)).await;
            let mut files = keep(&service, &for_all).await?;
            for path in own {
                files.extend(keep(&service, &[attached(path)?]).await?);
            }
            let choices = ExportChoices {
                files,
                followers: followers.clone(),
                ..choices(profile, &rules)
            };
            let exported = export_one(&service, profile, &choices).await?;
            let known = known_by_plan(exported.0.as_ref()).filter(|_| if_known == Known::Update);
            let updated = match known {
                Some(contact) => update_one(&service, profile, &contact, &choices).await,
                None => None,
            };
            let (plan, result) = updated.unwrap_or(exported);
            let line = match &result {
                Ok(outcome) => ExportLine {
                    key: &profile.key,
                    state: outcome.state,
                    plan: plan.as_ref(),
                    contact: outcome.contact.as_ref().map(|id| id.as_str()),
                    opportunity: outcome.opportunity.as_ref().map(|id| id.as_str()),
                    error: outcome.failure.as_ref().map(describe),
                },
                Err(error) => ExportLine {
                    key: &profile.key,
                    state: ExportState::Failed,
                    plan: plan.as_ref(),
                    contact: None,
                    opportunity: None,
                    error: Some(error.clone()),
                },
            };
            settled &= line.state.is_done() || line.state == ExportState::Skipped;
            print_line(&mut output, &line)?;
            output.flush()?;
        }
        if settled { Ok(()) } else { Err(Stopped::Unsettled) }
    }

    /// A line is tried so many times before anything of it is sent.
    const ATTEMPTS: u32 = 5;

    fn may_pass(code: FailureCode) -> bool {
        matches!(
            code,
            FailureCode::RateLimited
                | FailureCode::LeverFailing
                | FailureCode::Network
                | FailureCode::TimedOut
                | FailureCode::ReplyNotUnderstood
        )
    }

    /// Plans and sends one profile; plans anew when Lever turns out to know more than the mirror.
    async fn export_one(
        service: &Service,
        profile: &Profile,
        choices: &ExportChoices,
    ) -> Result<(Option<Plan>, Result<ExportOutcome, String>), Stopped> {
        let begun = service
            .records()
            .latest_export(&profile.key)?
            .filter(|export| !overall(export).is_settled());
        let mut plan = None;
        for attempt in 1..=ATTEMPTS {
            let planned = match &begun {
                Some(export) => export.plan.clone(),
                None => match service.planned(profile, choices).await {
                    Ok(planned) => planned,
                    Err(error @ ServiceError::Storage(_)) => return Err(error.into()),
                    Err(error) => return Ok((plan, Err(error.to_string()))),
                },
            };
            let command = Command::Export {
                profile: profile.clone(),
                choices: choices.clone(),
                fingerprint: planned.fingerprint.clone(),
            };
            plan = Some(planned);
            match service.dispatch(command).await {
                Reply::Exported { outcome } => return Ok((plan, Ok(outcome))),
                Reply::Failed { failure } if failure.code == FailureCode::PlanChanged => {}
                // Nothing was sent: Lever could not be asked whether the person is there. It may answer in a moment.
                Reply::Failed { failure } if may_pass(failure.code) && attempt < ATTEMPTS => {
                    tokio::time::sleep(std::time::Duration::from_millis(500 << attempt)).await;
                }
                Reply::Failed { failure } => return Ok((plan, Err(describe(&failure)))),
                _ => return Ok((plan, Err("an answer of another kind".to_owned()))),
            }
        }
        Ok((plan, Err(CHANGED.to_owned())))
    }

    const CHANGED: &str = "Lever changed each time the plan was made";

    /// Whom Lever knows already, where that is why nothing was sent.
    fn known_by_plan(plan: Option<&Plan>) -> Option<ContactId> {
        match &plan?.action {
            PlannedAction::Nothing {
                reason: NothingReason::AlreadyInLever | NothingReason::ExportedBefore,
                contact,
                ..
            } => contact.clone(),
            _ => None,
        }
    }

    /// Adds what Lever lacks to somebody it knows; nothing where the page turns out not to be this person's.
    async fn update_one(
        service: &Service,
        profile: &Profile,
        contact: &ContactId,
        choices: &ExportChoices,
    ) -> Option<(Option<Plan>, Result<ExportOutcome, String>)> {
        let choices = UpdateChoices {
            tags: choices.tags.clone(),
            undo_ms: choices.undo_ms,
            ..UpdateChoices::default()
        };
        let mut plan = None;
        for attempt in 1..=ATTEMPTS {
            let command = Command::PlanUpdate {
                profile: profile.clone(),
                contact: contact.clone(),
                choices: choices.clone(),
            };
            let failure = match service.dispatch(command).await {
                Reply::UpdatePlan { plan: planned, .. } => {
                    let command = Command::Update {
                        profile: profile.clone(),
                        contact: contact.clone(),
                        choices: choices.clone(),
                        fingerprint: planned.fingerprint.clone(),
                    };
                    plan = Some(planned);
                    match service.dispatch(command).await {
                        Reply::Updated { outcome, .. } => return Some((plan, Ok(outcome))),
                        Reply::Failed { failure } if failure.code == FailureCode::PlanChanged => continue,
                        Reply::Failed { failure } => failure,
                        _ => return Some((plan, Err("an answer of another kind".to_owned()))),
                    }
                }
                Reply::Failed { failure } if failure.code == FailureCode::PlanChanged => return None,
                Reply::Failed { failure } => failure,
                _ => return Some((plan, Err("an answer of another kind".to_owned()))),
            };
            if !may_pass(failure.code) || attempt == ATTEMPTS {
                return Some((plan, Err(describe(&failure))));
            }
            tokio::time::sleep(std::time::Duration::from_millis(500 << attempt)).await;
        }
        Some((plan, Err(CHANGED.to_owned())))
    }
}

#[cfg(not(target_family = "wasm"))]
fn main() -> std::process::ExitCode {
    terminal::main()
}

#[cfg(target_family = "wasm")]
fn main() {}
