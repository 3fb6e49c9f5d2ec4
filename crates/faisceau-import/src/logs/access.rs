//! Access logs of nginx and Apache, common or combined.
//!
//! Producers: nginx `combined` and the `main` format of its packages (with X-Forwarded-For),
//! Apache httpd `common`, `combined` and `vhost_combined`, and whatever writes the same. Field
//! names from `ngx_http_log_module` and `mod_log_config`, checked 2026-08.
//!
//! ```text
//! [vhost[:port] ]ip[:port] ident user [dd/Mon/yyyy:hh:mm:ss +hhmm] "request" status bytes
//!     [ "referer" "user agent"[ "forwarded"][ port]]
//! ```
//!
//! In: lines. Out: one connection a line, in order. An empty line is not a record. Escapes
//! (`\"`, `\x22`) stay as the server wrote them, so that the row can be found in the exhibit.
//!
//! Traps:
//! - The visitor chooses request, referer, agent, forwarded chain, and through the Host header
//!   even the virtual host. None of them can move the address or the time; see `clf`.
//! - A line may end inside the user agent (a full disk, a hostile agent with a line break): the
//!   row is kept with what there is of it.
//! - `user` is what was typed, not who it was, when the status is 401: no account is recorded.
//! - A bare last number may be a duration. It is taken for a port only if every number in the
//!   head of the log could be one, or if the settings say so.
//! - An IPv6 address without brackets hides the port after it (`2001:db8::1:443`): in a log that
//!   writes ports with addresses, it is kept as it is written and its port is unreadable.
//! - An address before that of the client is a forwarded chain or a virtual host that the visitor
//!   chose: it is kept as `forwarded`, which is but a claim.
//! - The clock is the server's, second by second, with its offset. It never shows a year before
//!   1970.

use std::net::IpAddr;

use faisceau_model::rows::{Connection, Reject};
use faisceau_model::{
    Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, Precision, RejectReason, RowId, Sink,
    ZoneSource,
};
use rayon::prelude::*;

use super::clf::{self, Fields, Refusal};
use super::clf_time;
use super::layout::Layout;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::ImportSettings;
use crate::text::address::{could_hide_a_port, differing, endpoint, port};
use crate::text::decode::decode;
use crate::text::lines::{Block, Blocks, Chunk, Line, Piece};

/// The longest line that is read, in bytes. Servers cut their own lines far below.
const LINE_LIMIT: usize = 64 * 1024;

/// Bytes that one thread reads at a time.
const CHUNK: usize = 256 * 1024;

/// Bytes of a line, to reserve the rows of a chunk at once.
const TYPICAL_LINE: usize = 150;

/// Lines of the head that decide.
const SNIFF_LINES: usize = 200;

const TOO_LONG: &str = "the line is longer than 64 KiB";

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "access-log",
    title: "nginx and Apache access log, common or combined",
    group: Group::Logs,
    gives: &["connections"],
    versions: "NCSA common and combined, with virtual host, forwarded chain or source port",
    checked: "2026-11-21",
    sample: "tests/fixtures/access_log/crowdsec_apache2.log",
    origin: Origin::Real,
    rank: Rank::Lines,
    sniff: |head| sniff(head.bytes),
    parse,
    owner: None,
};

/// Whether at least half of the first lines hold a time and a request in their places.
pub(crate) fn sniff(head: &[u8]) -> bool {
    let (mut lines, mut fit) = (0, 0);
    for line in Chunk::head(head).lines().take(SNIFF_LINES) {
        lines += 1;
        fit += usize::from(clf::has_time(&decode(line.bytes)));
    }
    fit > 0 && fit * 2 >= lines
}

/// Reads a log of any size, in blocks whose parts are read in parallel and given in order.
pub(crate) fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let layout = Layout::of(&source.head()?, settings);
    let log = Log {
        exhibit: source.exhibit,
        id_start: format!("con:{}:l", source.exhibit),
        service: &settings.service,
        layout,
    };
    let mut blocks = Blocks::new((source.open)()?);
    let mut next = blocks.next();
    loop {
        match next {
            Ok(Some(Piece::Lines(block))) => {
                // The next block is read while this one is parsed.
                let (parts, ahead) = rayon::join(|| log.read_block(&block), || blocks.next());
                for part in parts {
                    part.give(sink);
                }
                next = ahead;
            }
            Ok(Some(Piece::TooLong { place, head })) => {
                sink.records(1);
                sink.reject(Reject::new(log.exhibit, place, RejectReason::Limit, TOO_LONG, &head));
                next = blocks.next();
            }
            Ok(None) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}

/// What all lines of one log share.
struct Log<'s> {
    exhibit: ExhibitNo,
    id_start: String,
    service: &'s str,
    layout: Layout,
}

/// What came of one part of a block.
#[derive(Default)]
struct Part {
    lines: u64,
    rows: Vec<Connection>,
    rejects: Vec<Reject>,
}

impl Part {
    fn give(self, sink: &mut dyn Sink) {
        sink.records(self.lines);
        sink.read(self.rows.len() as u64);
        sink.connections(self.rows);
        for row in self.rejects {
            sink.reject(row);
        }
    }
}

impl Log<'_> {
    fn read_block(&self, block: &Block) -> Vec<Part> {
        block.chunks(CHUNK).into_par_iter().map(|chunk| self.read_chunk(chunk)).collect()
    }

    fn read_chunk(&self, chunk: Chunk<'_>) -> Part {
        let rows = Vec::with_capacity(chunk.len() / TYPICAL_LINE + 1);
        let mut part = Part { rows, ..Part::default() };
        for line in chunk.lines() {
            part.lines += 1;
            match self.read_line(&line) {
                Ok(row) => part.rows.push(row),
                Err((reason, detail)) => {
                    let place = line.place();
                    part.rejects.push(Reject::new(self.exhibit, place, reason, detail, line.bytes));
                }
            }
        }
        part
    }

    fn read_line(&self, line: &Line<'_>) -> Result<Connection, Refusal> {
        if line.bytes.len() > LINE_LIMIT {
            return Err((RejectReason::Limit, TOO_LONG));
        }
        let text = decode(line.bytes);
        let fields = clf::fields(&text)?;
        let (ip, port) = self.client(&fields)?;
        let at = clf_time::seconds(fields.time.as_bytes())
            .and_then(|at| {
                Moment::new(at.checked_mul(1_000_000)?, Precision::Second, ZoneSource::Explicit)
            })
            .ok_or((RejectReason::Time, "the time does not exist"))?;
        if at.at_us() < 0 || fields.time.get(7..11).is_none_or(|year| year < "1970") {
            return Err((RejectReason::Time, "the time is before 1970"));
        }
        let place = line.place();
        Ok(Connection {
            id: self.row_id(&place, line),
            exhibit: self.exhibit,
            place,
            account: self.account(&fields),
            at: Maybe::Known(at),
            at_raw: Maybe::Known(fields.time.to_owned()),
            ip_raw: differing(fields.client, ip),
            ip: address_text(ip),
            port,
            user_agent: written(fields.user_agent),
            request: written(Maybe::Known(fields.request)),
            status: number(fields.status),
            bytes: number(fields.bytes),
            referer: written(fields.referer),
            service: self.service.to_owned(),
            forwarded: forwarded(&fields),
            declared: false,
        })
    }

    fn client(&self, fields: &Fields<'_>) -> Result<(IpAddr, Maybe<i64>), Refusal> {
        let (ip, with_address) = endpoint(fields.client)
            .ok_or((RejectReason::Address, "the client is not written as an address"))?;
        if self.layout.port_with_address
            && with_address.is_none()
            && could_hide_a_port(fields.client)
        {
            return Ok((ip, Maybe::Missing(Absent::Unreadable)));
        }
        let last = fields.last_number.filter(|_| self.layout.port_last);
        let port = match (with_address, last) {
            (Some(port), _) => Maybe::Known(i64::from(port)),
            (None, Some(last)) => Maybe::or_absent(port(last).map(i64::from), Absent::Unreadable),
            (None, None) => Maybe::Missing(Absent::NotRecorded),
        };
        Ok((ip, port))
    }

    /// [`RowId::at`] without the formatting machinery, which would be a tenth of the work.
    fn row_id(&self, place: &Place, line: &Line<'_>) -> RowId {
        let mut id = String::with_capacity(self.id_start.len() + 24);
        id.push_str(&self.id_start);
        push_decimal(&mut id, line.number);
        id.push('@');
        push_decimal(&mut id, line.byte);
        id.parse().unwrap_or_else(|_| RowId::at("con", self.exhibit, place, 0))
    }

    fn account(&self, fields: &Fields<'_>) -> Maybe<AccountKey> {
        account_of(self.service, fields.user, fields.status)
    }
}

/// The account of a user that the server names: none when it refused the log-in, for then the name
/// is what somebody typed.
pub(super) fn account_of(service: &str, user: Maybe<&str>, status: &str) -> Maybe<AccountKey> {
    match user {
        Maybe::Missing(reason) => Maybe::Missing(reason),
        Maybe::Known(_) if status == "401" => Maybe::Missing(Absent::NotApplicable),
        Maybe::Known(user) if user.chars().all(|c| c.is_control() || c == '@' || c == ' ') => {
            Maybe::Missing(Absent::Unreadable)
        }
        Maybe::Known(user) => Maybe::Known(AccountKey::by_handle(service, user)),
    }
}

/// The canonical text of an address.
fn address_text(ip: IpAddr) -> String {
    let IpAddr::V4(ip) = ip else { return ip.to_string() };
    let mut text = String::with_capacity(15);
    for (at, octet) in ip.octets().into_iter().enumerate() {
        if at > 0 {
            text.push('.');
        }
        push_decimal(&mut text, u64::from(octet));
    }
    text
}

fn push_decimal(text: &mut String, number: u64) {
    if number > 9 {
        push_decimal(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// A field as the server wrote it; `-` and nothing are how it says that there was none.
pub(super) fn written(field: Maybe<&str>) -> Maybe<String> {
    match field {
        Maybe::Known("" | "-") => Maybe::Missing(Absent::NotExported),
        field => field.map(str::to_owned),
    }
}

pub(super) fn number(field: &str) -> Maybe<i64> {
    match field {
        "-" => Maybe::Missing(Absent::NotExported),
        _ => Maybe::or_absent(field.parse().ok(), Absent::Unreadable),
    }
}

/// A forwarded chain holds at least one address; another quoted field (a cookie, a host) is none.
/// Addresses before the client come first, as they do in the line.
fn forwarded(fields: &Fields<'_>) -> Maybe<String> {
    let chain = match written(fields.forwarded) {
        Maybe::Known(chain) if !names_address(&chain) => Maybe::Missing(Absent::Unreadable),
        chain => chain,
    };
    let before = fields.before_client;
    match chain {
        chain if !names_address(before) => chain,
        Maybe::Known(chain) => Maybe::Known(format!("{before} {chain}")),
        Maybe::Missing(_) => Maybe::Known(before.to_owned()),
    }
}

fn names_address(chain: &str) -> bool {
    chain.split([',', ' ']).any(|hop| endpoint(hop).is_some())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_and_addresses_are_written_as_elsewhere(
            number in any::<u64>(), byte in any::<u64>(), ip in any::<[u8; 4]>(),
        ) {
            let exhibit: ExhibitNo = "4.2".parse().unwrap();
            let layout = Layout::default();
            let log = Log { exhibit, id_start: format!("con:{exhibit}:l"), service: "s", layout };
            let line = Line { number, byte, bytes: b"" };
            let place = line.place();
            prop_assert_eq!(log.row_id(&place, &line), RowId::at("con", exhibit, &place, 0));
            let ip = Ipv4Addr::from(ip);
            prop_assert_eq!(address_text(IpAddr::V4(ip)), ip.to_string());
        }
    }
}
