//! One question with its end, as a line of the form `dns/1` (`docs/names-format.md`).

use serde::Serialize;

use crate::dns::ask::{Asked, End};
use crate::dns::dnssec::Verdict;
use crate::dns::question::Question;
use crate::dns::wire::Answer;

#[derive(Serialize)]
struct Line<'l> {
    faisceau: &'static str,
    asked_at: String,
    resolver: &'l str,
    question: Name<'l>,
    status: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ad: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aa: Option<bool>,
    answers: Vec<Record<'l>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authority: Vec<Record<'l>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dnssec: Option<Checked<'l>>,
}

#[derive(Serialize)]
struct Name<'l> {
    name: String,
    r#type: &'l str,
}

#[derive(Serialize)]
struct Record<'l> {
    name: &'l str,
    r#type: &'l str,
    ttl: u32,
    data: &'l str,
}

#[derive(Serialize)]
struct Checked<'l> {
    state: &'static str,
    how: &'l str,
}

/// Appends the line of a question.
pub(crate) fn append(
    out: &mut Vec<u8>,
    question: &Question,
    asked: &Asked,
    resolver: &str,
    verdict: Option<&Verdict>,
) -> Result<(), serde_json::Error> {
    let reply = match &asked.end {
        End::Reply(reply) => Ok(reply),
        End::Unreadable => Err("UNREADABLE"),
        End::Silence => Err("TIMEOUT"),
    };
    let line = Line {
        faisceau: "dns/1",
        asked_at: format!("{:.6}", asked.at),
        resolver,
        question: Name { name: question.name(), r#type: question.kind().as_str() },
        status: reply.map_or_else(|status| status, |reply| reply.status.as_ref()),
        ad: reply.ok().map(|reply| reply.ad),
        aa: reply.ok().map(|reply| reply.aa),
        answers: reply.map(|reply| records(&reply.answers)).unwrap_or_default(),
        authority: reply.map(|reply| records(&reply.authority)).unwrap_or_default(),
        dnssec: verdict.map(|verdict| Checked { state: verdict.state.as_str(), how: &verdict.how }),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.push(b'\n');
    Ok(())
}

fn records(answers: &[Answer]) -> Vec<Record<'_>> {
    let shown = answers.iter().map(|answer| Record {
        name: &answer.name,
        r#type: &answer.kind,
        ttl: answer.ttl,
        data: &answer.data,
    });
    shown.collect()
}
