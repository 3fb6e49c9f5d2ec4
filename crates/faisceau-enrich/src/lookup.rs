//! Everything that is known of one address at one time.

use std::net::IpAddr;
use std::sync::Arc;

use faisceau_datasets::{Bundle, ListVerdict, Verdict};
use faisceau_model::rows::{Address, Connection};
use faisceau_model::{Absent, AccessKind, AddressScope, Listing, Maybe, Moment};

use crate::access::{Bases, Evidence, Lists, decide};
use crate::enrich::Enrichment;
use crate::forwarded::{Client, client};
use crate::overlay::OverlayLine;
use crate::texts::Texts;
use crate::tor_pin;
use faisceau_model::scope;

/// What the look-ups draw from.
pub(crate) struct Sources<'a> {
    pub(crate) with: Enrichment<'a>,
    pub(crate) bases: Bases,
}

/// A text with its source and distance, or the reason why there is none.
struct Cited<'a> {
    value: Maybe<&'a Arc<str>>,
    source: Maybe<&'a Arc<str>>,
    days: Maybe<i64>,
}

impl<'a> Cited<'a> {
    const NOT_LOOKED_UP: Self = Self {
        value: Maybe::Missing(Absent::NotApplicable),
        source: Maybe::Missing(Absent::NotApplicable),
        days: Maybe::Missing(Absent::NotApplicable),
    };

    /// What a line of the overlay says; it holds on the day of the event.
    fn overlay(value: Option<&'a Arc<str>>, line: &'a OverlayLine, at: Maybe<Moment>) -> Self {
        Self {
            value: Maybe::or_absent(value, Absent::NotRecorded),
            source: Maybe::Known(&line.label),
            days: at.map(|_| 0),
        }
    }
}

/// The row of one connection.
pub(crate) fn address(
    connection: &Connection,
    sources: &Sources<'_>,
    texts: &mut Texts,
) -> Address {
    let Sources { with: Enrichment { bundle, overlay, proxies, tor }, bases } = sources;
    let at = connection.at;
    let client = client(connection, proxies);
    let ip = match &client {
        Some(client) => Some(client.ip),
        None => connection.ip.parse::<IpAddr>().ok(),
    };
    // An address that does not parse is no client's: no dataset is asked.
    let scope = ip.map_or(AddressScope::Reserved, scope);
    let line = ip.and_then(|ip| overlay.find(ip, at));
    let routed = ip.filter(|_| scope == AddressScope::Global);
    let announced = routed.map(|ip| bundle.asn(ip, at));
    let announced_asn =
        announced.as_ref().and_then(|verdict| verdict.value.known()).map(|(asn, _)| *asn);
    let lists = routed.map(|ip| Lists {
        tor: tor_pin::exit(ip, at, bundle, *tor),
        relay: bundle.relay(ip, at),
        vpn: bundle.vpn(ip, at),
        hosting: hosting(ip, announced_asn, bundle, at),
        cdn: bundle.cdn(ip, at),
    });
    let country = match line {
        Some(line) if line.country.is_some() => Cited::overlay(line.country.as_ref(), line, at),
        _ => routed.map_or(Cited::NOT_LOOKED_UP, |ip| {
            let Verdict { value, source, days } = bundle.country(ip, at);
            Cited { value, source: Maybe::Known(source), days }
        }),
    };
    let (asn, operator) = operator(line, announced, at);
    let evidence =
        Evidence { overlay: line, scope, lists: lists.as_ref(), asn: asn.known().copied() };
    let access = decide(&evidence, bundle, bases);
    let lists = lists.as_ref();
    let found = Found { client, scope, country, asn, operator, lists, access };
    row(connection, &found, texts)
}

/// What the list of cloud ranges says where it has the address, else that of the hosts' systems.
fn hosting(ip: IpAddr, asn: Option<u32>, bundle: &Bundle, at: Maybe<Moment>) -> ListVerdict<'_> {
    let cloud = bundle.cloud(ip, at);
    if cloud.listing == Listing::Listed { cloud } else { bundle.hosting(ip, asn, at) }
}

/// The AS and the operator: those of the overlay where it names them, else those announced. One
/// source stands for both, so a line that names one of them sets the other only to what it says.
fn operator<'a>(
    line: Option<&'a OverlayLine>,
    announced: Option<Verdict<'a, (u32, &'a Arc<str>)>>,
    at: Maybe<Moment>,
) -> (Maybe<u32>, Cited<'a>) {
    if let Some(line) = line
        && (line.asn.is_some() || line.operator.is_some())
    {
        let asn = Maybe::or_absent(line.asn, Absent::NotRecorded);
        return (asn, Cited::overlay(line.operator.as_ref(), line, at));
    }
    let Some(Verdict { value, source, days }) = announced else {
        return (Maybe::Missing(Absent::NotApplicable), Cited::NOT_LOOKED_UP);
    };
    let operator = Cited { value: value.map(|(_, name)| name), source: Maybe::Known(source), days };
    (value.map(|(asn, _)| asn), operator)
}

/// All that goes into a row beside the connection.
struct Found<'a> {
    client: Option<Client>,
    scope: AddressScope,
    country: Cited<'a>,
    asn: Maybe<u32>,
    operator: Cited<'a>,
    lists: Option<&'a Lists<'a>>,
    access: (AccessKind, &'a Arc<str>),
}

/// A listing with its source and distance; no data where the list was not asked.
fn listed(
    verdict: Option<&ListVerdict<'_>>,
    texts: &mut Texts,
) -> (Listing, Maybe<Arc<str>>, Maybe<i64>) {
    let none = Absent::NotApplicable;
    match verdict {
        Some(found) => (found.listing, Maybe::Known(texts.own(found.source)), found.days),
        None => (Listing::NoData, Maybe::Missing(none), Maybe::Missing(none)),
    }
}

fn row(connection: &Connection, found: &Found<'_>, texts: &mut Texts) -> Address {
    let (tor, tor_source, tor_days) = listed(found.lists.map(|lists| &lists.tor), texts);
    let (vpn, vpn_source, vpn_days) = listed(found.lists.map(|lists| &lists.vpn), texts);
    let (hosting, hosting_source, hosting_days) =
        listed(found.lists.map(|lists| &lists.hosting), texts);
    let (relay, relay_source, relay_days) = listed(found.lists.map(|lists| &lists.relay), texts);
    let mut own = |text: Maybe<&Arc<str>>| text.map(|text| texts.own(text));
    let (ip, port, via) = match &found.client {
        None => (connection.ip.clone(), connection.port, Maybe::Missing(Absent::NotApplicable)),
        Some(Client { ip, port, via }) => {
            let via: Vec<String> = via.iter().map(ToString::to_string).collect();
            (ip.to_string(), *port, Maybe::Known(via.join(", ")))
        }
    };
    Address {
        id: connection.id.with_prefix("adr"),
        exhibit: connection.exhibit,
        place: connection.place.clone(),
        connection: connection.id.clone(),
        account: connection.account.clone(),
        ip,
        port,
        via,
        at: connection.at,
        scope: found.scope,
        country: own(found.country.value),
        country_source: own(found.country.source),
        country_days: found.country.days,
        asn: found.asn.map(i64::from),
        operator: own(found.operator.value),
        operator_source: own(found.operator.source),
        operator_days: found.operator.days,
        tor,
        tor_source,
        tor_days,
        vpn,
        vpn_source,
        vpn_days,
        hosting,
        hosting_source,
        hosting_days,
        relay,
        relay_source,
        relay_days,
        access: found.access.0,
        access_basis: texts.own(found.access.1),
        declared: connection.declared,
    }
}
