//! Field by field, what speaks for and against page and contact being one person, in bits (matching.md §6).
//!
//! Pure: two sets of facts in, evidence out. First values of the table in matching.md §6; the frequency of a name is counted
//! in the mirror's index.

use std::collections::BTreeSet;

use super::verdict::{Evidence, Outcome};
use crate::identity::{
    EmailAddress, EmailClass, IdentityKey, KeyKind, LinkSource, NameAgreement, PersonName, company_key, email_keys,
    link_keys, phone_keys,
};
use crate::mirror::read::ContactRecord;
use crate::mirror::rows::ContactData;
use crate::profile::Profile;
use crate::text::ContactId;

/// What the page says, in normal forms.
pub struct PageFacts {
    /// Identity keys.
    pub keys: Vec<IdentityKey>,
    /// Name as shown, where the page shows one.
    pub shown_name: Option<String>,
    /// The name, parsed.
    pub name: Option<PersonName>,
    /// Employers in normal form with the words on the page.
    pub companies: Vec<(String, String)>,
}

impl PageFacts {
    /// The facts of a profile.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        let mut companies: Vec<(String, String)> = Vec::new();
        let shown = profile
            .current
            .iter()
            .filter_map(|position| position.company.as_deref())
            .chain(
                profile
                    .history
                    .iter()
                    .filter_map(|position| position.company.as_deref()),
            );
        for company in shown {
            if let Some(key) = company_key(company)
                && !companies.iter().any(|(known, _)| *known == key)
            {
                companies.push((key, company.to_owned()));
            }
        }
        Self {
            keys: profile.identity_keys(),
            shown_name: profile.name.clone().filter(|name| !name.trim().is_empty()),
            name: profile.person_name(),
            companies,
        }
    }
}

/// What Lever says about one contact, in normal forms.
pub struct ContactFacts {
    /// The contact.
    pub id: ContactId,
    /// Identity keys with the text they come from.
    pub keys: Vec<(IdentityKey, String)>,
    /// Name as in Lever.
    pub shown_name: String,
    /// The name, parsed.
    pub name: Option<PersonName>,
    /// Employers in normal form with the words in Lever.
    pub companies: Vec<(String, String)>,
}

impl ContactFacts {
    /// The facts of a record.
    #[must_use]
    pub fn of(record: ContactRecord) -> Self {
        let ContactRecord { id, data, .. } = record;
        let keys = keys_with_text(&data);
        let name = Some(data.name.trim())
            .filter(|name| !name.is_empty())
            .map(PersonName::parse);
        // Lever's headline is a list of employers with commas (matching.md §5.2).
        let companies = data
            .headline
            .split([',', ';', '|'])
            .filter_map(|part| company_key(part).map(|key| (key, part.trim().to_owned())))
            .collect();
        Self {
            id,
            keys,
            shown_name: data.name,
            name,
            companies,
        }
    }
}

fn keys_with_text(data: &ContactData) -> Vec<(IdentityKey, String)> {
    let links = data.links.iter().flat_map(|link| {
        link_keys(link, LinkSource::Mirror)
            .into_iter()
            .map(move |key| (key, link.clone()))
    });
    let emails = data
        .emails
        .iter()
        .flat_map(|email| email_keys(email).into_iter().map(move |key| (key, email.clone())));
    let phones = data
        .phones
        .iter()
        .flat_map(|phone| phone_keys(phone, None).into_iter().map(move |key| (key, phone.clone())));
    links.chain(emails).chain(phones).collect()
}

/// A family of evidence: several keys of one family count once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    LinkedIn,
    GitHub,
    Email,
    Phone,
    Link,
}

impl Family {
    fn of(kind: KeyKind) -> Self {
        match kind {
            KeyKind::LinkedInSlug | KeyKind::LinkedInMember | KeyKind::LinkedInOpaque => Self::LinkedIn,
            KeyKind::GitHubLogin | KeyKind::GitHubId => Self::GitHub,
            KeyKind::Email => Self::Email,
            KeyKind::Phone => Self::Phone,
            _ => Self::Link,
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::LinkedIn => "linkedin",
            Self::GitHub => "github",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Link => "link",
        }
    }
}

/// Bits of an equal key that only one person in the mirror has (matching.md §6).
fn bits_when_equal(key: &IdentityKey) -> f64 {
    match key.kind() {
        KeyKind::LinkedInSlug | KeyKind::LinkedInMember | KeyKind::LinkedInOpaque => 26.0,
        KeyKind::GitHubLogin | KeyKind::GitHubId | KeyKind::StackOverflowId | KeyKind::Orcid => 22.0,
        KeyKind::Email => match EmailAddress::parse(key.value()).map(|email| email.class()) {
            Some(EmailClass::Personal) => 20.0,
            Some(EmailClass::Corporate) => 17.0,
            // A role's mailbox or a job board's relay is many people's: no evidence.
            Some(EmailClass::Role | EmailClass::Relay) | None => 0.0,
        },
        KeyKind::Phone => 18.0,
        KeyKind::Web => 20.0,
        _ => 14.0,
    }
}

/// Whether an equal key says something about a person by itself.
#[must_use]
pub fn is_telling(key: &IdentityKey) -> bool {
    bits_when_equal(key) > 0.0
}

/// Bits of two keys of one kind that differ.
fn bits_when_different(kind: KeyKind) -> f64 {
    match kind {
        KeyKind::LinkedInMember => -10.0,
        KeyKind::LinkedInSlug | KeyKind::GitHubLogin | KeyKind::GitHubId => -4.0,
        KeyKind::Email | KeyKind::Phone => -0.7,
        _ => 0.0,
    }
}

/// A mailbox or number that is equal while the names are not: a family, or a recycled address.
const SHARED_MAILBOX_BITS: f64 = 5.0;
/// A key that several people with different names have.
const SHARED_KEY_BITS: f64 = 1.0;
/// Names that fit without being equal.
const COMPATIBLE_NAME_BITS: f64 = 6.0;
/// Names that do not fit.
const DIFFERENT_NAME_BITS: f64 = -12.0;
/// The first shared employer.
const COMPANY_BITS: f64 = 6.0;
/// Each further one.
const FURTHER_COMPANY_BITS: f64 = 3.0;
/// Share of people whose two names are spelled equally (matching.md §6, full name exact).
const EQUAL_NAME_M: f64 = 0.67;

/// What speaks for and against one contact.
pub struct Weighed {
    /// Strongest first.
    pub evidence: Vec<Evidence>,
    /// Sum of bits.
    pub bits: f64,
    /// How the names compare.
    pub names: NameAgreement,
    /// Whether an identity key of this contact alone is equal.
    pub identified: bool,
}

impl Weighed {
    /// Whether an identity key speaks for the contact, however weakly.
    #[must_use]
    pub fn has_equal_key(&self) -> bool {
        self.evidence
            .iter()
            .any(|found| found.bits > 0.0 && !matches!(found.field.as_str(), "name" | "company"))
    }
}

/// How page and contact names compare.
#[must_use]
pub fn compare_names(page: &PageFacts, contact: &ContactFacts) -> NameAgreement {
    match (&page.name, &contact.name) {
        (Some(page), Some(contact)) => page.compatible(contact),
        _ => NameAgreement::Unknown,
    }
}

/// Keys of the page that contacts with different names share: they have lost their power.
#[must_use]
pub fn shared_keys(page: &PageFacts, block: &[ContactFacts]) -> BTreeSet<IdentityKey> {
    page.keys
        .iter()
        .filter(|key| {
            let holders: Vec<&ContactFacts> = block
                .iter()
                .filter(|contact| contact.keys.iter().any(|(held, _)| held == *key))
                .collect();
            holders.iter().enumerate().any(|(place, one)| {
                holders.iter().skip(place + 1).any(|other| {
                    matches!(
                        (&one.name, &other.name),
                        (Some(one), Some(other)) if one.compatible(other) == NameAgreement::Incompatible
                    )
                })
            })
        })
        .cloned()
        .collect()
}

/// Weighs one contact. `namesakes` is how many contacts of the mirror have the page's name, `population` how many it has.
#[must_use]
pub fn weigh(
    page: &PageFacts,
    contact: &ContactFacts,
    shared: &BTreeSet<IdentityKey>,
    namesakes: usize,
    population: u64,
) -> Weighed {
    let names = compare_names(page, contact);
    let mut evidence = Vec::new();
    let mut identified = false;
    for family in [
        Family::LinkedIn,
        Family::GitHub,
        Family::Email,
        Family::Phone,
        Family::Link,
    ] {
        let on_page: Vec<&IdentityKey> = page
            .keys
            .iter()
            .filter(|key| Family::of(key.kind()) == family)
            .collect();
        if let Some(found) = equal_key(&on_page, contact, shared, names) {
            identified |= found.outcome == Outcome::Equal && found.bits > 0.0 && names != NameAgreement::Incompatible;
            evidence.push(found);
        } else if let Some(found) = different_key(&on_page, contact) {
            evidence.push(found);
        }
    }
    evidence.extend(name_evidence(page, contact, names, namesakes, population));
    evidence.extend(company_evidence(page, contact));
    evidence.sort_by(|one, other| other.bits.total_cmp(&one.bits));
    let bits = evidence.iter().map(|found| found.bits).sum();
    Weighed {
        evidence,
        bits,
        names,
        identified,
    }
}

fn equal_key(
    on_page: &[&IdentityKey],
    contact: &ContactFacts,
    shared: &BTreeSet<IdentityKey>,
    names: NameAgreement,
) -> Option<Evidence> {
    on_page
        .iter()
        .filter_map(|key| {
            let (_, lever) = contact.keys.iter().find(|(held, _)| held == *key)?;
            let full = bits_when_equal(key);
            let (outcome, bits) = if shared.contains(*key) {
                (Outcome::Shared, full.min(SHARED_KEY_BITS))
            } else if names == NameAgreement::Incompatible {
                (Outcome::Equal, full.min(SHARED_MAILBOX_BITS))
            } else {
                (Outcome::Equal, full)
            };
            Some(Evidence {
                field: Family::of(key.kind()).field().to_owned(),
                outcome,
                bits,
                page: Some(key.value().to_owned()),
                lever: Some(lever.clone()),
            })
        })
        .max_by(|one, other| one.bits.total_cmp(&other.bits))
}

fn different_key(on_page: &[&IdentityKey], contact: &ContactFacts) -> Option<Evidence> {
    on_page
        .iter()
        .filter_map(|key| {
            let bits = bits_when_different(key.kind());
            let (_, lever) = contact.keys.iter().find(|(held, _)| held.kind() == key.kind())?;
            (bits < 0.0).then(|| Evidence {
                field: Family::of(key.kind()).field().to_owned(),
                outcome: Outcome::Different,
                bits,
                page: Some(key.value().to_owned()),
                lever: Some(lever.clone()),
            })
        })
        .min_by(|one, other| one.bits.total_cmp(&other.bits))
}

fn name_evidence(
    page: &PageFacts,
    contact: &ContactFacts,
    names: NameAgreement,
    namesakes: usize,
    population: u64,
) -> Option<Evidence> {
    let (outcome, bits) = match names {
        NameAgreement::Same => {
            // Chance that somebody else has this name: the other namesakes among all, smoothed (matching.md §6).
            let others = namesakes.saturating_sub(1) as f64 + 0.15;
            let chance = others / (population.max(1) as f64);
            (Outcome::Equal, (EQUAL_NAME_M / chance).log2().clamp(0.0, 20.0))
        }
        NameAgreement::Compatible => (Outcome::Compatible, COMPATIBLE_NAME_BITS),
        NameAgreement::Incompatible => (Outcome::Different, DIFFERENT_NAME_BITS),
        NameAgreement::Unknown => return None,
    };
    Some(Evidence {
        field: "name".to_owned(),
        outcome,
        bits,
        page: page.shown_name.clone(),
        lever: Some(contact.shown_name.clone()),
    })
}

fn company_evidence(page: &PageFacts, contact: &ContactFacts) -> Vec<Evidence> {
    page.companies
        .iter()
        .filter_map(|(key, shown)| {
            let (_, lever) = contact.companies.iter().find(|(held, _)| held == key)?;
            Some((shown, lever))
        })
        .enumerate()
        .map(|(place, (shown, lever))| Evidence {
            field: "company".to_owned(),
            outcome: Outcome::Equal,
            bits: if place == 0 { COMPANY_BITS } else { FURTHER_COMPANY_BITS },
            page: Some(shown.clone()),
            lever: Some(lever.clone()),
        })
        .take(4)
        .collect()
}
