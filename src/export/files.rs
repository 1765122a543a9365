//! Files that go along with an export: contents, kept on this machine from the click until Lever has them, whatever dies in between.
//!
//! A content is named by its digest, and a plan names the digest: what is sent equals what was shown, byte for byte. Contents are
//! candidate data and not ours to collect: they go when the export that needs them has come to its end, and after a day where
//! none needs them.

use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::plan::{Plan, StepKind};
use super::records::{ExportNumber, Records};
use crate::command::FailureCode;
use crate::host::HttpBody;
use crate::lever::client::NewFile;
use crate::mirror::MirrorError;
use crate::text::{FileDigest, Millis, Private};

/// Bytes that Lever takes in one file (lever-api §3.2).
pub const MOST_BYTES: usize = 30 * 1024 * 1024;
/// A content that no export needs is kept for so many milliseconds.
pub const KEPT_FOR: i64 = 86_400_000;
/// Letters of a file's name at most.
const LONGEST_NAME: usize = 120;

/// Endings that Lever takes (lever-api §3.2), with their media types; `jpeg` is sent as the `jpg` that Lever knows.
const TYPES: [(&str, &str); 8] = [
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("doc", "application/msword"),
    ("js", "text/javascript"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    (PDF.0, PDF.1),
    ("txt", "text/plain"),
];
const PDF: (&str, &str) = ("pdf", "application/pdf");

/// The tables, made by [`Records::open`]. What is short stands before the content: it is read without it.
pub(super) const TABLES: &str = "
CREATE TABLE file (digest TEXT PRIMARY KEY, kept_at INTEGER NOT NULL, content BLOB NOT NULL);
CREATE TABLE file_use (export INTEGER NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (export, digest)) WITHOUT ROWID;
CREATE TABLE made_resume (source TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
";

/// Empties them.
pub(super) const ERASE: &str = "DELETE FROM file; DELETE FROM file_use; DELETE FROM made_resume;";

/// Uses of contents that may still be sent: under way, or failed beside a person who is in Lever and thus to be tried again.
const NEEDED: &str = "SELECT file_use.export, file_use.digest FROM file_use JOIN step ON step.export = file_use.export
  WHERE kind = 'upload_file' AND (state IN ('planned', 'sending', 'unknown') OR state = 'failed' AND EXISTS
    (SELECT 1 FROM step AS done WHERE done.export = step.export AND done.state IN ('confirmed', 'reconciled')))";

/// A file as it comes from whoever attaches it. Its debug form shows nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct AttachedFile {
    /// Its name with its extension, by which Lever knows its kind.
    pub name: String,
    /// Its bytes, in base64.
    pub content: String,
}

impl std::fmt::Debug for AttachedFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("AttachedFile").field(&Private).finish()
    }
}

/// A file whose content is kept. Its debug form shows nothing but the digest: names of files are as a rule names of people.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct KeptFile {
    /// Its content.
    pub file: FileDigest,
    /// Its name as Lever gets it.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Bytes.
    pub size: u32,
}

impl std::fmt::Debug for KeptFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("KeptFile")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

impl FileDigest {
    /// Of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes)))
    }
}

impl KeptFile {
    /// A PDF of ours.
    #[must_use]
    pub fn pdf(name: &str, file: FileDigest, size: u32) -> Self {
        Self {
            file,
            name: format!("{}.{}", tidy(name), PDF.0),
            media_type: PDF.1.to_owned(),
            size,
        }
    }

    /// The file that the body of a planned upload names.
    #[must_use]
    pub fn of_body(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// Whether a file of Lever's may be this one: of as many bytes where Lever tells, and of this name, of which letters and digits
    /// count. What else Lever does with names is not recorded.
    #[must_use]
    pub fn is_like(&self, name: &str, size: Option<i64>) -> bool {
        let plain = |name: &str| -> String { name.chars().filter(|sign| sign.is_alphanumeric()).collect() };
        size.is_none_or(|size| size == i64::from(self.size)) && plain(&self.name) == plain(name)
    }
}

/// Files with names that are told apart: one content is sent once, and a second one of the same name gets a number.
#[must_use]
pub fn told_apart<'a>(files: impl Iterator<Item = &'a KeptFile>) -> Vec<KeptFile> {
    let mut kept: Vec<KeptFile> = Vec::new();
    for file in files {
        if kept.iter().any(|known| known.file == file.file) {
            continue;
        }
        let mut file = file.clone();
        let (stem, ending) = parted(&file.name);
        let (stem, ending) = (stem.to_owned(), ending.to_owned());
        let mut number = 1;
        while kept.iter().any(|known| known.is_like(&file.name, None)) {
            number += 1;
            file.name = format!("{stem} ({number}).{ending}");
        }
        kept.push(file);
    }
    kept
}

impl AttachedFile {
    /// Its bytes.
    ///
    /// # Errors
    /// [`FailureCode::FileTooLarge`]; [`FailureCode::BadCommand`] where the content is not base64.
    pub fn bytes(&self) -> Result<Vec<u8>, FailureCode> {
        use base64::Engine;
        // Three bytes are four letters: what is too large is not even decoded.
        if self.content.len() / 4 > MOST_BYTES / 3 + 1 {
            return Err(FailureCode::FileTooLarge);
        }
        let decoded = base64::engine::general_purpose::STANDARD.decode(&self.content);
        decoded.map_err(|_| FailureCode::BadCommand)
    }
}

/// What is kept of a file that Lever takes.
///
/// # Errors
/// [`FailureCode::FileTooLarge`], [`FailureCode::FileTypeRefused`], [`FailureCode::FileEmpty`].
pub fn understood(name: &str, bytes: &[u8]) -> Result<KeptFile, FailureCode> {
    let (stem, ending) = parted(name.trim());
    let ending = ending.to_lowercase();
    let known = TYPES.iter().find(|(known, _)| *known == ending);
    let (ending, media_type) = known.ok_or(FailureCode::FileTypeRefused)?;
    if bytes.len() > MOST_BYTES {
        return Err(FailureCode::FileTooLarge);
    }
    if bytes.is_empty() {
        return Err(FailureCode::FileEmpty);
    }
    let ending = if *ending == "jpeg" { "jpg" } else { ending };
    Ok(KeptFile {
        file: FileDigest::of(bytes),
        name: format!("{}.{ending}", tidy(stem)),
        media_type: (*media_type).to_owned(),
        size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
    })
}

/// A name's stem and its ending, which is empty where there is none.
fn parted(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}

/// A name without folders, without signs that steer or end things, and not endless.
fn tidy(stem: &str) -> String {
    let own = stem.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_steering = |sign: char| {
        sign.is_control()
            || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let plain: String = own
        .chars()
        .filter(|sign| !is_steering(*sign))
        .map(|sign| match sign {
            '"' | '<' | '>' | ':' | '|' | '?' | '*' | ';' => ' ',
            other => other,
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let tidied: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    let tidied = tidied.trim_matches(['.', ' ']);
    if tidied.is_empty() { "File" } else { tidied }.to_owned()
}

/// Notes what a plan needs, in the plan's own transaction.
pub(super) fn note_uses(connection: &Connection, export: i64, plan: &Plan) -> Result<(), MirrorError> {
    for request in plan
        .requests
        .iter()
        .filter(|request| request.step == StepKind::UploadFile)
    {
        if let Some(file) = KeptFile::of_body(&request.body) {
            connection
                .prepare_cached("INSERT OR IGNORE INTO file_use (export, digest) VALUES (?1, ?2)")?
                .execute(params![export, file.file.as_str()])?;
        }
    }
    Ok(())
}

impl Records {
    /// Keeps a content; one that is kept already is kept anew from now on.
    ///
    /// # Errors
    /// [`MirrorError`]; where the disk is full the content is not kept, and everything else is as before.
    pub fn keep_content(&self, file: &FileDigest, bytes: &[u8], at: Millis) -> Result<(), MirrorError> {
        self.connection()
            .prepare_cached(
                "INSERT INTO file (digest, kept_at, content) VALUES (?1, ?2, ?3)
                 ON CONFLICT (digest) DO UPDATE SET kept_at = excluded.kept_at",
            )?
            .execute(params![file.as_str(), at.0, bytes])?;
        Ok(())
    }

    /// Bytes of a content; nothing where it is not kept.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn content(&self, file: &FileDigest) -> Result<Option<Rc<[u8]>>, MirrorError> {
        let content = self
            .connection()
            .prepare_cached("SELECT content FROM file WHERE digest = ?1")?
            .query_row([file.as_str()], |row| Ok(Rc::from(row.get_ref(0)?.as_blob()?)))
            .optional()?;
        Ok(content)
    }

    /// Whether the content of a file is kept, with as many bytes as it says.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn keeps(&self, file: &KeptFile) -> Result<bool, MirrorError> {
        let kept = self
            .connection()
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM file WHERE digest = ?1 AND length(content) = ?2)")?
            .query_row(params![file.file.as_str(), file.size], |row| row.get(0))?;
        Ok(kept)
    }

    /// The form that brings a planned file to Lever; nothing where its content is not kept.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub(super) fn upload_form(&self, body: &str) -> Result<Option<HttpBody>, MirrorError> {
        let Some(file) = KeptFile::of_body(body) else {
            return Ok(None);
        };
        let content = self.content(&file.file)?;
        Ok(content.map(|bytes| {
            let KeptFile { name, media_type, .. } = file;
            NewFile {
                name,
                media_type,
                bytes,
            }
            .form()
        }))
    }

    /// Keeps the resume that was made of a source.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn keep_resume(&self, source: &FileDigest, bytes: &[u8], at: Millis) -> Result<(), MirrorError> {
        let file = FileDigest::of(bytes);
        self.keep_content(&file, bytes, at)?;
        self.connection()
            .prepare_cached("INSERT OR REPLACE INTO made_resume (source, digest) VALUES (?1, ?2)")?
            .execute([source.as_str(), file.as_str()])?;
        Ok(())
    }

    /// The resume that was made of a source, with its bytes counted, where it is kept.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn resume_of(&self, source: &FileDigest) -> Result<Option<(FileDigest, u32)>, MirrorError> {
        let kept = self
            .connection()
            .prepare_cached(
                "SELECT digest, length(content) FROM made_resume JOIN file USING (digest) WHERE source = ?1",
            )?
            .query_row([source.as_str()], |row| Ok((FileDigest(row.get(0)?), row.get(1)?)))
            .optional()?;
        Ok(kept)
    }

    /// Deletes contents whose exports have come to their end, and those that no export has needed for a day.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn forget_contents(&self, now: Millis) -> Result<(), MirrorError> {
        let connection = self.connection();
        // Nearly always there is nothing, and every write waits for the disk.
        if !connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM file)")?
            .query_row([], |row| row.get::<_, bool>(0))?
        {
            return Ok(());
        }
        let transaction = connection.unchecked_transaction()?;
        let needed = format!("SELECT digest FROM ({NEEDED})");
        transaction.execute(
            &format!(
                "DELETE FROM file WHERE digest NOT IN ({needed}) AND (kept_at < ?1 OR digest IN (SELECT digest FROM file_use))"
            ),
            [now.plus(-KEPT_FOR).0],
        )?;
        transaction.execute_batch(&format!(
            "DELETE FROM file_use WHERE export NOT IN (SELECT export FROM ({NEEDED}));
             DELETE FROM made_resume WHERE digest NOT IN (SELECT digest FROM file);"
        ))?;
        transaction.commit()?;
        Ok(())
    }

    /// Exports that still need some content, for whoever looks after them.
    ///
    /// # Errors
    /// [`MirrorError`].
    pub fn exports_with_contents(&self) -> Result<Vec<ExportNumber>, MirrorError> {
        let numbers = self
            .connection()
            .prepare_cached("SELECT DISTINCT export FROM file_use ORDER BY export")?
            .query_map([], |row| row.get(0).map(ExportNumber))?
            .collect::<Result<_, _>>()?;
        Ok(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_steers_and_keep_what_people_write() {
        let shown = |name: &str| understood(name, b"%PDF").map(|file| file.name);
        assert_eq!(
            shown("C:\\fake path\\Żaneta  Wójcik.PDF"),
            Ok("Żaneta Wójcik.pdf".to_owned())
        );
        assert_eq!(shown("../../etc/passwd\u{0}\r\n.txt"), Ok("passwd.txt".to_owned()));
        assert_eq!(shown("photo.jpeg"), Ok("photo.jpg".to_owned()));
        assert_eq!(shown("\u{202e}fdp.js"), Ok("fdp.js".to_owned()));
        assert_eq!(shown("a\"; filename=\"b.png"), Ok("a filename= b.png".to_owned()));
        assert_eq!(shown(".pdf"), Ok("File.pdf".to_owned()));
        assert_eq!(shown("李小龙.pdf"), Ok("李小龙.pdf".to_owned()));
        let endless = shown(&format!("{}.txt", "я".repeat(500))).unwrap();
        assert_eq!(endless.chars().count(), LONGEST_NAME + 4);
    }

    #[test]
    fn what_lever_does_not_take_is_refused_before_it_is_kept() {
        let refusal = |name: &str, bytes: &[u8]| understood(name, bytes).unwrap_err();
        for name in ["virus.exe", "resume", "pdf", "resume.pdf.zip", ""] {
            assert_eq!(refusal(name, b"MZ"), FailureCode::FileTypeRefused, "{name}");
        }
        assert_eq!(refusal("a.pdf", b""), FailureCode::FileEmpty);
        // The last byte counts.
        assert!(understood("a.pdf", &vec![0; MOST_BYTES]).is_ok());
        assert_eq!(refusal("a.pdf", &vec![0; MOST_BYTES + 1]), FailureCode::FileTooLarge);
        let of = |content: String| AttachedFile {
            name: "a.pdf".to_owned(),
            content,
        };
        assert_eq!(of("no base64".to_owned()).bytes(), Err(FailureCode::BadCommand));
        assert_eq!(of("A".repeat(MOST_BYTES * 2)).bytes(), Err(FailureCode::FileTooLarge));
    }

    #[test]
    fn names_of_one_export_are_told_apart_and_a_content_is_sent_once() {
        let file = |name: &str, content: &[u8]| KeptFile {
            file: FileDigest::of(content),
            name: name.to_owned(),
            ..KeptFile::default()
        };
        let files = [
            file("cv.pdf", b"one"),
            file("cv.pdf", b"two"),
            file("other.pdf", b"one"),
            file("cv (2).pdf", b"three"),
        ];
        let names: Vec<String> = told_apart(files.iter()).into_iter().map(|file| file.name).collect();
        assert_eq!(names, ["cv.pdf", "cv (2).pdf", "cv (2) (2).pdf"]);
    }

    #[test]
    fn a_file_of_levers_is_told_by_letters_and_size() {
        let file = KeptFile {
            name: "Ada Example (1).pdf".to_owned(),
            size: 7,
            ..KeptFile::default()
        };
        assert!(file.is_like("Ada_Example__1_.pdf", Some(7)));
        assert!(file.is_like("Ada Example (1).pdf", None));
        assert!(!file.is_like("Ada Example (1).pdf", Some(8)));
        assert!(!file.is_like("Ada Example (2).pdf", Some(7)));
    }
}
