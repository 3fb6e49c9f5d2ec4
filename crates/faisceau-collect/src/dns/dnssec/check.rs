//! Checking the answers of a collection, and asking for what that needs.
//!
//! In: questions with their ends, whoever asks. Out: a verdict for each answer, and the questions
//! about DS and DNSKEY with their ends, for they are evidence too. They are asked in rounds: all
//! that is missing at a time. A resolver that says SERVFAIL is asked once more for what it did not
//! believe, with the CD bit, so that it is seen here why. Refused: more of them than [`PER_ANSWER`] for an answer, and more
//! rounds than [`ROUNDS`]; what is open then is indeterminate.

use std::collections::BTreeMap;

use hickory_proto::op::{Message, ResponseCode};

use super::anchor::Anchors;
use super::chain::Chain;
use super::judge::judge;
use super::{State, Verdict};
use crate::dns::ask::{Asked, Asker, End, Round};
use crate::dns::collect::CollectError;
use crate::dns::question::Question;

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
    let hidden = unbelieved(asker, items, &mut checked, progress)?;
    let most = AT_LEAST.saturating_add(items.len().saturating_mul(PER_ANSWER));
    for _ in 0..ROUNDS {
        judge_open(&mut chain, items, &hidden, &mut checked.verdicts);
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
        let round = ask(asker, &wanted, progress)?;
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

/// Asks, and takes it as silence where nobody can be reached any more.
fn ask(
    asker: &mut Asker<'_, '_>,
    questions: &[Question],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Round, CollectError> {
    match asker.round(questions, None, progress) {
        Err(CollectError::Socket { source, .. }) => {
            Ok(Round { ends: vec![None; questions.len()], why: source.to_string() })
        }
        other => other,
    }
}

/// What resolvers said SERVFAIL to, asked again without their check: by the place of the answer.
fn unbelieved(
    asker: &mut Asker<'_, '_>,
    items: &[(&Question, Option<&Asked>)],
    checked: &mut Checked,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<BTreeMap<usize, Message>, CollectError> {
    let failed = items.iter().enumerate().filter(|(_, (_, asked))| {
        let reply = asked.and_then(message);
        reply.is_some_and(|reply| reply.metadata.response_code == ResponseCode::ServFail)
    });
    let (places, questions): (Vec<usize>, Vec<Question>) = failed
        .map(|(place, (question, _))| {
            let unchecked = Question { unchecked: true, confirm_by: None, ..(*question).clone() };
            (place, unchecked)
        })
        .unzip();
    if questions.is_empty() {
        return Ok(BTreeMap::new());
    }
    let round = ask(asker, &questions, progress)?;
    let found = places.iter().zip(&round.ends);
    let found = found.filter_map(|(place, end)| Some((*place, message(end.as_ref()?)?.clone())));
    let found = found.collect();
    checked.questions.extend(questions);
    checked.rounds.push(round);
    Ok(found)
}

fn judge_open(
    chain: &mut Chain<'_>,
    items: &[(&Question, Option<&Asked>)],
    hidden: &BTreeMap<usize, Message>,
    verdicts: &mut [Option<Verdict>],
) {
    for (index, (place, (question, asked))) in verdicts.iter_mut().zip(items).enumerate() {
        let (None, Some(asked)) = (&place, asked) else { continue };
        let Some(reply) = hidden.get(&index).or_else(|| message(asked)) else {
            *place = Some(Verdict::new(State::Indeterminate, "there is no answer to check"));
            continue;
        };
        // Otherwise it is looked at again once what is wanted has come.
        if let Ok(mut verdict) = judge(chain, &question.name, question.kind.record_type(), reply) {
            if hidden.contains_key(&index) {
                verdict.how = format!("the resolver hides it; what it hides: {}", verdict.how);
            }
            *place = Some(verdict);
        }
    }
}

fn message(asked: &Asked) -> Option<&Message> {
    match &asked.end {
        End::Reply(reply) => reply.message.as_deref(),
        End::Unreadable | End::Silence => None,
    }
}
