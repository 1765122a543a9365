//! Files and resumes of an opportunity, and files for applications (lever-api §3.2, §3.10).

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{FILE_TIMEOUT, LeverClient, Target, TimeRange, performed_by, understand_one};
use crate::host::{FormContent, FormPart, HttpBody};
use crate::lever::endpoint::{self, Endpoint};
use crate::lever::error::LeverError;
use crate::lever::model::file::{File, Resume, Upload};
use crate::lever::model::parsed;
use crate::lever::pace::Priority;
use crate::text::{FileId, OpportunityId, Private, ResumeId, UserId};

/// A file to be sent. Lever takes docx, doc, js, jpg, png, pdf and txt up to 30 MB, and goes by the name's extension.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name with its extension.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Rc<[u8]>,
}

impl std::fmt::Debug for NewFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("NewFile").field(&Private).finish()
    }
}

impl NewFile {
    /// The form in which it is put on an opportunity (lever-api §3.10).
    #[must_use]
    pub fn form(&self) -> HttpBody {
        HttpBody::Multipart(vec![self.part("file")])
    }

    fn part(&self, name: &str) -> FormPart {
        FormPart {
            name: name.to_owned(),
            content: FormContent::File {
                file_name: self.name.clone(),
                media_type: self.media_type.clone(),
                bytes: Rc::clone(&self.bytes),
            },
        }
    }
}

/// A file as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct Download {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type, as far as Lever says.
    pub media_type: Option<String>,
}

impl std::fmt::Debug for Download {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Download").field(&Private).finish()
    }
}

/// The fields of a JSON body as a form: lists as repeated `name[]`, objects as `name[key]` (lever-api §3.2). A list's objects
/// stand as JSON text, which is how a phone number with its kind is sent. Empty things are left out.
#[must_use]
pub fn form_of(body: &Map<String, Value>, resume: Option<&NewFile>, files: &[NewFile]) -> Vec<FormPart> {
    let text = |name: String, value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some((name, text.clone())),
        other => Some((name, other.to_string())),
    };
    let fields = body.iter().flat_map(|(name, value)| match value {
        // The documentation's own spelling.
        Value::Object(inner) if name == "archived" => inner
            .iter()
            .filter_map(|(key, value)| text(format!("archive[{key}]"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .filter_map(|item| text(format!("{name}[]"), item))
            .collect::<Vec<_>>(),
        Value::Object(inner) => inner
            .iter()
            .filter_map(|(key, value)| text(format!("{name}[{key}]"), value))
            .collect(),
        value => text(name.clone(), value).into_iter().collect(),
    });
    fields
        .map(|(name, text)| FormPart {
            name,
            content: FormContent::Text(text),
        })
        .chain(resume.map(|resume| resume.part("resumeFile")))
        .chain(files.iter().map(|file| file.part("files[]")))
        .collect()
}

impl LeverClient {
    /// Files of an opportunity, without their bytes.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn files(
        &self,
        opportunity: &OpportunityId,
        uploaded: TimeRange,
        priority: Priority,
    ) -> Result<Vec<File>, LeverError> {
        let query = uploaded.query("uploaded_at");
        self.all(endpoint::LIST_FILES, &[opportunity.as_str()], &query, priority)
            .await
    }

    /// One file's description.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn file(&self, opportunity: &OpportunityId, id: &FileId, priority: Priority) -> Result<File, LeverError> {
        self.one(endpoint::READ_FILE, &[opportunity.as_str(), id.as_str()], &[], priority)
            .await
    }

    /// A file's bytes.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::RefusedByRule`] (422) for a file that Lever could not process.
    pub async fn download_file(
        &self,
        opportunity: &OpportunityId,
        id: &FileId,
        priority: Priority,
    ) -> Result<Download, LeverError> {
        self.download(endpoint::DOWNLOAD_FILE, opportunity, id.as_str(), priority)
            .await
    }

    /// Puts a file on an opportunity.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn upload_file(
        &self,
        opportunity: &OpportunityId,
        file: &NewFile,
        perform_as: &UserId,
    ) -> Result<File, LeverError> {
        let endpoint = endpoint::UPLOAD_FILE;
        let path = endpoint.path_of(&[opportunity.as_str()]);
        let reply = self
            .write(endpoint, &path, &performed_by(perform_as), Some(file.form()))
            .await?;
        understand_one(endpoint, &reply, parsed)
    }

    /// Deletes a file.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::write_outcome`] says whether it may have happened.
    pub async fn delete_file(
        &self,
        opportunity: &OpportunityId,
        id: &FileId,
        perform_as: &UserId,
    ) -> Result<(), LeverError> {
        let endpoint = endpoint::DELETE_FILE;
        let path = endpoint.path_of(&[opportunity.as_str(), id.as_str()]);
        self.write(endpoint, &path, &performed_by(perform_as), None)
            .await
            .map(|_| ())
    }

    /// Lays a file ready for an application; Lever keeps it for a day.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn upload_for_application(&self, file: &NewFile) -> Result<Upload, LeverError> {
        let endpoint = endpoint::UPLOAD;
        let form = file.form();
        let reply = self.write(endpoint, &endpoint.path_of(&[]), &[], Some(form)).await?;
        understand_one(endpoint, &reply, parsed)
    }

    /// Resumes of an opportunity with what Lever parsed from them. An older Lever answered 404 where there is none.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn resumes(
        &self,
        opportunity: &OpportunityId,
        uploaded: TimeRange,
        priority: Priority,
    ) -> Result<Vec<Resume>, LeverError> {
        let query = uploaded.query("uploaded_at");
        let resumes = self
            .all(endpoint::LIST_RESUMES, &[opportunity.as_str()], &query, priority)
            .await;
        match resumes {
            Err(LeverError::NotFound { .. }) => Ok(Vec::new()),
            resumes => resumes,
        }
    }

    /// One resume with what Lever parsed from it.
    ///
    /// # Errors
    /// [`LeverError`].
    pub async fn resume(
        &self,
        opportunity: &OpportunityId,
        id: &ResumeId,
        priority: Priority,
    ) -> Result<Resume, LeverError> {
        self.one(
            endpoint::READ_RESUME,
            &[opportunity.as_str(), id.as_str()],
            &[],
            priority,
        )
        .await
    }

    /// A resume's bytes.
    ///
    /// # Errors
    /// [`LeverError`]; [`LeverError::RefusedByRule`] (422) for a file that Lever could not process.
    pub async fn download_resume(
        &self,
        opportunity: &OpportunityId,
        id: &ResumeId,
        priority: Priority,
    ) -> Result<Download, LeverError> {
        self.download(endpoint::DOWNLOAD_RESUME, opportunity, id.as_str(), priority)
            .await
    }

    async fn download(
        &self,
        endpoint: Endpoint,
        opportunity: &OpportunityId,
        id: &str,
        priority: Priority,
    ) -> Result<Download, LeverError> {
        let path = endpoint.path_of(&[opportunity.as_str(), id]);
        let mut target = Target::new(endpoint, &path, &[]);
        target.timeout = FILE_TIMEOUT;
        let reply = self.read(target, priority, &|_| Ok(())).await?;
        Ok(Download {
            bytes: reply.body,
            media_type: reply.media_type,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_body_becomes_the_form_that_lever_documents() {
        let body = serde_json::json!({
            "name": "Ines Kowalczyk", "emails": ["ines.k@example.org", "ines@example.com"], "stage": null,
            "phones": [{"type": "mobile", "value": "+48 555 010 203"}], "archived": {"reason": "r1", "archivedAt": 5}, "createdAt": 7, "tags": [],
        });
        let resume = NewFile {
            name: "ines.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: Rc::from(*b"%PDF"),
        };
        let parts = form_of(body.as_object().unwrap(), Some(&resume), std::slice::from_ref(&resume));
        // Fields have no order of their own.
        let mut shown: Vec<String> = parts
            .iter()
            .map(|part| match &part.content {
                FormContent::Text(text) => format!("{}={text}", part.name),
                FormContent::File { file_name, .. } => format!("{}:{file_name}", part.name),
            })
            .collect();
        shown.sort();
        assert_eq!(
            shown,
            [
                "archive[archivedAt]=5",
                "archive[reason]=r1",
                "createdAt=7",
                "emails[]=ines.k@example.org",
                "emails[]=ines@example.com",
                "files[]:ines.pdf",
                "name=Ines Kowalczyk",
                "phones[]={\"type\":\"mobile\",\"value\":\"+48 555 010 203\"}",
                "resumeFile:ines.pdf",
            ]
        );
    }
}
