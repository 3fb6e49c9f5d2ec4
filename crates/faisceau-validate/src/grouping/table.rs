//! Figures as aligned lines.

use super::accounts::Population;
use super::figures::Grouped;

/// The head of the table.
pub const HEAD: &str = "population          calibrated on  words authors accounts  pairs  rule          \
    floor precision recall joined wrong groups mixed largest chained";

/// The lines of one population.
pub fn lines(
    (name, calibrated_on, words): (&str, &str, usize),
    population: &Population,
    figures: &[(&str, Grouped)],
) -> String {
    let share = |share: Option<f64>| share.map_or("-".to_owned(), |share| format!("{share:.3}"));
    let line = |(rule, grouped): &(&str, Grouped)| {
        format!(
            "{name:19} {calibrated_on:14} {words:5} {:7} {:8} {:6}  {rule:13} {:5.1} {:>9} {:>6} {:6} \
             {:5} {:6} {:5} {:7} {:7}\n",
            population.authors(),
            population.accounts.len(),
            grouped.true_pairs,
            grouped.floor,
            share(grouped.precision()),
            share(grouped.recall()),
            grouped.joined,
            grouped.joined - grouped.right,
            grouped.groups,
            grouped.mixed,
            grouped.largest,
            grouped.chained,
        )
    };
    figures.iter().map(line).collect()
}
