//! The claimant's own archive of X: a ZIP with `data/*.js`.

use serde::Serialize;

use super::fourcat::post_id;
use super::packed::stored;
use crate::activity::Post;
use crate::calendar::{DAY, SEASON, utc};
use crate::cast::{Cast, Part, Service};
use crate::network::{Net, port};
use crate::random::Rng;

#[derive(Serialize)]
struct AccountEntry {
    account: AccountBody,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AccountBody {
    email: &'static str,
    created_via: &'static str,
    username: String,
    account_id: String,
    created_at: String,
    account_display_name: String,
}

#[derive(Serialize)]
struct TweetEntry {
    tweet: TweetBody,
}

#[derive(Serialize)]
struct TweetBody {
    id_str: String,
    created_at: String,
    full_text: String,
    lang: &'static str,
    source: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuditEntry {
    ip_audit: AuditBody,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuditBody {
    account_id: String,
    created_at: String,
    login_ip: String,
    login_port_number: u16,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreationEntry {
    account_creation_ip: CreationBody,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreationBody {
    account_id: String,
    user_creation_ip: String,
}

/// Writes the archive.
pub(crate) fn x_archive(cast: &Cast, posts: &[Post], net: &Net, rng: &mut Rng) -> Vec<u8> {
    let Some(owner) = cast.account_of("M", Service::X) else { return Vec::new() };
    let account = &cast.accounts[owner];
    let id = account.native.clone();
    let home = net.home("M");
    let identity = [AccountEntry {
        account: AccountBody {
            email: "maud@atelier-des-lilas.example",
            created_via: "web",
            username: account.handle.clone(),
            account_id: id.clone(),
            created_at: utc(account.created, "%Y-%m-%dT%H:%M:%S.000Z"),
            account_display_name: account.name.clone(),
        },
    }];
    let mine = |post: &Post| {
        cast.part(post.account) == Part::Claimant
            && cast.accounts[post.account].service == Service::X
    };
    let tweets: Vec<TweetEntry> = posts
        .iter()
        .enumerate()
        .filter(|(_, post)| mine(post))
        .map(|(index, post)| TweetEntry {
            tweet: TweetBody {
                id_str: post_id(post, index),
                created_at: utc(post.at, "%a %b %d %H:%M:%S +0000 %Y"),
                full_text: post.text.clone(),
                lang: "fr",
                source: "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
            },
        })
        .collect();
    let audit: Vec<AuditEntry> = (0..11)
        .map(|week| AuditEntry {
            ip_audit: AuditBody {
                account_id: id.clone(),
                created_at: utc(
                    SEASON + week * 7 * DAY + rng.between(30_000, 60_000),
                    "%Y-%m-%dT%H:%M:%S.000Z",
                ),
                login_ip: home.clone(),
                login_port_number: port(rng),
            },
        })
        .collect();
    let creation = [CreationEntry {
        account_creation_ip: CreationBody {
            account_id: id.clone(),
            user_creation_ip: home.clone(),
        },
    }];
    let members = [
        ("data/account.js", part("account", &identity)),
        ("data/tweets.js", part("tweets", &tweets)),
        ("data/ip-audit.js", part("ip_audit", &audit)),
        ("data/account-creation-ip.js", part("account_creation_ip", &creation)),
    ];
    stored(members.iter().map(|(name, bytes)| (*name, bytes.as_slice())))
}

/// One part of the archive: an assignment of a list.
fn part<T: Serialize>(name: &str, entries: &[T]) -> Vec<u8> {
    let list = serde_json::to_string_pretty(entries).unwrap_or_default();
    format!("window.YTD.{name}.part0 = {list}").into_bytes()
}
