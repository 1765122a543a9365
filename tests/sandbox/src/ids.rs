//! Ids as Lever gives them (UUID text), made from a kind and a number by a reversible scramble of the seed.
//!
//! Exists so that a million people need no table of ids: an id is computed when it is shown and read back to its
//! number when it is asked for. Must not be guessable as a pattern by clients: neighbours have unrelated ids, so
//! nothing can depend on an order that the real service does not have.

use std::fmt;

/// What an id names. Part of the id itself: a contact's id is never taken for an opportunity's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A person.
    Contact = 1,
    /// One candidacy of a person.
    Opportunity = 2,
    /// An opportunity's application to a posting.
    Application = 3,
    /// A user of the account.
    User = 4,
    /// A job.
    Posting = 5,
    /// A custom stage (built-in ones have slugs).
    Stage = 6,
    /// An archive reason.
    ArchiveReason = 7,
    /// A note of the seeded data.
    SeededNote = 8,
    /// A note written through the API.
    WrittenNote = 9,
    /// A résumé.
    Resume = 10,
    /// A file.
    File = 11,
    /// An upload that waits to be used.
    Upload = 40,
    /// Something that was done to a file.
    FileAction = 41,
    /// A panel: interviews that belong together.
    Panel = 42,
    /// An interview.
    Interview = 43,
    /// A filled-in feedback form.
    Feedback = 44,
    /// A feedback template.
    FeedbackTemplate = 45,
    /// A template of a profile form.
    FormTemplate = 46,
    /// A filled-in profile form.
    Form = 47,
    /// A field of a template.
    FormField = 48,
    /// A referral.
    Referral = 49,
    /// An offer.
    Offer = 50,
    /// A group that templates are sorted into.
    Group = 51,
    /// The account itself.
    Account = 52,
    /// Answers to the questions for equal opportunity.
    EeoResponse = 53,
    /// A diversity survey.
    Survey = 54,
    /// An event of the audit log.
    AuditEvent = 55,
    /// A webhook.
    Webhook = 56,
    /// A requisition.
    Requisition = 60,
    /// A set of questions that applicants answer.
    QuestionSet = 61,
    /// An option of a requisition field.
    RequisitionOption = 62,
    /// An approval of a requisition.
    Approval = 63,
    /// A policy that asks applicants for consent.
    CompliancePolicy = 64,
    /// A step of an approval.
    ApprovalStep = 70,
    /// A question that applicants answer.
    Question = 71,
}

impl Kind {
    fn from_code(code: u64) -> Option<Self> {
        Some(match code {
            1 => Self::Contact,
            2 => Self::Opportunity,
            3 => Self::Application,
            4 => Self::User,
            5 => Self::Posting,
            6 => Self::Stage,
            7 => Self::ArchiveReason,
            8 => Self::SeededNote,
            9 => Self::WrittenNote,
            10 => Self::Resume,
            11 => Self::File,
            40 => Self::Upload,
            41 => Self::FileAction,
            42 => Self::Panel,
            43 => Self::Interview,
            44 => Self::Feedback,
            45 => Self::FeedbackTemplate,
            46 => Self::FormTemplate,
            47 => Self::Form,
            48 => Self::FormField,
            49 => Self::Referral,
            50 => Self::Offer,
            51 => Self::Group,
            52 => Self::Account,
            53 => Self::EeoResponse,
            54 => Self::Survey,
            55 => Self::AuditEvent,
            56 => Self::Webhook,
            60 => Self::Requisition,
            61 => Self::QuestionSet,
            62 => Self::RequisitionOption,
            63 => Self::Approval,
            64 => Self::CompliancePolicy,
            70 => Self::ApprovalStep,
            71 => Self::Question,
            _ => return None,
        })
    }
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in a list that is ordered by this number.
            #[must_use]
            pub fn place(self) -> usize {
                usize::try_from(self.0).unwrap_or(usize::MAX)
            }

            /// The number of the element at `place`.
            #[must_use]
            pub fn at(place: usize) -> Self {
                Self(u32::try_from(place).unwrap_or(u32::MAX))
            }
        }
    };
}

number!(
    /// A contact, counted from 0.
    ContactNumber
);
number!(
    /// An opportunity, counted from 0.
    OpportunityNumber
);
number!(
    /// A user, counted from 0.
    UserNumber
);
number!(
    /// A posting, counted from 0.
    PostingNumber
);
number!(
    /// A stage, counted from 0 in the order of its making (not of its rank).
    StageNumber
);
number!(
    /// An archive reason, counted from 0.
    ReasonNumber
);

/// A UUID as a number; its order is the order of its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(pub u128);

impl Uuid {
    /// Reads the canonical lower- or upper-case form with hyphens.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 36 {
            return None;
        }
        let mut value: u128 = 0;
        for (position, byte) in bytes.iter().enumerate() {
            if matches!(position, 8 | 13 | 18 | 23) {
                if *byte != b'-' {
                    return None;
                }
                continue;
            }
            let digit = char::from(*byte).to_digit(16)?;
            value = (value << 4) | u128::from(digit);
        }
        Some(Self(value))
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0;
        write!(
            formatter,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            value >> 96,
            (value >> 80) & 0xffff,
            (value >> 64) & 0xffff,
            (value >> 48) & 0xffff,
            value & 0xffff_ffff_ffff
        )
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Spreads the bits of a number; the finaliser of MurmurHash3 (public domain), which can be undone.
#[must_use]
pub const fn scramble(mut value: u64) -> u64 {
    value ^= value >> 33;
    value = value.wrapping_mul(0xff51_afd7_ed55_8ccd);
    value ^= value >> 33;
    value = value.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    value ^ (value >> 33)
}

const fn unscramble(mut value: u64) -> u64 {
    value ^= value >> 33;
    value = value.wrapping_mul(0x9cb4_b2f8_1293_37db);
    value ^= value >> 33;
    value = value.wrapping_mul(0x4f74_430c_22a5_4005);
    value ^ (value >> 33)
}

/// Makes and reads the ids of one seed.
#[derive(Debug, Clone, Copy)]
pub struct IdScheme {
    first_key: u64,
    second_key: u64,
}

impl IdScheme {
    /// The scheme of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        let first_key = scramble(seed ^ 0x5f3c_9a1b_77d0_4e21);
        Self {
            first_key,
            second_key: scramble(first_key ^ 0x1d87_22c6_0b95_ae4f),
        }
    }

    /// The id of a thing, as a version 4 UUID.
    #[must_use]
    pub fn make(&self, kind: Kind, number: u32) -> Uuid {
        let plain = (u64::from(kind as u8) << 56) | (u64::from(number) << 24);
        let scrambled = scramble(scramble(plain ^ self.first_key) ^ self.second_key);
        let rest = scramble(scrambled ^ self.second_key) & 0x03ff_ffff_ffff_ffff;
        let high = (scrambled & 0xffff_ffff_ffff_0000) | 0x4000 | ((scrambled & 0x0000_0000_0000_fff0) >> 4);
        let low = (0b10 << 62) | ((scrambled & 0xf) << 58) | rest;
        Uuid((u128::from(high) << 64) | u128::from(low))
    }

    /// The kind and number an id was made from; `None` for an id this scheme never made.
    #[must_use]
    pub fn read(&self, id: Uuid) -> Option<(Kind, u32)> {
        let high = u64::try_from(id.0 >> 64).ok()?;
        let low = u64::try_from(id.0 & u128::from(u64::MAX)).ok()?;
        let scrambled = (high & 0xffff_ffff_ffff_0000) | ((high & 0x0fff) << 4) | ((low >> 58) & 0xf);
        let plain = unscramble(unscramble(scrambled) ^ self.second_key) ^ self.first_key;
        let kind = Kind::from_code(plain >> 56)?;
        let number = u32::try_from((plain >> 24) & 0xffff_ffff).ok()?;
        (self.make(kind, number) == id).then_some((kind, number))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_reads_back_to_what_it_was_made_from() {
        for seed in [0, 1, u64::MAX] {
            let scheme = IdScheme::new(seed);
            for number in [0, 1, 2, 999_999, u32::MAX] {
                for kind in [Kind::Contact, Kind::Opportunity, Kind::File] {
                    let text = scheme.make(kind, number).to_string();
                    assert_eq!(text.as_bytes()[14], b'4', "{text} is a version 4 UUID");
                    let id = Uuid::parse(&text).unwrap();
                    assert_eq!(scheme.read(id), Some((kind, number)));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), value in any::<u128>()) {
            let _ = Uuid::parse(&text);
            let shown = Uuid(value).to_string();
            prop_assert_eq!(Uuid::parse(&shown), Some(Uuid(value)));
            let _ = IdScheme::new(1).read(Uuid(value));
        }

        #[test]
        fn ids_sort_as_their_text(a in any::<u128>(), b in any::<u128>()) {
            prop_assert_eq!(a.cmp(&b), Uuid(a).to_string().cmp(&Uuid(b).to_string()));
        }
    }

    #[test]
    fn an_id_of_another_seed_is_unknown() {
        let id = IdScheme::new(1).make(Kind::Contact, 7);
        assert_eq!(IdScheme::new(2).read(id), None);
    }
}
