//! What a capture gives, and what is written down about it, the way a *constat* does: with which
//! machine, browser and window, out of which profile, by which clock, along which path.
//!
//! Everything a browser says about itself and about its connections is what the browser says. What
//! our own proxy saw stands beside it, in [`Connection`].

use std::net::SocketAddr;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::proxy::Connection;

/// A captured page.
#[derive(Debug, Clone, PartialEq)]
pub struct Capture {
    /// The picture of the page as PNG, from its top, in as many tiles as it takes.
    pub png: Vec<Vec<u8>>,
    /// The page as the browser prints it.
    pub pdf: Option<Vec<u8>>,
    /// The document as it stood, scripts having run (UTF-8).
    pub dom: Option<String>,
    /// What is written down.
    pub record: CaptureRecord,
    /// The bodies that the browser was given.
    pub resources: Vec<Resource>,
    /// What went through the proxy.
    pub connections: Vec<Connection>,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The place of its request in [`CaptureRecord::requests`].
    pub request: usize,
    /// Its address.
    pub url: String,
    /// Its media type, as the browser took it.
    pub mime: String,
    /// When its request left, by the browser's clock.
    pub at: Timestamp,
    /// The body without the coding of its transfer and content.
    pub body: Vec<u8>,
}

/// What is written down of a capture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaptureRecord {
    /// The address that was asked for.
    pub url: String,
    /// The address of the document in the end.
    pub final_url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Every document that stood in the window, with the redirections between.
    pub documents: Vec<Document>,
    /// Start by our clock.
    #[serde(serialize_with = "as_text")]
    pub started: Timestamp,
    /// End by our clock.
    #[serde(serialize_with = "as_text")]
    pub ended: Timestamp,
    /// The clock that scripts of the page see.
    pub page_clock: Option<PageClock>,
    /// The program.
    pub browser: Browser,
    /// The operating system, as handed in.
    pub os: String,
    /// What the page was shown in.
    pub window: Window,
    /// Where the profile came from.
    pub profile: Profile,
    /// The way out: `direct`, or a proxy. Under which address the sites saw us is not knowable here.
    pub via: String,
    /// Whether a wrong certificate would have been passed over.
    pub wrong_certificates_accepted: bool,
    /// Whether the browser could connect where no request of the page led.
    pub unannounced_allowed: bool,
    /// The picture's tiles.
    pub tiles: Vec<Tile>,
    /// The size of the whole page in CSS pixels.
    pub page_size: Option<(u64, u64)>,
    /// Length and SHA-256 of each file that was made.
    pub files: Vec<File>,
    /// Requests in their order. What the browser asked for without the page is not among them.
    pub requests: Vec<Exchange>,
    /// Cookies that were set, by name and domain. Their values are not read.
    pub cookies: Vec<Cookie>,
    /// What the page tried and what was done about it.
    pub refused: Refused,
    /// What is missing, and why. Empty where all was done.
    pub incomplete: Vec<String>,
}

/// A document of the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its address.
    pub url: String,
    /// The status of RFC 9110.
    pub status: Option<u16>,
    /// Where a redirection led.
    pub redirected_to: Option<String>,
}

/// The page's clock beside ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PageClock {
    /// `Date.now()`.
    #[serde(serialize_with = "as_text")]
    pub page: Timestamp,
    /// Ours, before it was asked.
    #[serde(serialize_with = "as_text")]
    pub before: Timestamp,
    /// Ours, after.
    #[serde(serialize_with = "as_text")]
    pub after: Timestamp,
    /// The page's clock less the middle of ours, in milliseconds.
    pub ahead_millis: i64,
}

/// The program, as it says itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Browser {
    /// The file that was started.
    pub program: String,
    /// Product and version.
    pub product: String,
    /// Revision of its source.
    pub revision: String,
    /// Its own user agent, unchanged.
    pub user_agent: String,
    /// The flags that we gave it.
    pub flags: Vec<String>,
    /// The command line that it ran with in the end.
    pub command_line: Option<String>,
    /// Whether it ran without its sandbox: only where we are root.
    pub without_sandbox: bool,
}

/// What the page was shown in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Window {
    /// Width and height in CSS pixels.
    pub viewport: (u32, u32),
    /// Pixels of the device for each CSS pixel.
    pub scale: u32,
    /// The language that was asked for.
    pub language: String,
    /// The time zone that was set.
    pub time_zone: String,
    /// What the page itself sees: viewport, scale, languages, time zone, locale.
    pub seen: Option<serde_json::Value>,
}

/// Where the profile came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Cache, cookies, history and stored data were empty: the profile was made for this capture.
    pub made_for_this_capture: bool,
    /// Nobody was logged in.
    pub logged_in: bool,
    /// It was deleted afterwards.
    pub deleted: bool,
}

/// One tile of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// Its distance from the top of the page in CSS pixels.
    pub top: u64,
    /// Its width in CSS pixels.
    pub width: u64,
    /// Its height in CSS pixels.
    pub height: u64,
    /// When it was drawn, by our clock.
    #[serde(serialize_with = "as_text")]
    pub at: Timestamp,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct File {
    /// `png` with its number from 0, `pdf` or `dom`.
    pub name: String,
    /// When it was asked for, by our clock.
    #[serde(serialize_with = "as_text")]
    pub at: Timestamp,
    /// Its length.
    pub bytes: u64,
    /// Its digest, in hexadecimal.
    pub sha256: String,
}

/// A cookie that was set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// The domain that reads it.
    pub domain: String,
}

/// What the page tried.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Dialogs that were dismissed.
    pub dialogs: u64,
    /// Windows that it wanted to open, by address, the first of them.
    pub popups: Vec<String>,
    /// Downloads that were denied, by address, the first of them.
    pub downloads: Vec<String>,
    /// Windows and downloads beyond the list.
    pub more: u64,
    /// Connections turned away because there were too many.
    pub connections: u64,
}

/// One request and what came of it, as the browser tells.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Exchange {
    /// The address; a very long one is cut.
    pub url: String,
    /// Characters that were cut off.
    pub url_cut: u64,
    /// The method of RFC 9110.
    pub method: String,
    /// What it is for: `Document`, `Image`, `Script`, ….
    pub kind: String,
    /// What caused it: `parser`, `script`, `other`, ….
    pub initiator: String,
    /// When it left, by the browser's clock.
    pub at: Option<String>,
    /// The status of RFC 9110.
    pub status: Option<u16>,
    /// Where a redirection led.
    pub redirected_to: Option<String>,
    /// `http/1.1`, `h2`, ….
    pub protocol: Option<String>,
    /// The media type, as the browser took it.
    pub mime: Option<String>,
    /// Fields of the answer.
    pub headers: Vec<(String, String)>,
    /// Nothing was asked of the site.
    pub from_cache: bool,
    /// A script of the site answered in its place.
    pub from_service_worker: bool,
    /// Addresses under which our proxy reached this host and port.
    pub reached: Vec<SocketAddr>,
    /// The certificate, where there was one.
    pub security: Option<Security>,
    /// Bytes that came, fields included.
    pub encoded_bytes: Option<u64>,
    /// Bytes of the body without coding.
    pub body_bytes: u64,
    /// From the request to the end of the answer, in milliseconds.
    pub millis: Option<u64>,
    /// Why there is no answer.
    pub failed: Option<String>,
    /// Why there is no body in [`Capture::resources`]; none where there is.
    pub no_body: Option<String>,
}

/// How a site showed who it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Security {
    /// `TLS 1.3`, ….
    pub protocol: String,
    /// Its cipher.
    pub cipher: String,
    /// The name in the certificate.
    pub subject: String,
    /// Other names in it, the first of them.
    pub names: Vec<String>,
    /// Who issued it.
    pub issuer: String,
    /// Start of its validity.
    pub valid_from: Option<String>,
    /// End of its validity.
    pub valid_to: Option<String>,
    /// What the browser makes of it: `secure`, `insecure`, ….
    pub state: String,
}

/// Writes a time as RFC 3339 with milliseconds.
pub(crate) fn as_text<S: Serializer>(at: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{at:.3}"))
}
