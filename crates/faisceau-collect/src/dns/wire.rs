//! Questions and answers as bytes (RFC 1035, RFC 6891).
//!
//! In: a question, or bytes that arrived. Out: the bytes of a question, or what an answer says.
//! Refused: an answer to another question. Arbitrary bytes are no answer and nothing worse.

use std::borrow::Cow;

use hickory_proto::ProtoError;
use hickory_proto::op::{
    Edns, Header, Message, MessageType, Metadata, OpCode, Query, ResponseCode,
};
use hickory_proto::rr::{DNSClass, Record};
use hickory_proto::serialize::binary::{BinDecodable, BinDecoder};

use crate::dns::presentation;
use crate::dns::question::Question;

/// Bytes that an answer over UDP may have: what passes any network unbroken (DNS flag day 2020).
pub(crate) const LARGEST_UDP: u16 = 1232;

/// One record of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) name: String,
    pub(crate) kind: Cow<'static, str>,
    pub(crate) ttl: u32,
    pub(crate) data: String,
}

/// What a server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) status: Cow<'static, str>,
    /// The resolver says that it checked the signatures (RFC 4035).
    pub(crate) ad: bool,
    /// The server says that it is an authority for the name (RFC 1035).
    pub(crate) aa: bool,
    pub(crate) answers: Vec<Answer>,
    pub(crate) authority: Vec<Answer>,
    /// The message itself, where its signatures are to be checked.
    pub(crate) message: Option<Box<Message>>,
}

/// What bytes that arrived are to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Arrived {
    /// Its answer.
    Reply(Reply),
    /// Its answer, cut: it is to be asked over TCP.
    Cut,
    /// Its answer, whose records cannot be read.
    Unreadable,
    /// Not its answer.
    Foreign,
}

/// The bytes of a question. Their number, the first two bytes, is set when it is sent.
pub(crate) fn encode(question: &Question) -> Result<Vec<u8>, ProtoError> {
    let mut query = Query::query(question.name.clone(), question.kind.record_type());
    query.set_query_class(DNSClass::IN);
    let mut edns = Edns::new();
    edns.set_max_payload(LARGEST_UDP).set_dnssec_ok(true);
    let mut message = Message::new(0, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.metadata.checking_disabled = question.unchecked;
    message.add_query(query);
    message.set_edns(edns);
    message.to_vec()
}

/// The number of a message.
pub(crate) fn number(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk().map(|first| u16::from_be_bytes(*first))
}

/// Sets the number of a message.
pub(crate) fn set_number(bytes: &mut [u8], number: u16) {
    if let Some(first) = bytes.first_chunk_mut() {
        *first = number.to_be_bytes();
    }
}

/// Reads what arrived for a question that waits under `id`, and keeps the message itself with `keep`.
pub(crate) fn decode(bytes: &[u8], id: u16, question: &Question, keep: bool) -> Arrived {
    let Ok(message) = Message::from_vec(bytes) else { return unreadable(bytes, id, question) };
    let [asked] = message.queries.as_slice() else { return Arrived::Foreign };
    if !answers(&message.metadata, id) || !is_of(asked, question) {
        Arrived::Foreign
    } else if message.metadata.truncation {
        Arrived::Cut
    } else {
        reply(message, keep).map_or(Arrived::Unreadable, Arrived::Reply)
    }
}

/// What bytes are that are no whole message: head and question may be right, for a cut answer may
/// end in the middle of a record.
fn unreadable(bytes: &[u8], id: u16, question: &Question) -> Arrived {
    let mut decoder = BinDecoder::new(bytes);
    let Ok(header) = Header::read(&mut decoder) else { return Arrived::Foreign };
    if !answers(&header.metadata, id) || header.counts.queries != 1 {
        return Arrived::Foreign;
    }
    match Query::read(&mut decoder) {
        Ok(asked) if is_of(&asked, question) && header.metadata.truncation => Arrived::Cut,
        Ok(asked) if is_of(&asked, question) => Arrived::Unreadable,
        _ => Arrived::Foreign,
    }
}

fn answers(head: &Metadata, id: u16) -> bool {
    head.id == id && head.message_type == MessageType::Response && head.op_code == OpCode::Query
}

fn is_of(asked: &Query, question: &Question) -> bool {
    asked.query_type() == question.kind.record_type()
        && asked.query_class() == DNSClass::IN
        && *asked.name() == question.name
}

fn reply(message: Message, keep: bool) -> Option<Reply> {
    Some(Reply {
        status: status(message.metadata.response_code),
        ad: message.metadata.authentic_data,
        aa: message.metadata.authoritative,
        answers: shown(&message.answers)?,
        authority: shown(&message.authorities)?,
        message: keep.then(|| Box::new(message)),
    })
}

/// The records of a section. `None` when one cannot be written again.
fn shown(records: &[Record]) -> Option<Vec<Answer>> {
    let of_internet = records.iter().filter(|record| record.dns_class == DNSClass::IN);
    let shown = of_internet.map(|record| {
        Some(Answer {
            name: presentation::name(&record.name),
            kind: presentation::type_name(record.record_type()),
            ttl: record.ttl,
            data: presentation::data(&record.data)?,
        })
    });
    shown.collect()
}

/// Response codes by their names in the registry of IANA.
const CODES: [&str; 11] = [
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET",
    "NXRRSET", "NOTAUTH", "NOTZONE",
];

pub(crate) fn status(code: ResponseCode) -> Cow<'static, str> {
    let number = u16::from(code);
    let named = CODES.get(usize::from(number)).copied();
    // Without TSIG, 16 is that of EDNS (RFC 6891).
    let named = named.or((number == 16).then_some("BADVERS"));
    named.map_or_else(|| format!("RCODE{number}").into(), Cow::Borrowed)
}

#[cfg(test)]
mod tests;
