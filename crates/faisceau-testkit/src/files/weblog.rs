//! The access log of the claimant's own site, nginx combined with forwarded chain and source port.
//!
//! In: posts, addresses. Out: the log. Planted: the home line of A reads the blog minutes before
//! A writes on X or Telegram; school, VPN and Tor exits pass by; six lines are broken.

use crate::activity::Post;
use crate::calendar::{DAY, SEASON, SEASON_DAYS, paris};
use crate::cast::{Cast, Part, Service};
use crate::network::{CRAWLERS, Net, port};
use crate::random::Rng;

struct Hit {
    at: i64,
    ip: String,
    request: String,
    status: u16,
    agent: &'static str,
    referer: &'static str,
    forwarded: String,
}

const AGENTS: &[&str] = &[
    "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
];

/// The browser of person A.
const AGENT_A: &str =
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

const PAGES: &[&str] = &[
    "/",
    "/blog/",
    "/blog/le-levain-de-juin",
    "/blog/la-patience-de-l-argile",
    "/stages/",
    "/stages/inscription",
    "/boutique/",
    "/boutique/bols",
    "/contact",
    "/style.css",
    "/logo.svg",
    "/blog/four-a-bois",
    "/mentions-legales",
];

/// Lines that no reader of access logs can take for a record, with the reason for refusing them.
pub(crate) const BROKEN: &[(&str, &str)] = &[
    (
        "192.0.2.900 - - [03/Aug/2026:10:11:12 +0200] \"GET / HTTP/1.1\" 200 5120 \"-\" \"-\" \"-\" 40001",
        "address",
    ),
    (
        "192.0.2.14 - - [31/Feb/2026:10:11:12 +0100] \"GET / HTTP/1.1\" 200 5120 \"-\" \"-\" \"-\" 40002",
        "time",
    ),
    (
        "192.0.2.15 - - [10/Aug/2026:25:61:12 +0200] \"GET /blog/ HTTP/1.1\" 200 5120 \"-\" \"-\" \"-\" 40003",
        "time",
    ),
    ("-- MARK -- rotation du journal --", "syntax"),
    ("\u{1}\u{2}\u{3}\u{fffd}\u{fffd} sans adresse ni date", "syntax"),
    ("nginx: worker process 4127 exited on signal 9", "syntax"),
];

/// Writes the log.
pub(crate) fn weblog(
    cast: &Cast,
    posts: &[Post],
    net: &Net,
    background: usize,
    rng: &mut Rng,
) -> Vec<u8> {
    let mut hits = Vec::new();
    visits_before_posts(cast, posts, net, rng, &mut hits);
    passing(cast, net, background, rng, &mut hits);
    crawlers(background, rng, &mut hits);
    hits.sort_by(|a, b| (a.at, &a.ip, &a.request).cmp(&(b.at, &b.ip, &b.request)));
    let mut lines: Vec<String> = hits.iter().map(|hit| line(hit, rng)).collect();
    for (index, (broken, _)) in BROKEN.iter().enumerate() {
        let at = lines.len() * (index + 1) / (BROKEN.len() + 1);
        lines.insert(at, (*broken).to_owned());
    }
    (lines.join("\n") + "\n").into_bytes()
}

fn line(hit: &Hit, rng: &mut Rng) -> String {
    format!(
        "{} - - [{}] \"{} HTTP/1.1\" {} {} \"{}\" \"{}\" \"{}\" {}",
        hit.ip,
        paris(hit.at, "%d/%b/%Y:%H:%M:%S %z"),
        hit.request,
        hit.status,
        rng.between(180, 48_000),
        hit.referer,
        hit.agent,
        hit.forwarded,
        port(rng)
    )
}

/// A reads the blog one to six minutes before two posts in five on X and Telegram.
fn visits_before_posts(cast: &Cast, posts: &[Post], net: &Net, rng: &mut Rng, hits: &mut Vec<Hit>) {
    for post in posts {
        let account = &cast.accounts[post.account];
        let several = cast.part(post.account) == Part::Several;
        let abroad = matches!(account.service, Service::X | Service::Telegram);
        if several && abroad && rng.chance(40) {
            let person = cast.persons[account.person].id.as_str();
            let agent = if person == "A" { AGENT_A } else { AGENTS[1] };
            session(post.at - rng.between(60, 360), &net.home(person), agent, "-", rng, hits);
        }
    }
}

/// Neighbours, the school, the VPN, Tor and phones.
fn passing(cast: &Cast, net: &Net, background: usize, rng: &mut Rng, hits: &mut Vec<Hit>) {
    let wanted = hits.len() + background * 3 / 4;
    while hits.len() < wanted {
        let person = &cast.persons[rng.below(cast.persons.len() as u64) as usize];
        let at = person.hours.on_day(rng.between(0, SEASON_DAYS - 1), rng);
        let mut forwarded = "-".to_owned();
        let ip = match rng.below(100) {
            0..62 => net.home(&person.id),
            62..74 => net.cgnat.clone(),
            74..82 => net.school.clone(),
            82..88 => net.vpn.clone(),
            88..92 => net.tor[rng.below(2) as usize].to_owned(),
            92..96 => {
                forwarded = format!("10.0.{}.{}", rng.between(0, 9), rng.between(2, 250));
                "203.0.113.140".to_owned()
            }
            _ => format!("2001:db8:20:{:x}::{:x}", rng.between(1, 999), rng.between(1, 99)),
        };
        let agent = if person.id == "A" { AGENT_A } else { rng.pick(AGENTS) };
        session(at, &ip, agent, &forwarded, rng, hits);
    }
}

/// A few pages in a row.
fn session(
    start: i64,
    ip: &str,
    agent: &'static str,
    forwarded: &str,
    rng: &mut Rng,
    hits: &mut Vec<Hit>,
) {
    let mut at = start;
    let mut referer = rng.pick(&["-", "-", "https://forum-du-lac.example/", "https://t.co/"]);
    for _ in 0..rng.between(1, 5) {
        let page = rng.pick(PAGES);
        let post = page == "/contact" && rng.chance(30);
        hits.push(Hit {
            at,
            ip: ip.to_owned(),
            request: format!("{} {page}", if post { "POST" } else { "GET" }),
            status: if post { 303 } else { rng.pick(&[200, 200, 200, 200, 304, 404]) },
            agent,
            referer,
            forwarded: forwarded.to_owned(),
        });
        referer = "https://atelier-des-lilas.example/blog/";
        at += rng.between(2, 40);
    }
}

/// Robots that read and index.
fn crawlers(background: usize, rng: &mut Rng, hits: &mut Vec<Hit>) {
    for _ in 0..background / 4 {
        let (ip, agent) = rng.pick(CRAWLERS);
        hits.push(Hit {
            at: SEASON + rng.between(0, SEASON_DAYS * DAY - 1),
            ip: ip.to_owned(),
            request: format!(
                "GET {}",
                rng.pick(&["/robots.txt", "/feed.xml", "/", "/blog/", "/sitemap.xml"])
            ),
            status: rng.pick(&[200, 200, 304]),
            agent,
            referer: "-",
            forwarded: "-".to_owned(),
        });
    }
}
