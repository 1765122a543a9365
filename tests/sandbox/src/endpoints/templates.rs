//! Feedback templates and templates of profile forms (lever-api §3.13–§3.15).

use axum::http::{Method, StatusCode};
use serde_json::{Map, Value};

use super::include;
use crate::account::Account;
use crate::body::{Body, wrong};
use crate::endpoint::{Call, Endpoint, PerformAs};
use crate::ids::{Kind, StageNumber};
use crate::model::form::{Demand, FEEDBACK_TYPES, Field, FieldOption, FieldType, PROFILE_FORM_TYPES, VERDICTS};
use crate::model::note::Secrecy;
use crate::model::template::{Group, NO_FEEDBACK, Template};
use crate::refusal::Refusal;
use crate::reply::{KeyPart, Reply, short_list};

/// The endpoints of this file.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let feedback = "/feedback_templates";
    let one_feedback = "/feedback_templates/:template";
    let (read_feedback, write_feedback) = ("feedback_templates:read", "feedback_templates:write");
    let form = "/form_templates";
    let one_form = "/form_templates/:template";
    let (read_form, write_form) = ("form_templates:read", "form_templates:write");
    let write = |method, pattern, scope, write| Endpoint::write(method, pattern, scope, PerformAs::Unused, write);
    vec![
        Endpoint::get(feedback, read_feedback, |account, call| {
            list(account, call, TemplateKind::Feedback)
        }),
        Endpoint::get(one_feedback, read_feedback, |account, call| {
            read(account, call, TemplateKind::Feedback)
        }),
        write(Method::POST, feedback, write_feedback, |account, call| {
            create(account, call, TemplateKind::Feedback)
        }),
        write(Method::PUT, one_feedback, write_feedback, |account, call| {
            replace(account, call, TemplateKind::Feedback)
        }),
        write(Method::DELETE, one_feedback, write_feedback, |account, call| {
            delete(account, call, TemplateKind::Feedback)
        }),
        Endpoint::get(form, read_form, |account, call| {
            list(account, call, TemplateKind::ProfileForm)
        }),
        Endpoint::get(one_form, read_form, |account, call| {
            read(account, call, TemplateKind::ProfileForm)
        }),
        write(Method::POST, form, write_form, |account, call| {
            create(account, call, TemplateKind::ProfileForm)
        }),
        write(Method::PUT, one_form, write_form, |account, call| {
            replace(account, call, TemplateKind::ProfileForm)
        }),
        write(Method::DELETE, one_form, write_form, |account, call| {
            delete(account, call, TemplateKind::ProfileForm)
        }),
    ]
}

/// The two kinds of templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TemplateKind {
    Feedback,
    ProfileForm,
}

impl TemplateKind {
    fn collection(self) -> &'static str {
        match self {
            Self::Feedback => "feedback_templates",
            Self::ProfileForm => "form_templates",
        }
    }

    fn all(self, account: &Account) -> &[Template] {
        match self {
            Self::Feedback => &account.templates.feedback,
            Self::ProfileForm => &account.templates.forms,
        }
    }

    fn all_mut(self, account: &mut Account) -> &mut Vec<Template> {
        match self {
            Self::Feedback => &mut account.templates.feedback,
            Self::ProfileForm => &mut account.templates.forms,
        }
    }

    fn json(self, account: &Account, template: &Template) -> Map<String, Value> {
        match self {
            Self::Feedback => template.feedback_json(&account.company),
            Self::ProfileForm => template.form_json(),
        }
    }

    fn types(self) -> &'static [FieldType] {
        match self {
            Self::Feedback => FEEDBACK_TYPES,
            Self::ProfileForm => PROFILE_FORM_TYPES,
        }
    }
}

fn list(account: &Account, call: &Call<'_>, kind: TemplateKind) -> Result<Reply, Refusal> {
    let rows = kind
        .all(account)
        .iter()
        .map(|template| {
            let mut row = kind.json(account, template);
            include(&call.query, &mut row, &[]);
            let key = vec![KeyPart::Text(template.text.clone()), KeyPart::Text(template.id.clone())];
            (key, Value::Object(row))
        })
        .collect();
    short_list(&call.query, rows)
}

fn template_of<'a>(account: &'a Account, call: &Call<'_>, kind: TemplateKind) -> Result<&'a Template, Refusal> {
    let wanted = call.part(0);
    kind.all(account)
        .iter()
        .find(|template| template.id == wanted)
        .ok_or_else(|| Refusal::not_found(kind.collection(), wanted))
}

fn read(account: &Account, call: &Call<'_>, kind: TemplateKind) -> Result<Reply, Refusal> {
    template_of(account, call, kind).map(|template| Reply::one(kind.json(account, template)))
}

/// What a body describes, without id and times.
fn template_in(account: &mut Account, body: &Body, kind: TemplateKind) -> Result<Template, Refusal> {
    let now = account.now();
    let text = body
        .text("text")?
        .filter(|text| !text.is_empty())
        .ok_or_else(|| Refusal::bad_request("Missing required parameter text"))?
        .to_owned();
    let group = body.text("group")?.map(|id| group(account, id)).transpose()?;
    let stage = match body.text("stage")? {
        None => None,
        Some(id) => {
            Some(StageNumber(account.company.stages.find(id).ok_or_else(|| {
                Refusal::bad_request(format!("stage {id} was not found"))
            })?))
        }
    };
    let given = body
        .given("fields")
        .and_then(Value::as_array)
        .filter(|fields| !fields.is_empty())
        .ok_or_else(|| wrong("fields", "a list of fields with at least one"))?;
    let fields = given
        .iter()
        .map(|field| field_in(account, &Body::of_value(field), kind))
        .collect::<Result<Vec<_>, _>>()?;
    let verdicts = fields.iter().filter(|field| field.kind == FieldType::ScoreSystem);
    if kind == TemplateKind::Feedback && verdicts.count() != 1 {
        return Err(wrong("fields", "a list with exactly one field of type score-system"));
    }
    Ok(Template {
        id: String::new(),
        text,
        instructions: body.text("instructions")?.unwrap_or("").to_owned(),
        group,
        fields,
        created_at: now,
        updated_at: Some(now),
        stage,
        secrecy: match body.truth("secretByDefault")? {
            Some(true) => Secrecy::Secret,
            _ => Secrecy::Open,
        },
    })
}

fn group(account: &Account, id: &str) -> Result<Group, Refusal> {
    let templates = &account.templates;
    templates
        .feedback
        .iter()
        .chain(&templates.forms)
        .filter_map(|template| template.group.as_ref())
        .find(|group| group.id == id)
        .cloned()
        .ok_or_else(|| Refusal::bad_request(format!("group {id} was not found")))
}

/// A field with ids of its own: ids in the body are not kept, neither on create nor on update (lever-api §3.13).
fn field_in(account: &mut Account, body: &Body, of_template: TemplateKind) -> Result<Field, Refusal> {
    let word = body.text("type")?.unwrap_or("");
    let kind = FieldType::parse(word)
        .filter(|kind| of_template.types().contains(kind))
        .ok_or_else(|| Refusal::bad_request(format!("fields: type {word:?} cannot be used here")))?;
    let text = body
        .text("text")?
        .ok_or_else(|| wrong("fields", "a list of fields with a text each"))?
        .to_owned();
    let given = body.given("options").and_then(Value::as_array);
    let mut options: Vec<String> = given
        .into_iter()
        .flatten()
        .filter_map(|option| option.as_str().or_else(|| option.get("text")?.as_str()))
        .map(str::to_owned)
        .collect();
    if kind == FieldType::ScoreSystem && options.is_empty() {
        options = VERDICTS.iter().map(|verdict| (*verdict).to_owned()).collect();
    }
    if kind.has_options() && options.is_empty() {
        return Err(Refusal::bad_request(format!(
            "fields: a field of type {word} needs options"
        )));
    }
    let mut extra = Map::new();
    for (name, of) in [
        ("language", FieldType::Code),
        ("currency", FieldType::Currency),
        ("scores", FieldType::Scorecard),
    ] {
        if let Some(value) = body.given(name).filter(|_| of == kind) {
            extra.insert(name.to_owned(), value.clone());
        }
    }
    Ok(Field {
        id: account.new_id(Kind::FormField),
        kind,
        text,
        description: body.text("description")?.unwrap_or("").to_owned(),
        demand: match body.truth("required")? {
            Some(true) => Demand::Required,
            _ => Demand::Optional,
        },
        prompt: match body.text("prompt")? {
            // Recorded of a field sent without one.
            None if kind == FieldType::ScoreSystem => Some("Select one".to_owned()),
            given => given.map(str::to_owned),
        },
        options: options.into_iter().map(|text| FieldOption { id: None, text }).collect(),
        extra,
    })
}

fn create(account: &mut Account, call: &Call<'_>, kind: TemplateKind) -> Result<Reply, Refusal> {
    let template = template_in(account, &call.body, kind)?;
    let id = account.new_id(match kind {
        TemplateKind::Feedback => Kind::FeedbackTemplate,
        TemplateKind::ProfileForm => Kind::FormTemplate,
    });
    let template = Template { id, ..template };
    let shown = kind.json(account, &template);
    kind.all_mut(account).push(template);
    Ok(Reply::one(shown).with_status(StatusCode::CREATED))
}

/// Replaces everything but id and time of making; the fields get new ids (lever-api §3.13).
fn replace(account: &mut Account, call: &Call<'_>, kind: TemplateKind) -> Result<Reply, Refusal> {
    let before = template_of(account, call, kind)?.clone();
    if before.id == NO_FEEDBACK {
        return Err(Refusal::bad_request("The built-in template cannot be changed"));
    }
    let template = Template {
        id: before.id,
        created_at: before.created_at,
        ..template_in(account, &call.body, kind)?
    };
    let shown = kind.json(account, &template);
    if let Some(slot) = kind.all_mut(account).iter_mut().find(|known| known.id == template.id) {
        *slot = template;
    }
    Ok(Reply::one(shown))
}

fn delete(account: &mut Account, call: &Call<'_>, kind: TemplateKind) -> Result<Reply, Refusal> {
    let id = template_of(account, call, kind)?.id.clone();
    if !account.was_written(&id) {
        return Err(Refusal::bad_request(
            "Only templates that were made by the API can be deleted",
        ));
    }
    kind.all_mut(account).retain(|template| template.id != id);
    Ok(Reply::gone())
}
