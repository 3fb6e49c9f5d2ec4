//! Histories of sign-ins with planted intrusions; what is true of each session is data.
//!
//! In: a seed. Out: the uses of two accounts over 900 days, and who made each. The life: a line
//! changed once, a telephone changed once, a workplace, mobile data behind one operator, days on a
//! VPN, three journeys, a friend's computer now and then, a mail server that fetches, browsers that
//! update. Then one intrusion of each kind. Invented: real lives are less regular.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use faisceau_enrich::sign_ins;
use faisceau_model::rows::{Address, Connection, SignIn};
use faisceau_model::{
    Absent, AccessKind, AccountKey, AddressScope, ExhibitNo, Listing, Maybe, Moment, Place, RowId,
    SignInVerdict,
};
use jiff::tz::TimeZone;

/// Worlds of a measurement.
pub(crate) const SEEDS: u64 = 60;
const DAYS: i64 = 900;
const START: i64 = 1_672_531_200;

/// Whose session it is, by kind; those of an intruder begin with `intruder`.
pub(crate) type Truth = &'static str;

/// Sessions with the truth about each.
pub(crate) struct World {
    pub(crate) uses: Vec<(Connection, Address)>,
    pub(crate) truth: BTreeMap<RowId, Truth>,
    random: Random,
}

/// `SplitMix64` (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: i64) -> i64 {
        (self.next() % n.unsigned_abs()) as i64
    }

    fn chance(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }
}

/// A place from which one signs in.
#[derive(Clone)]
struct Net {
    asn: i64,
    /// The first three bytes.
    prefix: [i64; 3],
    country: &'static str,
    access: AccessKind,
}

impl Net {
    fn new(r: &mut Random, asn: i64, country: &'static str, access: AccessKind) -> Self {
        Self { asn, prefix: [60 + r.below(100), r.below(256), r.below(256)], country, access }
    }

    fn address(&self, r: &mut Random) -> String {
        let [a, b, c] = self.prefix;
        match self.access {
            // Behind a mobile operator the address is another one each time.
            AccessKind::Mobile => format!("{a}.{b}.{}.{}", r.below(256), 1 + r.below(254)),
            _ => format!("{a}.{b}.{c}.{}", 1 + r.below(254)),
        }
    }
}

fn laptop(day: i64) -> String {
    format!(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/{}.0.0.0 Safari/537.36",
        108 + day / 30
    )
}

fn iphone(day: i64) -> String {
    format!(
        "Mozilla/5.0 (iPhone; CPU iPhone OS {}_1 like Mac OS X) Version/16 Safari/604.1",
        16 + day / 360
    )
}

fn android(day: i64) -> String {
    format!(
        "Mozilla/5.0 (Linux; Android 10; K) Chrome/{}.0.0.0 Mobile Safari/537.36",
        108 + day / 30
    )
}

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0";
const MAC: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.1 Safari/605.1.15";
const SCRIPT: &str = "python-requests/2.31.0";
const SERVER: &str = "Outlook-iOS/2.0";

impl World {
    /// The world of a seed.
    pub(crate) fn of(seed: u64) -> Self {
        let mut world = Self { uses: Vec::new(), truth: BTreeMap::new(), random: Random(seed) };
        world.live();
        world.intrude();
        world
    }

    fn add(&mut self, truth: Truth, day: i64, hour: i64, net: &Net, agent: &str, action: &str) {
        let r = &mut self.random;
        let (ip, account) = (net.address(r), ["1", "2"][r.below(2) as usize]);
        let at = START + day * 86_400 + hour * 3600 + r.below(3600);
        let n = self.uses.len() as u64 + 1;
        let place = Place::Line { number: n, byte: n };
        let mut connection = Connection::new(ExhibitNo::top(1), &place, 0, ip, "google");
        connection.account = Maybe::Known(AccountKey::by_id("google", account));
        connection.at = Maybe::or_absent(Moment::from_unix_seconds(at), Absent::NoData);
        connection.user_agent = Maybe::Known(agent.to_owned());
        connection.request = Maybe::Known(action.to_owned());
        let address = looked_up(&connection, net);
        self.truth.insert(connection.id.clone(), truth);
        self.uses.push((connection, address));
    }

    fn live(&mut self) {
        let r = &mut self.random;
        let line = AccessKind::AccessLine;
        let first_home = Net::new(r, 3215, "FR", line);
        let second_home =
            Net::new(r, if r.0.is_multiple_of(2) { 3215 } else { 12_322 }, "FR", line);
        let work = Net::new(r, 15_557, "FR", line);
        let mobile = Net::new(r, 51_207, "FR", AccessKind::Mobile);
        let vpn = Net::new(r, 9009, "NL", AccessKind::Vpn);
        let server = Net::new(r, 8075, "IE", AccessKind::Hosting);
        let (moves, buys) = (200 + r.below(500), 150 + r.below(600));
        let trips: Vec<(i64, i64, &'static str)> = ["ES", "IT", "JP"]
            .iter()
            .zip(0..)
            .map(|(country, i)| (120 + 250 * i + r.below(200), 4 + r.below(9), *country))
            .collect();
        for day in 0..DAYS {
            let away = trips.iter().find(|(from, days, _)| (*from..from + days).contains(&day));
            let phone = if day < buys { iphone(day) } else { android(day) };
            let telephone =
                if (buys..buys + 30).contains(&day) { "new telephone" } else { "mobile" };
            if let Some((from, _, country)) = away {
                let hotel = Net {
                    asn: 64_000 + from % 500,
                    prefix: [20 + from % 30, from % 256, 7],
                    country,
                    access: line,
                };
                let agent = if self.random.chance(30) { laptop(day) } else { phone };
                let hour = 8 + self.random.below(14);
                self.add("journey", day, hour, &hotel, &agent, "Login");
                continue;
            }
            let home = if day < moves { &first_home } else { &second_home };
            let at_home = if (moves..moves + 30).contains(&day) { "new line" } else { "home" };
            for (chance, truth, hour, net, agent) in [
                (55, at_home, 18, home, laptop(day)),
                (40, telephone, 12, &mobile, phone.clone()),
                (30, at_home, 20, home, phone),
                (if day % 7 < 5 { 30 } else { 0 }, "work", 9, &work, MAC.to_owned()),
                (6, "VPN", 17, &vpn, laptop(day)),
                (20, "mail server", 8, &server, SERVER.to_owned()),
            ] {
                if self.random.chance(chance) {
                    let hour = hour + self.random.below(4);
                    self.add(truth, day, hour, net, &agent, "Login");
                }
            }
            if self.random.below(400) == 0 {
                let friend = Net::new(&mut self.random, 5410, "FR", line);
                self.add("friend's computer", day, 15, &friend, FIREFOX, "Login");
            }
        }
    }

    fn intrude(&mut self) {
        let r = &mut self.random;
        let line = AccessKind::AccessLine;
        let nets: Vec<Net> =
            [(8228, "FR"), (12_322, "FR"), (7018, "US"), (5410, "FR"), (6461, "US")]
                .map(|(asn, country)| Net::new(r, asn, country, line))
                .into();
        let tor = Net::new(r, 60_729, "DE", AccessKind::TorExit);
        let rented = Net::new(r, 24_940, "DE", AccessKind::Hosting);
        let day = |slot: i64, r: &mut Random| 130 + slot * 110 + r.below(60);
        let starts: Vec<i64> = (0..6).map(|slot| day(slot, r)).collect();
        let early = 10 + r.below(30);
        // The home network of the day is that of the last session there before it.
        let home = self.uses.iter().rev().find_map(|(c, a)| {
            let at = c.at.known()?.at_s() < START + starts[4] * 86_400;
            (at && ["home", "new line"].contains(&self.truth[&c.id])).then(|| net_of(a))
        });
        for (n, action) in [(0, "Login"), (1, "Password changed"), (2, "Google Takeout")] {
            self.add("intruder, one night", starts[0], 2 + n / 2, &nets[0], FIREFOX, action);
        }
        for n in 0..14 {
            self.add("intruder, a fortnight", starts[1] + n, 21, &nets[1], MAC_FIREFOX, "Login");
        }
        for n in 0..3 {
            self.add("intruder, by Tor", starts[2] + n, 3, &tor, TOR, "Login");
        }
        for n in 0..4 {
            let agent = laptop(starts[3]);
            self.add("intruder, same sort of device", starts[3] + n, 4, &nets[2], &agent, "Login");
        }
        for n in 0..6 {
            let net = home.clone().unwrap_or_else(|| nets[3].clone());
            self.add("intruder, in the house", starts[4] + 3 * n, 22, &net, OPERA, "Login");
        }
        for n in 0..5 {
            self.add("intruder, rented server", starts[5] + n, 5, &rented, SCRIPT, "Login");
        }
        for n in 0..24 {
            self.add("intruder, three months", 780 + 4 * n, 19, &nets[3], EDGE, "Login");
        }
        for n in 0..3 {
            self.add("intruder, in the first months", early + n, 3, &nets[4], CHROMEBOOK, "Login");
        }
    }
}

const MAC_FIREFOX: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:121.0) Firefox/121.0";
const TOR: &str = "Mozilla/5.0 (Windows NT 10.0; rv:115.0) Gecko/20100101 Firefox/115.0";
const OPERA: &str = "Mozilla/5.0 (Windows NT 10.0) Chrome/119.0 Safari/537.36 OPR/105.0";
const EDGE: &str = "Mozilla/5.0 (Windows NT 10.0) Chrome/119.0 Safari/537.36 Edg/119.0";
const CHROMEBOOK: &str = "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/119.0 Safari/537.36";

fn net_of(address: &Address) -> Net {
    let byte = |i| address.ip.split('.').nth(i).and_then(|b| b.parse().ok()).unwrap_or(0);
    Net {
        asn: address.asn.known().copied().unwrap_or(0),
        prefix: [byte(0), byte(1), byte(2)],
        country: "FR",
        access: AccessKind::AccessLine,
    }
}

fn looked_up(connection: &Connection, net: &Net) -> Address {
    let none = || Maybe::Missing(Absent::NoData);
    let days = Maybe::Missing(Absent::NoData);
    let listing = |kind| if net.access == kind { Listing::Listed } else { Listing::NotListed };
    Address {
        id: connection.id.with_prefix("adr"),
        exhibit: connection.exhibit,
        place: connection.place.clone(),
        connection: connection.id.clone(),
        account: connection.account.clone(),
        ip: connection.ip.clone(),
        port: Maybe::Missing(Absent::NotRecorded),
        via: Maybe::Missing(Absent::NotApplicable),
        at: connection.at,
        scope: AddressScope::Global,
        country: Maybe::Known(Arc::from(net.country)),
        country_source: none(),
        country_days: days,
        asn: Maybe::Known(net.asn),
        operator: none(),
        operator_source: none(),
        operator_days: days,
        tor: listing(AccessKind::TorExit),
        tor_source: none(),
        tor_days: days,
        vpn: listing(AccessKind::Vpn),
        vpn_source: none(),
        vpn_days: days,
        hosting: listing(AccessKind::Hosting),
        hosting_source: none(),
        hosting_days: days,
        relay: Listing::NotListed,
        relay_source: none(),
        relay_days: days,
        access: net.access,
        access_basis: Arc::from("planted"),
        declared: false,
    }
}

/// By truth: sessions of each verdict, and worlds in which one at least was foreign, or more than
/// usual.
#[derive(Default, Clone, Copy)]
pub(crate) struct Rates {
    pub(crate) sessions: [u32; 4],
    pub(crate) worlds: u32,
    pub(crate) worlds_foreign: u32,
    pub(crate) worlds_remarked: u32,
}

impl Rates {
    /// The share of the sessions that got a verdict.
    pub(crate) fn share(&self, verdict: SignInVerdict) -> f64 {
        let at = SignInVerdict::ALL.iter().position(|v| *v == verdict).unwrap_or(0);
        f64::from(self.sessions[at]) / f64::from(self.sessions.iter().sum::<u32>().max(1))
    }
}

/// The rates over all seeds.
pub(crate) fn measure() -> BTreeMap<Truth, Rates> {
    let mut all: BTreeMap<Truth, Rates> = BTreeMap::new();
    for seed in 0..SEEDS {
        let world = World::of(seed);
        let rows = sign_ins(&world.uses, &TimeZone::UTC);
        let mut seen: BTreeMap<Truth, [u32; 4]> = BTreeMap::new();
        for row in &rows {
            let at = SignInVerdict::ALL.iter().position(|v| *v == row.verdict).unwrap_or(0);
            seen.entry(truth_of(&world, row)).or_default()[at] += 1;
        }
        for (truth, counts) in seen {
            let rates = all.entry(truth).or_default();
            rates.sessions.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
            rates.worlds += 1;
            rates.worlds_foreign += u32::from(counts[2] > 0);
            rates.worlds_remarked += u32::from(counts[1] + counts[2] > 0);
        }
    }
    all
}

fn truth_of(world: &World, row: &SignIn) -> Truth {
    world.truth[&row.connection]
}

/// The rates as a Markdown table.
pub(crate) fn table() -> String {
    let mut text = "| session of | sessions | usual | unusual | foreign | undecided | worlds | \
                    one foreign | one unusual or foreign |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    for (truth, rates) in measure() {
        let _ = write!(text, "| {truth} | {} |", rates.sessions.iter().sum::<u32>());
        for verdict in SignInVerdict::ALL {
            let _ = write!(text, " {:.1} % |", 100.0 * rates.share(*verdict));
        }
        let Rates { worlds, worlds_foreign, worlds_remarked, .. } = rates;
        let _ = writeln!(text, " {worlds} | {worlds_foreign} | {worlds_remarked} |");
    }
    text
}
