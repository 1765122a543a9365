//! The seeded people: who they are and how their candidacies went, each computed from the seed and a number.
//!
//! A [`Course`] holds only what lists are sorted and filtered by, so that an index over a million people is made
//! without writing a single text; [`Population::opportunity`] fills in the rest.

mod eeo;
mod forms;
mod interviews;
mod offers;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::company::full_name;
use super::draw::{Draw, Purpose};
use super::names::{CULTURES, Culture, Name, NameOrder};
use super::{documents, spelling, well_known, words};
use crate::clock::{DAY_MS, HOUR_MS, Timestamp};
use crate::ids::{
    ContactNumber, IdScheme, Kind, OpportunityNumber, PostingNumber, ReasonNumber, StageNumber, UserNumber, scramble,
};
use crate::model::Confidentiality;
use crate::model::application::{Application, ApplicationType, Visit};
use crate::model::archive_reason::Outcome;
use crate::model::company::Company;
use crate::model::contact::{Anonymity, Contact, Phone};
use crate::model::file_type::{FileStatus, FileType};
use crate::model::note::{Comment, Note, Secrecy};
use crate::model::opportunity::{Archived, Opportunity, Origin, StageChange};
use crate::model::posting::PostingState;
use crate::model::resume::{File, ParsedData, Position, Resume, School, YearMonth};
use crate::model::user::Standing;

/// Most opportunities one seeded person has.
const OPPORTUNITIES_MAX: u32 = 4;
/// How far back the account goes.
const HISTORY_MS: i64 = 6 * 365 * DAY_MS;
/// Rows untouched for longer than this mostly have no `updatedAt` (lever-api §3.1: null on old rows).
const UPDATED_AT_AGE_MS: i64 = 270 * DAY_MS;

/// What a browser encodes in a path segment of another script.
const SLUG: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-');

/// All seeded people.
#[derive(Debug)]
pub struct Population {
    seed: u64,
    ids: IdScheme,
    anchor: Timestamp,
    /// For each contact, the number of its first opportunity; one more entry ends the list.
    starts: Vec<u32>,
    open_postings: Vec<PostingNumber>,
    past_postings: Vec<PostingNumber>,
    owners: Vec<UserNumber>,
    /// Stages by their place in the pipeline.
    pipeline: Vec<StageNumber>,
    rejections: Vec<ReasonNumber>,
    hired: ReasonNumber,
}

/// What lists are sorted and filtered by.
#[derive(Debug, Clone)]
pub struct Course {
    /// Stages entered, oldest first; never empty.
    pub changes: Vec<StageChange>,
    /// Why and when archived.
    pub archived: Option<Archived>,
    /// The posting applied to.
    pub posting: Option<PostingNumber>,
    /// How it began.
    pub origin: Origin,
    /// First stage entered.
    pub created_at: Timestamp,
    /// Last change, where it is known.
    pub updated_at: Option<Timestamp>,
    /// Last interaction.
    pub last_interaction_at: Timestamp,
    /// Entry into the present stage, or archiving.
    pub last_advanced_at: Timestamp,
    /// Sleeping until then.
    pub snoozed_until: Option<Timestamp>,
}

/// The part of a person that mail addresses and links are made from.
struct Identity {
    culture: &'static Culture,
    given: &'static Name,
    family: &'static Name,
    emails: EmailShare,
    draw: Draw,
}

/// How many mail addresses a person has in Lever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EmailShare {
    None,
    One,
    Two,
}

impl Population {
    /// The people of a seed. `anchor`: nothing seeded happened at or after it.
    #[must_use]
    pub fn new(seed: u64, contacts: u32, ids: IdScheme, anchor: Timestamp, company: &Company) -> Self {
        let mut open_postings = Vec::new();
        let mut past_postings = Vec::new();
        for (number, posting) in (0..).zip(company.postings.iter()) {
            match posting.state {
                PostingState::Published | PostingState::Internal => open_postings.push(PostingNumber(number)),
                PostingState::Closed => past_postings.push(PostingNumber(number)),
                PostingState::Draft | PostingState::Pending | PostingState::Rejected => {}
            }
        }
        past_postings.extend(&open_postings);
        let owners = (0..)
            .zip(company.users.iter())
            .filter(|(_, user)| user.standing() == Standing::Active && user.can_follow())
            .map(|(number, _)| UserNumber(number))
            .collect();
        let mut pipeline: Vec<StageNumber> = (0..company.stages.len()).map(StageNumber::at).collect();
        pipeline.sort_by_key(|number| company.stage(*number).map(|stage| stage.rank));
        let reasons = (0..).zip(company.archive_reasons.iter());
        let mut rejections = Vec::new();
        let mut hired = ReasonNumber(0);
        for (number, reason) in reasons {
            match reason.outcome {
                Outcome::Hired => hired = ReasonNumber(number),
                Outcome::NotHired => rejections.push(ReasonNumber(number)),
            }
        }
        let mut population = Self {
            seed,
            ids,
            anchor,
            starts: Vec::with_capacity(usize::try_from(contacts).unwrap_or(0) + 1),
            open_postings,
            past_postings,
            owners,
            pipeline,
            rejections,
            hired,
        };
        let mut next = 0_u32;
        for contact in 0..contacts {
            population.starts.push(next);
            next = next.saturating_add(population.drawn_count(ContactNumber(contact)));
        }
        population.starts.push(next);
        population
    }

    /// How many people there are.
    #[must_use]
    pub fn contact_count(&self) -> u32 {
        u32::try_from(self.starts.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// How many opportunities they have together.
    #[must_use]
    pub fn opportunity_count(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The person's opportunities; they have consecutive numbers, the oldest first.
    #[must_use]
    pub fn opportunities_of(&self, contact: ContactNumber) -> std::ops::Range<u32> {
        let start = self.starts.get(contact.place());
        let end = self.starts.get(contact.place().saturating_add(1));
        match (start, end) {
            (Some(start), Some(end)) => *start..*end,
            _ => 0..0,
        }
    }

    /// Whose opportunity this is.
    #[must_use]
    pub fn contact_of(&self, opportunity: OpportunityNumber) -> Option<ContactNumber> {
        if opportunity.0 >= self.opportunity_count() {
            return None;
        }
        let after = self.starts.partition_point(|start| *start <= opportunity.0);
        Some(ContactNumber::at(after.saturating_sub(1)))
    }

    fn drawn_count(&self, contact: ContactNumber) -> u32 {
        if let Some(person) = well_known::person(contact) {
            return u32::try_from(person.opportunities.len()).unwrap_or(1);
        }
        let mut draw = Draw::new(self.seed, Purpose::OpportunityCount, u64::from(contact.0));
        match draw.below(100) {
            0..=77 => 1,
            78..=92 => 2,
            93..=97 => 3,
            _ => OPPORTUNITIES_MAX,
        }
    }

    fn draw(&self, purpose: Purpose, number: u32) -> Draw {
        Draw::new(self.seed, purpose, u64::from(number))
    }

    // ----- courses -----------------------------------------------------------------------------------------------

    /// How one drawn candidacy went. Not for well-known people, whose opportunities are written out.
    #[must_use]
    pub fn course(&self, contact: ContactNumber, opportunity: OpportunityNumber, company: &Company) -> Course {
        let siblings = self.opportunities_of(contact);
        let count = i64::from(siblings.end.saturating_sub(siblings.start).max(1));
        let place = i64::from(opportunity.0.saturating_sub(siblings.start));
        let age = DAY_MS + self.draw(Purpose::OpportunityCount, contact.0).millis(HISTORY_MS);
        let mut draw = self.draw(Purpose::Course, opportunity.0);
        let part = age / count;
        let created_at = self.anchor.plus(-age + part * place + draw.millis(part / 2));
        let created_age = self.anchor.as_millis().saturating_sub(created_at.as_millis());

        let origin = match draw.below(100) {
            0..=54 => Origin::Applied,
            55..=84 => Origin::Sourced,
            85..=92 => Origin::Referred,
            93..=96 => Origin::Agency,
            97..=98 => Origin::University,
            _ => Origin::Internal,
        };
        let latest = place + 1 == count;
        let archive_chance = match created_age / DAY_MS {
            _ if !latest => 0.95,
            0..=100 => 0.12,
            101..=400 => 0.45,
            _ => 0.8,
        };
        let ends = draw.chance(archive_chance);
        let posting_chance = match origin {
            Origin::Applied => 1.0,
            Origin::Sourced => 0.75,
            _ => 0.96,
        };
        let posting = if draw.chance(posting_chance) {
            let postings = if ends { &self.past_postings } else { &self.open_postings };
            let place = draw.skewed(u64::try_from(postings.len()).unwrap_or(0));
            postings.get(usize::try_from(place).unwrap_or(0)).copied()
        } else {
            None
        };
        let changes = self.stage_changes(&mut draw, origin, posting, created_at, company);
        let last_change = changes.last().map_or(created_at, |change| change.at);
        let offered = changes.last().map(|change| change.to) == self.pipeline.last().copied();
        let archived = if ends {
            let at = last_change.plus(HOUR_MS + draw.millis(30 * DAY_MS));
            let reason = if offered && draw.chance(0.6) {
                Some(self.hired)
            } else {
                draw.pick(&self.rejections).copied()
            };
            reason
                .filter(|_| at < self.anchor)
                .map(|reason| Archived { reason, at })
        } else {
            None
        };
        // Archiving by API with an application moves it; in the app it mostly stays (lever-api §4.3).
        let last_advanced_at = match archived {
            Some(archived) if posting.is_some() && draw.chance(0.4) => archived.at,
            _ => last_change,
        };
        let last_event = archived.map_or(last_change, |archived| archived.at);
        let last_interaction_at = if draw.chance(0.3) {
            last_event
                .plus(draw.millis(5 * DAY_MS))
                .min(self.anchor.plus(-1_000).max(last_event))
        } else {
            last_event
        };
        let quiet_for = self.anchor.as_millis().saturating_sub(last_interaction_at.as_millis());
        let kept = quiet_for < UPDATED_AT_AGE_MS || draw.chance(0.1);
        let updated_at = kept.then(|| last_interaction_at.plus(1 + draw.millis(60)));
        let snoozed_until =
            (archived.is_none() && draw.chance(0.02)).then(|| self.anchor.plus(10 * DAY_MS + draw.millis(90 * DAY_MS)));
        Course {
            changes,
            archived,
            posting,
            origin,
            created_at,
            updated_at,
            last_interaction_at,
            last_advanced_at,
            snoozed_until,
        }
    }

    fn stage_changes(
        &self,
        draw: &mut Draw,
        origin: Origin,
        posting: Option<PostingNumber>,
        created_at: Timestamp,
        company: &Company,
    ) -> Vec<StageChange> {
        // Places in the pipeline: 0-2 lead stages, 3 New applicant.
        let mut place: usize = if origin == Origin::Sourced { 0 } else { 3 };
        let last_place = if posting.is_some() {
            self.pipeline.len().saturating_sub(1)
        } else {
            2
        };
        let mut at = created_at;
        let mut changes = Vec::with_capacity(4);
        while let Some(stage) = self.pipeline.get(place) {
            let age = self.anchor.as_millis().saturating_sub(at.as_millis());
            // A stage was put into the pipeline two years ago: places after it were one lower (lever-api §3.1).
            let inserted = usize::from(age > 730 * DAY_MS && place > 4);
            changes.push(StageChange {
                to: *stage,
                position_then: u32::try_from(place.saturating_sub(inserted)).unwrap_or(0),
                at,
                user: None,
            });
            if place >= last_place || !draw.chance(0.55) {
                break;
            }
            place = (place + 1 + usize::from(draw.chance(0.3))).min(last_place);
            at = at.plus(HOUR_MS + draw.millis(14 * DAY_MS));
            if at >= self.anchor.plus(-HOUR_MS) {
                break;
            }
        }
        // Old rows mostly do not say who moved them.
        for change in &mut changes {
            let age = self.anchor.as_millis().saturating_sub(change.at.as_millis());
            if age < 400 * DAY_MS && draw.chance(0.7) {
                change.user = posting
                    .and_then(|number| company.posting(number))
                    .and_then(|posting| posting.owner);
            }
        }
        changes
    }

    // ----- opportunities -----------------------------------------------------------------------------------------

    /// A seeded opportunity as it was before anybody wrote to it.
    #[must_use]
    pub fn opportunity(&self, number: OpportunityNumber, company: &Company) -> Option<Opportunity> {
        let mut opportunity = self.without_referral(number, company)?;
        let referrals = self.referrals(number, &opportunity);
        if let Some(application) = &mut opportunity.application {
            // A referral's form is also an answered question of the application (lever-api §3.14).
            application
                .custom_questions
                .extend(referrals.iter().map(|referral| referral.question_json(company)));
        }
        Some(opportunity)
    }

    fn without_referral(&self, number: OpportunityNumber, company: &Company) -> Option<Opportunity> {
        let contact = self.contact_of(number)?;
        if let Some(person) = well_known::person(contact) {
            let place = number.0.saturating_sub(self.opportunities_of(contact).start);
            let written = person.opportunities.get(usize::try_from(place).ok()?)?;
            return Some(written.opportunity(contact, number, company, self.ids, self.anchor));
        }
        let course = self.course(contact, number, company);
        let mut draw = self.draw(Purpose::Details, number.0);
        let posting = course.posting.and_then(|posting| company.posting(posting));
        let owner = posting
            .and_then(|posting| posting.owner)
            .or_else(|| draw.pick(&self.owners).copied());
        let application = course.posting.zip(posting).map(|(posting_number, posting)| {
            let kind = match course.origin {
                Origin::Applied => ApplicationType::Posting,
                Origin::Referred => ApplicationType::Referral,
                _ => ApplicationType::User,
            };
            // Only people who came through the job site typed something themselves.
            let typed = (kind == ApplicationType::Posting)
                .then(|| self.contact(contact))
                .flatten();
            Application {
                id: self.ids.make(Kind::Application, number.0).to_string(),
                kind,
                posting: posting_number,
                posting_hiring_manager: posting.hiring_manager,
                posting_owner: posting.owner,
                name: typed.as_ref().map(|contact| contact.name.clone()),
                company: typed
                    .as_ref()
                    .and_then(|contact| contact.headline.split(',').next())
                    .filter(|company| !company.is_empty())
                    .map(str::to_owned),
                phone: typed
                    .as_ref()
                    .and_then(|contact| contact.phones.first())
                    .map(|phone| phone.value.clone()),
                email: typed.as_ref().and_then(|contact| contact.emails.first()).cloned(),
                links: typed.map(|contact| contact.links).unwrap_or_default(),
                comments: None,
                user: (kind != ApplicationType::Posting).then_some(owner).flatten(),
                custom_questions: Vec::new(),
                requisition_for_hire: None,
                visit: Visit::default(),
                created_at: course.created_at.plus(1),
                archived: course.archived.map(|archived| Archived {
                    at: archived.at.plus(-11),
                    ..archived
                }),
            }
        });
        let mut followers: Vec<UserNumber> = owner.into_iter().collect();
        if draw.chance(0.1)
            && let Some(other) = draw.pick(&self.owners)
            && !followers.contains(other)
        {
            followers.push(*other);
        }
        Some(Opportunity {
            contact,
            stage: course.changes.last().map_or(StageNumber(0), |change| change.to),
            confidentiality: posting.map_or(Confidentiality::Open, |posting| posting.confidentiality),
            archived: course.archived,
            tags: self.tags(&course, number, company),
            sources: self.source(&course, number).map(str::to_owned).into_iter().collect(),
            stage_changes: course.changes,
            origin: course.origin,
            sourced_by: if course.origin == Origin::Sourced { owner } else { None },
            owner,
            followers,
            application,
            created_at: course.created_at,
            updated_at: course.updated_at,
            last_interaction_at: course.last_interaction_at,
            last_advanced_at: course.last_advanced_at,
            snoozed_until: course.snoozed_until,
            location: posting.map(|posting| posting.opportunity_location()),
        })
    }

    /// Tags and sources of a drawn opportunity without the rest of it; `None` for well-known people and beyond the last.
    #[must_use]
    pub fn labels(&self, number: OpportunityNumber, company: &Company) -> Option<(Vec<String>, Option<&'static str>)> {
        let contact = self.contact_of(number)?;
        if well_known::person(contact).is_some() {
            return None;
        }
        let course = self.course(contact, number, company);
        Some((self.tags(&course, number, company), self.source(&course, number)))
    }

    /// Tags made by hand, then the posting's. Archiving in the app strips the posting's (lever-api §4.4).
    fn tags(&self, course: &Course, number: OpportunityNumber, company: &Company) -> Vec<String> {
        let mut tags: Vec<String> = self.hand_tag(course, number).map(str::to_owned).into_iter().collect();
        if course.archived.is_none()
            && let Some(posting) = course.posting.and_then(|posting| company.posting(posting))
        {
            tags.extend(posting.tags_for_opportunity().map(str::to_owned));
        }
        tags
    }

    /// The tag made by hand, for the few that have one.
    #[must_use]
    pub fn hand_tag(&self, course: &Course, number: OpportunityNumber) -> Option<&'static str> {
        let bits = scramble(self.seed ^ (u64::from(number.0) << 8) ^ 0x7a67);
        let chance = if course.archived.is_some() { 3 } else { 25 };
        let place = (bits >> 32) % u64::try_from(words::HAND_TAGS.len()).unwrap_or(1);
        (bits % 100 < chance)
            .then(|| words::HAND_TAGS.get(usize::try_from(place).ok()?).copied())
            .flatten()
    }

    /// Where the person came from, as Lever records it.
    #[must_use]
    pub fn source(&self, course: &Course, number: OpportunityNumber) -> Option<&'static str> {
        match course.origin {
            Origin::Applied => Some("Job site"),
            Origin::Referred => Some("Referral"),
            _ => {
                let bits = scramble(self.seed ^ (u64::from(number.0) << 8) ^ 0x50c3);
                let place = (bits >> 32) % u64::try_from(words::SOURCES.len()).unwrap_or(1);
                (bits % 100 < 92)
                    .then(|| words::SOURCES.get(usize::try_from(place).ok()?).copied())
                    .flatten()
            }
        }
    }

    /// Whose record this is. Three in a hundred are the second record of somebody shortly before: the same name and career,
    /// typed anew, with other addresses (matching §7).
    fn person_of(&self, contact: ContactNumber) -> ContactNumber {
        let bits = scramble(self.seed ^ (u64::from(contact.0) << 8) ^ 0xd0b1);
        if bits % 100 >= 3 {
            return contact;
        }
        let back = 1 + u32::try_from((bits >> 32) % 400).unwrap_or(0);
        let person = ContactNumber(contact.0.saturating_sub(back));
        if well_known::person(person).is_some() {
            contact
        } else {
            person
        }
    }

    // ----- people ------------------------------------------------------------------------------------------------

    /// `None` for blank and anonymised people.
    fn identity(&self, contact: ContactNumber) -> Result<Identity, Anonymity> {
        let person = self.person_of(contact);
        let mut draw = self.draw(Purpose::Person, person.0);
        match draw.below(1_000) {
            0..=11 => return Err(Anonymity::Named),
            12..=14 => return Err(Anonymity::Anonymized),
            _ => {}
        }
        let mut share = draw.below(1_000);
        let culture = CULTURES
            .iter()
            .find(|culture| {
                let found = share < culture.share;
                share = share.saturating_sub(culture.share);
                found
            })
            .ok_or(Anonymity::Named)?;
        let mut name = |names: &'static [Name]| {
            let place = draw.skewed(u64::try_from(names.len()).unwrap_or(0));
            names.get(usize::try_from(place).ok()?)
        };
        let given = name(&culture.given).ok_or(Anonymity::Named)?;
        let family = name(&culture.family).ok_or(Anonymity::Named)?;
        if person != contact {
            draw = self.draw(Purpose::SecondRecord, contact.0);
        }
        let emails = match draw.below(100) {
            0..=69 => EmailShare::None,
            70..=95 => EmailShare::One,
            _ => EmailShare::Two,
        };
        Ok(Identity {
            culture,
            given,
            family,
            emails,
            draw,
        })
    }

    /// A person's mail addresses, unique in the account, without anything else about the person.
    #[must_use]
    pub fn emails(&self, contact: ContactNumber) -> Vec<String> {
        if let Some(person) = well_known::person(contact) {
            return person.contact().emails;
        }
        self.identity(contact)
            .map(|identity| self.emails_of(contact, &identity))
            .unwrap_or_default()
    }

    fn emails_of(&self, contact: ContactNumber, identity: &Identity) -> Vec<String> {
        if identity.emails == EmailShare::None {
            return Vec::new();
        }
        let bits = scramble(self.seed ^ (u64::from(contact.0) << 8) ^ 0xe3a1);
        let (given, family, number) = (&identity.given.plain, &identity.family.plain, contact.0);
        let initial: String = given.chars().take(1).collect();
        let domain = |bits: u64| {
            let place = bits % u64::try_from(words::MAIL_DOMAINS.len()).unwrap_or(1);
            usize::try_from(place)
                .ok()
                .and_then(|place| words::MAIL_DOMAINS.get(place))
                .copied()
                .unwrap_or("example.org")
        };
        let mut local = match (bits >> 8) % 4 {
            0 => format!("{given}.{family}{number}"),
            1 => format!("{initial}{family}{number}"),
            2 => format!("{given}_{number}"),
            _ => format!("{family}.{given}.{number}"),
        };
        if (bits >> 16).is_multiple_of(20) {
            local = capitalised(&local);
        }
        let mut emails = vec![format!("{local}@{}", domain(bits >> 24))];
        if identity.emails == EmailShare::Two {
            emails.push(format!("{given}{family}+work{number}@{}", domain(bits >> 32)));
        }
        emails
    }

    /// A seeded person as they were before anybody wrote to them; `None` beyond the last.
    #[must_use]
    pub fn contact(&self, contact: ContactNumber) -> Option<Contact> {
        if contact.0 >= self.contact_count() {
            return None;
        }
        if let Some(person) = well_known::person(contact) {
            return Some(person.contact());
        }
        let mut identity = match self.identity(contact) {
            Ok(identity) => identity,
            Err(anonymity) => {
                return Some(Contact {
                    anonymity,
                    ..Contact::default()
                });
            }
        };
        let emails = self.emails_of(contact, &identity);
        let bits = scramble(self.seed ^ (u64::from(contact.0) << 8) ^ 0x5be1);
        let name = spelling::as_recorded(
            &name_as_typed(&mut identity),
            identity.culture,
            identity.given.shown,
            bits,
        );
        let (positions, schools) = self.career(contact);
        let draw = &mut identity.draw;
        let headline = match draw.below(100) {
            0..=44 => positions
                .iter()
                .map(|position| position.org.as_str())
                .chain(schools.iter().take(1).map(|school| school.org.as_str()))
                .take(3)
                .collect::<Vec<_>>()
                .join(", "),
            45..=64 => positions
                .first()
                .map(|position| format!("{} at {}", position.title, position.org))
                .unwrap_or_default(),
            _ => String::new(),
        };
        let location = if draw.chance(0.6) {
            draw.text(identity.culture.cities).to_owned()
        } else {
            String::new()
        };
        let phones = if draw.chance(0.35) {
            vec![drawn_phone(draw, identity.culture.dial)]
        } else {
            Vec::new()
        };
        let links = self.links(draw, contact, identity.given, identity.family);
        Some(Contact {
            name,
            headline,
            location,
            emails,
            phones,
            links,
            anonymity: Anonymity::Named,
        })
    }

    /// One record in a hundred has somebody else's links: a recruiter pasted the wrong tab (matching §7).
    fn links(&self, draw: &mut Draw, contact: ContactNumber, given: &Name, family: &Name) -> Vec<String> {
        let bits = scramble(self.seed ^ (u64::from(contact.0) << 8) ^ 0x3a7b);
        let other = ContactNumber(contact.0.saturating_add(1));
        if bits.is_multiple_of(100)
            && other.0 < self.contact_count()
            && let Ok(identity) = self.identity(other)
        {
            return drawn_links(draw, self.person_of(other), self.seed, identity.given, identity.family);
        }
        drawn_links(draw, self.person_of(contact), self.seed, given, family)
    }

    /// Jobs (newest first) and schools of a person.
    #[must_use]
    pub fn career(&self, contact: ContactNumber) -> (Vec<Position>, Vec<School>) {
        if contact.0 == 0 {
            return well_known::ines_career();
        }
        let person = self.person_of(contact);
        let mut draw = self.draw(Purpose::Career, person.0);
        let mut year = 2_026_u16;
        let mut positions = Vec::new();
        for place in 0..=draw.below(4) {
            let years = 1 + u16::try_from(draw.below(5)).unwrap_or(0);
            let start = year.saturating_sub(years);
            let employer = draw.skewed(u64::try_from(words::EMPLOYERS.len()).unwrap_or(0));
            let org = usize::try_from(employer)
                .ok()
                .and_then(|employer| words::EMPLOYERS.get(employer))
                .copied()
                .unwrap_or("");
            // The large employers have less than half of the people between them.
            let bits = scramble(self.seed ^ (u64::from(person.0) << 8) ^ (place << 40) ^ 0xf142);
            let org = if bits % 100 < 55 {
                spelling::small_firm(bits >> 8)
            } else {
                org.to_owned()
            };
            let month = 1 + u8::try_from(draw.below(12)).unwrap_or(0);
            let known_month = draw.chance(0.8).then_some(month);
            let leaving = YearMonth {
                year,
                month: known_month,
            };
            positions.push(Position {
                org,
                title: draw.text(words::TITLES).to_owned(),
                location: String::new(),
                start: Some(YearMonth {
                    year: start,
                    month: known_month,
                }),
                end: (place > 0 || draw.chance(0.2)).then_some(leaving),
            });
            year = start;
        }
        let schools = if draw.chance(0.75) {
            vec![School {
                org: draw.text(words::SCHOOLS).to_owned(),
                degree: draw.text(words::DEGREES).to_owned(),
                field: draw.text(words::SUBJECTS).to_owned(),
                start: Some(YearMonth {
                    year: year.saturating_sub(4),
                    month: None,
                }),
                end: Some(YearMonth { year, month: None }),
            }]
        } else {
            Vec::new()
        };
        (positions, schools)
    }

    // ----- what hangs on an opportunity --------------------------------------------------------------------------

    /// Notes of a seeded opportunity, oldest first.
    #[must_use]
    pub fn notes(&self, number: OpportunityNumber, opportunity: &Opportunity) -> Vec<Note> {
        let note = |place: u32, value: &str, user: Option<UserNumber>, at: Timestamp| Note {
            id: self
                .ids
                .make(Kind::SeededNote, number.0.saturating_mul(4).saturating_add(place))
                .to_string(),
            user,
            secrecy: Secrecy::Open,
            created_at: at,
            comments: vec![Comment {
                value: value.to_owned(),
                score: None,
                stage: opportunity.stage,
                user,
                created_at: at,
            }],
        };
        let Some(contact) = self.contact_of(number) else {
            return Vec::new();
        };
        if let Some(person) = well_known::person(contact) {
            let place = number.0.saturating_sub(self.opportunities_of(contact).start);
            let written = usize::try_from(place)
                .ok()
                .and_then(|place| person.opportunities.get(place));
            return (0..)
                .zip(written.into_iter().flat_map(|written| written.notes))
                .map(|(place, (value, user, days))| {
                    let at = self.anchor.plus(-days * DAY_MS + 9 * HOUR_MS);
                    note(place, value, Some(UserNumber(*user)), at)
                })
                .collect();
        }
        let mut draw = self.draw(Purpose::Notes, number.0);
        let count = match draw.below(100) {
            0..=71 => 0,
            72..=91 => 1,
            _ => 2,
        };
        let span = opportunity
            .last_interaction_at
            .as_millis()
            .saturating_sub(opportunity.created_at.as_millis());
        let mut times: Vec<Timestamp> = (0..count)
            .map(|_| opportunity.created_at.plus(draw.millis(span.max(1))))
            .collect();
        times.sort();
        (0..)
            .zip(times)
            .map(|(place, at)| {
                let value = draw.text(words::COMMENTS);
                note(place, value, opportunity.owner, at)
            })
            .collect()
    }

    /// Résumés of a seeded opportunity: about a third of the people have one.
    #[must_use]
    pub fn resumes(&self, number: OpportunityNumber, opportunity: &Opportunity) -> Vec<Resume> {
        let bits = scramble(self.seed ^ (u64::from(number.0) << 8) ^ 0x4e50);
        if opportunity.contact.0 != 0 && bits % 100 >= 34 {
            return Vec::new();
        }
        let (positions, schools) = self.career(opportunity.contact);
        let parsed = ParsedData { positions, schools };
        let file_name = "resume.pdf";
        vec![Resume {
            id: self.ids.make(Kind::Resume, number.0).to_string(),
            file_name: file_name.to_owned(),
            size: self.resume_content(file_name, opportunity, &parsed).len(),
            status: FileStatus::Processed,
            created_at: opportunity.created_at.plus(2),
            parsed: Some(parsed),
        }]
    }

    /// What a seeded résumé of this name holds.
    #[must_use]
    pub fn resume_content(&self, file_name: &str, opportunity: &Opportunity, parsed: &ParsedData) -> Vec<u8> {
        let contact = self.contact(opportunity.contact).unwrap_or_default();
        let lines = documents::resume_lines(&contact, parsed);
        documents::of_lines(FileType::of_name(file_name), &lines)
    }

    /// Files of a seeded opportunity: about one in seven has one.
    #[must_use]
    pub fn files(&self, number: OpportunityNumber, opportunity: &Opportunity, company: &Company) -> Vec<File> {
        let bits = scramble(self.seed ^ (u64::from(number.0) << 8) ^ 0xf11e);
        if bits % 100 >= 15 {
            return Vec::new();
        }
        let (name, status) = match (bits >> 16) % 100 {
            0..=69 => ("cover letter.pdf", FileStatus::Processed),
            70..=93 => ("cover letter.txt", FileStatus::Processed),
            // A file that Lever could not process: its download answers 422 (lever-api §3.10).
            _ => ("scan.pdf", FileStatus::Error),
        };
        vec![File {
            id: self.ids.make(Kind::File, number.0).to_string(),
            name: name.to_owned(),
            status,
            uploaded_at: opportunity.created_at.plus(3),
            size: self.file_content(name, opportunity, company).len(),
        }]
    }

    /// What a seeded file of this name holds.
    #[must_use]
    pub fn file_content(&self, name: &str, opportunity: &Opportunity, company: &Company) -> Vec<u8> {
        let contact = self.contact(opportunity.contact).unwrap_or_default();
        let posting = opportunity
            .application
            .as_ref()
            .and_then(|application| company.posting(application.posting))
            .map_or("whatever fits", |posting| posting.text.as_str());
        documents::of_lines(FileType::of_name(name), &documents::letter_lines(&contact, posting))
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// The name as a recruiter or the person typed it, with the usual noise.
fn name_as_typed(identity: &mut Identity) -> String {
    let Identity {
        culture,
        given,
        family,
        draw,
        ..
    } = identity;
    let native = full_name(culture.order, given.shown, family.shown);
    let plain = format!("{} {}", capitalised(&given.plain), capitalised(&family.plain));
    let name = match draw.below(100) {
        0..=4 => plain,
        5..=24 if culture.order != NameOrder::GivenFirst => plain,
        _ => native,
    };
    match draw.below(100) {
        0..=2 => name.to_uppercase(),
        3..=5 => name.to_lowercase(),
        6..=7 => format!("{name}{}", draw.text(words::NAME_REMARKS)),
        8 => format!("{}, {}", family.shown, given.shown),
        _ => name,
    }
}

fn drawn_phone(draw: &mut Draw, dial: &str) -> Phone {
    let (first, second) = (draw.below(100), draw.below(10_000));
    let value = match draw.below(4) {
        0 => format!("{dial} 555 {first:03} {second:04}"),
        1 => format!("{dial}555{first:03}{second:04}"),
        2 => format!("(555) {first:03}-{second:04}"),
        _ => format!("00{} 555 {first:03}{second:04}", dial.trim_start_matches('+')),
    };
    Phone {
        kind: draw.text(&["mobile", "mobile", "work", "home", "other"]).to_owned(),
        value,
    }
}

fn drawn_links(draw: &mut Draw, contact: ContactNumber, seed: u64, given: &Name, family: &Name) -> Vec<String> {
    let bits = scramble(seed ^ (u64::from(contact.0) << 8) ^ 0x117b);
    let code = format!("{:08x}", bits & 0xffff_ffff);
    let mut links = Vec::new();
    if draw.chance(0.45) {
        links.push(linkedin_link(draw, bits, &code, given, family));
    }
    if draw.chance(0.12) {
        let login = format!("{}-{}{}", given.plain, family.plain, bits % 100_000);
        links.push(match draw.below(7) {
            0 | 1 => format!("https://github.com/{login}"),
            2 => format!("http://github.com/{login}"),
            3 => format!("https://www.github.com/{}/", capitalised(&login)),
            4 => format!("https://github.com/{login}?tab=repositories"),
            5 => format!("https://{login}.github.io"),
            _ => format!("https://github.com/{login}/dotfiles"),
        });
    }
    if draw.chance(0.06) {
        let handle = format!("{}{}", given.plain, bits % 10_000);
        links.push(match draw.below(5) {
            0 => format!("https://twitter.com/{handle}"),
            1 => format!("https://x.com/{handle}"),
            2 => format!(
                "https://stackoverflow.com/users/{}/{handle}",
                55_500_000 + bits % 99_999
            ),
            3 => format!("http://{handle}.example.org/"),
            _ => format!("https://dribbble.com/{handle}"),
        });
    }
    links
}

/// One of the many forms in which LinkedIn addresses lie in an account (matching §4.3, §4.4).
fn linkedin_link(draw: &mut Draw, bits: u64, code: &str, given: &Name, family: &Name) -> String {
    let slug = format!("{}-{}-{code}", given.plain, family.plain);
    let member = 555_000_000_u32 + u32::try_from(bits % 9_000_000).unwrap_or(0);
    match draw.below(20) {
        0..=6 => format!("https://www.linkedin.com/in/{slug}"),
        7 => format!("http://www.linkedin.com/in/{slug}"),
        8 => format!("https://linkedin.com/in/{slug}/"),
        9 => format!("http://linkedin.com/in/{slug}"),
        10 => format!("https://de.linkedin.com/in/{slug}?trk=people-guest"),
        11 => format!("https://www.linkedin.com/in/{slug}/en"),
        12 => format!("https://m.linkedin.com/in/{slug}"),
        13 => format!("https://www.linkedin.com/in/{}#experience", capitalised(&slug)),
        14 => format!(
            "http://www.linkedin.com/pub/{}-{}/{:x}/{:x}/{:x}",
            given.plain,
            family.plain,
            bits % 0xfff,
            (bits >> 12) % 0xfff,
            (bits >> 24) % 0xfff
        ),
        15 => format!("https://www.linkedin.com/in/{}", member_token(0x002a, member, bits)),
        16 => format!(
            "https://www.linkedin.com/sales/lead/{},NAME_SEARCH,Ab3d",
            member_token(0x002c, member, bits)
        ),
        17 => format!("https://www.linkedin.com/profile/view?id={member}"),
        18 => {
            let text = format!("{}-{}-{code}", given.shown.to_lowercase(), family.shown.to_lowercase());
            format!("https://www.linkedin.com/in/{}", utf8_percent_encode(&text, SLUG))
        }
        _ => format!("https://www.linkedin.com/in/{slug}/details/experience/"),
    }
}

/// The opaque form of a member id (matching §4.4): tag, member, 1, twenty bytes of which nothing is known.
fn member_token(tag: u16, member: u32, bits: u64) -> String {
    let mut bytes = Vec::with_capacity(29);
    bytes.extend(tag.to_be_bytes());
    bytes.extend([0, 0]);
    bytes.extend(member.to_be_bytes());
    bytes.push(1);
    for round in 0..3 {
        bytes.extend(scramble(bits ^ round).to_be_bytes());
    }
    bytes.truncate(29);
    URL_SAFE_NO_PAD.encode(bytes)
}
