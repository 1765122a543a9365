//! Postings: the jobs (lever-api §3.8).

use serde_json::{Number, Value, json};

use super::company::Company;
use super::{Confidentiality, Reference, text_or_null};
use crate::clock::Timestamp;
use crate::ids::UserNumber;

/// The states of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostingState {
    /// On at least one job site.
    Published,
    /// Called "unlisted" in the app.
    Internal,
    /// No longer open.
    Closed,
    /// Being written.
    Draft,
    /// Waiting for approval.
    Pending,
    /// Approval was refused.
    Rejected,
}

impl PostingState {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Internal => "internal",
            Self::Closed => "closed",
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Rejected => "rejected",
        }
    }

    /// Reads Lever's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Published,
            Self::Internal,
            Self::Closed,
            Self::Draft,
            Self::Pending,
            Self::Rejected,
        ]
        .into_iter()
        .find(|state| state.word() == word)
    }
}

/// What a salary is paid for.
pub const INTERVALS: [&str; 9] = [
    "per-year-salary",
    "per-month-salary",
    "semi-month-salary",
    "bi-month-salary",
    "bi-week-salary",
    "per-week-salary",
    "per-day-wage",
    "per-hour-wage",
    "one-time",
];

/// Lowest and highest salary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalaryRange {
    /// Lowest.
    pub min: Number,
    /// Highest.
    pub max: Number,
    /// ISO 4217.
    pub currency: String,
    /// One of [`INTERVALS`].
    pub interval: &'static str,
}

/// A posting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// UUID text.
    pub id: String,
    /// Title.
    pub text: String,
    /// Where it stands.
    pub state: PostingState,
    /// `internal`, `public`; only meaningful while published.
    pub distribution_channels: Vec<&'static str>,
    /// Who made it.
    pub user: Option<UserNumber>,
    /// Who runs it.
    pub owner: Option<UserNumber>,
    /// Who hires.
    pub hiring_manager: Option<UserNumber>,
    /// For instance `Full-time`.
    pub commitment: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Main location.
    pub location: Option<String>,
    /// All locations, the main one first.
    pub all_locations: Vec<String>,
    /// Team.
    pub team: Option<String>,
    /// Hand-made tags.
    pub tags: Vec<String>,
    /// HTML of the description.
    pub description_html: String,
    /// Titles and `<li>` HTML of the lists.
    pub lists: Vec<(String, String)>,
    /// HTML of the closing words.
    pub closing_html: String,
    /// ISO-3166 alpha-2.
    pub country: &'static str,
    /// Who follows it.
    pub followers: Vec<UserNumber>,
    /// Codes of its requisitions.
    pub requisition_codes: Vec<String>,
    /// Whether it is confidential.
    pub confidentiality: Confidentiality,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// `unspecified`, `onsite`, `remote` or `hybrid`.
    pub workplace_type: &'static str,
    /// HTML of the words about the salary.
    pub salary_description_html: Option<String>,
    /// Lowest and highest salary.
    pub salary_range: Option<SalaryRange>,
    /// The tags of those who came before the title changed; `None`: they follow from the fields.
    pub opportunity_tags: Option<Vec<String>>,
}

/// Which id fields of a posting are shown as objects.
#[derive(Debug, Clone, Copy, Default)]
pub struct PostingExpansion {
    /// Expand `user`.
    pub user: Reference,
    /// Expand `owner`.
    pub owner: Reference,
    /// Expand `hiringManager`.
    pub hiring_manager: Reference,
    /// Expand `followers`.
    pub followers: Reference,
}

impl Posting {
    /// The tags an opportunity gets from this posting, in Lever's order (lever-api §4.4).
    pub fn tags_for_opportunity(&self) -> impl Iterator<Item = &str> {
        let fields = [
            Some(self.text.as_str()),
            self.department.as_deref(),
            self.team.as_deref(),
            self.location.as_deref(),
            self.commitment.as_deref(),
        ];
        let kept = self.opportunity_tags.as_deref();
        let fields = if kept.is_some() { [None; 5] } else { fields };
        kept.unwrap_or_default()
            .iter()
            .map(String::as_str)
            .chain(fields.into_iter().flatten())
    }

    /// What `opportunityLocation` becomes when nobody says (lever-api §3.2).
    #[must_use]
    pub fn opportunity_location(&self) -> String {
        match (self.all_locations.len(), &self.location) {
            (0 | 1, Some(location)) => location.clone(),
            _ => "unspecified".to_owned(),
        }
    }

    /// As `GET /postings/:id` shows it.
    #[must_use]
    pub fn json(&self, company: &Company, expansion: PostingExpansion) -> Value {
        let user = |number: Option<UserNumber>, reference: Reference| {
            number.map_or(Value::Null, |number| company.user_json(number, reference))
        };
        let lists: Vec<Value> = self
            .lists
            .iter()
            .map(|(text, content)| json!({ "content": content, "text": text }))
            .collect();
        let site = format!("https://jobs.lever.co/quarry-demo/{}", self.id);
        let urls = match self.state {
            PostingState::Draft => Value::Null,
            _ => json!({
                "list": "https://jobs.lever.co/quarry-demo",
                "show": site,
                "apply": format!("{site}/apply"),
            }),
        };
        let channels = match self.state {
            PostingState::Published => json!(self.distribution_channels),
            _ => Value::Null,
        };
        let mut shown = json!({
            "id": self.id,
            "text": self.text,
            "state": self.state.word(),
            "distributionChannels": channels,
            "user": user(self.user, expansion.user),
            "owner": user(self.owner, expansion.owner),
            "hiringManager": user(self.hiring_manager, expansion.hiring_manager),
            "categories": {
                "commitment": text_or_null(self.commitment.as_deref()),
                "department": text_or_null(self.department.as_deref()),
                "level": null,
                "location": text_or_null(self.location.as_deref()),
                "team": text_or_null(self.team.as_deref()),
                "allLocations": self.all_locations,
            },
            "tags": self.tags,
            "content": {
                "description": plain_text(&self.description_html),
                "descriptionHtml": self.description_html,
                "lists": lists,
                "closing": plain_text(&self.closing_html),
                "closingHtml": self.closing_html,
            },
            "country": self.country,
            "followers": self
                .followers
                .iter()
                .map(|number| company.user_json(*number, expansion.followers))
                .collect::<Vec<_>>(),
            "reqCode": null,
            "requisitionCodes": self.requisition_codes,
            "urls": urls,
            "confidentiality": self.confidentiality.word(),
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
        });
        if let Some(fields) = shown.as_object_mut() {
            if let Some(html) = &self.salary_description_html {
                fields.insert("salaryDescription".to_owned(), json!(plain_text(html)));
                fields.insert("salaryDescriptionHtml".to_owned(), json!(html));
            }
            fields.insert("workplaceType".to_owned(), json!(self.workplace_type));
            if let Some(range) = &self.salary_range {
                fields.insert(
                    "salaryRange".to_owned(),
                    json!({
                        "min": range.min,
                        "max": range.max,
                        "currency": range.currency,
                        "interval": range.interval,
                    }),
                );
            }
            fields.insert("transcribeInterviews".to_owned(), json!(false));
            fields.insert("screening".to_owned(), json!({ "enabled": false }));
        }
        shown
    }
}

/// The plain text Lever shows beside HTML: one line a block, a newline at the end, `""` when there is nothing.
fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    // Each piece but the first begins with a tag.
    let mut pieces = html.split('<');
    text.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_start_matches('/');
        if ["div", "p", "br", "li"].iter().any(|block| name.starts_with(block)) && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(after);
    }
    let text = text.replace("&amp;", "&").replace("&nbsp;", " ");
    let text = text.trim();
    if text.is_empty() {
        String::new()
    } else {
        format!("{text}\n")
    }
}
