//! A collection from the first question to the bytes of the exhibit.
//!
//! In: a plan, the resolvers, a clock. Out: [`Collected`]. Refused: to choose a resolver.

use std::io;
use std::net::SocketAddr;

use hickory_proto::ProtoError;
use jiff::Timestamp;

use crate::Clock;
use crate::dns::ask::{End, Round, Settings, Tally, ask};
use crate::dns::confirm;
use crate::dns::line;
use crate::dns::plan::{LeftOut, Plan};
use crate::dns::question::Question;

/// A collection that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// Nobody was named.
    #[error("no resolver was named, and none is chosen for you")]
    NoResolver,
    /// Nothing is left to ask.
    #[error("there is nothing to ask")]
    NothingToAsk,
    /// A resolver cannot be reached from this machine. Nothing was sent.
    #[error("the resolver {resolver} cannot be reached from this machine: {source}")]
    Socket {
        /// The resolver.
        resolver: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// A question cannot be written.
    #[error("the question {question} cannot be written: {source}")]
    Question {
        /// The question.
        question: String,
        /// Why.
        source: ProtoError,
    },
    /// A line cannot be written.
    #[error("the answers cannot be written: {0}")]
    Line(#[from] serde_json::Error),
}

/// What was collected.
#[derive(Debug, Clone)]
pub struct Collected {
    /// Lines of the form `dns/1`, one for each question that was asked, in their order.
    pub bytes: Vec<u8>,
    /// Questions of the plan.
    pub questions: u64,
    /// Questions that confirm the names that came.
    pub confirmations: u64,
    /// Questions with an answer, whatever it says.
    pub answered: u64,
    /// Questions that no server answered.
    pub silent: u64,
    /// Questions whose answer cannot be read.
    pub unreadable: u64,
    /// Questions that left, each time that they did.
    pub sent: u64,
    /// Of these, those that were asked before.
    pub again: u64,
    /// Questions asked over TCP too.
    pub over_tcp: u64,
    /// What arrived and was no answer to a question that waited.
    pub foreign: u64,
    /// What was not asked about, with the reason.
    pub left_out: Vec<LeftOut>,
    /// When the first question left.
    pub began: Timestamp,
    /// When the last question had ended.
    pub ended: Timestamp,
}

impl Collected {
    /// Whether every question has an answer that was read.
    pub fn is_complete(&self) -> bool {
        self.silent == 0 && self.unreadable == 0
    }
}

/// Asks what is planned. `progress` hears how many questions of how many have ended.
///
/// # Errors
/// When there is nobody or nothing to ask, or no resolver can be reached. A resolver that is
/// silent is no error.
pub fn collect(
    plan: &Plan,
    resolvers: &[SocketAddr],
    settings: &Settings,
    clock: &Clock<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Collected, CollectError> {
    if resolvers.is_empty() {
        return Err(CollectError::NoResolver);
    }
    if plan.questions.is_empty() {
        return Err(CollectError::NothingToAsk);
    }
    let began = clock();
    let mut tally = Tally::default();
    let mut left_out = plan.left_out.clone();
    let mut bytes = Vec::new();
    let round = ask(&plan.questions, resolvers, settings, clock, &mut tally, progress)?;
    append(&mut bytes, &plan.questions, &round, &mut left_out)?;
    let mut ends = round.ends;
    let mut confirmations = 0;
    if plan.confirm {
        let more = confirm::questions(&plan.questions, &ends, &mut left_out);
        if !more.is_empty() {
            match ask(&more, resolvers, settings, clock, &mut tally, progress) {
                Ok(round) => {
                    confirmations = more.len() as u64;
                    append(&mut bytes, &more, &round, &mut left_out)?;
                    ends.extend(round.ends);
                }
                // What the first questions gave is kept.
                Err(CollectError::Socket { source, .. }) => {
                    let why = format!("no resolver could be reached any more: {source}");
                    let lost = more.iter().map(ToString::to_string);
                    left_out.extend(lost.map(|what| LeftOut { what, why: why.clone() }));
                }
                Err(other) => return Err(other),
            }
        }
    }
    let count =
        |of: fn(&End) -> bool| ends.iter().flatten().filter(|asked| of(&asked.end)).count() as u64;
    Ok(Collected {
        bytes,
        questions: plan.questions.len() as u64,
        confirmations,
        answered: count(|end| matches!(end, End::Reply(_))),
        silent: count(|end| matches!(end, End::Silence)),
        unreadable: count(|end| matches!(end, End::Unreadable)),
        sent: tally.sent,
        again: tally.again,
        over_tcp: tally.over_tcp,
        foreign: tally.foreign,
        left_out,
        began,
        ended: clock(),
    })
}

/// Appends a line for each question that was asked; the others are left out.
fn append(
    bytes: &mut Vec<u8>,
    questions: &[Question],
    round: &Round,
    left_out: &mut Vec<LeftOut>,
) -> Result<(), serde_json::Error> {
    for (question, end) in questions.iter().zip(&round.ends) {
        match end {
            Some(asked) => line::append(bytes, question, asked)?,
            None => {
                left_out.push(LeftOut { what: question.to_string(), why: round.why.clone() });
            }
        }
    }
    Ok(())
}
