//! What an analyst decided of a link, as the journal keeps it.
//!
//! A decision stands beside the likelihood ratio and never changes it. Dismissed links are shown
//! and exported like the others: whoever contests them must be able to see them.

use crate::ids::AccountKey;
use crate::words::Decision;

/// The last decision on a pair of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The account that sorts first.
    pub a: AccountKey,
    /// The account that sorts second.
    pub b: AccountKey,
    /// What was decided.
    pub decision: Decision,
    /// Why, in the analyst's words; whoever shows them makes them inert.
    pub because: String,
    /// Who decided.
    pub who: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The line of the journal.
    pub seq: u64,
    /// The links of the pair as they were weighed when it was decided:
    /// `same_hand +3.59 [+2.10; +4.00]; coordination +0.40 […]`. Empty where a journal does not say.
    pub figures: String,
    /// Earlier decisions on the same pair.
    pub earlier: usize,
}
