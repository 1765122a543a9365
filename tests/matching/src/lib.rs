//! A seeded world of invented people, and how well the matcher finds them in it (matching.md §7, §8).
//!
//! The way of a person: [`person`] makes the truth from the seed and a number; [`lever_record`] writes it down as Lever has it;
//! [`page`] shows it as a site does; [`negatives`] makes people who only look alike; [`visits`] chooses whose pages are looked at.
//! Then [`evaluate`] asks the matcher and the [`baselines`], and [`report`] prints what came of it.

pub mod baselines;
pub mod cities;
pub mod class;
pub mod columns;
pub mod draw;
pub mod employers;
pub mod evaluate;
pub mod febrl;
pub mod lever_record;
pub mod limits;
pub mod linkedin;
pub mod mirror;
pub mod names;
pub mod negatives;
pub mod noise;
pub mod page;
pub mod person;
pub mod rates;
pub mod report;
pub mod splink;
pub mod titles;
pub mod visits;
pub mod world;

pub use class::Class;
pub use page::PageKind;
pub use world::{Settings, Truth, World, generate};

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// A file.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// Standard output.
    #[error("{0}")]
    Output(#[from] std::io::Error),
    /// A line of JSON.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// The mirror.
    #[error("{0}")]
    Mirror(#[from] fulcrum::mirror::MirrorError),
}
