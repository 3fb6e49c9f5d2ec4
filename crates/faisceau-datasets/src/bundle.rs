//! All datasets, ready to be asked.

mod lists;

pub use lists::Around;

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use faisceau_model::{AccessKind, Listing, Maybe, Moment};

use crate::asn::AsnTable;
use crate::catalogue::{self, DatasetInfo};
use crate::country::CountryDatabase;
use crate::day::Day;
use crate::error::DatasetError;
use crate::kind::DatasetKind;
use crate::mmdb::{Flags, Placed};
use crate::operators::Operators;
use crate::pack;
use crate::pinned::{self, ListAsked, Pinned};
use crate::prefixes::{AsList, Series, Snapshot};
use crate::ranges::Key;
use crate::tor::TorHistory;
use crate::verdict::{ListVerdict, Verdict};

/// The datasets of a run: the bundled ones, and those that its case pins.
///
/// Every look-up takes the time of the event, or the reason why there is none. With no time, the
/// newest data answer, a history answers [`Listing::NoData`], and the distance is missing. Of
/// several datasets of a kind, the one of the day of the event or the nearest before it answers,
/// else the first after it.
#[derive(Debug)]
pub struct Bundle {
    bundled: Arc<Bundled>,
    pinned: Pinned,
}

#[derive(Debug)]
struct Bundled {
    country: Dated<CountryDatabase<&'static [u8]>>,
    asn: Dated<AsnTable>,
    tor: TorHistory,
    vpn: Series,
    protonvpn: Snapshot,
    hosting: AsList,
    relay: Snapshot,
    cdn: Snapshot,
    cloud: Snapshot,
    operators: Operators,
}

#[derive(Debug)]
pub(crate) struct Dated<T> {
    pub(crate) data: T,
    pub(crate) source: Arc<str>,
    pub(crate) day: Day,
}

impl<T> Dated<T> {
    fn new(info: &DatasetInfo, data: T) -> Result<Self, DatasetError> {
        Self::at(info.id, info.date, data)
    }

    pub(crate) fn at(name: &str, date: &str, data: T) -> Result<Self, DatasetError> {
        let source = Arc::from(format!("{name}@{date}"));
        Ok(Self { data, source, day: Day::parse(date, name)? })
    }

    pub(crate) fn verdict<V>(&self, value: Maybe<V>, at: Maybe<Moment>) -> Verdict<'_, V> {
        Verdict { value, source: &self.source, days: self.day.to_event(at) }
    }
}

impl Bundled {
    fn unpack() -> Result<Self, DatasetError> {
        let file = |info: &'static DatasetInfo, index: usize| pack::text(&info.files[index]);
        let vpn = catalogue::VPN.iter().map(snapshot).collect::<Result<_, _>>()?;
        let hosting = &catalogue::HOSTING;
        let operators = pack::plain(&catalogue::OPERATORS.files[0])?;
        Ok(Self {
            country: Dated::new(&catalogue::COUNTRY, CountryDatabase::embedded()?)?,
            asn: Dated::new(&catalogue::ASN, AsnTable::embedded())?,
            tor: TorHistory::embedded(catalogue::TOR.date, &file(&catalogue::TOR, 1)?)?,
            vpn: Series::new("vpn", vpn)?,
            protonvpn: snapshot(&catalogue::PROTONVPN)?,
            hosting: AsList::parse(hosting.id, hosting.date, &file(hosting, 0)?)?,
            relay: snapshot(&catalogue::RELAY)?,
            cdn: snapshot(&catalogue::CDN)?,
            cloud: snapshot(&catalogue::CLOUD)?,
            operators: Operators::parse(operators)?,
        })
    }
}

impl Bundle {
    /// The bundled datasets alone; the first call indexes them.
    ///
    /// # Errors
    /// When the program was built from damaged files.
    pub fn embedded() -> Result<&'static Self, DatasetError> {
        static BUNDLE: OnceLock<Result<Bundle, DatasetError>> = OnceLock::new();
        BUNDLE.get_or_init(Self::unpack).as_ref().map_err(Clone::clone)
    }

    /// Indexes the bundled datasets anew; [`Bundle::embedded`] does it once.
    pub fn unpack() -> Result<Self, DatasetError> {
        Ok(Self { bundled: Arc::new(Bundled::unpack()?), pinned: Pinned::default() })
    }

    /// The bundled datasets and those of a case.
    ///
    /// # Errors
    /// When the program was built from damaged files.
    pub fn with(pinned: Pinned) -> Result<Self, DatasetError> {
        Ok(Self { bundled: Arc::clone(&Self::embedded()?.bundled), pinned })
    }

    /// What is embedded, by id and date, without unpacking anything.
    pub fn list() -> Vec<DatasetInfo> {
        catalogue::all()
    }

    /// The country of an address, ISO 3166-1 alpha-2.
    pub fn country(&self, ip: IpAddr, at: Maybe<Moment>) -> Verdict<'_, &Arc<str>> {
        let bundled = &self.bundled.country;
        if !self.pinned.countries.is_empty() {
            let able = self.pinned.countries.iter().filter(|own| own.data.covers(ip.into()));
            let nearest = able.min_by_key(|own| own.day.rank(at));
            if let Some(own) = nearest.filter(|own| own.day.rank(at) < bundled.day.rank(at)) {
                return own.verdict(own.data.find(ip), at);
            }
        }
        bundled.verdict(bundled.data.find(ip), at)
    }

    /// The autonomous system that announces an address, and its name.
    pub fn asn(&self, ip: IpAddr, at: Maybe<Moment>) -> Verdict<'_, (u32, &Arc<str>)> {
        let bundled = &self.bundled.asn;
        if !self.pinned.systems.is_empty() {
            let able = self.pinned.systems.iter().filter(|own| own.data.covers(ip.into()));
            let nearest = able.min_by_key(|own| own.day.rank(at));
            if let Some(own) = nearest.filter(|own| own.day.rank(at) < bundled.day.rank(at)) {
                return pinned::system(own, ip, at);
            }
        }
        pinned::system(bundled, ip, at)
    }

    /// What each dataset says of the country, the one that answers [`Bundle::country`] first.
    pub fn countries(&self, ip: IpAddr, at: Maybe<Moment>) -> Vec<Verdict<'_, &Arc<str>>> {
        let bundled = &self.bundled.country;
        let mut all = vec![(bundled.day, bundled.verdict(bundled.data.find(ip), at))];
        let able = self.pinned.countries.iter().filter(|own| own.data.covers(ip.into()));
        all.extend(able.map(|own| (own.day, own.verdict(own.data.find(ip), at))));
        in_turn(all, at)
    }

    /// What each dataset says of the system, the one that answers [`Bundle::asn`] first.
    pub fn systems(&self, ip: IpAddr, at: Maybe<Moment>) -> Vec<Verdict<'_, (u32, &Arc<str>)>> {
        let bundled = &self.bundled.asn;
        let mut all = vec![(bundled.day, pinned::system(bundled, ip, at))];
        let able = self.pinned.systems.iter().filter(|own| own.data.covers(ip.into()));
        all.extend(able.map(|own| (own.day, pinned::system(own, ip, at))));
        in_turn(all, at)
    }

    /// The place that each database of cities of the case names, nearest day before the event
    /// first. None is bundled: a city is an indication, never a finding.
    pub fn cities(&self, ip: IpAddr, at: Maybe<Moment>) -> Vec<Verdict<'_, Placed>> {
        self.pinned.cities(ip, at)
    }

    /// What each database of anonymity of the case says, nearest day before the event first.
    pub fn flags(&self, ip: IpAddr, at: Maybe<Moment>) -> Vec<Verdict<'_, Flags>> {
        self.pinned.flags(ip, at)
    }

    /// What each list of a kind that the case pins says, in the order of the pins.
    pub fn pinned_lists(
        &self,
        kind: DatasetKind,
        ip: IpAddr,
        asn: Option<u32>,
        at: Maybe<Moment>,
    ) -> Vec<ListVerdict<'_>> {
        let asked = ListAsked { key: ip.into(), asn, at };
        self.pinned.listings(kind, asked).map(|(_, _, verdict)| verdict).collect()
    }

    /// Whether an address was listed as a Tor exit.
    pub fn tor(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        self.bundled.tor.find(ip.into(), at)
    }

    /// Whether an address stood in a range of a VPN service: the list `vpn` of the nearest day
    /// before the event, or else the list `protonvpn`, or else those of the case.
    ///
    /// A list answers however far its date is: the days say so, and the reader judges. Of the
    /// addresses of mid-2024, two thirds are still listed two years later.
    pub fn vpn(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        let key = Key::from(ip);
        let nearest = self.bundled.vpn.nearest(key, at);
        let asked = ListAsked { key, asn: None, at };
        let bundled = ("vpn", nearest.day(), nearest.find(key, at));
        let verdict = self.pinned.joined(DatasetKind::Vpn, asked, bundled);
        if verdict.listing == Listing::Listed {
            return verdict;
        }
        let proton = self.bundled.protonvpn.find(key, at);
        if proton.listing == Listing::Listed { proton } else { verdict }
    }

    /// Whether an autonomous system is that of a server host, or the address stands in a range of
    /// one that the case lists; no system and no range give no data.
    pub fn hosting(&self, ip: IpAddr, asn: Option<u32>, at: Maybe<Moment>) -> ListVerdict<'_> {
        let list = &self.bundled.hosting;
        let asked = ListAsked { key: ip.into(), asn, at };
        let bundled = ("hosting", list.day(), list.find(asn, at));
        self.pinned.joined(DatasetKind::Hosting, asked, bundled)
    }

    /// Whether an address stood in an egress range of a privacy relay.
    pub fn relay(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        let (list, key) = (&self.bundled.relay, Key::from(ip));
        let asked = ListAsked { key, asn: None, at };
        let bundled = ("relay", list.day(), list.find(key, at));
        self.pinned.joined(DatasetKind::Relay, asked, bundled)
    }

    /// The kind of access that an autonomous system gives, and what that does not prove.
    pub fn operator_kind(&self, asn: u32) -> Option<(AccessKind, &str)> {
        self.bundled.operators.find(asn).map(|operator| (operator.kind, operator.note.as_str()))
    }

    /// The line of the operator table as a source to cite: `operators@2026-06 AS12322`.
    pub fn operator_basis(&self, asn: u32) -> Option<&Arc<str>> {
        self.bundled.operators.find(asn).map(|operator| &operator.basis)
    }
}

/// Verdicts in the order in which their datasets answer.
fn in_turn<V>(mut all: Vec<(Day, Verdict<'_, V>)>, at: Maybe<Moment>) -> Vec<Verdict<'_, V>> {
    all.sort_by_key(|(day, _)| day.rank(at));
    all.into_iter().map(|(_, verdict)| verdict).collect()
}

fn snapshot(info: &DatasetInfo) -> Result<Snapshot, DatasetError> {
    let texts = info.files.iter().map(pack::text).collect::<Result<Vec<_>, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Snapshot::parse(info.id, info.date, &texts)
}
