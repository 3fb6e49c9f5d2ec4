//! The second hop: the operator of each address that an examined account used.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Address, AddressVerdict, Request};
use faisceau_model::{
    Absent, AccessKind, AccountKey, Head, Listing, Maybe, Precision, Question, RowId, ZoneSource,
    selection,
};

use super::accounts::Accounts;
use super::ground::Ground;
use super::input::RequestInput;

/// What is asked together: an account, an addressee; dead ends of one kind are told apart only as
/// far as there is somebody to ask.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Lane<'a> {
    account: &'a AccountKey,
    dead_end: Option<AccessKind>,
    addressee: Cow<'a, str>,
}

type Uses<'a> = Vec<&'a Address>;

/// What the lack of a port costs at each address, as a code; see [`PORT_COSTS`].
type Costs<'a> = BTreeMap<&'a RowId, &'static str>;

/// What an operator cannot tell apart without the port, where a source says how it shares.
const PORT_COSTS: [&str; 2] = ["no_port_up_to_4_lines", "no_port_thousands"];

/// What the sources say of shared ports.
fn costs<'a>(input: &RequestInput<'a>) -> Costs<'a> {
    let shares = |row: &&AddressVerdict| row.question == Question::PortShare;
    let code = |row: &'a AddressVerdict| {
        let cost = PORT_COSTS.into_iter().find(|cost| row.notes.iter().any(|note| note == cost))?;
        Some((&row.address, cost))
    };
    input.verdicts.iter().filter(shares).filter_map(code).collect()
}

pub(super) fn requests(
    input: &RequestInput<'_>,
    ground: &Ground,
    examined: &Accounts<'_>,
) -> Vec<Request> {
    let costs = costs(input);
    let mut lanes: BTreeMap<Lane<'_>, BTreeMap<&str, Uses<'_>>> = BTreeMap::new();
    for row in input.addresses {
        let Some(account) = row.account.known().filter(|key| examined.contains_key(key)) else {
            continue;
        };
        // Nobody answers for an address that is not routed.
        if !row.leads_somewhere() {
            continue;
        }
        let lane =
            Lane { account, dead_end: dead_end(row.access), addressee: lane_name(input, row) };
        lanes.entry(lane).or_default().entry(row.ip.as_str()).or_default().push(row);
    }
    lanes
        .into_iter()
        .flat_map(|(lane, addresses)| match lane.dead_end {
            Some(_) => vec![nowhere(input, ground, &addresses)],
            None => somewhere(input, ground, &costs, addresses),
        })
        .collect()
}

/// The exits of Tor are many and none can be asked: they stand together.
fn lane_name<'a>(input: &RequestInput<'a>, row: &'a Address) -> Cow<'a, str> {
    if row.access == AccessKind::TorExit { Cow::Borrowed("") } else { addressee(input, row).0 }
}

fn dead_end(access: AccessKind) -> Option<AccessKind> {
    access.hides_its_user().then_some(access)
}

/// The legal name where the law files have it, else the operator as the datasets name it.
fn addressee<'a>(input: &RequestInput<'a>, row: &'a Address) -> (Cow<'a, str>, bool) {
    let known = row.asn.known().and_then(|asn| input.law.operator(*asn));
    match (known, row.operator.known(), row.asn.known()) {
        (Some(to), ..) => (Cow::Borrowed(to.legal_name.as_str()), true),
        (None, Some(operator), _) => (Cow::Borrowed(&**operator), false),
        (None, None, Some(asn)) => (Cow::Owned(format!("AS{asn}")), false),
        (None, None, None) => (Cow::Borrowed("unknown"), false),
    }
}

/// One row for all the uses that lead to one dead end: it says why nothing is asked.
fn nowhere(
    input: &RequestInput<'_>,
    ground: &Ground,
    addresses: &BTreeMap<&str, Uses<'_>>,
) -> Request {
    let mut uses: Uses<'_> = addresses.values().flatten().copied().collect();
    uses.sort_by_key(|row| (row.declared, newest(row)));
    let mut request = ask(input, ground, uses[0]);
    if uses.len() > 1 {
        request.missing.push("more_instants".to_owned());
        request.rows.push(all_of_account(uses[0]));
    }
    if addresses.len() > 1 {
        request.missing.push("more_addresses".to_owned());
    }
    request
}

fn somewhere(
    input: &RequestInput<'_>,
    ground: &Ground,
    costs: &Costs<'_>,
    addresses: BTreeMap<&str, Uses<'_>>,
) -> Vec<Request> {
    let mut by_address: Vec<Uses<'_>> = addresses.into_values().collect();
    for uses in &mut by_address {
        uses.sort_by_key(|row| (quality(row), newest(row)));
    }
    by_address.sort_by_key(|uses| (quality(uses[0]), newest(uses[0])));
    let left_out = by_address.len() > input.settings.addresses_per_operator.max(1);
    by_address.truncate(input.settings.addresses_per_operator.max(1));
    let mut out = Vec::new();
    for uses in by_address {
        let chosen = distinct_ports(&uses, input.settings.instants_per_address.max(1));
        for row in &chosen {
            let mut request = ask(input, ground, row);
            if let Some(cost) = costs.get(&row.id)
                && let Some(code) = request.missing.iter_mut().find(|code| *code == "no_port")
            {
                (*cost).clone_into(code);
            }
            if chosen.len() < uses.len() {
                request.missing.push("more_instants".to_owned());
            }
            if left_out {
                request.missing.push("more_addresses".to_owned());
            }
            if left_out || chosen.len() < uses.len() {
                request.rows.push(all_of_account(row));
            }
            out.push(request);
        }
    }
    out
}

/// The best uses, one for each port.
fn distinct_ports<'a>(uses: &[&'a Address], most: usize) -> Vec<&'a Address> {
    let mut ports = BTreeSet::new();
    uses.iter().copied().filter(|row| ports.insert(&row.port)).take(most).collect()
}

/// Uses that an operator can answer come first: seen by a server, dated, with a port, precise to
/// the second.
fn quality(row: &Address) -> (bool, bool, bool, bool) {
    let coarse = row.at.known().is_none_or(|at| at.precision() > Precision::Second);
    (row.declared, row.at.known().is_none(), lacks_port(row), coarse)
}

/// The newest first, then by row.
fn newest(row: &Address) -> (Reverse<Option<i64>>, &RowId) {
    (Reverse(row.at.known().map(|at| at.at_us())), &row.id)
}

/// IPv6 needs no port: the prefix is the subscriber's own.
fn lacks_port(row: &Address) -> bool {
    row.port.known().is_none() && !row.ip.contains(':')
}

fn all_of_account(row: &Address) -> String {
    let account = row.account.known().map_or("", AccountKey::as_str);
    selection("addresses", &[("account", account)])
}

fn ask(input: &RequestInput<'_>, ground: &Ground, row: &Address) -> Request {
    let (addressee, known) = addressee(input, row);
    let deadline = input.law.deadline_of(Head::C3);
    let last_day = row.at.known().and_then(|at| deadline?.last_day(*at));
    let past = row.at.known().is_some_and(|at| input.settings.is_past(deadline, *at));
    let vague = matches!(row.access, AccessKind::Unknown | AccessKind::Hosting);
    let at = row.at.known();
    // Nobody is asked about a Tor exit: what a designation would lack does not matter.
    let asked = row.access != AccessKind::TorExit;
    let flags = [
        ("addressee_unknown", asked && !known),
        ("sender_unauthenticated", row.declared),
        ("no_instant", at.is_none()),
        ("no_port", asked && lacks_port(row)),
        ("coarse_time", at.is_some_and(|at| at.precision() > Precision::Second)),
        ("zone_assumed", at.is_some_and(|at| at.zone() == ZoneSource::Assumed)),
        ("expired", past),
        ("tor_no_data", vague && row.tor == Listing::NoData),
    ];
    let missing = flags.into_iter().filter(|(_, holds)| *holds).map(|(code, _)| code);
    Request {
        id: RowId::derived("req", 0),
        hop: 2,
        addressee: addressee.into_owned(),
        head: Head::C1,
        account: row.account.clone(),
        ip: Maybe::Known(row.ip.clone()),
        port: row.port,
        at: row.at,
        access: Maybe::Known(row.access),
        ground: ground.article.clone(),
        max_penalty: ground.years,
        last_day: Maybe::or_absent(last_day, Absent::NoData),
        expected: expected(row).to_owned(),
        minimal: false,
        missing: ground.missing.iter().copied().chain(missing).map(str::to_owned).collect(),
        rows: vec![row.id.to_string(), row.connection.to_string()],
        key: String::new(),
        answered_by: Vec::new(),
    }
}

fn expected(row: &Address) -> &'static str {
    match row.access {
        AccessKind::Mobile | AccessKind::Cgnat | AccessKind::Satellite if lacks_port(row) => {
            "shared_by_many"
        }
        AccessKind::AccessLine => "line_subscriber",
        AccessKind::Mobile => "mobile_subscriber",
        AccessKind::Cgnat | AccessKind::Satellite => "cgnat_subscriber",
        AccessKind::SharedSite => "site_holder",
        AccessKind::Hosting => "server_customer",
        AccessKind::Cdn => "dead_end_cdn",
        AccessKind::Vpn => "vpn_provider",
        AccessKind::Relay => "relay_provider",
        AccessKind::TorExit => "dead_end_tor",
        AccessKind::Unknown => "subscriber_if_line",
    }
}
