//! The twelve suites of mail-auth: records, envelopes, expected results.

use faisceau_model::rows::Name;
use faisceau_model::{Absent, ExhibitNo, Place, RowId};

use super::*;

const SUITES: [&str; 12] = [
    include_str!("../../../tests/fixtures/mail/spf/a.yml"),
    include_str!("../../../tests/fixtures/mail/spf/all.yml"),
    include_str!("../../../tests/fixtures/mail/spf/basic.yml"),
    include_str!("../../../tests/fixtures/mail/spf/examples.yml"),
    include_str!("../../../tests/fixtures/mail/spf/exists.yml"),
    include_str!("../../../tests/fixtures/mail/spf/exp.yml"),
    include_str!("../../../tests/fixtures/mail/spf/include.yml"),
    include_str!("../../../tests/fixtures/mail/spf/ip.yml"),
    include_str!("../../../tests/fixtures/mail/spf/macro.yml"),
    include_str!("../../../tests/fixtures/mail/spf/mx.yml"),
    include_str!("../../../tests/fixtures/mail/spf/ptr.yml"),
    include_str!("../../../tests/fixtures/mail/spf/redirect.yml"),
];

/// Where the RFC says otherwise than the suites: domain, address, what the RFC gives, and why.
const BY_THE_RFC: [(&str, &str, &str); 4] = [
    // Section 4.6: a syntax error anywhere in the record is a permanent error.
    ("test.org", "10.0.0.1", "permerror"),
    // Section 4.6.4: the third look-up that finds nothing ends the evaluation.
    ("ok.test.org", "172.168.0.1", "permerror"),
    // Section 5.7: `exists` asks for A, whatever the address is.
    ("ip6.test.org", "167.1.2.3", "fail"),
    ("mx.example.org", "2001:db8::cb01", "fail"),
];

fn record(name: &str, kind: &str, value: Option<&str>) -> Name {
    let none = Absent::NoData;
    Name {
        id: RowId::derived("nam", 1),
        exhibit: ExhibitNo::top(1),
        place: Place::Whole,
        service: "dns".to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        value: Maybe::or_absent(value.map(str::to_owned), none),
        range: Maybe::Missing(none),
        country: Maybe::Missing(none),
        changed: Maybe::Missing(none),
        ttl: Maybe::Missing(none),
        status: Maybe::Missing(none),
        authenticated: Maybe::Missing(none),
        dnssec: Maybe::Missing(faisceau_model::Absent::NotRecorded),
        resolver: Maybe::Missing(none),
        asked: Maybe::Missing(none),
        asked_raw: Maybe::Missing(none),
    }
}

/// The records of one line of a suite.
fn records(kind: &str, line: &str) -> Vec<Name> {
    let (name, value) = line.trim().split_once(' ').unwrap();
    let many = |kind: &str| -> Vec<Name> {
        value.split(',').map(|one| record(name, kind, Some(one.trim()))).collect()
    };
    match kind {
        "spf" | "exp" => vec![record(name, "TXT", Some(value))],
        "a" => many("A"),
        "aaaa" => many("AAAA"),
        "ptr" => {
            let name = macros::reverse(name.parse().unwrap());
            value.split(',').map(|one| record(&name, "PTR", Some(one.trim()))).collect()
        }
        _ => {
            let hosts = value.split(',').enumerate().flat_map(|(at, ip)| {
                let (ip, host) = (ip.trim(), format!("mx{at}.{name}"));
                let kind = if ip.contains(':') { "AAAA" } else { "A" };
                let exchanger = format!("{at} {host}");
                [record(name, "MX", Some(&exchanger)), record(&host, kind, Some(ip))]
            });
            hosts.collect()
        }
    }
}

/// A later line of a suite takes the place of an earlier one.
fn put(names: &mut Vec<Name>, new: Vec<Name>) {
    let same = |old: &Name| new.iter().any(|n| n.name == old.name && n.kind == old.kind);
    names.retain(|old| !same(old));
    names.extend(new);
}

/// The suites check the name of HELO, then the sender's domain.
fn of_both(names: &mut Vec<Name>, domain: &str, sender: &str, ip: &str) -> MailResult {
    let helo = result(names, domain, domain, sender, ip);
    let of_sender = of_address(sender).filter(|other| *other != domain);
    match of_sender.filter(|_| helo == MailResult::Pass) {
        Some(other) => result(names, other, domain, sender, ip),
        None => helo,
    }
}

/// The result over records beside which there are no others, but for servers that fail.
fn result(names: &mut Vec<Name>, domain: &str, helo: &str, sender: &str, ip: &str) -> MailResult {
    let ip = ip.parse::<IpAddr>().unwrap().to_canonical();
    let envelope = Envelope { ip, helo: helo.to_owned(), sender: sender.to_owned() };
    loop {
        let all = Records::of(names);
        let mut walk = Walk::new(&envelope, &all, Maybe::Missing(Absent::NoData));
        let result = walk.evaluate(domain).unwrap_or_else(|(result, _)| result);
        match walk.missing {
            Some((name, kind)) if !name.starts_with("_dns_error") => {
                names.push(record(&name, kind, None));
            }
            _ => return result,
        }
    }
}

#[test]
fn the_suites_give_what_their_authors_expect() {
    let (mut checked, mut departs, mut wrong) = (0, 0, Vec::new());
    for block in SUITES.iter().flat_map(|suite| suite.split("---\n")) {
        let mut names = Vec::new();
        let [mut domain, mut sender, mut ip] = [""; 3];
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let line = line.trim().trim_start_matches('-').trim();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key {
                "spf" | "exp" | "a" | "aaaa" | "ptr" | "mx" => put(&mut names, records(key, value)),
                "domain" => domain = value,
                "sender" => sender = value,
                "ip" => ip = value,
                "expect" => {
                    // A server that fails is, without a socket, one that nobody asked.
                    let wanted = value.split(' ').next().unwrap().replace("temperror", "no_key");
                    let found = of_both(&mut names.clone(), domain, sender, ip);
                    checked += 1;
                    let ours = (domain, ip, found.as_str());
                    if found.as_str() != wanted && BY_THE_RFC.contains(&ours) {
                        departs += 1;
                    } else if found.as_str() != wanted {
                        wrong.push(format!("{domain} {sender} {ip}: {found}, not {wanted}"));
                    }
                }
                _ => {}
            }
        }
    }
    assert_eq!((checked, departs), (163, BY_THE_RFC.len()));
    assert!(wrong.is_empty(), "{} of {checked}:\n{}", wrong.len(), wrong.join("\n"));
}
