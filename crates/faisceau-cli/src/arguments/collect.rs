//! What `faisceau collect` asks, and of whom.

use std::net::{IpAddr, SocketAddr};

use clap::Subcommand;
use faisceau_collect::dns::Kind;

/// A source to ask.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum CollectSource {
    /// Ask the DNS: names of addresses, addresses and records of names. Nothing is asked of a server
    /// that you do not name; it learns what you ask about.
    Dns(DnsArguments),
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
