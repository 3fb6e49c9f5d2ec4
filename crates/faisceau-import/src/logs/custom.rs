//! Access logs in a format of the server's own: nginx `log_format`, Apache `LogFormat`.
//!
//! Producers: nginx (`ngx_http_log_module` and the variables of its modules, documentation of
//! 1.27), Apache httpd 2.2 and 2.4 (`mod_log_config`, `mod_logio`), and whatever writes the same.
//! The case gives the text of the directive, as the administrator of the site hands it over:
//!
//! ```toml
//! [[import.log]]
//! format = '$remote_addr:$remote_port - $remote_user [$time_iso8601] "$request" $status'
//! service = "forum.example.org"   # optional
//! match = "forum.example.org"     # optional: a text that the lines hold
//! ```
//!
//! In: a log whose lines the format fits. Out: one connection a line, in order. Refused, when the
//! case is opened: a format without address or time, and one in which two values that matter stand
//! next to each other.
//!
//! Traps:
//! - What a visitor chooses can hold the separators of the log. A line that can be read in two
//!   ways is rejected; see `pattern`.
//! - Both servers escape quotes (`\"`, `\x22`): a bare quote always ends a quoted value. Escapes
//!   stay as the server wrote them.
//! - Which port belongs to which address: see `web`, and `%{remote}p`, which behind `mod_remoteip`
//!   is the port of the proxy.
//! - Variables that this program does not use are read and dropped; those that no documentation of
//!   the servers names are listed among the unknown fields.
//! - A line that is cut inside a value fits nothing and is rejected.

mod apache;
mod nginx;
mod template;
#[cfg(test)]
mod tests;

use faisceau_model::{RejectReason, Sink};
use jiff::tz::TimeZone;

pub(super) use self::nginx::{is_ignored as is_nginx_variable, slot as nginx_slot};
pub(super) use self::template::Template;
use super::pattern::{Mismatch, line_text};
use super::stamp;
use super::web::Log;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::head::Head;
use crate::settings::{ImportSettings, LogFormat};
use crate::text::decode::decode;
use crate::text::line_records;
use crate::text::lines::Chunk;

/// Lines of the head that decide.
const SNIFF_LINES: usize = 200;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "custom-access-log",
    title: "Access log in the server's own format (nginx log_format, Apache LogFormat)",
    group: Group::Logs,
    gives: &["connections"],
    versions: "whatever `[[import.log]]` says",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/custom_nginx.log",
    origin: Origin::Synthetic,
    rank: Rank::Mapped,
    sniff: |head: &Head<'_>| find(head.bytes, head.settings).is_some(),
    parse,
    owner: None,
};

/// What is wrong with a format, if anything.
pub(crate) fn check(format: &str) -> Result<(), String> {
    Template::compile(format).map(|_| ())
}

/// The first format of the case that at least half of the first lines fit.
fn find<'s>(head: &[u8], settings: &'s ImportSettings) -> Option<(&'s LogFormat, Template)> {
    settings.logs.iter().find_map(|log| {
        let template = Template::compile(&log.format).ok()?;
        let (mut lines, mut fit) = (0, 0);
        for line in Chunk::head(head).lines().take(SNIFF_LINES) {
            let text = decode(line.bytes);
            let held = log.contains.as_deref().is_none_or(|wanted| text.contains(wanted));
            lines += 1;
            fit += usize::from(held && template.fits(&text));
        }
        (fit > 0 && fit * 2 >= lines).then_some((log, template))
    })
}

/// Reads the log line by line.
fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let Some((format, template)) = find(&source.head()?, settings) else {
        let detail = "no log format of the settings fits these lines".to_owned();
        return Err(ImportError::Broken { place: faisceau_model::Place::Whole, detail });
    };
    let service = format.service.as_deref().unwrap_or(&settings.service);
    read(source, service, &[template], stamp::zone(settings)?.as_ref(), sink)
}

/// Reads a log whose lines are of one of several formats.
pub(super) fn read(
    source: &Source<'_>,
    service: &str,
    templates: &[Template],
    zone: Option<&TimeZone>,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let log = Log { exhibit: source.exhibit, service };
    line_records::read(source, sink, &|line, fields, sink| {
        let text = line_text(line)?;
        let place = line.place();
        let mut worst = Mismatch::Other;
        for template in templates {
            let found = match template.pattern.read(&text) {
                Ok(found) => found,
                Err(Mismatch::Other) => continue,
                Err(mismatch) => {
                    worst = mismatch;
                    continue;
                }
            };
            let when = template
                .when(&found, zone)
                .ok_or_else(|| (RejectReason::Time, "the time does not exist".to_owned()))?;
            let row = log.connection(&found, when, &place)?;
            for name in &template.unknown {
                fields.note("", name, 1, &place);
            }
            sink.connections(vec![row]);
            return Ok(());
        }
        Err(worst.flaw("the line is not in the format of the log"))
    })
}
