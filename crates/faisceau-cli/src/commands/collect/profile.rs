//! `faisceau collect profile`: reads a public profile and its posts.

use faisceau_collect::alerting::may_alert;
use faisceau_collect::http::judge;
use faisceau_collect::profiles::{Outcome, ProfileError, Service, Wanted, plan, run};
use faisceau_model::inert;
use serde_json::{Map, Value, json};
use url::Url;

use crate::arguments::{Arguments, ProfileArguments};
use crate::commands::web::{self, Kept, Robots, Wish};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        let exit = match error {
            ProfileError::Wanted(_) => Exit::WrongUse,
            ProfileError::Keeping(_) => Exit::Internal,
        };
        Self::new(exit, error.to_string())
    }
}

pub(super) fn profile(
    arguments: &Arguments,
    asked: &ProfileArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let wanted = wanted(asked);
    let planned = plan(&wanted).map_err(ProfileError::from)?;
    let dialer = web::dialer(&asked.web);
    for url in planned.iter().filter_map(|request| request.url.parse::<Url>().ok()) {
        judge(&url, &dialer).map_err(|error| Failure::new(Exit::WrongUse, error.to_string()))?;
        let judged = asked.service == Service::Feed && !asked.web.although_it_may_alert;
        if let Some(why) = may_alert(&url).filter(|_| judged) {
            let text = format!("{} is not asked: {why}", inert(url.as_str()));
            return Err(Failure::new(Exit::WrongUse, text));
        }
    }
    if asked.web.dry_run {
        return dry_run(&wanted, asked, printer);
    }
    let mut case = super::super::open(arguments)?;
    let urls: Vec<&str> = planned.iter().map(|request| request.url.as_str()).collect();
    let mut fields = Map::new();
    fields.insert("service".to_owned(), Value::from(wanted.service.as_str()));
    fields.insert("urls".to_owned(), Value::from(urls));
    fields.insert("wanted".to_owned(), Value::from(inert(&wanted.who)));
    for (name, bound) in [("since", wanted.since), ("until", wanted.until)] {
        fields.extend(bound.map(|at| (name.to_owned(), Value::from(at.to_string()))));
    }
    fields.extend(wanted.limit.map(|limit| ("limit".to_owned(), Value::from(limit))));
    let wish = Wish { source: "profile", fields, robots: Robots::of(&asked.robots) };
    let gone = web::collect(&mut case, wish, (arguments, &asked.web, printer), |fetch| {
        run(&wanted, fetch, &mut |_| {})
    })?;
    let how = gone.outcome.as_ref().map(counted).unwrap_or_default();
    let (outcome, kept) = gone.keep("profile", how, printer)?;
    let outcome = outcome?;
    said(&outcome, &kept, printer)?;
    Ok(if outcome.is_complete() && kept.whole { Exit::Done } else { Exit::DoneWithRejects })
}

fn wanted(asked: &ProfileArguments) -> Wanted {
    let mut wanted = Wanted::new(asked.service, &asked.read);
    wanted.instance = asked
        .instance
        .as_ref()
        .map(|host| if host.contains("://") { host.clone() } else { format!("https://{host}") });
    wanted.limit = asked.limit;
    wanted.since = asked.since;
    wanted.until = asked.until;
    wanted.replies = !asked.no_replies;
    wanted.reposts = !asked.no_reposts;
    wanted.history = asked.history;
    if let Some(endpoint) = &asked.endpoint {
        match asked.service {
            Service::Bluesky => wanted.endpoints.bluesky.clone_from(endpoint),
            Service::Reddit | Service::RedditThread => wanted.endpoints.reddit.clone_from(endpoint),
            Service::Mastodon => wanted.instance = Some(endpoint.clone()),
            Service::Feed => {}
        }
    }
    if let Some(directory) = &asked.directory {
        wanted.endpoints.plc.clone_from(directory);
    }
    wanted
}

fn dry_run(wanted: &Wanted, asked: &ProfileArguments, printer: &Printer) -> Result<Exit, Failure> {
    let planned = plan(wanted).map_err(ProfileError::from)?;
    if printer.json() {
        let requests = planned.iter().map(|request| {
            json!({"url": request.url, "when": request.when, "to": request.to_whom,
                "tells": request.tells})
        });
        printer.value(&json!({
            "requests": requests.collect::<Vec<_>>(),
            "robots": asked.robots.despite_robots.is_none(),
            "via": asked.web.via.as_ref().map(ToString::to_string),
            "sent": 0,
        }))?;
        return Ok(Exit::Done);
    }
    for request in &planned {
        printer.line(format!("{}: GET {}", request.when, inert(&request.url)));
        printer.line(format!("  {} learns {}", inert(&request.to_whom), inert(&request.tells)));
    }
    if asked.robots.despite_robots.is_none() {
        printer.talk("before the first, each host would be asked for its robots.txt");
    }
    printer.talk("nothing was sent");
    Ok(Exit::Done)
}

fn counted(outcome: &Outcome) -> Map<String, Value> {
    let counts = [
        ("outside", outcome.outside),
        ("pages", outcome.pages),
        ("posts", outcome.posts),
        ("undated", outcome.undated),
        ("unreadable", outcome.unreadable),
    ];
    let mut fields: Map<String, Value> =
        counts.into_iter().map(|(name, count)| (name.to_owned(), Value::from(count))).collect();
    fields.insert("stopped".to_owned(), Value::from(inert(&outcome.stopped.to_string())));
    fields
}

fn said(outcome: &Outcome, kept: &Kept, printer: &Printer) -> Result<(), Failure> {
    if printer.json() {
        let mut value = counted(outcome);
        value.insert("account".to_owned(), json!(outcome.account));
        value.insert("complete".to_owned(), json!(outcome.is_complete()));
        value.insert("exhibit".to_owned(), json!(kept.exhibit));
        value.insert("name".to_owned(), json!(kept.name));
        value.insert("newest".to_owned(), json!(outcome.newest.map(|at| at.to_string())));
        value.insert("notes".to_owned(), json!(outcome.notes));
        value.insert("oldest".to_owned(), json!(outcome.oldest.map(|at| at.to_string())));
        value.extend(web::counted(kept.counts));
        return printer.value(&value);
    }
    for note in &outcome.notes {
        printer.warning(inert(note));
    }
    if outcome.unreadable > 0 || outcome.undated > 0 {
        printer.warning(format!(
            "{} elements cannot be read as posts, {} posts have no time that can be read; they are in \
             the archive",
            outcome.unreadable, outcome.undated
        ));
    }
    if !outcome.is_complete() {
        printer.warning(inert(&outcome.stopped.to_string()));
    }
    printer.line(format!(
        "{} posts on {} pages{}: {}",
        outcome.posts,
        outcome.pages,
        outcome.account.as_ref().map_or_else(String::new, |id| format!(" of {}", inert(id))),
        inert(&outcome.stopped.to_string()),
    ));
    kept.said(printer);
    Ok(())
}
