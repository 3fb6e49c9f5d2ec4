//! One question with its end, as a line of the form `dns/1` (`docs/names-format.md`).

use std::net::SocketAddr;

use serde::Serialize;

use crate::dns::ask::{Asked, End};
use crate::dns::question::Question;

#[derive(Serialize)]
struct Line<'l> {
    faisceau: &'static str,
    asked_at: String,
    resolver: String,
    question: Name<'l>,
    status: &'l str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ad: Option<bool>,
    answers: Vec<Record<'l>>,
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

/// Appends the line of a question.
pub(crate) fn append(
    out: &mut Vec<u8>,
    question: &Question,
    asked: &Asked,
) -> Result<(), serde_json::Error> {
    let (status, ad, answers) = match &asked.end {
        End::Reply(reply) => (reply.status.as_str(), Some(reply.ad), reply.answers.as_slice()),
        End::Unreadable => ("UNREADABLE", None, [].as_slice()),
        End::Silence => ("TIMEOUT", None, [].as_slice()),
    };
    let answers = answers.iter().map(|answer| Record {
        name: &answer.name,
        r#type: &answer.kind,
        ttl: answer.ttl,
        data: &answer.data,
    });
    let line = Line {
        faisceau: "dns/1",
        asked_at: format!("{:.6}", asked.at),
        resolver: shown(asked.resolver),
        question: Name { name: question.name(), r#type: question.kind().as_str() },
        status,
        ad,
        answers: answers.collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.push(b'\n');
    Ok(())
}

/// A resolver: its address, with the port where that is not the usual one.
pub(crate) fn shown(resolver: SocketAddr) -> String {
    if resolver.port() == 53 { resolver.ip().to_string() } else { resolver.to_string() }
}
