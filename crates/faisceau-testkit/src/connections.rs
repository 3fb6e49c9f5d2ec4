//! What the forum's operator recorded of the examined accounts.
//!
//! In: cast, posts, addresses. Out: sign-ups, logins and publications with address and source
//! port, in order of time. Planted: a home line behind A's forum account and mails, a school
//! behind two strangers, a VPN exit behind two others and, some evenings, A.

use std::collections::{BTreeMap, BTreeSet};

use crate::activity::Post;
use crate::calendar::{DAY, SEASON, paris};
use crate::cast::{Cast, Part, Service};
use crate::network::{Net, port};
use crate::random::Rng;

/// One use of an address.
#[derive(Debug, Clone)]
pub(crate) struct Use {
    pub(crate) account: usize,
    pub(crate) at: i64,
    pub(crate) ip: String,
    pub(crate) port: u16,
    pub(crate) action: &'static str,
}

/// Draws all uses.
pub(crate) fn uses(cast: &Cast, posts: &[Post], net: &Net, rng: &mut Rng) -> Vec<Use> {
    let mut uses = Vec::new();
    for account in 0..cast.accounts.len() {
        let examined = matches!(cast.part(account), Part::Several | Part::Raider | Part::Innocent);
        if cast.accounts[account].service == Service::Forum && examined {
            of_account(account, cast, posts, net, rng, &mut uses);
        }
    }
    uses.sort_by_key(|entry| (entry.at, entry.account, entry.action));
    uses
}

fn of_account(
    account: usize,
    cast: &Cast,
    posts: &[Post],
    net: &Net,
    rng: &mut Rng,
    uses: &mut Vec<Use>,
) {
    let person = cast.persons[cast.accounts[account].person].id.as_str();
    let created = cast.accounts[account].created;
    let mut note = |at, ip: String, action, rng: &mut Rng| {
        uses.push(Use { account, at, ip, port: port(rng), action });
    };
    note(created, net.home(person), "inscription", rng);
    // One login through Tor while the exit lists cover the day, one after they stop.
    let through_tor = match person {
        "A" => Some((rng.between(1, 15) * DAY + 74_000, net.tor[0])),
        "R3" => Some((rng.between(56, 70) * DAY + 70_000, net.tor[1])),
        _ => None,
    };
    if let Some((since, exit)) = through_tor {
        note(SEASON + since, exit.to_owned(), "connexion", rng);
    }
    for (index, post) in posts.iter().filter(|post| post.account == account).enumerate() {
        let ip = address(person, post.at, index, net, rng);
        if rng.chance(25) {
            note(post.at - rng.between(20, 200), ip.clone(), "connexion", rng);
        }
        note(post.at, ip, "publication", rng);
    }
}

/// The address that a person writes from at an instant.
fn address(person: &str, at: i64, index: usize, net: &Net, rng: &mut Rng) -> String {
    let home = net.home(person);
    match person {
        // Every seventh time the VPN, whatever chance says: the decoy must be there.
        "A" if index % 7 == 3 => net.vpn.clone(),
        "A" if rng.chance(8) => net.cgnat.clone(),
        "B" if rng.chance(15) => "2001:db8:10:b1::7".to_owned(),
        "I1" | "I2" if at_school(at) => net.school.clone(),
        "I3" | "I4" if index % 4 != 1 => net.vpn.clone(),
        _ => home,
    }
}

/// Whether the school is open: Monday to Friday, eight to seven, from September on.
fn at_school(at: i64) -> bool {
    let hour: u32 = paris(at, "%H").parse().unwrap_or(0);
    let day: u32 = paris(at, "%u").parse().unwrap_or(7);
    (8..19).contains(&hour) && day <= 5 && at >= SEASON + 42 * DAY
}

/// The accounts behind each address that serves more than one.
pub(crate) fn shared(uses: &[Use]) -> BTreeMap<String, BTreeSet<usize>> {
    let mut shared: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for entry in uses {
        shared.entry(entry.ip.clone()).or_default().insert(entry.account);
    }
    shared.retain(|_, accounts| accounts.len() > 1);
    shared
}
