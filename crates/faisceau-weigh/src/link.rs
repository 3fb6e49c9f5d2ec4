//! Links: all comparisons of a pair of accounts, weighed.
//!
//! In: comparisons, a calibration, and what it was found to be worth in this case. Out: one link for each pair that was compared at all, in
//! the order of the accounts.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Comparison, Link};
use faisceau_model::{Absent, AccountKey, Cap, Family, Lr, Maybe, Relation, RowId};

use crate::calibration::Calibration;
use crate::family;
use crate::unsupervised::Shifts;

/// Highest total in either direction: families were found independent two by two on a reference
/// of some hundred authors, which supports no more.
const TOTAL_CAP: f64 = 4.0;

/// Weighs the comparisons. `shifts` are those of the same comparisons; `pairs_compared` is the
/// number of pairs that were searched.
pub fn weigh(
    comparisons: &[Comparison],
    calibration: &Calibration,
    shifts: &Shifts,
    pairs_compared: usize,
) -> Vec<Link> {
    let mut pairs = BTreeMap::<(&AccountKey, &AccountKey, Relation), Vec<&Comparison>>::new();
    for comparison in comparisons {
        let relation = relation(comparison.family);
        pairs.entry((&comparison.a, &comparison.b, relation)).or_default().push(comparison);
    }
    let numbered = pairs.into_iter().enumerate();
    let link = |(at, (pair, comparisons)): (usize, (_, Vec<&Comparison>))| {
        link(at + 1, pair, &comparisons, (calibration, shifts), pairs_compared)
    };
    // The sum of LRs that exist always exists: no pair is left out here.
    numbered.filter_map(link).collect()
}

/// Acting together is another question than being one person: the two are never added.
fn relation(family: Family) -> Relation {
    match family {
        Family::Coordination => Relation::Coordination,
        _ => Relation::SameHand,
    }
}

fn link(
    number: usize,
    (a, b, relation): (&AccountKey, &AccountKey, Relation),
    comparisons: &[&Comparison],
    (calibration, shifts): (&Calibration, &Shifts),
    pairs_compared: usize,
) -> Option<Link> {
    let of = |wanted| {
        if self::relation(wanted) == relation {
            family::lr(wanted, comparisons, calibration, shifts)
        } else {
            Maybe::Missing(Absent::NotApplicable)
        }
    };
    let (style, time) = (of(Family::Style), of(Family::Time));
    let (network, media) = (of(Family::Network), of(Family::Media));
    let (identifiers, objects) = (of(Family::Identifiers), of(Family::Objects));
    let coordination = of(Family::Coordination);
    // Whoever copies a picture copies the link beside it: of what was posted the strongest counts.
    let posted = stronger(media, objects);
    let total = total(&[style, time, network, posted, identifiers, coordination])?;
    let band = total.band();
    let innocent: BTreeSet<&String> = comparisons.iter().flat_map(|c| &c.innocent).collect();
    Some(Link {
        id: RowId::derived("lnk", number),
        a: a.clone(),
        b: b.clone(),
        relation,
        style: style.map(Lr::log10),
        style_low: style.map(Lr::low),
        style_high: style.map(Lr::high),
        style_cap: style.map(|lr| lr.cap().high),
        time: time.map(Lr::log10),
        time_low: time.map(Lr::low),
        time_high: time.map(Lr::high),
        time_cap: time.map(|lr| lr.cap().high),
        network: network.map(Lr::log10),
        network_low: network.map(Lr::low),
        network_high: network.map(Lr::high),
        network_cap: network.map(|lr| lr.cap().high),
        media: media.map(Lr::log10),
        media_low: media.map(Lr::low),
        media_high: media.map(Lr::high),
        media_cap: media.map(|lr| lr.cap().high),
        identifiers: identifiers.map(Lr::log10),
        identifiers_low: identifiers.map(Lr::low),
        identifiers_high: identifiers.map(Lr::high),
        identifiers_cap: identifiers.map(|lr| lr.cap().high),
        objects: objects.map(Lr::log10),
        objects_low: objects.map(Lr::low),
        objects_high: objects.map(Lr::high),
        objects_cap: objects.map(|lr| lr.cap().high),
        coordination: coordination.map(Lr::log10),
        coordination_low: coordination.map(Lr::low),
        coordination_high: coordination.map(Lr::high),
        coordination_cap: coordination.map(|lr| lr.cap().high),
        total: total.log10(),
        total_low: total.low(),
        total_high: total.high(),
        total_cap: total.cap().high,
        band_fr: band.fr().to_owned(),
        band_en: band.en().to_owned(),
        favours: Maybe::or_absent(band.favours().map(str::to_owned), Absent::TooLittle),
        pairs_compared: pairs_compared as i64,
        innocent: innocent.into_iter().cloned().collect(),
        rows: comparisons.iter().map(|comparison| comparison.id.to_string()).collect(),
    })
}

/// The sum over the families. Ends are added too, which is wider than independence would give.
fn total(families: &[Maybe<Lr>]) -> Option<Lr> {
    let known = || families.iter().filter_map(Maybe::known);
    let sum = |of: &dyn Fn(&Lr) -> f64| known().map(of).sum::<f64>();
    let cap = Cap {
        low: sum(&|lr| lr.cap().low).max(-TOTAL_CAP),
        high: sum(&|lr| lr.cap().high).min(TOTAL_CAP),
    };
    let (log10, low, high) = (sum(&|lr| lr.log10()), sum(&|lr| lr.low()), sum(&|lr| lr.high()));
    // Sums of finite numbers in order are finite and in order up to rounding.
    Lr::calibrated(log10, low.min(log10), high.max(log10), cap)
}

fn stronger(one: Maybe<Lr>, other: Maybe<Lr>) -> Maybe<Lr> {
    match (one.known(), other.known()) {
        (Some(x), Some(y)) if y.log10() > x.log10() => other,
        (None, Some(_)) => other,
        _ => one,
    }
}
