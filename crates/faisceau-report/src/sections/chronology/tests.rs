use std::collections::BTreeSet;

use super::*;
use crate::tests::sample::sample;
use crate::wording::Catalogue;

#[test]
fn messages_stand_in_the_order_of_time_whatever_the_order_of_rows() {
    let mut sample = sample();
    let ids = |sample: &crate::tests::sample::Sample| -> Vec<String> {
        let input = sample.input();
        let index = Index::of(&input);
        in_order(&index).iter().map(|post| post.id.to_string()).collect()
    };
    let once = ids(&sample);
    sample.posts.reverse();
    assert_eq!(once, ids(&sample));
    let input = sample.input();
    let index = Index::of(&input);
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
    let index = Index::of(&input);
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
    let index = Index::of(&input);
    let posts = in_order(&index);
    assert_eq!(posts.len(), 640);
    assert_eq!(chosen(&index, &posts).len(), CHOSEN);
    assert_eq!(index.words.prose.chronology, Catalogue::french().prose.chronology);
}
