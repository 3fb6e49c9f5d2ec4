//! Who announces the address, in which country, and what the operator uses its network for.

use faisceau_model::{Absent, AccessKind, AddressScope, Listing, Maybe, Question};

use super::{Answer, Asked, Knowledge};

/// Adds the operator, the country and the kinds of access, those of the overlay first.
pub(super) fn add(
    asked: &Asked,
    scope: AddressScope,
    knowledge: &Knowledge<'_>,
    out: &mut Vec<Answer>,
) {
    let Knowledge { bundle, overlay, .. } = knowledge;
    let (ip, at) = (asked.ip, asked.at);
    let line = overlay.find(ip, at);
    if let Some(line) = line {
        let of = |question| {
            Answer::of(question, Listing::Listed, &line.label, at.map(|_| 0)).noting("overlay")
        };
        if let Some(value) = named(line.asn, line.operator.as_deref()) {
            out.push(of(Question::Operator).with(Maybe::Known(value)));
        }
        if let Some(country) = &line.country {
            out.push(of(Question::Country).with(Maybe::Known(country.to_string())));
        }
        out.extend(line.access.and_then(question).map(of));
    }
    if scope == AddressScope::Shared {
        out.push(Answer::of(Question::Cgnat, Listing::Listed, "RFC 6598", at.map(|_| 0)));
    }
    if scope != AddressScope::Global {
        return;
    }
    let asn = bundle.asn(ip, at).value.known().map(|(asn, _)| *asn);
    for announced in bundle.systems(ip, at) {
        let value = announced.value.map(|(asn, name)| format!("AS{asn} {name}"));
        let operator =
            Answer::of(Question::Operator, Listing::Listed, announced.source, announced.days);
        out.push(operator.with(value));
    }
    for country in bundle.countries(ip, at) {
        let found = Answer::of(Question::Country, Listing::Listed, country.source, country.days);
        out.push(found.with(country.value.map(ToString::to_string)));
    }
    if let Some((kind, _)) = asn.and_then(|asn| bundle.operator_kind(asn))
        && let Some(question) = question(kind)
        && let Some(basis) = asn.and_then(|asn| bundle.operator_basis(asn))
    {
        let days = Maybe::Missing(Absent::NotApplicable);
        let answer = Answer::of(question, Listing::Listed, basis, days);
        out.push(answer.rule_of_thumb().noting("kind_of_whole_network"));
    }
}

fn named(asn: Option<u32>, operator: Option<&str>) -> Option<String> {
    match (asn, operator) {
        (Some(asn), Some(operator)) => Some(format!("AS{asn} {operator}")),
        (Some(asn), None) => Some(format!("AS{asn}")),
        (None, operator) => operator.map(str::to_owned),
    }
}

/// The question that a kind of access answers with yes.
fn question(kind: AccessKind) -> Option<Question> {
    Some(match kind {
        AccessKind::AccessLine => Question::AccessLine,
        AccessKind::Mobile => Question::Mobile,
        AccessKind::Cgnat => Question::Cgnat,
        AccessKind::SharedSite => Question::SharedSite,
        AccessKind::Hosting => Question::Hosting,
        AccessKind::Cdn => Question::Cdn,
        AccessKind::Satellite => Question::Satellite,
        AccessKind::Vpn => Question::Vpn,
        AccessKind::Relay => Question::Relay,
        AccessKind::TorExit => Question::TorExit,
        AccessKind::Unknown => return None,
    })
}
