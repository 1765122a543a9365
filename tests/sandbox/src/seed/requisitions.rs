//! The seeded requisitions and the customer's own fields on them (lever-api §3.17): one in every status, those of the
//! first two postings under the codes that these show.

use serde_json::{Map, json};

use super::draw::{Draw, Purpose};
use crate::clock::{DAY_MS, Timestamp};
use crate::ids::{IdScheme, Kind, PostingNumber, UserNumber};
use crate::model::company::Company;
use crate::model::requisition::{
    Approval, CompensationBand, FieldKind, FieldOption, Headcount, Presence, Requisition, RequisitionField,
    RequisitionStatus, Subfield, Vacancy,
};

/// Code, posting, status, headcount (0: unlimited), hired.
type First = (&'static str, u32, RequisitionStatus, u32, u32);

const FIRST: &[First] = &[
    ("ENG-101", 0, RequisitionStatus::Open, 1, 0),
    ("ENG-102", 1, RequisitionStatus::Open, 3, 1),
    ("ENG-090", 2, RequisitionStatus::Open, 0, 0),
    ("OPS-001", 3, RequisitionStatus::Open, 1, 0),
    ("OPS-017", 5, RequisitionStatus::Closed, 1, 1),
    ("OPS-030", 6, RequisitionStatus::Draft, 1, 0),
    ("ENG-110", 7, RequisitionStatus::OnHold, 2, 0),
    ("COM-004", 9, RequisitionStatus::Pending, 1, 0),
    ("COM-005", 10, RequisitionStatus::Rejected, 1, 0),
];

/// The codes that a seeded posting shows.
#[must_use]
pub fn codes_of(posting: u32) -> Vec<String> {
    FIRST
        .iter()
        .filter(|(_, number, ..)| *number == posting)
        .map(|(code, ..)| (*code).to_owned())
        .collect()
}

/// All of them.
#[must_use]
pub fn seeded(seed: u64, ids: IdScheme, anchor: Timestamp, company: &Company) -> Vec<Requisition> {
    (0..)
        .zip(FIRST)
        .map(|(number, first)| requisition(number, first, seed, ids, anchor, company))
        .collect()
}

fn requisition(
    number: u32,
    (code, posting_number, status, headcount, hired): &First,
    seed: u64,
    ids: IdScheme,
    anchor: Timestamp,
    company: &Company,
) -> Requisition {
    let mut draw = Draw::new(seed, Purpose::Requisition, u64::from(number));
    let posting = company.posting(PostingNumber(*posting_number));
    let oldest = posting.map_or(anchor, |posting| posting.created_at);
    let created_at = oldest.plus(-5 * DAY_MS - draw.millis(10 * DAY_MS));
    let approved = !matches!(status, RequisitionStatus::Draft | RequisitionStatus::Rejected);
    let mut requisition = Requisition {
        id: ids.make(Kind::Requisition, number).to_string(),
        created_at,
        status: RequisitionStatus::Draft,
        status_changes: vec![(RequisitionStatus::Draft, created_at)],
        name: posting.map(|posting| posting.text.clone()).unwrap_or_default(),
        code: (*code).to_owned(),
        headcount: match headcount {
            0 => Headcount::Unlimited,
            count => Headcount::Of(*count),
        },
        hired: *hired,
        vacancy: if draw.chance(0.3) {
            Vacancy::Backfill
        } else {
            Vacancy::New
        },
        creator: Some(UserNumber(0)),
        owner: posting.and_then(|posting| posting.owner),
        hiring_manager: posting.and_then(|posting| posting.hiring_manager),
        internal_notes: if draw.chance(0.5) {
            "Agreed with finance.".to_owned()
        } else {
            String::new()
        },
        compensation_band: draw.chance(0.7).then(|| CompensationBand {
            currency: "EUR".to_owned(),
            interval: "per-year-salary".to_owned(),
            min: 60_000.into(),
            max: 95_000.into(),
        }),
        approval: approved.then(|| Approval {
            id: ids.make(Kind::Approval, number).to_string(),
            step: ids.make(Kind::ApprovalStep, number).to_string(),
            started_at: created_at.plus(DAY_MS),
            approved_at: (*status != RequisitionStatus::Pending).then(|| created_at.plus(2 * DAY_MS)),
            approver: UserNumber(0),
            created_by: UserNumber(1),
        }),
        employment_status: Some("full-time"),
        location: posting.and_then(|posting| posting.location.clone()),
        team: posting.and_then(|posting| posting.team.clone()),
        department: posting.and_then(|posting| posting.department.clone()),
        postings: posting.map(|_| PostingNumber(*posting_number)).into_iter().collect(),
        updated_at: created_at.plus(3 * DAY_MS),
        custom_fields: Map::new(),
        closed_at: None,
    };
    if number == 0 {
        requisition
            .custom_fields
            .insert("cost_center".to_owned(), json!("Data 4711"));
    }
    if matches!(status, RequisitionStatus::OnHold | RequisitionStatus::Closed) {
        requisition.enter(RequisitionStatus::Open, created_at.plus(2 * DAY_MS));
    }
    requisition.enter(*status, created_at.plus(3 * DAY_MS));
    requisition
}

/// The customer's own fields; none is required.
#[must_use]
pub fn fields() -> Vec<RequisitionField> {
    let field = |id: &str, text: &str, kind| RequisitionField {
        id: id.to_owned(),
        text: text.to_owned(),
        kind,
        presence: Presence::Optional,
        subfields: Vec::new(),
        options: Vec::new(),
    };
    let option = |id: &str, text: &str| FieldOption {
        id: id.to_owned(),
        text: text.to_owned(),
    };
    let part = |id: &str, text: &str, kind| Subfield {
        id: id.to_owned(),
        text: text.to_owned(),
        kind,
    };
    vec![
        field("cost_center", "Cost center", FieldKind::Text),
        field("target_start", "Target start", FieldKind::Date),
        RequisitionField {
            options: vec![option("budgeted", "Budgeted"), option("unbudgeted", "Unbudgeted")],
            ..field("budget_type", "Budget type", FieldKind::Dropdown)
        },
        RequisitionField {
            subfields: vec![
                part("laptop", "Laptop", FieldKind::Text),
                part("monitors", "Monitors", FieldKind::Number),
            ],
            ..field("equipment", "Equipment", FieldKind::Object)
        },
    ]
}
