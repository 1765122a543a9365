//! People who are in every account with at least ten seeded contacts, whatever the seed: stories and the demo name them.
//!
//! | # | person | what they are for |
//! |---|---|---|
//! | 0 | Ines Kowalczyk | in Lever and active: LinkedIn `ines-kowalczyk-demo` (member id 555000101), mail, phone, two opportunities |
//! | 1 | Daniel Osei-Mensah | hired on "Platform Engineer" |
//! | 2 | Leila Haddad | a prospect (stage Responded, no job), no mail |
//! | 3 | Wei Chen | only a GitHub link: `github.com/wei-chen-demo` |
//! | 4, 5 | Alex Martin | two different people with exactly the same name |
//! | 6 | 佐藤 美咲 | a name in another script, a prospect in Reached out |
//! | 7 | Nikhil Rao | rejected (Underqualified), mail and phone, no link |
//! | 8 | (blank) | what an empty create leaves behind |
//! | 9 | Sofia Lindgren | confidential, by the posting "Chief of Staff" |
//!
//! Users: Maya Okafor (super admin), Jonas Lindqvist (mixed-case mail), Priya Raman, Helena Brandt (deactivated), Tunde
//! Balogun (interviewer), Sun-Hee Park. Postings: "Data Platform Lead" (Data · Remote), "Platform Engineer"
//! (Infrastructure · Berlin), "Backend Engineer", all published; "Chief of Staff" (confidential), "People Partner" (internal
//! channel only), "Office Manager" (closed), "Recruiting Coordinator" (draft), "Site Reliability Engineer" (internal).

use crate::clock::{DAY_MS, HOUR_MS, Timestamp};
use crate::ids::{
    ContactNumber, IdScheme, Kind, OpportunityNumber, PostingNumber, ReasonNumber, StageNumber, UserNumber,
};
use crate::model::Confidentiality;
use crate::model::application::{Application, ApplicationType, Visit};
use crate::model::company::Company;
use crate::model::contact::{Anonymity, Contact, Phone};
use crate::model::opportunity::{Archived, Opportunity, Origin, StageChange};
use crate::model::resume::{Position, School, YearMonth};

/// One candidacy of a well-known person.
pub struct WellKnownOpportunity {
    posting: Option<u32>,
    /// Stage entered, and how many days before the anchor; oldest first.
    stages: &'static [(u32, i64)],
    archived: Option<(u32, i64)>,
    origin: Origin,
    owner: u32,
    tags: &'static [&'static str],
    sources: &'static [&'static str],
    /// What was noted, by whom, how many days before the anchor.
    pub notes: &'static [(&'static str, u32, i64)],
}

/// A well-known person.
pub struct WellKnown {
    name: &'static str,
    headline: &'static str,
    location: &'static str,
    emails: &'static [&'static str],
    phones: &'static [&'static str],
    links: &'static [&'static str],
    /// Their candidacies, oldest first.
    pub opportunities: &'static [WellKnownOpportunity],
}

const LEAD_NEW: u32 = 0;
const REACHED_OUT: u32 = 1;
const RESPONDED: u32 = 2;
const APPLICANT_NEW: u32 = 3;
const RECRUITER_SCREEN: u32 = 4;
const PHONE_SCREEN: u32 = 5;
const ONSITE: u32 = 7;
const OFFER: u32 = 9;

const HIRED: u32 = 0;
const TIMING: u32 = 1;
const UNDERQUALIFIED: u32 = 2;
const UNRESPONSIVE: u32 = 3;

const MAYA: u32 = 0;
const JONAS: u32 = 1;

const PLAIN: WellKnownOpportunity = WellKnownOpportunity {
    posting: None,
    stages: &[(LEAD_NEW, 300)],
    archived: None,
    origin: Origin::Sourced,
    owner: MAYA,
    tags: &[],
    sources: &[],
    notes: &[],
};

/// Everybody in the order of their contact numbers.
pub const PEOPLE: &[WellKnown] = &[
    WellKnown {
        name: "Ines Kowalczyk",
        headline: "Harbor Labs, Quarry & Co",
        location: "Gdynia",
        emails: &["ines.k@example.org"],
        phones: &["+48 555 010 203"],
        links: &["https://www.linkedin.com/in/ines-kowalczyk-demo"],
        opportunities: &[
            WellKnownOpportunity {
                posting: Some(2),
                stages: &[
                    (LEAD_NEW, 520),
                    (REACHED_OUT, 515),
                    (RESPONDED, 509),
                    (PHONE_SCREEN, 500),
                ],
                archived: Some((TIMING, 480)),
                sources: &["LinkedIn"],
                notes: &[("Great talk, but she wants to stay until spring.", JONAS, 481)],
                owner: JONAS,
                ..PLAIN
            },
            WellKnownOpportunity {
                posting: Some(0),
                stages: &[(LEAD_NEW, 30), (RESPONDED, 24), (PHONE_SCREEN, 17), (ONSITE, 6)],
                tags: &["silver medalist", "Kubernetes"],
                sources: &["LinkedIn", "Newsletter"],
                notes: &[
                    ("Back in touch after the Gdynia meetup.", MAYA, 24),
                    ("Phone screen went well: strong on streaming.", MAYA, 16),
                ],
                ..PLAIN
            },
        ],
    },
    WellKnown {
        name: "Daniel Osei-Mensah",
        headline: "Kestrel Aerospace",
        location: "Berlin",
        emails: &["daniel.osei@example.com"],
        phones: &["+49 555 20 40 60"],
        links: &["http://www.linkedin.com/in/daniel-osei-mensah-demo/"],
        opportunities: &[WellKnownOpportunity {
            posting: Some(1),
            stages: &[(APPLICANT_NEW, 58), (PHONE_SCREEN, 50), (ONSITE, 40), (OFFER, 28)],
            archived: Some((HIRED, 20)),
            origin: Origin::Applied,
            owner: JONAS,
            sources: &["Job site"],
            ..PLAIN
        }],
    },
    WellKnown {
        name: "Leila Haddad",
        headline: "Lantern AI",
        location: "Lyon",
        emails: &[],
        phones: &[],
        links: &["https://fr.linkedin.com/in/leila-haddad-demo?trk=people-guest"],
        opportunities: &[WellKnownOpportunity {
            stages: &[(LEAD_NEW, 21), (REACHED_OUT, 18), (RESPONDED, 11)],
            tags: &["Rust"],
            sources: &["LinkedIn"],
            ..PLAIN
        }],
    },
    WellKnown {
        name: "Wei Chen",
        headline: "",
        location: "",
        emails: &[],
        phones: &[],
        links: &["https://github.com/wei-chen-demo"],
        opportunities: &[WellKnownOpportunity {
            posting: Some(1),
            stages: &[(LEAD_NEW, 44), (PHONE_SCREEN, 13)],
            owner: JONAS,
            sources: &["GitHub"],
            ..PLAIN
        }],
    },
    WellKnown {
        name: "Alex Martin",
        headline: "Foxglove Studio",
        location: "Toronto, ON",
        emails: &["alex.martin@example.com"],
        phones: &[],
        links: &["https://www.linkedin.com/in/alex-martin-toronto-demo"],
        opportunities: &[WellKnownOpportunity {
            posting: Some(2),
            stages: &[(APPLICANT_NEW, 9)],
            origin: Origin::Applied,
            owner: JONAS,
            sources: &["Job site"],
            ..PLAIN
        }],
    },
    WellKnown {
        name: "Alex Martin",
        headline: "Saffron Kitchens",
        location: "Lyon",
        emails: &[],
        phones: &["+33 555 01 02 03"],
        links: &[],
        opportunities: &[WellKnownOpportunity {
            posting: Some(5),
            stages: &[(APPLICANT_NEW, 830), (RECRUITER_SCREEN, 820)],
            archived: Some((UNRESPONSIVE, 790)),
            origin: Origin::Applied,
            owner: 3,
            ..PLAIN
        }],
    },
    WellKnown {
        name: "佐藤 美咲",
        headline: "Sakura Systems 株式会社",
        location: "東京",
        emails: &["misaki.sato@example.net"],
        phones: &[],
        links: &["www.linkedin.com/in/misaki-sato-demo"],
        opportunities: &[WellKnownOpportunity {
            stages: &[(LEAD_NEW, 15), (REACHED_OUT, 14)],
            owner: JONAS,
            sources: &["LinkedIn"],
            ..PLAIN
        }],
    },
    WellKnown {
        name: "Nikhil Rao",
        headline: "Cobalt Bank, Kaveri Institute of Technology",
        location: "Bengaluru",
        emails: &["nikhil.rao@example.net", "Nikhil@Example.com"],
        phones: &["+91 555 55 01234"],
        links: &[],
        opportunities: &[WellKnownOpportunity {
            posting: Some(2),
            stages: &[(APPLICANT_NEW, 200), (RECRUITER_SCREEN, 190)],
            archived: Some((UNDERQUALIFIED, 185)),
            origin: Origin::Referred,
            owner: JONAS,
            sources: &["Referral"],
            ..PLAIN
        }],
    },
    WellKnown {
        name: "",
        headline: "",
        location: "",
        emails: &[],
        phones: &[],
        links: &[],
        opportunities: &[PLAIN],
    },
    WellKnown {
        name: "Sofia Lindgren",
        headline: "Obsidian Capital",
        location: "Stockholm",
        emails: &["sofia.lindgren@example.org"],
        phones: &[],
        links: &["https://www.linkedin.com/in/sofia-lindgren-demo"],
        opportunities: &[WellKnownOpportunity {
            posting: Some(3),
            stages: &[(LEAD_NEW, 25), (ONSITE, 8)],
            ..PLAIN
        }],
    },
];

/// The person with this number, if it is a well-known one.
#[must_use]
pub fn person(number: ContactNumber) -> Option<&'static WellKnown> {
    PEOPLE.get(number.place())
}

impl WellKnown {
    /// The person's contact.
    #[must_use]
    pub fn contact(&self) -> Contact {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Contact {
            name: self.name.to_owned(),
            headline: self.headline.to_owned(),
            location: self.location.to_owned(),
            emails: owned(self.emails),
            phones: self
                .phones
                .iter()
                .map(|value| Phone {
                    kind: "mobile".to_owned(),
                    value: (*value).to_owned(),
                })
                .collect(),
            links: self
                .links
                .iter()
                .map(|link| crate::model::contact::with_scheme(link))
                .collect(),
            anonymity: Anonymity::Named,
        }
    }
}

/// The stage that a story means. An account of built-in stages alone has New applicant for all between it and Offer.
fn stage_in(company: &Company, stage: u32) -> StageNumber {
    let offer = company.stages.find("offer").unwrap_or(OFFER);
    match stage {
        OFFER => StageNumber(offer),
        between if between >= offer => StageNumber(APPLICANT_NEW),
        stage => StageNumber(stage),
    }
}

/// The hour of the day before which nothing of a well-known person happened: keeps the times apart from midnight.
const MORNING_MS: i64 = 9 * HOUR_MS;

impl WellKnownOpportunity {
    /// The opportunity, with its application where it has a posting.
    #[must_use]
    pub fn opportunity(
        &self,
        contact: ContactNumber,
        number: OpportunityNumber,
        company: &Company,
        ids: IdScheme,
        anchor: Timestamp,
    ) -> Opportunity {
        let at = |days: i64| anchor.plus(-days * DAY_MS + MORNING_MS);
        let owner = UserNumber(self.owner);
        let mut stage_changes: Vec<StageChange> = self
            .stages
            .iter()
            .map(|(stage, days)| (stage_in(company, *stage), days))
            .map(|(to, days)| StageChange {
                to,
                position_then: company.stage_position(to),
                at: at(*days),
                user: Some(owner),
            })
            .collect();
        stage_changes.dedup_by_key(|change| change.to);
        let first = stage_changes.first().map_or(anchor, |change| change.at);
        let last = stage_changes.last().map_or(anchor, |change| change.at);
        let stage = stage_changes.last().map_or(StageNumber(0), |change| change.to);
        let archived = self.archived.map(|(reason, days)| Archived {
            reason: ReasonNumber(reason),
            at: at(days),
        });
        let posting_number = self.posting.map(PostingNumber);
        let posting = posting_number.and_then(|number| company.posting(number));
        let person = person(contact);
        let application = posting_number.zip(posting).map(|(posting_number, posting)| {
            let applied = self.origin == Origin::Applied;
            let typed = |text: Option<&str>| text.filter(|_| applied).map(str::to_owned);
            Application {
                id: ids.make(Kind::Application, number.0).to_string(),
                kind: match self.origin {
                    Origin::Applied => ApplicationType::Posting,
                    Origin::Referred => ApplicationType::Referral,
                    _ => ApplicationType::User,
                },
                posting: posting_number,
                posting_hiring_manager: posting.hiring_manager,
                posting_owner: posting.owner,
                name: typed(person.map(|person| person.name)),
                company: typed(person.map(|person| person.headline)),
                phone: typed(person.and_then(|person| person.phones.first().copied())),
                email: typed(person.and_then(|person| person.emails.first().copied())),
                links: Vec::new(),
                comments: None,
                user: (!applied).then_some(owner),
                custom_questions: Vec::new(),
                requisition_for_hire: None,
                visit: Visit::default(),
                created_at: first.plus(1),
                archived,
            }
        });
        let mut tags: Vec<String> = self.tags.iter().map(|tag| (*tag).to_owned()).collect();
        // Archiving in the app strips a posting's tags (lever-api §4.4).
        if archived.is_none() {
            for tag in posting.into_iter().flat_map(|posting| posting.tags_for_opportunity()) {
                if !tags.iter().any(|present| present == tag) {
                    tags.push(tag.to_owned());
                }
            }
        }
        let noted = self.notes.iter().map(|(_, _, days)| at(*days));
        let last_advanced_at = archived.map_or(last, |archived| archived.at);
        let last_interaction_at = noted.fold(last_advanced_at, Timestamp::max);
        Opportunity {
            contact,
            stage,
            confidentiality: posting.map_or(Confidentiality::Open, |posting| posting.confidentiality),
            archived,
            tags,
            sources: self.sources.iter().map(|source| (*source).to_owned()).collect(),
            stage_changes,
            origin: self.origin,
            sourced_by: (self.origin == Origin::Sourced).then_some(owner),
            owner: Some(owner),
            followers: vec![owner],
            application,
            created_at: first,
            // Old rows have none (lever-api §3.1).
            updated_at: (last_interaction_at > anchor.plus(-300 * DAY_MS)).then(|| last_interaction_at.plus(1)),
            last_interaction_at,
            last_advanced_at,
            snoozed_until: None,
            location: posting.map(|posting| posting.opportunity_location()),
        }
    }
}

/// Jobs and schools of Ines Kowalczyk's résumé, the one that stories look into.
#[must_use]
pub fn ines_career() -> (Vec<Position>, Vec<School>) {
    let month = |year, month| YearMonth {
        year,
        month: Some(month),
    };
    let positions = vec![
        Position {
            org: "Harbor Labs".to_owned(),
            title: "Senior Data Engineer".to_owned(),
            location: "Gdynia".to_owned(),
            start: Some(month(2022, 3)),
            end: None,
        },
        Position {
            org: "Quarry & Co".to_owned(),
            title: "Data Engineer".to_owned(),
            location: "Gdańsk".to_owned(),
            start: Some(month(2018, 9)),
            end: Some(month(2022, 2)),
        },
    ];
    let schools = vec![School {
        org: "Politechnika Nadmorska".to_owned(),
        degree: "MSc".to_owned(),
        field: "Computer Science".to_owned(),
        start: Some(YearMonth {
            year: 2013,
            month: None,
        }),
        end: Some(YearMonth {
            year: 2018,
            month: None,
        }),
    }];
    (positions, schools)
}
