//! What connected components would join, for contrast. No case uses it.

use std::collections::BTreeMap;

use faisceau_model::rows::Link;
use faisceau_model::{AccountKey, Relation};

/// The groups of two and more that links with a total above `floor` hold together.
pub fn components(links: &[Link], floor: f64) -> Vec<Vec<AccountKey>> {
    let edges = || links.iter().filter(|l| l.relation == Relation::SameHand && l.total > floor);
    let mut group: BTreeMap<&AccountKey, usize> = BTreeMap::new();
    let mut members: Vec<Vec<&AccountKey>> = Vec::new();
    for account in edges().flat_map(|link| [&link.a, &link.b]) {
        group.entry(account).or_insert_with(|| {
            members.push(vec![account]);
            members.len() - 1
        });
    }
    for link in edges() {
        let (Some(&a), Some(&b)) = (group.get(&link.a), group.get(&link.b)) else { continue };
        let (kept, gone) = (a.min(b), a.max(b));
        if kept != gone {
            for account in std::mem::take(&mut members[gone]) {
                group.insert(account, kept);
                members[kept].push(account);
            }
        }
    }
    let mut groups: Vec<Vec<AccountKey>> = members
        .into_iter()
        .filter(|members| members.len() > 1)
        .map(|members| members.into_iter().cloned().collect())
        .collect();
    for members in &mut groups {
        members.sort();
    }
    groups.sort();
    groups
}
