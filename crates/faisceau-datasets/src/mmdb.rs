//! Databases in the `MaxMind` DB format, of any origin.
//!
//! In: the bytes of a database, flat (`country_code`, `city`, `latitude`…) or in the `GeoIP2`
//! layout (`country.iso_code`, `city.names`, `location.latitude`…). Out: what it says of an
//! address. A database is checked whole when it is taken in ([`Mmdb::checked`]); where one is
//! damaged all the same, it answers [`Absent::Unreadable`]. A database of one family has no data
//! of the other.
//!
//! Format: <https://maxmind.github.io/MaxMind-DB/>, 2.0. The depth and size of a record are limited
//! by the crate that decodes it; texts are cut and made inert here.

use std::net::IpAddr;

use faisceau_model::{Absent, Maybe, excerpt};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maxminddb::{LookupResult, MaxMindDbError, PathElement, Reader, WithinOptions, path};
use serde::Deserialize;

use crate::asn_csv::AsnColumns;
use crate::error::DatasetError;
use crate::kind::DatasetKind;
use crate::ranges::Key;

/// Longest text that is taken from a record, in characters.
const TEXT: usize = 200;
/// Records that are looked at to tell what a database holds.
const SAMPLE: usize = 4_096;

/// A database.
#[derive(Debug)]
pub(crate) struct Mmdb {
    dataset: String,
    reader: Reader<Vec<u8>>,
}

/// A place that a database names for an address.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// City, in French where the database has it.
    pub city: Option<String>,
    /// Region or state.
    pub region: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Latitude and longitude, degrees.
    pub at: Option<(f64, f64)>,
}

/// What a database says of the kind of access; `None` where it does not speak of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag of the layout")]
pub struct Flags {
    /// A VPN service, a proxy, a Tor exit, or a host.
    pub is_anonymous: bool,
    /// A VPN service.
    pub is_anonymous_vpn: bool,
    /// A host.
    pub is_hosting_provider: bool,
    /// An open proxy.
    pub is_public_proxy: bool,
    /// A proxy in the network of an access operator.
    pub is_residential_proxy: bool,
    /// A Tor exit.
    pub is_tor_exit_node: bool,
}

/// What the head of a database says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    /// Type, such as `GeoIP2-City`.
    pub(crate) database_type: String,
    /// The day it was built, ISO 8601; `None` where it is none.
    pub(crate) built: Option<String>,
}

impl Mmdb {
    /// Opens a database and checks all of it.
    pub(crate) fn checked(dataset: &str, bytes: Vec<u8>) -> Result<Self, DatasetError> {
        let database = Self::open(dataset, bytes)?;
        database.reader.verify().map_err(|e| refusal(dataset, &e))?;
        Ok(database)
    }

    /// Opens a database that was checked when it was taken in.
    pub(crate) fn open(dataset: &str, bytes: Vec<u8>) -> Result<Self, DatasetError> {
        let reader = Reader::from_source(bytes).map_err(|e| refusal(dataset, &e))?;
        Ok(Self { dataset: dataset.to_owned(), reader })
    }

    /// What the head says.
    pub(crate) fn head(&self) -> Head {
        let metadata = self.reader.metadata();
        let built = i64::try_from(metadata.build_epoch).ok();
        let built = built.and_then(|second| Timestamp::from_second(second).ok());
        Head {
            database_type: excerpt(&metadata.database_type, TEXT),
            built: built.map(|at| at.to_zoned(TimeZone::UTC).date().to_string()),
        }
    }

    /// What its first records hold, the richest kind first.
    pub(crate) fn kinds(&self) -> Result<Vec<DatasetKind>, DatasetError> {
        let fail = |error: MaxMindDbError| refusal(&self.dataset, &error);
        let mut kinds = Vec::new();
        for found in self.reader.networks(WithinOptions::default()).map_err(fail)?.take(SAMPLE) {
            let found = found.map_err(fail)?;
            for (kind, paths) in MARKS {
                if !kinds.contains(kind) && paths.iter().any(|path| holds(&found, path)) {
                    kinds.push(*kind);
                }
            }
        }
        kinds.sort_unstable();
        Ok(kinds)
    }

    /// The place of an address.
    pub(crate) fn place(&self, ip: IpAddr) -> Maybe<Placed> {
        self.decoded(ip, |found| Some(placed(found)))
    }

    /// What it says of the access.
    pub(crate) fn flags(&self, ip: IpAddr) -> Maybe<Flags> {
        self.decoded(ip, |found| found.decode::<Flags>().ok().flatten())
    }

    fn decoded<T>(&self, ip: IpAddr, decode: impl Fn(&Found<'_>) -> Option<T>) -> Maybe<T> {
        match lookup(&self.reader, ip) {
            Ok(Some(found)) => Maybe::or_absent(decode(&found), Absent::Unreadable),
            Ok(None) => Maybe::Missing(Absent::NoData),
            Err(_) => Maybe::Missing(Absent::Unreadable),
        }
    }

    /// The networks of a database of autonomous systems, as columns.
    pub(crate) fn systems(&self) -> Result<AsnColumns, DatasetError> {
        let fail = |error: MaxMindDbError| refusal(&self.dataset, &error);
        let mut columns = AsnColumns::default();
        // A tree answers for 6to4 and Teredo as for the IPv4 inside: aliases are ranges too.
        let options = WithinOptions::default().include_aliased_networks();
        for found in self.reader.networks(options).map_err(fail)? {
            let found = found.map_err(fail)?;
            let number = found.decode_path::<u32>(&path!["autonomous_system_number"]);
            let Some(asn) = number.map_err(fail)? else { continue };
            let name = text(&found, &path!["autonomous_system_organization"]).unwrap_or_default();
            let network = found.network().map_err(fail)?;
            let (first, last) = bounds(network.network(), network.prefix());
            columns.add(first, last, asn, &name).map_err(|detail| DatasetError::Whole {
                dataset: self.dataset.clone(),
                detail: format!("{network}: {detail}"),
            })?;
        }
        Ok(columns)
    }
}

type Found<'a> = LookupResult<'a, Vec<u8>>;

/// What tells the kind of a database.
const MARKS: &[(DatasetKind, &[&[PathElement<'static>]])] = {
    use PathElement::Key;
    &[
        (
            DatasetKind::City,
            &[
                &[Key("city"), Key("names")],
                &[Key("location"), Key("latitude")],
                &[Key("latitude")],
            ],
        ),
        (DatasetKind::Country, &[&[Key("country"), Key("iso_code")], &[Key("country_code")]]),
        (DatasetKind::Asn, &[&[Key("autonomous_system_number")]]),
        (DatasetKind::Anonymity, &[&[Key("is_anonymous")]]),
    ]
};

fn holds(found: &Found<'_>, path: &[PathElement<'_>]) -> bool {
    matches!(found.decode_path::<serde::de::IgnoredAny>(path), Ok(Some(_)))
}

/// The record of an address, if the database has one of its family.
pub(crate) fn lookup<S: AsRef<[u8]>>(
    reader: &Reader<S>,
    ip: IpAddr,
) -> Result<Option<LookupResult<'_, S>>, MaxMindDbError> {
    let ip = match Key::from(ip) {
        Key::V4(bits) => IpAddr::V4(bits.into()),
        Key::V6(_) if reader.metadata().ip_version == 4 => return Ok(None),
        Key::V6(bits) => IpAddr::V6(bits.into()),
    };
    let found = reader.lookup(ip)?;
    Ok(found.has_data().then_some(found))
}

/// A text of a record, flat or nested.
fn text(found: &Found<'_>, path: &[PathElement<'_>]) -> Option<String> {
    let text = found.decode_path::<&str>(path).ok().flatten()?;
    (!text.is_empty()).then(|| excerpt(text, TEXT))
}

fn placed(found: &Found<'_>) -> Placed {
    let first = |paths: &[&[PathElement<'_>]]| paths.iter().find_map(|path| text(found, path));
    let number = |paths: &[&[PathElement<'_>]]| {
        paths.iter().find_map(|path| found.decode_path::<f64>(path).ok().flatten())
    };
    let latitude = number(&[&path!["location", "latitude"], &path!["latitude"]]);
    let longitude = number(&[&path!["location", "longitude"], &path!["longitude"]]);
    let on_earth = |(latitude, longitude): &(f64, f64)| {
        (-90.0..=90.0).contains(latitude) && (-180.0..=180.0).contains(longitude)
    };
    Placed {
        country: first(&[&path!["country", "iso_code"], &path!["country_code"]]),
        city: first(&[
            &path!["city", "names", "fr"],
            &path!["city", "names", "en"],
            &path!["city"],
        ]),
        region: first(&[
            &path!["subdivisions", 0, "names", "fr"],
            &path!["subdivisions", 0, "names", "en"],
            &path!["state1"],
        ]),
        postcode: first(&[&path!["postal", "code"], &path!["postcode"]]),
        at: latitude.zip(longitude).filter(on_earth),
    }
}

/// First and last address of a network; IPv4 at the beginning of an IPv6 tree is IPv4.
fn bounds(network: IpAddr, prefix: u8) -> (IpAddr, IpAddr) {
    let last = |bits: u128, free: u32| bits | u128::MAX.checked_shr(128 - free).unwrap_or_default();
    match network {
        IpAddr::V4(ip) => {
            let end = last(ip.to_bits().into(), 32 - u32::from(prefix.min(32)));
            (network, IpAddr::V4((end as u32).into()))
        }
        IpAddr::V6(ip) if ip.to_bits() >> 32 == 0 && prefix >= 96 => {
            bounds(IpAddr::V4((ip.to_bits() as u32).into()), prefix - 96)
        }
        IpAddr::V6(ip) => {
            let end = last(ip.to_bits(), 128 - u32::from(prefix.min(128)));
            (network, IpAddr::V6(end.into()))
        }
    }
}

pub(crate) fn refusal(dataset: &str, error: &MaxMindDbError) -> DatasetError {
    DatasetError::Whole { dataset: dataset.to_owned(), detail: excerpt(&error.to_string(), TEXT) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(name: &str) -> Mmdb {
        let path = format!("{}/tests/fixtures/mmdb/{name}.mmdb", env!("CARGO_MANIFEST_DIR"));
        Mmdb::checked("test", std::fs::read(path).unwrap()).unwrap()
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn the_kind_is_told_from_the_records() {
        use DatasetKind::{Anonymity, Asn, City, Country};
        let kinds = |name| open(name).kinds().unwrap();
        assert_eq!(kinds("GeoIP2-City-Test"), [City, Country]);
        assert_eq!(kinds("GeoIP2-Country-Test"), [Country]);
        assert_eq!(kinds("GeoIP2-ISP-Test"), [Asn]);
        assert_eq!(kinds("GeoLite2-ASN-Test"), [Asn]);
        assert_eq!(kinds("GeoIP2-Anonymous-IP-Test"), [Anonymity]);
        assert_eq!(kinds("GeoIP-Anonymous-Plus-Test"), [Anonymity]);
        assert_eq!(kinds("GeoIP2-Connection-Type-Test"), []);
    }

    #[test]
    fn a_place_has_its_city_in_french() {
        let place = open("GeoIP2-City-Test").place(ip("81.2.69.142")).into_known().unwrap();
        assert_eq!(place.country.as_deref(), Some("GB"));
        assert_eq!(place.city.as_deref(), Some("Londres"));
        assert_eq!(place.at, Some((51.5142, -0.0931)));
        assert_eq!(place.region.as_deref(), Some("Angleterre"));
    }

    #[test]
    fn networks_become_ranges() {
        let v4 = (ip("10.0.0.0"), ip("10.0.0.255"));
        assert_eq!(bounds(ip("10.0.0.0"), 24), v4);
        assert_eq!(bounds(ip("::10.0.0.0"), 120), v4);
        assert_eq!(bounds(ip("10.0.0.1"), 32), (ip("10.0.0.1"), ip("10.0.0.1")));
        assert_eq!(bounds(ip("0.0.0.0"), 0), (ip("0.0.0.0"), ip("255.255.255.255")));
        assert_eq!(bounds(ip("2001:db8::"), 32).1, ip("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
        assert_eq!(bounds(ip("2001:db8::1"), 128), (ip("2001:db8::1"), ip("2001:db8::1")));
    }

    #[test]
    fn hostile_databases_are_refused_whole() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/mmdb/bad");
        let mut passed = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if let Ok(database) = Mmdb::checked("bad", std::fs::read(&path).unwrap()) {
                // Those that are sound in form answer without harm.
                let _ =
                    (database.place(ip("1.1.1.1")), database.flags(ip("ffff::")), database.kinds());
                let _ = (database.systems().is_ok(), database.head());
                passed.push(path.file_stem().unwrap().to_string_lossy().into_owned());
            }
        }
        passed.sort();
        assert_eq!(passed, [] as [&str; 0]);
    }
}
