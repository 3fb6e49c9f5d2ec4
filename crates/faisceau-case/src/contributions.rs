//! What habits and which words brought the texts of the weightiest links together, or set them apart.

use std::collections::BTreeSet;

use faisceau_model::rows::{Comparison, Contribution, Link};
use faisceau_signals::Material;
use faisceau_signals::style::explain_style;

/// Links whose parts are made: the strongest that favour H1, which the note details, and the
/// strongest that favour H2.
const DETAILED: [(&str, usize); 2] = [("H1", 12), ("H2", 6)];

/// The contributions of the comparisons behind these links.
pub(crate) fn contributions(
    material: &Material<'_>,
    comparisons: &[Comparison],
    links: &[Link],
) -> Vec<Contribution> {
    let mut wanted = BTreeSet::<&str>::new();
    for (side, most) in DETAILED {
        let favouring = |link: &&Link| link.favours.known().is_some_and(|own| own == side);
        let mut of_side: Vec<&Link> = links.iter().filter(favouring).collect();
        of_side.sort_by(|x, y| y.total.total_cmp(&x.total).then_with(|| x.id.cmp(&y.id)));
        if side == "H2" {
            of_side.reverse();
        }
        wanted.extend(of_side.iter().take(most).flat_map(|link| &link.rows).map(String::as_str));
    }
    let behind: Vec<&Comparison> =
        comparisons.iter().filter(|row| wanted.contains(row.id.as_str())).collect();
    explain_style(material, &behind)
}
