//! Data of a record in the form of zone files (RFC 1035, section 5.1).
//!
//! In: a decoded record. Out: its text. Bytes that are not printable ASCII are written `\DDD`;
//! types without a form of their own here are written `\# length hex` (RFC 3597, section 5).

use std::borrow::Cow;
use std::fmt::Write as _;

use data_encoding::{BASE32_DNSSEC, BASE64, HEXLOWER};
use hickory_proto::dnssec::PublicKey as _;
use hickory_proto::dnssec::rdata::DNSSECRData;
use hickory_proto::rr::{Name, RData, RecordType};
use hickory_proto::serialize::binary::{BinDecodable, BinDecoder, BinEncodable, BinEncoder};

/// The data of a record. `None` when they cannot be written again.
pub(crate) fn data(data: &RData) -> Option<String> {
    Some(match data {
        RData::A(ip) => ip.0.to_string(),
        RData::AAAA(ip) => ip.0.to_string(),
        RData::CNAME(name) => self::name(&name.0),
        RData::NS(name) => self::name(&name.0),
        RData::PTR(name) => self::name(&name.0),
        RData::MX(mx) => format!("{} {}", mx.preference, name(&mx.exchange)),
        RData::SOA(soa) => format!(
            "{} {} {} {} {} {} {}",
            name(&soa.mname),
            name(&soa.rname),
            soa.serial,
            soa.refresh,
            soa.retry,
            soa.expire,
            soa.minimum
        ),
        RData::TXT(txt) => {
            let strings: Vec<String> = txt.txt_data.iter().map(|text| quoted(text)).collect();
            strings.join(" ")
        }
        RData::SRV(srv) => {
            format!("{} {} {} {}", srv.priority, srv.weight, srv.port, name(&srv.target))
        }
        RData::Unknown { code: RecordType::DNAME, rdata }
            if let Some(target) = whole_name(&rdata.anything) =>
        {
            name(&target)
        }
        RData::DNSSEC(data) if let Some(text) = signing(data) => text,
        RData::CAA(caa) => format!("{} {} {}", caa.flags(), caa.tag, quoted(&caa.value)),
        other => {
            let mut bytes = Vec::new();
            other.emit(&mut BinEncoder::new(&mut bytes)).ok()?;
            let mut text = format!("\\# {}", bytes.len());
            for (index, byte) in bytes.iter().enumerate() {
                // Writing to a `String` cannot fail.
                let _ = write!(text, "{}{byte:02x}", if index == 0 { " " } else { "" });
            }
            text
        }
    })
}

/// Keys, digests, signatures and denials (RFC 4034, RFC 5155).
fn signing(data: &DNSSECRData) -> Option<String> {
    Some(match data {
        DNSSECRData::RRSIG(signature) => {
            let input = signature.input();
            format!(
                "{} {} {} {} {} {} {} {} {}",
                type_name(input.type_covered),
                u8::from(input.algorithm),
                input.num_labels,
                input.original_ttl,
                input.sig_expiration.get(),
                input.sig_inception.get(),
                input.key_tag,
                name(&input.signer_name),
                BASE64.encode(signature.sig())
            )
        }
        DNSSECRData::DNSKEY(key) => format!(
            "{} 3 {} {}",
            key.flags(),
            u8::from(key.public_key().algorithm()),
            BASE64.encode(key.public_key().public_bytes())
        ),
        DNSSECRData::DS(ds) => format!(
            "{} {} {} {}",
            ds.key_tag(),
            u8::from(ds.algorithm()),
            u8::from(ds.digest_type()),
            HEXLOWER.encode(ds.digest())
        ),
        DNSSECRData::NSEC(nsec) => {
            format!("{}{}", name(nsec.next_domain_name()), types(nsec.type_bit_maps()))
        }
        DNSSECRData::NSEC3(nsec) => format!(
            "{} {} {} {} {}{}",
            u8::from(nsec.hash_algorithm()),
            nsec.flags(),
            nsec.iterations(),
            if nsec.salt().is_empty() { "-".to_owned() } else { HEXLOWER.encode(nsec.salt()) },
            BASE32_DNSSEC.encode(nsec.next_hashed_owner_name()),
            types(nsec.type_bit_maps())
        ),
        _ => return None,
    })
}

fn types(types: impl Iterator<Item = RecordType>) -> String {
    types.fold(String::new(), |text, kind| text + " " + &type_name(kind))
}

/// A name with its final dot. Characters that mean something in a zone file are escaped, bytes that
/// are not printable ASCII are written `\DDD` in decimal. (Hickory writes these in octal.)
pub(crate) fn name(name: &Name) -> String {
    let mut text = String::with_capacity(name.len() + 1);
    for label in name {
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        match std::str::from_utf8(label) {
            // Nearly all.
            Ok(label) if label.as_bytes().iter().all(plain) => text.push_str(label),
            _ => label.iter().for_each(|byte| escaped(*byte, &mut text)),
        }
        text.push('.');
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

/// A name that is the whole of the data of a record (DNAME, RFC 6672, which Hickory does not read).
pub(crate) fn whole_name(bytes: &[u8]) -> Option<Name> {
    let mut decoder = BinDecoder::new(bytes);
    let name = Name::read(&mut decoder).ok()?;
    decoder.is_empty().then_some(name)
}

fn escaped(byte: u8, text: &mut String) {
    match byte {
        b'.' | b'\\' | b'"' | b'(' | b')' | b';' | b'@' | b'$' => {
            text.extend(['\\', char::from(byte)]);
        }
        b'!'..=b'~' => text.push(char::from(byte)),
        // Writing to a `String` cannot fail.
        other => drop(write!(text, "\\{other:03}")),
    }
}

/// The name of a type; without one it is `TYPE731`.
pub(crate) fn type_name(kind: RecordType) -> Cow<'static, str> {
    match kind {
        RecordType::Unknown(number) => format!("TYPE{number}").into(),
        known => Cow::Borrowed(known.into()),
    }
}

fn quoted(bytes: &[u8]) -> String {
    let mut text = String::from("\"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' => text.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => text.push(char::from(*byte)),
            // Writing to a `String` cannot fail.
            other => drop(write!(text, "\\{other:03}")),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use hickory_proto::rr::rdata::{MX, NULL, TXT};

    use super::*;

    #[test]
    fn texts_are_quoted_and_bytes_are_escaped() {
        let txt = RData::TXT(TXT::from_bytes(vec![b"v=spf1 \"x\"", b"\xff\n\\"]));
        assert_eq!(data(&txt).unwrap(), r#""v=spf1 \"x\"" "\255\010\\""#);
    }

    #[test]
    fn names_are_written_as_zone_files_have_them() {
        let of = |labels: &[&[u8]]| name(&Name::from_labels(labels.to_vec()).unwrap());
        assert_eq!(name(&Name::root()), ".");
        assert_eq!(of(&[b"A-b_c", b"example", b"net"]), "A-b_c.example.net.");
        assert_eq!(of(&[b"*", b"a/b=c"]), "*.a/b=c.");
        assert_eq!(of(&[b"a.b", b"\xff\0 x", b"\\;"]), r"a\.b.\255\000\032x.\\\;.");
    }

    #[test]
    fn other_types_are_generic() {
        let mx = RData::MX(MX::new(10, Name::from_ascii("m.example.net.").unwrap()));
        assert_eq!(data(&mx).unwrap(), "10 m.example.net.");
        let odd =
            RData::Unknown { code: RecordType::Unknown(731), rdata: NULL::with(vec![0xab, 1]) };
        assert_eq!(data(&odd).unwrap(), "\\# 2 ab01");
        let dname = |bytes: &[u8]| RData::Unknown {
            code: RecordType::DNAME,
            rdata: NULL::with(bytes.to_vec()),
        };
        assert_eq!(data(&dname(b"\x01A\x02bc\0")).unwrap(), "A.bc.");
        assert_eq!(data(&dname(b"\x01A\x02bc\0x")).unwrap(), "\\# 7 01410262630078");
        assert_eq!(data(&dname(b"\xc0\0")).unwrap(), "\\# 2 c000");
        assert_eq!(type_name(RecordType::Unknown(731)), "TYPE731");
        assert_eq!(type_name(RecordType::RRSIG), "RRSIG");
    }
}
