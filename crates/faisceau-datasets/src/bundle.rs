//! All embedded datasets, ready to be asked.

mod lists;

pub use lists::Around;

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use faisceau_model::{Absent, AccessKind, Listing, Maybe, Moment};

use crate::asn::AsnTable;
use crate::catalogue::{self, DatasetInfo};
use crate::country::CountryDatabase;
use crate::day::Day;
use crate::error::DatasetError;
use crate::operators::Operators;
use crate::pack;
use crate::prefixes::{AsList, Series, Snapshot};
use crate::ranges::Key;
use crate::tor::TorHistory;
use crate::verdict::{ListVerdict, Verdict};

/// The datasets, unpacked and indexed.
///
/// Every look-up takes the time of the event, or the reason why there is none. With no time, the
/// newest data answer, a history answers [`Listing::NoData`], and the distance is missing.
#[derive(Debug)]
pub struct Bundle {
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
struct Dated<T> {
    data: T,
    source: Arc<str>,
    day: Day,
}

impl<T> Dated<T> {
    fn new(info: &DatasetInfo, data: T) -> Result<Self, DatasetError> {
        Ok(Self { data, source: info.label().into(), day: Day::parse(info.date, info.id)? })
    }

    fn verdict<V>(&self, value: Maybe<V>, at: Maybe<Moment>) -> Verdict<'_, V> {
        Verdict { value, source: &self.source, days: self.day.to_event(at) }
    }
}

impl Bundle {
    /// The embedded datasets; the first call unpacks them.
    ///
    /// # Errors
    /// When the program was built from damaged files.
    pub fn embedded() -> Result<&'static Self, DatasetError> {
        static BUNDLE: OnceLock<Result<Bundle, DatasetError>> = OnceLock::new();
        BUNDLE.get_or_init(Self::unpack).as_ref().map_err(Clone::clone)
    }

    /// Unpacks and indexes the embedded datasets anew; [`Bundle::embedded`] does it once.
    pub fn unpack() -> Result<Self, DatasetError> {
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

    /// What is embedded, by id and date, without unpacking anything.
    pub fn list() -> Vec<DatasetInfo> {
        catalogue::all()
    }

    /// The country of an address, ISO 3166-1 alpha-2.
    pub fn country(&self, ip: IpAddr, at: Maybe<Moment>) -> Verdict<'_, &Arc<str>> {
        self.country.verdict(self.country.data.find(ip), at)
    }

    /// The autonomous system that announces an address, and its name.
    pub fn asn(&self, ip: IpAddr, at: Maybe<Moment>) -> Verdict<'_, (u32, &Arc<str>)> {
        let found = self.asn.data.find(ip.into());
        self.asn.verdict(Maybe::or_absent(found, Absent::NoData), at)
    }

    /// Whether an address was listed as a Tor exit.
    pub fn tor(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        self.tor.find(ip.into(), at)
    }

    /// Whether an address stood in a range of a VPN service: the list `vpn` of the nearest day
    /// before the event, or else the list `protonvpn`.
    ///
    /// A list answers however far its date is: the days say so, and the reader judges. Of the
    /// addresses of mid-2024, two thirds are still listed two years later.
    pub fn vpn(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        let key = Key::from(ip);
        let verdict = self.vpn.find(key, at);
        if verdict.listing == Listing::Listed {
            return verdict;
        }
        let proton = self.protonvpn.find(key, at);
        if proton.listing == Listing::Listed { proton } else { verdict }
    }

    /// Whether an autonomous system is that of a server host; no system gives no data.
    pub fn hosting(&self, asn: Option<u32>, at: Maybe<Moment>) -> ListVerdict<'_> {
        self.hosting.find(asn, at)
    }

    /// Whether an address stood in an egress range of a privacy relay.
    pub fn relay(&self, ip: IpAddr, at: Maybe<Moment>) -> ListVerdict<'_> {
        self.relay.find(ip.into(), at)
    }

    /// The kind of access that an autonomous system gives, and what that does not prove.
    pub fn operator_kind(&self, asn: u32) -> Option<(AccessKind, &str)> {
        self.operators.find(asn).map(|operator| (operator.kind, operator.note.as_str()))
    }

    /// The line of the operator table as a source to cite: `operators@2026-06 AS12322`.
    pub fn operator_basis(&self, asn: u32) -> Option<&Arc<str>> {
        self.operators.find(asn).map(|operator| &operator.basis)
    }
}

fn snapshot(info: &DatasetInfo) -> Result<Snapshot, DatasetError> {
    let texts = info.files.iter().map(pack::text).collect::<Result<Vec<_>, _>>()?;
    Snapshot::parse(info.id, info.date, &texts)
}
