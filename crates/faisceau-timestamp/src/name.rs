//! Names of X.501. In: the DER of a `Name` or a `GeneralName`. Out: one line of text, made inert.
//!
//! RFC 4514: from the most specific part on, `CN=…,O=…,C=FR`. Beyond it, attributes that certificates
//! of authorities carry have names here too: `organizationIdentifier` (ETSI EN 319 412-1, 5.1.4) is
//! the number under which a provider stands in the trusted list of its state.

use der::{Tag, TagNumber};

use crate::element::{Element, hex, instead, shown, within};
use crate::{ENTRIES_LIMIT, Oid, TimestampError};

const WHAT: &str = "name";
/// Bytes of a value that is no text, as digits.
const VALUE_LIMIT: usize = 64;

/// Attributes by name (RFC 4519, RFC 2985, X.520).
const ATTRIBUTES: &[(Oid, &str)] = &[
    (Oid::new_unwrap("2.5.4.3"), "CN"),
    (Oid::new_unwrap("2.5.4.4"), "SN"),
    (Oid::new_unwrap("2.5.4.5"), "serialNumber"),
    (Oid::new_unwrap("2.5.4.6"), "C"),
    (Oid::new_unwrap("2.5.4.7"), "L"),
    (Oid::new_unwrap("2.5.4.8"), "ST"),
    (Oid::new_unwrap("2.5.4.9"), "STREET"),
    (Oid::new_unwrap("2.5.4.10"), "O"),
    (Oid::new_unwrap("2.5.4.11"), "OU"),
    (Oid::new_unwrap("2.5.4.12"), "title"),
    (Oid::new_unwrap("2.5.4.13"), "description"),
    (Oid::new_unwrap("2.5.4.15"), "businessCategory"),
    (Oid::new_unwrap("2.5.4.17"), "postalCode"),
    (Oid::new_unwrap("2.5.4.42"), "givenName"),
    (Oid::new_unwrap("2.5.4.65"), "pseudonym"),
    (Oid::new_unwrap("2.5.4.97"), "organizationIdentifier"),
    (Oid::new_unwrap("0.9.2342.19200300.100.1.1"), "UID"),
    (Oid::new_unwrap("0.9.2342.19200300.100.1.25"), "DC"),
    (Oid::new_unwrap("1.2.840.113549.1.9.1"), "emailAddress"),
];

/// A `Name` as text.
pub(crate) fn text(raw: &[u8]) -> String {
    parts(raw).map_or_else(
        |_| "(a name that cannot be read)".to_owned(),
        |parts| {
            let text: Vec<_> = parts.into_iter().rev().collect();
            shown(&text.join(","))
        },
    )
}

/// A `GeneralName` as text (RFC 5280, 4.2.1.6).
pub(crate) fn general(element: Element<'_>) -> String {
    let tag = element.tag;
    if tag == within(TagNumber::N4) {
        return text(element.value);
    }
    if [TagNumber::N1, TagNumber::N2, TagNumber::N6].map(instead).contains(&tag) {
        return shown(&String::from_utf8_lossy(element.value));
    }
    "(a name of another kind)".to_owned()
}

fn parts(raw: &[u8]) -> Result<Vec<String>, TimestampError> {
    let sets = Element::only(raw, Tag::Sequence, WHAT)?.fields(WHAT)?;
    let part = |set: Element<'_>| {
        let pairs = set.fields(WHAT)?.all(Tag::Sequence, ENTRIES_LIMIT)?;
        let pairs = pairs.into_iter().map(pair).collect::<Result<Vec<_>, _>>()?;
        Ok(pairs.join("+"))
    };
    sets.all(Tag::Set, ENTRIES_LIMIT)?.into_iter().map(part).collect()
}

fn pair(element: Element<'_>) -> Result<String, TimestampError> {
    let mut fields = element.fields(WHAT)?;
    let oid = fields.next(Tag::ObjectIdentifier, WHAT)?.oid(WHAT)?;
    let value = fields.any()?.ok_or_else(|| TimestampError::malformed(WHAT, "no value"))?;
    fields.end()?;
    let name = ATTRIBUTES.iter().find(|(known, _)| *known == oid).map(|(_, name)| *name);
    let name = name.map_or_else(|| oid.to_string(), str::to_owned);
    let value = match string(value) {
        Some(text) => escaped(&text),
        None => format!("#{}", hex(value.raw.get(..VALUE_LIMIT).unwrap_or(value.raw))),
    };
    Ok(format!("{name}={value}"))
}

/// A `DirectoryString` or one of its kin.
fn string(value: Element<'_>) -> Option<String> {
    let latin = |bytes: &[u8]| bytes.iter().map(|byte| char::from(*byte)).collect();
    match value.tag {
        Tag::Utf8String => std::str::from_utf8(value.value).ok().map(str::to_owned),
        Tag::PrintableString | Tag::Ia5String | Tag::NumericString | Tag::VisibleString => {
            value.value.is_ascii().then(|| latin(value.value))
        }
        // T.61 in name; what is written into it is Latin-1.
        Tag::TeletexString => Some(latin(value.value)),
        Tag::BmpString => {
            let (pairs, rest) = value.value.as_chunks::<2>();
            let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
            rest.is_empty().then(|| char::decode_utf16(units).collect::<Result<_, _>>().ok())?
        }
        _ => None,
    }
}

/// What has a meaning in RFC 4514 stands behind a backslash.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    for (at, character) in text.chars().enumerate() {
        let is_edge =
            (character == ' ' && (at == 0 || at == last)) || (character == '#' && at == 0);
        if is_edge || matches!(character, '"' | '+' | ',' | ';' | '<' | '>' | '\\' | '=') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(tag: u8, value: &[u8]) -> Vec<u8> {
        [&[tag, u8::try_from(value.len()).unwrap()], value].concat()
    }

    fn name(parts: &[(&[u8], u8, &[u8])]) -> Vec<u8> {
        let part = |(oid, tag, value): &(&[u8], u8, &[u8])| {
            let pair = [element(6, oid), element(*tag, value)].concat();
            element(0x31, &element(0x30, &pair))
        };
        element(0x30, &parts.iter().flat_map(part).collect::<Vec<_>>())
    }

    #[test]
    fn names_are_written_from_the_most_specific_part_on() {
        let of = |parts: &[(&[u8], u8, &[u8])]| text(&name(parts));
        let authority: &[(&[u8], u8, &[u8])] = &[
            (&[0x55, 4, 6], 19, b"FR"),
            (&[0x55, 4, 10], 12, "Autorité, \"A\" + B".as_bytes()),
            (&[0x55, 4, 97], 12, b"NTRFR-123456789"),
            (&[0x55, 4, 3], 20, b"d\xe9p\xf4t"),
        ];
        assert_eq!(
            of(authority),
            "CN=dépôt,organizationIdentifier=NTRFR-123456789,O=Autorité\\, \\\"A\\\" \\+ B,C=FR"
        );
        let odd: &[(&[u8], u8, &[u8])] = &[
            (&[0x55, 4, 3], 30, &[0, b'A', 0x20, 0xac]),
            (&[0x55, 4, 99], 12, b" x "),
            (&[0x55, 4, 3], 12, b"\xff"),
            (&[0x55, 4, 3], 12, b"a\nb\x1b[31m"),
        ];
        assert_eq!(of(odd), "CN=a␊b␛[31m,CN=#0c01ff,2.5.4.99=\\ x\\ ,CN=A€");
        assert_eq!(text(&[0x30, 0]), "");
        assert_eq!(text(&[0x30, 2, 0x30, 0]), "(a name that cannot be read)");
        let many = [0x31, 0].repeat(ENTRIES_LIMIT + 1);
        assert_eq!(text(&[&[0x30, 0x81, 130][..], &many].concat()), "(a name that cannot be read)");
    }

    #[test]
    fn general_names_are_text_where_they_are() {
        let general = |bytes: &[u8]| {
            super::general(crate::element::Fields::of(bytes, WHAT).unwrap().any().unwrap().unwrap())
        };
        assert_eq!(general(&element(0x86, b"https://a.example/")), "https://a.example/");
        assert_eq!(general(&element(0xa4, &name(&[(&[0x55, 4, 3], 12, b"x")]))), "CN=x");
        assert_eq!(general(&element(0x87, &[1, 2, 3, 4])), "(a name of another kind)");
    }
}
