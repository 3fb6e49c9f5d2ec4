//! Whether the operator shares the address among lines, and what the source port then says.
//!
//! In: the address, its port, how the operator of its network shares addresses. Out: for shared
//! addresses, the answers to [`Question::Cgnat`] and [`Question::PortShare`], all of them rules of
//! thumb: an operator shares a part of its addresses, and no source at hand says which. Sources:
//! RFC 6346, RFC 6888, RFC 6302. IPv6 addresses are not shared so, and get no answer.

use std::net::IpAddr;

use faisceau_datasets::{Sharing, quarter};
use faisceau_model::{Absent, Listing, Maybe, Question};

use super::{Answer, Asked, Knowledge};

/// Adds what the operator table says of sharing.
pub(super) fn add(asked: &Asked, knowledge: &Knowledge<'_>, out: &mut Vec<Answer>) {
    let Knowledge { bundle, .. } = knowledge;
    let Some(asn) = bundle.asn(asked.ip, asked.at).value.known().map(|(asn, _)| *asn) else {
        return;
    };
    let (Some(sharing), Some(basis)) = (bundle.operator_sharing(asn), bundle.operator_basis(asn))
    else {
        return;
    };
    if matches!(asked.ip.to_canonical(), IpAddr::V6(_)) {
        return;
    }
    let of = |question| {
        let days = Maybe::Missing(Absent::NotApplicable);
        Answer::of(question, Listing::Listed, basis, days).rule_of_thumb()
    };
    let share = of(Question::PortShare).noting("not_every_address_is_shared");
    match (sharing, asked.port) {
        (Sharing::PortQuarters, Some(port)) => {
            let (first, last) = quarter(port);
            out.push(share.with(Maybe::Known(format!("{first}-{last}"))));
        }
        (Sharing::PortQuarters, None) => out.push(unknown(share, "no_port_up_to_4_lines")),
        (Sharing::Many, port) => {
            out.push(of(Question::Cgnat).noting("kind_of_whole_network"));
            // With a port, only the operator's record says which line had it at that second.
            if port.is_none() {
                out.push(unknown(share, "no_port_thousands"));
            }
        }
    }
}

/// No share, and what the missing port costs.
fn unknown(share: Answer, cost: &'static str) -> Answer {
    share.with(Maybe::Missing(Absent::NotRecorded)).noting(cost)
}
