//! Figures drawn from rows: what each shows, as values that a test can count again.
//!
//! In: counts of rows, links. Out: drawings that say nothing by colour alone, an alternative text
//! with every value, and the same values as a table for a renderer that draws nothing.

use serde::Serialize;

use crate::language::{Language, said};
use crate::sentence::Support;
use crate::text::Text;

/// A drawing with its caption, its values in words, and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// `F1`.
    pub id: String,
    /// What it shows.
    pub caption: Text,
    /// Its values in words, for whoever does not see it.
    pub alt: Text,
    /// What is drawn.
    pub drawing: Drawing,
    /// What it rests on.
    pub support: Support,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Drawing {
    /// Messages in time, a lane an account.
    Timeline(Timeline),
    /// Messages by day of the week and hour, an account beside the other.
    Hours(Hours),
    /// Accounts and the links between them.
    Network(Network),
    /// Counts as bars.
    Counts(Counts),
}

/// Messages in time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timeline {
    /// What a bar stands for.
    pub unit: Span,
    /// The first day of each bar, UTC, ISO 8601.
    pub starts: Vec<String>,
    /// Where the scale is labelled: number of the bar, label.
    pub ticks: Vec<(usize, String)>,
    /// Where something else stands in time: number of the bar, label.
    pub marks: Vec<(usize, String)>,
    /// The accounts.
    pub lanes: Vec<Lane>,
}

/// How many days a bar of a timeline holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// One.
    Day,
    /// Seven.
    Week,
    /// Thirty.
    ThirtyDays,
    /// Three hundred and sixty-five.
    Year,
}

impl Span {
    /// In days.
    pub const fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::ThirtyDays => 30,
            Self::Year => 365,
        }
    }

    /// In words: `jour`, `day`.
    pub fn words(self, lang: Language) -> &'static str {
        match self {
            Self::Day => lang.pick("jour", "day"),
            Self::Week => lang.pick("semaine", "week"),
            Self::ThirtyDays => lang.pick("période de trente jours", "period of thirty days"),
            Self::Year => lang.pick("période de 365 jours", "period of 365 days"),
        }
    }
}

/// One account in a timeline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    /// The account.
    pub label: Text,
    /// Messages in each bar.
    pub counts: Vec<u64>,
    /// Messages that fill the height: the same for all accounts, another for what is summed.
    pub full: u64,
}

/// Messages by day of the week and hour.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hours {
    /// The accounts, side by side.
    pub grids: Vec<HourGrid>,
}

/// The week of an account.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HourGrid {
    /// The account.
    pub label: Text,
    /// Seven days from Monday, twenty-four hours each.
    pub counts: Vec<Vec<u64>>,
}

/// Accounts and links. Lengths are shares of the width of the drawing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Network {
    /// The height.
    pub height: f64,
    /// The accounts.
    pub nodes: Vec<Node>,
    /// The links.
    pub edges: Vec<Edge>,
}

/// An account in a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Node {
    /// The account.
    pub label: Text,
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Where its label stands: -1 left, 0 below, 1 right.
    pub side: i8,
}

/// A link in a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edge {
    /// The link.
    pub link: String,
    /// Number of one account.
    pub a: usize,
    /// Number of the other.
    pub b: usize,
    /// The band in words.
    pub band: String,
    /// The total, log10 LR.
    pub value: f64,
    /// Thickness from 1 (weakest band) to 6.
    pub weight: u8,
    /// Whether it answers the question of acting together, not that of one hand.
    pub together: bool,
    /// Where on the line its words stand, from 0 to 1; nowhere where there is no room.
    pub at: Option<f64>,
}

/// Counts as bars.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Counts {
    /// What is counted, plural.
    pub unit: String,
    /// The bars.
    pub rows: Vec<Count>,
}

/// A count.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Count {
    /// What is counted.
    pub label: Text,
    /// How many.
    pub value: u64,
    /// What stands beside the number.
    pub beside: Text,
}

impl Figure {
    /// Its texts in the order of reading.
    pub fn texts(&self) -> Vec<&Text> {
        let labels: Vec<&Text> = match &self.drawing {
            Drawing::Timeline(drawing) => drawing.lanes.iter().map(|lane| &lane.label).collect(),
            Drawing::Hours(drawing) => drawing.grids.iter().map(|grid| &grid.label).collect(),
            Drawing::Network(drawing) => drawing.nodes.iter().map(|node| &node.label).collect(),
            Drawing::Counts(drawing) => {
                drawing.rows.iter().flat_map(|row| [&row.label, &row.beside]).collect()
            }
        };
        [&self.caption, &self.alt].into_iter().chain(labels).collect()
    }

    /// Its values as a table: heads, rows.
    pub fn table(&self, lang: Language) -> (Vec<String>, Vec<Vec<Text>>) {
        let number = |n: &u64| Text::from(lang.count(*n));
        let account = lang.pick("Compte", "Account");
        match &self.drawing {
            Drawing::Timeline(drawing) => {
                let used =
                    |at: &usize| drawing.lanes.iter().any(|lane| lane.counts.get(*at) > Some(&0));
                let shown: Vec<usize> = (0..drawing.starts.len()).filter(used).collect();
                let start = |at: &usize| drawing.starts.get(*at).cloned().unwrap_or_default();
                let heads = std::iter::once(account.to_owned()).chain(shown.iter().map(start));
                let row = |lane: &Lane| {
                    let counts = shown.iter().filter_map(|at| lane.counts.get(*at)).map(number);
                    std::iter::once(lane.label.clone()).chain(counts).collect()
                };
                (heads.collect(), drawing.lanes.iter().map(row).collect())
            }
            Drawing::Hours(drawing) => {
                let hours = (0..24).map(|at| hour(lang, at));
                let heads =
                    [account, lang.pick("Jour", "Day")].map(str::to_owned).into_iter().chain(hours);
                let rows = drawing.grids.iter().flat_map(|grid| {
                    grid.counts.iter().zip(days(lang)).map(|(hours, day)| {
                        let lead = [grid.label.clone(), day.into()];
                        lead.into_iter().chain(hours.iter().map(number)).collect()
                    })
                });
                (heads.collect(), rows.collect())
            }
            Drawing::Network(drawing) => {
                let heads = [
                    lang.pick("Rapprochement", "Link"),
                    account,
                    account,
                    lang.pick("Soutien", "Support"),
                    "log10",
                ];
                let name = |n: usize| drawing.nodes.get(n).map(|node| node.label.clone());
                let row = |edge: &Edge| {
                    vec![
                        Text::new().code(&edge.link),
                        name(edge.a).unwrap_or_default(),
                        name(edge.b).unwrap_or_default(),
                        edge.band.as_str().into(),
                        lang.signed(edge.value).into(),
                    ]
                };
                (heads.map(str::to_owned).into(), drawing.edges.iter().map(row).collect())
            }
            Drawing::Counts(drawing) => {
                let heads = [String::new(), drawing.unit.clone(), String::new()];
                let row =
                    |row: &Count| vec![row.label.clone(), number(&row.value), row.beside.clone()];
                (heads.into(), drawing.rows.iter().map(row).collect())
            }
        }
    }
}

/// The days of the week, Monday first.
pub(crate) const fn days(lang: Language) -> [&'static str; 7] {
    match lang {
        Language::French => {
            ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
        }
        Language::English => {
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        }
    }
}

/// An hour of the day: `9 h`, `09h`.
pub(crate) fn hour(lang: Language, hour: usize) -> String {
    said!(lang, "{hour}\u{a0}h", "{hour:02}h")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_are_those_of_the_language() {
        assert_eq!(Language::ALL.map(|lang| hour(lang, 9)), ["9\u{a0}h", "09h"]);
        assert_eq!(Language::ALL.map(|lang| days(lang)[6]), ["dimanche", "Sunday"]);
        assert_eq!(Language::ALL.map(|lang| Span::Week.words(lang)), ["semaine", "week"]);
    }
}
