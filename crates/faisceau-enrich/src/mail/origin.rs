//! Where a mail came from, and who says so.
//!
//! In: the hops with their boundary, the fields, the verdicts, the table of providers. Out: the
//! server that handed the mail over, the deepest address that somebody names, and a verdict as a
//! code. Refused: to take a claim for an observation, and to name a person.

use std::net::IpAddr;

use faisceau_model::rows::MailHop;
use faisceau_model::{MailMechanism, MailResult, MailVerdictBy, Moment, Trust};

use super::boundary::{Boundary, is_inside};
use super::domain::{is_below, organisation, same_organisation};
use super::fields::Letter;
use super::line::{is_authenticated, is_made_of, verified_name};
use super::providers::{Client, Providers};
use super::said::Said;

/// Headers in which providers and programs name the client.
const CLAIMS: [&str; 9] = [
    "X-Originating-IP",
    "X-Sender-IP",
    "X-Source-IP",
    "X-Client-IP",
    "X-Originating-Client-IP",
    "X-MS-Exchange-Organization-OriginalClientIPAddress",
    "X-Forefront-Client-IP",
    "X-Yahoo-Client-IP",
    "X-Remote-Addr",
];
/// Seconds backwards beyond which two clocks can hardly both be right.
const BACKWARDS: i64 = -600;
/// Seconds that a mail seldom waits between two servers.
const DELAY: i64 = 6 * 3600;

/// An origin before it becomes a row.
#[derive(Debug, Default)]
pub(super) struct Origin {
    pub(super) handed_over_by: Option<String>,
    pub(super) ip: Option<String>,
    pub(super) port: Option<i64>,
    pub(super) at: Option<Moment>,
    pub(super) claimed_by: Option<String>,
    pub(super) trusted: bool,
    pub(super) verdict: &'static str,
    pub(super) provider: Option<String>,
    pub(super) notes: Vec<&'static str>,
    pub(super) rows: Vec<String>,
}

impl Origin {
    /// Who may be believed.
    pub(super) fn trust(&self) -> Trust {
        if self.trusted { Trust::Trusted } else { Trust::Declared }
    }
}

/// Finds the origin.
pub(super) fn find(
    letter: &Letter<'_>,
    hops: &[MailHop],
    boundary: &Boundary,
    verdicts: &[Said],
    providers: &Providers,
) -> Origin {
    let mut origin = Origin::default();
    let lowest = hops.len() - boundary.lines;
    let (declared, trusted) = hops.split_at(lowest);
    let claim = claim(letter, declared);
    clock_notes(hops, &mut origin);
    other_notes(letter, verdicts, &mut origin);
    let Some(gate) = trusted.first() else {
        origin.verdict = "no_trusted_line";
        take_claim(claim, &mut origin);
        return origin;
    };
    origin.handed_over_by = gate.ip.known().cloned();
    origin.rows.push(gate.id.to_string());
    let name = verified_name(&gate.raw);
    let pretending = pretends(declared, boundary);
    let has_claim = claim.is_some();
    let provider = provider(name.as_deref(), verdicts, providers);
    if claim.is_some() {
        take_claim(claim, &mut origin);
    } else {
        take_gate(gate, &mut origin);
    }
    if provider.as_ref().is_some_and(|asked| asked.unverified) {
        origin.notes.push("provider_unverified");
    }
    let hidden = provider.as_ref().is_some_and(|asked| asked.web == Some(Client::Hidden));
    origin.provider = provider.map(|asked| asked.name);
    origin.verdict = if pretending {
        origin.notes.push("line_pretends_recipient");
        "forged_line_suspected"
    } else if has_claim {
        let consistent = name.as_deref().is_some_and(|name| chain_is_of(name, declared, &origin));
        if consistent { "client_behind_provider" } else { "claimed_only" }
    } else if is_authenticated(&gate.raw) {
        origin.notes.push("authenticated_submission");
        "direct_from_client"
    } else if hidden {
        "hidden_by_provider"
    } else {
        direct(name.as_deref(), &mut origin)
    };
    origin
}

/// Without any claim, the address itself: a line of an access operator, or some server.
fn direct(name: Option<&str>, origin: &mut Origin) -> &'static str {
    let ip = origin.ip.clone().unwrap_or_default();
    if name.is_some_and(|name| is_made_of(name, &ip)) {
        origin.notes.push("dynamic_name");
        return "direct_from_client";
    }
    if ip.is_empty() {
        return "no_address";
    }
    origin.notes.push("server_or_client");
    "handed_over_by_server"
}

/// An address that somebody names beyond the boundary.
struct Claim {
    ip: IpAddr,
    port: Option<i64>,
    at: Option<Moment>,
    by: String,
    row: Option<String>,
}

/// The deepest claim: a header of the sender's provider, else the lowest line with a public address.
fn claim(letter: &Letter<'_>, declared: &[MailHop]) -> Option<Claim> {
    let at = || declared.first().and_then(|hop| hop.at.known().copied());
    for name in CLAIMS {
        let Some((ip, port)) = letter.text(name).and_then(|text| endpoint(&text)) else { continue };
        if !is_inside(ip) {
            return Some(Claim { ip, port, at: at(), by: name.to_owned(), row: None });
        }
    }
    declared.iter().find_map(|hop| {
        let ip: IpAddr = hop.ip.known()?.parse().ok()?;
        (!is_inside(ip)).then(|| Claim {
            ip,
            port: hop.port.known().copied(),
            at: hop.at.known().copied(),
            by: "received".to_owned(),
            row: Some(hop.id.to_string()),
        })
    })
}

/// An address with or without brackets, and a port after it.
fn endpoint(text: &str) -> Option<(IpAddr, Option<i64>)> {
    let text = text.trim().trim_matches(['[', ']', '(', ')', '"']);
    if let Ok(ip) = text.parse::<IpAddr>() {
        return Some((ip.to_canonical(), None));
    }
    let (ip, port) = text.rsplit_once(':')?;
    let ip: IpAddr = ip.trim_matches(['[', ']']).parse().ok()?;
    let port: u16 = port.parse().ok()?;
    (port > 0).then_some((ip.to_canonical(), Some(i64::from(port))))
}

fn take_claim(claim: Option<Claim>, origin: &mut Origin) {
    let Some(claim) = claim else { return };
    origin.ip = Some(claim.ip.to_string());
    origin.port = claim.port;
    origin.at = claim.at;
    origin.claimed_by = Some(claim.by);
    origin.rows.extend(claim.row);
}

fn take_gate(gate: &MailHop, origin: &mut Origin) {
    origin.ip = gate.ip.known().cloned();
    origin.port = gate.port.known().copied();
    origin.at = gate.at.known().copied();
    origin.claimed_by = origin.ip.as_ref().map(|_| "received".to_owned());
    origin.trusted = origin.ip.is_some();
}

/// Whether a line below the boundary calls itself one of the recipient's.
fn pretends(declared: &[MailHop], boundary: &Boundary) -> bool {
    let Some(ours) = &boundary.organisation else { return false };
    declared.iter().any(|hop| hop.by.known().is_some_and(|by| is_below(by, ours)))
}

/// Whether the lines below were written by the organisation whose server handed the mail over, or
/// there are none and its header speaks.
fn chain_is_of(server: &str, declared: &[MailHop], origin: &Origin) -> bool {
    if origin.claimed_by.as_deref() != Some("received") && declared.is_empty() {
        return true;
    }
    let mut writers = declared.iter().filter_map(|hop| hop.by.known());
    let named = |by: &String| organisation(by).is_some();
    writers.all(|by| same_organisation(by, server) || !named(by))
        && declared.iter().any(|hop| hop.by.known().is_some_and(named))
}

/// The provider to ask.
struct ToAsk {
    name: String,
    /// What its web mail does with the client's address, where the table knows it.
    web: Option<Client>,
    /// The table says so, and nobody checked it.
    unverified: bool,
}

/// By the looked-up name of its server, by a signature that holds, or the organisation of the
/// server.
fn provider(name: Option<&str>, verdicts: &[Said], providers: &Providers) -> Option<ToAsk> {
    let signers = verdicts.iter().filter(|said| {
        said.mechanism == MailMechanism::Dkim
            && said.result == MailResult::Pass
            && said.by == MailVerdictBy::Recomputed
    });
    let by_signature =
        || signers.filter_map(|said| said.domain.as_deref()).find_map(|d| providers.of_signer(d));
    let known = name.and_then(|name| providers.of_host(name)).or_else(by_signature);
    match known {
        Some(known) => Some(ToAsk {
            name: known.name.clone(),
            web: Some(known.web),
            unverified: !known.verified,
        }),
        None => Some(ToAsk { name: organisation(name?)?, web: None, unverified: false }),
    }
}

fn clock_notes(hops: &[MailHop], origin: &mut Origin) {
    let skews = || hops.iter().filter_map(|hop| hop.skew.known());
    if skews().any(|skew| *skew < BACKWARDS) {
        origin.notes.push("time_runs_backwards");
    }
    if skews().any(|skew| *skew > DELAY) {
        origin.notes.push("long_delay");
    }
}

fn other_notes(letter: &Letter<'_>, verdicts: &[Said], origin: &mut Origin) {
    let has = |name: &str| letter.named(name).next().is_some();
    if has("List-Id") || has("List-Unsubscribe") {
        origin.notes.push("mailing_list");
    }
    if has("X-Forwarded-To") || has("X-Forwarded-For") || has("Resent-From") {
        origin.notes.push("forwarded");
    }
    if has("X-PHP-Originating-Script") || has("X-PHP-Script") {
        origin.notes.push("php_script");
    }
    let dkim = verdicts.iter().filter(|said| said.mechanism == MailMechanism::Dkim);
    let signed = |name: &str| {
        let holds = |said: &&Said| said.result == MailResult::Pass;
        let named = |said: &Said| said.covers.iter().any(|one| one.eq_ignore_ascii_case(name));
        dkim.clone().filter(holds).any(named)
    };
    if CLAIMS.iter().any(|name| has(name) && signed(name)) {
        origin.notes.push("claim_signed");
    }
    let broken = |said: &Said| matches!(said.result, MailResult::Fail);
    if dkim.clone().any(broken) {
        origin.notes.push("dkim_broken");
    }
    if verdicts.iter().any(|said| said.detail.iter().any(|code| code.starts_with("key_later="))) {
        origin.notes.push("key_later");
    }
}
