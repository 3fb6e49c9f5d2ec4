//! What resolvers said differently to the same question.
//!
//! In: questions, and the ends that they had with each resolver. Out: the questions to which not all
//! who answered said the same: another status, or another set of records. TTL, order, the case of
//! names and signatures count for nothing. A difference is no lie: large services answer by where
//! the resolver is.

use std::collections::BTreeSet;

use crate::dns::ask::{Asked, End, Round};
use crate::dns::question::Question;
use crate::dns::resolver::Resolver;
use crate::dns::wire::Reply;

/// Types whose data are names, which are the same in any case.
const OF_NAMES: [&str; 8] = ["CNAME", "DNAME", "MX", "NS", "PTR", "SOA", "SRV", "NSEC"];

/// A question to which resolvers said different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The question.
    pub question: String,
    /// Each resolver and what it said, in their order.
    pub said: Vec<(Resolver, String)>,
}

pub(crate) fn differences(
    questions: &[Question],
    rounds: &[Round],
    resolvers: &[Resolver],
) -> Vec<Difference> {
    let of_question = |(index, question): (usize, &Question)| {
        let ends: Vec<&Asked> =
            rounds.iter().filter_map(|round| round.ends.get(index)?.as_ref()).collect();
        let replies = ends.iter().filter_map(|asked| reply(asked));
        let different: BTreeSet<String> = replies.map(said).collect();
        let said = ends.iter().filter_map(|asked| {
            let what = match &asked.end {
                End::Reply(reply) => said(reply),
                End::Unreadable => "UNREADABLE".to_owned(),
                End::Silence => "TIMEOUT".to_owned(),
            };
            Some((resolvers.get(asked.resolver)?.clone(), what))
        });
        (different.len() > 1)
            .then(|| Difference { question: question.to_string(), said: said.collect() })
    };
    questions.iter().enumerate().filter_map(of_question).collect()
}

fn reply(asked: &Asked) -> Option<&Reply> {
    match &asked.end {
        End::Reply(reply) => Some(reply),
        End::Unreadable | End::Silence => None,
    }
}

/// The status and the records as a set, in one text.
fn said(reply: &Reply) -> String {
    let records = reply.answers.iter().filter(|answer| answer.kind != "RRSIG");
    let records = records.map(|answer| {
        let of_names = OF_NAMES.contains(&answer.kind.as_ref());
        let data = if of_names { answer.data.to_lowercase() } else { answer.data.clone() };
        format!("{} {} {data}", answer.name.to_lowercase(), answer.kind)
    });
    let set: BTreeSet<String> = records.collect();
    let texts: Vec<String> = set.into_iter().collect();
    format!("{}: {}", reply.status, texts.join("; "))
}
