//! What platforms hand over of an account: its own export, or the answer to a request.

pub(crate) mod discord_events;
pub(crate) mod discord_user;
pub(crate) mod facebook;
pub(crate) mod instagram;
pub(crate) mod linkedin;
mod meta_labels;
mod meta_time;
mod meta_words;
pub(crate) mod microsoft;
pub(crate) mod reddit;
pub(crate) mod snapchat_account;
pub(crate) mod snapchat_chats;
pub(crate) mod takeout;
pub(crate) mod tiktok_export;
pub(crate) mod x_archive;

use crate::format::Format;

/// The formats of this group.
pub(crate) static FORMATS: &[&Format] = &[
    &discord_events::FORMAT,
    &discord_user::FORMAT,
    &facebook::FORMAT,
    &instagram::FORMAT,
    &linkedin::logins::FORMAT,
    &linkedin::messages::FORMAT,
    &linkedin::posts::FORMAT,
    &linkedin::profile::FORMAT,
    &microsoft::audit::LINES,
    &microsoft::audit::TABLE,
    &microsoft::entra::FORMAT,
    &reddit::account::FORMAT,
    &reddit::chat::FORMAT,
    &reddit::ip_logs::FORMAT,
    &reddit::messages::FORMAT,
    &reddit::posts::COMMENTS,
    &reddit::posts::POSTS,
    &snapchat_account::FORMAT,
    &snapchat_chats::FORMAT,
    &takeout::activities::FORMAT,
    &takeout::devices::FORMAT,
    &tiktok_export::FORMAT,
    &x_archive::FORMAT,
];
