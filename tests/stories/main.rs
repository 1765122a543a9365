//! The core as its users meet it: stories on real sockets against a simulated Lever, and rules that hold for any input.
//!
//! | file | what it tells |
//! |---|---|
//! | `fixture/` | a simulated Lever, a recruiter's machine, the network's edge between them, people |
//! | `reading.rs` | Lever is read into the mirror, whatever happens on the way |
//! | `keeping.rs` | how the mirror is kept: settings, counts, details |
//! | `rediscovery.rs` | people of the past are found again |
//! | `long_reads.rs` | reads of many windows, killed again and again, and changed underneath |
//! | `connecting.rs` | keys that work, that do not, that lack something; disconnecting |
//! | `client.rs` | single calls of Lever's API that no story goes through |
//! | `storage.rs` | files that are gone, damaged, or of another version |
//! | `verdicts.rs` | is this person in Lever? |
//! | `weighing.rs` | what speaks for and against two records being one person |
//! | `employers.rs` | what the people of the mirror teach about names of employers |
//! | `corrections.rs` | what the recruiter said of who is who: kept, listed, taken back |
//! | `files.rs` | files and the made resume go along, whole and once, and nothing of them stays |
//! | `made_resumes.rs` | a resume that is made in a terminal is read again |
//! | `exporting.rs` | one click puts a person into Lever |
//! | `mapping.rs` | what Lever gets of a profile: rules, cultures, gaps |
//! | `updating.rs` | somebody in Lever is brought up to date, and nothing is overwritten that was not ticked |
//! | `policy.rs` | what the organisation's administrator has fixed |
//! | `jobs.rs` | which jobs can be chosen, and why not the others |
//! | `api_variants.rs` | keys of old that know Lever's rows by their old name only |
//! | `journal.rs` | the journal: found by name, tried again, left |
//! | `many.rs` | many people in one go: projects and batches |
//! | `lost_replies.rs` | exactly once, whatever happens to replies and processes |
//! | `privacy.rs` | no key and nobody's data in errors and debug output |
//! | `protocol.rs` | the shapes that TypeScript relies on |
//! | `requirements.rs` | each row about the export is named by a test |
//! | `terminal.rs` | the program `fulcrum`, killed and run again |
//!
//! No test sleeps: the machine's clock stands still until something waits on it.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    missing_docs
)]

mod aliases;
mod api_variants;
mod client;
mod connecting;
mod corrections;
mod employers;
mod exporting;
mod faults;
mod files;
mod fixture;
mod hostile_replies;
mod jobs;
mod journal;
mod keeping;
mod long_reads;
mod lost_replies;
mod made_resumes;
mod many;
mod mapping;
mod open_questions;
mod policy;
mod privacy;
mod protocol;
mod reading;
mod rediscovery;
mod requirements;
mod signing_in;
mod storage;
mod terminal;
mod updating;
mod verdicts;
mod weighing;
