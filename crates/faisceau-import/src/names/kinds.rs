//! Numbers of the DNS and their names.
//!
//! In: a number of a type or a response code. Out: its name. Refused: nothing; a type without name
//! is `TYPE731` (RFC 3597), a code without name `RCODE731`. From the IANA registry « Domain Name
//! System (DNS) Parameters », read on 2026-11-28.

/// Types by number.
const TYPES: [(u64, &str); 28] = [
    (1, "A"),
    (2, "NS"),
    (5, "CNAME"),
    (6, "SOA"),
    (12, "PTR"),
    (13, "HINFO"),
    (15, "MX"),
    (16, "TXT"),
    (17, "RP"),
    (28, "AAAA"),
    (29, "LOC"),
    (33, "SRV"),
    (35, "NAPTR"),
    (39, "DNAME"),
    (43, "DS"),
    (44, "SSHFP"),
    (46, "RRSIG"),
    (47, "NSEC"),
    (48, "DNSKEY"),
    (50, "NSEC3"),
    (51, "NSEC3PARAM"),
    (52, "TLSA"),
    (59, "CDS"),
    (60, "CDNSKEY"),
    (64, "SVCB"),
    (65, "HTTPS"),
    (99, "SPF"),
    (257, "CAA"),
];

/// Response codes by number.
const CODES: [&str; 11] = [
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET",
    "NXRRSET", "NOTAUTH", "NOTZONE",
];

/// The name of a type.
pub(super) fn type_name(number: u64) -> String {
    let known = TYPES.iter().find(|(known, _)| *known == number);
    known.map_or_else(|| format!("TYPE{number}"), |(_, name)| (*name).to_owned())
}

/// Whether a word is the name of a type.
pub(super) fn is_type(word: &str) -> bool {
    let unnamed = word.strip_prefix("TYPE").is_some_and(|number| number.parse::<u16>().is_ok());
    unnamed || TYPES.iter().any(|(_, name)| *name == word)
}

/// The name of a response code.
pub(super) fn code_name(number: u64) -> String {
    let known = usize::try_from(number).ok().and_then(|number| CODES.get(number));
    known.map_or_else(|| format!("RCODE{number}"), |name| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_names() {
        assert_eq!((type_name(12), type_name(731)), ("PTR".to_owned(), "TYPE731".to_owned()));
        assert_eq!((code_name(3), code_name(16)), ("NXDOMAIN".to_owned(), "RCODE16".to_owned()));
        assert!(is_type("AAAA") && is_type("TYPE731") && !is_type("IN") && !is_type("TYPEX"));
    }
}
