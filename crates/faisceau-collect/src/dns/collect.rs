//! A collection from the first question to the bytes of the exhibit.
//!
//! In: a plan, the resolvers, a clock. Out: [`Collected`]. Refused: to choose a resolver.

use std::borrow::Cow;
use std::io;
use std::net::SocketAddr;

use hickory_proto::ProtoError;
use jiff::Timestamp;

use crate::Clock;
use crate::dns::ask::{Asked, Asker, End, Round, Settings};
use crate::dns::compare::{self, Difference};
use crate::dns::dnssec::{self, Anchors, State, States, Verdict};
use crate::dns::plan::{LeftOut, Plan};
use crate::dns::question::Question;
use crate::dns::resolver::Resolver;
use crate::dns::ways::Ways;
use crate::dns::{confirm, line};

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
        resolver: Resolver,
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
    /// Lines of the form `dns/1`, one for each question that was asked (of each resolver, where
    /// these are compared), in their order; those that were asked for signatures last.
    pub bytes: Vec<u8>,
    /// Questions of the plan.
    pub questions: u64,
    /// Questions that confirm the names that came.
    pub confirmations: u64,
    /// Questions about the keys on the way to a trust anchor.
    pub of_chain: u64,
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
    /// Questions to which resolvers said different things, where they were compared.
    pub differences: Vec<Difference>,
    /// What was found of the signatures, where they were checked; those of the chain do not count.
    pub states: States,
    /// Questions whose answer should be signed, and is not, or wrongly, with how that was found.
    pub bogus: Vec<(String, String)>,
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

/// A collection that is going to be made.
#[derive(Debug, Clone, Copy)]
pub struct Collection<'c> {
    /// What to ask.
    pub plan: &'c Plan,
    /// Whom, in this order.
    pub resolvers: &'c [Resolver],
    /// How.
    pub settings: &'c Settings,
    /// Whether every resolver is asked everything, and what they say is compared. Otherwise each
    /// hears only what the one before did not answer.
    pub compare: bool,
    /// Whether signatures are checked here, and from which trust anchors.
    pub dnssec: Option<&'c Anchors>,
}

/// Questions, and their ends for each resolver, or for all as one.
struct Batch<'b> {
    questions: Cow<'b, [Question]>,
    rounds: Vec<Round>,
}

/// Asks what is planned of resolvers over UDP and TCP. `progress` hears how many questions of how
/// many have ended.
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
    let resolvers: Vec<Resolver> = resolvers.iter().copied().map(Resolver::from).collect();
    let collection =
        Collection { plan, resolvers: &resolvers, settings, compare: false, dnssec: None };
    collection.run(&mut Ways::default(), clock, progress)
}

impl Collection<'_> {
    /// Asks what is planned. `progress` hears how many questions of how many have ended.
    ///
    /// # Errors
    /// When there is nobody or nothing to ask, or no resolver can be reached. A resolver that is
    /// silent is no error.
    pub fn run(
        &self,
        ways: &mut Ways<'_>,
        clock: &Clock<'_>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Collected, CollectError> {
        if self.resolvers.is_empty() {
            return Err(CollectError::NoResolver);
        }
        if self.plan.questions.is_empty() {
            return Err(CollectError::NothingToAsk);
        }
        let began = clock();
        let keep = self.dnssec.is_some();
        let mut asker = Asker::new(self.resolvers, self.settings, clock, ways, keep);
        let mut left_out = self.plan.left_out.clone();
        let mut batches =
            vec![self.batch(&mut asker, Cow::Borrowed(&self.plan.questions), progress)?];
        if self.plan.confirm {
            batches.extend(self.confirmed(&mut asker, &batches, &mut left_out, progress)?);
        }
        let checked = match self.dnssec {
            Some(anchors) => {
                let items: Vec<_> = batches.iter().flat_map(Batch::ends).collect();
                Some(dnssec::check(&mut asker, anchors, &items, progress)?)
            }
            None => None,
        };
        let (verdicts, chain) = checked
            .map(|checked| (checked.verdicts, (checked.questions, checked.rounds)))
            .unwrap_or_default();
        let mut collected = Collected {
            bytes: Vec::new(),
            questions: self.plan.questions.len() as u64,
            confirmations: batches.get(1).map_or(0, |batch| batch.questions.len() as u64),
            of_chain: chain.0.len() as u64,
            answered: 0,
            silent: 0,
            unreadable: 0,
            sent: asker.tally.sent,
            again: asker.tally.again,
            over_tcp: asker.tally.over_tcp,
            foreign: asker.tally.foreign,
            left_out,
            differences: Vec::new(),
            states: States::default(),
            bogus: Vec::new(),
            began,
            ended: clock(),
        };
        let shown: Vec<String> = self.resolvers.iter().map(Resolver::to_string).collect();
        let mut verdicts = verdicts.into_iter();
        for batch in &batches {
            if self.compare {
                collected.differences.extend(compare::differences(
                    &batch.questions,
                    &batch.rounds,
                    self.resolvers,
                ));
            }
            for ((question, asked), why) in batch.ends().zip(batch.reasons()) {
                Self::add(&mut collected, &shown, question, asked, why, verdicts.next().flatten())?;
            }
        }
        let ends = chain.1.iter().flat_map(|round| round.ends.iter().map(|end| (end, &round.why)));
        for (question, (asked, why)) in chain.0.iter().zip(ends) {
            Self::add(&mut collected, &shown, question, asked.as_ref(), why, None)?;
        }
        Ok(collected)
    }

    /// Asks everybody at once, or each on its own.
    fn batch<'b>(
        &self,
        asker: &mut Asker<'_, '_>,
        questions: Cow<'b, [Question]>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Batch<'b>, CollectError> {
        if !self.compare {
            let rounds = vec![asker.round(&questions, None, progress)?];
            return Ok(Batch { questions, rounds });
        }
        let (mut rounds, mut failure) = (Vec::new(), None);
        for which in 0..self.resolvers.len() {
            match asker.round(&questions, Some(which), progress) {
                Ok(round) => rounds.push(round),
                Err(error) => {
                    let why = error.to_string();
                    rounds.push(Round { ends: vec![None; questions.len()], why });
                    failure = Some(error);
                }
            }
        }
        match failure {
            Some(error) if rounds.iter().all(|round| round.ends.iter().all(Option::is_none)) => {
                Err(error)
            }
            _ => Ok(Batch { questions, rounds }),
        }
    }

    /// The questions that confirm the names that came, asked. What the first questions gave is kept
    /// where nobody can be reached any more.
    fn confirmed(
        &self,
        asker: &mut Asker<'_, '_>,
        batches: &[Batch<'_>],
        left_out: &mut Vec<LeftOut>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<Batch<'static>>, CollectError> {
        let Some(first) = batches.first() else { return Ok(None) };
        let more = confirm::questions(&first.questions, &first.rounds, left_out);
        if more.is_empty() {
            return Ok(None);
        }
        let lost: Vec<String> = more.iter().map(ToString::to_string).collect();
        match self.batch(asker, Cow::Owned(more), progress) {
            Ok(batch) => Ok(Some(batch)),
            Err(CollectError::Socket { source, .. }) => {
                let why = format!("no resolver could be reached any more: {source}");
                left_out.extend(lost.into_iter().map(|what| LeftOut { what, why: why.clone() }));
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// Adds a line for a question that was asked; another is left out.
    fn add(
        collected: &mut Collected,
        shown: &[String],
        question: &Question,
        asked: Option<&Asked>,
        why: &str,
        verdict: Option<Verdict>,
    ) -> Result<(), CollectError> {
        let resolver = asked.and_then(|asked| shown.get(asked.resolver));
        let (Some(asked), Some(resolver)) = (asked, resolver) else {
            collected.left_out.push(LeftOut { what: question.to_string(), why: why.to_owned() });
            return Ok(());
        };
        match asked.end {
            End::Reply(_) => collected.answered += 1,
            End::Silence => collected.silent += 1,
            End::Unreadable => collected.unreadable += 1,
        }
        line::append(&mut collected.bytes, question, asked, resolver, verdict.as_ref())?;
        if let Some(verdict) = verdict {
            collected.states.add(verdict.state);
            if verdict.state == State::Bogus {
                collected.bogus.push((question.to_string(), verdict.how));
            }
        }
        Ok(())
    }
}

impl Batch<'_> {
    /// Each question with its end of each round.
    fn ends(&self) -> impl Iterator<Item = (&Question, Option<&Asked>)> {
        self.questions.iter().enumerate().flat_map(|(index, question)| {
            self.rounds
                .iter()
                .filter_map(move |round| round.ends.get(index).map(|end| (question, end.as_ref())))
        })
    }

    /// Why a question was not asked, in the same order.
    fn reasons(&self) -> impl Iterator<Item = &str> {
        self.questions.iter().flat_map(|_| self.rounds.iter().map(|round| round.why.as_str()))
    }
}
