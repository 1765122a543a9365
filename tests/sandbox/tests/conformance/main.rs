//! The sandbox held against what is publicly known of Lever, with raw HTTP: one test a fact, its section of
//! `lever-api.md` in its name or comment. Must not use the sandbox's own types for what goes over the wire.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs
)]

mod access;
mod applying;
mod changes;
mod choices;
mod creating;
mod data_file;
mod faults;
mod files;
mod forms;
mod interviews;
mod legacy;
mod lists;
mod multipart;
mod notes;
mod oauth;
mod order;
mod performing;
mod postings;
mod recorded;
mod reports;
mod requisitions;
mod seeded;
mod shapes;
mod support;
mod users;
mod web_app;
