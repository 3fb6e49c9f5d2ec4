//! From the values of a web server's log to a connection, whatever the log's format.
//!
//! In: values by kind, the time, whose log it is. Out: one connection. Refused: a client that is
//! not an address.
//!
//! Traps:
//! - A proxy in front makes three addresses: the client as a trusted proxy named it (`Address`),
//!   the proxy itself (`Peer`), and what anyone can write in a header (`Forwarded`). The first is
//!   the row's; the others are kept as the forwarded chain.
//! - A port belongs to one of them. Where the client was named by a proxy that gave no port, the
//!   port of the proxy's connection is not the client's, and is not given as such.
//! - A balancer that speaks the PROXY protocol saw the client's address and port: they are taken.

use std::net::IpAddr;

use faisceau_model::rows::Connection;
use faisceau_model::{Absent, ExhibitNo, Maybe, Moment, Place, RejectReason};

use super::access::{account_of, number, written};
use super::pattern::{Found, Slot};
use crate::json::Flaw;
use crate::text::address::{self, differing, endpoint};

/// What all records of one log share.
pub(super) struct Log<'s> {
    /// The exhibit.
    pub(super) exhibit: ExhibitNo,
    /// The service whose log it is.
    pub(super) service: &'s str,
}

/// When a record says that it was, and how it writes it.
pub(super) struct When {
    /// The moment.
    pub(super) at: Moment,
    /// As written.
    pub(super) raw: String,
}

impl Log<'_> {
    /// The connection of one record.
    ///
    /// # Errors
    /// When the record gives no address of a client.
    pub(super) fn connection(
        &self,
        found: &Found<'_>,
        when: When,
        place: &Place,
    ) -> Result<Connection, Flaw> {
        let client = client(found)?;
        let status = found.get(Slot::Status).unwrap_or_default();
        let user = match found.get(Slot::User) {
            None | Some("" | "-" | "\"\"") => Maybe::Missing(Absent::NotRecorded),
            Some(user) => Maybe::Known(user),
        };
        Ok(Connection {
            account: account_of(self.service, user, status),
            at: Maybe::Known(when.at),
            at_raw: Maybe::Known(when.raw),
            ip_raw: differing(client.written, client.ip),
            port: client.port,
            user_agent: text(found, Slot::Agent),
            request: request(found),
            status: amount(found, Slot::Status),
            bytes: amount(found, Slot::Bytes),
            referer: text(found, Slot::Referer),
            forwarded: forwarded(found, &client),
            ..Connection::new(self.exhibit, place, 0, client.ip.to_string(), self.service)
        })
    }
}

/// The client of a record.
struct Client<'l> {
    ip: IpAddr,
    written: &'l str,
    port: Maybe<i64>,
    /// Addresses on the way that are not the client's own.
    others: Vec<String>,
}

fn client<'l>(found: &Found<'l>) -> Result<Client<'l>, Flaw> {
    let known = |slot| found.get(slot).filter(|text| !matches!(*text, "" | "-"));
    let peer = known(Slot::Peer).map(|ip| with_port(ip, known(Slot::PeerPort)));
    if let Some(written) = known(Slot::Proxy)
        && let Some((ip, _)) = endpoint(written)
    {
        let direct = known(Slot::Address).filter(|direct| !same(direct, ip));
        let others = direct.map(|direct| with_port(direct, known(Slot::Port)));
        let others = others.into_iter().chain(peer.filter(|peer| !same(peer, ip))).collect();
        return Ok(Client { ip, written, port: port(found, Slot::ProxyPort), others });
    }
    let (written, own_port) = match (known(Slot::Address), known(Slot::Peer)) {
        (Some(address), _) => (address, Slot::Port),
        (None, Some(peer)) => (peer, Slot::PeerPort),
        (None, None) => {
            return Err((RejectReason::Address, "the record names no client".to_owned()));
        }
    };
    let (ip, beside) = endpoint(written).ok_or_else(|| {
        (RejectReason::Address, "the client is not written as an address".to_owned())
    })?;
    let through = known(Slot::Peer).is_some_and(|peer| !same(peer, ip));
    let mut client = Client { ip, written, port: port(found, own_port), others: Vec::new() };
    if let Some(beside) = beside {
        client.port = Maybe::Known(i64::from(beside));
    } else if !through && client.port.known().is_none() {
        // One and the same connection: its port may be logged under either name.
        let other = port(found, Slot::PeerPort);
        client.port = if other.known().is_some() { other } else { client.port };
    }
    if through {
        client.others.extend(peer);
    }
    Ok(client)
}

fn same(text: &str, ip: IpAddr) -> bool {
    endpoint(text).is_some_and(|(other, _)| other == ip)
}

/// An address and its port in one text.
fn with_port(ip: &str, port: Option<&str>) -> String {
    match port {
        Some(port) if ip.contains(':') && !ip.starts_with('[') => format!("[{ip}]:{port}"),
        Some(port) => format!("{ip}:{port}"),
        None => ip.to_owned(),
    }
}

/// A port, or why there is none. nginx writes nothing or 0 where it knows of none.
pub(super) fn port(found: &Found<'_>, slot: Slot) -> Maybe<i64> {
    match found.get(slot) {
        None => Maybe::Missing(Absent::NotRecorded),
        Some("" | "-" | "0") => Maybe::Missing(Absent::NotExported),
        Some(text) => Maybe::or_absent(address::port(text).map(i64::from), Absent::Unreadable),
    }
}

fn text(found: &Found<'_>, slot: Slot) -> Maybe<String> {
    found.get(slot).map_or(Maybe::Missing(Absent::NotRecorded), |text| written(Maybe::Known(text)))
}

fn amount(found: &Found<'_>, slot: Slot) -> Maybe<i64> {
    match found.get(slot) {
        None => Maybe::Missing(Absent::NotRecorded),
        Some("") => Maybe::Missing(Absent::NotExported),
        Some(text) => number(text),
    }
}

/// The request line, or the parts of it that the log has.
fn request(found: &Found<'_>) -> Maybe<String> {
    if found.get(Slot::Request).is_some() {
        return text(found, Slot::Request);
    }
    let slots = [Slot::Method, Slot::Uri, Slot::Query, Slot::Protocol];
    if slots.iter().all(|slot| found.get(*slot).is_none()) {
        return Maybe::Missing(Absent::NotRecorded);
    }
    let mut line = String::new();
    for slot in slots {
        let Some(part) = found.get(slot).filter(|part| !matches!(*part, "" | "-")) else {
            continue;
        };
        match slot {
            Slot::Query if !part.starts_with('?') => line.push('?'),
            Slot::Query => {}
            _ if line.is_empty() => {}
            _ => line.push(' '),
        }
        line.push_str(part);
    }
    Maybe::text(&line, Absent::NotExported)
}

/// The chain that was sent, the client that a header names, then the machines that passed it on.
fn forwarded(found: &Found<'_>, client: &Client<'_>) -> Maybe<String> {
    let sent = text(found, Slot::Forwarded);
    let named = text(found, Slot::NamedClient).into_known();
    if named.is_none() && client.others.is_empty() {
        return sent;
    }
    let chain = sent.into_known().into_iter().chain(named).chain(client.others.iter().cloned());
    Maybe::Known(chain.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: &[(Slot, &str)]) -> Connection {
        let log = Log { exhibit: ExhibitNo::top(1), service: "s" };
        let at = Moment::from_unix_seconds(1).unwrap();
        let when = When { at, raw: "1".to_owned() };
        log.connection(&Found(values.to_vec()), when, &Place::Whole).unwrap()
    }

    fn shown(values: &[(Slot, &str)]) -> String {
        let row = row(values);
        let port = row.port.known().map_or("-".to_owned(), ToString::to_string);
        format!("{} {port} {}", row.ip, row.forwarded.into_known().unwrap_or_default())
    }

    #[test]
    fn the_port_of_a_proxy_is_not_that_of_the_client() {
        use Slot::{Address, Forwarded, NamedClient, Peer, PeerPort, Port, Proxy, ProxyPort};
        assert_eq!(shown(&[(Address, "192.0.2.7"), (Port, "4711")]), "192.0.2.7 4711 ");
        assert_eq!(shown(&[(Address, "192.0.2.7:4711")]), "192.0.2.7 4711 ");
        assert_eq!(
            shown(&[(Address, "192.0.2.7"), (Port, ""), (Peer, "10.0.0.1"), (PeerPort, "80")]),
            "192.0.2.7 - 10.0.0.1:80"
        );
        assert_eq!(
            shown(&[(Address, "192.0.2.7"), (Peer, "192.0.2.7"), (PeerPort, "4711")]),
            "192.0.2.7 4711 "
        );
        assert_eq!(
            shown(&[(Address, "10.0.0.1"), (Port, "80"), (Proxy, "192.0.2.7"), (ProxyPort, "9")]),
            "192.0.2.7 9 10.0.0.1:80"
        );
        assert_eq!(shown(&[(Peer, "192.0.2.7"), (PeerPort, "9")]), "192.0.2.7 9 ");
        assert_eq!(
            shown(&[(Address, "192.0.2.7"), (Forwarded, "1.1.1.1, 8.8.8.8")]),
            "192.0.2.7 - 1.1.1.1, 8.8.8.8"
        );
        assert_eq!(
            shown(&[(Address, "192.0.2.7"), (NamedClient, "8.8.8.8"), (Forwarded, "1.1.1.1")]),
            "192.0.2.7 - 1.1.1.1, 8.8.8.8"
        );
    }

    #[test]
    fn a_request_is_put_together_from_its_parts() {
        use Slot::{Address, Method, Protocol, Query, Uri};
        let request = |values: &[(Slot, &str)]| {
            let mut all = vec![(Address, "192.0.2.7")];
            all.extend(values);
            row(&all).request.into_known().unwrap_or_default()
        };
        let parts = [(Protocol, "HTTP/1.1"), (Query, "a=1"), (Uri, "/x"), (Method, "GET")];
        assert_eq!(request(&parts), "GET /x?a=1 HTTP/1.1");
        assert_eq!(request(&[(Uri, "/x"), (Query, "")]), "/x");
        assert_eq!(request(&[]), "");
    }

    #[test]
    fn a_refused_log_in_names_no_account() {
        use Slot::{Address, Status, User};
        let account =
            |status| row(&[(Address, "192.0.2.7"), (User, "ann"), (Status, status)]).account;
        assert_eq!(account("200").known().unwrap().as_str(), "s:@ann");
        assert_eq!(account("401"), Maybe::Missing(Absent::NotApplicable));
    }
}
