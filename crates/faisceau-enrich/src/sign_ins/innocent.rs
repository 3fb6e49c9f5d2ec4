//! What explains a difference without any intruder.

use faisceau_model::AccessKind;

use super::habits::Standing;
use super::judge::Seen;
use super::session::Session;

/// Innocent explanations of what differs, the most common first.
pub(super) fn explanations(
    session: &Session<'_>,
    seen: &Seen,
) -> impl Iterator<Item = &'static str> {
    let elsewhere = matches!(seen.network, Standing::New | Standing::Seen);
    let device = matches!(seen.device, Standing::New | Standing::Seen);
    let access = session.address.access;
    let carrier = matches!(access, AccessKind::Mobile | AccessKind::Cgnat | AccessKind::Satellite);
    let hidden = seen.tor || seen.vpn || seen.hosting;
    [
        (elsewhere && seen.new_country && !hidden, "may_be_travel"),
        (elsewhere && carrier, "may_be_roaming"),
        (elsewhere && seen.same_operator, "may_be_address_change"),
        (elsewhere && !carrier && !hidden, "may_be_new_line"),
        (elsewhere && hidden, "may_be_own_vpn"),
        (elsewhere && (seen.hosting || seen.fetcher), "may_be_mail_client"),
        (device, "may_be_new_device"),
        (elsewhere || device, "may_be_household"),
        (session.network.is_none(), "may_be_platform"),
    ]
    .into_iter()
    .filter_map(|(holds, code)| holds.then_some(code))
}
