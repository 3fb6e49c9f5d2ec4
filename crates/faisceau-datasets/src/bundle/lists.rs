//! Every list of ranges that speaks of an address, side by side.
//!
//! Where [`Bundle::vpn`] gives the one answer that a wide table has room for, these give them all.

use std::net::IpAddr;

use faisceau_model::{Maybe, Moment};

use super::Bundle;
use crate::kind::DatasetKind;
use crate::pinned::ListAsked;
use crate::ranges::Key;
use crate::sharing::Sharing;
use crate::verdict::ListVerdict;

/// What the dated states of one list say around an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around<'a> {
    /// The nearest state before the event, or else the nearest after it.
    pub nearest: ListVerdict<'a>,
    /// The next state after the event, where it says otherwise.
    pub contradicted_by: Option<ListVerdict<'a>>,
}

impl Bundle {
    /// What the VPN list of the days around the event says.
    pub fn vpn_around(&self, ip: IpAddr, at: Maybe<Moment>) -> Around<'_> {
        let key = Key::from(ip);
        Around {
            nearest: self.bundled.vpn.nearest(key, at).find(key, at),
            contradicted_by: self.bundled.vpn.contradiction(key, at),
        }
    }

    /// Whether an address stood in the ranges that one VPN service was known to leave by.
    pub fn protonvpn(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        self.bundled.protonvpn.find(ip.into(), at)
    }

    /// Whether an address stood in an edge range of a content delivery network.
    pub fn cdn(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        let (list, key) = (&self.bundled.cdn, Key::from(ip));
        let asked = ListAsked { key, asn: None, at };
        let bundled = ("cdn", list.day(), list.find(key, at));
        self.pinned.joined(DatasetKind::Cdn, asked, bundled)
    }

    /// Whether an address stood in a range of a public cloud: hosting by prefix, which says more
    /// than hosting by autonomous system.
    pub fn cloud(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        self.bundled.cloud.find(ip.into(), at)
    }

    /// How the operator of an autonomous system shares an IPv4 address among lines, where that is
    /// known.
    pub fn operator_sharing(&self, asn: u32) -> Option<Sharing> {
        self.bundled.operators.find(asn)?.sharing
    }
}
