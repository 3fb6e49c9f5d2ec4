//! A record of nginx, whose keys are the names of its variables.

use faisceau_model::Place;

use super::Values;
use crate::fields::Fields;
use crate::json::{self, Object};
use crate::logs::custom::{is_nginx_variable, nginx_slot};
use crate::logs::pattern::Slot;

/// Keys that hold the time, most precise first. The last ones are what collectors rename it to.
const TIMES: [&str; 6] = ["msec", "time_iso8601", "time_local", "@timestamp", "timestamp", "time"];

/// Short names that administrators give to some variables.
const SHORT: [(&str, &str); 8] = [
    ("user_agent", "http_user_agent"),
    ("referer", "http_referer"),
    ("referrer", "http_referer"),
    ("x_forwarded_for", "http_x_forwarded_for"),
    ("cf_connecting_ip", "http_cf_connecting_ip"),
    ("x_real_ip", "http_x_real_ip"),
    ("method", "request_method"),
    ("http_referrer", "http_referer"),
];

fn variable(key: &str) -> &str {
    let name = key.trim_start_matches('$');
    SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, name)| name)
}

pub(super) fn is(object: &Object) -> bool {
    let has = |names: &[&str]| object.keys().any(|key| names.contains(&variable(key)));
    has(&["remote_addr", "realip_remote_addr", "proxy_protocol_addr"])
        && has(&TIMES)
        && has(&["request", "request_uri", "uri", "status"])
}

pub(super) fn values(object: &Object, place: &Place, fields: &mut Fields) -> Values {
    let mut values = Values::default();
    for key in object.keys() {
        let name = variable(key);
        match nginx_slot(name) {
            Some((Slot::LocalTime | Slot::IsoTime | Slot::UnixTime, _)) => {}
            Some((slot, _)) => values.keep(slot, object, key),
            None if TIMES.contains(&name) || is_nginx_variable(name) => {}
            None => fields.note("", key, 1, place),
        }
    }
    values.time = TIMES.iter().find_map(|time| {
        object.keys().find(|key| variable(key) == *time).and_then(|key| json::field(object, key))
    });
    values
}
