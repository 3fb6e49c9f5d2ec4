//! Checking the answers of a collection, and asking for what that needs.
//!
//! In: questions with their ends, whoever asks. Out: a verdict for each answer, and the questions
//! about DS and DNSKEY with their ends, for they are evidence too. They are asked in rounds: all
//! that is missing at a time. Refused: more of them than [`PER_ANSWER`] for an answer, and more
//! rounds than [`ROUNDS`]; what is open then is indeterminate.

use hickory_proto::rr::RecordType;

use super::anchor::Anchors;
use super::chain::Chain;
use super::judge::judge;
use super::{State, Verdict};
use crate::dns::ask::{Asked, Asker, End, Round};
use crate::dns::collect::CollectError;
use crate::dns::question::{Kind, Question};

/// Questions that an answer may cause, and those that any collection may.
const PER_ANSWER: usize = 24;
const AT_LEAST: usize = 256;
/// Rounds: a way from the root to a name of 48 labels has as many steps, and keys between them.
const ROUNDS: usize = 128;

/// What checking came to.
pub(crate) struct Checked {
    /// In the order of the answers; none where there was no question.
    pub(crate) verdicts: Vec<Option<Verdict>>,
    /// What was asked for it.
    pub(crate) questions: Vec<Question>,
    pub(crate) rounds: Vec<Round>,
}

/// Checks answers.
///
/// # Errors
/// When a question cannot be written.
pub(crate) fn check(
    asker: &mut Asker<'_, '_>,
    anchors: &Anchors,
    items: &[(&Question, Option<&Asked>)],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Checked, CollectError> {
    // Signatures count seconds modulo 2^32.
    let at = (asker.clock)().as_second().cast_unsigned() as u32;
    let mut chain = Chain::new(anchors, at);
    let mut checked =
        Checked { verdicts: vec![None; items.len()], questions: Vec::new(), rounds: Vec::new() };
    let most = AT_LEAST.saturating_add(items.len().saturating_mul(PER_ANSWER));
    for _ in 0..ROUNDS {
        judge_open(&mut chain, items, &mut checked.verdicts);
        if chain.wanted.is_empty() {
            break;
        }
        let wanted: Vec<Question> = chain
            .wanted
            .iter()
            .map(|(name, kind)| {
                let mut question = Question::new(name.clone(), *kind);
                question.unchecked = true;
                question
            })
            .collect();
        if checked.questions.len() + wanted.len() > most {
            break;
        }
        let round = match asker.round(&wanted, None, progress) {
            Ok(round) => round,
            Err(CollectError::Socket { source, .. }) => {
                Round { ends: vec![None; wanted.len()], why: source.to_string() }
            }
            Err(other) => return Err(other),
        };
        for (question, end) in wanted.iter().zip(&round.ends) {
            let message = end.as_ref().and_then(message).cloned();
            chain.came(question.name.clone(), question.kind, message);
        }
        checked.questions.extend(wanted);
        checked.rounds.push(round);
    }
    for (verdict, (_, asked)) in checked.verdicts.iter_mut().zip(items) {
        if verdict.is_none() && asked.is_some() {
            let how = "more questions than are asked for one answer";
            *verdict = Some(Verdict::new(State::Indeterminate, how));
        }
    }
    Ok(checked)
}

fn judge_open(
    chain: &mut Chain<'_>,
    items: &[(&Question, Option<&Asked>)],
    verdicts: &mut [Option<Verdict>],
) {
    for (place, (question, asked)) in verdicts.iter_mut().zip(items) {
        let (None, Some(asked)) = (&place, asked) else { continue };
        let Some(reply) = message(asked) else {
            *place = Some(Verdict::new(State::Indeterminate, "there is no answer to check"));
            continue;
        };
        // Otherwise it is looked at again once what is wanted has come.
        if let Ok(verdict) = judge(chain, &question.name, record_type(question.kind), reply) {
            *place = Some(verdict);
        }
    }
}

fn message(asked: &Asked) -> Option<&hickory_proto::op::Message> {
    match &asked.end {
        End::Reply(reply) => reply.message.as_deref(),
        End::Unreadable | End::Silence => None,
    }
}

fn record_type(kind: Kind) -> RecordType {
    kind.record_type()
}
