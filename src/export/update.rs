//! Somebody who is in Lever already is brought up to date (requirements 2.17, 3.1): what the page says beside what Lever says,
//! value by value, and the requests for what was ticked. Pure. It must not take away what Lever knows: a list is sent with
//! everything that Lever has in it, exactly as Lever has it, and what would be overwritten is never ticked at first.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::command::{Person, StatusWord};
use crate::export::history_note::history_note;
use crate::export::mapping::{SentOpportunity, same_address, unique};
use crate::export::placeholder_email::is_placeholder_email;
use crate::export::plan::{
    NothingReason, Plan, PlanFacts, PlanWarning, PlannedAction, PlannedField, PlannedRequest, StepKind, fingerprint,
};
use crate::identity::email::{EmailAddress, EmailClass};
use crate::identity::{LinkSource, PersonName, Place, PlaceAgreement, email_keys, fold, link_keys, phone_keys};
use crate::lever::endpoint;
use crate::matching::verdict::VerdictWord;
use crate::text::{ContactId, OpportunityId, Private};

/// Numbers of which one lacks the country code are one when they end in the same digits, at least so many.
const DIGITS_THAT_TELL: usize = 7;

/// A field in which page and Lever can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ComparedField {
    /// Name.
    Name,
    /// Headline.
    Headline,
    /// Place.
    Location,
    /// An email address.
    Emails,
    /// A phone number.
    Phones,
    /// A link.
    Links,
    /// A tag of the rules.
    Tags,
    /// The source of the rules, else the page's site.
    Sources,
    /// Work history and education as a note.
    Note,
}

/// What writing a value of the page would do to Lever's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It comes beside what is there, or where nothing is.
    Add,
    /// It takes the place of what Lever knows.
    Replace,
    /// It takes the place of an address of ours that leads nowhere ([`crate::export::placeholder_email`]).
    ReplacePlaceholder,
}

/// Stands for one value of a comparison: its field and what the page says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct ValueId(pub String);

/// A value of the page that Lever does not have.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ComparedValue {
    /// What it is ticked by.
    pub id: ValueId,
    /// Which field.
    pub field: ComparedField,
    /// What the page says.
    pub page: String,
    /// What Lever has in this field.
    pub lever: Vec<String>,
    /// What writing it would do.
    pub change: Change,
    /// Whether it is ticked at first.
    pub ticked: bool,
}

/// What the recruiter chose in the comparison.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct UpdateChoices {
    /// The values that are ticked; those that are so at first where absent.
    pub ticked: Option<Vec<ValueId>>,
    /// Further tags, as typed.
    pub tags: Vec<String>,
    /// A note, as typed.
    pub note: Option<String>,
    /// Milliseconds in which it can be taken back; by the rules where absent.
    pub undo_ms: Option<u32>,
}

/// A contact exactly as Lever gave it: what of it is sent back has to be what it was, to the last field that we do not know.
#[derive(Clone)]
pub struct ContactAsRead(pub Value);

macro_rules! private {
    ($($name:ident),+) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.debug_tuple(stringify!($name)).field(&Private).finish()
            }
        })+
    };
}

private!(ValueId, ComparedValue, UpdateChoices, ContactAsRead);

/// How a contact stands to an update of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactStanding {
    /// As it was when the update was planned.
    AsPlanned,
    /// All that was to be written is there.
    Written,
    /// Somebody else has changed it meanwhile.
    Changed,
    /// Its data was erased in Lever, which takes no changes to it any more.
    Anonymized,
}

impl ContactAsRead {
    /// Whether the person's data was erased in Lever.
    #[must_use]
    pub fn is_anonymized(&self) -> bool {
        self.0.get("isAnonymized").and_then(Value::as_bool).unwrap_or(false)
    }

    /// A field of text; a place may be an object with its name (lever-api §3.4).
    fn text(&self, field: &str) -> &str {
        let value = self.0.get(field);
        let named = value.and_then(|value| value.get("name")).or(value);
        named.and_then(Value::as_str).unwrap_or_default()
    }

    fn rows(&self, field: &str) -> &[Value] {
        let rows = self.0.get(field).and_then(Value::as_array);
        rows.map(Vec::as_slice).unwrap_or_default()
    }

    /// The values of a list: emails are texts, phones objects.
    fn values(&self, field: &str) -> Vec<String> {
        let value = |row: &Value| row.as_str().or_else(|| row.get("value")?.as_str()).map(str::to_owned);
        self.rows(field).iter().filter_map(value).collect()
    }

    /// A person of the mirror with what the contact says itself.
    #[must_use]
    pub fn laid_over(&self, person: Person) -> Person {
        Person {
            name: self.text("name").to_owned(),
            headline: self.text("headline").to_owned(),
            location: self.text("location").to_owned(),
            emails: self.values("emails"),
            phones: self.values("phones"),
            ..person
        }
    }

    /// Stands for what Lever has in these fields.
    fn digest(&self, body: &Value) -> String {
        let mut text = String::new();
        for field in body.as_object().into_iter().flat_map(Map::keys) {
            match field.as_str() {
                "emails" | "phones" => self.rows(field).iter().for_each(|row| text.push_str(&row.to_string())),
                _ => text.push_str(self.text(field)),
            }
            // Where a field ends.
            text.push('\u{0}');
        }
        format!("{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes()))
    }

    /// How the contact stands to a request that changes it.
    #[must_use]
    pub fn standing(&self, request: &PlannedRequest) -> ContactStanding {
        if self.is_anonymized() {
            return ContactStanding::Anonymized;
        }
        let sent = ContactAsRead(serde_json::from_str(&request.body).unwrap_or_default());
        let is_written = |field: &String| match field.as_str() {
            "emails" | "phones" => {
                let there = self.values(field);
                let kind = if field == "emails" {
                    ComparedField::Emails
                } else {
                    ComparedField::Phones
                };
                let is_there = |sent: String| there.iter().any(|there| is_same(kind, &sent, there));
                sent.values(field).into_iter().all(is_there)
            }
            _ => sent.text(field).trim() == self.text(field).trim(),
        };
        let mut fields = sent.0.as_object().into_iter().flat_map(Map::keys);
        let is_written = fields.all(is_written);
        if is_written {
            ContactStanding::Written
        } else if self.digest(&sent.0) == request.before {
            ContactStanding::AsPlanned
        } else {
            ContactStanding::Changed
        }
    }
}

/// What the page says and Lever does not have. `facts` are those of an export by the rules, with nothing chosen but its source.
#[must_use]
pub fn compare(facts: &PlanFacts<'_>, person: &Person) -> Vec<ComparedValue> {
    let action = PlannedAction::NewOpportunity {
        contact: person.contact.clone(),
    };
    let one = |text: &String| -> Vec<String> {
        Some(text.clone())
            .filter(|text| !text.trim().is_empty())
            .into_iter()
            .collect()
    };
    let opportunity = person.opportunities.first();
    let mut rows = Vec::new();
    for (name, values) in SentOpportunity::of(facts, &action).shown_fields() {
        let (field, lever) = match (name, opportunity) {
            ("name", _) => (ComparedField::Name, one(&person.name)),
            ("headline", _) => (ComparedField::Headline, one(&person.headline)),
            ("location", _) => (ComparedField::Location, one(&person.location)),
            ("emails", _) => (ComparedField::Emails, person.emails.clone()),
            ("phones", _) => (ComparedField::Phones, person.phones.clone()),
            // These are written through a candidacy.
            ("links", Some(_)) => (ComparedField::Links, person.links.clone()),
            ("tags", Some(opportunity)) => (ComparedField::Tags, opportunity.tags.clone()),
            ("sources", Some(opportunity)) => (ComparedField::Sources, opportunity.sources.clone()),
            _ => continue,
        };
        for page in values {
            let is_there = lever.iter().any(|known| is_same(field, &page, known));
            if !is_there && is_worth_it(field, &page) {
                rows.push(row(facts, name, field, page, lever.clone()));
            }
        }
    }
    if facts.rules.history_note && opportunity.is_some() {
        let note = history_note(facts.profile, &facts.now.day());
        rows.extend(note.map(|note| row(facts, "note", ComparedField::Note, note, Vec::new())));
    }
    rows
}

fn row(facts: &PlanFacts<'_>, name: &str, field: ComparedField, page: String, lever: Vec<String>) -> ComparedValue {
    let placeholders = || lever.iter().filter(|address| is_placeholder_email(address));
    let change = match field {
        ComparedField::Name | ComparedField::Headline | ComparedField::Location if !lever.is_empty() => Change::Replace,
        ComparedField::Emails if placeholders().next().is_some() => Change::ReplacePlaceholder,
        _ => Change::Add,
    };
    let is_of_the_person = match field {
        ComparedField::Headline | ComparedField::Location | ComparedField::Phones | ComparedField::Links => true,
        // `info@` is many people's.
        ComparedField::Emails => !email_keys(&page).is_empty(),
        ComparedField::Name | ComparedField::Tags | ComparedField::Sources | ComparedField::Note => false,
    };
    let is_sure = facts.verdict.verdict == VerdictWord::Same;
    ComparedValue {
        id: ValueId(format!("{name} {page}")),
        ticked: is_sure && is_of_the_person && change != Change::Replace,
        lever: match change {
            Change::ReplacePlaceholder => placeholders().cloned().collect(),
            _ => lever,
        },
        field,
        page,
        change,
    }
}

/// An address that only passes mail on is not the person's.
fn is_worth_it(field: ComparedField, page: &str) -> bool {
    let class = || EmailAddress::parse(page).map(|address| address.class());
    field != ComparedField::Emails || class() != Some(EmailClass::Relay)
}

/// Whether two spellings are one value, by the normal forms of [`crate::identity`].
fn is_same(field: ComparedField, page: &str, lever: &str) -> bool {
    if page.trim() == lever.trim() {
        return true;
    }
    match field {
        ComparedField::Name => PersonName::parse(page).equal(&PersonName::parse(lever)) || fold(page) == fold(lever),
        // Lever's may go further back.
        ComparedField::Headline => fold(lever).contains(&fold(page)),
        ComparedField::Location => match (Place::parse(page), Place::parse(lever)) {
            (Some(page), Some(lever)) => page.compare(&lever) == PlaceAgreement::SameMetro,
            _ => fold(page) == fold(lever),
        },
        ComparedField::Emails => match (EmailAddress::parse(page), EmailAddress::parse(lever)) {
            (Some(page), Some(lever)) => page.canonical() == lever.canonical(),
            _ => page.trim().eq_ignore_ascii_case(lever.trim()),
        },
        ComparedField::Phones => is_same_phone(page, lever),
        ComparedField::Links => {
            same_address(page, lever) || {
                let keys = link_keys(page, LinkSource::Page);
                link_keys(lever, LinkSource::Mirror)
                    .iter()
                    .any(|key| keys.contains(key))
            }
        }
        ComparedField::Tags | ComparedField::Sources => fold(page) == fold(lever),
        ComparedField::Note => false,
    }
}

fn is_same_phone(page: &str, lever: &str) -> bool {
    let (page_keys, lever_keys) = (phone_keys(page, None), phone_keys(lever, None));
    if !page_keys.is_empty() && !lever_keys.is_empty() {
        return page_keys.iter().any(|key| lever_keys.contains(key));
    }
    let digits = |text: &str| -> String {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.trim_start_matches('0').to_owned()
    };
    let (page, lever) = (digits(page), digits(lever));
    page.len().min(lever.len()) >= DIGITS_THAT_TELL && (page.ends_with(&lever) || lever.ends_with(&page))
}

/// What an update is planned from, beside the page.
#[derive(Clone, Copy)]
pub struct UpdateFacts<'a> {
    /// The person of the mirror, with the contact laid over.
    pub person: &'a Person,
    /// The contact.
    pub contact: &'a ContactAsRead,
    /// Notes that were written a moment ago, as requests: they are the only part that would stand in Lever twice, when somebody who
    /// has not seen the outcome asks again.
    pub notes_written: &'a [PlannedRequest],
}

/// Plans an update. Pure: equal facts give equal plans. `values` are what [`compare`] finds.
#[must_use]
pub fn plan_update(
    facts: &PlanFacts<'_>,
    UpdateFacts {
        person,
        contact,
        notes_written,
    }: UpdateFacts<'_>,
    values: &[ComparedValue],
    choices: &UpdateChoices,
) -> Plan {
    let is_ticked = |value: &ComparedValue| match &choices.ticked {
        Some(ticked) => ticked.contains(&value.id),
        None => value.ticked,
    };
    let of = |field: ComparedField| -> Vec<&str> {
        let values = values.iter().filter(|value| value.field == field && is_ticked(value));
        values.map(|value| value.page.as_str()).collect()
    };
    let mut fields = Vec::new();
    let mut show = |field: &str, values: Vec<String>| {
        fields.push(PlannedField {
            field: field.to_owned(),
            values,
        });
    };
    let mut body = Map::new();
    for (name, field) in [
        ("name", ComparedField::Name),
        ("headline", ComparedField::Headline),
        ("location", ComparedField::Location),
    ] {
        if let Some(value) = of(field).first() {
            show(name, vec![(*value).to_owned()]);
            body.insert(name.to_owned(), Value::from(*value));
        }
    }
    for (name, field) in [("emails", ComparedField::Emails), ("phones", ComparedField::Phones)] {
        let new = of(field);
        if new.is_empty() {
            continue;
        }
        let is_kept = |row: &&Value| !row.as_str().is_some_and(is_placeholder_email);
        let kept = contact.rows(name).iter().filter(is_kept).cloned();
        let new = new.into_iter().map(|value| match field {
            ComparedField::Phones => json!({ "type": "other", "value": value }),
            _ => Value::from(value),
        });
        body.insert(name.to_owned(), kept.chain(new).collect());
        show(name, ContactAsRead(Value::Object(body.clone())).values(name));
    }
    let mut requests = Vec::new();
    if !body.is_empty() {
        let body = Value::Object(body);
        requests.push(PlannedRequest {
            before: contact.digest(&body),
            // Lever takes no `perform_as` here.
            query: Vec::new(),
            ..request(
                facts,
                StepKind::UpdateContact,
                endpoint::UPDATE_CONTACT.path_of(&[person.contact.as_str()]),
                &body,
            )
        });
    }
    let opportunity = person.opportunities.first().map(|first| &first.id);
    if let Some(first) = person.opportunities.first() {
        let opportunity = &first.id;
        // Where nobody has looked at the values, nothing is written to somebody who is only likely the page's person.
        let is_meant = choices.ticked.is_some() || facts.verdict.verdict == VerdictWord::Same;
        let typed_tags = choices.tags.iter().map(|tag| tag.trim()).filter(|_| is_meant);
        let typed_tags = typed_tags.filter(|tag| !first.tags.iter().any(|there| there == tag));
        let note = choices
            .note
            .as_deref()
            .map(str::trim)
            .filter(|note| is_meant && !note.is_empty());
        for (name, step, path, values) in [
            (
                "links",
                StepKind::AddLinks,
                "addLinks",
                unique(of(ComparedField::Links).into_iter()),
            ),
            (
                "tags",
                StepKind::AddTags,
                "addTags",
                unique(of(ComparedField::Tags).into_iter().chain(typed_tags)),
            ),
            (
                "sources",
                StepKind::AddSources,
                "addSources",
                unique(of(ComparedField::Sources).into_iter()),
            ),
        ] {
            if !values.is_empty() {
                let path = format!("{}/{opportunity}/{path}", facts.api.root());
                requests.push(request(facts, step, path, &json!({ name: values })));
                show(name, values);
            }
        }
        let mut notes = Vec::new();
        for note in note.into_iter().chain(of(ComparedField::Note)) {
            let path = format!("{}/{opportunity}/notes", facts.api.root());
            let note_request = request(facts, StepKind::AddNote, path, &json!({ "value": note }));
            if !notes_written.contains(&note_request) {
                notes.push(note.to_owned());
                requests.push(note_request);
            }
        }
        if !notes.is_empty() {
            show("note", notes);
        }
    }
    let action = action(&person.contact, opportunity, &requests);
    Plan {
        key: facts.profile.key.clone(),
        fingerprint: fingerprint(&action, &requests),
        warnings: warnings(facts, person, &action),
        action,
        requests,
        fields,
    }
}

fn action(contact: &ContactId, opportunity: Option<&OpportunityId>, requests: &[PlannedRequest]) -> PlannedAction {
    if requests.is_empty() {
        PlannedAction::Nothing {
            reason: NothingReason::NothingChosen,
            contact: Some(contact.clone()),
            opportunity: opportunity.cloned(),
        }
    } else {
        PlannedAction::Update {
            contact: contact.clone(),
            opportunity: opportunity.cloned(),
        }
    }
}

fn request(facts: &PlanFacts<'_>, step: StepKind, path: String, body: &Value) -> PlannedRequest {
    PlannedRequest {
        step,
        method: step.endpoint().method.as_str().to_owned(),
        path,
        query: vec![("perform_as".to_owned(), facts.me.id.0.clone())],
        body: body.to_string(),
        before: String::new(),
    }
}

fn warnings(facts: &PlanFacts<'_>, person: &Person, action: &PlannedAction) -> Vec<PlanWarning> {
    if matches!(action, PlannedAction::Nothing { .. }) {
        return Vec::new();
    }
    let is_of_another = person
        .opportunities
        .iter()
        .filter(|opportunity| matches!(opportunity.status, StatusWord::Prospect | StatusWord::Active))
        .filter_map(|opportunity| opportunity.owner.as_ref())
        .any(|owner| owner.id != facts.me.id.as_str());
    let other_owner = is_of_another.then_some(PlanWarning::OtherOwner);
    let unproven = (!facts.profile.proves_its_owner()).then_some(PlanWarning::PageUnproven);
    other_owner.into_iter().chain(unproven).collect()
}
