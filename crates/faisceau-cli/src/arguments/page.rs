//! Which pages to record, how they are shown, and how their package is sealed.

use std::path::PathBuf;

use url::Url;

use super::web::WebArguments;

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
