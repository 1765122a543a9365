//! `matching-evaluation generate` writes a seed's world to files; `matching-evaluation evaluate` asks the matcher about it and
//! prints the tables of matching.md §7. Same arguments, same world.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use matching_evaluation::baselines::{Baseline, Index};
use matching_evaluation::columns::Columns;
use matching_evaluation::evaluate::{ask_all, described, fault, slot_finder};
use matching_evaluation::lever_record::LeverRecord;
use matching_evaluation::limits::Limits;
use matching_evaluation::report::{Find, Rival, Score, Table, recalls, said, tables};
use matching_evaluation::{Class, EvaluationError, Settings, World, febrl, generate, mirror, splink};
use serde::Serialize;

/// A world of invented people, and how well the matcher finds them.
#[derive(Parser)]
#[command(name = "matching-evaluation", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::Args, Clone, Copy)]
struct Size {
    /// Everything follows from it.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Contacts in the mirror.
    #[arg(long, default_value_t = 100_000)]
    contacts: u64,
    /// Pages of people who are in the mirror.
    #[arg(long, default_value_t = 3_000)]
    present: usize,
    /// Pages of random strangers.
    #[arg(long, default_value_t = 1_800)]
    strangers: usize,
    /// Pages of each of the 15 classes of people who look like somebody of the mirror.
    #[arg(long, default_value_t = 80)]
    hard_per_class: usize,
}

impl Size {
    fn settings(self) -> Settings {
        Settings {
            seed: self.seed,
            contacts: self.contacts,
            present: self.present,
            strangers: self.strangers,
            hard_per_class: self.hard_per_class,
        }
    }
}

#[derive(Subcommand)]
enum Task {
    /// Write mirror, pages, truth, and cleaned columns for a general linker.
    Generate {
        #[command(flatten)]
        size: Size,
        /// Folder for the files.
        #[arg(long)]
        out: PathBuf,
    },
    /// Ask the matcher about every page and print what came of it.
    Evaluate {
        #[command(flatten)]
        size: Size,
        /// What Splink found on the same world (splink_baseline.py).
        #[arg(long)]
        splink: Option<PathBuf>,
        /// Where to write every wrong, missed or weakly found page.
        #[arg(long)]
        errors: Option<PathBuf>,
        /// Hold the numbers against the limits of matching.md §8; exit status 1 where one is missed.
        #[arg(long)]
        limits: bool,
        /// Print Markdown.
        #[arg(long)]
        markdown: bool,
    },
    /// Link FEBRL 4, or find people held several times in FEBRL 3, without the id number (febrl_data.py finds the files).
    /// Exit status 1 where a limit of matching.md §8 is missed.
    Febrl {
        /// dataset4a.csv, which becomes the mirror.
        #[arg(long, requires = "b", required_unless_present = "deduplicate")]
        a: Option<PathBuf>,
        /// dataset4b.csv, whose rows become pages.
        #[arg(long, requires = "a")]
        b: Option<PathBuf>,
        /// dataset3.csv.
        #[arg(long)]
        deduplicate: Option<PathBuf>,
        /// File to which every pair that is wrong or missed is added.
        #[arg(long)]
        errors: Option<PathBuf>,
        /// Print Markdown.
        #[arg(long)]
        markdown: bool,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().task {
        Task::Generate { size, out } => write_world(size.settings(), &out).map(|()| true),
        Task::Evaluate {
            size,
            splink,
            errors,
            limits,
            markdown,
        } => {
            let shown = Shown { limits, markdown };
            evaluate(size.settings(), splink.as_deref(), errors.as_deref(), shown)
        }
        Task::Febrl {
            a,
            b,
            deduplicate,
            errors,
            markdown,
        } => {
            let errors = errors.as_deref();
            let linked = a.zip(b).map(|(a, b)| febrl_4(&a, &b, errors, markdown));
            let deduplicated = deduplicate.map(|file| febrl_3(&file, errors, markdown));
            [linked, deduplicated]
                .into_iter()
                .flatten()
                .try_fold(true, |so_far, kept| Ok(kept? && so_far))
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        // The tables have said which limit it was.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            say(&format!("matching-evaluation: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn say(line: &str) {
    // A closed standard error is no reason to stop.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn created(path: &Path) -> Result<BufWriter<File>, EvaluationError> {
    match File::create(path) {
        Ok(file) => Ok(BufWriter::with_capacity(1 << 20, file)),
        Err(error) => Err(EvaluationError::File {
            path: path.display().to_string(),
            error,
        }),
    }
}

fn line(output: &mut impl Write, value: &impl Serialize) -> Result<(), EvaluationError> {
    serde_json::to_writer(&mut *output, value)?;
    output.write_all(b"\n")?;
    Ok(())
}

fn made(settings: Settings) -> World {
    let start = Instant::now();
    let world = generate(settings);
    say(&format!(
        "{} pages made in {:.1} s",
        world.profiles.len(),
        start.elapsed().as_secs_f64()
    ));
    world
}

fn write_world(settings: Settings, folder: &Path) -> Result<(), EvaluationError> {
    std::fs::create_dir_all(folder)?;
    let world = made(settings);
    let start = Instant::now();
    let mut rows = created(&folder.join("opportunities.jsonl"))?;
    for row in world.opportunities() {
        writeln!(rows, "{}", row?)?;
    }
    rows.flush()?;
    say(&format!("mirror written in {:.1} s", start.elapsed().as_secs_f64()));
    let mut columns = created(&folder.join("columns-mirror.jsonl"))?;
    for slot in 0..settings.contacts {
        line(&mut columns, &Columns::of_record(&LeverRecord::of_slot(&world, slot)))?;
    }
    columns.flush()?;
    let mut profiles = created(&folder.join("profiles.jsonl"))?;
    let mut truths = created(&folder.join("truth.jsonl"))?;
    let mut columns = created(&folder.join("columns-pages.jsonl"))?;
    for (place, (profile, truth)) in world.profiles.iter().enumerate() {
        line(&mut profiles, profile)?;
        line(&mut truths, truth)?;
        line(&mut columns, &Columns::of_page(place, profile))?;
    }
    profiles.flush()?;
    truths.flush()?;
    columns.flush()?;
    Ok(())
}

#[derive(Clone, Copy)]
struct Shown {
    limits: bool,
    markdown: bool,
}

/// Prints the tables; whether the limits are kept, where they are asked for.
fn evaluate(
    settings: Settings,
    splink: Option<&Path>,
    errors: Option<&Path>,
    shown: Shown,
) -> Result<bool, EvaluationError> {
    let world = made(settings);
    let start = Instant::now();
    let mirror = mirror::build(world.opportunities())?;
    say(&format!("mirror built in {:.1} s", start.elapsed().as_secs_f64()));
    let start = Instant::now();
    let mut faults = Vec::new();
    let answers = ask_all(&world, &mirror, |place, answer, verdict| {
        if errors.is_some()
            && let Some(fault) = fault(answer)
        {
            faults.push((place, fault, answer.clone(), verdict.clone()));
        }
        Ok(())
    })?;
    say(&format!(
        "{} pages asked in {:.1} s",
        answers.len(),
        start.elapsed().as_secs_f64()
    ));
    if let Some(path) = errors {
        let truths = world.profiles.iter().map(|(_, truth)| truth);
        let wanted: HashSet<String> = truths
            .flat_map(|truth| truth.contacts.iter().chain(&truth.resembles).cloned())
            .chain(
                faults
                    .iter()
                    .flat_map(|(.., verdict)| &verdict.candidates)
                    .map(|candidate| candidate.contact.0.clone()),
            )
            .collect();
        let slots = slot_finder(&world, &wanted);
        let mut output = created(path)?;
        for (place, fault, answer, verdict) in &faults {
            let find = |contact: &str| slots.get(contact).copied();
            line(
                &mut output,
                &described(&world, &find, (*place, *fault), answer, verdict),
            )?;
        }
        output.flush()?;
    }
    let mut rivals = baselines(&world);
    let mut recall_rows = Vec::new();
    if let Some(path) = splink {
        let found = splink::read(path)?;
        for threshold in [0.9, 0.99, 0.999, 0.9999] {
            rivals.push(splink_at(&world, &found, threshold));
        }
        let scored: Vec<(f64, bool)> = found
            .iter()
            .filter_map(|find| {
                let (_, truth) = world.profiles.get(find.page)?;
                Some((find.probability, truth.contacts.contains(&find.contact)))
            })
            .collect();
        recall_rows.push(("Splink".to_owned(), recalls(&scored, settings.present)));
    }
    let mut output = std::io::stdout().lock();
    writeln!(
        output,
        "seed {}, {} contacts, {} pages ({} in the mirror, {} strangers, {} hard)\n",
        settings.seed,
        settings.contacts,
        answers.len(),
        answers.iter().filter(|answer| answer.class == Class::Present).count(),
        answers.iter().filter(|answer| answer.class == Class::Stranger).count(),
        answers
            .iter()
            .filter(|answer| Class::HARD.contains(&answer.class))
            .count(),
    )?;
    for table in tables(&answers, &rivals, &recall_rows) {
        write!(output, "{}", table.text(shown.markdown))?;
    }
    if !shown.limits {
        return Ok(true);
    }
    let ours = recalls(&said(&answers), settings.present)[1];
    let beside_splink = recall_rows.first().map(|(_, splinks)| (ours, splinks[1]));
    let limits = Limits::of(&answers, settings.contacts, beside_splink);
    write!(output, "{}", limits.table.text(shown.markdown))?;
    Ok(limits.are_kept)
}

/// Least F1 at probability 0.5, and least precision at 0.95 (matching.md §8).
const FEBRL_4_LIMITS: (f64, Option<f64>) = (0.992, Some(1.0));
const FEBRL_3_LIMITS: (f64, Option<f64>) = (0.993, None);

fn febrl_4(a: &Path, b: &Path, errors: Option<&Path>, markdown: bool) -> Result<bool, EvaluationError> {
    let (rows, pages) = (febrl::read(a)?, febrl::read(b)?);
    let title = format!(
        "FEBRL 4 without its id number: {} pages, {} contacts",
        pages.len(),
        rows.len()
    );
    let found = timed(&title, || febrl::run(&rows, &pages, febrl::Task::Link))?;
    febrl_told(&title, &found, FEBRL_4_LIMITS, errors, markdown)
}

fn febrl_3(file: &Path, errors: Option<&Path>, markdown: bool) -> Result<bool, EvaluationError> {
    let rows = febrl::read(file)?;
    let title = format!(
        "FEBRL 3 without its id number: who of {} contacts is held several times",
        rows.len()
    );
    let found = timed(&title, || febrl::run(&rows, &rows, febrl::Task::Deduplicate))?;
    febrl_told(&title, &found, FEBRL_3_LIMITS, errors, markdown)
}

fn timed<T>(what: &str, task: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = task();
    say(&format!("{what}: {:.1} s", start.elapsed().as_secs_f64()));
    done
}

/// Prints what came of it; whether the limits are kept.
fn febrl_told(
    title: &str,
    found: &febrl::Outcome,
    (least_f1, least_precision): (f64, Option<f64>),
    errors: Option<&Path>,
    markdown: bool,
) -> Result<bool, EvaluationError> {
    let mut table = Table::new(title, &["found from", "precision", "recall", "F1"]);
    for threshold in [0.5, 0.95, 0.99] {
        let (precision, recall, f1) = found.at(threshold);
        table.row(
            &format!("p >= {threshold}"),
            [precision, recall, f1].map(|value| format!("{value:.4}")),
        );
    }
    let mut learned = Table::new(
        "How often two values of one person agree, as learned without labels",
        &["field", "equal", "one edit", "a few edits", "different"],
    );
    for (field, m) in &found.learned {
        learned.row(field, m.map(|value| format!("{value:.4}")));
    }
    let f1 = found.at(0.5).2;
    let precision = found.at(0.95).0;
    let kept = f1 >= least_f1 && least_precision.is_none_or(|least| precision >= least);
    let mut output = std::io::stdout().lock();
    write!(output, "{}{}", table.text(markdown), learned.text(markdown))?;
    writeln!(
        output,
        "{} of {} pairs came into question, {} candidates in all; lines of the address exchanged in {:.3} of pairs",
        found.reached, found.pairs, found.considered, found.crossed
    )?;
    let precise = least_precision.map_or(String::new(), |least| {
        format!(", precision {precision:.4} >= {least:.4} at p >= 0.95")
    });
    writeln!(
        output,
        "limits: F1 {f1:.4} >= {least_f1:.4} at p >= 0.5{precise}: {}\n",
        if kept { "kept" } else { "MISSED" }
    )?;
    if let Some(path) = errors {
        let mut output = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
        for fault in &found.faults {
            writeln!(output, "{fault}")?;
        }
        output.flush()?;
    }
    Ok(kept)
}

fn baselines(world: &World) -> Vec<Rival> {
    let index = Index::of(world);
    Baseline::ALL
        .iter()
        .map(|rule| {
            let finds: Vec<Find> = world
                .profiles
                .iter()
                .map(|(profile, truth)| {
                    let found = index.found(*rule, profile);
                    Find {
                        class: truth.class,
                        is_found: !found.is_empty(),
                        is_right: found
                            .iter()
                            .any(|slot| truth.contacts.contains(&world.contact_id(u64::from(*slot)))),
                    }
                })
                .collect();
            Rival {
                name: rule.words().to_owned(),
                score: Score::of(&finds),
            }
        })
        .collect()
}

fn splink_at(world: &World, found: &[splink::Found], threshold: f64) -> Rival {
    let best: std::collections::HashMap<usize, &splink::Found> = found
        .iter()
        .filter(|find| find.probability >= threshold)
        .map(|find| (find.page, find))
        .collect();
    let finds: Vec<Find> = world
        .profiles
        .iter()
        .enumerate()
        .map(|(place, (_, truth))| Find {
            class: truth.class,
            is_found: best.contains_key(&place),
            is_right: best
                .get(&place)
                .is_some_and(|find| truth.contacts.contains(&find.contact)),
        })
        .collect();
    Rival {
        name: format!("Splink p >= {threshold}"),
        score: Score::of(&finds),
    }
}
