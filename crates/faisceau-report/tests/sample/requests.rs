//! Requests of the made-up case.

use faisceau_model::rows::Request;
use faisceau_model::{Absent, AccessKind, Head, Maybe, RowId};

use super::rows::{NOT_RECORDED, at, key};

pub(crate) fn request(
    n: usize,
    head: Head,
    addressee: &str,
    on: usize,
    last_day: Option<&str>,
    minimal: bool,
) -> Request {
    Request {
        id: RowId::derived("req", n),
        hop: 1,
        addressee: addressee.to_owned(),
        head,
        account: Maybe::Known(key(on)),
        ip: Maybe::Missing(Absent::NotApplicable),
        port: Maybe::Missing(Absent::NotApplicable),
        at: Maybe::Missing(Absent::NotApplicable),
        access: Maybe::Missing(Absent::NotApplicable),
        ground: Maybe::Known("222-33-2-2".into()),
        max_penalty: Maybe::Known(2.0),
        last_day: Maybe::or_absent(last_day.map(str::to_owned), Absent::NoData),
        expected: match head {
            Head::C1 => "subscriber_identity",
            Head::C2 => "subscription_data",
            Head::C3 => "connection_source",
        }
        .to_owned(),
        minimal,
        missing: if on == 4 { vec!["handle_only".into()] } else { Vec::new() },
        rows: vec![format!("posts?account={}", key(on))],
        key: format!("{head} {n}"),
        answered_by: Vec::new(),
    }
}

pub(crate) fn second_hop(
    n: usize,
    ip: &str,
    port: Option<i64>,
    access: AccessKind,
    expected: &str,
) -> Request {
    Request {
        hop: 2,
        account: Maybe::Missing(Absent::NotApplicable),
        ip: Maybe::Known(ip.to_owned()),
        port: Maybe::or_absent(port, NOT_RECORDED),
        at: Maybe::Known(at("2026-05-10T19:15:42Z")),
        access: Maybe::Known(access),
        expected: expected.to_owned(),
        missing: if port.is_none() { vec!["no_port".into()] } else { Vec::new() },
        ..request(n, Head::C1, "Opérateur d'Exemple SA", 0, Some("2027-05-09"), port.is_some())
    }
}

pub(super) fn requests() -> Vec<Request> {
    let mut out = Vec::new();
    for (i, (addressee, on, day)) in [
        ("X Internet Unlimited Company", 0, "2026-12-03"),
        ("X Internet Unlimited Company", 1, "2026-12-03"),
        ("Telegram Messenger Inc.", 2, "2026-12-19"),
        ("Meta Platforms Ireland Ltd", 3, "2027-01-08"),
        ("Hébergeur du forum (à déterminer)", 4, "2026-11-02"),
    ]
    .into_iter()
    .enumerate()
    {
        out.push(request(3 * i + 1, Head::C1, addressee, on, None, true));
        out.push(request(3 * i + 2, Head::C2, addressee, on, None, i < 3));
        out.push(request(3 * i + 3, Head::C3, addressee, on, Some(day), i < 4));
    }
    out.push(second_hop(16, "192.0.2.17", Some(51_544), AccessKind::AccessLine, "line_subscriber"));
    out.push(second_hop(17, "198.51.100.9", None, AccessKind::Cgnat, "shared_by_many"));
    out.push(second_hop(18, "203.0.113.200", None, AccessKind::TorExit, "dead_end_tor"));
    out
}
