//! What Tor consensuses and exit lists say: exit, relay of any kind, port, neighbours.
//!
//! Without a pinned index this adds nothing. A negative answer needs a consensus for every instant;
//! a positive one says whether a majority of the authorities signed it.

use std::fmt::Write as _;

use faisceau_datasets::Span;
use faisceau_model::{Absent, Listing, Maybe, Question};
use faisceau_tor::{Coverage, Seen, Sighting, TorIndex};

use super::{Answer, Asked, Knowledge};

/// The ports of a web platform, asked for where the exhibit does not say where a connection went.
const PORTS: [u16; 2] = [443, 80];
const CONSENSUS: &str = "tor-consensus";
const EXIT_LIST: &str = "tor-exit-list";

/// Adds what the index says.
pub(super) fn add(asked: &Asked, knowledge: &Knowledge<'_>, out: &mut Vec<Answer>) {
    let Some(index) = knowledge.tor else { return };
    let Some(span) = asked.at.known().and_then(|at| Span::of(*at)) else {
        let days = Maybe::Missing(Absent::NotApplicable);
        let none = |question| Answer::of(question, Listing::NoData, CONSENSUS, days);
        out.extend([Question::TorExit, Question::TorRelay, Question::TorPort].map(none));
        return;
    };
    let seen = index.ask(asked.ip, span);
    let days = index.days_away(span);
    out.push(exit(&seen, days));
    out.push(relay(&seen, days));
    out.push(port(&seen, days));
    out.push(neighbours(asked, index, &seen, span, days));
}

fn exit(seen: &Seen<'_>, days: Maybe<i64>) -> Answer {
    let exits: Vec<_> = seen.relays.iter().filter(|relay| relay.is_exit()).collect();
    if exits.is_empty() && !seen.scans.is_empty() {
        let found = Answer::of(Question::TorExit, Listing::Listed, EXIT_LIST, Maybe::Known(0));
        let only = if seen.relays.is_empty() { "in_exit_list_only" } else { "without_exit_flag" };
        return dated(found, seen.scans.iter().map(|scan| scan.at_s).max()).noting(only);
    }
    let found = answer(Question::TorExit, seen, &exits, days);
    // Clients avoid a bad exit, but connections leave by it all the same.
    let is_bad = exits.iter().any(|relay| relay.is_bad_exit());
    if is_bad { found.noting("bad_exit") } else { found }
}

fn relay(seen: &Seen<'_>, days: Maybe<i64>) -> Answer {
    let relays: Vec<_> = seen.relays.iter().collect();
    let found = answer(Question::TorRelay, seen, &relays, days);
    if relays.is_empty() { found } else { found.with(Maybe::Known(names(&relays))) }
}

/// Who they are: nickname and fingerprint of each, once.
fn names(relays: &[&Sighting<'_>]) -> String {
    let mut names: Vec<String> = Vec::new();
    for relay in relays {
        let mut name = format!("{} ", relay.nickname);
        for byte in relay.fingerprint {
            // Writing to a string cannot fail.
            let _ = write!(name, "{byte:02X}");
        }
        names.push(name);
    }
    names.sort();
    names.dedup();
    names.join(", ")
}

fn port(seen: &Seen<'_>, days: Maybe<i64>) -> Answer {
    let allows = |port: u16| seen.relays.iter().map(move |relay| relay.allows(port, None));
    let open: Vec<u16> =
        PORTS.into_iter().filter(|port| allows(*port).any(|said| said == Some(true))).collect();
    let relays: Vec<_> = seen.relays.iter().collect();
    let mut found = answer(Question::TorPort, seen, &relays, days).noting("ports_assumed");
    if relays.is_empty() {
        return found;
    }
    if !open.is_empty() {
        let open: Vec<String> = open.iter().map(ToString::to_string).collect();
        return found.with(Maybe::Known(open.join(",")));
    }
    let unknown = PORTS.into_iter().any(|port| allows(port).any(|said| said.is_none()));
    found.listing = if unknown { Listing::NoData } else { negative(seen) };
    if unknown { found.noting("policy_unknown") } else { found }
}

fn neighbours(
    asked: &Asked,
    index: &TorIndex,
    seen: &Seen<'_>,
    span: Span,
    days: Maybe<i64>,
) -> Answer {
    let near = index.neighbours(asked.ip, span);
    let mut found = answer(Question::TorNeighbour, seen, &[], days).rule_of_thumb();
    if near.is_empty() {
        return found;
    }
    found.listing = Listing::Listed;
    let near: Vec<String> = near.iter().map(ToString::to_string).collect();
    found.with(Maybe::Known(near.join(", ")))
}

/// The answer of the consensuses: listed if any relay is left.
fn answer(
    question: Question,
    seen: &Seen<'_>,
    relays: &[&Sighting<'_>],
    days: Maybe<i64>,
) -> Answer {
    let best = relays.iter().max_by_key(|relay| (!relay.is_stale, relay.document.signed.valid));
    let listing = if best.is_some() { Listing::Listed } else { negative(seen) };
    let document = best.map(|relay| relay.document);
    // A negative answer is as good as the worst of the consensuses that it rests on.
    let worst = seen.documents.iter().copied().min_by_key(|document| document.signed.valid);
    let Some(document) = document.or(worst) else {
        return Answer::of(question, listing, CONSENSUS, days);
    };
    let found = Answer::of(question, listing, CONSENSUS, days);
    let mut found = dated(found, Some(document.valid_after_s));
    let majority = document.signed.is_majority();
    found.notes.push(if majority { "signed_by_majority" } else { "too_few_signatures" });
    let is_stale = best.map_or(seen.coverage == Coverage::Stale, |relay| relay.is_stale);
    if is_stale { found.noting("stale_consensus") } else { found }
}

fn negative(seen: &Seen<'_>) -> Listing {
    match seen.coverage {
        Coverage::Fresh | Coverage::Stale => Listing::NotListed,
        Coverage::Partial | Coverage::None(_) => Listing::NoData,
    }
}

/// With the hour of the document in its source.
fn dated(mut answer: Answer, at_s: Option<u32>) -> Answer {
    let moment = at_s.and_then(|at_s| faisceau_model::Moment::from_unix_seconds(i64::from(at_s)));
    if let Some(moment) = moment {
        let day = moment.day_utc();
        let second = moment.at_s().rem_euclid(86_400);
        let (hour, minute) = (second / 3600, second / 60 % 60);
        answer.source = format!("{}@{day}T{hour:02}:{minute:02}Z", answer.source);
        answer.dated = Maybe::Known(day);
    }
    answer
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use faisceau_datasets::Bundle;
    use faisceau_model::Moment;
    use faisceau_tor::{Authorities, Limits, TorIndexBuilder};

    use super::*;
    use crate::Overlay;

    fn ask(ip: &str, at: &str) -> Vec<Answer> {
        let mut builder = TorIndexBuilder::new(Authorities::bundled().unwrap(), Limits::default());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../faisceau-tor/tests/fixtures/");
        for name in [
            "2021-08-29-19-00-00-consensus.xz",
            "2021-08-29-certs",
            "exit-list-2018-11-01-00-02-01",
        ] {
            let file = std::fs::File::open(format!("{folder}{name}")).unwrap();
            builder.add(name, file).unwrap();
        }
        let index = builder.finish();
        let overlay = Overlay::default();
        let bundle = Bundle::embedded().unwrap();
        let knowledge = Knowledge { bundle, overlay: &overlay, names: &[], tor: Some(&index) };
        let at = Maybe::Known(Moment::from_rfc3339(at).unwrap());
        let asked = Asked { ip: ip.parse::<IpAddr>().unwrap(), port: None, at };
        let mut out = Vec::new();
        add(&asked, &knowledge, &mut out);
        out
    }

    #[test]
    fn an_exit_is_told_with_its_port_and_the_authorities() {
        let found = ask("162.247.74.201", "2021-08-29T19:30:00Z");
        assert!(found[..3].iter().all(|answer| answer.listing == Listing::Listed), "{found:?}");
        assert_eq!(found[0].notes, ["signed_by_majority"]);
        assert_eq!(found[0].source, "tor-consensus@2021-08-29T19:00Z");
        assert_eq!(found[2].value.known().map(String::as_str), Some("443,80"));
        let stale = ask("162.247.74.201", "2021-08-29T21:30:00Z");
        assert_eq!(stale[0].notes, ["signed_by_majority", "stale_consensus"]);
    }

    #[test]
    fn a_relay_that_lets_nothing_out_is_no_exit() {
        let found = ask("165.22.200.169", "2021-08-29T19:30:00Z");
        let listings: Vec<_> = found[..3].iter().map(|answer| answer.listing).collect();
        assert_eq!(listings, [Listing::NotListed, Listing::Listed, Listing::NotListed]);
    }

    #[test]
    fn a_bad_exit_is_an_exit_that_is_warned_of() {
        let found = ask("154.223.151.25", "2021-08-29T19:30:00Z");
        assert_eq!(found[0].listing, Listing::Listed);
        assert_eq!(found[0].notes, ["signed_by_majority", "bad_exit"]);
    }

    #[test]
    fn neighbours_are_those_of_the_span() {
        let near = |at| ask("162.247.74.251", at).remove(3);
        let found = near("2021-08-29T19:30:00Z");
        assert!(found.value.known().is_some_and(|near| near.contains("162.247.74.201")));
        for at in ["2021-08-29T18:30:00Z", "2021-08-29T22:00:00Z"] {
            assert_eq!(near(at).listing, Listing::NoData, "{at}");
        }
    }

    #[test]
    fn silence_is_no_answer_and_a_scan_is_one() {
        let found = ask("192.0.2.1", "2021-08-30T19:30:00Z");
        assert!(found.iter().all(|answer| answer.listing == Listing::NoData), "{found:?}");
        let scanned = ask("162.247.74.201", "2018-10-31T12:00:00Z");
        assert_eq!(
            (scanned[0].listing, &scanned[0].notes[..]),
            (Listing::Listed, &["in_exit_list_only"][..])
        );
        assert_eq!(scanned[1].listing, Listing::NoData);
    }
}
