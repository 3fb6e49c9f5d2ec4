//! What `demo` finds in the planted world, against the truth of that world.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use crate::support::run;
use faisceau_model::rows::{Address, ExhibitRow, Identity, Link, Media, Post, Reject, Request};
use faisceau_model::table::Row;
use faisceau_model::{AccessKind, Listing};
use faisceau_testkit::Truth;

struct Demo {
    folder: tempfile::TempDir,
    talk: String,
    truth: Truth,
}

impl Demo {
    fn table<R: Row>(&self) -> Vec<R> {
        faisceau_tables::read(&self.folder.path().join("demo/tables")).unwrap()
    }

    fn same_hand(&self, a: &str, b: &str) -> bool {
        self.truth.same_hand.iter().any(|[x, y]| (x == a && y == b) || (x == b && y == a))
    }
}

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let ran = run(folder.path(), &["demo", "demo"]).code(0);
        let truth = include_str!("../../../../datasets/demo/truth.json");
        Demo { folder, talk: ran.err, truth: serde_json::from_str(truth).unwrap() }
    })
}

#[test]
fn the_summary_has_six_lines_and_names_the_next_command() {
    let talk = &demo().talk;
    assert_eq!(talk.lines().count(), 6, "{talk}");
    assert!(talk.lines().last().unwrap().contains("next: faisceau"), "{talk}");
    let pdf = std::fs::read(demo().folder.path().join("demo/out/note.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn every_post_of_the_world_is_a_row_of_the_right_account() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for post in demo().table::<Post>() {
        *counts.entry(post.account.to_string()).or_default() += 1;
    }
    let planted: BTreeMap<String, usize> =
        demo().truth.accounts.iter().map(|a| (a.account.clone(), a.posts)).collect();
    assert_eq!(counts, planted);
}

#[test]
fn what_was_planted_to_be_refused_is_refused_and_nothing_else() {
    let exhibits: BTreeMap<_, _> =
        demo().table::<ExhibitRow>().into_iter().map(|e| (e.exhibit, e.name)).collect();
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    for reject in demo().table::<Reject>() {
        let name = exhibits[&reject.exhibit].rsplit('/').next().unwrap().to_owned();
        *found.entry((name, reject.reason.to_string())).or_default() += 1;
    }
    let planted: BTreeMap<(String, String), usize> = demo()
        .truth
        .rejects
        .iter()
        .map(|r| ((r.file.rsplit('/').next().unwrap().to_owned(), r.reason.clone()), r.count))
        .collect();
    assert_eq!(found, planted);
    let rows = demo().table::<ExhibitRow>();
    assert!(rows.iter().all(|e| e.records == e.read + e.rejected));
}

#[test]
fn no_link_between_different_persons_is_supported() {
    let wrong: Vec<String> = demo()
        .table::<Link>()
        .into_iter()
        .filter(|l| l.favours.known().is_some_and(|f| f == "H1"))
        .filter(|l| !demo().same_hand(l.a.as_str(), l.b.as_str()))
        .filter(|l| l.total_low >= 2.0)
        .map(|l| format!("{} {} {:.2}", l.a, l.b, l.total))
        .collect();
    assert!(wrong.is_empty(), "above the floor: {wrong:?}");
}

#[test]
fn groups_hold_one_person_each_and_find_the_two_planted_hands() {
    let mut hands = BTreeSet::new();
    let person: BTreeMap<&str, &str> = demo()
        .truth
        .persons
        .iter()
        .flat_map(|p| p.accounts.iter().map(|a| (a.as_str(), p.id.as_str())))
        .collect();
    let mut grouped = 0;
    for group in demo().table::<Identity>() {
        let held: BTreeSet<&str> = group.members.iter().map(|m| person[m.as_str()]).collect();
        assert_eq!(held.len(), 1, "{:?} mixes {held:?}", group.members);
        hands.extend(held);
        grouped += group.members.len();
    }
    assert_eq!(hands, BTreeSet::from(["A", "B"]));
    assert!(grouped >= 5, "of the six accounts of A and B, {grouped} were grouped");
}

#[test]
fn a_shared_network_of_strangers_is_explained_and_weighs_little() {
    let links = demo().table::<Link>();
    for network in demo().truth.shared_networks.iter().filter(|n| !n.one_person) {
        for (i, a) in network.accounts.iter().enumerate() {
            for b in &network.accounts[i + 1..] {
                let link = links.iter().find(|l| {
                    (l.a.as_str() == a && l.b.as_str() == b)
                        || (l.a.as_str() == b && l.b.as_str() == a)
                });
                let link = link.unwrap_or_else(|| panic!("no link between {a} and {b}"));
                // The address of a mail is declared by its sender: it says nothing here.
                if demo().same_hand(a, b) || a.starts_with("mail:") || b.starts_with("mail:") {
                    continue;
                }
                let code = if network.access == "vpn" { "vpn_exit" } else { "shared_site" };
                assert!(link.innocent.iter().any(|c| c == code), "{:?}", link.innocent);
                let weight = link.network.into_known().unwrap_or(0.0);
                assert!(weight <= 1.0, "{a} {b}: {weight}");
            }
        }
    }
}

#[test]
fn one_camera_is_seen_on_three_services() {
    let mut accounts = BTreeSet::new();
    for image in demo().table::<Media>() {
        if image.body_serial.known().is_some_and(|s| s == "LX6805783")
            && let Some(account) = image.account.known()
        {
            accounts.insert(account.to_string());
        }
    }
    let planted: BTreeSet<String> = demo()
        .truth
        .images
        .iter()
        .filter(|i| i.serial.as_deref() == Some("LX6805783"))
        .flat_map(|i| i.accounts.clone())
        .collect();
    assert_eq!(accounts, planted);
}

#[test]
fn addresses_carry_their_source_and_tor_exits_their_instant() {
    let addresses = demo().table::<Address>();
    assert!(addresses.iter().any(|a| a.tor == Listing::Listed && a.access == AccessKind::TorExit));
    for address in &addresses {
        if address.country.known().is_some() {
            assert!(address.country_source.known().is_some(), "{}", address.id);
        }
        if address.ip.starts_with("192.0.2.") && address.at.known().is_some() {
            assert!(address.access_basis.starts_with("overlay:"), "{}", address.access_basis);
        }
    }
}

#[test]
fn requests_have_a_last_day_and_never_ask_a_tor_exit_in_the_plan() {
    let requests = demo().table::<Request>();
    assert!(requests.iter().any(|r| r.hop == 1) && requests.iter().any(|r| r.hop == 2));
    let last_days: Vec<_> = requests.iter().filter_map(|r| r.last_day.known()).collect();
    assert!(last_days.is_sorted(), "sorted by the last day");
    for request in &requests {
        let tor = request.access.known() == Some(&AccessKind::TorExit);
        assert!(!(tor && request.minimal), "{request:?}");
    }
    let asked = requests.iter().any(|r| {
        r.hop == 2
            && r.minimal
            && r.port.known().is_some()
            && r.ip.known().is_some_and(|ip| ip == "192.0.2.36")
    });
    assert!(asked, "the line of A with its port belongs to the plan");
}

#[test]
fn verify_finds_everything_as_it_was() {
    let case = demo().folder.path().join("demo");
    let verified = run(&case, &["verify"]).code(0);
    assert!(verified.out.contains("everything is as it was"), "{}", verified.out);
    assert!(Path::new(&case).join("journal.jsonl").exists());
}

#[test]
fn the_note_never_says_more_than_it_may() {
    let note = std::fs::read_to_string(demo().folder.path().join("demo/out/note.json")).unwrap();
    let lower = note.to_lowercase();
    for word in ["expertise judiciaire", "certainement", "est l'auteur", "est l’auteur", "coupable"]
    {
        assert!(!lower.contains(word), "the note says « {word} »");
    }
}
