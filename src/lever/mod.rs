//! The client of Lever's API (lever-api.md).
//!
//! - [`environment`]: which Lever.
//! - [`authentication`], [`oauth`]: who asks: an API key, or tokens renewed in time.
//! - [`api_variant`]: by which of its two names Lever's rows are asked for.
//! - [`endpoint`]: every endpoint in use, with the tick-box an administrator has to set for it. Start here to add one.
//! - [`client`]: pace, retries of reads, paging, and the calls, one file a resource. Writes are sent once, never repeated here.
//! - [`pace`]: how many requests a second, and who goes first.
//! - [`model`]: Lever's replies, read tolerantly.
//! - [`error`]: what can go wrong, and whether a write may have happened all the same.

pub mod api_variant;
pub mod authentication;
pub mod client;
pub mod endpoint;
pub mod environment;
pub mod error;
pub mod model;
pub mod oauth;
pub mod pace;
