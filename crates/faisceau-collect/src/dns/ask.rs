//! Asks questions until each has an end: an answer, an answer that cannot be read, or silence.
//!
//! In: questions, resolvers in the order in which they are to be asked. Out: the end of each
//! question that was asked, in their order. The first resolver is asked everything; the next only
//! what the one before did not answer, so that nobody learns more than is needed.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::Clock;
use crate::dns::collect::CollectError;
use crate::dns::question::Question;
use crate::dns::resolver::Resolver;
use crate::dns::stream::{self, Use};
use crate::dns::ways::Ways;
use crate::dns::wire::{self, Reply};
use crate::dns::{https, udp};
use crate::pace::Pace;

/// Questions without answer after which a resolver that never answered is left alone.
pub(crate) const GIVE_UP: u64 = 256;
/// The same over TLS and HTTPS, where each is waited for.
pub(crate) const GIVE_UP_STREAM: usize = 16;

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
    /// Which of the resolvers.
    pub(crate) resolver: usize,
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
    pub(crate) resolver: usize,
    pub(crate) questions: &'l [Encoded<'l>],
    pub(crate) settings: &'l Settings,
    pub(crate) clock: &'l Clock<'l>,
    /// Whether messages are kept for their signatures.
    pub(crate) keep: bool,
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

/// Whoever asks, from the first question of a collection to the last.
pub(crate) struct Asker<'a, 'w> {
    pub(crate) resolvers: &'a [Resolver],
    pub(crate) settings: &'a Settings,
    pub(crate) clock: &'a Clock<'a>,
    pub(crate) ways: &'a mut Ways<'w>,
    pub(crate) keep: bool,
    pub(crate) tally: Tally,
    pace: Pace,
    left_alone: BTreeSet<usize>,
}

impl<'a, 'w> Asker<'a, 'w> {
    pub(crate) fn new(
        resolvers: &'a [Resolver],
        settings: &'a Settings,
        clock: &'a Clock<'a>,
        ways: &'a mut Ways<'w>,
        keep: bool,
    ) -> Self {
        let pace = Pace::new(settings.rate, Instant::now());
        let (tally, left_alone) = (Tally::default(), BTreeSet::new());
        Self { resolvers, settings, clock, ways, keep, tally, pace, left_alone }
    }

    /// Asks, and gives the ends in the order of the questions. With `only`, that resolver alone.
    ///
    /// # Errors
    /// When no resolver could be asked at all; nothing was sent then.
    pub(crate) fn round(
        &mut self,
        questions: &[Question],
        only: Option<usize>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Round, CollectError> {
        let encoded = questions.iter().map(|question| {
            let bytes = wire::encode(question).map_err(|source| CollectError::Question {
                question: question.to_string(),
                source,
            })?;
            Ok(Encoded { question, bytes })
        });
        let encoded: Vec<Encoded<'_>> = encoded.collect::<Result<_, CollectError>>()?;
        let mut ends: Vec<Option<Asked>> = vec![None; questions.len()];
        let (mut failure, mut why) = (None, String::new());
        let wanted = self.resolvers.iter().enumerate();
        for (which, resolver) in wanted.filter(|(which, _)| only.is_none_or(|only| only == *which))
        {
            let todo: Vec<usize> = ends
                .iter()
                .enumerate()
                .filter(|(_, end)| is_open(end.as_ref()))
                .map(|(index, _)| index)
                .collect();
            if todo.is_empty() {
                break;
            }
            if self.left_alone.contains(&which) {
                why = format!("{resolver} answered nothing before");
                continue;
            }
            let mut lane = Lane {
                resolver: which,
                questions: &encoded,
                settings: self.settings,
                clock: self.clock,
                keep: self.keep,
                pace: &mut self.pace,
                tally: &mut self.tally,
                ends: &mut ends,
                progress: &mut *progress,
            };
            match put(&mut lane, &todo, resolver, self.ways) {
                Ok(false) => {}
                Ok(true) => {
                    self.left_alone.insert(which);
                    let tried =
                        todo.iter().filter(|index| ends.get(**index).is_some_and(Option::is_some));
                    why = format!(
                        "{resolver} answered none of the {} questions before",
                        tried.count()
                    );
                }
                Err(source) => {
                    why = format!("{resolver} cannot be reached: {source}");
                    failure = Some(CollectError::Socket { resolver: resolver.clone(), source });
                }
            }
        }
        match failure {
            Some(failure) if ends.iter().all(Option::is_none) => Err(failure),
            _ => Ok(Round { ends, why }),
        }
    }
}

/// Whether a question still waits for somebody who answers.
fn is_open(asked: Option<&Asked>) -> bool {
    asked.is_none_or(|asked| matches!(asked.end, End::Silence))
}

/// Puts questions to a resolver. Gives whether it was left alone, for it never answered.
fn put(
    lane: &mut Lane<'_>,
    todo: &[usize],
    resolver: &Resolver,
    ways: &mut Ways<'_>,
) -> io::Result<bool> {
    let none = |what| io::Error::new(ErrorKind::Unsupported, format!("there is no {what} at hand"));
    match resolver {
        Resolver::Plain(server) => {
            let found = udp::ask(lane, todo, *server)?;
            let timeout = lane.settings.timeout;
            let connect = || connected(*server, timeout);
            stream::ask(lane, &found.cut, &connect, Use::AfterUdp);
            Ok(found.gave_up)
        }
        Resolver::Tls { name, address } => {
            let dial = ways.dial.ok_or_else(|| none("TLS"))?;
            Ok(stream::ask(lane, todo, &|| dial(name, *address), Use::Always))
        }
        Resolver::Https(url) => {
            let fetch = ways.fetch.as_deref_mut().ok_or_else(|| none("HTTP client"))?;
            https::ask(lane, todo, url, fetch)
        }
    }
}

fn connected(server: SocketAddr, timeout: Duration) -> io::Result<stream::Stream> {
    let stream = TcpStream::connect_timeout(&server, timeout)?;
    stream.set_nodelay(true)?;
    Ok(Box::new(stream))
}
