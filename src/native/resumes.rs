//! Makes resumes in a terminal: lays out what the core tells of a page as a PDF, as the extension does in a browser
//! (`extension/made-resume/`). It draws what it is given and decides nothing about it. Equal contents give equal bytes on one
//! computer: no clock, no chance, no date but the day of capture. It must not read or write a file of its own, and nothing of
//! what stands in a resume may get into an error or a log.

mod pages;
mod pdf;
mod typesetter;
mod words;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::FutureExt;
use futures::future::LocalBoxFuture;

use crate::export::resume::ResumeContent;
use crate::host::{ResumeMaker, ResumeNotMade};

use typesetter::{Letters, Typesetter};

/// Makes resumes as PDFs. The first one reads which fonts the computer has; plans without a resume do not pay for that.
pub struct PdfResumes {
    letters: Letters,
    typesetter: RefCell<Option<Typesetter>>,
}

impl Default for PdfResumes {
    fn default() -> Self {
        Self::with(Letters::OfTheComputer)
    }
}

impl PdfResumes {
    /// With the typeface that is part of the program and no other: what is made is the same on every computer.
    #[must_use]
    pub fn with_own_letters_only() -> Self {
        Self::with(Letters::OwnOnly)
    }

    fn with(letters: Letters) -> Self {
        Self {
            letters,
            typesetter: RefCell::default(),
        }
    }

    fn draw(&self, content: &ResumeContent) -> Result<Vec<u8>, ResumeNotMade> {
        let mut kept = self.typesetter.try_borrow_mut().map_err(|_| ResumeNotMade)?;
        let mut typesetter = match kept.take() {
            Some(typesetter) => typesetter,
            None => Typesetter::new(self.letters)?,
        };
        // Fonts of the computer are files that anybody may have broken, and the libraries that read them take some things for
        // granted. The person is added without a resume then, and the batch goes on.
        let drawn = catch_unwind(AssertUnwindSafe(|| {
            let pages = pages::lay_out(content, &mut typesetter);
            (pdf::write(content, &pages), typesetter)
        }));
        let (bytes, typesetter) = drawn.map_err(|_| ResumeNotMade)?;
        *kept = Some(typesetter);
        bytes
    }
}

impl ResumeMaker for PdfResumes {
    fn make(&self, content: ResumeContent) -> LocalBoxFuture<'_, Result<Vec<u8>, ResumeNotMade>> {
        async move { self.draw(&content) }.boxed_local()
    }
}
