//! What analysts decide of links: journalled, shown beside the likelihood ratio, never in it.

use std::collections::BTreeMap;

use faisceau_model::rows::Link;
use faisceau_model::{AccountKey, Decision, Review};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::case::Case;
use crate::error::CaseError;

/// The act of the journal.
const ACT: &str = "review";

/// Longest reason, in bytes: a sentence or two, not a memorandum.
const LONGEST_REASON: usize = 4_000;

impl Case {
    /// Journals a decision on the link of two accounts. Decisions are never taken back: a later one
    /// stands beside the earlier ones and counts.
    pub fn review(
        &mut self,
        (a, b): (&str, &str),
        decision: Decision,
        because: &str,
        who: &str,
        now: Timestamp,
    ) -> Result<Review, CaseError> {
        let because = because.trim();
        if because.is_empty() || because.len() > LONGEST_REASON {
            return Err(CaseError::Review {
                why: format!("a reason of 1 to {LONGEST_REASON} bytes stands beside a decision"),
            });
        }
        let (a, b) = pair(a, b)?;
        self.checked_record()?;
        let links: Vec<Link> = faisceau_tables::read(&self.tables())?;
        let figures = figures(&links, &a, &b);
        if figures.is_empty() {
            return Err(CaseError::Review {
                why: format!("{a} and {b} have no link that could be reviewed"),
            });
        }
        let fields = Map::from_iter([
            ("a".to_owned(), Value::from(a.as_str())),
            ("b".to_owned(), Value::from(b.as_str())),
            ("decision".to_owned(), Value::from(decision.as_str())),
            ("because".to_owned(), Value::from(because)),
            ("figures".to_owned(), Value::from(figures)),
        ]);
        self.store.write(who, now)?.record(ACT, fields)?;
        let made = self.reviews().into_iter().find(|review| (&review.a, &review.b) == (&a, &b));
        made.ok_or_else(|| CaseError::UnknownId(format!("{a} {b}")))
    }

    /// The last decision on each pair, in the order of the pairs.
    pub fn reviews(&self) -> Vec<Review> {
        let mut last: BTreeMap<(AccountKey, AccountKey), Review> = BTreeMap::new();
        for entry in self.store.journal().iter().filter(|entry| entry.act == ACT) {
            let text = |name: &str| entry.fields.get(name).and_then(Value::as_str);
            let parsed = || {
                let pair = pair(text("a")?, text("b")?).ok()?;
                Some((pair, text("decision")?.parse().ok()?, text("because")?))
            };
            let Some(((a, b), decision, because)) = parsed() else { continue };
            let earlier = last.get(&(a.clone(), b.clone())).map_or(0, |review| review.earlier + 1);
            let review = Review {
                a: a.clone(),
                b: b.clone(),
                decision,
                because: because.to_owned(),
                who: entry.who.clone(),
                at: entry.at.to_string(),
                seq: entry.seq,
                figures: text("figures").unwrap_or_default().to_owned(),
                earlier,
            };
            last.insert((a, b), review);
        }
        last.into_values().collect()
    }

    /// The last decision on a pair.
    pub(crate) fn review_of(&self, a: &AccountKey, b: &AccountKey) -> Option<Review> {
        self.reviews().into_iter().find(|review| (&review.a, &review.b) == (a, b))
    }
}

/// The links of a pair in figures; empty for a pair without a link.
pub(crate) fn figures(links: &[Link], a: &AccountKey, b: &AccountKey) -> String {
    let of_pair = links.iter().filter(|link| (&link.a, &link.b) == (a, b));
    let said = of_pair.map(|link| {
        let (total, low, high) = (link.total, link.total_low, link.total_high);
        format!("{} {total:+.2} [{low:+.2}; {high:+.2}]", link.relation)
    });
    said.collect::<Vec<_>>().join("; ")
}

/// Two accounts, the one that sorts first first.
pub(crate) fn pair(a: &str, b: &str) -> Result<(AccountKey, AccountKey), CaseError> {
    let key = |text: &str| -> Result<AccountKey, CaseError> {
        text.parse().map_err(|_| CaseError::UnknownId(text.to_owned()))
    };
    let (a, b) = (key(a)?, key(b)?);
    Ok(if a <= b { (a, b) } else { (b, a) })
}
