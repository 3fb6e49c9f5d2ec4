//! Identifiers, links, names, clients, images.

use super::*;

#[test]
fn an_identifier_in_posts_alone_may_be_somebody_elses() {
    let codes = ["shared_identifier", "third_party_identifier"];
    let mut row = comparison(1, Family::Identifiers, "shared_phone", &codes);
    let mut case = pair(2.0, vec![row.clone()]);
    case.accounts = vec![account(1, "x:a", Role::Examined), account(2, "x:b", Role::Examined)];
    let post = case.wrote(7, "x:b", "2026-05-02T20:00:10Z", "appelez le 0612345678").id.to_string();
    row.rows = vec![case.accounts[0].id.to_string(), post];
    case.comparisons = vec![row.clone()];
    let found = case.found("third_party_identifier");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(found.counted, ["profiles_a=1", "profiles_b=0", "posts_a=0", "posts_b=1"]);
    row.rows = case.accounts.iter().map(|account| account.id.to_string()).collect();
    case.comparisons = vec![row];
    assert_eq!(case.standing("third_party_identifier"), Standing::Contradicted);
    assert_eq!(case.standing("shared_identifier"), Standing::Open);
}

#[test]
fn a_link_posted_publicly_before_can_be_copied() {
    let mut row = comparison(1, Family::Objects, "shared_link", &["copied_link"]);
    let mut case = pair(2.0, vec![row.clone()]);
    row.rows = vec![
        case.wrote(1, "x:b", "2026-05-02T20:00:10Z", "https://a.example/x").id.to_string(),
        case.wrote(2, "x:a", "2026-05-02T20:30:10Z", "https://a.example/x").id.to_string(),
    ];
    case.comparisons = vec![row];
    let found = case.found("copied_link");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(found.counted, ["posts_a=1", "posts_b=1", "public_first=1", "gap_minutes=30"]);
    case.posts[0].kind = PostKind::Private;
    assert_eq!(case.standing("copied_link"), Standing::Contradicted);
}

#[test]
fn a_name_or_a_client_that_strangers_have_is_common() {
    let codes = ["common_name", "same_client"];
    let mut case = pair(2.0, vec![comparison(1, Family::Identifiers, "similar_handle", &codes)]);
    for (n, who) in ["x:a", "x:b", "x:c"].into_iter().enumerate() {
        let mut row = account(n as u64, who, Role::Examined);
        row.handle = Maybe::Known(format!("Nathan_{n}"));
        case.accounts.push(row);
        let post = case.wrote(n as u64, who, "2026-05-02T20:00:10Z", "oui");
        post.client = Maybe::Known("Twitter for iPhone".into());
    }
    assert_eq!(case.found("common_name").counted, ["others=1", "accounts=3"]);
    assert_eq!(case.standing("common_name"), Standing::Supported);
    assert_eq!(case.standing("same_client"), Standing::Supported);
    // A third account in the hands of the same group is no stranger.
    case.identities = vec![identity(&["x:a", "x:b", "x:c"])];
    assert_eq!(case.standing("common_name"), Standing::Open);
}

#[test]
fn the_order_of_publications_decides_whether_an_image_could_be_taken() {
    let mut row = comparison(1, Family::Media, "same_image", &["common_image", "copied_image"]);
    row.rows = vec!["med:1:l3@300".into(), "med:1:l4@400".into()];
    let mut case = pair(2.0, vec![row]);
    case.media = vec![media(3, "aa", Some("x:a"), None), media(4, "aa", Some("x:b"), None)];
    let posts = [
        case.wrote(1, "x:a", "2026-05-02T20:00:10Z", "regardez").id.to_string(),
        case.wrote(2, "x:b", "2026-05-04T21:00:10Z", "regardez bien").id.to_string(),
    ];
    for (image, post) in case.media.iter_mut().zip(posts) {
        image.posted_in = vec![post];
    }
    let found = case.found("copied_image");
    assert_eq!(found.standing, Standing::Supported);
    assert_eq!(
        found.counted,
        ["images_a=1", "images_b=1", "same=1", "public_first=1", "private_first=0", "gap_days=2"]
    );
    assert_eq!(case.standing("common_image"), Standing::Open);
    case.posts[0].kind = PostKind::Private;
    assert_eq!(case.standing("copied_image"), Standing::Contradicted);
    case.media.push(media(9, "aa", Some("x:z"), None));
    assert_eq!(case.found("common_image").counted[2], "others=1");
}

#[test]
fn a_device_of_both_is_counted_with_the_household() {
    let row = comparison(1, Family::Network, "shared_device", &["same_household"]);
    let found = pair(2.0, vec![row]).found("same_household");
    assert_eq!(
        (found.standing, &found.counted[..2]),
        (Standing::Open, &["lines=0".to_owned(), "devices=1".to_owned()][..])
    );
}
