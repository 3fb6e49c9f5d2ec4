//! Asks questions until each has an end: an answer, an answer that cannot be read, or silence.
//!
//! In: questions, resolvers in the order in which they are to be asked. Out: the end of each
//! question that was asked, in their order. The first resolver is asked everything; the next only what the one
//! before did not answer, so that nobody learns more than is needed.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::Clock;
use crate::dns::collect::CollectError;
use crate::dns::question::Question;
use crate::dns::wire::{self, Reply};
use crate::dns::{tcp, udp};
use crate::pace::Pace;

/// Questions without answer after which a resolver that never answered is left alone.
pub(crate) const GIVE_UP: u64 = 256;

/// How to ask.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Questions that wait for an answer at a time.
    pub concurrency: u16,
    /// How long one waits.
    pub timeout: Duration,
    /// How often it is asked again.
    pub retries: u8,
    /// Questions a second; without it, as many as are answered.
    pub rate: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { concurrency: 64, timeout: Duration::from_secs(2), retries: 2, rate: None }
    }
}

/// How a question ended.
#[derive(Debug, Clone)]
pub(crate) enum End {
    Reply(Reply),
    Unreadable,
    Silence,
}

/// A question that ended: when it left the last time, for whom.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) at: Timestamp,
    pub(crate) resolver: SocketAddr,
    pub(crate) end: End,
}

/// What was sent and what came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Questions that left, each time that they did.
    pub(crate) sent: u64,
    /// Of these, those that were asked before.
    pub(crate) again: u64,
    /// Questions asked over TCP, because the answer did not fit or could not be read.
    pub(crate) over_tcp: u64,
    /// What arrived and was no answer to a question that waits.
    pub(crate) foreign: u64,
}

/// A question and its bytes.
pub(crate) struct Encoded<'q> {
    pub(crate) question: &'q Question,
    pub(crate) bytes: Vec<u8>,
}

/// What asking one resolver needs.
pub(crate) struct Lane<'l> {
    pub(crate) resolver: SocketAddr,
    pub(crate) questions: &'l [Encoded<'l>],
    pub(crate) settings: &'l Settings,
    pub(crate) clock: &'l Clock<'l>,
    pub(crate) pace: &'l mut Pace,
    pub(crate) tally: &'l mut Tally,
    pub(crate) ends: &'l mut [Option<Asked>],
    pub(crate) progress: &'l mut dyn FnMut(u64, u64),
}

/// What asking came to.
pub(crate) struct Round {
    /// The ends in the order of the questions; none for a question that was not asked.
    pub(crate) ends: Vec<Option<Asked>>,
    /// Why some were not asked.
    pub(crate) why: String,
}

/// Asks, and gives the ends in the order of the questions.
///
/// # Errors
/// When no resolver could be asked at all; nothing was sent then.
pub(crate) fn ask(
    questions: &[Question],
    resolvers: &[SocketAddr],
    settings: &Settings,
    clock: &Clock<'_>,
    tally: &mut Tally,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Round, CollectError> {
    let encoded = questions.iter().map(|question| {
        let bytes = wire::encode(question)
            .map_err(|source| CollectError::Question { question: question.to_string(), source })?;
        Ok(Encoded { question, bytes })
    });
    let encoded: Vec<Encoded<'_>> = encoded.collect::<Result<_, CollectError>>()?;
    let mut ends: Vec<Option<Asked>> = vec![None; questions.len()];
    let mut pace = Pace::new(settings.rate, Instant::now());
    let mut failure = None;
    let mut why = String::new();
    for resolver in resolvers {
        let open = |asked: &Option<Asked>| !matches!(asked, Some(Asked { end, .. }) if !matches!(end, End::Silence));
        let todo: Vec<usize> =
            ends.iter().enumerate().filter(|(_, end)| open(end)).map(|(index, _)| index).collect();
        if todo.is_empty() {
            break;
        }
        let mut lane = Lane {
            resolver: *resolver,
            questions: &encoded,
            settings,
            clock,
            pace: &mut pace,
            tally: &mut *tally,
            ends: &mut ends,
            progress: &mut *progress,
        };
        match udp::ask(&mut lane, &todo) {
            Ok(found) => {
                tcp::ask(&mut lane, &found.cut);
                if found.gave_up {
                    why = format!("{resolver} answered none of the {GIVE_UP} questions before");
                }
            }
            Err(source) => {
                why = format!("{resolver} cannot be reached: {source}");
                failure = Some(CollectError::Socket { resolver: *resolver, source });
            }
        }
    }
    if ends.iter().any(Option::is_some) {
        return Ok(Round { ends, why });
    }
    Err(failure.unwrap_or(CollectError::NoResolver))
}
