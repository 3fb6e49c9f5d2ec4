//! The kind of access that follows from all verdicts.

use std::sync::Arc;

use faisceau_datasets::{Bundle, ListVerdict};
use faisceau_model::{AccessKind, AddressScope, Listing};

use crate::overlay::OverlayLine;

/// What the kind of access is decided from.
pub(crate) struct Evidence<'a> {
    pub(crate) overlay: Option<&'a OverlayLine>,
    pub(crate) scope: AddressScope,
    /// What the lists say of an address that was looked up.
    pub(crate) lists: Option<&'a Lists<'a>>,
    pub(crate) asn: Option<u32>,
}

/// The verdicts of the lists.
pub(crate) struct Lists<'a> {
    pub(crate) tor: ListVerdict<'a>,
    pub(crate) relay: ListVerdict<'a>,
    pub(crate) vpn: ListVerdict<'a>,
    /// The range of a cloud, or else the system of a server host.
    pub(crate) hosting: ListVerdict<'a>,
    pub(crate) cdn: ListVerdict<'a>,
}

/// Texts that every row may share.
pub(crate) struct Bases {
    shared: Arc<str>,
    none: Arc<str>,
}

impl Default for Bases {
    fn default() -> Self {
        Self { shared: Arc::from("RFC 6598"), none: Arc::from("none") }
    }
}

/// Decides the kind of access, and cites what decided. The first rule that applies wins:
/// 1. the overlay: what somebody answered for that address and day;
/// 2. listed as a Tor exit at that instant;
/// 3. a privacy relay, before VPN, for VPN lists hold relay ranges too;
/// 4. a VPN range;
/// 5. shared address space (100.64.0.0/10), the inside of a carrier's NAT;
/// 6. an edge range of a content delivery network, before hosting, for it says more;
/// 7. the range of a cloud, or else the autonomous system of a server host;
/// 8. what the operator table says of the autonomous system, satellite and content delivery among
///    its kinds;
/// 9. unknown, basis `none`.
pub(crate) fn decide<'a>(
    evidence: &Evidence<'a>,
    bundle: &'a Bundle,
    bases: &'a Bases,
) -> (AccessKind, &'a Arc<str>) {
    if let Some((line, access)) = evidence.overlay.and_then(|line| Some((line, line.access?))) {
        return (access, &line.basis);
    }
    if let Some(lists) = evidence.lists {
        let hidden = [
            (&lists.tor, AccessKind::TorExit),
            (&lists.relay, AccessKind::Relay),
            (&lists.vpn, AccessKind::Vpn),
        ];
        for (verdict, access) in hidden {
            if verdict.listing == Listing::Listed {
                return (access, verdict.source);
            }
        }
    }
    if evidence.scope == AddressScope::Shared {
        return (AccessKind::Cgnat, &bases.shared);
    }
    if let Some(lists) = evidence.lists {
        let servers = [(&lists.cdn, AccessKind::Cdn), (&lists.hosting, AccessKind::Hosting)];
        if let Some((verdict, access)) =
            servers.into_iter().find(|(verdict, _)| verdict.listing == Listing::Listed)
        {
            return (access, verdict.source);
        }
    }
    let operator = evidence.asn.and_then(|asn| {
        let (access, _) = bundle.operator_kind(asn)?;
        Some((access, bundle.operator_basis(asn)?))
    });
    operator.unwrap_or((AccessKind::Unknown, &bases.none))
}
