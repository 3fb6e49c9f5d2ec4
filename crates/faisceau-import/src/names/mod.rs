//! Answers of the DNS and of registries, as somebody saved them.
//!
//! `record` is one resource record, `reply` what one question got; `kinds` the numbers of the DNS.
//! Text: `dig` (also of kdig and `host -v`), `dig_yaml`, `host`, `record_lines`. JSON, with
//! `objects` where objects follow each other: `dns_json`, `doh`, `massdns`, `zdns`, `dnsx`, and
//! `collected`, which is our own. Registries: `rdap`, `whois`; both say what they hold through
//! `registration`.
//!
//! Refused, here as everywhere: asking anybody anything.

mod clock;
mod collected;
mod dig;
mod dig_yaml;
mod dns_json;
mod dnsx;
mod doh;
mod host;
mod kinds;
mod massdns;
mod objects;
mod rdap;
mod record;
mod record_lines;
mod registration;
mod reply;
mod whois;
mod zdns;

use crate::format::Format;

/// The formats of this group.
pub(crate) static FORMATS: &[&Format] = &[
    &collected::FORMAT,
    &dig::FORMAT,
    &dig_yaml::FORMAT,
    &dns_json::FORMAT,
    &dnsx::FORMAT,
    &doh::FORMAT,
    &host::FORMAT,
    &massdns::FORMAT,
    &rdap::FORMAT,
    &record_lines::FORMAT,
    &whois::FORMAT,
    &zdns::FORMAT,
];
