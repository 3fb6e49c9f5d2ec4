//! `faisceau datasets update`: fetches datasets anew from where `case.toml` says.

use faisceau_case::{Case, DatasetSource, Renewed};
use faisceau_collect::http::{Answer, Fetch, FetchError, NotRecorded, Request, judge};
use faisceau_model::inert;
use jiff::civil::Date;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use url::Url;

use crate::arguments::{Arguments, UpdateArguments};
use crate::clock;
use crate::commands::web::{self, Asking, Robots};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn update(
    arguments: &Arguments,
    wanted: &UpdateArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::super::open(arguments)?;
    let sources = chosen(&case, wanted)?;
    if wanted.web.dry_run {
        return dry_run(&sources, wanted, printer);
    }
    let tls = web::tls(&wanted.web)?;
    let (who, now) = (clock::who(arguments.who.as_deref()), clock::now()?);
    let mut fields = Map::from_iter(web::stated(&wanted.web, &Robots::NotAsked));
    let urls: Vec<&str> = sources.iter().map(|(_, url)| url.as_str()).collect();
    fields.insert("urls".to_owned(), Value::from(urls));
    case.renewal_begun(fields, &who, now)?;
    let asking =
        Asking { web: &wanted.web, tls, robots: &Robots::NotAsked, now, recorded: Vec::new() };
    let (answers, _) = asking.with(&mut NotRecorded, printer, |fetch| {
        sources.iter().map(|(_, url)| fetched(fetch, url)).collect::<Vec<_>>()
    });
    let (mut lines, mut failed) = (Vec::new(), 0);
    for ((source, _), answer) in sources.iter().zip(answers) {
        let renewed = answer.and_then(|answer| {
            let day = changed(&answer);
            case.renew(source, answer.body, day, &who, now).map_err(|error| error.to_string())
        });
        failed += usize::from(renewed.is_err());
        lines.push(said(source, &renewed, printer));
    }
    if printer.json() {
        printer.value(&lines)?;
    } else {
        printer.talk("older ones stay: each event is asked of the nearest day\nnext: faisceau run");
    }
    Ok(if failed == 0 { Exit::Done } else { Exit::DoneWithRejects })
}

/// The sources that are named, all of them where none is.
fn chosen(case: &Case, wanted: &UpdateArguments) -> Result<Vec<(DatasetSource, Url)>, Failure> {
    let all = &case.settings().dataset_sources;
    let is_there = |name: &&String| all.iter().any(|source| source.name == **name);
    if let Some(unknown) = wanted.names.iter().find(|name| !is_there(name)) {
        let text = format!("`case.toml` has no [[dataset_source]] called `{}`", inert(unknown));
        return Err(Failure::new(Exit::WrongUse, text));
    }
    if all.is_empty() {
        return Err(Failure::new(Exit::WrongUse, "`case.toml` names no [[dataset_source]]").hint(
            "write one with name, url, licence, and kind where the file does not say it; nothing is \
             fetched from anywhere that you did not name",
        ));
    }
    let dialer = web::dialer(&wanted.web);
    let named =
        |source: &&DatasetSource| wanted.names.is_empty() || wanted.names.contains(&source.name);
    let judged = |source: &DatasetSource| {
        let wrong = |why: String| {
            let text = format!("[[dataset_source]] `{}`: {why}", inert(&source.name));
            Failure::new(Exit::WrongUse, text)
        };
        let url: Url = source.url.parse().map_err(|error| wrong(format!("{error}")))?;
        judge(&url, &dialer).map_err(|error| wrong(error.to_string()))?;
        Ok((source.clone(), url))
    };
    all.iter().filter(named).map(judged).collect()
}

fn fetched(fetch: &mut dyn Fetch, url: &Url) -> Result<Answer, String> {
    let answer = fetch
        .fetch(&Request::get(url.clone(), "*/*"))
        .map_err(|error: FetchError| error.to_string())?;
    match (answer.status, &answer.cut) {
        (_, Some(cut)) => Err(format!("{url}: not whole: {cut}")),
        (200, None) => Ok(answer),
        (status, None) => Err(format!("{url} answered {status}")),
    }
}

/// The day of the last change that the server states, or that of the fetching.
fn changed(answer: &Answer) -> Date {
    let stated = answer.header("Last-Modified").and_then(|text| rfc2822::parse(text).ok());
    let at = stated.map_or(answer.at, |at| at.timestamp());
    at.to_zoned(TimeZone::UTC).date()
}

fn dry_run(
    sources: &[(DatasetSource, Url)],
    wanted: &UpdateArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    if printer.json() {
        let requests = sources.iter().map(|(source, url)| {
            json!({"name": source.name, "url": url.as_str(), "licence": source.licence})
        });
        printer.value(&json!({
            "requests": requests.collect::<Vec<_>>(),
            "via": wanted.web.via.as_ref().map(ToString::to_string),
            "sent": 0,
        }))?;
        return Ok(Exit::Done);
    }
    for (source, url) in sources {
        printer.line(format!("{}: GET {url} ({})", inert(&source.name), inert(&source.licence)));
    }
    printer.talk(format!("{} requests would leave; nothing was sent", sources.len()));
    Ok(Exit::Done)
}

fn said(source: &DatasetSource, renewed: &Result<Renewed, String>, printer: &Printer) -> Value {
    let (word, pin) = match renewed {
        Ok(Renewed::Pinned(pin)) => ("pinned", pin),
        Ok(Renewed::Unchanged(pin)) => ("unchanged", pin),
        Err(why) => {
            printer.warning(format!("{}: {}", inert(&source.name), inert(why)));
            return json!({"name": source.name, "outcome": "failed", "why": why});
        }
    };
    if !printer.json() {
        printer.line(format!("{} {word} ({}, {})", pin.id, pin.kind, inert(&pin.licence)));
    }
    json!({"name": source.name, "outcome": word, "id": pin.id, "date": pin.date,
        "licence": pin.licence, "sha256": pin.sha256})
}
