//! The format of a log as the server's configuration writes it, made ready to read lines.
//!
//! In: the text of `log_format` or `LogFormat`. Out: a pattern, how its times are written, and the
//! variables that nobody documents. Refused: a format that could give no row, with the reason in a
//! few words.

use jiff::tz::TimeZone;

use super::{apache, nginx};
use crate::logs::pattern::{Found, Item, Pattern, Shape, Slot};
use crate::logs::stamp;
use crate::logs::web::When;
use crate::settings::TimeFormat;
use crate::time::configured;

/// Most characters of a format.
const MAX_LEN: usize = 4096;
/// Most values of a format.
const MAX_VALUES: usize = 100;

/// A format that is ready.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    /// The lines.
    pub(super) pattern: Pattern,
    /// The pattern of `strptime` of its time, where it has one of its own.
    pub(super) time_pattern: Option<String>,
    /// Variables that no documentation of the server names.
    pub(super) unknown: Vec<String>,
}

/// A part of a format, before it is checked.
pub(super) enum Part {
    /// A text.
    Text(String),
    /// A variable: its name, what it is, what it can be made of.
    Value(String, Option<Slot>, Shape),
    /// A time, or a part of one, in a pattern of `strptime`.
    Time(String),
    /// A variable that is not documented.
    Unknown(String),
}

impl Template {
    /// Makes a format ready.
    ///
    /// # Errors
    /// What is wrong with it, to follow the word "format".
    pub(crate) fn compile(format: &str) -> Result<Self, String> {
        if format.len() > MAX_LEN {
            return Err(format!("is longer than {MAX_LEN} bytes"));
        }
        let parts = match (format.find('$'), format.find('%')) {
            (Some(dollar), Some(percent)) if percent < dollar => apache::parts(format)?,
            (Some(_), _) => nginx::parts(format)?,
            (None, Some(_)) => apache::parts(format)?,
            (None, None) => {
                return Err("has no variable, neither of nginx (`$remote_addr`) nor of Apache \
                            (`%h`)"
                    .to_owned());
            }
        };
        let template = join(merge_times(parts)?)?;
        template.check()?;
        Ok(template)
    }

    fn check(&self) -> Result<(), String> {
        let has = |slots: &[Slot]| {
            self.pattern
                .0
                .iter()
                .any(|item| matches!(item, Item::Value(Some(slot), _) if slots.contains(slot)))
        };
        if !has(&[Slot::Address, Slot::Peer, Slot::Proxy]) {
            return Err("gives no address of the client: `$remote_addr`, `%a` or `%h` is missing"
                .to_owned());
        }
        if !has(&[Slot::LocalTime, Slot::IsoTime, Slot::UnixTime, Slot::PatternTime]) {
            return Err(
                "gives no time: `$time_local`, `$time_iso8601`, `$msec` or `%t` is missing"
                    .to_owned(),
            );
        }
        if self.pattern.0.len() > 2 * MAX_VALUES {
            return Err(format!("has more than {MAX_VALUES} variables"));
        }
        Ok(())
    }

    /// Whether a line is of this format.
    pub(crate) fn fits(&self, line: &str) -> bool {
        self.pattern.read(line).is_ok_and(|found| self.when(&found, Some(&TimeZone::UTC)).is_some())
    }

    /// When a line says that it was: by the most precise of its times.
    pub(super) fn when(&self, found: &Found<'_>, zone: Option<&TimeZone>) -> Option<When> {
        let (at, raw) = if let Some(raw) = found.get(Slot::UnixTime) {
            (stamp::unix(raw), raw)
        } else if let Some(raw) = found.get(Slot::PatternTime) {
            (self.by_pattern(raw, zone), raw)
        } else if let Some(raw) = found.get(Slot::IsoTime) {
            (stamp::iso(raw, zone), raw)
        } else {
            let raw = found.get(Slot::LocalTime)?;
            (stamp::common(raw), raw)
        };
        Some(When { at: at?, raw: raw.to_owned() })
    }

    fn by_pattern(&self, raw: &str, zone: Option<&TimeZone>) -> Option<faisceau_model::Moment> {
        let pattern = self.time_pattern.clone()?;
        // Without a zone the day alone is known, as everywhere.
        let format = TimeFormat::Pattern(pattern);
        match configured::moment(raw, &format, zone) {
            Ok(at) => Some(at).filter(|at| at.at_us() >= 0),
            Err(_) if zone.is_none() => {
                let day = configured::moment(raw, &format, Some(&TimeZone::UTC)).ok()?;
                let day_us = 86_400_000_000;
                let start = day.at_us().div_euclid(day_us) * day_us;
                faisceau_model::Moment::new(start, faisceau_model::Precision::Day, day.zone())
            }
            Err(_) => None,
        }
    }
}

/// Joins a time that is written in several variables (`%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t`) into
/// one.
fn merge_times(parts: Vec<Part>) -> Result<Vec<Part>, String> {
    let first = parts.iter().position(|part| matches!(part, Part::Time(_)));
    let last = parts.iter().rposition(|part| matches!(part, Part::Time(_)));
    let (Some(first), Some(last)) = (first, last) else { return Ok(parts) };
    let mut pattern = String::new();
    let mut joined: Vec<Part> = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        match part {
            Part::Time(text) => pattern.push_str(&text),
            Part::Text(text) if (first..last).contains(&at) => {
                pattern.push_str(&text.replace('%', "%%"));
            }
            _ if (first..last).contains(&at) => {
                return Err("writes its time in parts with another variable between them".into());
            }
            part => joined.push(part),
        }
        if at == last {
            joined.push(Part::Time(std::mem::take(&mut pattern)));
        }
    }
    Ok(joined)
}

/// The parts as a pattern: texts joined, values that touch each other joined where that loses
/// nothing.
fn join(parts: Vec<Part>) -> Result<Template, String> {
    let mut items: Vec<Item> = Vec::new();
    let (mut time_pattern, mut unknown) = (None, Vec::new());
    let mut before = String::new();
    for part in parts {
        let (name, slot, shape) = match part {
            Part::Text(text) => {
                match items.last_mut() {
                    Some(Item::Text(last)) => last.push_str(&text),
                    _ => items.push(Item::Text(text)),
                }
                continue;
            }
            Part::Value(name, slot, shape) => (name, slot, shape),
            Part::Time(pattern) => {
                if !configured::reads_a_date(&pattern) {
                    return Err(format!("has a time that says no date: `{pattern}`"));
                }
                time_pattern = Some(pattern);
                ("%{…}t".to_owned(), Some(Slot::PatternTime), Shape::Quoted)
            }
            Part::Unknown(name) => {
                if !unknown.contains(&name) {
                    unknown.push(name.clone());
                }
                (name, None, Shape::Quoted)
            }
        };
        match items.last_mut() {
            Some(Item::Value(last, last_shape))
                if *last_shape != Shape::LocalTime && shape != Shape::LocalTime =>
            {
                if last.is_some_and(matters) || slot.is_some_and(matters) {
                    return Err(format!(
                        "has `{before}` and `{name}` next to each other: nothing tells where one \
                         ends"
                    ));
                }
                *last = joined(*last, slot);
                *last_shape = Shape::Quoted;
            }
            _ => items.push(Item::Value(slot, shape)),
        }
        before = name;
    }
    Ok(Template { pattern: Pattern(items), time_pattern, unknown })
}

/// Whether a value must be told apart from its neighbours.
fn matters(slot: Slot) -> bool {
    use Slot::{Agent, Method, Protocol, Query, Referer, Request, Uri};
    !matches!(slot, Request | Method | Uri | Query | Protocol | Referer | Agent)
}

/// What two values without separator are together: `%U%q` is what was asked for.
fn joined(first: Option<Slot>, second: Option<Slot>) -> Option<Slot> {
    match (first, second) {
        (Some(slot), None) | (None, Some(slot)) => Some(slot),
        (None, None) => None,
        (Some(_), Some(_)) => Some(Slot::Uri),
    }
}
