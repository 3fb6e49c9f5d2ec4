//! One page, from an empty profile to its record.
//!
//! In: an address, a browser, a dialer, a clock. Out: a [`Capture`] with what could be had, and why
//! the rest could not. Refused: an address that is none of the web. Whatever happens, the browser
//! with all that it started is ended and its profile is deleted.

use std::fmt::Write;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};
use url::Url;

use crate::Clock;

use super::find::Found;
use super::launch;
use super::network::Network;
use super::process::{self, Browser};
use super::proxy::{Announced, Dial, Proxy};
use super::record::{self, Capture, CaptureRecord, File, Profile, Window};
use super::session::{CallError, Session, To};
use super::settings::{self, Settings, SettingsError};
use super::value::text;
use super::visit::{self, Found as Seen, STARTS, STEP};
use super::wire::Wire;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The browser starts.
    Start,
    /// The page loads.
    Load,
    /// The page is scrolled.
    Scroll,
    /// The document is read.
    Read,
    /// The picture is drawn.
    Draw,
    /// The page is printed.
    Print,
    /// The browser ends.
    End,
}

/// Why there is no capture at all.
#[derive(Debug, thiserror::Error)]
pub enum CaptureError {
    /// The settings or the address are none.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The proxy, the profile or the process could not be had.
    #[error("the browser cannot be started: {0}")]
    Start(#[from] io::Error),
    /// The browser does not do what it is told.
    #[error("the browser does not answer: {why}; its last words: {said}")]
    Browser {
        /// Why.
        why: String,
        /// The end of its error output.
        said: String,
    },
}

/// Captures one page. `dial` makes every connection of it.
///
/// # Errors
/// When there is nothing to give: the settings are wrong, or the browser does not start.
pub fn capture(
    url: &Url,
    found: &Found,
    settings: &Settings,
    dial: Arc<Dial>,
    clock: &Clock<'_>,
    progress: &mut dyn FnMut(Step),
) -> Result<Capture, CaptureError> {
    settings.check()?;
    settings::check(url)?;
    progress(Step::Start);
    let started = clock();
    let deadline = Instant::now() + settings.total;
    let announced = (!settings.unannounced).then(|| Arc::new(Announced::default()));
    let proxy = Proxy::start(dial, announced.clone(), settings.limits, started, deadline)?;
    let profile = process::new_profile(&launch::preferences(settings))?;
    let root = process::is_root();
    let flags = launch::flags(settings, profile.path(), proxy.address(), root);
    let environment = launch::environment(settings, profile.path());
    let (mut browser, to, from) = Browser::start(found, &flags, &environment, profile)?;
    let network = Network::new(settings.requests, (settings.body, settings.bodies), announced);
    let mut session = Session::new(Wire::new(to, from)?, network, deadline);
    let mut about = record::Browser {
        program: found.program.display().to_string(),
        flags,
        without_sandbox: root,
        ..record::Browser::default()
    };
    if let Err(error) = prepare(&mut session, settings, &mut about) {
        browser.end();
        return Err(CaptureError::Browser { why: error.to_string(), said: browser.said() });
    }
    let mut seen = visit::visit(&mut session, url, settings, clock, progress);
    progress(Step::End);
    // Its answer does not matter: a browser that does not end is ended.
    let _ = session.call(To::Browser, "Browser.close", json!({}), STEP);
    if browser.end() {
        seen.incomplete.push("the browser did not end by itself and was killed".to_owned());
    }
    let ended = clock();
    Ok(gather(url, settings, about, (started, ended), session, proxy, seen))
}

/// Everything before the first byte leaves.
fn prepare(
    session: &mut Session,
    settings: &Settings,
    about: &mut record::Browser,
) -> Result<(), CallError> {
    let version = session.call(To::Browser, "Browser.getVersion", json!({}), STARTS)?;
    text(&version, "/product").clone_into(&mut about.product);
    text(&version, "/revision").clone_into(&mut about.revision);
    text(&version, "/userAgent").clone_into(&mut about.user_agent);
    let info = session.call(To::Browser, "SystemInfo.getInfo", json!({}), STARTS);
    about.command_line = info.ok().map(|info| text(&info, "/commandLine").to_owned());
    let none: [&str; 0] = [];
    let deny = json!({"behavior": "deny", "eventsEnabled": true});
    let (width, height) = settings.viewport;
    let screen = json!({
        "width": width, "height": height, "deviceScaleFactor": settings.scale, "mobile": false,
    });
    session.call(To::Browser, "Browser.setDownloadBehavior", deny, STEP)?;
    session.call(To::Browser, "Browser.grantPermissions", json!({"permissions": none}), STEP)?;
    session.open(STEP)?;
    let buffers = session.network.buffers();
    let wrong = json!({"ignore": settings.wrong_certificates});
    // Bodies outlive the document that they were for; older browsers do not know how.
    let outlive = "Network.configureDurableMessages";
    let _ = session.call(To::Page, outlive, buffers.clone(), STEP);
    for (method, params) in [
        ("Page.enable", json!({})),
        ("Network.enable", buffers),
        ("Network.setBypassServiceWorker", json!({"bypass": true})),
        ("Emulation.setDeviceMetricsOverride", screen),
        ("Emulation.setLocaleOverride", json!({"locale": settings.language})),
        ("Emulation.setTimezoneOverride", json!({"timezoneId": settings.time_zone})),
        ("Security.setIgnoreCertificateErrors", wrong),
    ] {
        session.call(To::Page, method, params, STEP)?;
    }
    let tree = session.call(To::Page, "Page.getFrameTree", json!({}), STEP)?;
    text(&tree, "/frameTree/frame/id").clone_into(&mut session.network.main_frame);
    Ok(())
}

fn gather(
    url: &Url,
    settings: &Settings,
    browser: record::Browser,
    (started, ended): (Timestamp, Timestamp),
    session: Session,
    proxy: Proxy,
    seen: Seen,
) -> Capture {
    let Session { network, mut refused, .. } = session;
    let mut incomplete = seen.incomplete;
    if network.beyond > 0 {
        incomplete.push(format!("{} requests beyond the limit are not listed", network.beyond));
    }
    let documents = network.documents();
    let (mut requests, resources) = network.finish();
    let (connections, turned_away) = proxy.finish();
    refused.connections = turned_away;
    visit::reached(&mut requests, &connections);
    let (pdf, dom) = (seen.pdf, seen.dom);
    let tiles = seen.picture.png.iter().zip(&seen.picture.tiles).enumerate();
    let mut files: Vec<File> =
        tiles.map(|(number, (png, tile))| file(format!("png {number}"), tile.at, png)).collect();
    files.extend(pdf.as_ref().map(|(at, pdf)| file("pdf".to_owned(), *at, pdf)));
    files.extend(dom.as_ref().map(|(at, dom)| file("dom".to_owned(), *at, dom.as_bytes())));
    let (pdf, dom) = (pdf.map(|(_, pdf)| pdf), dom.map(|(_, dom)| dom));
    let deleted = !browser.flags.iter().any(|flag| {
        flag.strip_prefix("--user-data-dir=").is_some_and(|at| std::path::Path::new(at).exists())
    });
    let record = CaptureRecord {
        url: url.as_str().to_owned(),
        final_url: seen.url,
        title: seen.title,
        documents,
        started,
        ended,
        page_clock: seen.clock,
        browser,
        os: settings.os.clone(),
        window: Window {
            viewport: settings.viewport,
            scale: settings.scale,
            language: settings.language.clone(),
            time_zone: settings.time_zone.clone(),
            seen: seen.window,
        },
        profile: Profile { made_for_this_capture: true, logged_in: false, deleted },
        via: settings.via.clone(),
        wrong_certificates_accepted: settings.wrong_certificates,
        unannounced_allowed: settings.unannounced,
        tiles: seen.picture.tiles,
        page_size: seen.picture.size,
        files,
        requests,
        cookies: seen.cookies,
        refused,
        incomplete,
    };
    Capture { png: seen.picture.png, pdf, dom, record, resources, connections }
}

fn file(name: String, at: Timestamp, bytes: &[u8]) -> File {
    let mut sha256 = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(sha256, "{byte:02x}");
    }
    File { name, at, bytes: bytes.len() as u64, sha256 }
}
