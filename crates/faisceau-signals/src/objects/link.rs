//! Links of one page under one form, and the codes in them that name who shared.
//!
//! In: a line of text. Out: links without scheme, `www.`, fragment, port and tracking parameters,
//! with the other parameters in order; and codes that platforms put into a link for the person, or
//! the act, that shares it. Refused: links longer than [`LONGEST`], and hosts without a dot.

/// Longest link read, in bytes.
const LONGEST: usize = 2048;
/// Most links read in one line.
const MOST_IN_LINE: usize = 50;
/// Shortest code of a sharer.
const LEAST_CODE: usize = 6;

/// Parameters that say by which way a visitor came, on every site.
const TRACKING: [&str; 26] = [
    "_ga",
    "_gl",
    "at_campaign",
    "at_medium",
    "cmpid",
    "dclid",
    "ef_id",
    "feature",
    "fb_action_ids",
    "fb_source",
    "ga_source",
    "gad_source",
    "gclid",
    "gclsrc",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ocid",
    "ref_src",
    "ref_url",
    "spm",
    "sr_share",
    "wt_mc",
    "xtor",
    "yclid",
];

/// Parameters that name a sharer: (end of the host, empty for all; name).
const SHARER: [(&str, &str); 23] = [
    ("", "aff"),
    ("", "aff_id"),
    ("", "affid"),
    ("", "fbclid"),
    ("", "igsh"),
    ("", "igshid"),
    ("", "invite"),
    ("", "invite_code"),
    ("", "ref"),
    ("", "ref_id"),
    ("", "refcode"),
    ("", "referral"),
    ("", "referral_code"),
    ("", "twclid"),
    ("amazon.com", "tag"),
    ("amazon.fr", "tag"),
    ("linkedin.com", "rcm"),
    ("reddit.com", "share_id"),
    ("spotify.com", "si"),
    ("tiktok.com", "_t"),
    ("tiktok.com", "u_code"),
    ("x.com", "t"),
    ("youtube.com", "si"),
];

/// Parameters of one site that neither name the page nor the sharer.
const SITE_TRACKING: [(&str, &str); 11] = [
    ("facebook.com", "mibextid"),
    ("instagram.com", "img_index"),
    ("reddit.com", "context"),
    ("tiktok.com", "_r"),
    ("tiktok.com", "is_from_webapp"),
    ("tiktok.com", "sender_device"),
    ("x.com", "s"),
    ("youtube.com", "ab_channel"),
    ("youtube.com", "pp"),
    ("youtube.com", "t"),
    ("facebook.com", "rdid"),
];

/// Hosts under other names.
const SAME_HOST: [(&str, &str); 7] = [
    ("twitter.com", "x.com"),
    ("vm.tiktok.com", "tiktok.com"),
    ("old.reddit.com", "reddit.com"),
    ("music.youtube.com", "youtube.com"),
    ("open.spotify.com", "spotify.com"),
    ("touch.facebook.com", "facebook.com"),
    ("web.facebook.com", "facebook.com"),
];

/// A link.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    /// Host, path and parameters of the page.
    pub(crate) page: String,
    /// The host.
    pub(crate) host: String,
    /// Codes of a sharer, as `host name=value`.
    pub(crate) codes: Vec<String>,
}

/// The links in a line, at most [`MOST_IN_LINE`].
pub(crate) fn links(line: &str) -> Vec<Link> {
    let written =
        line.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»'));
    written.filter_map(address).filter_map(link).take(MOST_IN_LINE).collect()
}

/// What follows the scheme of a link in a word, without the punctuation around.
fn address(word: &str) -> Option<&str> {
    let lower = |start: &str| {
        word.char_indices().map(|(at, _)| at).find(|&at| {
            word.get(at..at + start.len()).is_some_and(|part| part.eq_ignore_ascii_case(start))
        })
    };
    if word.len() > LONGEST {
        return None;
    }
    let start = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| lower(scheme).map(|at| at + scheme.len()))
        .min()
        .or_else(|| lower("www."))?;
    let rest = word.get(start..)?;
    let mut rest = rest.split_once("](").map_or(rest, |(before, _)| before);
    loop {
        let open = rest.matches('(').count();
        let end =
            rest.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '*', '_', '…']);
        let end = match end.strip_suffix(')') {
            Some(cut) if end.matches(')').count() > open => cut,
            _ => end,
        };
        if end.len() == rest.len() {
            return Some(rest);
        }
        rest = end;
    }
}

fn link(address: &str) -> Option<Link> {
    let address = match address.split_once('#') {
        // A page of an application that lives behind the sign.
        Some((_, fragment)) if fragment.starts_with(['!', '/']) => address,
        Some((before, _)) => before,
        None => address,
    };
    let (place, query) = address.split_once('?').unwrap_or((address, ""));
    let (authority, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host(authority)?;
    let (host, path) = match host.as_str() {
        // youtu.be/ID is youtube.com/watch?v=ID.
        "youtu.be" => ("youtube.com".to_owned(), format!("watch?v={path}")),
        _ => (host, path.trim_end_matches('/').to_owned()),
    };
    let (mut kept, mut codes) = (Vec::new(), Vec::new());
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = name.to_ascii_lowercase();
        if listed(&SHARER, &host, &name) {
            if is_code(value) {
                codes.push(format!("{host} {name}={value}"));
            }
        } else if !name.starts_with("utm_")
            && !TRACKING.contains(&name.as_str())
            && !listed(&SITE_TRACKING, &host, &name)
        {
            kept.push(part);
        }
    }
    kept.sort_unstable();
    kept.dedup();
    codes.sort_unstable();
    codes.dedup();
    let mut page = host.clone();
    if !path.is_empty() {
        page = format!("{page}/{path}");
    }
    if !kept.is_empty() {
        let sign = if page.contains('?') { '&' } else { '?' };
        page = format!("{page}{sign}{}", kept.join("&"));
    }
    Some(Link { page, host, codes })
}

/// The host in lower case, without user, port, `www.`, `m.` and under its one name.
fn host(authority: &str) -> Option<String> {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let host = host.trim_end_matches('.').to_lowercase();
    let bare = ["www.", "m.", "mobile."].iter().find_map(|start| host.strip_prefix(start));
    let host = bare.filter(|rest| rest.contains('.')).unwrap_or(&host);
    let labels = host.split('.').all(|label| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    });
    let same = SAME_HOST.iter().find(|(other, _)| *other == host).map_or(host, |(_, one)| one);
    (labels && host.contains('.')).then(|| same.to_owned())
}

fn listed(list: &[(&str, &str)], host: &str, name: &str) -> bool {
    list.iter().any(|(end, listed)| {
        let on_host = host
            .strip_suffix(end)
            .is_some_and(|start| end.is_empty() || start.is_empty() || start.ends_with('.'));
        *listed == name && on_host
    })
}

/// Whether a value is a code and not a word such as `home` or `newsletter`.
fn is_code(value: &str) -> bool {
    let digits = value.bytes().any(|b| b.is_ascii_digit());
    let letters = value.bytes().any(|b| b.is_ascii_alphabetic());
    value.len() >= LEAST_CODE && digits && letters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pages(line: &str) -> Vec<String> {
        links(line).into_iter().map(|link| link.page).collect()
    }

    #[test]
    fn one_page_under_one_form() {
        for line in [
            "https://www.site.example/a/b?id=3&utm_source=x",
            "(voir HTTP://site.example:80/a/b/?id=3#suite).",
            "http://user@m.site.example/a/b?id=3&fbclid=IwAR0abc123, oui",
            "www.site.example/a/b?id=3…",
        ] {
            assert_eq!(pages(line), ["site.example/a/b?id=3"], "{line}");
        }
        assert_eq!(pages("https://youtu.be/aB3?si=Qw8erTy1"), ["youtube.com/watch?v=aB3"]);
        assert_eq!(pages("https://www.youtube.com/watch?v=aB3&t=12s"), ["youtube.com/watch?v=aB3"]);
        assert_eq!(
            pages("https://twitter.com/u/status/12?s=20&t=abcDEF123456"),
            ["x.com/u/status/12"]
        );
        assert_eq!(pages("https://fr.wikipedia.org/wiki/A_(b)"), ["fr.wikipedia.org/wiki/A_(b)"]);
        assert!(pages("http://localhost/a https:// www. rien http://a..b/c").is_empty());
    }

    #[test]
    fn the_code_of_a_sharer_is_told_from_a_word() {
        let codes = |line: &str| links(line).into_iter().flat_map(|l| l.codes).collect::<Vec<_>>();
        assert_eq!(codes("https://youtu.be/aB3?si=Qw8erTy1"), ["youtube.com si=Qw8erTy1"]);
        assert_eq!(codes("https://shop.example/?ref=jean2042"), ["shop.example ref=jean2042"]);
        assert!(codes("https://shop.example/?ref=newsletter&si=Qw8erTy1").is_empty());
        assert!(codes("https://notx.com/a?t=abcDEF123456").is_empty());
    }

    proptest! {
        #[test]
        fn a_page_is_its_own_form(line in "(https?://|www\\.)?[a-z0-9./?&=#@():%é-]{0,60}|\\PC{0,60}") {
            for link in links(&line) {
                let again = links(&format!("https://{}", link.page));
                // A page that ends in punctuation loses it again; nothing else changes.
                prop_assert!(again.iter().all(|other| link.page.starts_with(&other.host)));
            }
        }
    }
}
