use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::tests::sample::sample;
use crate::wording::Catalogue;

#[test]
fn messages_stand_in_the_order_of_time_whatever_the_order_of_rows() {
    let mut sample = sample();
    let ids = |sample: &crate::tests::sample::Sample| -> Vec<String> {
        let input = sample.input();
        let index = Index::of(&input, Language::French);
        in_order(&index).iter().map(|post| post.id.to_string()).collect()
    };
    let once = ids(&sample);
    sample.posts.reverse();
    assert_eq!(once, ids(&sample));
    let input = sample.input();
    let index = Index::of(&input, Language::French);
    let posts = in_order(&index);
    let times: Vec<Option<i64>> =
        posts.iter().map(|post| post.at.known().map(|at| at.at_us())).collect();
    let undated = times.iter().rev().take_while(|at| at.is_none()).count();
    assert!(undated > 0 && times[..times.len() - undated].is_sorted());
    assert!(times[..times.len() - undated].iter().all(Option::is_some));
    assert!(posts.iter().all(|post| index.role(&post.account) == Some(Role::Examined)));
}

#[test]
fn the_body_holds_both_ends_of_each_account_and_raids() {
    let sample = sample();
    let input = sample.input();
    let index = Index::of(&input, Language::French);
    let posts = in_order(&index);
    let chosen = chosen(&index, &posts);
    assert!(chosen.len() <= CHOSEN);
    let accounts: BTreeSet<&AccountKey> = posts.iter().map(|post| &post.account).collect();
    for account in accounts {
        let own = || posts.iter().filter(|p| p.account == *account && p.at.known().is_some());
        let (first, last) = (own().next().unwrap(), own().next_back().unwrap());
        assert!(chosen[&first.id].contains(&Reason::First));
        assert!(chosen[&last.id].contains(&Reason::Last));
    }
    let raids = sample.raids.iter().flat_map(|raid| &raid.rows);
    let known: BTreeSet<&str> = posts.iter().map(|post| post.id.as_str()).collect();
    if raids.clone().any(|id| known.contains(id.as_str())) {
        assert!(chosen.values().any(|reasons| reasons.contains(&Reason::OfRaid)));
    }
}

#[test]
fn many_accounts_do_not_lengthen_the_body() {
    let mut sample = sample();
    for (n, post) in sample.posts.iter_mut().enumerate() {
        post.account = AccountKey::by_id("x", &(n % 200).to_string());
    }
    sample.accounts = (0..200)
        .map(|n| {
            let mut row = sample.accounts[0].clone();
            row.account = AccountKey::by_id("x", &n.to_string());
            row
        })
        .collect();
    let input = sample.input();
    let index = Index::of(&input, Language::French);
    let posts = in_order(&index);
    assert_eq!(posts.len(), 640);
    assert_eq!(chosen(&index, &posts).len(), CHOSEN);
    assert_eq!(index.words.prose.chronology, Catalogue::french().prose.chronology);
}

fn any_moment() -> impl Strategy<Value = Option<faisceau_model::Moment>> {
    let at = prop_oneof![
        0_i64..4_000_000_000_000_000,
        -400_000_000_000_000_000_i64..250_000_000_000_000_000,
        1_780_000_000_000_000_i64..1_790_000_000_000_000,
    ];
    let precision = prop::sample::select(faisceau_model::Precision::ALL);
    let zone = prop::sample::select(ZoneSource::ALL);
    let moment = (at, precision, zone)
        .prop_map(|(at, precision, zone)| faisceau_model::Moment::new(at, precision, zone));
    prop::option::of(moment).prop_map(Option::flatten)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_times_and_texts_make_a_chronology_that_counts_them_all(
        times in prop::collection::vec((any_moment(), 0_usize..40, "\\PC{0,20}"), 0..120),
    ) {
        let mut sample = sample();
        let template = sample.posts[0].clone();
        let row = sample.accounts[0].clone();
        let key = |n: usize| AccountKey::by_id("x", &n.to_string());
        sample.accounts = (0..40)
            .map(|n| faisceau_model::rows::Account { account: key(n), ..row.clone() })
            .collect();
        sample.posts = times
            .iter()
            .enumerate()
            .map(|(n, (at, account, text))| Post {
                id: RowId::derived("post", n + 1),
                at: Maybe::or_absent(*at, faisceau_model::Absent::NoData),
                account: key(*account),
                permalink: Maybe::Known(text.clone()),
                text: Maybe::Known(text.clone()),
                ..template.clone()
            })
            .collect();
        let written = |sample: &crate::tests::sample::Sample| {
            let input = sample.input();
            let index = Index::of(&input, Language::French);
            let mut w = Writer::default();
            let mut blocks = blocks(&index, &mut w);
            blocks.extend(annex(&index, &mut w));
            blocks
        };
        let once = written(&sample);
        for block in &once {
            if let Block::Figure(figure) = block {
                let crate::Drawing::Timeline(drawing) = &figure.drawing else { continue };
                prop_assert!(drawing.starts.len() <= 130 && drawing.lanes.len() <= 21);
                let drawn: u64 = drawing.lanes.iter().flat_map(|lane| &lane.counts).sum();
                let left_out = times.len() as u64 - drawn;
                let said = figure.caption.to_plain();
                prop_assert_eq!(left_out > 0, said.contains("sans jour connu"));
            }
            if let Block::Table(table) = block {
                prop_assert!(table.rows.len() == times.len().min(table.rows.len()));
            }
        }
        sample.posts.reverse();
        prop_assert_eq!(once, written(&sample));
    }
}

#[test]
fn a_time_that_a_second_clock_contradicts_says_so() {
    let sample = sample();
    let input = sample.input();
    let index = Index::of(&input, Language::French);
    let against = contradicted(&index);
    assert!(!against.is_empty());
    let said = |post: &Post| precision(&index, post, &against).to_plain();
    let posts = in_order(&index);
    let (with, without): (Vec<&Post>, Vec<&Post>) =
        posts.iter().partition(|post| against.contains(&post.id));
    assert!(!with.is_empty() && with.iter().all(|post| said(post).contains("seconde horloge")));
    assert!(without.iter().all(|post| !said(post).contains("seconde horloge")));
}

#[test]
fn the_overview_agrees_in_english() {
    let sample = sample();
    let input = sample.input();
    let index = Index::of(&input, Language::English);
    let posts = in_order(&index);
    let first = |count: usize| {
        let mut w = Writer::of(Language::English);
        match overview(&posts[..count], &mut w).into_iter().next() {
            Some(Statement::Fact(sentence)) => sentence.text().to_plain(),
            _ => String::new(),
        }
    };
    assert_eq!(first(0), "No message of an account under examination appears in the exhibits.");
    let one = "1\u{a0}message of an account under examination appears in the exhibits.";
    assert_eq!(first(1), one);
    let two = "2\u{a0}messages of accounts under examination appear in the exhibits.";
    assert_eq!(first(2), two);
}
