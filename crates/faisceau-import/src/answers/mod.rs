//! Answers of platforms and operators to legal requests, and tables whose columns the case maps.

pub(crate) mod clear_signed;
pub(crate) mod discord_sessions;
mod google_account;
pub(crate) mod google_ip_activity;
pub(crate) mod google_subscriber;
pub(crate) mod icloud_logs;
pub(crate) mod kik_logs;
pub(crate) mod kik_tables;
pub(crate) mod meta_ip_text;
pub(crate) mod meta_records;
pub(crate) mod openpgp_key;
pub(crate) mod snapchat_return;
pub(crate) mod tiktok_workbook;
pub(crate) mod x_return;

use crate::format::Format;
use crate::tables;

/// The formats of this group.
pub(crate) static FORMATS: &[&Format] = &[
    &clear_signed::FORMAT,
    &discord_sessions::FORMAT,
    &google_ip_activity::FORMAT,
    &google_subscriber::FORMAT,
    &kik_logs::FORMAT,
    &kik_tables::FORMAT,
    &meta_ip_text::FORMAT,
    &meta_records::FORMAT,
    &openpgp_key::FORMAT,
    &snapchat_return::FORMAT,
    &tables::mapped::FORMAT,
    &tables::mapped_jsonl::FORMAT,
    &tables::workbook::FORMAT,
    &x_return::FORMAT,
];
