//! The dated lists: Tor exits, VPN services, privacy relays, server hosts.

use faisceau_model::Question;

use super::{Answer, Asked, Knowledge};

/// Adds what each list says.
pub(super) fn add(asked: &Asked, knowledge: &Knowledge<'_>, out: &mut Vec<Answer>) {
    let Knowledge { bundle, .. } = knowledge;
    let (ip, at) = (asked.ip, asked.at);
    let asn = bundle.asn(ip, at).value.known().map(|(asn, _)| *asn);
    out.push(Answer::list(Question::TorExit, &bundle.tor(ip, at)));
    out.push(Answer::list(Question::Vpn, &bundle.vpn(ip, at)));
    out.push(Answer::list(Question::Relay, &bundle.relay(ip, at)));
    out.push(Answer::list(Question::Hosting, &bundle.hosting(asn, at)));
}
