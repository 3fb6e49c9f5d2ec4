//! What is weighed and asked in the made case.

use std::path::Path;

use faisceau_model::rows::{Explanation, Identity, Link, Request};
use faisceau_model::{Absent, AccessKind, Head, Maybe, Relation, RowId, Standing};
use faisceau_tables::write;

use super::{account, at, row_id};

pub(crate) fn tables(folder: &Path) {
    let links = vec![
        link(1, "forum:corbeau", "forum:ombre", 3.2),
        link(2, "forum:corbeau", "forum:merle", 0.4),
        link(3, "forum:merle", "forum:ombre", -1.1),
    ];
    write(folder, links).expect("a table");
    write(folder, explanations()).expect("a table");
    write(folder, identities()).expect("a table");
    write(folder, requests()).expect("a table");
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn link(number: usize, a: &str, b: &str, total: f64) -> Link {
    Link {
        style: Maybe::Known(total - 1.0),
        style_low: Maybe::Known(total - 1.5),
        style_high: Maybe::Known(total - 0.5),
        style_cap: Maybe::Known(2.5),
        network: Maybe::Known(1.0),
        network_low: Maybe::Known(0.5),
        network_high: Maybe::Known(1.5),
        network_cap: Maybe::Known(2.0),
        total,
        total_low: total - 1.0,
        total_high: total + 1.0,
        total_cap: 4.5,
        band_fr: if total > 2.0 { "soutien modéré" } else { "soutien limité" }.to_owned(),
        band_en: if total > 2.0 { "moderate support" } else { "limited support" }.to_owned(),
        favours: Maybe::Known(if total > 0.0 { "H1" } else { "H2" }.to_owned()),
        pairs_compared: 6,
        innocent: texts(&["shared_line"]),
        rows: texts(&["cmp:1"]),
        ..Link::new(number, account(a), account(b), Relation::SameHand)
    }
}

fn explanations() -> Vec<Explanation> {
    let one = |number, link, b: &str, code: &str, standing| Explanation {
        id: RowId::derived("exp", number),
        link: RowId::derived("lnk", link),
        a: account("forum:corbeau"),
        b: account(b),
        code: code.to_owned(),
        standing,
        counted: texts(&["days=3", "hours=7"]),
        explains: texts(&["cmp:1"]),
        rows: texts(&["con:1"]),
    };
    vec![
        one(1, 1, "forum:ombre", "shared_line", Standing::Open),
        one(2, 1, "forum:ombre", "copied_text", Standing::Contradicted),
        one(3, 2, "forum:merle", "shared_line", Standing::Supported),
    ]
}

fn identities() -> Vec<Identity> {
    vec![Identity {
        id: RowId::derived("idt", 1),
        members: texts(&[account("forum:corbeau").as_str(), account("forum:ombre").as_str()]),
        weakest_link: RowId::derived("lnk", 1),
        weakest: 3.2,
        cohesion: 3.2,
        would_split: texts(&["shared_line"]),
        would_join: Vec::new(),
        rows: texts(&["lnk:1"]),
    }]
}

fn requests() -> Vec<Request> {
    let one = |number, hop, last_day: Option<&str>, minimal, answered: &[&str]| Request {
        id: RowId::derived("req", number),
        hop,
        addressee: if hop == 1 { "forum" } else { "Ligne SA" }.to_owned(),
        head: if hop == 1 { Head::C1 } else { Head::C3 },
        account: Maybe::Known(account("forum:corbeau")),
        ip: Maybe::or_absent((hop == 2).then(|| "198.51.100.7".to_owned()), Absent::NotApplicable),
        port: Maybe::or_absent((hop == 2).then_some(40_003), Absent::NotApplicable),
        at: Maybe::Known(at("2026-03-02T21:09:00Z")),
        access: Maybe::Known(AccessKind::AccessLine),
        ground: Maybe::Missing(Absent::NotApplicable),
        max_penalty: Maybe::Known(3.0),
        last_day: Maybe::or_absent(last_day.map(str::to_owned), Absent::NoData),
        expected: "subscriber".to_owned(),
        minimal,
        missing: Vec::new(),
        key: format!("{hop} {number}"),
        answered_by: texts(answered),
        rows: vec![row_id("con", 33).to_string()],
    };
    vec![
        one(1, 1, Some("2027-03-02"), true, &[]),
        one(2, 2, Some("2027-03-01"), true, &[]),
        one(3, 1, None, false, &[]),
        one(4, 1, Some("2026-09-01"), false, &["3"]),
    ]
}
