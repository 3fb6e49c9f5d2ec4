//! A public group as Telegram Desktop exports it: `result.json`.
//!
//! Two service messages are there, as in every export; an importer sets them aside.

use serde::Serialize;

use crate::activity::Post;
use crate::calendar::{DAY, SEASON, paris};
use crate::cast::{Cast, Service};

#[derive(Serialize)]
struct Export {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    id: i64,
    messages: Vec<Message>,
}

#[derive(Serialize, Default)]
struct Message {
    id: usize,
    #[serde(rename = "type")]
    kind: &'static str,
    date: String,
    date_unixtime: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime_type: Option<&'static str>,
    text: String,
    text_entities: Vec<Entity>,
}

#[derive(Serialize)]
struct Entity {
    #[serde(rename = "type")]
    kind: &'static str,
    text: String,
}

/// Writes the export.
pub(crate) fn telegram(cast: &Cast, posts: &[Post]) -> Vec<u8> {
    let founder = cast.account_of("M", Service::Telegram).map(|a| &cast.accounts[a]);
    let service = |id, at: i64, action| Message {
        id,
        kind: "service",
        date: paris(at, "%Y-%m-%dT%H:%M:%S"),
        date_unixtime: at.to_string(),
        actor: founder.map(|account| account.name.clone()),
        actor_id: founder.map(|account| account.native.clone()),
        action: Some(action),
        title: (action == "create_group").then_some("Le lac et ses artisans"),
        ..Message::default()
    };
    let mut messages = vec![
        service(1, SEASON - 40 * DAY, "create_group"),
        service(2, SEASON - 40 * DAY + 90, "edit_group_photo"),
    ];
    for post in posts.iter().filter(|p| cast.accounts[p.account].service == Service::Telegram) {
        let account = &cast.accounts[post.account];
        // The meme was sent as a photo, pictures of cameras as files, which keep their metadata.
        let photo = post.media.filter(|_| post.raid.is_some());
        let file = post.media.filter(|_| post.raid.is_none());
        messages.push(Message {
            id: messages.len() + 1,
            kind: "message",
            date: paris(post.at, "%Y-%m-%dT%H:%M:%S"),
            date_unixtime: post.at.to_string(),
            from: Some(account.name.clone()),
            from_id: Some(account.native.clone()),
            photo: photo.map(|name| format!("photos/{name}")),
            file: file.map(|name| format!("files/{name}")),
            mime_type: file.map(|_| "image/jpeg"),
            text: post.text.clone(),
            text_entities: vec![Entity { kind: "plain", text: post.text.clone() }],
            ..Message::default()
        });
    }
    let export = Export {
        name: "Le lac et ses artisans",
        kind: "public_supergroup",
        id: 1_900_400_500,
        messages,
    };
    serde_json::to_vec_pretty(&export).unwrap_or_default()
}
