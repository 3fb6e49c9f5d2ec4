//! From words and shapes to one column for each value.
//!
//! In: a sample. Out: a guess, or none where the table would give no row. Refused: one column for
//! two values.

use std::collections::{BTreeMap, BTreeSet};

use super::note::ProposalNote;
use super::shapes::{self, Times};
use super::words::{Fit, roles, tidy};
use super::{Guess, Role, Sample, WIDEST};
use crate::settings::{Columns, SubscriberColumns, TableKind, TimeFormat};

const ADDRESS: Role = Role::Column("ip");
const ID: Role = Role::Column("account_id");
const HANDLE: Role = Role::Column("handle");
const PORT: Role = Role::Column("port");
const TIME: Role = Role::Column("time");
const CLOCK: Role = Role::Column("clock");

/// What the columns of a table are likely to be.
pub(crate) fn guess(sample: &Sample) -> Option<Guess> {
    if sample.headers.len() > WIDEST {
        return None;
    }
    let mut notes = Vec::new();
    let mut taken = assign(sample, &mut notes);
    port_beside_address(sample, &mut taken, &mut notes);
    numbers_are_ids(sample, &mut taken, &mut notes);
    let header = |at: usize| sample.headers.get(at).map_or("", String::as_str);
    let (mut columns, mut subscriber) = (Columns::default(), SubscriberColumns::default());
    for (&at, role) in &taken {
        match role {
            Role::Column(name) => columns.map(name, header(at)),
            Role::Subscriber(category) => subscriber.add(*category, header(at)),
            Role::Since => subscriber.since = Some(header(at).to_owned()),
        }
    }
    let kind = kind(&columns, &subscriber)?;
    if kind == TableKind::Posts && columns.display_name.is_none() && subscriber.name.len() == 1 {
        columns.display_name = subscriber.name.pop();
    }
    if subscriber.values().next().is_none() {
        subscriber.since = None;
    }
    prune(kind, &mut columns);
    let (time_format, zoned, time_zone) = time(sample, &taken, &mut columns, &mut notes);
    unmapped(sample, &columns, &subscriber, &mut notes);
    Some(Guess { kind, columns, subscriber, time_format, time_zone, zoned, notes })
}

/// Gives each column at most one role, and each value of a record at most one column.
fn assign(sample: &Sample, notes: &mut Vec<ProposalNote>) -> BTreeMap<usize, Role> {
    let mut wanted: BTreeMap<Role, Vec<(Fit, usize)>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for (at, header) in sample.headers.iter().enumerate() {
        // A header that is there twice names no column.
        if header.is_empty() || !seen.insert(header) {
            continue;
        }
        let cells = sample.column(at);
        if let Some((fit, role)) = role(header, &cells) {
            wanted.entry(role).or_default().push((fit, at));
        }
    }
    let mut taken = BTreeMap::new();
    for (role, mut columns) in wanted {
        if matches!(role, Role::Subscriber(_)) {
            taken.extend(columns.into_iter().map(|(_, at)| (at, role)));
            continue;
        }
        // Stable: the first column among equals.
        columns.sort_by(|(a, _), (b, _)| b.cmp(a));
        let header = |at: usize| sample.headers.get(at).cloned().unwrap_or_default();
        let Some(&(fit, best)) = columns.first() else { continue };
        taken.insert(best, role);
        let Role::Column(value) = role else { continue };
        if fit == Fit::SHAPE {
            notes.push(ProposalNote::ByShape { value, header: header(best) });
        }
        let others: Vec<String> = columns.iter().skip(1).map(|(_, at)| header(*at)).collect();
        if !others.is_empty() {
            notes.push(ProposalNote::Several { value, taken: header(best), others });
        }
    }
    taken
}

/// What a column is, by its header where the cells agree, else by the cells.
fn role(header: &str, cells: &[&str]) -> Option<(Fit, Role)> {
    let addresses = shapes::are_addresses(cells);
    // A header that names one thing and holds another is not that of a third.
    let named = named(header).into_iter().find(|(_, role)| match *role {
        ADDRESS => addresses,
        _ if addresses => false,
        PORT => shapes::are_ports(cells),
        TIME => shapes::times(cells, true).is_some(),
        CLOCK => shapes::clock(cells).is_some(),
        _ => true,
    });
    named.or_else(|| {
        let role = if addresses {
            ADDRESS
        } else if shapes::times(cells, false).is_some() {
            TIME
        } else {
            shapes::clock(cells)?;
            CLOCK
        };
        Some((Fit::SHAPE, role))
    })
}

/// The roles that a header names as a whole; where there is none, those that its words name.
fn named(header: &str) -> Vec<(Fit, Role)> {
    let mut roles = roles(header);
    let whole = roles.first().is_some_and(|(fit, _)| fit.is_whole());
    roles.retain(|(fit, _)| fit.is_whole() == whole);
    roles
}

/// A column named as one of handles whose cells are long numbers holds the ids of the platform.
fn numbers_are_ids(
    sample: &Sample,
    taken: &mut BTreeMap<usize, Role>,
    notes: &mut Vec<ProposalNote>,
) {
    if taken.values().any(|role| *role == ID) {
        return;
    }
    let handle = taken.iter_mut().find(|(_, role)| **role == HANDLE);
    let Some((at, role)) = handle else { return };
    let cells = sample.column(*at);
    let number = |cell: &&str| cell.len() >= 6 && cell.bytes().all(|b| b.is_ascii_digit());
    if !cells.is_empty() && cells.iter().all(number) {
        *role = ID;
        let header = sample.headers.get(*at).cloned().unwrap_or_default();
        notes.push(ProposalNote::ByShape { value: "account_id", header });
    }
}

/// Integers that could be ports, right beside the address.
fn port_beside_address(
    sample: &Sample,
    taken: &mut BTreeMap<usize, Role>,
    notes: &mut Vec<ProposalNote>,
) {
    if taken.values().any(|role| *role == PORT) {
        return;
    }
    let Some(ip) = taken.iter().find(|(_, role)| **role == ADDRESS).map(|(at, _)| *at) else {
        return;
    };
    let beside = [Some(ip + 1), ip.checked_sub(1)];
    let fits = |at: &usize| !taken.contains_key(at) && shapes::are_ports(&sample.column(*at));
    if let Some(at) = beside.into_iter().flatten().find(fits)
        && let Some(header) = sample.headers.get(at).filter(|header| !header.is_empty())
    {
        taken.insert(at, PORT);
        notes.push(ProposalNote::ByShape { value: "port", header: header.clone() });
    }
}

fn kind(columns: &Columns, subscriber: &SubscriberColumns) -> Option<TableKind> {
    let account = columns.account_id.is_some() || columns.handle.is_some();
    if columns.ip.is_some() && columns.time.is_some() {
        Some(TableKind::Connections)
    } else if columns.text.is_some() && account {
        Some(TableKind::Posts)
    } else if subscriber.values().next().is_some() {
        Some(TableKind::Subscribers)
    } else if columns.ip.is_some() {
        Some(TableKind::Connections)
    } else {
        account.then_some(TableKind::Accounts)
    }
}

/// Leaves the values that rows of this kind have.
fn prune(kind: TableKind, columns: &mut Columns) {
    let kept: &[&str] = match kind {
        TableKind::Posts => &[
            "account_id",
            "handle",
            "display_name",
            "time",
            "clock",
            "text",
            "content_id",
            "permalink",
            "thread",
            "target",
            "lang",
            "client",
            "kind",
            "media",
        ],
        TableKind::Connections => &[
            "account_id",
            "handle",
            "display_name",
            "time",
            "clock",
            "ip",
            "port",
            "user_agent",
            "action",
        ],
        TableKind::Accounts => &["account_id", "handle", "display_name", "time", "clock", "text"],
        TableKind::Subscribers => &["account_id", "handle", "display_name", "ip"],
    };
    let mut left = Columns::default();
    for (name, header) in columns.mapped().filter(|(name, _)| kept.contains(name)) {
        left.map(name, header);
    }
    *columns = left;
}

/// How times are written, whether they say their offset, and the zone that the header names.
fn time(
    sample: &Sample,
    taken: &BTreeMap<usize, Role>,
    columns: &mut Columns,
    notes: &mut Vec<ProposalNote>,
) -> (TimeFormat, bool, Option<String>) {
    let cells = |role: Role| {
        let at = taken.iter().find(|(_, taken)| **taken == role).map(|(at, _)| *at);
        at.map(|at| sample.column(at)).unwrap_or_default()
    };
    let told = columns.time.as_ref().and_then(|_| shapes::times(&cells(TIME), true));
    let (Some(times), Some(header)) = (told, columns.time.clone()) else {
        columns.clock = None;
        notes.push(ProposalNote::NoTime);
        return (TimeFormat::default(), false, None);
    };
    let Times { mut format, zoned, exchangeable, days } = times;
    let clock = shapes::clock(&cells(CLOCK)).filter(|_| days && columns.clock.is_some());
    match clock {
        Some(clock) => format = with_clock(format, clock),
        None => columns.clock = None,
    }
    if exchangeable {
        notes.push(ProposalNote::DayOrMonth { header: header.clone() });
    }
    if zoned {
        return (format, true, None);
    }
    let beside = columns.clock.clone().unwrap_or_default();
    let zone = zone(&header).or_else(|| zone(&beside));
    notes.push(match zone {
        Some(zone) => ProposalNote::ZoneOfHeader { header, zone: zone.to_owned() },
        None => ProposalNote::NoZone { header },
    });
    (format, false, zone.map(str::to_owned))
}

fn with_clock(date: TimeFormat, clock: &str) -> TimeFormat {
    match date {
        TimeFormat::Pattern(date) => TimeFormat::Pattern(format!("{date} {clock}")),
        _ if matches!(clock, "%H:%M:%S" | "%H:%M:%S%.f" | "%H:%M") => TimeFormat::Rfc3339,
        _ => TimeFormat::Pattern(format!("%Y-%m-%d {clock}")),
    }
}

/// The zone that a header names.
fn zone(header: &str) -> Option<&'static str> {
    let words = format!(" {} ", tidy(header));
    let names = [(" utc ", "UTC"), (" gmt ", "UTC"), (" paris ", "Europe/Paris")];
    names.iter().find(|(word, _)| words.contains(word)).map(|(_, zone)| *zone)
}

fn unmapped(
    sample: &Sample,
    columns: &Columns,
    subscriber: &SubscriberColumns,
    notes: &mut Vec<ProposalNote>,
) {
    let mapped: BTreeSet<&str> =
        columns.mapped().chain(subscriber.mapped()).map(|(_, header)| header).collect();
    let left = sample.headers.iter().filter(|h| !h.is_empty() && !mapped.contains(h.as_str()));
    let headers: Vec<String> = left.cloned().collect();
    if !headers.is_empty() {
        notes.push(ProposalNote::Unmapped { headers });
    }
}
