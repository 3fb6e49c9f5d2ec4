//! Discrete links on small planted cases: who shares what, with what weight and explanations.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use faisceau_model::rows::{Account, Comparison, Device, Post};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place, PostKind};
use faisceau_signals::{Material, Reference, compare};
use proptest::prelude::*;

const DAY: i64 = 86_400;

#[derive(Default)]
struct Case {
    accounts: Vec<Account>,
    devices: Vec<Device>,
    posts: Vec<Post>,
}

fn key(name: &str) -> AccountKey {
    AccountKey::by_id("x", name)
}

impl Case {
    fn profile(&mut self, account: &str, handle: &str, bio: &str) {
        let place = Place::Line { number: self.accounts.len() as u64 + 1, byte: 0 };
        self.accounts.push(Account {
            handle: Maybe::text(handle, Absent::NotExported),
            bio: Maybe::text(bio, Absent::NotExported),
            ..Account::new(ExhibitNo::top(1), &place, 0, key(account))
        });
    }

    fn post(&mut self, account: &str, day: i64, text: &str) {
        let place = Place::Line { number: self.posts.len() as u64 + 1, byte: 0 };
        self.posts.push(Post {
            at: Maybe::Known(Moment::from_unix_seconds(day * DAY).unwrap()),
            text: Maybe::Known(text.to_owned()),
            ..Post::new(ExhibitNo::top(2), &place, 0, key(account))
        });
    }

    /// Accounts that share nothing.
    fn others(&mut self, count: usize) {
        let consonants = ["b", "d", "g", "k", "l", "m", "p", "r", "v", "z"];
        for n in 0..count {
            let (one, two) = (consonants[n % 10], consonants[n / 10 % 10]);
            self.profile(&format!("other{n:03}"), &format!("{one}a{two}i{one}o{two}u{one}ex"), "");
            self.post(&format!("other{n:03}"), 0, &format!("message {n} sans rien d'autre"));
        }
    }

    fn compare(&self) -> Vec<Comparison> {
        let mut accounts: Vec<AccountKey> =
            self.accounts.iter().map(|row| row.account.clone()).collect();
        accounts.extend(self.posts.iter().map(|post| post.account.clone()));
        compare(&Material {
            accounts: &accounts,
            account_rows: &self.accounts,
            devices: &self.devices,
            posts: &self.posts,
            addresses: &[],
            media: &[],
            reference: &Reference::empty(),
        })
    }

    fn of(&self, signal: &str) -> Vec<Comparison> {
        self.compare().into_iter().filter(|one| one.signal == signal).collect()
    }
}

fn brief(found: &[Comparison]) -> Vec<(&str, &str, &str)> {
    found.iter().map(|c| (c.a.native(), c.b.native(), c.shared.known().unwrap().as_str())).collect()
}

#[test]
fn a_mailbox_in_two_profiles_weighs_more_than_one_in_posts() {
    let mut case = Case::default();
    case.profile("a", "", "écrire à Zor.Glub@gmail.com");
    case.profile("b", "", "zor.glub@gmail.com");
    case.profile("c", "", "zorglub+forum@googlemail.com");
    case.post("d", 0, "harcelez-la : victime@site.example");
    case.post("e", 1, "son adresse est victime@site.example");
    case.post("f", 1, "> son adresse est victime@site.example");
    case.others(20);
    let found = case.of("shared_mail");
    assert_eq!(
        brief(&found),
        [
            ("a", "b", "zorglub@gmail.com"),
            ("a", "c", "zorglub@gmail.com"),
            ("b", "c", "zorglub@gmail.com"),
            ("d", "e", "victime@site.example"),
        ]
    );
    assert_eq!(found[0].innocent, ["impersonation", "shared_identifier"]);
    assert_eq!(found[1].innocent, ["impersonation", "mail_alias", "shared_identifier"]);
    assert_eq!(found[3].innocent, ["impersonation", "shared_identifier", "third_party_identifier"]);
    assert_eq!(found[0].rows, ["acc:1:l1@0", "acc:1:l2@0"]);
    // 24 others, of whom c names it too.
    assert_eq!(found[0].material_a, 24);
    assert!((found[0].score - libm::log10(25.0 / 1.5)).abs() < 1e-12, "{}", found[0].score);
}

#[test]
fn what_everybody_names_gives_no_comparison() {
    let mut case = Case::default();
    for n in 0..51 {
        case.post(&format!("a{n}"), 0, "la mairie : 05 56 10 20 30 https://mairie.example/avis");
    }
    let found = case.compare();
    assert!(found.iter().all(|c| !["shared_phone", "shared_link"].contains(&c.signal.as_str())));
}

#[test]
fn a_masked_value_leads_to_the_whole_ones_that_fit() {
    let mut case = Case::default();
    case.profile("a", "", "z***b@g***.com, 06 •• •• •• 47");
    case.profile("b", "", "zorglub@gmail.com, 06 39 98 12 47");
    case.profile("c", "", "autre@gmail.com, 06 39 98 12 48");
    case.others(2000);
    let mails = case.of("shared_mail");
    assert_eq!(brief(&mails), [("a", "b", "z*b@g*.com")]);
    assert!((mails[0].score - 2.0).abs() < 1e-12, "two letters and the domain: {}", mails[0].score);
    assert!(mails[0].innocent.contains(&"masked_fragment".to_owned()));
    let phones = case.of("shared_phone");
    assert_eq!(brief(&phones), [("a", "b", "336******47")]);
    assert!((phones[0].score - 2.0).abs() < 1e-12, "two digits: {}", phones[0].score);
}

#[test]
fn a_rare_handle_is_told_from_a_name_that_many_bear() {
    let mut case = Case::default();
    for (account, handle) in [
        ("a", "xX_Zorglubix_42"),
        ("b", "z0rglubix"),
        ("c", "Zorglubxi"),
        ("d", "jean.dupont"),
        ("e", "jean_dupont33"),
    ] {
        case.profile(account, handle, "");
    }
    case.others(60);
    let found = case.of("similar_handle");
    let pairs: Vec<_> = found.iter().map(|c| (c.a.native(), c.b.native())).collect();
    assert_eq!(pairs, [("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")]);
    assert_eq!(found[0].shared, Maybe::Known("xX_Zorglubix_42 ~ z0rglubix".to_owned()));
    assert_eq!(found[0].innocent, ["impersonation"]);
    assert_eq!(found[3].innocent, ["common_name", "impersonation"]);
    // With ten more of that name it is no longer rare.
    for n in 0..10 {
        case.profile(&format!("jd{n}"), &format!("Jean-Dupont{n}"), "");
    }
    let again = case.of("similar_handle");
    let of = |found: &[Comparison]| {
        found.iter().find(|c| c.a.native() == "d" && c.b.native() == "e").unwrap().score
    };
    assert!(of(&again) < of(&found) - 0.5, "{} {}", of(&again), of(&found));
}

#[test]
fn the_rarest_link_counts_in_its_window_and_the_others_are_listed() {
    let mut case = Case::default();
    case.post("a", 0, "https://rare.example/x?utm_source=a");
    case.post("b", 2, "http://www.rare.example/x/");
    case.post("a", 0, "https://common.example/y");
    case.post("b", 2, "https://common.example/y");
    case.post("c", 2, "https://common.example/y");
    case.post("d", 300, "https://rare.example/x");
    case.others(20);
    let found = case.of("shared_link");
    let one = found.iter().find(|c| (c.a.native(), c.b.native()) == ("a", "b")).unwrap();
    assert_eq!(one.shared, Maybe::Known("rare.example/x".to_owned()));
    // `d` posted it much later: neither it nor its link counts.
    assert_eq!(one.material_a, 21);
    assert!((one.score - libm::log10(44.0)).abs() < 1e-12, "{}", one.score);
    assert_eq!(one.rows, ["post:2:l1@0", "post:2:l2@0", "post:2:l3@0", "post:2:l4@0"]);
    // Without a common link, a common site; but not one that everybody links to.
    let mut case = Case::default();
    for (account, page) in [("a", "p"), ("b", "q")] {
        let text = format!("https://blog.example/{page} https://youtu.be/{page}");
        case.post(account, 0, &text);
    }
    let found = case.of("shared_link");
    assert_eq!(brief(&found), [("a", "b", "blog.example")]);
    assert!(found[0].innocent.contains(&"common_site".to_owned()));
}

#[test]
fn the_code_of_a_sharer_on_two_pages_is_no_copied_link() {
    let mut case = Case::default();
    case.post("a", 0, "https://www.instagram.com/p/AAA/?igsh=MTc4MmM1YmQy");
    case.post("b", 1, "https://www.instagram.com/p/BBB/?igsh=MTc4MmM1YmQy");
    case.post("c", 1, "https://www.instagram.com/p/BBB/?igsh=MTc4MmM1YmQy");
    let found = case.of("sharer_id");
    let codes: Vec<bool> =
        found.iter().map(|c| c.innocent.contains(&"copied_link".to_owned())).collect();
    assert_eq!(codes, [false, false, true]);
    assert_eq!(found[0].shared, Maybe::Known("instagram.com igsh=MTc4MmM1YmQy".to_owned()));
}

#[test]
fn a_phrase_of_two_accounts_is_found_and_a_copy_is_not() {
    let mut case = Case::default();
    case.post("a", 0, "franchement, ce zozo du canapé me fatigue beaucoup");
    case.post("b", 3, "Eh bien ! Ce zozo du canapé me doit encore dix euros");
    let long = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze";
    case.post("a", 0, &format!("voici {long} fin"));
    case.post("b", 3, &format!("encore {long} ici"));
    case.post("c", 3, "> ce zozo du canapé me");
    case.others(60);
    let found = case.of("rare_phrase");
    assert_eq!(brief(&found), [("a", "b", "ce zozo du canapé me")]);
    assert_eq!(found[0].rows, ["post:2:l1@0", "post:2:l2@0"]);
    assert_eq!(found[0].innocent, ["common_subject", "copied_text", "impersonation", "quotation"]);
    assert!(case.of("shared_phrase").is_empty());
    // A third account that uses it makes it nobody's.
    case.post("d", 3, "ce zozo du canapé me suit");
    assert!(case.of("rare_phrase").is_empty());
}

#[test]
fn a_phrase_of_ordinary_words_weighs_in_its_own_signal() {
    let mut case = Case::default();
    for n in 0..60 {
        case.post(&format!("o{n:02}"), 0, "je ne. sais pas. du tout");
    }
    case.post("a", 0, "mais je ne sais pas du tout");
    case.post("b", 0, "moi je ne sais pas du coup");
    assert_eq!(brief(&case.of("shared_phrase")), [("a", "b", "je ne sais pas du")]);
    assert!(case.of("rare_phrase").is_empty());
    for post in &mut case.posts {
        post.kind = PostKind::Forwarded;
    }
    assert!(case.of("shared_phrase").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_breaks_it_and_the_order_does_not_matter(
        texts in prop::collection::vec(
            ("[a-d]", "[a-d]", prop_oneof![
                "\\PC{0,40}",
                "[a-z.]{1,6}@[a-z]{1,5}\\.(fr|com) 0[67][0-9]{8}",
                "https?://[a-z.]{0,8}/[a-z?=&#]{0,12}",
                "(ce|zozo|du|canapé|me| |\\.){1,20}",
                "[*•@+0-9 ]{0,30}",
            ]),
            0..12,
        ),
        rotate in 0..12_usize,
    ) {
        let mut case = Case::default();
        for (n, (author, profile, text)) in texts.iter().enumerate() {
            case.post(author, n as i64, text);
            case.profile(profile, text, text);
        }
        let found = case.compare();
        for one in &found {
            prop_assert!(one.a < one.b && one.score.is_finite());
        }
        let by = rotate.min(texts.len());
        case.posts.rotate_left(by);
        case.accounts.rotate_left(by);
        case.accounts.reverse();
        prop_assert_eq!(found, case.compare());
    }
}
