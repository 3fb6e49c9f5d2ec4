//! The first hop: the platform of each examined account, or the provider of its mailbox.

use faisceau_model::rows::Request;
use faisceau_model::{Absent, AccountKey, Head, Maybe, Precision, RowId, ZoneSource, selection};

use super::accounts::{Accounts, Examined};
use super::activity::Event;
use super::ground::Ground;
use super::input::RequestInput;
use crate::law::{Deadline, GravityLevel, mail_domain};

/// Rows of `accounts` that a request names; more exhibits showing one account add nothing.
const ACCOUNT_ROWS: usize = 8;

pub(super) fn requests(
    input: &RequestInput<'_>,
    ground: &Ground,
    examined: &Accounts<'_>,
) -> Vec<Request> {
    let mut out = Vec::new();
    for (key, account) in examined {
        out.push(subscription(input, ground, key, account, Head::C1));
        out.push(subscription(input, ground, key, account, Head::C2));
        if ground.level >= GravityLevel::Arguable {
            out.push(connections(input, ground, key, account));
        }
    }
    out
}

/// C1 and C2: kept from the end of the contract, which the claimant does not know.
fn subscription(
    input: &RequestInput<'_>,
    ground: &Ground,
    key: &AccountKey,
    account: &Examined<'_>,
    head: Head,
) -> Request {
    let expected = match (head, mail_domain(key)) {
        (Head::C1, Some(_)) => "mailbox_holder",
        (Head::C1, None) => "subscriber_identity",
        _ => "subscription_data",
    };
    let rows = account.rows.iter().take(ACCOUNT_ROWS).map(ToString::to_string);
    Request {
        rows: rows.chain(posts(key, account)).collect(),
        ..blank(input, ground, key, account, head, expected)
    }
}

/// C3: kept one year from each connection. The day shown is that on which the first of those still
/// kept lapses; of an account whose data are all past, that of the most recent.
fn connections(
    input: &RequestInput<'_>,
    ground: &Ground,
    key: &AccountKey,
    account: &Examined<'_>,
) -> Request {
    let expected = if account.connections { "more_connections" } else { "connection_source" };
    let mut request = blank(input, ground, key, account, Head::C3, expected);
    let mut missing: Vec<&str> = Vec::new();
    if ground.level == GravityLevel::Arguable {
        missing.push("c3_arguable");
    }
    let deadline = input.law.deadline_of(Head::C3);
    let active = &account.active;
    let latest = active.latest.as_ref();
    let kept = active.oldest_kept.as_ref().filter(|_| input.settings.as_of.is_some());
    let due = kept.or(latest);
    request.at = Maybe::or_absent(due.map(|event| event.at), Absent::NoData);
    request.last_day =
        Maybe::or_absent(due.and_then(|event| deadline?.last_day(event.at)), Absent::NoData);
    missing.extend(of_events(input, account, deadline));
    request.missing.extend(missing.into_iter().map(str::to_owned));
    let mut rows: Vec<&RowId> = latest.iter().map(|event| &event.row).collect();
    if input.settings.as_of.is_some() {
        let oldest = active.oldest_kept.as_ref().map(|event| &event.row);
        rows.extend(oldest.filter(|row| !rows.contains(row)));
    }
    request.rows = rows.into_iter().map(ToString::to_string).chain(posts(key, account)).collect();
    request
}

fn of_events(
    input: &RequestInput<'_>,
    account: &Examined<'_>,
    deadline: Option<&Deadline>,
) -> Vec<&'static str> {
    let active = &account.active;
    let latest = active.latest.as_ref();
    let past = active.oldest_kept.is_none()
        && latest.is_some_and(|event| input.settings.is_past(deadline, event.at));
    let coarse = |event: &Event| event.at.precision() > Precision::Second;
    let assumed = |event: &Event| event.at.zone() == ZoneSource::Assumed;
    let flags = [
        ("no_dated_post", latest.is_none()),
        ("no_permalink", latest.is_some_and(|event| event.no_permalink)),
        ("coarse_time", latest.is_some_and(coarse)),
        ("zone_assumed", latest.is_some_and(assumed)),
        ("future_time", active.some_future),
        ("kept_partly", active.some_expired && !past),
        ("expired", past),
    ];
    flags.into_iter().filter(|(_, holds)| *holds).map(|(code, _)| code).collect()
}

fn posts(key: &AccountKey, account: &Examined<'_>) -> Option<String> {
    account.active.posts.then(|| selection("posts", &[("account", key.as_str())]))
}

/// A request about an account, without what depends on its head.
fn blank(
    input: &RequestInput<'_>,
    ground: &Ground,
    key: &AccountKey,
    account: &Examined<'_>,
    head: Head,
    expected: &str,
) -> Request {
    let known = input.law.addressee_of(key);
    let flags = [
        ("addressee_unknown", known.is_none()),
        ("handle_only", !account.has_id),
        ("sender_unauthenticated", mail_domain(key).is_some()),
    ];
    let missing = flags.into_iter().filter(|(_, holds)| *holds).map(|(code, _)| code);
    let place = || mail_domain(key).unwrap_or(key.platform()).to_lowercase();
    Request {
        id: RowId::derived("req", 0),
        hop: 1,
        addressee: known.map_or_else(place, |to| to.legal_name.clone()),
        head,
        account: Maybe::Known(key.clone()),
        ip: Maybe::Missing(Absent::NotApplicable),
        port: Maybe::Missing(Absent::NotApplicable),
        at: Maybe::Missing(Absent::NotApplicable),
        access: Maybe::Missing(Absent::NotApplicable),
        ground: ground.article.clone(),
        max_penalty: ground.years,
        last_day: Maybe::Missing(Absent::NoData),
        expected: expected.to_owned(),
        minimal: false,
        missing: ground.missing.iter().copied().chain(missing).map(str::to_owned).collect(),
        rows: Vec::new(),
        key: String::new(),
        answered_by: Vec::new(),
    }
}
