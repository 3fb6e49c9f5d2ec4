//! `faisceau collect timestamp`: asks authorities to date what the case holds.

use faisceau_case::{Case, Shows, Subject, TimeStamp};
use faisceau_collect::http::{NotRecorded, judge};
use faisceau_collect::stamp::stamp;
use faisceau_model::inert;
use serde_json::{Value, json};
use url::Url;

use crate::arguments::{Arguments, TimestampArguments};
use crate::clock;
use crate::commands::web::{self, Asking, Robots};
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn timestamp(
    arguments: &Arguments,
    wanted: &TimestampArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let dialer = web::dialer(&wanted.web);
    for url in &wanted.authorities {
        judge(url, &dialer).map_err(|error| Failure::new(Exit::WrongUse, error.to_string()))?;
    }
    if wanted.authorities.is_empty() {
        return Err(Failure::new(Exit::WrongUse, "no authority was named, and none is chosen for you")
            .hint(
                "name one with `--authority URL`. It learns the SHA-256 of what is stamped and your \
                 address, nothing else. Only a qualified provider of the European trusted lists gives \
                 the presumption of article 41(2) of the eIDAS regulation",
            ));
    }
    let mut case = super::super::open(arguments)?;
    let (who, now) = (clock::who(arguments.who.as_deref()), clock::now()?);
    if wanted.web.dry_run {
        return dry_run(&case, wanted, printer);
    }
    for path in &wanted.trusted {
        let bytes = web::certificate_file(path)?;
        case.trust_for_stamps(&bytes, &who, now)?;
    }
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for authority in &wanted.authorities {
        let tls = web::tls(&wanted.web)?;
        let mut subjects = Vec::new();
        if !wanted.journal_only {
            subjects = case.exhibits_to_stamp(&wanted.exhibits, authority.as_str())?;
        }
        let tokens = asked(&subjects, authority, wanted, tls.clone(), printer)?;
        keep(&mut case, tokens, authority, (&mut done, &mut failed), &who)?;
        // Last, so that it stands for the tokens before it too.
        let head = [case.journal_to_stamp()];
        let tokens = asked(&head, authority, wanted, tls, printer)?;
        keep(&mut case, tokens, authority, (&mut done, &mut failed), &who)?;
    }
    said(&done, &failed, printer)?;
    Ok(if failed.is_empty() { Exit::Done } else { Exit::DoneWithRejects })
}

type Token<'s> = (&'s Subject, Result<Vec<u8>, String>);

/// Asks one authority for a token over each subject.
fn asked<'s>(
    subjects: &'s [Subject],
    authority: &Url,
    wanted: &TimestampArguments,
    tls: faisceau_collect::tls::Tls,
    printer: &Printer,
) -> Result<Vec<Token<'s>>, Failure> {
    let now = clock::now()?;
    let asking =
        Asking { web: &wanted.web, tls, robots: &Robots::NotAsked, now, recorded: Vec::new() };
    let (tokens, _) = asking.with(&mut NotRecorded, printer, |fetch| {
        let token = |subject: &'s Subject| {
            let token = stamp(fetch, authority, *subject.sha256.as_bytes());
            (subject, token.map_err(|error| error.to_string()))
        };
        subjects.iter().map(token).collect()
    });
    Ok(tokens)
}

fn keep(
    case: &mut Case,
    tokens: Vec<Token<'_>>,
    authority: &Url,
    (done, failed): (&mut Vec<TimeStamp>, &mut Vec<String>),
    who: &str,
) -> Result<(), Failure> {
    for (subject, token) in tokens {
        let kept = match token {
            Ok(token) => case
                .keep_stamp(subject, authority.as_str(), &token, who, clock::now()?)
                .map_err(|error| error.to_string()),
            Err(why) => Err(why),
        };
        match kept {
            Ok(stamp) => done.push(stamp),
            Err(why) => failed.push(format!("{}: {why}", subject.what)),
        }
    }
    Ok(())
}

fn dry_run(case: &Case, wanted: &TimestampArguments, printer: &Printer) -> Result<Exit, Failure> {
    let mut requests = Vec::new();
    for authority in &wanted.authorities {
        let mut subjects = Vec::new();
        if !wanted.journal_only {
            subjects = case.exhibits_to_stamp(&wanted.exhibits, authority.as_str())?;
        }
        subjects.push(case.journal_to_stamp());
        for subject in subjects {
            let (what, sum) = (subject.what.to_string(), subject.sha256.to_string());
            requests.push((authority.to_string(), what, sum));
        }
    }
    if printer.json() {
        let requests = requests.iter().map(|(authority, what, sum)| {
            json!({"method": "POST", "url": authority, "over": what, "sha256": sum})
        });
        printer.value(&json!({"requests": requests.collect::<Vec<_>>(), "sent": 0}))?;
        return Ok(Exit::Done);
    }
    for (authority, what, sum) in &requests {
        printer.line(format!("POST {authority}: the SHA-256 of {what} ({sum})"));
    }
    printer.talk(format!(
        "{} requests would leave; an authority learns hashes and your address. Nothing was sent",
        requests.len()
    ));
    Ok(Exit::Done)
}

fn said(done: &[TimeStamp], failed: &[String], printer: &Printer) -> Result<(), Failure> {
    if printer.json() {
        let stamps: Vec<Value> = done.iter().map(super::super::verify::stamp_in_json).collect();
        return printer.value(&json!({"stamps": stamps, "failed": failed}));
    }
    for stamp in done {
        printer.line(super::super::verify::stamp_in_words(stamp));
    }
    for why in failed {
        printer.warning(inert(why));
    }
    if done.iter().any(|stamp| stamp.shows == Shows::NoRoot) {
        printer.talk(
            "no root certificate was named for it: who the authority is stays open. `--trust FILE` \
             names one; `faisceau verify` checks again",
        );
    }
    printer.talk(format!("{} time stamps kept, {} failed", done.len(), failed.len()));
    Ok(())
}
