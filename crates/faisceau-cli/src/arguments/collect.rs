//! What `faisceau collect` asks, and of whom.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::Subcommand;
use faisceau_collect::dns::{Kind, Resolver};
use faisceau_collect::profiles::Service;
use faisceau_collect::rdap::Target as RdapTarget;
use faisceau_collect::socks::Proxy;
use faisceau_model::ExhibitNo;
use url::Url;

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

/// Servers of the DNS, and how they are asked.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ResolverArguments {
    /// The server to ask: `IP:PORT`, `tls://NAME@IP`, `https://NAME/dns-query`. The next ones hear what
    /// those before did not answer.
    #[arg(long = "resolver", value_name = "SERVER", help_heading = "How")]
    pub(crate) resolvers: Vec<Resolver>,
    /// Questions a second; default: as many as are answered.
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000),
        help_heading = "How"
    )]
    pub(crate) rate: Option<u32>,
    /// Questions that wait for an answer at a time; more than 128 overflow buffers and get lost.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 64,
        value_parser = clap::value_parser!(u16).range(1..=128),
        help_heading = "How"
    )]
    pub(crate) concurrency: u16,
    /// How long an answer is waited for, in milliseconds.
    #[arg(
        long,
        value_name = "MS",
        default_value_t = 2000,
        value_parser = clap::value_parser!(u32).range(1..=60_000),
        help_heading = "How"
    )]
    pub(crate) timeout: u32,
    /// How often a question without answer is asked again.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2,
        value_parser = clap::value_parser!(u8).range(0..=10),
        help_heading = "How"
    )]
    pub(crate) retries: u8,
    /// Certificates to trust beside the roots of this machine, as PEM or DER, for servers over TLS.
    #[arg(long = "root", value_name = "FILE", help_heading = "How")]
    pub(crate) roots: Vec<PathBuf>,
    /// An HTTPS server on this machine or network that may be asked all the same.
    #[arg(long = "allow-local", value_name = "IP:PORT", help_heading = "How")]
    pub(crate) allowed: Vec<SocketAddr>,
    /// Print each question and the server it would go to, and send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
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

/// How the web is asked.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct WebArguments {
    /// Go through a SOCKS5 proxy, which resolves the names too; that of Tor is `socks5://127.0.0.1:9050`.
    #[arg(long, value_name = "socks5://IP:PORT", help_heading = "How")]
    pub(crate) via: Option<Proxy>,
    /// How whoever runs the site can reach you: it becomes part of the User-Agent.
    #[arg(long, value_name = "TEXT", help_heading = "How")]
    pub(crate) contact: Option<String>,
    /// Seconds until an answer must be whole.
    #[arg(
        long,
        value_name = "S",
        default_value_t = 60,
        value_parser = clap::value_parser!(u32).range(1..=86_400),
        help_heading = "How"
    )]
    pub(crate) timeout: u32,
    /// Seconds until a connection must be open.
    #[arg(
        long,
        value_name = "S",
        default_value_t = 15,
        value_parser = clap::value_parser!(u32).range(1..=3600),
        help_heading = "How"
    )]
    pub(crate) connect: u32,
    /// Milliseconds between two requests to one host.
    #[arg(long, value_name = "MS", default_value_t = 1000, help_heading = "How")]
    pub(crate) interval: u32,
    /// The largest answer, in mebibytes; decoded, four times that.
    #[arg(
        long,
        value_name = "MIB",
        default_value_t = 64,
        value_parser = clap::value_parser!(u32).range(1..=4096),
        help_heading = "How"
    )]
    pub(crate) max_mib: u32,
    /// Certificates to trust beside the roots of this machine, as PEM or DER.
    #[arg(long = "root", value_name = "FILE", help_heading = "How")]
    pub(crate) roots: Vec<PathBuf>,
    /// An address on this machine or network that may be asked all the same. The journal says so.
    #[arg(long = "allow-local", value_name = "IP:PORT", help_heading = "How")]
    pub(crate) allowed: Vec<SocketAddr>,
    /// Follow a link, or a redirection, although it may tell whoever made it that somebody followed it.
    #[arg(long, help_heading = "How")]
    pub(crate) although_it_may_alert: bool,
    /// Print each request that would leave and whom it would go to, and send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Pages to record.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct PageArguments {
    /// Their addresses.
    #[arg(required = true, value_name = "URL")]
    pub(crate) urls: Vec<Url>,
    /// Keep the web archive as a package that players open (WACZ).
    #[arg(long)]
    pub(crate) wacz: bool,
    #[command(flatten)]
    pub(crate) seal: SealArguments,
    /// Also show the page in a headless Chromium of this machine, and keep picture, print and document.
    /// The page's scripts run: the sites that it refers to are asked too.
    #[arg(long, help_heading = "Capture")]
    pub(crate) capture: bool,
    /// The browser; default: the Chromium on the path.
    #[arg(long, value_name = "PATH", requires = "capture", help_heading = "Capture")]
    pub(crate) browser: Option<PathBuf>,
    /// Width and height of the window, in CSS pixels.
    #[arg(long, value_name = "WxH", default_value = "1280x1024", value_parser = viewport,
        help_heading = "Capture")]
    pub(crate) viewport: (u32, u32),
    /// The language that the page is asked in.
    #[arg(long, value_name = "TAG", default_value = "fr-FR", help_heading = "Capture")]
    pub(crate) language: String,
    /// The time zone that the page sees.
    #[arg(
        long,
        value_name = "ZONE",
        default_value = "Europe/Paris",
        value_parser = time_zone,
        help_heading = "Capture"
    )]
    pub(crate) time_zone: String,
    #[command(flatten)]
    pub(crate) web: WebArguments,
}

/// What machines may read of a site.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct RobotsArguments {
    /// Ask although the site's `robots.txt` asks machines not to, for this reason. The journal says so.
    #[arg(long, value_name = "REASON", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) despite_robots: Option<String>,
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

fn viewport(text: &str) -> Result<(u32, u32), String> {
    let (width, height) = text.split_once('x').ok_or("write it like 1280x1024")?;
    let number = |text: &str| match text.parse::<u32>() {
        Ok(number @ 200..=4096) => Ok(number),
        _ => Err("write it like 1280x1024, each from 200 to 4096".to_owned()),
    };
    Ok((number(width)?, number(height)?))
}

fn time_zone(text: &str) -> Result<String, String> {
    let known = jiff::tz::TimeZone::get(text);
    known.map(|_| text.to_owned()).map_err(|_| "no time zone such as Europe/Paris".to_owned())
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

/// How a package is sealed: in the name of a domain, dated by an authority (wacz-auth 0.1.0).
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct SealArguments {
    /// Seal the package in the name of this domain, whose key you hold.
    #[arg(
        long = "seal",
        value_name = "DOMAIN",
        requires_all = ["wacz", "seal_key", "seal_chain", "seal_authority", "seal_authority_chain"],
        help_heading = "Seal"
    )]
    pub(crate) domain: Option<String>,
    /// Its private key: P-256 or P-384, PEM or DER.
    #[arg(long, value_name = "FILE", help_heading = "Seal")]
    pub(crate) seal_key: Option<PathBuf>,
    /// Its certificate and those above it, the root last, PEM.
    #[arg(long, value_name = "FILE", help_heading = "Seal")]
    pub(crate) seal_chain: Option<PathBuf>,
    /// The authority that dates the seal (RFC 3161).
    #[arg(long, value_name = "URL", help_heading = "Seal")]
    pub(crate) seal_authority: Option<Url>,
    /// The certificates of that authority, the root last, PEM.
    #[arg(long, value_name = "FILE", help_heading = "Seal")]
    pub(crate) seal_authority_chain: Option<PathBuf>,
}
