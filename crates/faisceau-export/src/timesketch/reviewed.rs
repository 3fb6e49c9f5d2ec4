//! What was decided of the links of each account.

use std::collections::BTreeMap;

use faisceau_model::{AccountKey, Review, inert};

/// What was decided, by account.
pub(super) struct Reviewed(BTreeMap<AccountKey, OfAccount>);

/// What was decided of one account's links.
#[derive(Default)]
pub(super) struct OfAccount {
    /// `review:accepted` and the like, each once.
    pub(super) tags: Vec<String>,
    /// Each decision with the other account and the line of the journal.
    pub(super) lines: Vec<String>,
}

impl Reviewed {
    /// From the decisions of a case.
    pub(super) fn of(reviews: &[Review]) -> Self {
        let mut accounts: BTreeMap<AccountKey, OfAccount> = BTreeMap::new();
        for review in reviews {
            for (account, other) in [(&review.a, &review.b), (&review.b, &review.a)] {
                let of = accounts.entry(account.clone()).or_default();
                let tag = format!("review:{}", review.decision);
                if !of.tags.contains(&tag) {
                    of.tags.push(tag);
                    of.tags.sort();
                }
                of.lines.push(format!(
                    "{} with {} (journal {}): {}",
                    review.decision,
                    inert(other.as_str()),
                    review.seq,
                    inert(&review.because)
                ));
            }
        }
        Self(accounts)
    }

    pub(super) fn account(&self, account: Option<&AccountKey>) -> Option<&OfAccount> {
        self.0.get(account?)
    }
}
