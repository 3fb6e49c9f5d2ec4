//! Changes of country faster than travel, as a rule of thumb.
//!
//! In: the sessions of all the claimant's accounts. Out: whether another session stands so near in
//! time, from another country, that one person does not get from one to the other. Only countries
//! are compared, and datasets err on them; a land border takes a minute, so neighbours are let
//! pass. What hides the place of its user (Tor, VPN, servers) counts for nothing.

use super::network::hides_the_place;
use super::session::Session;

/// Seconds below which nobody goes from one country to another that is not its neighbour: the
/// shortest flight, with its airports.
const TRAVEL_S: i64 = 2 * 3600;
/// Countries that a person in France, or a telephone near its borders, reaches within the hour;
/// Great Britain by the tunnel.
const NEAR_FRANCE: [&str; 9] = ["AD", "BE", "CH", "DE", "ES", "GB", "IT", "LU", "MC"];

/// Times and countries, in order of time.
#[derive(Debug)]
pub(super) struct Travels<'a>(Vec<(i64, &'a str)>);

impl<'a> Travels<'a> {
    /// The places that the sessions show.
    pub(super) fn of(sessions: &'a [Session<'_>]) -> Self {
        let mut all: Vec<(i64, &str)> = sessions.iter().filter_map(seen).collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    /// Whether a session stands too near to one in another country.
    pub(super) fn are_too_fast(&self, session: &Session<'_>) -> bool {
        let Some((at, country)) = seen(session) else { return false };
        let from = self.0.partition_point(|(t, _)| *t <= at - TRAVEL_S);
        let near = self.0[from..].iter().take_while(|(t, _)| *t < at + TRAVEL_S);
        near.into_iter().any(|(_, other)| *other != country && !are_neighbours(other, country))
    }
}

fn seen<'a>(session: &'a Session<'_>) -> Option<(i64, &'a str)> {
    let fine = session.hour.is_some() && !hides_the_place(session.address.access);
    Some((session.at_s?, session.country()?)).filter(|_| fine)
}

fn are_neighbours(a: &str, b: &str) -> bool {
    let beside = |x: &str, y: &str| x == "FR" && NEAR_FRANCE.contains(&y);
    beside(a, b) || beside(b, a) || (NEAR_FRANCE.contains(&a) && NEAR_FRANCE.contains(&b))
}
