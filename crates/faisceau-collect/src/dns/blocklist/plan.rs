//! What is going to be asked of lists.
//!
//! In: zones and addresses. Out: the questions: the test entries of each list first, then each
//! address, its labels reversed, below each zone (RFC 5782, sections 2 and 5).

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hickory_proto::rr::Name;

use crate::addresses;
use crate::dns::plan::LeftOut;
use crate::dns::presentation;
use crate::dns::question::{Kind, Question, TargetError, name_of};
use crate::dns::resolver::Resolver;
use crate::tells::Tells;

/// The list of Tor exits that the Tor Project keeps. It is asked only when it is named; it
/// documents no entry that is always listed, and is asked about IPv4 alone.
pub const TOR_EXITS: &str = "dnsel.torproject.org";

/// What every sound list holds, and what none does (RFC 5782, section 5).
const LISTED: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2)),
    IpAddr::V6(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0x7f00, 2)),
];
const NOT_LISTED: [IpAddr; 2] =
    [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0x7f00, 1))];

/// A list, for the addresses of one family.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Zone {
    pub(super) name: Name,
    pub(super) is_ipv4: bool,
}

/// Addresses and lists.
#[derive(Debug, Clone, Default)]
pub struct BlocklistPlan {
    pub(super) zones: Vec<Zone>,
    pub(super) addresses: Vec<IpAddr>,
    pub(super) left_out: Vec<LeftOut>,
    known: BTreeSet<IpAddr>,
}

impl BlocklistPlan {
    /// A plan for the lists with these zones.
    pub fn new<'z>(zones: impl IntoIterator<Item = &'z str>) -> Result<Self, TargetError> {
        let mut plan = Self::default();
        for text in zones {
            let name = name_of(text.trim())?.to_lowercase();
            if let Some(why) = addresses::of_name(&name) {
                plan.left_out.push(LeftOut { what: text.to_owned(), why });
                continue;
            }
            for is_ipv4 in [true, false] {
                let zone = Zone { name: name.clone(), is_ipv4 };
                if !plan.zones.contains(&zone) && (is_ipv4 || !zone.is_tor()) {
                    plan.zones.push(zone);
                }
            }
        }
        Ok(plan)
    }

    /// Adds an address.
    pub fn add(&mut self, ip: IpAddr) {
        let ip = ip.to_canonical();
        match addresses::of_address(ip) {
            Some(why) => self.left_out.push(LeftOut { what: ip.to_string(), why }),
            None if self.known.insert(ip) => self.addresses.push(ip),
            None => {}
        }
    }

    /// What is not asked about.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The questions, if every list is sound; whoever is listed is asked for a text too.
    pub fn questions(&self) -> Vec<Question> {
        let zones = self.asked();
        let tests = zones.iter().flat_map(|zone| [zone.listed(), Some(zone.not_listed())]);
        tests.flatten().chain(zones.iter().flat_map(|zone| self.of(zone))).collect()
    }

    /// The lists that have something to be asked about.
    pub(super) fn asked(&self) -> Vec<Zone> {
        let has = |zone: &&Zone| self.addresses.iter().any(|ip| ip.is_ipv4() == zone.is_ipv4);
        self.zones.iter().filter(has).cloned().collect()
    }

    /// The questions to one list.
    pub(super) fn of(&self, zone: &Zone) -> Vec<Question> {
        let family = self.addresses.iter().filter(|ip| ip.is_ipv4() == zone.is_ipv4);
        family.map(|ip| zone.about(*ip)).collect()
    }

    /// Who would learn what.
    pub fn tells(&self, resolvers: &[Resolver]) -> Vec<Tells> {
        let mut tells = Vec::new();
        if self.asked().is_empty() {
            return tells;
        }
        let count = self.addresses.len();
        for resolver in resolvers {
            let learns = format!("each of the {count} addresses, the lists, when; your address");
            tells.push(Tells::new(format!("the resolver {resolver}"), learns));
        }
        let names: BTreeSet<String> =
            self.asked().iter().map(|zone| presentation::name(&zone.name)).collect();
        for name in names {
            let learns = format!(
                "each of the {count} addresses, and when; from the address of the resolver"
            );
            tells.push(Tells::new(format!("whoever runs the list {name}"), learns));
        }
        tells
    }
}

impl Zone {
    pub(super) fn is_tor(&self) -> bool {
        presentation::name(&self.name).trim_end_matches('.') == TOR_EXITS
    }

    /// The question about an address. A zone too long for it gives the zone itself, which is no
    /// question about anybody.
    pub(super) fn about(&self, ip: IpAddr) -> Question {
        let reverse = match ip {
            IpAddr::V4(ip) => Name::from(ip),
            // The reverse name of a mapped address is that of its IPv6 form here.
            IpAddr::V6(ip) => Name::from(ip),
        };
        let labels = reverse.iter().count().saturating_sub(2);
        let labels: Vec<&[u8]> = reverse.iter().take(labels).chain(self.name.iter()).collect();
        let name = Name::from_labels(labels).unwrap_or_else(|_| self.name.clone());
        Question::new(name, Kind::A)
    }

    fn family(&self) -> usize {
        usize::from(!self.is_ipv4)
    }

    /// The entry that has to be listed, where the list documents one.
    pub(super) fn listed(&self) -> Option<Question> {
        (!self.is_tor()).then(|| LISTED.get(self.family()).map(|ip| self.about(*ip)))?
    }

    /// The entry that must not be listed.
    pub(super) fn not_listed(&self) -> Question {
        let ip = NOT_LISTED.get(self.family()).copied();
        self.about(ip.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_reversed_below_each_list() {
        let mut plan =
            BlocklistPlan::new(["BL.example.net", "bl.example.net.", TOR_EXITS]).unwrap();
        for ip in ["9.9.9.10", "2620:fe::fe", "10.0.0.1", "::ffff:9.9.9.10"] {
            plan.add(ip.parse().unwrap());
        }
        let names: Vec<String> = plan.questions().iter().map(Question::name).collect();
        let nibbles = "e.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.e.f.0.0.0.2.6.2";
        let mapped = |last| format!("{last}.0.0.0.0.0.f.7.f.f.f.f{}", ".0".repeat(20));
        assert_eq!(
            names,
            [
                "2.0.0.127.bl.example.net.".to_owned(),
                "1.0.0.127.bl.example.net.".to_owned(),
                format!("{}.bl.example.net.", mapped(2)),
                format!("{}.bl.example.net.", mapped(1)),
                "1.0.0.127.dnsel.torproject.org.".to_owned(),
                "10.9.9.9.bl.example.net.".to_owned(),
                format!("{nibbles}.bl.example.net."),
                "10.9.9.9.dnsel.torproject.org.".to_owned(),
            ]
        );
        assert_eq!(plan.left_out().len(), 1);
        let who: Vec<String> =
            plan.tells(&["9.9.9.9".parse().unwrap()]).into_iter().map(|tells| tells.who).collect();
        assert_eq!(who.len(), 3);
    }

    #[test]
    fn nothing_is_named_by_default() {
        let mut plan = BlocklistPlan::new([]).unwrap();
        plan.add("9.9.9.9".parse().unwrap());
        assert!(plan.questions().is_empty() && plan.tells(&[]).is_empty());
        assert!(BlocklistPlan::new(["a b"]).is_err());
        assert_eq!(BlocklistPlan::new(["bl.local"]).unwrap().left_out().len(), 1);
    }
}
