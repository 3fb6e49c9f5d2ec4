//! What is done with a page once the browser stands: load, scroll, read, draw, print.
//!
//! In: a prepared session. Out: what was found, and why the rest is missing. Each step has its own
//! time, and a step that fails does not stop the next. A script that does not end is ended, so that
//! what the page shows can still be read.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use crate::Clock;

use super::capture::Step;
use super::picture::{self, Picture};
use super::proxy::{Connection, host_and_port};
use super::record::{Cookie, Exchange, PageClock};
use super::session::{CallError, STOP, Session, To};
use super::settings::Settings;
use super::value::{cut, text};

/// How long the browser has to start.
pub(super) const STARTS: Duration = Duration::from_secs(30);
/// How long an order has.
pub(super) const STEP: Duration = Duration::from_secs(10);
/// How long a page has to say that it is alive.
const ALIVE: Duration = Duration::from_secs(2);
/// How long reading the document may take.
const READS: Duration = Duration::from_secs(30);
/// How long is waited for bodies at the end.
const BODIES: Duration = Duration::from_secs(10);
/// How long is waited between two screens, and after the last.
const SCREEN: Duration = Duration::from_millis(120);
const SCROLLED: Duration = Duration::from_secs(8);
const UNSETTLED: Duration = Duration::from_secs(2);
/// How often it is looked whether a page is idle.
const LOOK: Duration = Duration::from_millis(25);
/// Documents one after the other, beyond which a page that is still loading goes in circles.
const DOCUMENTS: usize = 20;
/// Cookies that are listed.
const COOKIES: usize = 2_000;

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) url: Option<String>,
    pub(super) title: Option<String>,
    pub(super) clock: Option<PageClock>,
    pub(super) window: Option<Value>,
    /// With the time when it was asked for.
    pub(super) dom: Option<(Timestamp, String)>,
    pub(super) pdf: Option<(Timestamp, Vec<u8>)>,
    pub(super) picture: Picture,
    pub(super) cookies: Vec<Cookie>,
    pub(super) incomplete: Vec<String>,
}

/// Goes through all steps.
pub(super) fn visit(
    session: &mut Session,
    url: &Url,
    settings: &Settings,
    clock: &Clock<'_>,
    progress: &mut dyn FnMut(Step),
) -> Found {
    let mut found = Found::default();
    progress(Step::Load);
    let settled = load(session, url, settings, &mut found);
    if !settled && session.network.documents().len() > DOCUMENTS {
        found.incomplete.push("it loads itself again and again: its scripts were ended".to_owned());
        stop_scripts(session);
        let _ = session.post("Page.stopLoading", json!({}));
    }
    if wake(session, &mut found) {
        take(session, settings, settled, clock, progress, &mut found);
    }
    match cookies(session) {
        Ok(cookies) => found.cookies = cookies,
        Err(error) => found.incomplete.push(format!("cookies are not counted: {error}")),
    }
    let until = Instant::now() + BODIES;
    while session.network.waits_for_bodies() && Instant::now() < until {
        if session.listen(Instant::now() + LOOK).is_err() {
            break;
        }
    }
    if session.left().is_zero() {
        found.incomplete.push(format!("stopped after {} s", settings.total.as_secs()));
    }
    found
}

/// Scrolls, reads, draws and prints a page that answers.
fn take(
    session: &mut Session,
    settings: &Settings,
    settled: bool,
    clock: &Clock<'_>,
    progress: &mut dyn FnMut(Step),
    found: &mut Found,
) {
    if settings.scrolls > 0 {
        progress(Step::Scroll);
        if let Err(error) = scroll(session, settings, settled) {
            found.incomplete.push(format!("not scrolled to the end: {error}"));
        }
    }
    progress(Step::Read);
    match world(session) {
        Ok(world) => tell(session, world, clock, found),
        Err(error) => {
            found.incomplete.push(format!("the page does not say what it sees: {error}"));
        }
    }
    match found.url.as_deref() {
        Some("about:blank") => {
            found.incomplete.push("nothing of the page came: there is nothing to keep".to_owned());
            return;
        }
        Some(error) if error.starts_with("chrome-error:") => {
            let why = "what the browser shows is a page of its own that says what failed";
            found.incomplete.push(why.to_owned());
        }
        _ => {}
    }
    let at = clock();
    match document(session) {
        Ok(dom) => found.dom = Some((at, dom)),
        Err(error) => found.incomplete.push(format!("no document: {error}")),
    }
    progress(Step::Draw);
    found.picture = picture::draw(session, settings.scale, clock);
    found.incomplete.append(&mut found.picture.missing);
    progress(Step::Print);
    let at = clock();
    match picture::print(session) {
        Ok(pdf) => found.pdf = Some((at, pdf)),
        Err(error) => found.incomplete.push(format!("no print: {error}")),
    }
}

/// Asks for the page, and waits until nothing is under way. Out: whether that came about.
fn load(session: &mut Session, url: &Url, settings: &Settings, found: &mut Found) -> bool {
    let until = Instant::now() + settings.load;
    session.network.announce(url.as_str());
    let params = json!({"url": url.as_str()});
    let why = match session.call(To::Page, "Page.navigate", params, settings.load) {
        Ok(answer) if text(&answer, "/errorText").is_empty() => None,
        Ok(answer) => Some(cut(text(&answer, "/errorText"), 256).0),
        Err(error) => Some(error.to_string()),
    };
    if let Some(why) = why {
        found.incomplete.push(format!("the page did not load: {why}"));
        return false;
    }
    let why = match settle(session, settings.quiet, until) {
        Ok(true) => return true,
        Ok(false) => format!("still loading after {} s", settings.load.as_secs()),
        Err(error) => format!("not loaded to the end: {error}"),
    };
    found.incomplete.push(why);
    false
}

/// Waits until the page has loaded and been quiet; false where it was not in time.
fn settle(session: &mut Session, quiet: Duration, until: Instant) -> Result<bool, CallError> {
    loop {
        let now = Instant::now();
        let moved = session.network.moved;
        if session.loaded && session.network.is_idle() && now >= moved + quiet {
            return Ok(true);
        }
        if session.crashed {
            return Err(CallError::Crashed);
        }
        if now >= until || session.left().is_zero() {
            return Ok(false);
        }
        session.listen((now + LOOK).min(until))?;
    }
}

/// Makes a page answer that does not: it stops loading, then its scripts are ended. Out: whether it
/// answers.
fn wake(session: &mut Session, found: &mut Found) -> bool {
    let alive = |session: &mut Session| {
        let params = json!({"expression": "1"});
        session.call(To::Page, "Runtime.evaluate", params, ALIVE)
    };
    let late = |answer: &Result<Value, CallError>| answer.as_ref().err() == Some(&CallError::Late);
    // While a site is asked that does not answer, the browser keeps orders to the page back.
    let mut answer = alive(session);
    if late(&answer) {
        // What cannot be sent shows in the answer that is waited for.
        let _ = session.post("Page.stopLoading", json!({}));
        answer = alive(session);
        if !late(&answer) {
            let why = "it waited for another site and was stopped";
            found.incomplete.push(why.to_owned());
        }
    }
    if late(&answer) {
        stop_scripts(session);
        answer = alive(session);
        if !late(&answer) {
            found.incomplete.push("its scripts did not end and were ended".to_owned());
        }
    }
    match answer {
        Ok(_) | Err(CallError::Fault(_)) => true,
        Err(error) => {
            let why = format!("no document, no picture and no print: {error}");
            found.incomplete.push(why);
            false
        }
    }
}

fn stop_scripts(session: &mut Session) {
    session.stops_scripts = true;
    for (method, params) in STOP {
        let _ = session.post(method, params());
    }
}

/// Scrolls to the end, so that what loads late does, and back.
fn scroll(session: &mut Session, settings: &Settings, settled: bool) -> Result<(), CallError> {
    let world = world(session)?;
    let step = "scrollBy({top: innerHeight, behavior: 'instant'}); \
                [scrollY + innerHeight, document.documentElement.scrollHeight]";
    let mut ended = false;
    for _ in 0..settings.scrolls {
        let at = evaluate(session, world, step)?;
        let of = |pointer| at.pointer(pointer).and_then(Value::as_f64).unwrap_or_default();
        session.listen(Instant::now() + SCREEN)?;
        if of("/0") + 1.0 >= of("/1") {
            ended = true;
            break;
        }
    }
    // What never came to rest will not now.
    let rest = if settled { SCROLLED } else { UNSETTLED };
    settle(session, settings.quiet, Instant::now() + rest)?;
    evaluate(session, world, "scrollTo({top: 0, behavior: 'instant'}); 0")?;
    session.listen(Instant::now() + SCREEN)?;
    if ended {
        Ok(())
    } else {
        Err(CallError::Fault(format!("it goes on after {} screens", settings.scrolls)))
    }
}

/// A world of scripts of our own: what the page has changed of its built-in objects is not there.
fn world(session: &mut Session) -> Result<u64, CallError> {
    let params = json!({"frameId": session.network.main_frame, "worldName": "faisceau"});
    let answer = session.call(To::Page, "Page.createIsolatedWorld", params, STEP)?;
    let world = answer.pointer("/executionContextId").and_then(Value::as_u64);
    world.ok_or_else(|| CallError::Fault("no world of scripts".to_owned()))
}

fn evaluate(session: &mut Session, world: u64, script: &str) -> Result<Value, CallError> {
    let params = json!({"expression": script, "contextId": world, "returnByValue": true});
    let mut answer = session.call(To::Page, "Runtime.evaluate", params, STEP)?;
    if answer.get("exceptionDetails").is_some() {
        return Err(CallError::Fault("a script that fails".to_owned()));
    }
    Ok(answer.pointer_mut("/result/value").map(Value::take).unwrap_or_default())
}

/// What the page sees: its address, title, clock and window.
fn tell(session: &mut Session, world: u64, clock: &Clock<'_>, found: &mut Found) {
    let before = clock();
    let now = evaluate(session, world, "Date.now()");
    let after = clock();
    let page = now.ok().and_then(|now| now.as_i64()).map(Timestamp::from_millisecond);
    if let Some(Ok(page)) = page {
        let half = after.duration_since(before) / 2;
        let middle = before.checked_add(half).unwrap_or(before);
        let ahead = page.duration_since(middle);
        let ahead_millis = i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX);
        found.clock = Some(PageClock { page, before, after, ahead_millis });
    }
    let script = "({width: innerWidth, height: innerHeight, scale: devicePixelRatio, \
        languages: [...navigator.languages].slice(0, 20), \
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, \
        locale: Intl.DateTimeFormat().resolvedOptions().locale, \
        user_agent: navigator.userAgent, cookies: navigator.cookieEnabled})";
    found.window = evaluate(session, world, script).ok();
    let of = |script| {
        let text = evaluate(session, world, script).ok()?;
        Some(cut(text.as_str()?, 16 * 1024).0)
    };
    [found.url, found.title] = ["location.href", "document.title.slice(0, 4096)"].map(of);
}

/// The document with its type, as it stands.
fn document(session: &mut Session) -> Result<String, CallError> {
    let root = session.call(To::Page, "DOM.getDocument", json!({"depth": 0}), READS)?;
    let node = root.pointer("/root/nodeId").cloned().unwrap_or_default();
    let params = json!({"nodeId": node, "includeShadowDOM": true});
    let mut answer = session.call(To::Page, "DOM.getOuterHTML", params, READS)?;
    match answer.pointer_mut("/outerHTML").map(Value::take) {
        Some(Value::String(html)) => Ok(html),
        _ => Err(CallError::Fault("an empty answer".to_owned())),
    }
}

fn cookies(session: &mut Session) -> Result<Vec<Cookie>, CallError> {
    let answer = session.call(To::Browser, "Storage.getCookies", json!({}), STEP)?;
    let list = answer.pointer("/cookies").and_then(Value::as_array);
    let of = |cookie: &Value| Cookie {
        name: cut(text(cookie, "/name"), 256).0,
        domain: cut(text(cookie, "/domain"), 256).0,
    };
    let mut cookies: Vec<Cookie> = list.into_iter().flatten().take(COOKIES).map(of).collect();
    cookies.sort();
    Ok(cookies)
}

/// Writes to each request under which addresses the proxy reached its host.
pub(super) fn reached(requests: &mut [Exchange], connections: &[Connection]) {
    for request in requests {
        let Ok(url) = Url::parse(&request.url) else { continue };
        let Some((host, port)) = host_and_port(&url) else { continue };
        let to = connections.iter().filter(|c| c.port == port && c.host == host);
        for address in to.filter_map(|connection| connection.reached) {
            if !request.reached.contains(&address) {
                request.reached.push(address);
            }
        }
    }
}
