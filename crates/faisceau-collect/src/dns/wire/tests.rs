//! Reading answers that are right, wrong, cut and arbitrary.

use hickory_proto::rr::rdata::{PTR, TXT};
use hickory_proto::rr::{Name, RData};
use proptest::prelude::*;

use super::*;
use crate::dns::question::Kind;

fn question(kind: Kind) -> Question {
    Question::new(Name::from_ascii("a.example.net.").unwrap(), kind)
}

fn message(kind: Kind, id: u16, data: Vec<RData>) -> Message {
    let asked = question(kind);
    let mut message = Message::new(id, MessageType::Response, OpCode::Query);
    message.add_query(Query::query(asked.name.clone(), kind.record_type()));
    message.metadata.authentic_data = true;
    for data in data {
        message.add_answer(Record::from_rdata(asked.name.clone(), 300, data));
    }
    message
}

fn ptr() -> Message {
    let name = Name::from_ascii("host.example.org.").unwrap();
    message(Kind::Ptr, 7, vec![RData::PTR(PTR(name))])
}

#[test]
fn a_question_says_its_size_and_asks_for_signatures() {
    let bytes = encode(&question(Kind::Ptr)).unwrap();
    let read = Message::from_vec(&bytes).unwrap();
    let edns = read.edns.unwrap();
    assert!(read.metadata.recursion_desired);
    assert_eq!((edns.max_payload(), edns.flags().dnssec_ok), (1232, true));
}

#[test]
fn an_answer_is_read_whatever_the_case_of_its_name() {
    let mut bytes = ptr().to_vec().unwrap();
    bytes[13] = b'A';
    let Arrived::Reply(reply) = decode(&bytes, 7, &question(Kind::Ptr), false) else {
        panic!("not an answer")
    };
    assert!(reply.ad);
    assert_eq!(reply.status, "NOERROR");
    assert_eq!(reply.answers[0].data, "host.example.org.");
}

#[test]
fn another_number_question_or_direction_is_foreign() {
    let good = ptr();
    let bytes = good.to_vec().unwrap();
    assert_eq!(decode(&bytes, 8, &question(Kind::Ptr), false), Arrived::Foreign);
    assert_eq!(decode(&bytes, 7, &question(Kind::A), false), Arrived::Foreign);
    let mut asks = good.clone();
    asks.metadata.message_type = MessageType::Query;
    assert_eq!(decode(&asks.to_vec().unwrap(), 7, &question(Kind::Ptr), false), Arrived::Foreign);
    let mut silent = good.clone();
    silent.queries.clear();
    assert_eq!(decode(&silent.to_vec().unwrap(), 7, &question(Kind::Ptr), false), Arrived::Foreign);
    let mut other = good;
    other.queries[0].set_name(Name::from_ascii("b.example.net.").unwrap());
    assert_eq!(decode(&other.to_vec().unwrap(), 7, &question(Kind::Ptr), false), Arrived::Foreign);
}

#[test]
fn a_cut_answer_is_known_even_in_the_middle_of_a_record() {
    let mut cut = ptr();
    cut.metadata.truncation = true;
    let bytes = cut.to_vec().unwrap();
    assert_eq!(decode(&bytes[..bytes.len() - 5], 7, &question(Kind::Ptr), false), Arrived::Cut);
    let whole = ptr().to_vec().unwrap();
    let short = decode(&whole[..whole.len() - 5], 7, &question(Kind::Ptr), false);
    assert_eq!(short, Arrived::Unreadable);
}

#[test]
fn codes_have_their_names() {
    assert_eq!(status(ResponseCode::NXDomain), "NXDOMAIN");
    assert_eq!(status(ResponseCode::BADVERS), "BADVERS");
    assert_eq!(status(ResponseCode::Unknown(4000)), "RCODE4000");
}

/// Reads bytes as the answer to a question of every type.
fn read_as_all(bytes: &[u8]) {
    for kind in [Kind::Ptr, Kind::A, Kind::Txt, Kind::Soa, Kind::Caa] {
        let _ = decode(bytes, number(bytes).unwrap_or_default(), &question(kind), false);
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..700)) {
        read_as_all(&bytes);
    }

    /// Answers that begin right and go on with anything.
    #[test]
    fn altered_answers_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        tail in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let txt = RData::TXT(TXT::from_bytes(vec![b"v=spf1 -all", b"two"]));
        for whole in [ptr(), message(Kind::Txt, 7, vec![txt])] {
            let mut bytes = whole.to_vec().unwrap();
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            bytes.extend(&tail);
            read_as_all(&bytes);
        }
    }
}
