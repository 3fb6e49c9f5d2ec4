//! `faisceau collect page`: records pages as their servers give them.

use faisceau_archive::wacz;
use faisceau_collect::alerting::may_alert;
use faisceau_collect::http::{Answer, Fetch, FetchError, Request, judge};
use faisceau_model::inert;
use serde_json::{Map, Value, json};
use url::Url;

use super::capture::{self, Shown};
use super::package::{Sealer, package};
use crate::arguments::{Arguments, PageArguments};
use crate::clock;
use crate::commands::web::{self, Kept, Robots, Wish};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

/// What a page is asked as.
const ACCEPT: &str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

pub(super) fn page(
    arguments: &Arguments,
    wanted: &PageArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    judged(wanted)?;
    if wanted.web.dry_run {
        return dry_run(wanted, printer);
    }
    let browser = capture::browser(wanted)?;
    let sealer = Sealer::new(wanted)?;
    let mut case = super::super::open(arguments)?;
    let now = clock::now()?;
    let urls: Vec<&str> = wanted.urls.iter().map(Url::as_str).collect();
    let mut fields = Map::from_iter([("urls".to_owned(), Value::from(urls))]);
    if let Some(found) = &browser {
        let program = found.program.to_string_lossy().into_owned();
        fields.insert("browser".to_owned(), Value::from(program));
    }
    let wish = Wish { source: "page", fields, robots: Robots::NotAsked };
    let mut gone = web::collect(&mut case, wish, (arguments, &wanted.web, printer), |fetch| {
        wanted.urls.iter().map(|url| recorded(fetch, url)).collect::<Vec<_>>()
    })?;
    let shown = match &browser {
        Some(found) => capture::show(wanted, found, now, printer),
        None => Vec::new(),
    };
    let resources = capture::resources(&shown);
    if !resources.is_empty() {
        gone.collecting.append(&resources).map_err(|error| web::not_kept(&error))?;
    }
    let failed = gone.outcome.iter().filter(|page| page.answer.is_err()).count();
    let mut how = capture::told(&shown);
    how.insert("without_answer".to_owned(), Value::from(failed));
    let files = capture::files(&shown);
    let (pages, kept) = if wanted.wacz {
        let archive = gone.collecting.kept().map_err(|error| web::not_kept(&error))?;
        let (began, entries) = (gone.collecting.began(), entries(&gone.outcome));
        let package = package(&archive, entries, began, sealer.as_ref(), (wanted, printer))?;
        gone.keep_packed("page", (".wacz", package), &files, how, printer)?
    } else {
        gone.keep_with("page", &files, how, printer)?
    };
    let whole = kept.whole
        && pages.iter().all(|page| matches!(&page.answer, Ok(a) if a.cut.is_none()))
        && shown
            .iter()
            .all(|page| matches!(&page.capture, Ok(c) if c.record.incomplete.is_empty()));
    said(&pages, &shown, &kept, printer)?;
    Ok(if whole { Exit::Done } else { Exit::DoneWithRejects })
}

/// The pages at which a reader of the package begins.
fn entries(pages: &[Page]) -> Vec<wacz::Page> {
    let answered = pages.iter().filter_map(|page| Some((page, page.answer.as_ref().ok()?)));
    let entry = |(page, answer): (&Page, &Answer)| wacz::Page {
        url: page.url.to_string(),
        ts: answer.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        title: String::new(),
    };
    answered.map(entry).collect()
}

/// A page that was asked for.
struct Page {
    url: Url,
    answer: Result<Answer, FetchError>,
}

fn recorded(fetch: &mut dyn Fetch, url: &Url) -> Page {
    let mut request = Request::get(url.clone(), ACCEPT);
    request.headers.push(("Accept-Language".to_owned(), "fr,en;q=0.5".to_owned()));
    Page { url: url.clone(), answer: fetch.fetch(&request) }
}

/// Judges all addresses before the first is asked.
fn judged(wanted: &PageArguments) -> Result<(), Failure> {
    let dialer = web::dialer(&wanted.web);
    for url in &wanted.urls {
        judge(url, &dialer).map_err(|error| Failure::new(Exit::WrongUse, error.to_string()))?;
        if let Some(why) = may_alert(url).filter(|_| !wanted.web.although_it_may_alert) {
            let text = format!("{} is not asked: {why}", inert(url.as_str()));
            return Err(Failure::new(Exit::WrongUse, text).hint(
                "whoever made the link may learn that it was followed, when, and from where. Give \
                 the address of the page without it, or `--although-it-may-alert`",
            ));
        }
    }
    Ok(())
}

fn dry_run(wanted: &PageArguments, printer: &Printer) -> Result<Exit, Failure> {
    let via = wanted.web.via.as_ref().map(ToString::to_string);
    if printer.json() {
        printer.value(&json!({
            "requests": wanted.urls.iter().map(|url| json!({
                "method": "GET", "url": url.as_str(), "to": url.host_str(),
            })).collect::<Vec<_>>(),
            "via": via,
            "sent": 0,
        }))?;
        return Ok(Exit::Done);
    }
    for url in &wanted.urls {
        let host = url.host_str().unwrap_or_default();
        printer.line(format!("GET {} -> {host}", inert(url.as_str())));
    }
    printer.talk(format!(
        "{} requests would leave{}, and what their answers redirect to; each server would see {} \
         address, the page, and the time. Nothing was sent",
        wanted.urls.len(),
        via.as_ref().map_or_else(String::new, |via| format!(" through {via}")),
        if via.is_some() { "the proxy's" } else { "your" },
    ));
    Ok(Exit::Done)
}

fn said(pages: &[Page], shown: &[Shown], kept: &Kept, printer: &Printer) -> Result<(), Failure> {
    if printer.json() {
        let pages: Vec<Value> = pages.iter().map(in_json).collect();
        return printer.value(&json!({"exhibit": kept.exhibit, "name": kept.name, "pages": pages,
            "captures": shown.iter().map(shown_in_json).collect::<Vec<_>>()}));
    }
    for page in pages {
        match &page.answer {
            Ok(answer) => {
                let (kind, length) =
                    (answer.header("Content-Type").unwrap_or("-"), answer.body.len());
                let led = (answer.url != page.url).then(|| format!(" -> {}", answer.url));
                printer.line(format!(
                    "{} {} {length} bytes  {}{}",
                    answer.status,
                    inert(kind),
                    inert(page.url.as_str()),
                    inert(&led.unwrap_or_default()),
                ));
                if (300..400).contains(&answer.status) && answer.header("Location").is_some() {
                    printer.warning(format!(
                        "{}: where it leads is no address that is asked",
                        inert(page.url.as_str())
                    ));
                }
                if let Some(cut) = &answer.cut {
                    printer.warning(format!("{}: not whole: {cut}", inert(page.url.as_str())));
                }
            }
            Err(error) => printer.warning(inert(&error.to_string())),
        }
    }
    for page in shown {
        match &page.capture {
            Ok(capture) => {
                for what in &capture.record.incomplete {
                    printer.warning(format!("{}: {}", inert(page.url.as_str()), inert(what)));
                }
                printer.line(format!(
                    "shown by {}: {} pictures, {} requests, {} connections",
                    inert(&capture.record.browser.product),
                    capture.png.len(),
                    capture.record.requests.len(),
                    capture.connections.len()
                ));
            }
            Err(why) => {
                printer.warning(format!(
                    "{} was not shown: {}",
                    inert(page.url.as_str()),
                    inert(why)
                ));
            }
        }
    }
    kept.said(printer);
    Ok(())
}

fn in_json(page: &Page) -> Value {
    match &page.answer {
        Ok(answer) => json!({
            "url": page.url.as_str(),
            "answered_by": answer.url.as_str(),
            "status": answer.status,
            "bytes": answer.body.len(),
            "at": answer.at.to_string(),
            "cut": answer.cut,
        }),
        Err(error) => json!({"url": page.url.as_str(), "error": error.to_string()}),
    }
}

fn shown_in_json(page: &Shown) -> Value {
    match &page.capture {
        Ok(capture) => json!({
            "url": page.url.as_str(),
            "title": capture.record.title,
            "browser": capture.record.browser.product,
            "files": capture.record.files,
            "requests": capture.record.requests.len(),
            "connections": capture.connections,
            "incomplete": capture.record.incomplete,
        }),
        Err(why) => json!({"url": page.url.as_str(), "error": why}),
    }
}
