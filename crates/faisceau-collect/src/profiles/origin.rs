//! Addresses that are asked, and those that an answer names.
//!
//! In: texts. Out: addresses of HTTP without credentials. Refused: an address that an answer names
//! and that is of another origin (scheme, host and port, RFC 6454) than the one that was asked:
//! asking it would tell somebody else of the case, and the one who wrote it chose whom.

use url::Url;

/// Longest address that an answer may name, in bytes.
const MAX_ADDRESS: usize = 4096;

/// An address that the user gave, of a service or of a feed.
pub(super) fn given(text: &str) -> Result<Url, &'static str> {
    if text.len() > MAX_ADDRESS {
        return Err("it is too long");
    }
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err("it holds white space or control characters");
    }
    let url = Url::parse(text).map_err(|_| "it is no URL")?;
    sound(&url)?;
    Ok(url)
}

/// The address of a service, below which its paths stand.
pub(super) fn base(text: &str) -> Result<Url, &'static str> {
    let url = given(text)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it has a query or a fragment");
    }
    Ok(url)
}

fn sound(url: &Url) -> Result<(), &'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("it is neither http nor https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds credentials");
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("it has no host");
    }
    Ok(())
}

/// A path below a base, with a query. The steps and values are encoded.
pub(super) fn below(base: &Url, path: &[&str], query: &[(&str, &str)]) -> Url {
    let mut url = base.clone();
    if let Ok(mut steps) = url.path_segments_mut() {
        steps.pop_if_empty().extend(path);
    }
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    url
}

/// Why an address that an answer names is not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// It is of another origin.
    Elsewhere(String),
    /// It is no address.
    Unreadable,
}

/// An address that an answer from `asked` names, if it is of the same origin.
pub(super) fn named(asked: &Url, text: &str) -> Result<Url, Named> {
    if text.len() > MAX_ADDRESS {
        return Err(Named::Unreadable);
    }
    let mut url = asked.join(text.trim()).map_err(|_| Named::Unreadable)?;
    url.set_fragment(None);
    let same = url.origin() == asked.origin() && sound(&url).is_ok();
    same.then_some(url).ok_or_else(|| Named::Elsewhere(faisceau_model::excerpt(text, 200)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_user_gives_is_an_address_without_credentials() {
        assert!(given("https://social.example.net").is_ok());
        for bad in [
            "file:///etc/passwd",
            "https://user:pass@social.example.net",
            "https://user@social.example.net",
            "javascript:1",
            "https://a.example.net/\r\nX: y",
            "social.example.net",
            "",
        ] {
            assert!(given(bad).is_err(), "{bad}");
        }
        assert!(base("https://a.example.net/?x").is_err());
    }

    #[test]
    fn steps_and_values_are_encoded() {
        let base = base("https://a.example.net/p/").unwrap();
        let url = below(&base, &["x/../y", "%2e"], &[("q", "a&b=c\r\n")]);
        assert_eq!(url.as_str(), "https://a.example.net/p/x%2F..%2Fy/%252e?q=a%26b%3Dc%0D%0A");
    }

    #[test]
    fn an_answer_names_its_own_origin_or_nothing() {
        let asked = Url::parse("https://a.example.net/x/y?page=1").unwrap();
        assert_eq!(named(&asked, "?page=2").unwrap().as_str(), "https://a.example.net/x/y?page=2");
        assert_eq!(named(&asked, "/z#f").unwrap().as_str(), "https://a.example.net/z");
        for elsewhere in [
            "https://b.example.net/x",
            "http://a.example.net/x",
            "https://a.example.net:8443/x",
            "//127.0.0.1/x",
            "https://me:you@a.example.net/x",
            "file:///etc/passwd",
            "data:,x",
            "https://a.example.net@127.0.0.1/",
        ] {
            assert!(matches!(named(&asked, elsewhere), Err(Named::Elsewhere(_))), "{elsewhere}");
        }
        assert_eq!(named(&asked, "http://["), Err(Named::Unreadable));
    }

    proptest! {
        #[test]
        fn whatever_is_named_the_origin_stays(text in "\\PC{0,80}") {
            let asked = Url::parse("https://a.example.net/x").unwrap();
            if let Ok(url) = named(&asked, &text) {
                prop_assert_eq!(url.origin(), asked.origin());
                prop_assert!(url.username().is_empty());
            }
        }
    }
}
