//! Labelled values of the exports of Meta: what a value is, told by its shape.
//!
//! In: the `string_map_data` of a record (`{"IP Address": {"value": …}}`), or its `label_values`
//! (`[{"label": …, "value": …}]`), the layout of files since 2024. Out: [`Labelled`] values with
//! their labels repaired. Refused: relying on labels alone: they are in the language of the
//! account (`IP-Adresse`, `Dirección IP`, `IP 주소`).
//!
//! How shapes decide:
//! - an address is what reads as one. If several values do, the one whose label has the word `IP`
//!   counts; if that leaves several, none does;
//! - a time is a `timestamp` or `timestamp_value` above 0;
//! - a port is a whole number from 1 to 65535 whose label has a word for port in one of the
//!   languages below, or, in a list whose records hold no other number, any such number;
//! - a user agent starts or reads like one (`Mozilla/`, `Instagram `, `Android`, `iPhone`);
//! - a masked cookie has five asterisks in a row;
//! - an identifier of a device is a UUID or `android-` and hexadecimal digits;
//! - a language is two letters, or two, `_` or `-`, and two;
//! - an e-mail address, a telephone number and a date of birth look like what they are.

use faisceau_model::SubscriberCategory;
use serde_json::Value;

use super::meta_words::{is_port, names_ip};
use crate::json::{self, Object};
use crate::text::address::{endpoint, port};
use crate::text::mojibake::repaired;

/// A value under its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled {
    /// The label, repaired.
    pub(super) label: String,
    /// The value, repaired; empty where the export has none.
    pub(super) value: String,
    /// The time beside it, in Unix seconds; 0 is none.
    pub(super) time: i64,
}

/// The labelled values of a record, in the order of the record.
pub(super) fn labelled(record: &Object) -> Vec<Labelled> {
    let mut found = Vec::new();
    if let Some(map) = record.get("string_map_data").and_then(Value::as_object) {
        found.extend(map.iter().filter_map(|(label, entry)| one(label, entry.as_object()?)));
    }
    if let Some(list) = record.get("label_values").and_then(Value::as_array) {
        list.iter().filter_map(Value::as_object).for_each(|entry| nested(entry, &mut found));
    }
    found
}

/// An entry of `label_values`, which may hold others below `dict`.
fn nested(entry: &Object, found: &mut Vec<Labelled>) {
    let label = json::field(entry, "label").unwrap_or_default();
    found.extend(one(&label, entry));
    let inner = entry.get("dict").and_then(Value::as_array);
    for inner in inner.into_iter().flatten().filter_map(Value::as_object) {
        let label = json::field(inner, "label").unwrap_or_default();
        found.extend(one(&label, inner));
    }
}

fn one(label: &str, entry: &Object) -> Option<Labelled> {
    let value = json::field(entry, "value").unwrap_or_default();
    let time = ["timestamp", "timestamp_value"].iter().find_map(|key| json::integer(entry, key));
    let time = time.unwrap_or(0);
    let label = repaired(label).trim().to_owned();
    let value = repaired(&value).trim().to_owned();
    (!value.is_empty() || time != 0).then_some(Labelled { label, value, time })
}

/// Whether a value has a shape.
type Test = fn(&str) -> bool;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// An address, and perhaps the port with it.
    Address,
    /// A whole number from 1 to 65535.
    Number,
    /// A user agent.
    UserAgent,
    /// A masked cookie.
    Cookie,
    /// An identifier of a device.
    DeviceId,
    /// A code of a language.
    Language,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A calendar date.
    Date,
    /// Yes or no.
    Flag,
    /// Nothing but a time.
    Time,
    /// Words.
    Text,
}

impl Labelled {
    /// What the value is.
    pub(super) fn shape(&self) -> Shape {
        let value = self.value.as_str();
        let tests: [(Shape, Test); 11] = [
            (Shape::Time, str::is_empty),
            (Shape::Flag, |v| matches!(v, "True" | "False" | "true" | "false")),
            (Shape::Address, |v| endpoint(v).is_some()),
            (Shape::Number, |v| port(v).is_some()),
            (Shape::Cookie, |v| v.contains("*****")),
            (Shape::DeviceId, is_device_id),
            (Shape::Email, is_email),
            (Shape::Phone, is_phone),
            (Shape::Date, |v| v.len() == 10 && v.parse::<jiff::civil::Date>().is_ok()),
            (Shape::UserAgent, is_user_agent),
            (Shape::Language, is_language),
        ];
        tests.iter().find(|(_, is)| is(value)).map_or(Shape::Text, |(shape, _)| *shape)
    }

    /// What a subscriber's datum of this shape is.
    pub(super) fn category(&self) -> SubscriberCategory {
        match self.shape() {
            Shape::Email => SubscriberCategory::Email,
            Shape::Phone => SubscriberCategory::Phone,
            Shape::Date => SubscriberCategory::Birth,
            Shape::DeviceId => SubscriberCategory::Identifier,
            _ => SubscriberCategory::Other,
        }
    }
}

/// What the values of a record say of the use of an address.
#[derive(Debug, Default)]
pub(super) struct Use<'l> {
    /// The address as written.
    pub(super) address: Option<&'l Labelled>,
    /// Whether several values could be the address.
    pub(super) ambiguous: bool,
    /// The port.
    pub(super) port: Option<u16>,
    /// The user agent.
    pub(super) user_agent: Option<&'l str>,
    /// The masked cookie.
    pub(super) cookie: Option<&'l str>,
    /// The identifier of the device.
    pub(super) device: Option<&'l str>,
    /// The only time beside the values; none if there are several.
    pub(super) time: Option<i64>,
    /// Values that are none of these.
    pub(super) rest: Vec<&'l Labelled>,
}

/// Sorts values by shape. `lone_number`: the only number of such records is the port.
pub(super) fn sorted(values: &[Labelled], lone_number: bool) -> Use<'_> {
    let mut found = Use::default();
    let of = |shape| values.iter().filter(move |value| value.shape() == shape);
    let numbers = of(Shape::Number).count();
    let addresses: Vec<_> = of(Shape::Address).collect();
    let named: Vec<_> = addresses.iter().filter(|value| names_ip(&value.label)).collect();
    found.address = match (addresses.as_slice(), named.as_slice()) {
        ([only], _) => Some(only),
        (_, [only]) => Some(only),
        _ => None,
    };
    found.ambiguous = found.address.is_none() && !addresses.is_empty();
    for value in values {
        match value.shape() {
            Shape::Number if is_port(&value.label) || (lone_number && numbers == 1) => {
                found.port = found.port.or(port(&value.value));
            }
            Shape::UserAgent => found.user_agent = found.user_agent.or(Some(&value.value)),
            Shape::Cookie => found.cookie = found.cookie.or(Some(&value.value)),
            Shape::DeviceId => found.device = found.device.or(Some(&value.value)),
            Shape::Address | Shape::Language | Shape::Time | Shape::Flag => {}
            _ => found.rest.push(value),
        }
    }
    let mut times: Vec<i64> = values.iter().map(|v| v.time).filter(|&time| time > 0).collect();
    times.sort_unstable();
    times.dedup();
    if let [only] = times.as_slice() {
        found.time = Some(*only);
    }
    found
}

fn is_user_agent(value: &str) -> bool {
    let starts = ["Mozilla/", "Instagram ", "Barcelona ", "Dalvik/", "okhttp/", "[FBAN/"];
    starts.iter().any(|start| value.starts_with(start))
        || (value.contains('/')
            && ["Android", "iPhone", "iPad", "iOS", "Windows NT", "Linux", "Darwin"]
                .iter()
                .any(|system| value.contains(system)))
}

fn is_device_id(value: &str) -> bool {
    let hex =
        |text: &str, len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_hexdigit());
    if let Some(rest) = value.strip_prefix("android-") {
        return hex(rest, 16);
    }
    let groups: Vec<&str> = value.split('-').collect();
    groups.len() == 5 && groups.iter().zip([8, 4, 4, 4, 12]).all(|(group, len)| hex(group, len))
}

fn is_language(value: &str) -> bool {
    let letters = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    match value.split_once(['_', '-']) {
        Some((language, region)) => letters(language) && letters(region),
        None => letters(value),
    }
}

fn is_email(value: &str) -> bool {
    value.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && !value.contains(char::is_whitespace)
            && !domain.contains('@')
    })
}

fn is_phone(value: &str) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    value.starts_with('+')
        && (7..=16).contains(&digits)
        && value.chars().all(|c| c.is_ascii_digit() || "+ -().".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(value: &str) -> Shape {
        Labelled { label: String::new(), value: value.to_owned(), time: 0 }.shape()
    }

    #[test]
    fn values_are_told_by_their_shape() {
        for (value, expected) in [
            ("203.0.113.9", Shape::Address),
            ("2001:db8::1", Shape::Address),
            ("330.0.0.40", Shape::Text),
            ("51234", Shape::Number),
            ("65536", Shape::Text),
            ("0", Shape::Text),
            ("*************************abc", Shape::Cookie),
            ("android-0123456789abcdef", Shape::DeviceId),
            ("0BADF00D-1111-2222-3333-444455556666", Shape::DeviceId),
            ("a@example.org", Shape::Email),
            ("@handle", Shape::Text),
            ("+33 6 00 00 00 00", Shape::Phone),
            ("1990-02-28", Shape::Date),
            ("Instagram 330.0.0.40.92 Android (33/13)", Shape::UserAgent),
            ("fr", Shape::Language),
            ("fr_FR", Shape::Language),
            ("False", Shape::Flag),
            ("", Shape::Time),
        ] {
            assert_eq!(shape(value), expected, "{value}");
        }
    }

    #[test]
    fn a_version_that_looks_like_an_address_does_not_win_over_the_address() {
        let value = |label: &str, value: &str| Labelled {
            label: label.to_owned(),
            value: value.to_owned(),
            time: 0,
        };
        let values = [value("Version", "9.0.0.1"), value("IP-Adresse", "203.0.113.9")];
        assert_eq!(sorted(&values, false).address.unwrap().value, "203.0.113.9");
        let values = [value("Version", "9.0.0.1"), value("Adresse", "203.0.113.9")];
        let found = sorted(&values, false);
        assert!(found.address.is_none() && found.ambiguous);
    }
}
