//! What the annexes of the made-up case are made of: rejects, datasets, figures.

use faisceau_model::rows::Reject;
use faisceau_model::{ExhibitNo, RejectReason};
use faisceau_report::{DatasetLine, TippettPoint, ValidationLine};

use super::rows::line;

pub(super) fn rejects() -> Vec<Reject> {
    let new = |no: u32, n: u64, reason, excerpt: &[u8]| {
        Reject::new(ExhibitNo::top(no), line(n), reason, "a log line", excerpt)
    };
    let mut out: Vec<Reject> = (1..=7)
        .map(|n| {
            new(
                5,
                n * 31,
                RejectReason::Syntax,
                b"\x1b[31m192.0.2.1 - - [bad \"#panic(1)\" $x$ *b* @ref",
            )
        })
        .collect();
    out.push(new(5, 400, RejectReason::Truncated, b"192.0.2.4 - - [12/May/2026:10"));
    out.push(new(3, 12, RejectReason::Time, b"{\"date\": \"2026-02-30T00:00:00\"}"));
    out.extend((20..33).map(|n| new(3, n, RejectReason::SetAside, b"{\"type\": \"service\"}")));
    out
}

pub(super) fn datasets() -> Vec<DatasetLine> {
    let new =
        |id: &str, title: &str, date: &str, days: Option<(i64, i64)>, gaps: i64| DatasetLine {
            id: id.to_owned(),
            title: title.to_owned(),
            date: date.to_owned(),
            licence: "CC BY 4.0".to_owned(),
            credit: "Données d'exemple".to_owned(),
            sha256: "9f".repeat(32),
            covers: "adresses IPv4 et IPv6".to_owned(),
            days_min: days.map(|d| d.0),
            days_max: days.map(|d| d.1),
            gaps,
        };
    vec![
        new("tor-exits", "Relais de sortie Tor", "2026-03 à 2026-06", Some((0, 2)), 53),
        new("dbip-country", "Pays des adresses", "2026-05-01", Some((0, 62)), 0),
        new("vpn-ranges", "Plages de VPN commerciaux", "2026-02-11", Some((20, 140)), 0),
        new("style-fr-ref", "Population de référence, français court", "2026-01-15", None, 0),
    ]
}

pub(super) fn validation() -> Vec<ValidationLine> {
    let tippett = |steep: f64| -> Vec<TippettPoint> {
        (-12..=12_i32)
            .map(|n| {
                let x = f64::from(n) / 4.0;
                let share = |at: f64| {
                    let t = (x - at) * steep;
                    0.5 - t / (2.0 * (1.0 + t * t).sqrt())
                };
                TippettPoint { log10_lr: x, same: share(1.0), different: share(-1.0) }
            })
            .collect()
    };
    let new = |signal: &str, condition: &str, unit: &str, material: i64, figures: [f64; 5]| {
        ValidationLine {
            signal: signal.to_owned(),
            condition: condition.to_owned(),
            corpus: "style-fr-ref".to_owned(),
            material,
            unit: unit.to_owned(),
            pairs_same: 88,
            pairs_diff: 7656,
            auc: Some(figures[0]),
            eer: figures[1],
            cllr: figures[2],
            cllr_min: figures[3],
            misleading_10: figures[4],
            misleading_100: 0.0021,
            floor: Some(-1.21),
            cap: Some(1.94),
            tippett: tippett(2.5),
        }
    };
    let mut out = Vec::new();
    for condition in ["", "small_population", "foreign_population"] {
        for words in [100, 140, 180, 250, 350, 500, 700, 1000] {
            let figures = [0.861, 0.22, 0.65, 0.62, 0.011];
            out.push(new("writing_style", condition, "words", words, figures));
        }
    }
    for signal in ["hour_of_week", "posting_times"] {
        for hours in [2, 4, 8, 15, 30, 60, 120] {
            let figures = [0.712, 0.31, 0.91, 0.88, 0.004];
            out.push(new(signal, "", "active hours", hours, figures));
        }
    }
    out
}
