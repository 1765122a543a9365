//! Small types that keep meaning and privacy in strings: ids that cannot be mixed up, times in milliseconds,
//! and text that never reaches a log.

use serde::{Deserialize, Serialize};

/// Stands where private text would be in debug output.
pub struct Private;

impl std::fmt::Debug for Private {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("<private>")
    }
}

/// Milliseconds since 1970-01-01 UTC, as Lever counts (lever-api §2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// This moment moved by a duration in milliseconds, without overflow.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The day of this moment in UTC, as `2026-11-27` (days to a date of the Gregorian calendar, from a year that begins in March:
    /// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
    #[must_use]
    pub fn day(self) -> String {
        let days = self.0.div_euclid(86_400_000) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The first moment of a day such as `2026-11-27` in UTC; none where it is no day of the calendar (days of a date, as above:
    /// <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>).
    #[must_use]
    pub fn of_day(text: &str) -> Option<Self> {
        let mut parts = text.split('-').map(str::parse::<i64>);
        let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        if !(1_970..=9_999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let from_march = (month + 9) % 12;
        let year = year - i64::from(month <= 2);
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        let days = year * 365 + year / 4 - year / 100 + year / 400 + of_year - 719_468;
        let first = Self(days * 86_400_000);
        // The 31st of February is no day, and neither is 2026-1-1.
        (first.day() == text).then_some(first)
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Declares an id type: a string that is one kind of id and nothing else.
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as Lever writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

id_type!(
    /// A person in Lever.
    ContactId
);
id_type!(
    /// One candidacy of a person in Lever.
    OpportunityId
);
id_type!(
    /// A job in Lever.
    PostingId
);
id_type!(
    /// A pipeline stage; the built-in ones are slugs such as `lead-new` (lever-api §3.6).
    StageId
);
id_type!(
    /// A reason for archiving.
    ArchiveReasonId
);
id_type!(
    /// A user of Lever.
    UserId
);
id_type!(
    /// An application of an opportunity to a posting.
    ApplicationId
);
id_type!(
    /// A thread of notes on an opportunity.
    NoteId
);
id_type!(
    /// A file on an opportunity.
    FileId
);
id_type!(
    /// A resume on an opportunity.
    ResumeId
);
id_type!(
    /// An interview.
    InterviewId
);
id_type!(
    /// A panel: interviews that belong together.
    PanelId
);
id_type!(
    /// Feedback on an opportunity.
    FeedbackId
);
id_type!(
    /// A referral of an opportunity.
    ReferralId
);
id_type!(
    /// A file's content: 128 bits of XXH3 in hexadecimal digits.
    FileDigest
);
id_type!(
    /// A requisition: places to be filled.
    RequisitionId
);

#[cfg(test)]
mod tests {
    use super::Millis;

    #[test]
    fn a_day_is_its_first_moment_and_nothing_else_is_a_day() {
        assert_eq!(Millis::of_day("1970-01-01"), Some(Millis(0)));
        assert_eq!(Millis::of_day("2024-02-29"), Some(Millis(1_709_164_800_000)));
        for day in ["2000-02-29", "2024-03-01", "2026-11-27", "2026-12-31", "9999-12-31"] {
            assert_eq!(Millis::of_day(day).map(Millis::day).as_deref(), Some(day));
        }
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-2-3",
            "2026-02-30",
            "2100-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-11-27T00:00",
            "-2026-11-27",
            "99999999999-01-01",
            "1969-12-31",
            "٢٠٢٦-11-27",
        ] {
            assert_eq!(Millis::of_day(text), None, "{text}");
        }
    }
}
