//! The truth about a world, gathered from what it was made of and not from its files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::activity::{self, Post, RAID_LINK};
use crate::calendar::utc;
use crate::cast::{Cast, Part, Service};
use crate::connections::{self, Use};
use crate::files;
use crate::network::Net;
use crate::picture::Image;
use crate::truth::{
    AccountTruth, GroupTruth, ImageTruth, NetworkTruth, PersonTruth, RejectTruth, ServiceTruth,
    Truth,
};

/// What a world was made of.
pub(crate) struct Made<'a> {
    pub(crate) cast: &'a Cast,
    pub(crate) posts: &'a [Post],
    pub(crate) uses: &'a [Use],
    pub(crate) net: &'a Net,
    pub(crate) images: &'a [Image],
}

impl Made<'_> {
    /// Tells the truth.
    pub(crate) fn truth(&self, seed: u64) -> Truth {
        let Made { cast, posts, uses, net, images } = *self;
        Truth {
            version: 1,
            seed,
            note: "Monde inventé. Une même personne tient deux comptes examinés si et seulement si la liste « same_hand » les réunit.".to_owned(),
            persons: persons_truth(cast),
            accounts: accounts_truth(cast, posts),
            services: services_truth(cast, posts),
            same_hand: same_hand(cast),
            together: vec![raid_truth(cast, posts)],
            shared_networks: networks_truth(cast, posts, uses, net),
            images: images.iter().map(|image| image_truth(image, cast, posts)).collect(),
            rejects: rejects_truth(),
            unread: vec!["captures.bin".to_owned()],
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn key(cast: &Cast, account: usize) -> String {
    cast.accounts[account].key().to_string()
}

fn keys(cast: &Cast, accounts: impl IntoIterator<Item = usize>) -> Vec<String> {
    let keys: BTreeSet<String> = accounts.into_iter().map(|account| key(cast, account)).collect();
    keys.into_iter().collect()
}

fn persons_truth(cast: &Cast) -> Vec<PersonTruth> {
    let part = |part| match part {
        Part::Several => "several",
        Part::Raider => "raider",
        Part::Innocent => "innocent",
        Part::Claimant => "claimant",
        Part::PasserBy => "passer_by",
    };
    cast.persons
        .iter()
        .map(|person| PersonTruth {
            id: person.id.clone(),
            part: part(person.part).to_owned(),
            note: person.note.to_owned(),
            accounts: keys(cast, person.accounts.iter().copied()),
        })
        .collect()
}

fn accounts_truth(cast: &Cast, posts: &[Post]) -> Vec<AccountTruth> {
    let volumes = activity::volumes(posts);
    (0..cast.accounts.len())
        .map(|index| {
            let account = &cast.accounts[index];
            let (count, words) = volumes.get(&index).copied().unwrap_or_default();
            AccountTruth {
                account: key(cast, index),
                service: account.service.name().to_owned(),
                handle: account.handle.clone(),
                person: cast.persons[account.person].id.clone(),
                role: cast.role(index).to_string(),
                posts: count,
                words,
            }
        })
        .collect()
}

fn services_truth(cast: &Cast, posts: &[Post]) -> Vec<ServiceTruth> {
    Service::ALL
        .iter()
        .map(|&service| {
            let on = |account: &usize| cast.accounts[*account].service == service;
            ServiceTruth {
                service: service.name().to_owned(),
                accounts: keys(cast, (0..cast.accounts.len()).filter(on)),
                posts: posts.iter().filter(|post| on(&post.account)).count(),
            }
        })
        .collect()
}

fn same_hand(cast: &Cast) -> Vec<[String; 2]> {
    let mut pairs = Vec::new();
    for person in cast.persons.iter().filter(|person| person.part == Part::Several) {
        let keys = keys(cast, person.accounts.iter().copied());
        for (index, a) in keys.iter().enumerate() {
            pairs.extend(keys[index + 1..].iter().map(|b| [a.clone(), b.clone()]));
        }
    }
    pairs.sort();
    pairs
}

fn raid_truth(cast: &Cast, posts: &[Post]) -> GroupTruth {
    let mut evenings: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
    let mut copied = BTreeSet::new();
    for post in posts {
        if let Some(raid) = post.raid {
            let span = evenings.entry(raid).or_insert((post.at, post.at));
            *span = (span.0.min(post.at), span.1.max(post.at));
            copied.insert(post.text.replace(RAID_LINK, "").trim().to_owned());
        }
    }
    let of = |raid: bool| {
        posts.iter().filter(move |p| p.raid.is_some() == raid && p.text.contains(RAID_LINK))
    };
    let stamp = |at| utc(at, "%Y-%m-%dT%H:%M:%SZ");
    GroupTruth {
        what: "deux soirées concertées ; quatre personnes différentes, un compte chacune"
            .to_owned(),
        accounts: keys(cast, of(true).map(|post| post.account)),
        link: RAID_LINK.to_owned(),
        evenings: evenings.into_values().map(|(from, to)| [stamp(from), stamp(to)]).collect(),
        copied: copied.into_iter().collect(),
        echoes: keys(cast, of(false).map(|post| post.account)),
    }
}

fn networks_truth(cast: &Cast, posts: &[Post], uses: &[Use], net: &Net) -> Vec<NetworkTruth> {
    let mut shared = connections::shared(uses);
    // A's mails show the same home line and, now and then, the same VPN exit.
    if let Some(mail) = cast.account_of("A", Service::Mail) {
        let count = posts.iter().filter(|post| post.account == mail).count();
        if let (Some(forum), true) = (cast.account_of("A", Service::Forum), count > 0) {
            shared.entry(net.home("A")).or_default().extend([forum, mail]);
        }
        if count >= 5 {
            shared.entry(net.vpn.clone()).or_default().insert(mail);
        }
    }
    let describe = |address: &str| {
        if address == net.school {
            ("shared_site", "réseau du lycée : deux personnes sans lien")
        } else if address == net.vpn {
            ("vpn", "sortie de VPN commune : trois personnes sans lien, dont A certains soirs")
        } else {
            ("access_line", "ligne du domicile de A")
        }
    };
    shared
        .into_iter()
        .map(|(address, accounts)| {
            let (access, reason) = describe(&address);
            let holders: BTreeSet<usize> =
                accounts.iter().map(|&account| cast.accounts[account].person).collect();
            NetworkTruth {
                access: access.to_owned(),
                accounts: keys(cast, accounts),
                one_person: holders.len() == 1,
                reason: reason.to_owned(),
                address,
            }
        })
        .collect()
}

fn image_truth(image: &Image, cast: &Cast, posts: &[Post]) -> ImageTruth {
    let posted = posts.iter().filter(|post| post.media == Some(image.file));
    ImageTruth {
        file: image.file.to_owned(),
        sha256: hex(&Sha256::digest(&image.bytes)),
        camera: image.exif.as_ref().map(|exif| format!("{} {}", exif.make, exif.model)),
        serial: image.exif.as_ref().map(|exif| exif.serial.clone()),
        accounts: keys(cast, posted.map(|post| post.account)),
        note: image.note.to_owned(),
    }
}

fn rejects_truth() -> Vec<RejectTruth> {
    let mut by_reason: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in files::BROKEN {
        *by_reason.entry(reason).or_default() += 1;
    }
    let reject = |file: &str, reason: &str, count, note: &str| RejectTruth {
        file: file.to_owned(),
        reason: reason.to_owned(),
        count,
        note: note.to_owned(),
    };
    let mut rejects: Vec<RejectTruth> = by_reason
        .into_iter()
        .map(|(reason, count)| reject("access.log", reason, count, "lignes abîmées"))
        .collect();
    rejects.push(reject("forum_messages.csv", "missing_field", 2, "auteur absent"));
    rejects.push(reject("forum_reponse_connexions.csv", "address", 1, "adresse impossible"));
    rejects.push(reject("result.json", "set_aside", 2, "messages de service"));
    for table in ["forum_messages.csv", "forum_reponse_connexions.csv", "x_4cat.csv"] {
        rejects.push(reject(table, "set_aside", 1, "ligne d'en-tête"));
    }
    rejects.sort_by(|a, b| (&a.file, &a.reason).cmp(&(&b.file, &b.reason)));
    rejects
}
