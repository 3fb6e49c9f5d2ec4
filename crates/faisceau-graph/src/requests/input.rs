//! What requests are made from, and the order in which they come out.

use faisceau_model::rows::{Account, Address, AddressVerdict, Identity, Request};
use faisceau_model::{ExhibitNo, Maybe, Moment, Precision, RowId};
use jiff::civil::Date;

use super::plan::Plan;
use super::{Activity, accounts, ground, operator, plan, platform};
use crate::law::{CaseFacts, Deadline, Law};

/// The rows and facts that requests are made from, rows in any order.
#[derive(Debug, Clone, Copy)]
pub struct RequestInput<'a> {
    /// Accounts; those that a row calls examined are asked about.
    pub accounts: &'a [Account],
    /// When each account posted.
    pub activity: &'a Activity,
    /// Addresses, one for each connection.
    pub addresses: &'a [Address],
    /// What each source says of those addresses.
    pub verdicts: &'a [AddressVerdict],
    /// Identities.
    pub identities: &'a [Identity],
    /// The law.
    pub law: &'a Law,
    /// The facts that the case states.
    pub facts: &'a CaseFacts,
    /// Answers that the case holds: key of the request, exhibit.
    pub answers: &'a [(String, ExhibitNo)],
    /// Settings.
    pub settings: RequestSettings,
}

/// Settings of the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestSettings {
    /// Instants asked about for one account, operator and address.
    pub instants_per_address: usize,
    /// Addresses asked about for one account and operator.
    pub addresses_per_operator: usize,
    /// The day that tells past from future. Without it nothing is called past.
    pub as_of: Option<Date>,
}

impl Default for RequestSettings {
    fn default() -> Self {
        Self { instants_per_address: 5, addresses_per_operator: 10, as_of: None }
    }
}

impl RequestSettings {
    /// Whether the data of an event are past their last day, whatever its true instant: judged
    /// by the latest one that its precision allows.
    pub(super) fn is_past(&self, deadline: Option<&Deadline>, event: Moment) -> bool {
        let last = deadline.and_then(|deadline| deadline.last_day(latest(event)?));
        match (self.as_of, last.and_then(|last| last.parse::<Date>().ok())) {
            (Some(today), Some(last)) => last < today,
            _ => false,
        }
    }
}

/// The latest instant that the precision allows, rounded up; `None` where nothing bounds it.
pub(super) fn latest(at: Moment) -> Option<Moment> {
    const DAY_US: i64 = 86_400_000_000;
    let length = match at.precision() {
        Precision::Micro => 1,
        Precision::Milli => 1000,
        Precision::Second => 1_000_000,
        Precision::Minute => 60_000_000,
        Precision::Hour => 3_600_000_000,
        Precision::Day => DAY_US,
        Precision::Month => 31 * DAY_US,
        Precision::Year => 366 * DAY_US,
        Precision::Interval => return None,
    };
    Moment::new(at.at_us().checked_add(length - 1)?, Precision::Micro, at.zone())
}

/// The requests of both hops, the first to lapse first; those without a known last day come last.
///
/// The order of the rows that come in does not matter.
pub fn requests(input: &RequestInput<'_>) -> Vec<Request> {
    requests_and_plan(input).0
}

/// The requests, and the figures of the minimal plan that is marked on them.
pub fn requests_and_plan(input: &RequestInput<'_>) -> (Vec<Request>, Plan) {
    let ground = ground::Ground::of(input.law, input.facts);
    let examined = accounts::examined(input);
    let mut all = platform::requests(input, &ground, &examined);
    all.extend(operator::requests(input, &ground, &examined));
    all.sort_by(|x, y| key(x).cmp(&key(y)));
    let plan = plan::mark(&mut all, input, &examined);
    for (n, request) in all.iter_mut().enumerate() {
        request.id = RowId::derived("req", n + 1);
        request.key = key_text(request);
        let answers = input.answers.iter().filter(|(key, _)| *key == request.key);
        request.answered_by = answers.map(|(_, exhibit)| exhibit.to_string()).collect();
    }
    (all, plan)
}

/// What is asked of whom, in words that do not depend on what else is asked.
fn key_text(r: &Request) -> String {
    let mut text = format!("{} {}", r.head, r.addressee);
    let object = match (&r.ip, &r.account) {
        (Maybe::Known(ip), _) => {
            let port = r.port.known().map(|port| format!(" port {port}")).unwrap_or_default();
            let at = r.at.known().map(|at| format!(" at {at}")).unwrap_or_default();
            format!(" {ip}{port}{at}")
        }
        (Maybe::Missing(_), Maybe::Known(account)) => format!(" {account}"),
        (Maybe::Missing(_), Maybe::Missing(_)) => String::new(),
    };
    text.push_str(&object);
    text
}

/// A total order: two requests that share the whole key are the same request.
fn key(r: &Request) -> impl Ord + '_ {
    (
        (&r.last_day, &r.addressee, r.hop, &r.account, r.head),
        (&r.ip, &r.port, &r.at, &r.expected, &r.rows),
    )
}
