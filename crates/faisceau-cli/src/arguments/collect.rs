//! What `faisceau collect` asks, and of whom.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::Subcommand;
use faisceau_collect::dns::Kind;
use faisceau_collect::profiles::Service;
use faisceau_collect::socks::Proxy;
use faisceau_model::ExhibitNo;
use url::Url;

/// A source to ask.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum CollectSource {
    /// Ask the DNS: names of addresses, addresses and records of names. Nothing is asked of a server
    /// that you do not name; it learns what you ask about.
    Dns(DnsArguments),
    /// Record pages of the web as their servers give them: the request, every byte of the answer, the
    /// certificates, as a web archive (WARC). The server sees your address, and what you ask for.
    Page(PageArguments),
    /// Read a public profile and its posts over an interface that asks for no log-in, page after page.
    /// The service sees your address and whom you read; the account is told nothing.
    Profile(Box<ProfileArguments>),
    /// Have authorities date the exhibits and the journal (RFC 3161). An authority learns hashes and
    /// your address; the tokens stay beside the exhibits, and `verify` checks them offline.
    Timestamp(TimestampArguments),
}

/// What to ask the DNS, and whom.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct DnsArguments {
    /// Addresses, which are asked for their names (PTR), and names.
    #[arg(value_name = "NAME|IP")]
    pub(crate) targets: Vec<String>,
    /// What names are asked for: PTR, A, AAAA, MX, NS, TXT, SOA, CAA; default: A and AAAA.
    #[arg(long = "type", value_name = "TYPE", value_parser = crate::commands::collect_kind)]
    pub(crate) kinds: Vec<Kind>,
    /// Ask each name of an address for its addresses: only the holder of a name can confirm it.
    #[arg(long)]
    pub(crate) confirm: bool,
    /// The server to ask; the next ones hear what those before did not answer.
    #[arg(long = "resolver", value_name = "IP:PORT", value_parser = resolver)]
    pub(crate) resolvers: Vec<SocketAddr>,
    /// Questions a second; default: as many as are answered.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) rate: Option<u32>,
    /// Questions that wait for an answer at a time; more than 128 overflow buffers and get lost.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 64,
        value_parser = clap::value_parser!(u16).range(1..=128)
    )]
    pub(crate) concurrency: u16,
    /// How long an answer is waited for, in milliseconds.
    #[arg(
        long,
        value_name = "MS",
        default_value_t = 2000,
        value_parser = clap::value_parser!(u32).range(1..=60_000)
    )]
    pub(crate) timeout: u32,
    /// How often a question without answer is asked again.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 2,
        value_parser = clap::value_parser!(u8).range(0..=10)
    )]
    pub(crate) retries: u8,
    /// Print each question and the server it would go to, and send nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Ask about every public address of the connections of the case.
    #[arg(long)]
    pub(crate) addresses_of_case: bool,
}

/// A server: an address with or without port.
fn resolver(text: &str) -> Result<SocketAddr, String> {
    let bare = || text.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, 53));
    text.parse::<SocketAddr>().or_else(|_| bare()).map_err(|_| {
        "no address such as 192.0.2.53:53 or [2001:db8::53]:53; names are not looked up".to_owned()
    })
}

/// How the web is asked.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct WebArguments {
    /// Go through a SOCKS5 proxy, which resolves the names too; that of Tor is socks5://127.0.0.1:9050.
    #[arg(long, value_name = "socks5://IP:PORT", help_heading = "How")]
    pub(crate) via: Option<Proxy>,
    /// How whoever runs the site can reach you: it becomes part of the User-Agent.
    #[arg(long, value_name = "TEXT", help_heading = "How")]
    pub(crate) contact: Option<String>,
    /// Seconds until an answer must be whole.
    #[arg(long, value_name = "S", default_value_t = 60, help_heading = "How")]
    pub(crate) timeout: u32,
    /// Seconds until a connection must be open.
    #[arg(long, value_name = "S", default_value_t = 15, help_heading = "How")]
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
    /// Follow a link although it may tell whoever made it that somebody followed it.
    #[arg(long)]
    pub(crate) although_it_may_alert: bool,
    #[command(flatten)]
    pub(crate) web: WebArguments,
}

/// What machines may read of a site.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct RobotsArguments {
    /// Ask although the site's `robots.txt` asks machines not to, for this reason. The journal says so.
    #[arg(long, value_name = "REASON")]
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
    pub(crate) who: String,
    /// Mastodon: the server to ask, where it is not the one in the handle.
    #[arg(long, value_name = "HOST")]
    pub(crate) instance: Option<String>,
    /// No more pages once so many posts were seen.
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// No more pages once all posts of one are older.
    #[arg(long, value_name = "INSTANT")]
    pub(crate) since: Option<jiff::Timestamp>,
    /// Posts from then on count as outside.
    #[arg(long, value_name = "INSTANT")]
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
