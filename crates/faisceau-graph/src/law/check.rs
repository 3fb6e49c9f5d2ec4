//! What must hold between the entries of the law files.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::facts::Fact;
use super::offences::Offence;
use super::parse::{Law, LawError};

/// Refuses guillemets in a text that speaks of the LCEN: its wording in force was found in no
/// stored copy, so that a quotation could only be invented.
pub(super) fn quotations(file: &'static str, table: &toml::Table) -> Result<(), LawError> {
    table.iter().try_for_each(|(key, value)| quoted(file, key, value))
}

fn quoted(file: &'static str, key: &str, value: &toml::Value) -> Result<(), LawError> {
    match value {
        toml::Value::String(text) if text.contains("LCEN") && text.contains(['«', '»']) => {
            Err(entry(file, key, "guillemets in a text that speaks of the LCEN"))
        }
        toml::Value::Array(items) => items.iter().try_for_each(|item| quoted(file, key, item)),
        toml::Value::Table(table) => quotations(file, table),
        _ => Ok(()),
    }
}

/// Refuses entries that refer to nothing, repeat each other or say when they were not checked.
pub(super) fn check(law: &Law) -> Result<(), LawError> {
    provenance(law)?;
    categories(law)?;
    offences(law)?;
    gravity(law)?;
    addressees(law)
}

fn entry(file: &'static str, entry: &str, problem: impl Into<String>) -> LawError {
    LawError::Entry { file, entry: entry.to_owned(), problem: problem.into() }
}

fn provenance(law: &Law) -> Result<(), LawError> {
    let mut seen = BTreeSet::new();
    for e in law.entries() {
        if e.checked.parse::<Date>().is_err() {
            return Err(entry(e.file, e.name, format!("`checked` is `{}`, not a date", e.checked)));
        }
        if e.source.trim().is_empty() {
            return Err(entry(e.file, e.name, "`source` is empty"));
        }
        if !seen.insert((e.file, e.name)) {
            return Err(entry(e.file, e.name, "stands twice"));
        }
    }
    Ok(())
}

fn categories(law: &Law) -> Result<(), LawError> {
    for category in &law.categories {
        if law.deadline(&category.deadline).is_none() {
            let problem = format!("there is no deadline `{}`", category.deadline);
            return Err(entry("categories.toml", &category.code, problem));
        }
        if category.requestable != category.head.is_some() {
            let problem = "a category has a head if, and only if, it may be requested";
            return Err(entry("categories.toml", &category.code, problem));
        }
    }
    for press in &law.press {
        if law.deadline(&press.deadline).is_none() {
            let problem = format!("there is no deadline `{}`", press.deadline);
            return Err(entry("offences.toml", &press.code, problem));
        }
    }
    Ok(())
}

fn offences(law: &Law) -> Result<(), LawError> {
    for offence in &law.offences {
        if let Some(problem) = offence_problem(law, offence) {
            return Err(entry("offences.toml", &offence.article, problem));
        }
    }
    for motive in &law.motives {
        if !law.labels.contains_key(&motive.fact) {
            let problem = format!("{:?} has no label", motive.fact);
            return Err(entry("offences.toml", &motive.article, problem));
        }
        let years = motive.steps.iter().flat_map(|step| [step.from, step.to]);
        if !years.chain([motive.double_up_to]).all(plausible) {
            return Err(entry("offences.toml", &motive.article, "a number of years is absurd"));
        }
    }
    Ok(())
}

fn offence_problem(law: &Law, offence: &Offence) -> Option<String> {
    if offence.when.is_empty() || offence.when.iter().any(Vec::is_empty) {
        return Some("an offence without facts holds for any case".to_owned());
    }
    let circumstances: BTreeSet<Fact> = offence.circumstance.iter().map(|c| c.fact).collect();
    let named = offence.when.iter().flatten().chain(&circumstances);
    if let Some(fact) = named
        .chain(offence.to_prove.iter().filter_map(|p| p.fact.as_ref()))
        .find(|fact| !law.labels.contains_key(fact))
    {
        return Some(format!("{fact:?} has no label"));
    }
    if let Some(fact) =
        offence.tier.iter().flat_map(|tier| &tier.of).find(|fact| !circumstances.contains(fact))
    {
        return Some(format!("{fact:?} is not one of its circumstances"));
    }
    if let Some(tier) = offence.tier.iter().find(|tier| {
        let of = if tier.of.is_empty() { circumstances.len() } else { tier.of.len() };
        tier.at_least == 0 || tier.at_least > of
    }) {
        return Some(format!("no case can state {} of those circumstances", tier.at_least));
    }
    if let Some(article) =
        offence.motives.iter().find(|a| law.motives.iter().all(|motive| motive.article != **a))
    {
        return Some(format!("there is no motive `{article}`"));
    }
    let years = offence.tier.iter().map(|tier| tier.years).chain([offence.years]);
    (!years.into_iter().all(plausible)).then(|| "a number of years is absurd".to_owned())
}

/// Thirty years is the longest term of the criminal code.
fn plausible(years: f64) -> bool {
    years > 0.0 && years <= 30.0
}

fn gravity(law: &Law) -> Result<(), LawError> {
    let starts: Vec<f64> = law.gravity.iter().map(|step| step.min_years).collect();
    if starts.first() != Some(&0.0) {
        return Err(entry("gravity.toml", "min_years", "the steps do not start at 0"));
    }
    if !starts.is_sorted_by(|a, b| a < b) || !starts.iter().all(|x| x.is_finite()) {
        return Err(entry("gravity.toml", "min_years", "two steps start at the same maximum"));
    }
    if !law.gravity.is_sorted_by(|a, b| a.level <= b.level) {
        return Err(entry("gravity.toml", "level", "a graver offence gives less"));
    }
    Ok(())
}

fn addressees(law: &Law) -> Result<(), LawError> {
    let mut seen = BTreeSet::new();
    for to in &law.addressees {
        let platforms = to.platforms.iter().map(|p| format!("platform {p}"));
        let systems = to.asn.iter().map(|n| format!("AS {n}"));
        let domains = to.domains.iter().map(|d| format!("domain {d}"));
        for key in platforms.chain(systems).chain(domains) {
            if seen.contains(&key) {
                let problem = format!("{key} belongs to another addressee too");
                return Err(entry("addressees.toml", &to.code, problem));
            }
            seen.insert(key);
        }
    }
    Ok(())
}
