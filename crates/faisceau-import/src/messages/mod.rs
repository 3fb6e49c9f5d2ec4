//! Messages sent to persons: exports of messengers, and mails.

pub(crate) mod discord;
pub(crate) mod mail;
mod mail_time;
pub(crate) mod mbox;
pub(crate) mod meta;
mod own_words;
mod received;
pub(crate) mod telegram;
pub(crate) mod whatsapp;

use crate::format::Format;

/// The formats of this group.
pub(crate) static FORMATS: &[&Format] = &[
    &discord::chat_exporter::FORMAT,
    &discord::package_csv::FORMAT,
    &discord::package_json::FORMAT,
    &mail::FORMAT,
    &mbox::FORMAT,
    &meta::encrypted::FORMAT,
    &meta::thread::FORMAT,
    &telegram::FORMAT,
    &whatsapp::FORMAT,
];
