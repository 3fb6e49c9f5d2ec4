//! The questions that confirm a name: whoever holds an address block writes any name there, only
//! the holder of the name writes the address.
//!
//! In: the questions that were asked, and their ends. Out: a question for each name that came, each
//! once, whichever resolver gave it. Refused: names that mean nothing in public, and more names than an address has in earnest.

use std::collections::BTreeSet;

use crate::addresses;
use crate::dns::ask::{Asked, End, Round};
use crate::dns::plan::LeftOut;
use crate::dns::question::{Kind, Question, name_of};

/// Names of one address that are confirmed.
const MOST_NAMES: usize = 16;

/// The questions, in the order of the answers.
pub(crate) fn questions(
    asked: &[Question],
    rounds: &[Round],
    left_out: &mut Vec<LeftOut>,
) -> Vec<Question> {
    let mut known: BTreeSet<(String, Kind)> = asked.iter().map(Question::key).collect();
    let mut refused = BTreeSet::new();
    let mut out = Vec::new();
    let ends = asked.iter().enumerate().flat_map(|(index, question)| {
        rounds.iter().filter_map(move |round| Some((question, round.ends.get(index)?.as_ref()?)))
    });
    for (question, asked) in ends {
        let Asked { end: End::Reply(reply), .. } = asked else { continue };
        let Some(kind) = question.confirm_by else { continue };
        let names = reply.answers.iter().filter(|answer| answer.kind == "PTR");
        for (index, answer) in names.enumerate() {
            let name = name_of(&answer.data);
            let why = match &name {
                _ if index >= MOST_NAMES => {
                    Some(format!("{} has more than {MOST_NAMES} names", question.name()))
                }
                Ok(name) => addresses::of_name(name),
                Err(_) => Some("no name that can be asked about".to_owned()),
            };
            match (name, why) {
                (Ok(name), None) => {
                    let forward = Question::new(name, kind);
                    if known.insert(forward.key()) {
                        out.push(forward);
                    }
                }
                (_, why) => {
                    let why = why.unwrap_or_default();
                    let what = faisceau_model::excerpt(&answer.data, 255);
                    if refused.insert((what.clone(), why.clone())) {
                        left_out.push(LeftOut { what, why });
                    }
                }
            }
        }
    }
    out
}
