//! Links that tell whoever made them that somebody followed them.
//!
//! In: an address of the web. Out: the reason why following it could alert, or none. Nothing here
//! proves that a link is harmless: any site keeps a log. Names of link loggers and of parameters
//! were written down in 2026 from public documentation of newsletters and from lists of loggers; they
//! age.

use url::Url;

/// Services that exist to log who follows a link, with the names that they lend.
const LOGGERS: [&str; 30] = [
    "2no.co",
    "bitly.gg",
    "blasze.com",
    "blasze.tk",
    "bmwforum.co",
    "canarytokens.com",
    "canarytokens.org",
    "catsnthing.com",
    "curiouscat.club",
    "ezstat.ru",
    "fortnitechat.site",
    "gamingfun.me",
    "grabify.icu",
    "grabify.link",
    "ip-grabber.com",
    "iplis.ru",
    "iplogger.co",
    "iplogger.com",
    "iplogger.info",
    "iplogger.org",
    "iplogger.ru",
    "joinmy.site",
    "leancoding.co",
    "maper.info",
    "mypic.icu",
    "spottyfly.com",
    "stopify.co",
    "webresolver.nl",
    "whatstheirip.com",
    "yip.su",
];

/// Parameters that newsletters and platforms give to one reader.
const PERSONAL: [&str; 22] = [
    "_hsenc",
    "_hsmi",
    "access_token",
    "auth",
    "ck_subscriber_id",
    "email",
    "fbclid",
    "gclid",
    "igsh",
    "igshid",
    "invite",
    "key",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "otp",
    "rcpt",
    "recipient",
    "share_id",
    "sig",
    "token",
    "vero_id",
];

/// Words of a path that does something rather than shows something.
const ACTIONS: [&str; 12] = [
    "activate",
    "click",
    "confirm",
    "invite",
    "join",
    "logout",
    "open",
    "optout",
    "pixel",
    "track",
    "unsubscribe",
    "verify",
];

/// Why following this address could tell somebody of it.
pub fn may_alert(url: &Url) -> Option<String> {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let inside = |domain: &&str| {
        host.strip_suffix(*domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if let Some(logger) = LOGGERS.iter().find(|domain| inside(domain)) {
        return Some(format!("{logger} exists to log who follows a link"));
    }
    for (name, value) in url.query_pairs() {
        let name = faisceau_model::excerpt(&name, 40);
        if PERSONAL.contains(&name.to_ascii_lowercase().as_str()) {
            return Some(format!("`{name}=` is given to one reader, and would tell which"));
        }
        if value.contains('@') {
            return Some(format!("`{name}=` holds a mail address"));
        }
        if is_code(&value) {
            return Some(format!("`{name}=` is a long code, which may be of one reader"));
        }
    }
    let mut steps = url.path_segments()?;
    let step = steps.find(|step| ACTIONS.contains(&step.to_ascii_lowercase().as_str()))?;
    Some(format!("`/{}` does something rather than shows something", step.to_ascii_lowercase()))
}

/// Whether a text looks drawn by chance: long, of letters and figures mixed.
fn is_code(text: &str) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='));
    let changes = text
        .as_bytes()
        .windows(2)
        .filter(|two| two[0].is_ascii_digit() != two[1].is_ascii_digit())
        .count();
    text.len() >= 20 && plain && changes >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_one_reader_are_told_from_public_ones() {
        for link in [
            "https://grabify.link/AB12CD",
            "https://www.iplogger.org/x",
            "https://site.example.org/a?fbclid=1",
            "https://site.example.org/a?u=camille%40example.org",
            "https://site.example.org/a?x=9fA3b7Kq0Zt5Lm2Wv8Yc",
            "https://site.example.org/newsletter/unsubscribe",
        ] {
            assert!(may_alert(&link.parse().unwrap()).is_some(), "{link}");
        }
        for link in [
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=12",
            "https://forum.example.org/viewtopic.php?t=123&p=4567#p4567",
            "https://x.com/name/status/1460323737035677698",
            "https://example.org/?q=une-longue-recherche-de-plusieurs-mots",
            "https://notgrabify.link/",
            "https://example.org/opening/hours",
        ] {
            assert_eq!(may_alert(&link.parse().unwrap()), None, "{link}");
        }
    }
}
