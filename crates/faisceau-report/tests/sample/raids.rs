//! Raids of the sample, a link of acting together, and what is shown beside the weights.

use faisceau_model::rows::{Comparison, Link, Raid};
use faisceau_model::{Absent, Band, Family, Maybe, Relation, RowId};

use super::{at, key, link};

pub(super) fn raids() -> Vec<Raid> {
    let raid = |n: usize, target: &str, kind: &str, members: &[usize], figures: (i64, f64, f64)| {
        let (acts, expected, log10_chance) = figures;
        Raid {
            id: RowId::derived("raid", n),
            target: target.to_owned(),
            target_kind: kind.to_owned(),
            onset: at("2026-05-12T19:02:11Z"),
            end: at("2026-05-12T19:09:48Z"),
            accounts: members.iter().map(|i| key(*i).to_string()).collect(),
            leaders: Vec::new(),
            followers: Vec::new(),
            acts,
            expected,
            log10_chance,
            searched: 1920,
            innocent: vec!["common_event".into()],
            rows: members.iter().map(|i| format!("post:1:/posts/{i}")).collect(),
        }
    };
    vec![
        Raid {
            leaders: vec![key(0).to_string()],
            followers: vec![key(5).to_string(), key(4).to_string()],
            innocent: vec!["busy_period".into(), "common_event".into(), "conversation".into()],
            ..raid(1, "compte_de_a", "account", &[0, 1, 5, 4, 3], (17, 0.42, -5.23))
        },
        raid(2, "jean.tiers@exemple.test", "account", &[2, 3, 5], (3, 0.11, -2.31)),
        raid(
            3,
            "https://exemple.test/un/chemin/assez/long/pour/une/cellule",
            "link",
            &[1, 2, 4],
            (4, 0.08, -2.75),
        ),
    ]
}

/// Two links of acting together: one for H1, one that says nothing.
pub(super) fn links() -> Vec<Link> {
    let one = |n: usize, b: usize, parts: [f64; 4]| {
        let [value, low, high, cap] = parts;
        let band = Band::of(low.max(0.0));
        let known = Maybe::Known;
        Link {
            relation: Relation::Coordination,
            coordination: known(value),
            coordination_low: known(low),
            coordination_high: known(high),
            coordination_cap: known(cap),
            band_fr: band.fr().to_owned(),
            band_en: band.en().to_owned(),
            favours: Maybe::or_absent(band.favours().map(str::to_owned), Absent::TooLittle),
            rows: vec![format!("cmp:{}", 100 + n)],
            ..link(n, 0, b, [None; 4], [value, low, high, cap], &["common_audience"])
        }
    };
    vec![one(8, 1, [1.21, 0.73, 1.5, 1.5]), one(9, 4, [0.10, 0.0, 0.14, 0.5])]
}

/// The comparisons behind these links, and one that is shown and not weighed.
pub(super) fn comparisons(template: &Comparison) -> Vec<Comparison> {
    let row = |n: usize, b: usize, signal: &str, family, unit: &str| Comparison {
        id: RowId::derived("cmp", n),
        a: key(0),
        b: key(b),
        signal: signal.to_owned(),
        family,
        unit: unit.to_owned(),
        access: Maybe::Missing(Absent::NotApplicable),
        shared: Maybe::Missing(Absent::NotApplicable),
        parts: Vec::new(),
        ..template.clone()
    };
    let known = |text: &str| Maybe::Known(text.to_owned());
    vec![
        Comparison {
            score: 2.8,
            material_a: 3,
            material_b: 3,
            ..row(108, 1, "shared_objects", Family::Coordination, "meetings")
        },
        Comparison {
            score: 0.9,
            material_a: 410,
            material_b: 288,
            shared: known("3 minutes in common, 0.4 expected, z 2.1, 40 shifts"),
            ..row(109, 4, "synchrony", Family::Coordination, "minutes")
        },
        Comparison {
            score: 1.97,
            material_a: 4,
            material_b: 4,
            shared: known("common minutes 0, expected 4.2, shifts 23, p fewer 0.043, p more 1.000"),
            ..row(110, 1, "shared_hands", Family::Time, "expected common minutes")
        },
        Comparison {
            score: 1.3,
            material_a: 8,
            material_b: 8,
            shared: known("jean.tiers@exemple.test"),
            ..row(111, 1, "shared_mail", Family::Identifiers, "accounts")
        },
    ]
}
