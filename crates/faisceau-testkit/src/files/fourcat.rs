//! Posts on X as 4CAT writes them: replies to the claimant, and what else the accounts posted.

use super::{csv, header};
use crate::activity::{Post, RAID_LINK};
use crate::calendar::utc;
use crate::cast::{Cast, Part, Service, snowflake};

/// Writes the table; the claimant's own posts are in her archive.
pub(crate) fn fourcat(cast: &Cast, posts: &[Post]) -> Vec<u8> {
    let mut records = vec![header(&[
        "id",
        "thread_id",
        "timestamp",
        "unix_timestamp",
        "author",
        "author_fullname",
        "author_id",
        "body",
        "link",
        "hashtags",
        "mentions",
    ])];
    let mut thread = None;
    for (index, post) in posts.iter().enumerate() {
        let account = &cast.accounts[post.account];
        if account.service != Service::X {
            continue;
        }
        let id = post_id(post, index);
        if cast.part(post.account) == Part::Claimant {
            thread = Some(id);
            continue;
        }
        // Two posts in three answer the claimant's latest.
        let reply = thread.as_ref().filter(|_| index % 3 != 0 && post.raid.is_none());
        let mention = if reply.is_some() { "atelier_lilas" } else { "" };
        let body = if reply.is_some() {
            format!("@atelier_lilas {}", post.text)
        } else {
            post.text.clone()
        };
        let body = if post.raid.is_some() {
            body.replace(RAID_LINK, "#BolQuiFuit ") + RAID_LINK
        } else {
            body
        };
        records.push(vec![
            id.clone(),
            reply.unwrap_or(&id).clone(),
            utc(post.at, "%Y-%m-%d %H:%M:%S"),
            post.at.to_string(),
            account.handle.clone(),
            account.name.clone(),
            account.native.clone(),
            body,
            format!("https://x.com/{}/status/{id}", account.handle),
            if post.raid.is_some() { "BolQuiFuit".to_owned() } else { String::new() },
            mention.to_owned(),
        ]);
    }
    csv(&records)
}

/// The id of a post on X, which holds its own time.
pub(crate) fn post_id(post: &Post, index: usize) -> String {
    snowflake(post.at, (index as i64 * 7_919) % 4_194_304)
}
