//! The namespaces whose properties are kept, and which of them.
//!
//! In: the URI of a namespace, then the flattened name of a property. Out: the group and the name of
//! `ExifTool`, and what kind of value it is. Settings of exposure, colour and development are not
//! kept: they say nothing of who, when and with what.

mod adobe;
mod bodies;
mod makers;

use super::value::Kind;

/// A namespace with properties that are kept.
#[derive(Debug)]
pub(super) struct Namespace {
    uri: &'static str,
    /// The group, as `ExifTool` calls it.
    pub(super) group: &'static str,
    /// Properties kept as they stand.
    text: &'static [&'static str],
    /// Properties that are dates.
    dates: &'static [&'static str],
    /// Properties that have another name or are of another kind.
    other: &'static [(&'static str, &'static str, Kind)],
    /// Whether all is kept, but for these endings.
    all_but: Option<&'static [&'static str]>,
}

impl Namespace {
    /// The name and the kind of a property that is kept.
    pub(super) fn find<'n>(&self, flat: &'n str) -> Option<(&'n str, Kind)>
    where
        'static: 'n,
    {
        if let Some((_, name, kind)) = self.other.iter().find(|(id, _, _)| *id == flat) {
            return Some((name, *kind));
        }
        if self.text.contains(&flat) {
            return Some((flat, Kind::Text));
        }
        if self.dates.contains(&flat) {
            return Some((flat, Kind::Date));
        }
        let endings = self.all_but?;
        if endings.iter().any(|ending| flat.ends_with(ending)) {
            return None;
        }
        let date = flat.ends_with("When") || flat.ends_with("Date");
        Some((flat, if date { Kind::Date } else { Kind::Text }))
    }
}

/// The namespace of a URI. A slash at its end is added and left out at will by some writers.
pub(super) fn of_uri(uri: &str) -> Option<&'static Namespace> {
    let plain = |uri: &'static str| uri.strip_suffix('/').unwrap_or(uri);
    let uri = uri.trim();
    let uri = uri.strip_suffix('/').unwrap_or(uri);
    let mut all = adobe::ALL.iter().chain(bodies::ALL).chain(makers::ALL);
    all.find(|namespace| plain(namespace.uri) == uri)
}

const fn namespace(
    uri: &'static str,
    group: &'static str,
    text: &'static [&'static str],
    dates: &'static [&'static str],
    other: &'static [(&'static str, &'static str, Kind)],
) -> Namespace {
    Namespace { uri, group, text, dates, other, all_but: None }
}
