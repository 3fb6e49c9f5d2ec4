//! The dated lists: Tor exits, VPN services, privacy relays, clouds, server hosts, content delivery
//! networks; and addresses that nobody announced.

use faisceau_datasets::{DatasetKind, Flags, ListVerdict};
use faisceau_model::{Absent, Listing, Maybe, Question};

use super::{Answer, Asked, Knowledge};

/// The kinds of list that a case may pin, and what they answer.
const PINNED: [(DatasetKind, Question); 4] = [
    (DatasetKind::Vpn, Question::Vpn),
    (DatasetKind::Relay, Question::Relay),
    (DatasetKind::Hosting, Question::Hosting),
    (DatasetKind::Cdn, Question::Cdn),
];

/// Adds what each list says, each list apart, with the next state of a list that contradicts the
/// one before the event; then what the lists and databases of the case say.
pub(super) fn add(asked: &Asked, knowledge: &Knowledge<'_>, out: &mut Vec<Answer>) {
    let Knowledge { bundle, .. } = knowledge;
    let (ip, at) = (asked.ip, asked.at);
    let announced = bundle.asn(ip, at);
    let asn = announced.value.known().map(|(asn, _)| *asn);
    if asn.is_none() {
        let bogon = Answer::of(Question::Bogon, Listing::Listed, announced.source, announced.days);
        let value = Maybe::Known("unannounced".to_owned());
        out.push(bogon.with(value).rule_of_thumb().noting("announced_by_nobody_that_day"));
    }
    out.push(Answer::list(Question::TorExit, &bundle.tor(ip, at)));
    let vpn = bundle.vpn_around(ip, at);
    let changed = vpn.contradicted_by.is_some();
    out.extend([Some(vpn.nearest), vpn.contradicted_by].into_iter().flatten().map(|verdict| {
        let answer = ranges(Question::Vpn, &verdict, "range_rented_by_vpn");
        if changed { answer.noting("changed_between_dates") } else { answer }
    }));
    out.push(ranges(Question::Vpn, &bundle.protonvpn(ip, at), "exit_of_one_service"));
    out.push(ranges(Question::Relay, &bundle.relay(ip, at), "region_of_user"));
    out.push(ranges(Question::Hosting, &bundle.cloud(ip, at), "owner_services_too"));
    let hosting = ranges(Question::Hosting, &bundle.hosting(ip, asn, at), "kind_of_whole_network");
    out.push(hosting.rule_of_thumb());
    out.push(ranges(Question::Cdn, &bundle.cdn(ip, at), "edge_before_the_site"));
    for (kind, question) in PINNED {
        for verdict in bundle.pinned_lists(kind, ip, asn, at) {
            let known =
                |answer: &Answer| answer.question == question && *answer.source == **verdict.source;
            // The one answer of a kind may come from the list of the case already.
            match out.iter_mut().find(|answer| known(answer)) {
                Some(answer) => answer.value = region(&verdict),
                None if verdict.region.is_some() => {
                    let answer = Answer::list(question, &verdict).with(region(&verdict));
                    out.push(answer.noting("region_of_user"));
                }
                None => out.push(Answer::list(question, &verdict)),
            }
        }
    }
    add_flags(asked, knowledge, out);
}

/// Where a list says that the users of the range are.
fn region(verdict: &ListVerdict<'_>) -> Maybe<String> {
    Maybe::or_absent(verdict.region.map(ToString::to_string), Absent::NotApplicable)
}

/// The answer of a list of ranges, with what a reader must know of a yes.
fn ranges(question: Question, verdict: &ListVerdict<'_>, of_yes: &'static str) -> Answer {
    let answer = Answer::list(question, verdict);
    if verdict.listing == Listing::Listed { answer.noting(of_yes) } else { answer }
}

/// Reads one flag.
type Flag = fn(&Flags) -> bool;

/// Adds what each database of anonymity says; one without a record of the address has no data.
fn add_flags(asked: &Asked, knowledge: &Knowledge<'_>, out: &mut Vec<Answer>) {
    for verdict in knowledge.bundle.flags(asked.ip, asked.at) {
        let questions: [(Question, Flag); 3] = [
            (Question::TorExit, |flags| flags.is_tor_exit_node),
            (Question::Vpn, |flags| flags.is_anonymous_vpn),
            (Question::Hosting, |flags| flags.is_hosting_provider),
        ];
        for (question, flag) in questions {
            let listing = match &verdict.value {
                Maybe::Known(flags) if flag(flags) => Listing::Listed,
                Maybe::Known(_) => Listing::NotListed,
                Maybe::Missing(_) => Listing::NoData,
            };
            let mut answer = Answer::of(question, listing, verdict.source, verdict.days);
            let flags = verdict.value.known().copied().unwrap_or_default();
            if question == Question::Vpn && (flags.is_public_proxy || flags.is_residential_proxy) {
                answer = answer.noting("listed_as_proxy");
            }
            out.push(answer);
        }
    }
}
