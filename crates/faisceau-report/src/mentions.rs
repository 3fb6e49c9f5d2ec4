//! Whom a message is addressed to, or names with an at sign, among the accounts of a role.
//!
//! In: the handles and ids of those accounts, a message. Out: the accounts. Refuses: a name of one
//! or two characters, a part of a longer name.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::Post;
use faisceau_model::{AccountKey, Role};

use crate::index::Index;

/// Shortest name that is sought.
const LEAST: usize = 3;
/// Most at signs that are looked at in one message.
const SIGNS: usize = 200;

/// The names of the accounts of one role, in lower case.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    of: BTreeMap<String, BTreeSet<&'a AccountKey>>,
}

impl<'a> Names<'a> {
    /// The handles, native ids and keys of the accounts of `role`.
    pub(crate) fn of(index: &'a Index<'_>, role: Role) -> Self {
        let mut of: BTreeMap<String, BTreeSet<&AccountKey>> = BTreeMap::new();
        for (key, known) in index.of_role(role) {
            let ids = known.native_id.into_iter().chain([key.native()]);
            for name in known.handles.iter().copied().chain(ids).map(plain) {
                if name.chars().nth(LEAST - 1).is_some() {
                    of.entry(name).or_default().insert(key);
                }
            }
        }
        Self { of }
    }

    /// The accounts that a message is addressed to or names.
    pub(crate) fn in_post(&self, post: &Post) -> BTreeSet<&'a AccountKey> {
        let mut found = BTreeSet::new();
        if self.of.is_empty() {
            return found;
        }
        if let Some(to) = post.target.known() {
            found.extend(self.of.get(&plain(to)).into_iter().flatten());
        }
        let Some(text) = post.text.known().filter(|text| text.contains('@')) else { return found };
        let text = text.to_lowercase();
        for (at, _) in text.match_indices('@').take(SIGNS) {
            let rest = text.get(at + 1..).unwrap_or_default();
            for (name, keys) in &self.of {
                let after = rest.strip_prefix(name.as_str());
                if after.is_some_and(|after| {
                    !after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
                }) {
                    found.extend(keys);
                }
            }
        }
        found
    }
}

/// A name without its at sign, in lower case.
fn plain(name: &str) -> String {
    name.trim().trim_start_matches('@').to_lowercase()
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, Maybe, Place};

    use super::*;
    use crate::tests::sample::{key, sample};

    fn post(text: &str) -> Post {
        let post = Post::new(ExhibitNo::top(1), &Place::Whole, 0, key(0));
        Post { text: Maybe::Known(text.to_owned()), ..post }
    }

    #[test]
    fn a_mention_is_a_whole_name() {
        let sample = sample();
        let input = sample.input();
        let index = Index::of(&input, crate::Language::French);
        let names = Names::of(&index, Role::Claimant);
        let found = |post: &Post| names.in_post(post).len();
        assert_eq!(found(&post("encore toi @Compte_De_A !")), 1);
        assert_eq!(found(&post("É @ x @COMPTE_DE_A")), 1);
        assert_eq!(found(&post("@compte_de_abc")), 0);
        assert_eq!(found(&post("@compte_de_a_bis")), 0);
        assert_eq!(found(&post("compte_de_a")), 0);
        assert_eq!(found(&Post { target: Maybe::Known("@compte_de_A".into()), ..post("") }), 1);
    }

    #[test]
    fn the_accounts_of_other_roles_are_not_found() {
        let sample = sample();
        let input = sample.input();
        let index = Index::of(&input, crate::Language::French);
        let names = Names::of(&index, Role::Examined);
        assert!(names.in_post(&post("@compte_de_a @temoin")).is_empty());
        assert_eq!(names.in_post(&post("@VoixDuLycee et @anonyme77")).len(), 2);
    }
}
