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
//! | `host.rs` | host names, for links and mailboxes |
//! | `handle.rs` | names that people choose on sites |
//! | `name.rs`, `name/` | people's names: parts, folding, comparison |
//! | `company.rs` | employers' names |
//! | `place.rs` | where somebody lives: metropolitan area, state, country |
//! | `title.rs` | job titles to families, and headlines |
//! | `school.rs` | schools' names |
//! | `tables.rs` | the tables behind all of them |
//! | `text.rs` | Unicode forms and folding that the others share |

pub mod company;
pub mod email;
pub mod handle;
pub(crate) mod host;
pub mod key;
pub mod link;
pub mod name;
pub mod phone;
pub mod place;
mod public_suffix;
pub mod school;
pub mod tables;
pub mod text;
pub mod title;

pub use company::{CompanyKeys, company_alias, company_key, company_keys};
pub use email::{EmailAddress, EmailClass, email_keys};
pub use handle::{Handle, HandleStrength};
pub use key::{IdentityKey, IdentityKeyError, KeyKind};
pub use link::{LinkSource, is_assigned_slug, link_keys};
pub use name::{IsSurname, NameAgreement, PersonName, is_nobodys_name};
pub use phone::{Region, phone_keys};
pub use place::{Place, PlaceAgreement};
pub use school::{is_school, school_key};
pub use text::fold;
pub use title::{TitleFamilies, title_and_company_of_headline, title_families};
