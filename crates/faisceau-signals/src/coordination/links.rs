//! What a text points to: links, hashtags, mentions.
//!
//! In: a text, by whomever. Out: normal forms, so that one page under two spellings is one object.
//! Tracking parameters and fragments go. What is longer than any address is left out.

/// Longest link, hashtag or mention, in bytes.
const LONGEST: usize = 2000;
/// Most links, hashtags and mentions of one text; the rest is a list, not an act.
const MOST: usize = 30;
/// Parameters that say how a link was passed on, not where it leads.
const TRACKING: [&str; 14] = [
    "_ga", "dclid", "fbclid", "feature", "gclid", "igsh", "igshid", "mc_cid", "mc_eid", "msclkid",
    "ref_src", "ref_url", "si", "yclid",
];

/// What a text points to, each form once, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pointers {
    pub(super) links: Vec<String>,
    pub(super) hashtags: Vec<String>,
    pub(super) mentions: Vec<String>,
}

/// Reads a text.
pub(super) fn pointers(text: &str) -> Pointers {
    let mut found = Pointers::default();
    for word in text.split_whitespace().filter(|word| word.len() <= LONGEST) {
        if let Some(link) = link(word) {
            found.links.push(link);
            continue;
        }
        for (mark, list) in [('#', &mut found.hashtags), ('@', &mut found.mentions)] {
            list.extend(marked(word, mark));
        }
    }
    for list in [&mut found.links, &mut found.hashtags, &mut found.mentions] {
        list.truncate(MOST);
        list.sort();
        list.dedup();
    }
    found
}

/// The normal form of a link: host in lower case without `www.`, path, parameters in order.
pub(super) fn link(word: &str) -> Option<String> {
    let start = ["https://", "http://", "www."].iter().filter_map(|mark| find(word, mark)).min()?;
    let address = word.get(start..)?;
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split(['#', '>', '<', '"', '»', '”']).next()?;
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '…']);
    let (page, query) = address.split_once('?').unwrap_or((address, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if !host.contains('.') || host.starts_with('.') {
        return None;
    }
    let tracking = |name: &str| name.starts_with("utm_") || TRACKING.contains(&name);
    let mut parameters: Vec<&str> = query
        .split('&')
        .filter(|one| !one.is_empty() && !tracking(one.split('=').next().unwrap_or(one)))
        .collect();
    parameters.sort_unstable();
    let path = path.trim_end_matches('/');
    let mut form = format!("{host}/{path}");
    if !parameters.is_empty() {
        form = format!("{form}?{}", parameters.join("&"));
    }
    Some(form)
}

/// Where a mark stands, whatever its case. Marks are ASCII, so bytes are compared.
fn find(word: &str, mark: &str) -> Option<usize> {
    let window = |bytes: &[u8]| bytes.eq_ignore_ascii_case(mark.as_bytes());
    word.as_bytes().windows(mark.len()).position(window)
}

/// Names after a mark, in lower case, with at least one letter. A mail address is no mention.
fn marked(word: &str, mark: char) -> Vec<String> {
    let parts: Vec<&str> = word.split(mark).collect();
    let mut names = Vec::new();
    for pair in parts.windows(2) {
        if pair[0].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let named = |c: &char| c.is_alphanumeric() || *c == '_';
        let name: String = pair[1].chars().take_while(named).flat_map(char::to_lowercase).collect();
        if name.chars().any(char::is_alphabetic) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_has_one_form() {
        let forms = [
            "https://www.Example.org/a/?utm_source=x&b=2&a=1#part",
            "(HTTP://example.org/a?a=1&b=2&fbclid=z).",
            "www.example.org/a/?b=2&a=1",
        ];
        for form in forms {
            assert_eq!(link(form).unwrap(), "example.org/a?a=1&b=2", "{form}");
        }
        assert_eq!(link("https://"), None);
        assert_eq!(link("https://exemple"), None);
        assert_eq!(link("bonjour"), None);
    }

    #[test]
    fn tags_and_mentions_are_read_and_mail_addresses_are_not() {
        let found = pointers("«#Été2026 #été2026, @Lui_1 a.b@c.example #12 https://x.org/#non");
        assert_eq!(found.hashtags, ["été2026"]);
        assert_eq!(found.mentions, ["lui_1"]);
        assert_eq!(found.links, ["x.org/"]);
    }
}
