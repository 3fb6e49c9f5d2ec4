//! What everybody writes, and when.
//!
//! In: the cast. Out: every post of the world in order of time. A person never writes under two
//! accounts within two minutes: one pair of hands. Raids: on two evenings the raiders post one
//! slogan with one link within minutes, word for word the same.

use std::collections::BTreeMap;

use crate::calendar::{DAY, SEASON, SEASON_DAYS, from_wall};
use crate::cast::{Cast, Part, Service};
use crate::random::Rng;
use crate::text::{Ask, Bank, Writer};

/// One post.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) account: usize,
    pub(crate) at: i64,
    pub(crate) text: String,
    pub(crate) topic: &'static str,
    /// File name of the image posted with it.
    pub(crate) media: Option<&'static str>,
    /// The raid that it belongs to, from 0.
    pub(crate) raid: Option<usize>,
}

/// The address that the raiders share.
pub(crate) const RAID_LINK: &str = "https://sondage-du-lac.example/bol-qui-fuit";

const SLOGANS: [&[&str]; 2] = [
    &[
        "Qui veut encore d'un bol qui fuit ? Répondez au grand sondage du lac !",
        "Un bol qui fuit, ça suffit : votez avant minuit !",
        "Ni miche ni tasse, nous voulons de la place !",
    ],
    &[
        "Le bol fuit toujours, le sondage aussi continue : votez !",
        "Rendez l'argile aux grenouilles, votez pour le bol percé !",
        "Assez de croûte brûlée, le lac a parlé !",
    ],
];

/// The image that raiders share, and those of cameras: file, person, service.
pub(crate) const MEME: &str = "bol_qui_fuit.jpg";

/// Images that one account posts: file, person, service.
pub(crate) const PICTURES: &[(&str, &str, Service)] = &[
    ("etal_vide.jpg", "A", Service::Forum),
    ("vitrine_lilas.jpg", "A", Service::Telegram),
    ("facture_bol.jpg", "A", Service::Mail),
    ("gateau_du_lycee.jpg", "I1", Service::Forum),
    ("terrasse.jpg", "R2", Service::Telegram),
];

/// The image that the first passer-by of the forum posts.
pub(crate) const LAKE: &str = "coucher_de_lac.jpg";

/// Draws all posts.
pub(crate) fn posts(cast: &Cast, rng: &Rng) -> Vec<Post> {
    let mut writer = Writer::new(Bank::read());
    let mut posts = Vec::new();
    for person in &cast.persons {
        let mut rng = rng.fork(&format!("posts of {}", person.id));
        let apart = !matches!(person.part, Part::PasserBy | Part::Claimant);
        let mut voice = writer.voice(&person.hand, apart);
        let mut taken = Vec::new();
        let mut plan: Vec<(i64, usize)> = Vec::new();
        for &account in &person.accounts {
            for _ in 0..cast.accounts[account].posts {
                plan.push((free_instant(&person.hours, &mut taken, &mut rng), account));
            }
        }
        plan.sort_unstable();
        for (at, account) in plan {
            let ask = ask(person.part, cast.accounts[account].service);
            let message = writer.message(&person.hand, &mut voice, ask, &mut rng);
            let (text, topic) = (message.text, message.topic);
            posts.push(Post { account, at, text, topic, media: None, raid: None });
        }
        writer.finish(&voice);
    }
    posts.extend(raids(cast, &mut rng.fork("raids")));
    posts.sort_by_key(|post| (post.at, post.account));
    attach(cast, &mut posts, &mut rng.fork("media"));
    posts
}

/// An instant by the person's habits, two minutes or more from every other.
fn free_instant(hours: &crate::calendar::Hours, taken: &mut Vec<i64>, rng: &mut Rng) -> i64 {
    let mut at = hours.on_day(rng.between(0, SEASON_DAYS - 1), rng);
    while taken.iter().any(|other| (other - at).abs() < 120) {
        at = hours.on_day(rng.between(0, SEASON_DAYS - 1), rng);
    }
    taken.push(at);
    at
}

/// Tone and length by part and service.
fn ask(part: Part, service: Service) -> Ask {
    let tones = match part {
        Part::Several => [68, 26],
        Part::Raider => [55, 35],
        Part::Innocent => [22, 50],
        Part::Claimant => [0, 55],
        Part::PasserBy => [36, 40],
    };
    let (sentences, care) = match service {
        Service::Mail => ((1, 2), 30),
        Service::Forum => ((1, 2), 0),
        Service::Telegram | Service::X => ((1, 1), 0),
    };
    let sentences = if part == Part::PasserBy { (1, 2) } else { sentences };
    Ask { tones, sentences, care }
}

/// The posts of the two evenings, and one late echo by a passer-by.
fn raids(cast: &Cast, rng: &mut Rng) -> Vec<Post> {
    let raiders: Vec<usize> =
        (0..cast.accounts.len()).filter(|&a| cast.part(a) == Part::Raider).collect();
    let mut posts = Vec::new();
    for (raid, slogans) in SLOGANS.iter().enumerate() {
        let day = rng.pick(&[[50, 51, 52, 53], [64, 65, 66, 67]][raid]);
        let start = from_wall(SEASON + day * DAY + rng.between(73_800, 77_400));
        for slogan in *slogans {
            for &account in &raiders {
                let text = format!("{slogan} {RAID_LINK}");
                let at = start + rng.between(5, 540);
                posts.push(Post { account, at, text, topic: "jeu", media: None, raid: Some(raid) });
            }
        }
        // A passer-by repeats the first slogan hours later: a common event, not a raider.
        let echo = (0..cast.accounts.len()).find(|&a| {
            cast.part(a) == Part::PasserBy && cast.accounts[a].service == Service::Forum
        });
        if let (0, Some(account)) = (raid, echo) {
            let text = format!("{} {RAID_LINK}", slogans[0]);
            let at = start + rng.between(9_000, 14_000);
            posts.push(Post { account, at, text, topic: "jeu", media: None, raid: None });
        }
    }
    posts
}

/// Gives each image to a post: the meme to raid posts, the others to ordinary ones.
fn attach(cast: &Cast, posts: &mut [Post], rng: &mut Rng) {
    for &(file, person, service) in PICTURES {
        let account = cast.account_of(person, service);
        give(posts, file, rng, |post| Some(post.account) == account && post.raid.is_none());
    }
    for (person, service) in [("R2", Service::Telegram), ("R3", Service::Forum)] {
        let account = cast.account_of(person, service);
        give(posts, MEME, rng, |post| Some(post.account) == account && post.raid == Some(0));
    }
    let passer_by = (0..cast.accounts.len())
        .find(|&a| cast.part(a) == Part::PasserBy && cast.accounts[a].service == Service::Forum);
    give(posts, LAKE, rng, |post| Some(post.account) == passer_by && post.topic != "jeu");
}

fn give(posts: &mut [Post], file: &'static str, rng: &mut Rng, fits: impl Fn(&Post) -> bool) {
    let fitting: Vec<usize> =
        (0..posts.len()).filter(|&i| posts[i].media.is_none() && fits(&posts[i])).collect();
    if !fitting.is_empty() {
        posts[rng.pick(&fitting)].media = Some(file);
    }
}

/// Posts and words of each account, in the order of the cast.
pub(crate) fn volumes(posts: &[Post]) -> BTreeMap<usize, (usize, usize)> {
    let mut volumes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for post in posts {
        let (count, words) = volumes.entry(post.account).or_default();
        *count += 1;
        *words += post.text.split_whitespace().count();
    }
    volumes
}
