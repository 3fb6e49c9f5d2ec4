//! Accounts compared, weighed and grouped as in a case.

use faisceau_graph::identities::{ClusterSettings, identities};
use faisceau_model::AccountKey;
use faisceau_model::rows::Link;
use faisceau_signals::{Material, Reference, compare};
use faisceau_weigh::{Calibration, Shifts, weigh};

use super::accounts::Population;
use super::figures::Grouped;

/// The floors of the tables, log10 LR. The default is among them.
pub const FLOORS: [f64; 5] = [1.0, 1.5, 2.0, 2.5, 3.0];

/// The floor of a case that compares so many accounts, log10 LR.
pub fn floor_for(accounts: usize) -> f64 {
    ClusterSettings::default().among(accounts).floor_log10
}

/// Groups at one floor, and their figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// The members of each group, in order.
    pub groups: Vec<Vec<AccountKey>>,
    /// The figures.
    pub figures: Grouped,
}

/// The links of all pairs of accounts.
pub fn links(
    population: &Population,
    reference: &Reference,
    calibration: &Calibration,
) -> Vec<Link> {
    let comparisons = compare(&Material {
        accounts: &population.accounts,
        account_rows: &[],
        devices: &[],
        posts: &population.posts,
        addresses: &[],
        media: &[],
        reference,
    });
    let count = population.accounts.len();
    let shifts = Shifts::of(&comparisons, calibration, true);
    weigh(&comparisons, calibration, &shifts, count * count.saturating_sub(1) / 2)
}

/// Groups the accounts with the default settings at another floor.
pub fn run(population: &Population, links: &[Link], floor: f64) -> Grouping {
    let settings = ClusterSettings { floor_log10: floor, ..ClusterSettings::default() };
    let key = |name: &String| population.accounts.iter().find(|a| a.to_string() == *name).cloned();
    let groups: Vec<Vec<AccountKey>> = identities(links, &settings)
        .iter()
        .map(|identity| {
            let mut members: Vec<AccountKey> = identity.members.iter().filter_map(key).collect();
            members.sort();
            members
        })
        .collect();
    let figures = Grouped::new(population, links, &groups, floor);
    Grouping { groups, figures }
}
