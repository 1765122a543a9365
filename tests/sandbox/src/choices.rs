//! What nobody outside Lever knows for certain, and which way the sandbox decides it (lever-api §8, §9).
//!
//! Exists so that a client can be held against both answers to an open question. `--choices` takes any of these as
//! `name=word[,name=word…]`; the first word of each row is what happens when nothing is said.
//!
//! | name | words | the question |
//! |---|---|---|
//! | `unknown-id` | `400` `404` | status when a body or `perform_as` names an id that does not exist (§8) |
//! | `quirks` | `on` `off` | whether replies to writes lack what they were recorded to lack (§4.3) |
//! | `limit` | `error` `clamp` | what a `limit` outside 1–100, or no number, does (§2.2) |
//! | `perform-as` | `documented` `every-write` | which writes are refused without it (§2.6) |
//! | `rotation` | `at-once` `kept` | whether a refresh token dies when it is used (§1.3) |
//! | `bad-offset` | `400` `404` `422` | status of an offset that is not understood or no longer valid (§2.2) |
//! | `retry-after` | `absent` `sent` | whether a 429 says when to come back (§2.5) |
//! | `key-as-bearer` | `refused` `accepted` | whether an API key is taken as a bearer token (§1.2) |
//! | `perform-as-in-body` | `ignored` `read` | whether `perform_as` is looked for in a JSON body too (§2.6) |
//! | `invalid-email` | `refused` `taken` | what a create does with an address that has no "@" (§4.1) |
//! | `deleted-postings` | `open` `window` | whether `GET /postings/deleted` demands both its bounds (§3.8) |
//! | `apply-limit` | `none` `two-a-second` | whether `POST /postings/:id/apply` has a limit of its own (§2.5) |
//! | `requisition-writes` | `on` `off` | whether a Super Admin has switched on the writing of requisitions (§3.17) |
//!
//! Must hold only questions that lever-api marks UNSURE, and switches that a customer has: what is known is not for
//! choosing.

use std::str::FromStr;

use thiserror::Error;

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $first:ident $first_word:literal, $($variant:ident $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub enum $name {
            #[doc = concat!("`", $first_word, "`")]
            #[default]
            $first,
            $(#[doc = concat!("`", $word, "`")] $variant,)+
        }

        impl $name {
            const WORDS: &'static [(Self, &'static str)] =
                &[(Self::$first, $first_word), $((Self::$variant, $word)),+];

            fn read(word: &str) -> Option<Self> {
                Self::WORDS.iter().find(|(_, known)| *known == word).map(|(choice, _)| *choice)
            }
        }
    };
}

choice!(
    /// Status when a body or `perform_as` names an id that does not exist.
    UnknownId { BadRequest "400", NotFound "404" }
);
choice!(
    /// Whether replies to writes lack what they were recorded to lack.
    Quirks { On "on", Off "off" }
);
choice!(
    /// What a `limit` outside 1–100, or no number, does.
    Limits { Error "error", Clamp "clamp" }
);
choice!(
    /// Which writes are refused without `perform_as`.
    Performers { Documented "documented", EveryWrite "every-write" }
);
choice!(
    /// Whether a refresh token dies when it is used.
    Rotation { AtOnce "at-once", Kept "kept" }
);
choice!(
    /// Status of an offset that is not understood or no longer valid.
    BadOffset { BadRequest "400", NotFound "404", Unprocessable "422" }
);
choice!(
    /// Whether a 429 says when to come back.
    RetryAfter { Absent "absent", Sent "sent" }
);
choice!(
    /// Whether an API key is taken as a bearer token.
    KeyAsBearer { Refused "refused", Accepted "accepted" }
);
choice!(
    /// Whether `perform_as` is looked for in a JSON body too.
    PerformAsInBody { Ignored "ignored", Read "read" }
);
choice!(
    /// What a create does with an address that has no "@".
    InvalidEmail { Refused "refused", Taken "taken" }
);
choice!(
    /// Whether `GET /postings/deleted` demands both its bounds.
    DeletedPostings { Open "open", Window "window" }
);
choice!(
    /// Whether applying to a posting has a limit of its own.
    ApplyLimit { None "none", TwoASecond "two-a-second" }
);
choice!(
    /// Whether the account lets requisitions be written by API.
    RequisitionWrites { On "on", Off "off" }
);

/// One answer to each question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Choices {
    /// `unknown-id`
    pub unknown_id: UnknownId,
    /// `quirks`
    pub quirks: Quirks,
    /// `limit`
    pub limits: Limits,
    /// `perform-as`
    pub performers: Performers,
    /// `rotation`
    pub rotation: Rotation,
    /// `bad-offset`
    pub bad_offset: BadOffset,
    /// `retry-after`
    pub retry_after: RetryAfter,
    /// `key-as-bearer`
    pub key_as_bearer: KeyAsBearer,
    /// `perform-as-in-body`
    pub perform_as_in_body: PerformAsInBody,
    /// `invalid-email`
    pub invalid_email: InvalidEmail,
    /// `deleted-postings`
    pub deleted_postings: DeletedPostings,
    /// `apply-limit`
    pub apply_limit: ApplyLimit,
    /// `requisition-writes`
    pub requisition_writes: RequisitionWrites,
}

/// Choices that are not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ChoiceError {
    /// A part without an equals sign.
    #[error("{0:?} is not name=word")]
    NoWord(String),
    /// A question that is not asked.
    #[error(
        "{0:?} is not a choice; choices are unknown-id quirks limit perform-as rotation bad-offset retry-after \
         key-as-bearer perform-as-in-body invalid-email deleted-postings apply-limit requisition-writes"
    )]
    UnknownName(String),
    /// An answer that is none.
    #[error("{word:?} is not a word for {name}")]
    UnknownWord {
        /// The question.
        name: String,
        /// The answer given.
        word: String,
    },
}

fn set<T>(slot: &mut T, read: Option<T>) -> Option<()> {
    read.map(|choice| *slot = choice)
}

impl FromStr for Choices {
    type Err = ChoiceError;

    fn from_str(text: &str) -> Result<Self, ChoiceError> {
        let mut choices = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, word) = part
                .split_once('=')
                .ok_or_else(|| ChoiceError::NoWord(part.to_owned()))?;
            let (name, word) = (name.trim(), word.trim());
            let known = match name {
                "unknown-id" => set(&mut choices.unknown_id, UnknownId::read(word)),
                "quirks" => set(&mut choices.quirks, Quirks::read(word)),
                "limit" => set(&mut choices.limits, Limits::read(word)),
                "perform-as" => set(&mut choices.performers, Performers::read(word)),
                "rotation" => set(&mut choices.rotation, Rotation::read(word)),
                "bad-offset" => set(&mut choices.bad_offset, BadOffset::read(word)),
                "retry-after" => set(&mut choices.retry_after, RetryAfter::read(word)),
                "key-as-bearer" => set(&mut choices.key_as_bearer, KeyAsBearer::read(word)),
                "perform-as-in-body" => set(&mut choices.perform_as_in_body, PerformAsInBody::read(word)),
                "invalid-email" => set(&mut choices.invalid_email, InvalidEmail::read(word)),
                "deleted-postings" => set(&mut choices.deleted_postings, DeletedPostings::read(word)),
                "apply-limit" => set(&mut choices.apply_limit, ApplyLimit::read(word)),
                "requisition-writes" => set(&mut choices.requisition_writes, RequisitionWrites::read(word)),
                _ => return Err(ChoiceError::UnknownName(name.to_owned())),
            };
            known.ok_or_else(|| ChoiceError::UnknownWord {
                name: name.to_owned(),
                word: word.to_owned(),
            })?;
        }
        Ok(choices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_or_refused_by_name() {
        let read = "limit=clamp, bad-offset=422".parse::<Choices>().unwrap();
        assert_eq!(
            read,
            Choices {
                limits: Limits::Clamp,
                bad_offset: BadOffset::Unprocessable,
                ..Choices::default()
            }
        );
        assert_eq!("".parse::<Choices>(), Ok(Choices::default()));
        assert_eq!("limit".parse::<Choices>(), Err(ChoiceError::NoWord("limit".into())));
        assert_eq!(
            "colour=red".parse::<Choices>(),
            Err(ChoiceError::UnknownName("colour".into()))
        );
        assert!(matches!(
            "limit=maybe".parse::<Choices>(),
            Err(ChoiceError::UnknownWord { .. })
        ));
    }
}
