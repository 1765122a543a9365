//! Who is this? Every key that a page and Lever can share, in one normal form on both sides.
//!
//! Pure functions: no input or output, no clock, no database. The same function normalises mirror and page, otherwise
//! equality would mean nothing. Rules and their sources: `matching.md` §4 and §5.
//!
//! | file | what it normalises |
//! |---|---|
//! | `key.rs` | the [`IdentityKey`] itself and its text form |
//! | `email.rs` | e-mail addresses and their classes |
//! | `phone.rs` | phone numbers to E.164 |
//! | `link.rs`, `link/` | addresses of profiles on LinkedIn, GitHub and other sites, and personal domains |
//! | `name.rs`, `name/` | people's names: parts, folding, comparison |
//! | `company.rs` | employers' names |
//! | `text.rs` | Unicode forms and folding that the others share |

pub mod company;
pub mod email;
pub mod key;
pub mod link;
pub mod name;
pub mod phone;
mod public_suffix;
pub mod text;

pub use company::company_key;
pub use email::{EmailAddress, EmailClass, email_keys};
pub use key::{IdentityKey, IdentityKeyError, KeyKind};
pub use link::{LinkSource, link_keys};
pub use name::{NameAgreement, PersonName};
pub use phone::{Region, phone_keys};
pub use text::fold;
