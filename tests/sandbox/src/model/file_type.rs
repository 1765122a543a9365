//! Kinds of files by the extension of their name (lever-api §3.2), and how far Lever got with one (§3.10).

/// A kind of file that Lever names, or another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    /// Word.
    Docx,
    /// Old Word.
    Doc,
    /// Script.
    Js,
    /// Image.
    Jpg,
    /// Image.
    Png,
    /// Portable document.
    Pdf,
    /// Plain text.
    Txt,
    /// None of those.
    Other,
}

impl FileType {
    /// The kind of a file name.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        match extension(name).to_ascii_lowercase().as_str() {
            "docx" => Self::Docx,
            "doc" => Self::Doc,
            "js" => Self::Js,
            "jpg" | "jpeg" => Self::Jpg,
            "png" => Self::Png,
            "pdf" => Self::Pdf,
            "txt" => Self::Txt,
            _ => Self::Other,
        }
    }

    /// The media type it is downloaded with.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Doc => "application/msword",
            Self::Js => "text/javascript",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Txt => "text/plain; charset=utf-8",
            Self::Other => "application/octet-stream",
        }
    }

    /// What becomes of a file of this kind. Images are stored and never parsed (lever-api §3.2); a PDF that is none is
    /// what "could not be processed" is taken to mean.
    #[must_use]
    pub fn status_of(self, content: &[u8]) -> FileStatus {
        match self {
            Self::Jpg | Self::Png | Self::Other => FileStatus::Unsupported,
            _ if content.is_empty() => FileStatus::Error,
            Self::Pdf if !content.starts_with(b"%PDF-") => FileStatus::Error,
            _ => FileStatus::Processed,
        }
    }
}

/// The extension of a file name without its dot, `""` when there is none.
#[must_use]
pub fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// How far Lever got with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStatus {
    /// Just arrived.
    Processing,
    /// Done.
    Processed,
    /// Stored as it is.
    Unsupported,
    /// Could not be read; it cannot be downloaded either.
    Error,
}

impl FileStatus {
    /// Lever's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Processed => "processed",
            Self::Unsupported => "unsupported",
            Self::Error => "error",
        }
    }
}
