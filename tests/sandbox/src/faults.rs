//! What goes wrong, and when: shares drawn from the seed, and faults armed for the next matching request.
//!
//! Decides only. The cuts themselves happen on the connection, in [`server`](crate::server).
//!
//! # The words of SPEC
//!
//! `--faults` and `POST /_sandbox/faults` take `word:number[,word:number…]`. For a kind of fault the number is the share
//! of requests it befalls, 0 to 1; every kind can also be armed for the next matching requests by `POST /_sandbox/next`.
//!
//! | kind | what happens | to which requests |
//! |---|---|---|
//! | `429` `500` `502` `503` | that status | all |
//! | `429-burst` | this request and the next one to seven of anybody are refused with 429 | all |
//! | `slow` | two to five seconds before the reply | all |
//! | `slow-body` | headers at once, the body in small pieces over two to five seconds | all |
//! | `cut-before` | the connection closes before anything is done | all |
//! | `cut-during` | the connection closes in the middle of the body | all |
//! | `cut-after` | the connection closes after the reply, though it was to be kept | all |
//! | `lost-reply` | the write is stored, the connection closes without a reply | writes |
//! | `truncated` | a well-formed reply whose JSON, or whose file, breaks off half-way | all |
//! | `wrong-type` | HTML instead of JSON or of a file | all |
//! | `bad-token` | the offset is refused this once | lists in mid-walk |
//! | `dead-token` | the offset is refused from now on | lists in mid-walk |
//! | `expired-token` | the access token ends: 401 until it is refreshed | those with an OAuth token |
//! | `revoked-key` | the key is switched off for good: 401 | those with an API key |
//! | `withdrawn` | the key loses this endpoint's permission, the token its scope: 403 | all |
//!
//! Two words are rules, not kinds, and have a whole number:
//!
//! | rule | what it says |
//! |---|---|
//! | `token-pages` | the pages one walk of a list may read; the offset for the next one is refused |
//! | `token-ms` | milliseconds after which an offset is refused |

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use thiserror::Error;

use crate::offsets::TokenLife;
use crate::seed::draw::{Draw, Purpose};

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// 429 although the bucket is not empty.
    TooManyRequests,
    /// 500.
    InternalError,
    /// 502.
    BadGateway,
    /// 503.
    Unavailable,
    /// Two to five seconds before the reply.
    Slow,
    /// The connection is closed before anything is done.
    CutBefore,
    /// The connection is closed in the middle of the reply's body.
    CutDuring,
    /// The connection is closed after the whole reply, though it was to be kept.
    CutAfter,
    /// The write is stored, then the connection is closed without a reply.
    LostReply,
    /// A well-formed reply whose JSON breaks off.
    Truncated,
    /// HTML instead of JSON.
    WrongType,
    /// A list's offset is refused.
    BadToken,
    /// A run of 429, its length from the seed.
    Burst,
    /// Headers at once, then the body in small pieces.
    SlowBody,
    /// A list's offset is refused from now on.
    DeadToken,
    /// The access token ends before its time.
    ExpiredToken,
    /// The key is switched off.
    RevokedKey,
    /// The key or token loses the endpoint's permission.
    Withdrawn,
}

/// All kinds with their words in SPEC.
const KINDS: [(Fault, &str); 18] = [
    (Fault::TooManyRequests, "429"),
    (Fault::InternalError, "500"),
    (Fault::BadGateway, "502"),
    (Fault::Unavailable, "503"),
    (Fault::Slow, "slow"),
    (Fault::CutBefore, "cut-before"),
    (Fault::CutDuring, "cut-during"),
    (Fault::CutAfter, "cut-after"),
    (Fault::LostReply, "lost-reply"),
    (Fault::Truncated, "truncated"),
    (Fault::WrongType, "wrong-type"),
    (Fault::BadToken, "bad-token"),
    (Fault::Burst, "429-burst"),
    (Fault::SlowBody, "slow-body"),
    (Fault::DeadToken, "dead-token"),
    (Fault::ExpiredToken, "expired-token"),
    (Fault::RevokedKey, "revoked-key"),
    (Fault::Withdrawn, "withdrawn"),
];

/// A SPEC that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpecError {
    /// A part without a colon.
    #[error("{0:?} is not kind:share")]
    NoShare(String),
    /// A kind that does not exist.
    #[error("{0:?} is not a kind of fault; kinds are {kinds}; rules are token-pages token-ms", kinds = kinds())]
    UnknownKind(String),
    /// A share that is not a number from 0 to 1.
    #[error("{0:?} is not a share from 0 to 1")]
    BadShare(String),
    /// A rule's number that is not a whole one.
    #[error("{0:?} is not a whole number")]
    BadNumber(String),
}

fn kinds() -> String {
    KINDS.map(|(_, word)| word).join(" ")
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = KINDS
            .iter()
            .find(|(fault, _)| fault == self)
            .map_or("", |(_, word)| word);
        formatter.write_str(word)
    }
}

impl FromStr for Fault {
    type Err = SpecError;

    fn from_str(word: &str) -> Result<Self, SpecError> {
        KINDS
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(fault, _)| *fault)
            .ok_or_else(|| SpecError::UnknownKind(word.to_owned()))
    }
}

/// Faults with their shares, and rules: `429:0.1,slow:0.05,token-pages:40`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spec {
    shares: Vec<(Fault, f64)>,
    tokens: TokenLife,
}

impl FromStr for Spec {
    type Err = SpecError;

    fn from_str(text: &str) -> Result<Self, SpecError> {
        let mut spec = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (word, number) = part
                .split_once(':')
                .ok_or_else(|| SpecError::NoShare(part.to_owned()))?;
            let (word, number) = (word.trim(), number.trim());
            match word {
                "token-pages" => spec.tokens.pages = Some(whole(number)?),
                "token-ms" => spec.tokens.age = Some(Duration::from_millis(u64::from(whole(number)?))),
                kind => {
                    let fault = kind.parse()?;
                    let share = number
                        .parse::<f64>()
                        .ok()
                        .filter(|share| (0.0..=1.0).contains(share))
                        .ok_or_else(|| SpecError::BadShare(number.to_owned()))?;
                    spec.shares.push((fault, share));
                }
            }
        }
        Ok(spec)
    }
}

fn whole(number: &str) -> Result<u32, SpecError> {
    number.parse().map_err(|_| SpecError::BadNumber(number.to_owned()))
}

/// A fault that waits for the next matching requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Armed {
    /// What will happen.
    pub fault: Fault,
    /// Method of the requests, any if not said.
    pub method: Option<String>,
    /// Pattern (`/opportunities/:id/stage`) or path below `/v1`, any if not said.
    pub path: Option<String>,
    /// How many requests it is for.
    pub times: u32,
    /// How long a slow one waits, in ms; two seconds if not said.
    pub ms: Option<u64>,
}

/// A request as faults see it.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Method.
    pub method: &'a str,
    /// The endpoint's pattern.
    pub pattern: &'a str,
    /// The path below `/v1`.
    pub path: &'a str,
    /// What can go wrong with this request at all.
    pub nature: Nature,
    /// What it showed to say who is asking.
    pub shown: Shown,
}

/// What a request showed to say who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// An API key.
    Key,
    /// An OAuth access token.
    Token,
}

/// Faults fit only some requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A list continued from an offset.
    ContinuedList,
    /// Any other read.
    Read,
    /// A write.
    Write,
}

impl Fault {
    /// Whether this fault can befall such a request.
    fn fits(self, nature: Nature, shown: Shown) -> bool {
        match self {
            Self::LostReply => nature == Nature::Write,
            Self::BadToken | Self::DeadToken => nature == Nature::ContinuedList,
            Self::ExpiredToken => shown == Shown::Token,
            Self::RevokedKey => shown == Shown::Key,
            _ => true,
        }
    }
}

/// What befalls one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Wait so long before the reply's headers.
    pub delay: Option<Duration>,
    /// Take so long for the body.
    pub body_time: Option<Duration>,
    /// What else goes wrong.
    pub fault: Option<Fault>,
    /// Set when the fault was an armed one: to be armed again if it could not happen (a refused write has no reply
    /// worth losing).
    pub armed: Option<Armed>,
}

/// The running faults.
#[derive(Debug)]
pub struct Faults {
    seed: u64,
    spec: Spec,
    armed: Vec<Armed>,
    requests: u64,
    /// Requests that a burst still refuses.
    burst_left: u32,
}

impl Faults {
    /// Faults of a specification.
    #[must_use]
    pub fn new(seed: u64, spec: Spec) -> Self {
        Self {
            seed,
            spec,
            armed: Vec::new(),
            requests: 0,
            burst_left: 0,
        }
    }

    /// Replaces the running specification; what is armed stays.
    pub fn set_spec(&mut self, spec: Spec) {
        self.spec = spec;
        self.burst_left = 0;
    }

    /// How long page tokens live.
    #[must_use]
    pub fn token_life(&self) -> TokenLife {
        self.spec.tokens
    }

    /// Arms a fault for the next matching requests.
    pub fn arm(&mut self, armed: Armed) {
        if armed.times > 0 {
            self.armed.push(armed);
        }
    }

    /// Whether a connection may close without a reply. Connections are then not kept: some clients, browsers among
    /// them, silently send a request again when a kept connection closes without a reply. The fault would go unseen,
    /// and one lost reply would be two writes that the client never asked for.
    #[must_use]
    pub fn may_close_without_reply(&self) -> bool {
        let closes = |fault: Fault| matches!(fault, Fault::LostReply | Fault::CutBefore);
        self.armed.iter().any(|armed| closes(armed.fault))
            || self
                .spec
                .shares
                .iter()
                .any(|(fault, share)| closes(*fault) && *share > 0.0)
    }

    /// What befalls this request. An armed fault comes before drawn ones.
    pub fn draw(&mut self, target: Target<'_>) -> Drawn {
        let number = self.requests;
        self.requests = self.requests.wrapping_add(1);
        let mut draw = Draw::new(self.seed, Purpose::Fault, number);
        let mut drawn = Drawn::default();
        // One number for each kind, whether or not it is used: what befalls a request depends on its place alone.
        for (fault, share) in &self.spec.shares {
            let hit = draw.chance(*share);
            let wait = draw.millis(3_000);
            if !hit || !fault.fits(target.nature, target.shown) {
                continue;
            }
            match fault {
                Fault::Slow => drawn.delay = Some(slowness(wait)),
                Fault::SlowBody => drawn.body_time = Some(slowness(wait)),
                Fault::Burst if self.burst_left == 0 => self.burst_left = burst_length(wait),
                Fault::Burst => {}
                _ if drawn.fault.is_none() => drawn.fault = Some(*fault),
                _ => {}
            }
        }
        // A request of a burst is refused before anything else can happen to it: what is armed waits for the next one.
        if self.burst_left == 0
            && let Some(place) = self.armed.iter().position(|armed| armed.matches(target))
        {
            let taken = self.armed.get_mut(place).map(|armed| {
                armed.times = armed.times.saturating_sub(1);
                Armed {
                    times: 1,
                    ..armed.clone()
                }
            });
            self.armed.retain(|armed| armed.times > 0);
            match taken {
                Some(armed) if armed.fault == Fault::Slow => {
                    drawn.delay = Some(armed.ms.map_or_else(|| slowness(0), Duration::from_millis));
                }
                Some(armed) if armed.fault == Fault::SlowBody => {
                    drawn.body_time = Some(armed.ms.map_or_else(|| slowness(0), Duration::from_millis));
                }
                Some(armed) if armed.fault == Fault::Burst => {
                    self.burst_left = burst_length(draw.millis(3_000));
                }
                Some(armed) => {
                    drawn.fault = Some(armed.fault);
                    drawn.armed = Some(armed);
                }
                None => {}
            }
        }
        if self.burst_left > 0 {
            self.burst_left = self.burst_left.saturating_sub(1);
            return Drawn {
                fault: Some(Fault::Burst),
                delay: drawn.delay,
                ..Drawn::default()
            };
        }
        drawn
    }
}

/// Two to eight refusals.
fn burst_length(drawn_ms: i64) -> u32 {
    2 + u32::try_from(drawn_ms.rem_euclid(7)).unwrap_or(0)
}

fn slowness(extra_ms: i64) -> Duration {
    Duration::from_millis(2_000 + u64::try_from(extra_ms).unwrap_or(0))
}

impl Armed {
    fn matches(&self, target: Target<'_>) -> bool {
        let method = self
            .method
            .as_ref()
            .is_none_or(|method| method.eq_ignore_ascii_case(target.method));
        let path = self.path.as_ref().is_none_or(|path| {
            let path = path.strip_prefix("/v1").unwrap_or(path);
            path == target.pattern || path == target.path
        });
        method && path && self.fault.fits(target.nature, target.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ: Target<'_> = Target {
        method: "GET",
        pattern: "/users",
        path: "/users",
        nature: Nature::Read,
        shown: Shown::Key,
    };

    #[test]
    fn a_specification_is_read_or_refused_by_name() {
        assert!("429:0.1, slow:1,lost-reply:0".parse::<Spec>().is_ok());
        assert_eq!("".parse::<Spec>(), Ok(Spec::default()));
        assert_eq!("429".parse::<Spec>(), Err(SpecError::NoShare("429".into())));
        assert_eq!("418:1".parse::<Spec>(), Err(SpecError::UnknownKind("418".into())));
        assert_eq!("429:2".parse::<Spec>(), Err(SpecError::BadShare("2".into())));
    }

    #[test]
    fn the_same_seed_draws_the_same_faults() {
        let run = |seed| {
            let mut faults = Faults::new(seed, "500:0.3,slow:0.2".parse().unwrap());
            (0..200).map(|_| faults.draw(READ)).collect::<Vec<_>>()
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
        let failed = run(1).iter().filter(|drawn| drawn.fault.is_some()).count();
        assert!((30..90).contains(&failed), "{failed} of 200 at a share of 0.3");
    }

    #[test]
    fn rules_have_whole_numbers() {
        let spec = "token-pages:3,429-burst:0.5".parse::<Spec>().unwrap();
        assert_eq!(spec.tokens.pages, Some(3));
        assert_eq!("token-ms:0.5".parse::<Spec>(), Err(SpecError::BadNumber("0.5".into())));
        let unknown = "418:1".parse::<Spec>().unwrap_err().to_string();
        assert!(unknown.contains("expired-token"), "{unknown}");
    }

    #[test]
    fn bursts_are_runs_whose_length_follows_from_the_seed() {
        let run = |seed| {
            let mut faults = Faults::new(seed, "429-burst:0.02".parse().unwrap());
            (0..2_000)
                .map(|_| faults.draw(READ).fault == Some(Fault::Burst))
                .collect::<Vec<_>>()
        };
        assert_eq!(run(1), run(1));
        let refused = run(1);
        let runs: Vec<usize> = refused
            .split(|refused| !refused)
            .map(<[bool]>::len)
            .filter(|length| *length > 0)
            .collect();
        assert!(runs.iter().all(|length| *length >= 2), "{runs:?}");
        assert!(
            runs.iter().collect::<std::collections::HashSet<_>>().len() > 2,
            "{runs:?}"
        );
    }

    #[test]
    fn an_armed_fault_waits_until_a_burst_is_over() {
        let mut faults = Faults::new(1, Spec::default());
        let once = |fault| Armed {
            fault,
            method: None,
            path: None,
            times: 1,
            ms: None,
        };
        faults.arm(once(Fault::Burst));
        faults.arm(once(Fault::InternalError));
        let drawn: Vec<_> = (0..10).map(|_| faults.draw(READ).fault).collect();
        let refused = drawn.iter().take_while(|fault| **fault == Some(Fault::Burst)).count();
        assert!((2..=8).contains(&refused), "{drawn:?}");
        assert_eq!(drawn[refused], Some(Fault::InternalError));
        assert!(drawn[refused + 1..].iter().all(Option::is_none));
    }

    #[test]
    fn a_read_never_loses_a_stored_write() {
        let mut faults = Faults::new(1, "lost-reply:1,bad-token:1".parse().unwrap());
        assert_eq!(faults.draw(READ), Drawn::default());
    }
}
