//! The `Link` field of an answer (RFC 8288).
//!
//! In: the fields of an answer. Out: the target of the first link of a relation. Refused: fields of
//! more than [`MAX_FIELD`] bytes.

use crate::http::Answer;

/// Longest field that is read, in bytes.
const MAX_FIELD: usize = 16 * 1024;

/// The target of the first link whose relations hold `relation`.
pub(super) fn target<'a>(answer: &'a Answer, relation: &str) -> Option<&'a str> {
    let fields = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Link"));
    fields.map(|(_, value)| value.as_str()).find_map(|value| in_field(value, relation))
}

/// Whether there is any link.
pub(super) fn any(answer: &Answer) -> bool {
    answer.header("Link").is_some()
}

fn in_field<'v>(value: &'v str, relation: &str) -> Option<&'v str> {
    let mut rest = value.get(..value.len().min(MAX_FIELD))?;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let end = parameters_end(after);
        let (parameters, following) = after.split_at_checked(end)?;
        if parameters.split(';').any(|parameter| is_relation(parameter, relation)) {
            return Some(target);
        }
        rest = following;
    }
    None
}

/// Where the parameters of a link end: at a comma that is in no quotes.
fn parameters_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn is_relation(parameter: &str, relation: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut words = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && words.any(|word| word.eq_ignore_ascii_case(relation))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_link_of_a_relation_is_found() {
        let value = "<https://a.example.net/?min_id=2>; rel=\"prev\", <https://a.example.net/?x=1,2>; title=\"a, <b>\"; rel=\"last next\"";
        assert_eq!(in_field(value, "next"), Some("https://a.example.net/?x=1,2"));
        assert_eq!(in_field(value, "prev"), Some("https://a.example.net/?min_id=2"));
        assert_eq!(in_field(value, "first"), None);
        for broken in ["", "<", "<a", "a>; rel=next", "<a>; rel", "<a>; notrel=next"] {
            assert_eq!(in_field(broken, "next"), None, "{broken}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(value in "[<>;,=\" a-zé]{0,200}") {
            in_field(&value, "next");
        }
    }
}
