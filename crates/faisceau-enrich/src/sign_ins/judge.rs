//! The verdict on one session, with what differs.

use faisceau_model::{AccessKind, Listing, SignInVerdict};

use super::device::fetches;
use super::habits::{Habits, Standing};
use super::innocent::explanations;
use super::session::Session;
use super::travel::Travels;

/// Share of the account's sessions below which an hour is odd: one in fifty, over three of
/// twenty-four hours.
const ODD_HOUR: f64 = 0.02;

/// What is said of a session.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) verdict: SignInVerdict,
    /// What differs, then what explains it innocently.
    pub(super) reasons: Vec<&'static str>,
    pub(super) network_days: i64,
    pub(super) device_days: i64,
    pub(super) hour_share: Option<f64>,
}

/// What the explanations and the verdict are drawn from.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, read one by one")]
pub(super) struct Seen {
    pub(super) network: Standing,
    pub(super) device: Standing,
    pub(super) same_operator: bool,
    pub(super) new_country: bool,
    pub(super) too_fast: bool,
    pub(super) fetcher: bool,
    pub(super) tor: bool,
    pub(super) vpn: bool,
    pub(super) hosting: bool,
}

impl Seen {
    fn of(session: &Session<'_>, habits: &Habits<'_>, travels: &Travels<'_>) -> Self {
        let network = habits.network(session);
        let fresh = network == Standing::New;
        let (address, connection) = (session.address, session.connection);
        let texts = [connection.user_agent.known(), connection.request.known()];
        Self {
            network,
            device: habits.device(session),
            same_operator: fresh && habits.knows_operator(session),
            new_country: fresh && habits.country_is_new(session),
            // Of the two places, the one that is not the claimant's is remarked.
            too_fast: fresh && travels.are_too_fast(session),
            fetcher: texts.into_iter().flatten().any(|text| fetches(text)),
            tor: address.tor == Listing::Listed || address.access == AccessKind::TorExit,
            vpn: address.vpn == Listing::Listed
                || matches!(address.access, AccessKind::Vpn | AccessKind::Relay),
            hosting: matches!(address.access, AccessKind::Hosting | AccessKind::Cdn),
        }
    }
}

/// Judges a session.
pub(super) fn judge(session: &Session<'_>, habits: &Habits<'_>, travels: &Travels<'_>) -> Judged {
    let seen = Seen::of(session, habits, travels);
    let hour_share = habits.hour_share(session);
    let (verdict, why_not) = verdict(session, habits, &seen);
    let mut reasons = Vec::from_iter(why_not);
    reasons.extend(differences(session, &seen, hour_share));
    if verdict != SignInVerdict::Usual {
        reasons.extend(explanations(session, &seen));
    }
    Judged {
        verdict,
        reasons,
        network_days: habits.other_days(session, session.network.as_deref()),
        device_days: habits.other_days(session, session.device.as_deref()),
        hour_share,
    }
}

/// The verdict, and why nothing more is said where that needs a word.
fn verdict(
    session: &Session<'_>,
    habits: &Habits<'_>,
    seen: &Seen,
) -> (SignInVerdict, Option<&'static str>) {
    use SignInVerdict::{Foreign, Undecided, Unusual, Usual};
    use Standing::{Known, New, Seen as Rare, Unsaid};
    if session.at_s.is_none() {
        return (Undecided, Some("no_time"));
    }
    if session.network.is_none() {
        return (Undecided, Some("not_routed"));
    }
    if !habits.knows(session.account) {
        return (Undecided, Some("too_little"));
    }
    let foreign = match (seen.network, seen.device) {
        (Known, Known | Unsaid) => return (Usual, None),
        (New, New) => true,
        // Without a device the network stands alone: it takes more than a new one.
        (New, Unsaid) => seen.new_country || seen.tor || seen.too_fast,
        (Known | Rare | Unsaid, _) | (New, Known | Rare) => false,
    };
    if foreign && habits.is_founding(session) {
        (Undecided, Some("first_months"))
    } else if foreign && habits.is_long(session) {
        (Unusual, Some("long_use"))
    } else if foreign && seen.hosting && seen.fetcher && session.act.is_none() {
        // The server of a mail client or of an application is a stranger to every habit.
        (Unusual, Some("fetching_server"))
    } else {
        (if foreign { Foreign } else { Unusual }, None)
    }
}

fn differences(
    session: &Session<'_>,
    seen: &Seen,
    hour_share: Option<f64>,
) -> impl Iterator<Item = &'static str> {
    let fresh = seen.network == Standing::New;
    let rare = seen.network == Standing::Seen;
    [
        (fresh && !seen.same_operator, "new_network"),
        (fresh && seen.same_operator, "new_line_of_operator"),
        (rare, "rare_network"),
        (seen.device == Standing::New, "new_device"),
        (seen.device == Standing::Seen, "rare_device"),
        (seen.device == Standing::Unsaid, "no_device"),
        (seen.new_country, "new_country"),
        (seen.tor, "tor_exit"),
        (seen.vpn, "vpn"),
        (seen.hosting, "hosting"),
        (hour_share.is_some_and(|share| share < ODD_HOUR), "odd_hour"),
        (seen.too_fast, "impossible_travel"),
        (session.act.is_some(), "security_action"),
    ]
    .into_iter()
    .filter_map(|(holds, code)| holds.then_some(code))
    .chain(session.act)
}
