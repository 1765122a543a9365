//! A profile becomes an opportunity in Lever, exactly once (design §4.2).
//!
//! - [`rules`]: what is sent of every profile, and as what.
//! - [`pattern`]: tags and sources with places to be filled.
//! - [`mapping`]: a profile's fields in Lever's terms.
//! - [`history_note`]: work history and education as a note.
//! - [`resume`]: what stands in the resume that is made of a page.
//! - [`files`]: files that go along, kept until Lever has them.
//! - [`placeholder_email`]: an address for who has none.
//! - [`plan`]: exactly what will be sent, and what Lever will do with it. Pure.
//! - [`journal`]: states, and what one step of an export says.
//! - [`aliases`]: which keys are one person's, learned from pages.
//! - [`projects`]: named lists of people.
//! - [`many`]: many people in one go, and what became of each.
//! - [`records`]: the durable file behind it: journal, settings, corrections.
//! - [`update`]: somebody in Lever is brought up to date.
//! - [`run`]: sending a plan, step by step, and finding out what became of a write whose reply was lost.

pub mod aliases;
pub mod files;
pub mod history_note;
pub mod journal;
pub mod many;
pub mod mapping;
pub mod pattern;
pub mod placeholder_email;
pub mod plan;
pub mod projects;
pub mod records;
pub mod resume;
pub mod rules;
pub mod run;
pub mod update;
