//! The program that posts declare.
//!
//! In: the declared clients of the posts of an account, where the platform gives them. Out: the
//! one that it uses most. It is no part of the score: the reference authors declare none, so
//! nothing was measured; where two accounts declare the same, a program may have made the
//! typography of both.

use std::collections::BTreeMap;

/// The commonest client; ties go by the alphabet.
pub(crate) fn commonest<'a>(clients: impl Iterator<Item = &'a str>) -> Option<&'a str> {
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
        let of = |clients: &'static [&'static str]| commonest(clients.iter().copied());
        assert_eq!(of(&["Web", "Phone", "Phone "]), Some("Phone"));
        assert_eq!(of(&["Web", "Phone"]), Some("Phone"));
        assert_eq!(of(&[" ", ""]), None);
        assert_eq!(of(&[]), None);
    }
}
