//! The core of Fulcrum: is the person on this page in Lever, and how do they get there exactly once?
//!
//! The map, one line a module:
//!
//! - [`profile`]: what one web page says about one person.
//! - [`identity`]: normal forms that two places can share (email, phone, link, name, company).
//! - [`matching`]: from identity keys and names to a verdict with evidence.
//! - [`lever`]: the client of Lever's API: authentication, pace, paging, models, errors.
//! - [`mirror`]: the local copy of Lever in SQLite, and how it is read from Lever and kept fresh.
//! - [`export`]: mapping, plan, journal and the run of one export.
//! - [`policy`]: what the organisation's administrator has fixed.
//! - [`command`]: the protocol: everything that can be asked of the core, and every answer.
//! - [`service`]: command → reply, with storage, network, clock and secrets passed in.
//! - [`host`]: the traits through which time, waiting, secrets and network come in.
//! - [`plain`]: small things read from JSON by code that exists once.
//! - [`text`]: ids, times and private text as types.
//! - `wasm`: bindings for the browser's worker; no logic.
//! - `native`: the same host for a terminal: system clock, sockets, files, made resumes.

pub mod command;
pub mod export;
pub mod host;
pub mod identity;
pub mod lever;
pub mod matching;
pub mod mirror;
pub mod plain;
pub mod policy;
pub mod profile;
pub mod service;
pub mod text;

#[cfg(not(target_arch = "wasm32"))]
pub mod native;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
