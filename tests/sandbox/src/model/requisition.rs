//! Requisitions: permissions to hire, and the customer's own fields on them (lever-api §3.17).

use serde_json::{Map, Number, Value, json};

use super::company::Company;
use super::posting::PostingExpansion;
use super::{Confidentiality, Reference, text_or_null, time_or_null};
use crate::clock::Timestamp;
use crate::ids::{PostingNumber, UserNumber};

/// Where a requisition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequisitionStatus {
    /// People can be hired against it.
    Open,
    /// For the time being nobody is.
    OnHold,
    /// Nobody is any more.
    Closed,
    /// Being written.
    Draft,
    /// Waiting for approval.
    Pending,
    /// Approval was refused.
    Rejected,
}

impl RequisitionStatus {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::OnHold => "onHold",
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
            Self::Open,
            Self::OnHold,
            Self::Closed,
            Self::Draft,
            Self::Pending,
            Self::Rejected,
        ]
        .into_iter()
        .find(|status| status.word() == word)
    }
}

/// How many may be hired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headcount {
    /// So many.
    Of(u32),
    /// Any number.
    Unlimited,
}

/// Whether somebody is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vacancy {
    /// A new place.
    New,
    /// Somebody left.
    Backfill,
}

/// What may be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompensationBand {
    /// ISO 4217.
    pub currency: String,
    /// For instance `per-year-salary`.
    pub interval: String,
    /// Least.
    pub min: Number,
    /// Most.
    pub max: Number,
}

/// An approval that was given in the app; requisitions made by API have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Its id.
    pub id: String,
    /// Id of its one step.
    pub step: String,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// When it was given.
    pub approved_at: Option<Timestamp>,
    /// Who approves.
    pub approver: UserNumber,
    /// Who asked.
    pub created_by: UserNumber,
}

/// A requisition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requisition {
    /// UUID text.
    pub id: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Where it stands.
    pub status: RequisitionStatus,
    /// Every status and when it began, oldest first.
    pub status_changes: Vec<(RequisitionStatus, Timestamp)>,
    /// Name.
    pub name: String,
    /// The customer's own code, unique in the account.
    pub code: String,
    /// How many may be hired.
    pub headcount: Headcount,
    /// How many were.
    pub hired: u32,
    /// Whether somebody is replaced.
    pub vacancy: Vacancy,
    /// Who made it; nobody by API.
    pub creator: Option<UserNumber>,
    /// Who runs it.
    pub owner: Option<UserNumber>,
    /// Who hires.
    pub hiring_manager: Option<UserNumber>,
    /// For colleagues.
    pub internal_notes: String,
    /// What may be paid.
    pub compensation_band: Option<CompensationBand>,
    /// An approval given in the app.
    pub approval: Option<Approval>,
    /// One of [`EMPLOYMENT_STATUSES`].
    pub employment_status: Option<&'static str>,
    /// Location.
    pub location: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// The postings it stands behind.
    pub postings: Vec<PostingNumber>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Values of the customer's own fields.
    pub custom_fields: Map<String, Value>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// What a requisition hires people as.
pub const EMPLOYMENT_STATUSES: [&str; 5] = ["full-time", "part-time", "intern", "contractor", "temp-worker"];

/// Which id fields are shown as objects.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequisitionExpansion {
    /// Expand `creator`.
    pub creator: Reference,
    /// Expand `owner`.
    pub owner: Reference,
    /// Expand `hiringManager`.
    pub hiring_manager: Reference,
    /// Expand `postings`.
    pub postings: Reference,
}

/// What a requisition shows and does not hold itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Id of the account.
    pub account: String,
    /// Ids of the active offers that stand against it.
    pub offers: Vec<String>,
}

impl Requisition {
    /// Confidential when one of its postings is.
    #[must_use]
    pub fn confidentiality(&self, company: &Company) -> Confidentiality {
        let hidden = self.postings.iter().any(|number| {
            company
                .posting(*number)
                .is_some_and(|posting| posting.confidentiality == Confidentiality::Confidential)
        });
        if hidden {
            Confidentiality::Confidential
        } else {
            Confidentiality::Open
        }
    }

    /// Moves it to a status and keeps when it was closed.
    pub fn enter(&mut self, status: RequisitionStatus, at: Timestamp) {
        if self.status == status {
            return;
        }
        self.status = status;
        self.status_changes.push((status, at));
        self.closed_at = (status == RequisitionStatus::Closed).then_some(at);
    }

    fn headcount_json(&self) -> Value {
        match self.headcount {
            Headcount::Of(count) => json!(count),
            Headcount::Unlimited => json!("unlimited"),
        }
    }

    fn band_json(&self) -> Value {
        self.compensation_band.as_ref().map_or(
            Value::Null,
            |band| json!({ "min": band.min, "max": band.max, "currency": band.currency, "interval": band.interval }),
        )
    }

    fn posting_ids(&self, company: &Company) -> Vec<Value> {
        self.postings
            .iter()
            .filter_map(|number| Some(json!(company.posting(*number)?.id)))
            .collect()
    }

    /// When the time to fill it began: when it was first open.
    fn opened_at(&self) -> Option<Timestamp> {
        self.status_changes
            .iter()
            .find(|(status, _)| *status == RequisitionStatus::Open)
            .map(|(_, at)| *at)
    }

    /// As `GET /requisitions/:id` shows it.
    #[must_use]
    pub fn json(&self, company: &Company, expansion: RequisitionExpansion, beside: &Beside) -> Value {
        let user = |number: Option<UserNumber>, reference: Reference| {
            number.map_or(Value::Null, |number| company.user_json(number, reference))
        };
        let postings: Vec<Value> = if expansion.postings == Reference::Object {
            self.postings
                .iter()
                .filter_map(|number| Some(company.posting(*number)?.json(company, PostingExpansion::default())))
                .collect()
        } else {
            self.posting_ids(company)
        };
        json!({
            "id": self.id,
            "createdAt": self.created_at,
            "confidentiality": self.confidentiality(company).word(),
            "status": self.status.word(),
            "name": self.name,
            "requisitionCode": self.code,
            "headcountTotal": self.headcount_json(),
            "headcountHired": self.hired,
            "headcountInfinite": self.headcount == Headcount::Unlimited,
            "backfill": self.vacancy == Vacancy::Backfill,
            "creator": user(self.creator, expansion.creator),
            "owner": user(self.owner, expansion.owner),
            "hiringManager": user(self.hiring_manager, expansion.hiring_manager),
            "internalNotes": self.internal_notes,
            "compensationBand": self.band_json(),
            "approval": self.approval_json(company, &beside.account),
            "employmentStatus": text_or_null(self.employment_status),
            "location": text_or_null(self.location.as_deref()),
            "team": text_or_null(self.team.as_deref()),
            "department": text_or_null(self.department.as_deref()),
            "postings": postings,
            "offerIds": beside.offers,
            "timeToFillStartAt": time_or_null(self.opened_at()),
            "timeToFillEndAt": time_or_null(self.closed_at),
            "updatedAt": self.updated_at,
            "customFields": self.custom_fields,
            "closedAt": time_or_null(self.closed_at),
        })
    }

    fn approval_json(&self, company: &Company, account: &str) -> Value {
        let Some(approval) = &self.approval else {
            return json!({ "steps": [] });
        };
        let approved = approval.approved_at.is_some();
        let approver = company.user_json(approval.approver, Reference::Id);
        let status = if approved { "approved" } else { "inprogress" };
        // One that has not answered has neither `approved` nor `approvedAt` (recorded).
        let approver = if approved {
            json!({
                "id": approver,
                "user": approver,
                "isDynamic": false,
                "approved": true,
                "approvedAt": time_or_null(approval.approved_at),
                "type": "static",
            })
        } else {
            json!({ "id": approver, "user": approver, "isDynamic": false, "type": "static" })
        };
        json!({
            "steps": [{
                "completed": approved,
                "status": status,
                "outOfBandOnly": false,
                "approvalsRequired": 1,
                "approvers": [approver],
                "id": approval.step,
            }],
            "id": approval.id,
            "status": status,
            "startedAt": approval.started_at,
            "approvedAt": time_or_null(approval.approved_at),
            "accountId": account,
            "createdBy": company.user_json(approval.created_by, Reference::Id),
        })
    }

    /// The internal shape of replies to writes, keys and order as recorded: what has no value is left out, the person
    /// who made it and the owner excepted. Keys that were never recorded (hiring manager, band, department, closing
    /// time) stand where their kind does.
    #[must_use]
    pub fn raw_json(&self, company: &Company, beside: &Beside) -> Value {
        let user =
            |number: Option<UserNumber>| number.map_or(Value::Null, |number| company.user_json(number, Reference::Id));
        let history: Vec<Value> = self
            .status_changes
            .iter()
            .map(|(status, at)| {
                json!({
                    "beginAt": at,
                    "status": status.word(),
                    "attribution": { "timestamp": at, "service": "data-api" },
                })
            })
            .collect();
        let hidden = self.confidentiality(company) == Confidentiality::Confidential;
        let mut shown = Map::with_capacity(27);
        let mut show = |name: &str, value: Value| shown.insert(name.to_owned(), value);
        show("accountId", json!(beside.account));
        show("backfill", json!(self.vacancy == Vacancy::Backfill));
        show("createdAt", json!(self.created_at));
        show("creatorUserId", user(self.creator));
        show("hasConfidentialPosting", json!(hidden));
        show("internalNotes", json!(self.internal_notes));
        show("name", json!(self.name));
        show("ownerUserId", user(self.owner));
        show("postingIds", Value::Array(self.posting_ids(company)));
        show("requisitionCode", json!(self.code));
        show("reservedOfferIds", json!(beside.offers));
        show("status", json!(self.status.word()));
        show("stateHistory", Value::Array(history));
        show("updatedAt", json!(self.updated_at));
        show("headcountInfinite", json!(self.headcount == Headcount::Unlimited));
        show("headcountTotal", self.headcount_json());
        show("headcountHired", json!(self.hired));
        for (name, value) in [
            ("hiringManagerUserId", user(self.hiring_manager)),
            ("compensationBand", self.band_json()),
            ("employmentStatus", text_or_null(self.employment_status)),
            ("location", text_or_null(self.location.as_deref())),
            ("team", text_or_null(self.team.as_deref())),
            ("department", text_or_null(self.department.as_deref())),
            ("closedAt", time_or_null(self.closed_at)),
        ] {
            if !value.is_null() {
                show(name, value);
            }
        }
        show("customFields", Value::Object(self.custom_fields.clone()));
        show("id", json!(self.id));
        show("search", json!({ "nameCodeTokens": self.search_tokens() }));
        Value::Object(shown)
    }

    /// What Lever finds it by: every word of the name and of the code, and every two and three that follow one another
    /// (recorded). How Lever treats a dash between spaces is not copied.
    fn search_tokens(&self) -> Vec<String> {
        let (name, code) = (self.name.to_lowercase(), self.code.to_lowercase());
        let runs = |words: &[&str], glue: &str| -> Vec<String> {
            (1..=3)
                .flat_map(|length| words.windows(length).map(|run| run.join(glue)).collect::<Vec<_>>())
                .collect()
        };
        let mut tokens = runs(&name.split_whitespace().collect::<Vec<_>>(), " ");
        for token in runs(
            &code.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>(),
            "-",
        ) {
            if !tokens.contains(&token) {
                tokens.push(token);
            }
        }
        tokens
    }
}

/// The kinds of the customer's own fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A number.
    Number,
    /// A text.
    Text,
    /// A time in ms.
    Date,
    /// Subfields.
    Object,
    /// One of several options.
    Dropdown,
}

impl FieldKind {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Date => "date",
            Self::Object => "object",
            Self::Dropdown => "dropdown",
        }
    }

    /// Reads Lever's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Number, Self::Text, Self::Date, Self::Object, Self::Dropdown]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// Whether a field must have a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

/// A part of an object field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subfield {
    /// Snake case.
    pub id: String,
    /// Name.
    pub text: String,
    /// Its kind; never an object.
    pub kind: FieldKind,
}

/// An option of a dropdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOption {
    /// Id.
    pub id: String,
    /// Text.
    pub text: String,
}

/// One of the customer's own fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequisitionField {
    /// Snake case, 50 characters at most.
    pub id: String,
    /// Name.
    pub text: String,
    /// What its values are.
    pub kind: FieldKind,
    /// Whether it must have a value.
    pub presence: Presence,
    /// Parts of an object.
    pub subfields: Vec<Subfield>,
    /// Options of a dropdown.
    pub options: Vec<FieldOption>,
}

impl RequisitionField {
    /// As `GET /requisition_fields/:id` shows it.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut shown = json!({
            "id": self.id,
            "text": self.text,
            "type": self.kind.word(),
            "isRequired": self.presence == Presence::Required,
        });
        if let Some(fields) = shown.as_object_mut() {
            if self.kind == FieldKind::Object {
                let subfields = self
                    .subfields
                    .iter()
                    .map(|part| json!({ "id": part.id, "text": part.text, "type": part.kind.word() }))
                    .collect();
                fields.insert("subfields".to_owned(), subfields);
            }
            if self.kind == FieldKind::Dropdown {
                let options = self
                    .options
                    .iter()
                    .map(|option| json!({ "id": option.id, "text": option.text }))
                    .collect();
                fields.insert("options".to_owned(), options);
            }
        }
        shown
    }

    /// Whether a value fits this field. A dropdown's may be an option's id or its text: which of them Lever means was
    /// never recorded.
    #[must_use]
    pub fn fits(&self, value: &Value) -> bool {
        match self.kind {
            FieldKind::Number => value.is_number(),
            FieldKind::Text => value.is_string(),
            FieldKind::Date => value.as_i64().is_some(),
            FieldKind::Dropdown => value.as_str().is_some_and(|given| {
                self.options
                    .iter()
                    .any(|option| option.id == given || option.text == given)
            }),
            FieldKind::Object => value.as_object().is_some_and(|parts| {
                parts.iter().all(|(name, value)| {
                    self.subfields.iter().any(|part| {
                        part.id == *name
                            && match part.kind {
                                FieldKind::Number => value.is_number(),
                                FieldKind::Date => value.as_i64().is_some(),
                                _ => value.is_string(),
                            }
                    })
                })
            }),
        }
    }
}
