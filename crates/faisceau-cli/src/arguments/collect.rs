//! What `faisceau collect` asks, and of whom.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Subcommand;
use faisceau_collect::dns::Kind;
use faisceau_collect::profiles::Service;
use faisceau_collect::rdap::Target as RdapTarget;
use faisceau_model::ExhibitNo;
use url::Url;

use super::page::PageArguments;
use super::web::{ResolverArguments, RobotsArguments, WebArguments};

/// A source to ask.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum CollectSource {
    /// Ask the DNS: names of addresses, addresses and records of names. Nothing is asked of a server
    /// that you do not name; it learns what you ask about.
    Dns(DnsArguments),
    /// Ask lists of addresses over the DNS (DNSBL, the list of Tor exits) what they hold now. A list is
    /// believed once its test entries are right; it learns the addresses.
    Blocklist(BlocklistArguments),
    /// Ask registries who holds addresses, prefixes, AS numbers and domains today (RDAP). A registry
    /// learns what you ask about.
    Rdap(RdapArguments),
    /// Ask logs of certificates and archives of pages that you name what they hold of a name. They learn
    /// the name; its holder sees nothing.
    Lookup(LookupArguments),
    /// Ask the sites of a file whether they know a handle, and a name that nobody has. Each site learns
    /// the handle; a hit is a lead and no identity.
    Presence(PresenceArguments),
    /// Record pages of the web as their servers give them: the request, every byte of the answer, the
    /// certificates, as a web archive (WARC). The server sees your address, and what you ask for.
    Page(Box<PageArguments>),
    /// Read a public profile and its posts over an interface that asks for no log-in, page after page.
    /// The service sees your address and whom you read; the account is told nothing.
    Profile(Box<ProfileArguments>),
    /// Have authorities date the exhibits and the journal (RFC 3161). An authority learns hashes and
    /// your address; the tokens stay beside the exhibits, and `verify` checks them offline.
    Timestamp(TimestampArguments),
}

/// What to ask the DNS, and whom.
#[derive(Debug, Clone, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct DnsArguments {
    /// Addresses, which are asked for their names (PTR), and names.
    #[arg(value_name = "NAME|IP")]
    pub(crate) targets: Vec<String>,
    /// What names are asked for: PTR, A, AAAA, MX, NS, TXT, SOA, CAA and others; default: A and AAAA.
    #[arg(long = "type", value_name = "TYPE", value_parser = crate::commands::collect_kind)]
    pub(crate) kinds: Vec<Kind>,
    /// Ask each name of an address for its addresses: only the holder of a name can confirm it.
    #[arg(long)]
    pub(crate) confirm: bool,
    /// Ask every server everything, and say where they differ.
    #[arg(long)]
    pub(crate) compare: bool,
    /// Check the signatures of each answer here, from the root of the DNS down.
    #[arg(long)]
    pub(crate) dnssec: bool,
    /// Trust anchors for `--dnssec`, as DS records of a zone file; default: the keys of the root.
    #[arg(long, value_name = "FILE", requires = "dnssec")]
    pub(crate) anchors: Option<PathBuf>,
    /// Ask about every public address of the connections of the case.
    #[arg(long)]
    pub(crate) addresses_of_case: bool,
    #[command(flatten)]
    pub(crate) how: ResolverArguments,
}

/// Lists of addresses to ask.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct BlocklistArguments {
    /// Addresses.
    #[arg(value_name = "IP")]
    pub(crate) targets: Vec<IpAddr>,
    /// The zone of a list; dnsel.torproject.org is that of Tor exits.
    #[arg(long = "zone", value_name = "NAME", required = true)]
    pub(crate) zones: Vec<String>,
    /// Ask about every public address of the connections of the case.
    #[arg(long)]
    pub(crate) addresses_of_case: bool,
    #[command(flatten)]
    pub(crate) how: ResolverArguments,
}

/// What to ask registries.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct RdapArguments {
    /// Addresses, prefixes, AS numbers (AS64500), domains.
    #[arg(value_name = "TARGET")]
    pub(crate) targets: Vec<RdapTarget>,
    /// Ask this server, below which `ip/`, `autnum/` and `domain/` stand.
    #[arg(long, value_name = "URL", conflicts_with = "bootstrap")]
    pub(crate) server: Option<Url>,
    /// Ask these lists who registers what; those of IANA stand at `https://data.iana.org/rdap/`.
    #[arg(long, value_name = "URL")]
    pub(crate) bootstrap: Option<Url>,
    /// Ask about every public address of the connections of the case.
    #[arg(long)]
    pub(crate) addresses_of_case: bool,
    #[command(flatten)]
    pub(crate) web: WebArguments,
}

/// What to ask logs and archives.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct LookupArguments {
    /// Names, which are asked for certificates and captures, and addresses of pages.
    #[arg(value_name = "NAME|URL", required = true)]
    pub(crate) targets: Vec<String>,
    /// A log of certificates that answers as crt.sh does.
    #[arg(long, value_name = "URL")]
    pub(crate) certificates: Vec<Url>,
    /// An archive of pages that answers as the CDX server of the Wayback Machine does.
    #[arg(long, value_name = "URL")]
    pub(crate) captures: Vec<Url>,
    /// Also what stands below the names.
    #[arg(long)]
    pub(crate) below: bool,
    #[command(flatten)]
    pub(crate) web: WebArguments,
}

/// A handle to look for.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct PresenceArguments {
    /// The handle, without `@`.
    pub(crate) handle: String,
    /// A file of sites in the form of `WhatsMyName` (wmn-data.json).
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) sites: PathBuf,
    /// Only sites of these categories.
    #[arg(long = "category", value_name = "NAME")]
    pub(crate) categories: Vec<String>,
    /// No sites of these categories.
    #[arg(long = "without", value_name = "NAME")]
    pub(crate) without: Vec<String>,
    /// Also ask sites that are asked by POST.
    #[arg(long)]
    pub(crate) post: bool,
    /// Also ask sites of which the file says that they keep programs away.
    #[arg(long)]
    pub(crate) protected: bool,
    #[command(flatten)]
    pub(crate) robots: RobotsArguments,
    #[command(flatten)]
    pub(crate) web: WebArguments,
}

/// An account, thread or feed to read.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ProfileArguments {
    /// mastodon (and relatives), bluesky, reddit, reddit-thread, feed (RSS, Atom, JSON Feed).
    #[arg(value_name = "SERVICE", value_parser = service)]
    pub(crate) service: Service,
    /// The handle, id or address of the account, thread or feed.
    #[arg(value_name = "WHO")]
    pub(crate) read: String,
    /// Mastodon: the server to ask, where it is not the one in the handle.
    #[arg(long, value_name = "HOST", conflicts_with = "endpoint")]
    pub(crate) instance: Option<String>,
    /// No more pages once so many posts were seen.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// No more pages once all posts of one are older.
    #[arg(long, value_name = "DAY|INSTANT", value_parser = instant)]
    pub(crate) since: Option<jiff::Timestamp>,
    /// Posts from then on count as outside.
    #[arg(long, value_name = "DAY|INSTANT", value_parser = instant)]
    pub(crate) until: Option<jiff::Timestamp>,
    /// Leave answers to others out, where the service can.
    #[arg(long)]
    pub(crate) no_replies: bool,
    /// Leave forwarded posts of others out, where the service can.
    #[arg(long)]
    pub(crate) no_reposts: bool,
    /// Bluesky: also ask for the handles that the account had.
    #[arg(long)]
    pub(crate) history: bool,
    /// Another address of the service.
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint: Option<String>,
    /// Another address of the directory of Bluesky identities.
    #[arg(long, value_name = "URL")]
    pub(crate) directory: Option<String>,
    #[command(flatten)]
    pub(crate) robots: RobotsArguments,
    #[command(flatten)]
    pub(crate) web: WebArguments,
}

fn service(text: &str) -> Result<Service, String> {
    let words = Service::ALL.map(Service::as_str).join(", ");
    let found = Service::ALL.into_iter().find(|service| service.as_str() == text);
    found.ok_or_else(|| format!("one of {words} is expected"))
}

/// What to have dated, and by whom.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct TimestampArguments {
    /// Exhibits; default: all that were added, without those that the authority dated before.
    #[arg(value_name = "EXHIBIT")]
    pub(crate) exhibits: Vec<ExhibitNo>,
    /// The authority to ask; each of several dates everything.
    #[arg(long = "authority", value_name = "URL")]
    pub(crate) authorities: Vec<Url>,
    /// Root certificates to trust for time stamps, as PEM or DER. The case keeps them.
    #[arg(long = "trust", value_name = "FILE")]
    pub(crate) trusted: Vec<PathBuf>,
    /// Only the journal, whose last line stands for all exhibits.
    #[arg(long)]
    pub(crate) journal_only: bool,
    #[command(flatten)]
    pub(crate) web: WebArguments,
}

/// A day begins at midnight in UTC.
fn instant(text: &str) -> Result<jiff::Timestamp, String> {
    let day = || {
        let day: jiff::civil::Date = text.parse().ok()?;
        Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
    };
    let instant = text.parse().ok().or_else(day);
    instant.ok_or_else(|| "write it like 2026-03-01 or 2026-03-01T08:00:00+01:00".to_owned())
}
