//! Comparisons and links of the made-up case.

use faisceau_model::rows::{Comparison, Link};
use faisceau_model::{Absent, AccessKind, Band, Family, Maybe, Relation, RowId};

use super::rows::key;

/// One family: value, low, high, cap.
pub(super) type Part = Option<(f64, f64, f64, f64)>;

pub(crate) fn link(
    n: usize,
    a: usize,
    b: usize,
    parts: [Part; 4],
    total: [f64; 4],
    innocent: &[&str],
) -> Link {
    let [style, time, network, media] = parts;
    let known = |part: Part, pick: fn((f64, f64, f64, f64)) -> f64| {
        Maybe::or_absent(part.map(pick), Absent::TooLittle)
    };
    let [sum, low, high, cap] = total;
    let band = Band::of(if sum >= 0.0 { low.max(0.0) } else { high.min(0.0) });
    let rows: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(_, part)| part.is_some())
        .map(|(i, _)| RowId::derived("cmp", n * 4 + i - 3).to_string())
        .collect();
    Link {
        style: known(style, |p| p.0),
        style_low: known(style, |p| p.1),
        style_high: known(style, |p| p.2),
        style_cap: known(style, |p| p.3),
        time: known(time, |p| p.0),
        time_low: known(time, |p| p.1),
        time_high: known(time, |p| p.2),
        time_cap: known(time, |p| p.3),
        network: known(network, |p| p.0),
        network_low: known(network, |p| p.1),
        network_high: known(network, |p| p.2),
        network_cap: known(network, |p| p.3),
        media: known(media, |p| p.0),
        media_low: known(media, |p| p.1),
        media_high: known(media, |p| p.2),
        media_cap: known(media, |p| p.3),
        total: sum,
        total_low: low,
        total_high: high,
        total_cap: cap,
        band_fr: band.fr().to_owned(),
        band_en: band.en().to_owned(),
        favours: Maybe::or_absent(band.favours().map(str::to_owned), Absent::NotApplicable),
        pairs_compared: 15,
        innocent: innocent.iter().map(ToString::to_string).collect(),
        rows,
        ..Link::new(n, key(a), key(b), Relation::SameHand)
    }
}

pub(super) fn comparisons(links: &[Link]) -> Vec<Comparison> {
    let signals = [
        (Family::Style, "writing_style", 0.712, "words"),
        (Family::Time, "posting_times", 4.31, "active hours"),
        (Family::Network, "shared_address", 1.0, "accounts"),
        (Family::Media, "same_camera", 1.0, "accounts"),
    ];
    let mut out = Vec::new();
    for link in links {
        for id in &link.rows {
            let number: usize = id.trim_start_matches("cmp:").parse().expect("a number");
            let (family, signal, score, unit) = signals[(number - 1) % 4];
            let network = family == Family::Network;
            out.push(Comparison {
                id: id.parse().expect("an id"),
                a: link.a.clone(),
                b: link.b.clone(),
                signal: signal.to_owned(),
                family,
                score,
                material_a: 1250,
                material_b: 840,
                unit: unit.to_owned(),
                access: Maybe::or_absent(
                    network.then_some(AccessKind::AccessLine),
                    Absent::NotApplicable,
                ),
                shared: Maybe::or_absent(
                    network.then(|| "192.0.2.17".to_owned()),
                    Absent::NotApplicable,
                ),
                parts: match family {
                    Family::Style => {
                        ["char_impostors=1.2300", "lambda_g=0.4120"].map(Into::into).into()
                    }
                    Family::Time => {
                        ["hour_of_week=4.1000", "posting_gaps=0.8400"].map(Into::into).into()
                    }
                    _ => Vec::new(),
                },
                innocent: link.innocent.clone(),
                rows: vec![format!("posts?account={}", link.a)],
            });
        }
    }
    out
}

pub(super) fn links() -> Vec<Link> {
    vec![
        link(
            1,
            0,
            1,
            [
                Some((1.42, 1.02, 1.80, 2.0)),
                Some((0.61, 0.22, 0.95, 1.0)),
                Some((1.50, 1.10, 1.50, 1.5)),
                None,
            ],
            [3.53, 2.34, 4.25, 4.5],
            &["same_household", "reassigned_address"],
        ),
        link(
            2,
            0,
            2,
            [Some((1.10, 0.70, 1.52, 2.0)), Some((-0.35, -0.80, 0.10, 1.0)), None, None],
            [0.75, 0.32, 1.62, 3.0],
            &["copied_text"],
        ),
        link(
            3,
            1,
            2,
            [
                Some((0.95, 0.50, 1.40, 2.0)),
                Some((0.40, 0.05, 0.75, 1.0)),
                None,
                Some((1.2, 0.9, 1.2, 1.2)),
            ],
            [2.55, 1.45, 3.35, 4.2],
            &[],
        ),
        link(
            4,
            0,
            3,
            [Some((-1.30, -1.70, -0.90, 2.0)), None, None, None],
            [-1.30, -1.70, -0.90, 2.0],
            &["impersonation"],
        ),
        link(
            5,
            1,
            3,
            [Some((0.10, -0.40, 0.60, 2.0)), None, None, None],
            [0.10, -0.40, 0.60, 2.0],
            &["shared_site", "vpn_exit"],
        ),
        link(
            6,
            2,
            3,
            [Some((0.05, -0.45, 0.55, 2.0)), None, None, None],
            [0.05, -0.45, 0.55, 2.0],
            &[],
        ),
        link(
            7,
            3,
            5,
            [None, None, Some((0.70, 0.40, 0.70, 0.7)), None],
            [0.70, 0.40, 0.70, 0.7],
            &["shared_site"],
        ),
    ]
}

/// A common mail address, which adds a family to the link.
pub(super) fn identifiers(link: &mut Link) {
    link.identifiers = Maybe::Known(0.5);
    link.identifiers_low = Maybe::Known(0.3);
    link.identifiers_high = Maybe::Known(0.7);
    link.identifiers_cap = Maybe::Known(1.0);
    (link.total, link.total_low, link.total_high, link.total_cap) = (4.03, 2.64, 4.95, 5.5);
    link.rows.push("cmp:111".to_owned());
}
