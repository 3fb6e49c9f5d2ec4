//! Offences, their circumstances and maxima; motives; traps of press law.

use serde::Deserialize;

use super::facts::Fact;
use super::parse::Status;

/// An offence of the criminal code.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// Article of the criminal code.
    pub article: String,
    /// Its name.
    pub name: String,
    /// Groups of facts: the case must state at least one of each group.
    pub when: Vec<Vec<Fact>>,
    /// Maximum imprisonment without circumstance, in years.
    pub years: f64,
    /// Maximum fine without circumstance, in euros.
    pub fine_eur: Option<u32>,
    /// Aggravating circumstances.
    #[serde(default)]
    pub circumstance: Vec<Circumstance>,
    /// Higher maxima.
    #[serde(default)]
    pub tier: Vec<Tier>,
    /// Articles of the motives that may raise the maximum.
    #[serde(default)]
    pub motives: Vec<String>,
    /// Elements still to be proved.
    #[serde(default)]
    pub to_prove: Vec<Proof>,
    /// Traps.
    pub traps: Vec<String>,
    /// Whether prosecution needs a complaint of the victim.
    pub complaint_required: bool,
    /// How far the entry was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Where it comes from.
    pub source: String,
}

/// An aggravating circumstance and where the article names it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circumstance {
    /// The fact.
    pub fact: Fact,
    /// The number in the article.
    #[serde(rename = "ref")]
    pub reference: String,
}

/// A higher maximum.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// How many circumstances it takes.
    pub at_least: usize,
    /// The circumstances that count; all of them when empty.
    #[serde(default)]
    pub of: Vec<Fact>,
    /// Maximum imprisonment, in years.
    pub years: f64,
    /// Maximum fine, in euros.
    pub fine_eur: Option<u32>,
}

/// An element to be proved, unless the case states the fact that carries it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The element.
    pub text: String,
    /// The fact that carries it.
    pub fact: Option<Fact>,
}

/// A motive that raises the maximum imprisonment (132-76, 132-77).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Motive {
    /// Article of the criminal code.
    pub article: String,
    /// The fact that states it.
    pub fact: Fact,
    /// Maxima up to this many years are doubled.
    pub double_up_to: f64,
    /// Higher maxima that are raised.
    pub steps: Vec<MotiveStep>,
    /// Circumstances which, when they already aggravate the offence, exclude the motive.
    pub excluded_with: Vec<Fact>,
    /// How far the entry was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Where it comes from.
    pub source: String,
}

/// A maximum and what a motive makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MotiveStep {
    /// The maximum without the motive, in years.
    pub from: f64,
    /// The maximum with it, in years.
    pub to: f64,
}

/// A trap of press law: a deadline, never a ground.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Press {
    /// Its code.
    pub code: String,
    /// What it covers.
    pub name: String,
    /// The code of its deadline.
    pub deadline: String,
    /// The trap.
    pub trap: String,
    /// How far the entry was checked.
    pub status: Status,
    /// Day of the last check, ISO 8601.
    pub checked: String,
    /// Where it comes from.
    pub source: String,
}
