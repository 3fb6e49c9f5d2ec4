//! The last day of a deadline for one message, never later than the true one.
//!
//! In: what the rows say of when a message was published, a deadline of the law files. Out: a day,
//! and whether it is past on the day of the acts. Refuses: a day for a message without a time.
//!
//! The day is that of the earliest instant that declared time, server stamp and clock of the id
//! allow, under the precision and the zone of each. It is past only if the day of the latest
//! instant, on the clocks furthest ahead, is past too.

use faisceau_graph::law::Deadline;
use faisceau_model::rows::Post;
use faisceau_model::{Maybe, Moment, Precision, ZoneSource};
use jiff::civil::Date;

use crate::french::day;
use crate::text::Text;

const HOUR_US: i64 = 3_600_000_000;
const DAY_US: i64 = 24 * HOUR_US;
/// The day of an instant is at most this far ahead of its day in UTC.
const EAST_US: i64 = 14 * HOUR_US;
/// Zones run from UTC−12 to UTC+14: a time in a supposed zone is this far off at most.
const ZONES_US: i64 = 26 * HOUR_US;

/// The instants between which a message was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    earliest: Moment,
    /// `None` where nothing bounds it.
    latest: Option<Moment>,
    /// Whether a server or the id puts it before the declared time.
    before_declared: bool,
}

impl Window {
    /// The window of a message, `None` if neither its author's side nor a server dates it.
    /// `clock` is what the clock in its id says.
    pub(super) fn of(post: &Post, clock: Option<Moment>) -> Option<Self> {
        let declared = post.at.known().map(|at| (*at, post.until.known().copied()));
        let stamped = post.stamped.known().map(|at| (*at, None));
        declared?;
        let clock = clock.map(|at| (at, None));
        let mut parts = declared.into_iter().chain(stamped).chain(clock);
        let first = Self::between(parts.next()?)?;
        parts.filter_map(Self::between).try_fold(first, |a, b| {
            let latest = match (a.latest, b.latest) {
                (Some(x), Some(y)) => Some(if x.at_us() < y.at_us() { y } else { x }),
                _ => None,
            };
            let earliest =
                if b.earliest.at_us() < a.earliest.at_us() { b.earliest } else { a.earliest };
            Some(Self { earliest, latest, before_declared: earliest != first.earliest })
        })
    }

    /// The window of an instant alone, `None` where it is missing.
    pub(super) fn at(at: &Maybe<Moment>) -> Option<Self> {
        Self::between((*at.known()?, None))
    }

    /// Whether a server or the id puts it before the declared time.
    pub(super) fn is_before_declared(self) -> bool {
        self.before_declared
    }

    fn between((at, until): (Moment, Option<Moment>)) -> Option<Self> {
        let end = match (until, length(at.precision())) {
            (Some(until), length) => until.at_us().checked_add(length.unwrap_or(DAY_US)),
            (None, Some(length)) => at.at_us().checked_add(length),
            (None, None) => None,
        };
        let latest = end.and_then(|end| shifted(end, slack(at.zone()) + EAST_US));
        let earliest = shifted(at.at_us(), -slack(at.zone()))?;
        Some(Self { earliest, latest, before_declared: false })
    }
}

fn slack(zone: ZoneSource) -> i64 {
    match zone {
        ZoneSource::Explicit | ZoneSource::Unix => 0,
        ZoneSource::Inferred | ZoneSource::Assumed => ZONES_US,
    }
}

/// The length of the interval that a precision leaves open, rounded up.
fn length(precision: Precision) -> Option<i64> {
    match precision {
        Precision::Micro => Some(1),
        Precision::Milli => Some(1000),
        Precision::Second => Some(1_000_000),
        Precision::Minute => Some(60_000_000),
        Precision::Hour => Some(HOUR_US),
        Precision::Day => Some(DAY_US + HOUR_US),
        Precision::Month => Some(31 * DAY_US + HOUR_US),
        Precision::Year => Some(366 * DAY_US),
        Precision::Interval => None,
    }
}

fn shifted(at_us: i64, by: i64) -> Option<Moment> {
    Moment::new(at_us.checked_add(by)?, Precision::Micro, ZoneSource::Unix)
}

/// The last day of a deadline and where it stands on the day of the acts, in the order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Last {
    /// It can still be kept.
    Open(Date),
    /// Past if the message was published as early as its time allows, else not.
    MayBePast(Date),
    /// Past, however late it was published.
    Past(Date),
    /// The time of the message is not known.
    Unknown,
}

impl Last {
    /// The last day of `deadline` for a message of this window, on the day `today`.
    pub(super) fn of(deadline: Option<&Deadline>, window: Option<Window>, today: Date) -> Self {
        let of = |at: Moment| -> Option<Date> { deadline?.last_day(at)?.parse().ok() };
        let Some(first) = window.and_then(|window| of(window.earliest)) else {
            return Self::Unknown;
        };
        let latest = window.and_then(|window| window.latest).and_then(of);
        match latest {
            _ if first >= today => Self::Open(first),
            Some(latest) if latest < today => Self::Past(first),
            _ => Self::MayBePast(first),
        }
    }

    /// Whether it is past whatever the true instant.
    pub(super) fn is_past(self) -> bool {
        matches!(self, Self::Past(_))
    }

    /// The day of an open deadline.
    pub(super) fn open(self) -> Option<Date> {
        match self {
            Self::Open(day) => Some(day),
            Self::MayBePast(_) | Self::Past(_) | Self::Unknown => None,
        }
    }

    /// In words.
    pub(super) fn text(self) -> Text {
        match self {
            Self::Open(date) => Text::new().strong(day(date)),
            Self::MayBePast(date) => {
                Text::new().strong("peut-être dépassé").plain(format!(" ({})", day(date)))
            }
            Self::Past(date) => Text::new().strong("dépassé").plain(format!(" ({})", day(date))),
            Self::Unknown => "date inconnue".into(),
        }
    }
}

/// The known time of a message as a table gives it: in UTC, then in Paris, with what weakens it.
pub(super) fn when(at: &Maybe<Moment>) -> Text {
    let Maybe::Known(at) = at else { return Text::new().strong("date inconnue") };
    let local = crate::french::paris(*at).map_or_else(String::new, |local| format!(" ; {local}"));
    let text = Text::from(format!("{at}{local}"));
    match at.zone() {
        ZoneSource::Explicit | ZoneSource::Unix => text,
        ZoneSource::Inferred => text.plain(" (fuseau déduit)"),
        ZoneSource::Assumed => text.plain(" (fuseau supposé)"),
    }
}

#[cfg(test)]
mod tests;
