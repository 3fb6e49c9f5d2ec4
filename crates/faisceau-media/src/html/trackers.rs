//! Identifiers of audience and advertising accounts: sites that share one have one operator, or
//! one copied the other's page.
//!
//! In: the sources of scripts, and the attributes of what loads something. Out: fields of the group
//! `HTML-tracker`, each value once: `GoogleAnalyticsID` (`UA-…`), `GoogleTagID` (`G-…`), `GoogleAdsID`
//! (`AW-…`), `GoogleTagManagerID` (`GTM-…`), `AdSenseID` (`ca-pub-…`), `MatomoSite` (host, blank,
//! number), `FacebookPixelID`, `YandexCounter`, `CloudflareToken`. Refused: the text of the page,
//! where anybody may have written such a word, and identifiers that a script puts together.

use std::ops::Range;

use memchr::memmem;
use scraper::ElementRef;

use super::findings::{Class, Findings};

const TRACKER: &str = "HTML-tracker";
/// Longest part of an attribute that is looked at, in bytes.
const ATTRIBUTE: usize = 4_096;
/// How far behind a call its arguments stand, in bytes.
const CALL: usize = 400;
/// Most calls of one name in a script.
const CALLS: usize = 1_000;

/// An identifier that is told by how it begins.
struct Marked {
    mark: &'static str,
    name: &'static str,
    /// How many of the bytes behind the mark belong to it.
    rest: fn(&[u8]) -> Option<usize>,
}

static MARKED: [Marked; 5] = [
    Marked { mark: "UA-", name: "GoogleAnalyticsID", rest: two_numbers },
    Marked { mark: "G-", name: "GoogleTagID", rest: |rest| capitals(rest, 8, 12) },
    Marked { mark: "GTM-", name: "GoogleTagManagerID", rest: |rest| capitals(rest, 4, 10) },
    Marked { mark: "AW-", name: "GoogleAdsID", rest: |rest| digits(rest, 8, 12) },
    Marked { mark: "ca-pub-", name: "AdSenseID", rest: |rest| digits(rest, 10, 20) },
];

/// What the attributes of an element that loads something name.
pub(super) fn of_attributes(element: &ElementRef<'_>, found: &mut Findings<'_>) {
    let at = found.tag(element.id());
    for (name, value) in element.value().attrs() {
        let value = start(value, ATTRIBUTE);
        marked(value, |name, id, _| add(found, name, id, at.clone()));
        if name == "data-cf-beacon"
            && let Some(token) = behind(value, "\"token\"").and_then(|rest| word(rest, 16, 64))
        {
            add(found, "CloudflareToken", token, at.clone());
        }
        let number = |mark: &str| behind(value, mark).and_then(|rest| number_of(rest, 1, 20));
        if let Some(id) = number("facebook.com/tr?id=") {
            add(found, "FacebookPixelID", id, at.clone());
        }
        if let Some(id) = number("mc.yandex.ru/watch/") {
            add(found, "YandexCounter", id, at.clone());
        }
        for mark in ["matomo.php?", "piwik.php?"] {
            let query = behind(value, mark).unwrap_or_default();
            let site = behind(query, "idsite=").and_then(|rest| number_of(rest, 1, 9));
            if let (Some(site), Some(host)) = (site, host(value)) {
                add(found, "MatomoSite", &format!("{host} {site}"), at.clone());
            }
        }
    }
}

/// What the source of a script names; it begins at this byte of the text.
pub(super) fn of_script(source: &str, begin: usize, found: &mut Findings<'_>) {
    let place = |at: Range<usize>| begin + at.start..begin + at.end;
    marked(source, |name, id, at| add(found, name, id, place(at)));
    for (at, arguments) in calls(source, "fbq(") {
        if let ["init", id, ..] = arguments[..]
            && number_of(id, 6, 20) == Some(id)
        {
            add(found, "FacebookPixelID", id, place(at));
        }
    }
    for (at, arguments) in calls(source, "ym(") {
        if let [id, "init", ..] = arguments[..]
            && number_of(id, 5, 10) == Some(id)
        {
            add(found, "YandexCounter", id, place(at));
        }
    }
    matomo(source, place, found);
}

/// Matomo: the server in a variable or a call, the site in another call.
fn matomo(source: &str, place: impl Fn(Range<usize>) -> Range<usize>, found: &mut Findings<'_>) {
    let mut server = None;
    let mut site = None;
    for (at, arguments) in calls(source, "_paq.push(") {
        match arguments[..] {
            ["setSiteId", id, ..] => {
                site = site.or(number_of(id, 1, 9).map(|id| (id, at)));
            }
            ["setTrackerUrl", url, ..] => server = server.or(host(url)),
            _ => {}
        }
    }
    let Some((site, at)) = site else { return };
    let variable = || {
        let rest = start(behind(source, "var u=")?.trim_start(), CALL);
        host(rest.trim_start_matches(['"', '\'', '(']))
    };
    let server = server.or_else(variable).unwrap_or("?");
    add(found, "MatomoSite", &format!("{server} {site}"), place(at));
}

fn add(found: &mut Findings<'_>, name: &str, value: &str, at: Range<usize>) {
    found.add_once(Class::Tracker, TRACKER, name, value, at);
}

/// Calls `one` with each identifier that is told by how it begins.
fn marked(text: &str, mut one: impl FnMut(&'static str, &str, Range<usize>)) {
    let bytes = text.as_bytes();
    for kind in &MARKED {
        for at in memmem::find_iter(bytes, kind.mark) {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            if before.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) {
                continue;
            }
            let begin = at + kind.mark.len();
            let rest = bytes.get(begin..).unwrap_or_default();
            let Some(length) = (kind.rest)(rest) else { continue };
            let range = at..begin + length;
            if let Some(id) = text.get(range.clone()) {
                one(kind.name, id, range);
            }
        }
    }
}

/// A run of bytes of this sort and length, and no letter or figure behind it.
fn run(rest: &[u8], least: usize, most: usize, sort: fn(&u8) -> bool) -> Option<usize> {
    let length = rest.iter().take(most + 1).take_while(|b| sort(b)).count();
    let ends = rest.get(length).is_none_or(|b| !b.is_ascii_alphanumeric());
    (length >= least && length <= most && ends).then_some(length)
}

fn digits(rest: &[u8], least: usize, most: usize) -> Option<usize> {
    run(rest, least, most, u8::is_ascii_digit)
}

/// Capitals and figures.
fn capitals(rest: &[u8], least: usize, most: usize) -> Option<usize> {
    run(rest, least, most, |b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// `12345-1`.
fn two_numbers(rest: &[u8]) -> Option<usize> {
    let first = digits(rest, 4, 10)?;
    let second = digits(rest.get(first..)?.strip_prefix(b"-")?, 1, 4)?;
    Some(first + 1 + second)
}

/// The places of a call up to the end of its arguments, and the arguments.
fn calls<'a>(source: &'a str, call: &'a str) -> impl Iterator<Item = (Range<usize>, Vec<&'a str>)> {
    let whole = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| source.as_bytes().get(before));
        before.is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'_' | b'$'))
    };
    let places = memmem::find_iter(source.as_bytes(), call).filter(whole).take(CALLS);
    places.map(|at| {
        let begin = at + call.len();
        let (length, arguments) = arguments(source.get(begin..).unwrap_or_default());
        (at..begin + length, arguments)
    })
}

/// The arguments of a call that are words or numbers, up to four, without their quotation marks,
/// and where they end.
fn arguments(rest: &str) -> (usize, Vec<&str>) {
    let rest = start(rest, CALL);
    let end = rest.find([')', ']', ';']).unwrap_or(rest.len());
    let quotes = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '[' | '(');
    let all = rest.get(..end).unwrap_or_default().split(',');
    (end, all.take(4).map(|word| word.trim_matches(quotes)).collect())
}

/// What stands behind a mark.
fn behind<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

/// The number at the start.
fn number_of(rest: &str, least: usize, most: usize) -> Option<&str> {
    rest.get(..digits(rest.as_bytes(), least, most)?)
}

/// The word of letters and figures behind signs.
fn word(rest: &str, least: usize, most: usize) -> Option<&str> {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '"'));
    rest.get(..run(rest.as_bytes(), least, most, u8::is_ascii_alphanumeric)?)
}

/// The host of an address, with or without its scheme.
fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("//").map(|(_, rest)| rest)?;
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    let host = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
    (host.contains('.') && host.len() <= 255).then_some(host)
}

/// The first bytes, cut between characters.
pub(super) fn start(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        marked(text, |name, id, at| {
            assert_eq!(&text[at], id);
            all.push((name, id.to_owned()));
        });
        all
    }

    #[test]
    fn identifiers_are_told_from_words_like_them() {
        let text = "gtag('config','G-AB12CD34EF');ga('create','UA-123456-7');'GTM-K2LM9P' \
            AW-123456789/x?client=ca-pub-1234567890123456&";
        let found = ids(text);
        assert_eq!(found.len(), 5, "{found:?}");
        for word in [
            "xUA-123456-7",
            "UA-12-1",
            "UA-123456-78901",
            "G-string",
            "MG-AB12CD34EF",
            "GTM-",
            "AW-1234",
            "ca-pub-12",
            "G-AB12CD34EFx",
            "é UA-",
        ] {
            assert_eq!(ids(word), [], "{word}");
        }
    }

    #[test]
    fn arguments_and_hosts_are_read() {
        assert_eq!(arguments("['setSiteId', \"7\"]);"), (17, vec!["setSiteId", "7"]));
        assert_eq!(arguments(""), (0, vec![""]));
        assert_eq!(host("//stats.example.org/m/"), Some("stats.example.org"));
        assert_eq!(host("https://a.example:8443?x"), Some("a.example:8443"));
        assert_eq!(host("u+'matomo.php'"), None);
        assert_eq!(start("é", 1), "");
    }
}
