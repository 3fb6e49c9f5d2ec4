//! Events for Timesketch, as JSON lines.
//!
//! Comes in: posts, connections, media, mail hops and sign-ins. Goes out: `events.jsonl`, one event a
//! known time of a row, in the order of the tables, with the fields that Timesketch asks for
//! (`message`, `datetime`, `timestamp_desc`, and `timestamp` in microseconds) and the row, exhibit,
//! place, account, precision and source of the zone. What was decided of an account's links stands
//! in `tag` and `reviews`: whoever reads the timeline sees what was dismissed. Refuses: positions,
//! subscribers. Rows without a time are left out and counted.
//! Fields: <https://timesketch.org/guides/user/import-from-json-csv/>.

mod event;
mod reviewed;

use std::path::Path;

use faisceau_model::rows::{Connection, MailHop, Media, Post, SignIn};
use faisceau_model::table::Row;
use faisceau_model::{AccountKey, Maybe, Moment, inert};
use faisceau_tables::read_batches;

use self::event::{Event, Subject};
use self::reviewed::Reviewed;
use crate::error::ExportError;
use crate::json::harmless;
use crate::source::Source;
use crate::tabular::{NewFile, create};
use crate::written::Written;

/// The file.
const FILE: &str = "events.jsonl";

/// Writes the events into a folder.
///
/// # Errors
/// A file that is there already or that the file system refuses, and a table that cannot be read.
pub fn write(source: &Source<'_>, folder: &Path) -> Result<Vec<Written>, ExportError> {
    let mut lines = Lines {
        file: create(folder, FILE)?,
        reviewed: Reviewed::of(source.reviews),
        events: 0,
        timeless: 0,
        outside: 0,
    };
    each(source.tables, |row: &Post| lines.post(row))?;
    each(source.tables, |row: &Connection| lines.connection(row))?;
    each(source.tables, |row: &Media| lines.media(row))?;
    each(source.tables, |row: &MailHop| lines.hop(row))?;
    each(source.tables, |row: &SignIn| lines.sign_in(row))?;
    lines.file.finish()?;
    let count = |what, count| Written { file: FILE.to_owned(), what, count };
    Ok(vec![
        count("events", lines.events),
        count("rows without a time", lines.timeless),
        count("times outside the calendar", lines.outside),
    ])
}

/// Hands every row of a table over.
fn each<R: Row>(
    tables: &Path,
    mut take: impl FnMut(&R) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut outcome = Ok(());
    read_batches::<R>(tables, |batch| {
        outcome = batch.iter().try_for_each(&mut take);
        outcome.is_ok()
    })?;
    outcome
}

struct Lines {
    file: NewFile,
    reviewed: Reviewed,
    events: u64,
    timeless: u64,
    outside: u64,
}

impl Lines {
    /// Writes an event for each time that is known.
    fn put(
        &mut self,
        subject: &Subject<'_>,
        times: &[(&'static str, &Maybe<Moment>)],
    ) -> Result<(), ExportError> {
        let reviewed = self.reviewed.account(subject.account);
        let mut known = false;
        for (what, at) in times.iter().filter_map(|(what, at)| Some((*what, at.known()?))) {
            known = true;
            let Some(event) = Event::of(subject, what, *at, reviewed) else {
                self.outside += 1;
                continue;
            };
            // U+0085 and U+2028 are ends of lines to the reader: they leave as escapes.
            let line = harmless(&event) + "\n";
            self.file.put(line.as_bytes())?;
            self.events += 1;
        }
        self.timeless += u64::from(!known);
        Ok(())
    }

    fn post(&mut self, row: &Post) -> Result<(), ExportError> {
        let account = Some(&row.account);
        let subject = Subject {
            message: said(&row.account, &row.text),
            text: row.text.known().map(String::as_str),
            thread: row.thread.known().map(String::as_str),
            permalink: row.permalink.known().map(String::as_str),
            ..Subject::new("faisceau:post", &row.id, row.exhibit, &row.place, account)
        };
        self.put(
            &subject,
            &[("Posted, as declared", &row.at), ("Received by server", &row.stamped)],
        )
    }

    fn connection(&mut self, row: &Connection) -> Result<(), ExportError> {
        let account = row.account.known();
        let what = row.request.known().map(|request| format!(": {}", inert(request)));
        let subject = Subject {
            message: format!(
                "{} used {} at {}{}",
                who(account),
                place_of(&row.ip, &row.port),
                inert(&row.service),
                what.unwrap_or_default()
            ),
            ip: Some(&row.ip),
            port: row.port.known().copied(),
            user_agent: row.user_agent.known().map(String::as_str),
            service: Some(&row.service),
            declared: Some(row.declared),
            ..Subject::new("faisceau:connection", &row.id, row.exhibit, &row.place, account)
        };
        self.put(&subject, &[("Address used", &row.at)])
    }

    fn media(&mut self, row: &Media) -> Result<(), ExportError> {
        let account = row.account.known();
        let subject = Subject {
            message: format!("{}, posted by {}", inert(&row.name), who(account)),
            sha256: Some(&row.sha256),
            ..Subject::new("faisceau:media", &row.id, row.exhibit, &row.place, account)
        };
        self.put(
            &subject,
            &[
                ("Picture taken, as the camera says", &row.taken),
                ("File made, as the file says", &row.digitized),
                ("File changed, as the file says", &row.modified),
                ("Clock of the satellite receiver", &row.receiver),
            ],
        )
    }

    fn hop(&mut self, row: &MailHop) -> Result<(), ExportError> {
        let side = |side: &Maybe<String>| {
            side.known().map_or_else(|| "?".to_owned(), |name| inert(name).into_owned())
        };
        let subject = Subject {
            message: format!("Mail passed from {} to {}", side(&row.from), side(&row.by)),
            ip: row.ip.known().map(String::as_str),
            port: row.port.known().copied(),
            trust: Some(row.trust.as_str()),
            ..Subject::new("faisceau:mail_hop", &row.id, row.exhibit, &row.place, None)
        };
        self.put(&subject, &[("Mail received by server", &row.at)])
    }

    fn sign_in(&mut self, row: &SignIn) -> Result<(), ExportError> {
        let account = Some(&row.account);
        let subject = Subject {
            message: format!(
                "Sign-in to {} from {}: {}",
                who(account),
                place_of(&row.ip, &row.port),
                row.verdict
            ),
            ip: Some(&row.ip),
            port: row.port.known().copied(),
            user_agent: row.device.known().map(String::as_str),
            verdict: Some(row.verdict.as_str()),
            ..Subject::new("faisceau:sign_in", &row.id, row.exhibit, &row.place, account)
        };
        self.put(&subject, &[("Signed in", &row.at)])
    }
}

fn who(account: Option<&AccountKey>) -> String {
    account.map_or_else(|| "nobody known".to_owned(), |key| inert(key.as_str()).into_owned())
}

fn said(account: &AccountKey, text: &Maybe<String>) -> String {
    let account = inert(account.as_str());
    match text {
        Maybe::Known(text) => format!("{account}: {}", inert(text)),
        Maybe::Missing(reason) => format!("{account}: (text {reason})"),
    }
}

fn place_of(ip: &str, port: &Maybe<i64>) -> String {
    let ip = inert(ip);
    match port.known() {
        Some(port) if ip.contains(':') => format!("[{ip}]:{port}"),
        Some(port) => format!("{ip}:{port}"),
        None => ip.into_owned(),
    }
}

#[cfg(test)]
mod tests;
