//! The program that posts declare.
//!
//! In: the declared clients of the posts of two accounts, where the platform gives them. Out: the
//! client that both use most. It is no part of the score: the reference authors declare none, so
//! nothing was measured; it tells that a program may have made the typography of both.

use std::collections::BTreeMap;

/// The client that most posts of both accounts declare, if it is the same.
#[cfg_attr(not(test), expect(dead_code, reason = "for the comparison of style"))]
pub(crate) fn shared<'a>(
    a: impl Iterator<Item = &'a str>,
    b: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let (one, other) = (commonest(a)?, commonest(b)?);
    (one == other).then_some(one)
}

/// The commonest value; ties go by the alphabet.
fn commonest<'a>(clients: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for client in clients.map(str::trim).filter(|client| !client.is_empty()) {
        *counts.entry(client).or_default() += 1;
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(client, _)| client)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_client_decides() {
        let of = |clients: &'static [&'static str]| clients.iter().copied();
        assert_eq!(shared(of(&["Web", "Phone", "Phone"]), of(&["Phone "])), Some("Phone"));
        assert_eq!(shared(of(&["Web", "Web", "Phone"]), of(&["Phone"])), None);
        assert_eq!(shared(of(&[]), of(&["Phone"])), None);
        assert_eq!(shared(of(&[" "]), of(&[""])), None);
    }
}
