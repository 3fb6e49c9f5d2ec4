//! Logs that servers write by themselves, and the tables that sites keep of their visitors.

pub(crate) mod access;
pub(crate) mod azure_activity;
mod clf;
mod clf_time;
mod custom;
mod error_log;
mod exim;
mod fail2ban;
mod json_access;
mod layout;
mod nextcloud;
#[cfg(test)]
mod oracle_tests;
mod pattern;
mod proxy_manager;
mod site_tables;
mod stamp;
mod syslog;
mod w3c;
mod web;

use crate::format::Format;

pub(crate) use self::custom::check as check_log_format;

/// The formats of this group.
pub(crate) static FORMATS: &[&Format] = &[
    &access::FORMAT,
    &azure_activity::FORMAT,
    &custom::FORMAT,
    &error_log::FORMAT,
    &exim::FORMAT,
    &fail2ban::FORMAT,
    &json_access::FORMAT,
    &nextcloud::FORMAT,
    &proxy_manager::FORMAT,
    &site_tables::CSV,
    &site_tables::SQL,
    &syslog::AUTH,
    &syslog::MAIL,
    &w3c::FORMAT,
];
