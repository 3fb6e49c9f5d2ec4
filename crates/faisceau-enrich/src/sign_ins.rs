//! The claimant's own sign-ins beside the habits of the account: which differ, how, and what
//! explains it innocently.
//!
//! In: the uses of the claimant's accounts, each with its address as looked up. Out: one
//! [`SignIn`] for each, in order of account and time; foreign ones with the number of their
//! episode and what to do ([`sign_ins`]). Refused: to say who signed in, to call a session foreign
//! where the habits are not known, and to let a session vouch for itself or for its neighbours.
//!
//! A session is *foreign* when neither its network nor its device is established. A key (network
//! or device) is established when it was used on [`habits::MIN_DAYS`] days over
//! [`habits::MIN_SPAN_DAYS`], and either belongs to the first months of an account or was used
//! together with an established key of the other kind: the old computer on a new line, the new
//! telephone at home. A pair of new keys that stays together, as an intruder's does, never becomes
//! usual by its own repetition.

mod actions;
mod device;
mod episodes;
mod habits;
mod innocent;
mod judge;
mod network;
mod session;
mod steps;
mod travel;

use faisceau_model::rows::{Address, Connection, SignIn};
use faisceau_model::{Absent, Maybe, SignInVerdict};
use jiff::tz::TimeZone;

use self::habits::Habits;
use self::judge::{Judged, judge};
use self::session::{Session, sessions};
use self::travel::Travels;

/// The rows of `sign_ins`. Hours are those of `zone`. Uses without account are left out, and those
/// that the sender's side declares: no server saw them.
pub fn sign_ins(uses: &[(Connection, Address)], zone: &TimeZone) -> Vec<SignIn> {
    let sessions = sessions(uses, zone);
    let habits = Habits::of(&sessions);
    let travels = Travels::of(&sessions);
    let judged: Vec<Judged> = sessions.iter().map(|s| judge(s, &habits, &travels)).collect();
    let foreign: Vec<bool> = judged.iter().map(|j| j.verdict == SignInVerdict::Foreign).collect();
    let episodes = episodes::number(&sessions, &foreign);
    sessions.iter().zip(judged).zip(episodes).map(|((s, j), e)| row(s, j, e)).collect()
}

fn row(session: &Session<'_>, judged: Judged, episode: Option<i64>) -> SignIn {
    let Session { connection, address, .. } = *session;
    SignIn {
        id: connection.id.with_prefix("sgn"),
        exhibit: connection.exhibit,
        place: connection.place.clone(),
        connection: connection.id.clone(),
        address: address.id.clone(),
        account: session.account.clone(),
        at: connection.at,
        ip: address.ip.clone(),
        port: address.port,
        operator: address.operator.clone().map(|name| name.to_string()),
        country: address.country.clone().map(|code| code.to_string()),
        device: connection.user_agent.clone(),
        action: connection.request.clone(),
        network_days: judged.network_days,
        device_days: judged.device_days,
        hour_share: Maybe::or_absent(judged.hour_share, Absent::TooLittle),
        verdict: judged.verdict,
        steps: steps::of(session, &judged).into_iter().map(str::to_owned).collect(),
        reasons: judged.reasons.into_iter().map(str::to_owned).collect(),
        episode: Maybe::or_absent(episode, Absent::NotApplicable),
    }
}

#[cfg(test)]
mod tests;
