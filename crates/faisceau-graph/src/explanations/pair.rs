//! One link with what is known of its two accounts.

use faisceau_model::rows::{Comparison, Link};
use faisceau_model::{Family, Maybe};

use super::history::History;
use super::input::Case;

/// A link, its comparisons and its accounts.
pub(super) struct Pair<'a> {
    pub(super) link: &'a Link,
    /// The comparisons behind the link, in the order of their ids' numbers.
    pub(super) comparisons: Vec<&'a Comparison>,
    pub(super) a: &'a History<'a>,
    pub(super) b: &'a History<'a>,
    pub(super) case: &'a Case<'a>,
}

impl<'a> Pair<'a> {
    /// The comparisons that carry a code.
    pub(super) fn raising(&self, code: &str) -> Vec<&'a Comparison> {
        let carries = |c: &&&Comparison| c.innocent.iter().any(|own| own == code);
        self.comparisons.iter().filter(carries).copied().collect()
    }

    /// Whether a comparison carries a code.
    pub(super) fn raises(&self, code: &str) -> bool {
        self.comparisons.iter().any(|c| c.innocent.iter().any(|own| own == code))
    }

    /// Whether the link favours a proposition.
    pub(super) fn favours(&self, proposition: &str) -> bool {
        self.link.favours.known().is_some_and(|favoured| favoured == proposition)
    }

    /// Whether a family speaks for nearness (H1, or acting together).
    pub(super) fn leans_near(&self, family: Family) -> bool {
        self.lr(family).is_some_and(|lr| lr > 0.0)
    }

    /// Whether a family speaks for distance (H2).
    pub(super) fn leans_far(&self, family: Family) -> bool {
        self.lr(family).is_some_and(|lr| lr < 0.0)
    }

    /// The comparisons of some families.
    pub(super) fn of_families(&self, families: &[Family]) -> Vec<&'a Comparison> {
        let inside = |c: &&&Comparison| families.contains(&c.family);
        self.comparisons.iter().filter(inside).copied().collect()
    }

    /// Home lines that both accounts were seen on.
    pub(super) fn common_lines(&self) -> Vec<&'a Comparison> {
        let line = |c: &&&Comparison| {
            c.family == Family::Network
                && c.access == Maybe::Known(faisceau_model::AccessKind::AccessLine)
        };
        self.comparisons.iter().filter(line).copied().collect()
    }

    fn lr(&self, family: Family) -> Option<f64> {
        let link = self.link;
        let value = match family {
            Family::Style => &link.style,
            Family::Time => &link.time,
            Family::Network => &link.network,
            Family::Media => &link.media,
            Family::Identifiers => &link.identifiers,
            Family::Objects => &link.objects,
            Family::Coordination => &link.coordination,
        };
        value.known().copied()
    }
}

impl Pair<'_> {
    /// The posts of both accounts, as selections.
    pub(super) fn posts_of_both(&self) -> [String; 2] {
        let of = |key: &faisceau_model::AccountKey| {
            faisceau_model::selection("posts", &[("account", key.as_str())])
        };
        [of(&self.link.a), of(&self.link.b)]
    }
}
