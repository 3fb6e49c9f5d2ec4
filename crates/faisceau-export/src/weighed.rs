//! What is said of a link in words: its propositions, its figures, its innocent explanations.
//!
//! A likelihood ratio stays a likelihood ratio: no format is given a percentage, and none of these
//! words says who holds an account.

use std::collections::BTreeMap;
use std::path::Path;

use faisceau_model::rows::{Explanation, Link};
use faisceau_model::{Family, Relation, Standing};
use faisceau_tables::{TableError, read};

/// What both accounts of a link may be, and what else.
pub const fn propositions(relation: Relation) -> (&'static str, &'static str) {
    match relation {
        Relation::SameHand => (
            "H1: one person controls both accounts",
            "H2: different persons of the same population control them",
        ),
        Relation::Coordination => (
            "H1: both accounts act together, in different hands",
            "H2: both accounts act independently of each other",
        ),
    }
}

/// The figure of a link: `log10 LR +2.31 [+1.20; +3.40]`.
pub(crate) fn figure(link: &Link) -> String {
    format!("log10 LR {:+.2} [{:+.2}; {:+.2}]", link.total, link.total_low, link.total_high)
}

/// A link in a sentence.
pub(crate) fn sentence(link: &Link) -> String {
    let (h1, h2) = propositions(link.relation);
    let (figure, compared, band) = (figure(link), link.pairs_compared, &link.band_en);
    let favours = link.favours.known().map(|proposition| format!(" for {proposition}"));
    format!(
        "{figure}, {band}{}. {h1}. {h2}. Found among {compared} pairs compared. A likelihood \
         ratio, not a probability of either proposition.",
        favours.unwrap_or_default()
    )
}

/// What a link is called: that two accounts were compared, not what came of it.
pub(crate) fn compared(link: &Link) -> String {
    format!("compared_for_{}", link.relation)
}

/// What each family says: figure, low, high, cap. A number that is none is left out.
pub(crate) fn families(link: &Link) -> impl Iterator<Item = (Family, [Option<f64>; 4])> + '_ {
    link.families().filter(|part| part.value.is_finite()).map(|part| {
        let all = [Some(part.value), part.low, part.high, part.cap];
        (part.family, all.map(|value| value.filter(|x| x.is_finite())))
    })
}

/// An explanation in a sentence.
pub(crate) fn explained(row: &Explanation) -> String {
    let standing = match row.standing {
        Standing::Supported => "something in the rows speaks for it",
        Standing::Contradicted => "something in the rows speaks against it",
        Standing::Open => "nothing in the rows decides it: it stands open",
    };
    let counted = match row.counted.join(", ") {
        none if none.is_empty() => String::new(),
        all => format!(" Counted: {all}."),
    };
    format!("Innocent explanation `{}` of link {}: {standing}.{counted}", row.code, row.link)
}

/// The links by their rows.
pub(crate) fn links(tables: &Path) -> Result<BTreeMap<String, Link>, TableError> {
    Ok(read::<Link>(tables)?.into_iter().map(|link| (link.id.to_string(), link)).collect())
}

/// The explanations in the order of their links and codes.
pub(crate) fn explanations(tables: &Path) -> Result<Vec<Explanation>, TableError> {
    let mut rows: Vec<Explanation> = read(tables)?;
    rows.sort_by(|x, y| (&x.link, &x.code, &x.id).cmp(&(&y.link, &y.code, &y.id)));
    Ok(rows)
}
