//! No key and nobody's data in errors and debug output (design §4.4, §4.5).

use fulcrum::command::{ApiKey, Command, Person, UserSummary};
use fulcrum::export::plan::{ExportChoices, PlannedField, PlannedRequest, StepKind};
use fulcrum::export::update::{Change, ComparedField, ComparedValue, ContactAsRead, UpdateChoices, ValueId};
use fulcrum::host::{Host, HttpBody, HttpReply, HttpRequest, Method, Transport, TransportError};
use fulcrum::identity::IdentityKey;
use fulcrum::lever::authentication::Credentials;
use fulcrum::lever::client::LeverClient;
use fulcrum::lever::endpoint;
use fulcrum::lever::environment::Environment;
use fulcrum::lever::error::without_sent_values;
use fulcrum::lever::model::opportunity::Opportunity;
use fulcrum::lever::pace::{Admission, Pacer, Priority};
use fulcrum::matching::verdict::{Candidate, Evidence, EvidenceField, Outcome, Verdict, VerdictWord};
use fulcrum::mirror::history::StoredHistory;
use fulcrum::mirror::read::ContactRecord;
use fulcrum::mirror::rows::ContactData;
use fulcrum::profile::Profile;
use fulcrum::text::Millis;
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use proptest::prelude::*;
use serde_json::json;
use std::rc::Rc;

use crate::fixture::machine::export;
use crate::fixture::{Edge, Lever, Machine, cases, people};

const SECRET: &str = "Quillfeather";

/// A profile every text of which holds the secret word.
fn private_profile() -> Profile {
    let mut page = people::newcomer(1);
    page.key = format!("web:{SECRET}.example");
    page.ids = vec![page.key.clone()];
    page.url = format!("https://{SECRET}.example/");
    page.headline = Some(SECRET.to_owned());
    page.location = Some(SECRET.to_owned());
    page.emails = vec![format!("{SECRET}@example.org")];
    page.links = vec![format!("https://example.net/{SECRET}")];
    page.avatar = Some(SECRET.to_owned());
    page
}

#[test]
fn debug_output_shows_nobody() {
    let secret = SECRET.to_owned();
    let profile = private_profile();
    let data = ContactData {
        name: secret.clone(),
        headline: secret.clone(),
        location: secret.clone(),
        emails: vec![secret.clone()],
        phones: vec![secret.clone()],
        links: vec![secret.clone()],
    };
    let record = ContactRecord {
        row: 1,
        id: "contact-1".into(),
        data: data.clone(),
        history: StoredHistory::default(),
    };
    let person = Person {
        contact: "contact-1".into(),
        name: secret.clone(),
        headline: secret.clone(),
        location: secret.clone(),
        emails: vec![secret.clone()],
        phones: vec![secret.clone()],
        links: vec![secret.clone()],
        opportunities: Vec::new(),
    };
    let verdict = Verdict {
        key: profile.key.clone(),
        verdict: VerdictWord::Same,
        complete: true,
        read: 1.0,
        as_of: None,
        candidates: vec![Candidate {
            contact: "contact-1".into(),
            opportunities: Vec::new(),
            probability: 1.0,
            same_as: Vec::new(),
            evidence: vec![Evidence {
                field: EvidenceField::Name,
                outcome: Outcome::Equal,
                bits: 20.0,
                page: Some(secret.clone()),
                lever: Some(secret.clone()),
            }],
        }],
    };
    let choices = ExportChoices {
        tags: vec![secret.clone()],
        note: Some(secret.clone()),
        emails: vec![secret.clone()],
        ..ExportChoices::default()
    };
    let row = json!({
        "id": "opportunity-1", "name": secret, "contact": { "id": "contact-1", "name": secret, "location": { "name": secret } },
        "location": secret, "emails": [secret], "headline": secret,
    });
    let row: Opportunity = serde_json::from_str(&row.to_string()).unwrap();
    let field = PlannedField {
        field: "name".to_owned(),
        values: vec![secret.clone()],
    };
    let request = PlannedRequest {
        step: StepKind::AddNote,
        method: "POST".to_owned(),
        path: "/x".to_owned(),
        query: Vec::new(),
        body: secret.clone(),
        before: String::new(),
    };
    let http = HttpRequest {
        method: Method::Post,
        url: format!("https://api.lever.co/v1/opportunities?email={secret}"),
        authorization: Some(secret.clone()),
        body: Some(HttpBody::Json(secret.clone())),
        timeout: 1,
    };
    let reply = HttpReply {
        status: 200,
        body: secret.clone().into_bytes(),
        media_type: Some(secret.clone()),
        date: None,
        retry_after: None,
    };
    let user = UserSummary {
        id: "user-1".into(),
        name: secret.clone(),
        email: secret.clone(),
    };
    let commands = [
        Command::LookUp {
            profile: profile.clone(),
        },
        Command::Export {
            profile: profile.clone(),
            choices: choices.clone(),
            fingerprint: String::new(),
        },
        Command::Connect {
            environment: Environment::Production,
            key: ApiKey(secret.clone()),
        },
        Command::Update {
            profile: profile.clone(),
            contact: "contact-1".into(),
            choices: UpdateChoices {
                ticked: Some(vec![ValueId(secret.clone())]),
                tags: vec![secret.clone()],
                note: Some(secret.clone()),
                undo_ms: None,
            },
            fingerprint: String::new(),
        },
    ];
    let compared = ComparedValue {
        id: ValueId(secret.clone()),
        field: ComparedField::Emails,
        page: secret.clone(),
        lever: vec![secret.clone()],
        change: Change::Add,
        ticked: true,
    };
    let contact = ContactAsRead(json!({ "name": secret, "emails": [secret] }));
    let shown = format!(
        "{profile:?} {data:?} {record:?} {person:?} {verdict:?} {choices:?} {row:?} {field:?} {request:?} {http:?} {reply:?} {user:?} \
         {commands:?} {compared:?} {contact:?} {:?} {:?}",
        ApiKey(secret.clone()),
        IdentityKey::parse("email:quillfeather@example.org").unwrap(),
    );
    assert!(
        !shown.to_lowercase().contains(&SECRET.to_lowercase()),
        "{}",
        shown.to_lowercase().replace(&SECRET.to_lowercase(), ">>>>here<<<<")
    );
}

#[tokio::test]
async fn debug_output_of_answers_and_of_the_journal_shows_nobody() {
    let lever = Lever::of(12).await;
    let machine = Machine::beside(&lever);
    let service = machine.synced(&lever).await;
    let profile = people::newcomer(1);
    let choices = ExportChoices {
        note: Some("Zorana Quillfeather".to_owned()),
        ..ExportChoices::default()
    };
    let command = Command::Plan {
        profile: profile.clone(),
        choices: choices.clone(),
    };
    let mut shown = format!("{:?}", service.dispatch(command).await);
    shown += &format!("{:?}", export(&service, &profile, &choices).await);
    for command in [
        Command::LookUp {
            profile: profile.clone(),
        },
        Command::Journal {
            text: String::new(),
            limit: 9,
        },
        Command::Users { text: String::new() },
        Command::Status,
        Command::ExportOptions {
            profile: profile.clone(),
        },
    ] {
        shown += &format!("{:?}", service.dispatch(command).await);
    }
    shown += &format!("{:?}", service.records().latest_export(&profile.key).unwrap());
    for word in [
        "zorana",
        "quillfeather",
        "fjordworks",
        "tromsø",
        "555",
        "okafor",
        lever.key(),
    ] {
        assert!(!shown.to_lowercase().contains(word), "{word} is in {shown}");
    }
}

/// Answers every request with the same reply.
struct Parrot(HttpReply);

impl Transport for Parrot {
    fn send(&self, _: HttpRequest) -> LocalBoxFuture<'_, Result<HttpReply, TransportError>> {
        let reply = self.0.clone();
        async move { Ok(reply) }.boxed_local()
    }
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

/// Text that somebody might type or a page might show, of two characters or more.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{2,40}",
        "[a-z]{2,8}@[a-z]{2,8}\\.[a-z]{2,3}",
        "[\"\\\\/{}\\[\\]<>&%$ a-zäöß]{2,20}",
        Just("Robert\"); DROP TABLE contact;--".to_owned()),
    ]
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn levers_words_lose_every_value_that_was_sent(
        values in prop::collection::vec(hostile(), 1..4), before in "[a-z ]{0,320}", status in 400_u16..500,
    ) {
        // Lever's own words, and the marks around what is left out, stand there in any case: a value that is part of them is not told.
        let own_words = format!("{before} {} is invalid", vec!["<…>"; values.len()].join(" "));
        let own_words = own_words.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assume!(values.iter().all(|value| value.trim().chars().count() > 1));
        prop_assume!(values.iter().all(|value| !before.contains(value.trim()) && !own_words.contains(value.trim())));
        let body = json!({ "name": values[0], "emails": values, "nested": [{ "value": values[values.len() - 1] }] }).to_string();
        let quoted: Vec<String> = values.iter().map(|value| format!("<{value}>")).collect();
        let message = format!("{before} {} is invalid", quoted.join(" "));
        let cleaned = without_sent_values(&message, Some(&HttpBody::Json(body.clone())));
        for value in &values {
            prop_assert!(!cleaned.contains(value.trim()), "{cleaned:?} holds {value:?}");
        }

        // The same through the client, the key included.
        let reply = HttpReply {
            status, body: json!({ "code": "x", "message": message }).to_string().into_bytes(), media_type: None, date: None, retry_after: None,
        };
        let edge = Edge::new();
        let host = Host {
            clock: Rc::new(edge.clone()), sleeper: Rc::new(edge.clone()), chance: Rc::new(edge), transport: Rc::new(Parrot(reply)),
            secrets: Rc::new(fulcrum::native::MemorySecrets::default()), resumes: Rc::new(fulcrum::host::NoResumes),
        };
        let key = Credentials::ApiKey(ApiKey("the-very-secret-key".to_owned()));
        let client = LeverClient::new(host, Environment::Production, key, Pacer::new(0.0, 1.0));
        let sent = Some(HttpBody::Json(body));
        let error = run(client.write(endpoint::CREATE_OPPORTUNITY, "/opportunities", &[], sent)).unwrap_err();
        let told = format!("{error} {error:?} {:?}", error.failure());
        prop_assert!(!told.contains("the-very-secret-key"));
        for value in values.iter().map(|value| value.trim()).filter(|value| value.chars().count() > 3) {
            if !"POST /opportunities Create an opportunity".contains(value) {
                prop_assert!(!told.contains(value), "{told:?} holds {value:?}");
            }
        }
    }

    #[test]
    fn requests_never_exceed_rate_and_burst_whoever_asks_and_however_often(
        asked in prop::collection::vec((0_i64..400, any::<bool>(), 0_u8..10), 1..200), rate in 1_u32..40, share in 0.05_f64..1.0,
    ) {
        let rate = f64::from(rate);
        let mut pacer = Pacer::new(rate, share);
        let mut now = Millis(1_000_000);
        let mut sent: Vec<i64> = Vec::new();
        for (gap, click, luck) in asked {
            now = now.plus(gap);
            let priority = if click { Priority::Click } else { Priority::Background };
            if pacer.ask(now, priority) == Admission::Now {
                sent.push(now.0);
                if luck == 0 { pacer.refused(now, now, None) } else { pacer.accepted() }
            }
        }
        assert_within(rate, sent)?;
    }
}

/// In any stretch of time at most a burst and what the rate gives; a millisecond of rounding for each request.
fn assert_within(rate: f64, mut sent: Vec<i64>) -> Result<(), TestCaseError> {
    sent.sort_unstable();
    for (first, from) in sent.iter().enumerate() {
        for (last, to) in sent.iter().enumerate().skip(first) {
            let seconds = (to - from) as f64 / 1_000.0;
            let granted = (last - first + 1) as f64;
            let most = rate + rate * (seconds + 0.001 * granted) + 1.0;
            prop_assert!(granted <= most, "{granted} requests in {seconds} s at {rate} a second");
        }
    }
    Ok(())
}
