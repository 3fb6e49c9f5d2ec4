//! Messages sent to persons: exports of messengers, and mails.

pub(crate) mod mail;
mod mail_time;
pub(crate) mod mbox;
mod own_words;
mod received;
pub(crate) mod telegram;
