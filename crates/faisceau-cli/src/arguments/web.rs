//! How servers are asked: of the web, and of the DNS.

use std::net::SocketAddr;
use std::path::PathBuf;

use faisceau_collect::dns::Resolver;
use faisceau_collect::socks::Proxy;

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

/// What machines may read of a site.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct RobotsArguments {
    /// Ask although the site's `robots.txt` asks machines not to, for this reason. The journal says so.
    #[arg(long, value_name = "REASON", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub(crate) despite_robots: Option<String>,
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
