//! What an answer says of itself, as far as it decides what is asked next (RFC 9083).
//!
//! In: the body of an answer. Out: the body as one line, and the range that it covers. Refused: a
//! body that is no object of JSON, or longer than [`LONGEST`].

use std::net::IpAddr;

use serde::Deserialize;
use serde_json::value::RawValue;

/// Longest body that is read, in bytes.
const LONGEST: usize = 4 << 20;
/// The widest range that speaks for every address inside: wider ones are handed on in parts, whose
/// holders only a question of their own shows.
const WIDEST_IPV4: u32 = 16;
const WIDEST_IPV6: u32 = 96;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Network {
    object_class_name: String,
    start_address: IpAddr,
    end_address: IpAddr,
}

/// An answer.
pub(super) struct Object {
    /// The body as it came; line ends between its parts are blanks, so that it is one line.
    pub(super) body: Box<RawValue>,
    /// First and last address of a network that is narrow enough.
    pub(super) range: Option<(IpAddr, IpAddr)>,
}

impl Object {
    /// Reads a body.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > LONGEST {
            return Err(format!("it is longer than {LONGEST} bytes"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "it is no UTF-8".to_owned())?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // Within a text of JSON a line end cannot stand (RFC 8259, section 7).
        let line = text.replace(['\n', '\r'], " ").trim().to_owned();
        let range = serde_json::from_str::<Network>(&line).ok().and_then(|network| {
            let (first, last) = (network.start_address, network.end_address);
            (network.object_class_name == "ip network" && is_narrow(first, last))
                .then_some((first, last))
        });
        let body =
            RawValue::from_string(line).map_err(|error| format!("it is no JSON: {error}"))?;
        if body.get().starts_with('{') {
            Ok(Self { body, range })
        } else {
            Err("it is no object".to_owned())
        }
    }
}

fn is_narrow(first: IpAddr, last: IpAddr) -> bool {
    match (first, last) {
        (IpAddr::V4(first), IpAddr::V4(last)) => {
            let size = last.to_bits().checked_sub(first.to_bits());
            size.is_some_and(|size| size.checked_shr(WIDEST_IPV4) == Some(0))
        }
        (IpAddr::V6(first), IpAddr::V6(last)) => {
            let size = last.to_bits().checked_sub(first.to_bits());
            size.is_some_and(|size| size.checked_shr(WIDEST_IPV6) == Some(0))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn network(first: &str, last: &str) -> String {
        format!(
            "{{\n \"objectClassName\": \"ip network\",\r\n \"startAddress\": \"{first}\",\"endAddress\": \
             \"{last}\", \"x\": [\"a\\nb\"]}}\n"
        )
    }

    #[test]
    fn narrow_networks_speak_for_their_addresses() {
        for (first, last, narrow) in [
            ("9.9.0.0", "9.9.255.255", true),
            ("9.8.0.0", "9.9.255.255", false),
            ("0.0.0.0", "255.255.255.255", false),
            ("9.9.9.9", "9.9.9.1", false),
            ("2620:fe::", "2620:fe:ffff:ffff:ffff:ffff:ffff:ffff", true),
            ("2620::", "2620:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false),
            ("9.9.9.9", "2620::", false),
        ] {
            let object = Object::parse(network(first, last).as_bytes()).unwrap();
            assert_eq!(object.range.is_some(), narrow, "{first} {last}");
            assert!(!object.body.get().contains(['\n', '\r']));
            assert!(object.body.get().contains(r#"["a\nb"]"#));
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for bad in ["", "[]", "{", "\"x\"", "{}{}", "<html>"] {
            assert!(Object::parse(bad.as_bytes()).is_err(), "{bad}");
        }
        let deep = format!("{{\"x\":{}{}}}", "[".repeat(200_000), "]".repeat(200_000));
        let _ = Object::parse(deep.as_bytes());
        assert!(Object::parse(&vec![b' '; LONGEST + 1]).is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Object::parse(&bytes);
        }
    }
}
