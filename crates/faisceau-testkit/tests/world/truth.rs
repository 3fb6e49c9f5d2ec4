//! The truth is borne out by the files.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_testkit::{DEMO_SEED, World, demo, small};
use sha2::{Digest, Sha256};

use super::reading::{file, images, mails, posts, table};

fn worlds() -> Vec<World> {
    vec![demo(DEMO_SEED), demo(11), small(1)]
}

#[test]
fn posts_and_accounts_are_counted() {
    for world in worlds() {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for post in posts(&world) {
            *counts.entry(post.account).or_default() += 1;
        }
        let told: BTreeMap<String, usize> =
            world.truth.accounts.iter().map(|a| (a.account.clone(), a.posts)).collect();
        assert_eq!(counts, told);
        let by_service: usize = world.truth.services.iter().map(|s| s.posts).sum();
        assert_eq!(by_service, told.values().sum::<usize>());
    }
}

#[test]
fn the_demonstration_is_as_large_as_it_is_said_to_be() {
    for seed in [DEMO_SEED, 2, 3] {
        let truth = demo(seed).truth;
        let role = |role| truth.accounts.iter().filter(move |a| a.role == role);
        assert_eq!((role("examined").count(), role("claimant").count()), (14, 4));
        assert_eq!(truth.services.len(), 4);
        for account in role("examined") {
            assert!(account.words >= 400, "{account:?}");
            assert!(
                account.posts >= if account.service == "mail" { 25 } else { 40 },
                "{account:?}"
            );
        }
        for account in role("third_party").filter(|a| a.service != "mail") {
            assert!(account.words >= 120, "{account:?}");
        }
        assert!(role("third_party").count() >= 25);
        assert_eq!(truth.same_hand.len(), 7);
    }
}

#[test]
fn raiders_are_different_persons_who_copy_within_minutes() {
    for world in worlds() {
        let group = &world.truth.together[0];
        let holders: BTreeSet<&str> = world
            .truth
            .accounts
            .iter()
            .filter(|a| group.accounts.contains(&a.account))
            .map(|a| a.person.as_str())
            .collect();
        assert_eq!((group.accounts.len(), holders.len(), group.evenings.len()), (4, 4, 2));
        let linked: Vec<_> =
            posts(&world).into_iter().filter(|p| p.text.contains(&group.link)).collect();
        let spans: Vec<(i64, i64)> = group
            .evenings
            .iter()
            .map(|[from, to]| (super::reading::unix(from), super::reading::unix(to)))
            .collect();
        for post in &linked {
            let inside = spans.iter().any(|(from, to)| (*from..=*to).contains(&post.at));
            let member = group.accounts.contains(&post.account);
            assert_eq!(inside, member, "{post:?}");
            assert!(member || group.echoes.contains(&post.account));
        }
        assert!(spans.iter().all(|(from, to)| to - from < 600));
        assert_eq!(linked.len(), 2 * 3 * 4 + 1);
        let slogans =
            linked.iter().filter(|p| group.copied.iter().any(|s| p.text.contains(s.as_str())));
        assert_eq!(slogans.count(), linked.len());
    }
}

#[test]
fn shared_addresses_are_those_of_the_files() {
    for world in worlds() {
        let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for entry in table(&world, "forum_reponse_connexions.csv") {
            let account = format!("forum-du-lac:{}", entry["compte_id"]);
            seen.entry(entry["adresse_ip"].clone()).or_default().insert(account);
        }
        let examined: Vec<&str> = world
            .truth
            .accounts
            .iter()
            .filter(|a| a.role == "examined")
            .map(|a| a.account.as_str())
            .collect();
        for raw in mails(&world) {
            let text = String::from_utf8(raw).unwrap();
            let ip = text.split("X-Originating-IP: [").nth(1).unwrap().split(']').next().unwrap();
            let from = text.split("\nFrom: ").nth(1).unwrap().split(['<', '>']).nth(1).unwrap();
            let account = format!("mail:@{from}");
            if examined.contains(&account.as_str()) {
                seen.entry(ip.to_owned()).or_default().insert(account);
            }
        }
        seen.retain(|_, accounts| accounts.len() > 1);
        let told: BTreeMap<String, BTreeSet<String>> = world
            .truth
            .shared_networks
            .iter()
            .map(|n| (n.address.clone(), n.accounts.iter().cloned().collect()))
            .collect();
        assert_eq!(seen, told);
        for network in &world.truth.shared_networks {
            assert_eq!(network.one_person, network.access == "access_line");
        }
    }
    let kinds: BTreeSet<String> =
        demo(4).truth.shared_networks.into_iter().map(|network| network.access).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["access_line", "shared_site", "vpn"]);
}

#[test]
fn images_are_the_files_and_one_camera_serves_three_services() {
    for world in worlds() {
        let images = images(&world);
        for truth in &world.truth.images {
            let hash: Vec<u8> = Sha256::digest(&images[&truth.file]).to_vec();
            let told: Vec<u8> = (0..truth.sha256.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&truth.sha256[at..at + 2], 16).unwrap())
                .collect();
            assert_eq!(hash, told);
        }
        let mut cameras: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for image in &world.truth.images {
            if let Some(serial) = &image.serial {
                let accounts = image.accounts.iter().map(String::as_str);
                cameras.entry(serial.as_str()).or_default().extend(accounts);
            }
        }
        assert!(cameras.values().any(|accounts| accounts.len() == 3));
        let meme = world.truth.images.iter().find(|image| image.serial.is_none()).unwrap();
        assert_eq!(meme.accounts.len(), 2);
    }
}

#[test]
fn planted_rejects_are_in_the_files() {
    for world in worlds() {
        let count = |name: &str, reason: &str| {
            let planted = &world.truth.rejects;
            planted.iter().find(|r| r.file == name && r.reason == reason).map(|r| r.count).unwrap()
        };
        let without = table(&world, "forum_messages.csv")
            .iter()
            .filter(|record| record["auteur_id"].is_empty())
            .count();
        assert_eq!(without, count("forum_messages.csv", "missing_field"));
        let impossible = table(&world, "forum_reponse_connexions.csv")
            .iter()
            .filter(|record| record["adresse_ip"].parse::<std::net::IpAddr>().is_err())
            .count();
        assert_eq!(impossible, count("forum_reponse_connexions.csv", "address"));
        let export = std::str::from_utf8(file(&world, "result.json")).unwrap();
        assert_eq!(
            export.matches("\"type\": \"service\"").count(),
            count("result.json", "set_aside")
        );
    }
}

#[test]
fn one_pair_of_hands_never_writes_twice_within_two_minutes() {
    for world in worlds() {
        let person: BTreeMap<&str, &str> =
            world.truth.accounts.iter().map(|a| (a.account.as_str(), a.person.as_str())).collect();
        let mut times: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for post in posts(&world) {
            if !post.text.contains(&world.truth.together[0].link) {
                times.entry(person[post.account.as_str()]).or_default().push(post.at);
            }
        }
        for times in times.values_mut() {
            times.sort_unstable();
            assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 120));
        }
    }
}
