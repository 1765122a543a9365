//! The invented account: everything here follows from a seed and a number, so that a million people cost nothing
//! until somebody asks for one.
//!
//! Must not hold state, and must not use a real person's data: names are common ones put together at random, mail is
//! at example.org, .com and .net, phone numbers contain 555.

pub mod company;
pub mod documents;
pub mod draw;
pub mod forms;
pub mod names;
pub mod population;
pub mod questions;
pub mod requisitions;
pub mod spelling;
pub mod well_known;
pub mod words;
