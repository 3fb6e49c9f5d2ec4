//! Verdicts on answers that are right, altered and made to cost much, signed here.

use hickory_proto::dnssec::crypto::EcdsaSigningKey;
use hickory_proto::dnssec::rdata::sig::SigInput;
use hickory_proto::dnssec::rdata::{DNSKEY, DNSSECRData, DS, RRSIG};
use hickory_proto::dnssec::{Algorithm, DigestType, PublicKey as _, PublicKeyBuf, SigningKey, TBS};
use hickory_proto::op::{Message, MessageType, OpCode, Query};
use hickory_proto::rr::rdata::{A, TXT};
use hickory_proto::rr::{Name, RData, Record, RecordType, SerialNumber};
use proptest::prelude::*;

use super::chain::Chain;
use super::judge::judge;
use super::sets;
use super::signature::{self, ATTEMPTS, Failure};
use super::*;
use crate::dns::question::Kind;

const NOW: u32 = 1_800_000_000;

/// A zone with one key.
struct Signer {
    zone: Name,
    key: EcdsaSigningKey,
    public: DNSKEY,
}

fn name(text: &str) -> Name {
    Name::from_ascii(text).unwrap()
}

impl Signer {
    fn new(zone: &str) -> Self {
        let algorithm = Algorithm::ECDSAP256SHA256;
        let pkcs8 = EcdsaSigningKey::generate_pkcs8(algorithm).unwrap();
        let key = EcdsaSigningKey::from_pkcs8(&pkcs8, algorithm).unwrap();
        let public = DNSKEY::with_flags(257, key.to_public_key().unwrap());
        Self { zone: name(zone), key, public }
    }

    fn anchors(&self) -> Anchors {
        let digest = self.public.to_digest(&self.zone, DigestType::SHA256).unwrap();
        let tag = self.public.calculate_key_tag().unwrap();
        let hex = data_encoding::HEXLOWER.encode(digest.as_ref());
        Anchors::parse(&format!("{} DS {tag} 13 2 {hex}", self.zone.to_ascii())).unwrap()
    }

    /// Records of one set with their signature.
    fn signed(&self, records: Vec<Record>, from: u32, until: u32) -> Vec<Record> {
        let first = &records[0];
        let input = SigInput {
            type_covered: first.record_type(),
            algorithm: Algorithm::ECDSAP256SHA256,
            num_labels: signature::labels(&first.name) as u8,
            original_ttl: first.ttl,
            sig_expiration: SerialNumber::new(until),
            sig_inception: SerialNumber::new(from),
            key_tag: self.public.calculate_key_tag().unwrap(),
            signer_name: self.zone.clone(),
        };
        let of = |sig: Vec<u8>| RRSIG::from_sig(input.clone(), sig);
        let set = sets::of(&records).remove(0);
        let labels = usize::from(input.num_labels);
        let bytes = signature::to_be_signed(&set, &of(Vec::new()), labels).unwrap();
        let sig = self.key.sign(&TBS::from(bytes.as_slice())).unwrap();
        let data = RData::DNSSEC(DNSSECRData::RRSIG(of(sig)));
        let signature = Record::from_rdata(first.name.clone(), first.ttl, data);
        records.into_iter().chain([signature]).collect()
    }

    fn keys(&self, more: impl IntoIterator<Item = DNSKEY>) -> Message {
        let all = [self.public.clone()].into_iter().chain(more);
        let record = |key| {
            let data = RData::DNSSEC(DNSSECRData::DNSKEY(key));
            Record::from_rdata(self.zone.clone(), 300, data)
        };
        let signed = self.signed(all.map(record).collect(), NOW - 9, NOW + 9);
        answer(&self.zone, RecordType::DNSKEY, signed)
    }
}

fn answer(name: &Name, kind: RecordType, records: Vec<Record>) -> Message {
    let mut message = Message::new(7, MessageType::Response, OpCode::Query);
    message.add_query(Query::query(name.clone(), kind));
    message.answers = records;
    message
}

fn addresses(owner: &str) -> Vec<Record> {
    let of = |ip: &str| Record::from_rdata(name(owner), 300, RData::A(A(ip.parse().unwrap())));
    vec![of("9.9.9.9"), of("9.9.9.8")]
}

fn state(signer: &Signer, keys: Message, reply: &Message) -> Option<Verdict> {
    let anchors = signer.anchors();
    let mut chain = Chain::new(&anchors, NOW);
    chain.came(signer.zone.clone(), Kind::Dnskey, Some(keys));
    judge(&mut chain, &name("www.test."), RecordType::A, reply).ok()
}

#[test]
fn times_and_owners_of_signatures_count() {
    let signer = Signer::new("test.");
    let states = [
        (NOW - 9, NOW + 9, State::Secure),
        (NOW, NOW, State::Secure),
        (NOW - 9, NOW - 1, State::Bogus),
        (NOW + 1, NOW + 9, State::Bogus),
    ];
    for (from, until, expected) in states {
        let signed = signer.signed(addresses("www.test."), from, until);
        let reply = answer(&name("www.test."), RecordType::A, signed);
        let verdict = state(&signer, signer.keys([]), &reply).unwrap();
        assert_eq!(verdict.state, expected, "{verdict:?}");
    }
    // The same records twice are the same set.
    let mut signed = signer.signed(addresses("www.test."), NOW, NOW);
    signed.extend(addresses("WWW.test."));
    let reply = answer(&name("www.test."), RecordType::A, signed);
    assert_eq!(state(&signer, signer.keys([]), &reply).unwrap().state, State::Secure);
    // A zone signs nothing outside of itself.
    let other = Signer::new("other.test.");
    let signed = other.signed(addresses("www.test."), NOW, NOW);
    let reply = answer(&name("www.test."), RecordType::A, signed);
    assert_ne!(state(&signer, signer.keys([]), &reply).map(|v| v.state), Some(State::Secure));
}

/// Keys that share a tag, for their words are those of another in another order.
fn colliding(key: &DNSKEY, count: usize) -> Vec<DNSKEY> {
    let bytes = key.public_key().public_bytes();
    let shuffled = |shift: usize| {
        let words: Vec<&[u8]> = bytes.chunks(2).collect();
        let moved = (0..words.len()).flat_map(|at| words[(at + shift) % words.len()].to_vec());
        DNSKEY::with_flags(257, PublicKeyBuf::new(moved.collect(), Algorithm::ECDSAP256SHA256))
    };
    (1..=count).map(shuffled).collect()
}

#[test]
fn keys_that_share_a_tag_cost_little() {
    let signer = Signer::new("test.");
    let keys = colliding(&signer.public, 24);
    let tag = signer.public.calculate_key_tag().unwrap();
    assert!(keys.iter().all(|key| key.calculate_key_tag().unwrap() == tag));
    let mut records = Vec::new();
    for _ in 0..200 {
        records.extend(signer.signed(addresses("www.test."), NOW, NOW));
    }
    let sets = sets::of(&records);
    let mut left = ATTEMPTS;
    let result = signature::verify(&sets[0], &signer.zone, &keys, NOW, &mut left);
    assert!(matches!(result, Err(Failure::Wrong(_))), "{result:?}");
    assert!(ATTEMPTS - left <= 32, "{left}");
    let mut none = 3;
    let result = signature::verify(&sets[0], &signer.zone, &keys, NOW, &mut none);
    assert_eq!(result, Err(Failure::Limit));
    // Too many keys are not tried at all.
    let reply = answer(&name("www.test."), RecordType::A, records);
    let verdict = state(&signer, signer.keys(colliding(&signer.public, 31)), &reply).unwrap();
    assert_eq!(verdict.state, State::Secure);
    let more = (0..40)
        .map(|flags| DNSKEY::with_flags(256 + (flags << 1), signer.key.to_public_key().unwrap()));
    let verdict = state(&signer, signer.keys(more), &reply).unwrap();
    assert_eq!(verdict.state, State::Indeterminate, "{verdict:?}");
}

#[test]
fn names_without_end_are_left() {
    let signer = Signer::new("test.");
    let anchors = signer.anchors();
    let mut chain = Chain::new(&anchors, NOW);
    let long = name(&("a.".repeat(100) + "test."));
    let reply = answer(&long, RecordType::A, vec![]);
    let verdict = judge(&mut chain, &long, RecordType::A, &reply).unwrap();
    assert_eq!(verdict.state, State::Indeterminate);
    assert!(chain.wanted.is_empty());
}

#[test]
fn digests_that_nobody_knows_leave_a_zone_unsigned() {
    let anchors = Anchors::parse("test. DS 1 250 2 aa\ntest. DS 1 13 99 aa").unwrap();
    let mut chain = Chain::new(&anchors, NOW);
    let signer = Signer::new("test.");
    let signed = signer.signed(addresses("www.test."), NOW, NOW);
    let reply = answer(&name("www.test."), RecordType::A, signed);
    let verdict = judge(&mut chain, &name("www.test."), RecordType::A, &reply).unwrap();
    assert_eq!(verdict.state, State::Insecure);
    let _ = DS::new(1, Algorithm::Unknown(250), DigestType::Unknown(99), vec![1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is altered: no panic, and what is secure says what was signed.
    #[test]
    fn an_altered_answer_is_never_secure(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
        of_keys in any::<bool>(),
    ) {
        let signer = Signer::new("test.");
        let txt = RData::TXT(TXT::from_bytes(vec![b"v=spf1 -all"]));
        let txt = vec![Record::from_rdata(name("www.test."), 300, txt)];
        let mut records = signer.signed(addresses("www.test."), NOW - 9, NOW + 9);
        records.extend(signer.signed(txt, NOW - 9, NOW + 9));
        let right = answer(&name("www.test."), RecordType::A, records);
        let (mut keys, mut reply) = (signer.keys([]).to_vec().unwrap(), right.to_vec().unwrap());
        let bytes = if of_keys { &mut keys } else { &mut reply };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (Ok(keys), Ok(reply)) = (Message::from_vec(&keys), Message::from_vec(&reply)) else {
            return Ok(());
        };
        let verdict = state(&signer, keys, &reply);
        if verdict.is_some_and(|verdict| verdict.state == State::Secure) {
            let data = |message: &Message| {
                let records = message.answers.iter().filter(|record| record.record_type() != RecordType::RRSIG);
                let mut data: Vec<String> = records
                    .filter(|record| record.dns_class == hickory_proto::rr::DNSClass::IN)
                    .map(|record| format!("{} {:?}", record.name.to_lowercase(), record.data))
                    .collect();
                data.sort();
                data.dedup();
                data
            };
            let whole = data(&right);
            for said in data(&reply) {
                prop_assert!(whole.contains(&said), "{said}");
            }
        }
    }
}
