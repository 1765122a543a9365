//! Files and résumés of opportunities, what they hold, and uploads that wait to be used (lever-api §3.10).
//!
//! Seeded ones are computed when asked for; written ones are kept whole. Must not know how they come over the wire.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::Value;

use super::Account;
use crate::clock::Timestamp;
use crate::ids::{Kind, OpportunityNumber, UserNumber};
use crate::model::file_action::{FileAction, FileDeed};
use crate::model::file_type::{FileStatus, FileType};
use crate::model::resume::{File, ParsedData, Resume};
use crate::model::upload::{UPLOAD_LIFE_MS, Upload};
use crate::resume_reader;
use crate::seed::documents;

/// What was written.
#[derive(Debug, Default)]
pub struct Attachments {
    /// All files of the opportunities where one was added or deleted.
    files: HashMap<OpportunityNumber, Vec<File>>,
    /// Résumés beyond the seeded ones: none can be deleted.
    resumes: HashMap<OpportunityNumber, Vec<Resume>>,
    /// What written files and résumés hold, by id.
    contents: HashMap<String, Bytes>,
    actions: HashMap<OpportunityNumber, Vec<FileAction>>,
    /// By address.
    uploads: HashMap<String, Upload>,
}

impl Attachments {
    /// Takes away all files and résumés of an opportunity and what they held.
    pub(super) fn erase(&mut self, number: OpportunityNumber) {
        let files = self.files.insert(number, Vec::new()).unwrap_or_default();
        let resumes = self.resumes.remove(&number).unwrap_or_default();
        let files = files.into_iter().map(|file| file.id);
        for id in files.chain(resumes.into_iter().map(|resume| resume.id)) {
            self.contents.remove(&id);
        }
    }
}

/// A file that arrives, and who brought it when.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Name with extension.
    pub name: String,
    /// What it holds.
    pub content: Bytes,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub user: Option<UserNumber>,
}

/// A file that can be downloaded, unless its status is `error`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Name with extension.
    pub name: String,
    /// How far Lever got with it.
    pub status: FileStatus,
    /// What it holds.
    pub content: Bytes,
}

impl Account {
    /// Résumés of an opportunity as Lever shows them, oldest first.
    #[must_use]
    pub fn resumes(&self, number: OpportunityNumber) -> Vec<Value> {
        let id = self.opportunity_id(number);
        let mut shown = match self.given_resumes.get(&number) {
            Some(given) => given.clone(),
            None => self
                .seeded_resumes(number)
                .iter()
                .map(|resume| resume.json(&id))
                .collect(),
        };
        let added = self.attachments.resumes.get(&number).into_iter().flatten();
        shown.extend(added.map(|resume| resume.json(&id)));
        shown
    }

    fn seeded_resumes(&self, number: OpportunityNumber) -> Vec<Resume> {
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.resumes(number, &seeded))
            .unwrap_or_default()
    }

    /// A résumé's file; `None` when the opportunity has no such résumé.
    #[must_use]
    pub fn resume_file(&self, number: OpportunityNumber, id: &str) -> Option<Stored> {
        let added = self.attachments.resumes.get(&number).into_iter().flatten();
        if let Some(resume) = added.into_iter().find(|resume| resume.id == id) {
            return Some(Stored {
                name: resume.file_name.clone(),
                status: resume.status,
                content: self.attachments.contents.get(id).cloned().unwrap_or_default(),
            });
        }
        if let Some(given) = self.given_resumes.get(&number) {
            let resume = given
                .iter()
                .find(|resume| resume.get("id").and_then(Value::as_str) == Some(id))?;
            return self.given_file(number, resume);
        }
        let resume = self.seeded_resumes(number).into_iter().find(|resume| resume.id == id)?;
        let seeded = self.population.opportunity(number, &self.seeded)?;
        let parsed = resume.parsed.unwrap_or_default();
        let content = self.population.resume_content(&resume.file_name, &seeded, &parsed);
        Some(Stored {
            name: resume.file_name,
            status: resume.status,
            content: content.into(),
        })
    }

    /// A data file brings no contents: a given résumé holds what is known of its person. Its size stays as given.
    fn given_file(&self, number: OpportunityNumber, resume: &Value) -> Option<Stored> {
        let contact = self.contact(self.opportunity(number)?.contact)?.into_owned();
        let file = resume.get("file");
        let text = |name: &str| file.and_then(|file| file.get(name)?.as_str());
        let name = text("name").unwrap_or("resume.pdf");
        let lines = documents::resume_lines(&contact, &ParsedData::default());
        Some(Stored {
            name: name.to_owned(),
            status: match text("status") {
                Some("error") => FileStatus::Error,
                _ => FileStatus::Processed,
            },
            content: documents::of_lines(FileType::of_name(name), &lines).into(),
        })
    }

    /// Files of an opportunity, oldest first.
    #[must_use]
    pub fn files(&self, number: OpportunityNumber) -> Vec<File> {
        if let Some(files) = self.attachments.files.get(&number) {
            return files.clone();
        }
        self.population
            .opportunity(number, &self.seeded)
            .map(|seeded| self.population.files(number, &seeded, &self.seeded))
            .unwrap_or_default()
    }

    /// What a file holds; `None` when the opportunity has no such file.
    #[must_use]
    pub fn file(&self, number: OpportunityNumber, id: &str) -> Option<Stored> {
        let file = self.files(number).into_iter().find(|file| file.id == id)?;
        let content = match self.attachments.contents.get(id) {
            Some(content) => content.clone(),
            None => {
                let seeded = self.population.opportunity(number, &self.seeded)?;
                self.population.file_content(&file.name, &seeded, &self.seeded).into()
            }
        };
        Some(Stored {
            name: file.name,
            status: file.status,
            content,
        })
    }

    /// What was done to an opportunity's files by the API, oldest first. Lever records it since 2026-04-13; for what
    /// came before, seeded files among it, the recorded list is empty (lever-api §3.1).
    #[must_use]
    pub fn file_actions(&self, number: OpportunityNumber) -> &[FileAction] {
        self.attachments.actions.get(&number).map_or(&[], Vec::as_slice)
    }

    /// An upload that can still be used.
    #[must_use]
    pub fn upload(&self, uri: &str, now: Timestamp) -> Option<&Upload> {
        let upload = self.attachments.uploads.get(uri)?;
        (now < upload.expires_at).then_some(upload)
    }

    /// Adds a résumé, read as far as it can be.
    pub fn add_resume(&mut self, number: OpportunityNumber, arrival: Arrival) -> Resume {
        let kind = FileType::of_name(&arrival.name);
        let status = kind.status_of(&arrival.content);
        let resume = Resume {
            id: self.new_id(Kind::Resume),
            file_name: arrival.name.clone(),
            size: arrival.content.len(),
            status,
            created_at: arrival.at,
            parsed: resume_reader::text_of(kind, &arrival.content).map(|text| resume_reader::read(&text).parsed),
        };
        self.arrive(number, &resume.id, FileDeed::ResumeImported, arrival);
        self.attachments.resumes.entry(number).or_default().push(resume.clone());
        resume
    }

    /// Adds a file.
    pub fn add_file(&mut self, number: OpportunityNumber, arrival: Arrival) -> File {
        let file = File {
            id: self.new_id(Kind::File),
            name: arrival.name.clone(),
            status: FileType::of_name(&arrival.name).status_of(&arrival.content),
            uploaded_at: arrival.at,
            size: arrival.content.len(),
        };
        self.arrive(number, &file.id, FileDeed::Added, arrival);
        let mut files = self.files(number);
        files.push(file.clone());
        self.attachments.files.insert(number, files);
        file
    }

    /// Deletes a file; `None` when the opportunity has no such file.
    pub fn remove_file(
        &mut self,
        number: OpportunityNumber,
        id: &str,
        at: Timestamp,
        user: Option<UserNumber>,
    ) -> Option<File> {
        let mut files = self.files(number);
        let place = files.iter().position(|file| file.id == id)?;
        let removed = files.remove(place);
        self.attachments.files.insert(number, files);
        self.attachments.contents.remove(id);
        self.note_action(number, FileDeed::Removed, (&removed.id, &removed.name), at, user);
        Some(removed)
    }

    /// Adds an upload.
    pub fn add_upload(&mut self, name: &str, content: Bytes, at: Timestamp) -> Upload {
        let upload = Upload {
            id: self.new_id(Kind::Upload),
            name: name.to_owned(),
            content,
            expires_at: at.plus(UPLOAD_LIFE_MS),
        };
        self.attachments.uploads.insert(upload.uri(), upload.clone());
        upload
    }

    fn arrive(&mut self, number: OpportunityNumber, id: &str, deed: FileDeed, arrival: Arrival) {
        self.note_action(number, deed, (id, &arrival.name), arrival.at, arrival.user);
        self.attachments.contents.insert(id.to_owned(), arrival.content);
    }

    fn note_action(
        &mut self,
        number: OpportunityNumber,
        deed: FileDeed,
        (file, file_name): (&str, &str),
        at: Timestamp,
        user: Option<UserNumber>,
    ) {
        let action = FileAction {
            id: self.new_id(Kind::FileAction),
            deed,
            at,
            user,
            file: file.to_owned(),
            file_name: file_name.to_owned(),
        };
        self.attachments.actions.entry(number).or_default().push(action);
    }
}
