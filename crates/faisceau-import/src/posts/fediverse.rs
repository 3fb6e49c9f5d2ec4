//! What the formats of Mastodon and its relatives share: addresses of accounts, and text.
//!
//! In: addresses and markup. Out: `user@instance`, and the text as it was typed. Refused: guessing
//! a name from an address that only has a number.

use faisceau_model::{Absent, AccountKey, Maybe, Moment, Precision, ZoneSource};
use scraper::ElementRef;

use crate::html::fragment_text;

/// The name of the platform in account keys and rows.
pub(super) const PLATFORM: &str = "mastodon";

/// `https` address without its scheme: host and path.
fn host_and_path(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    (!host.is_empty() && !host.contains('@')).then_some((host, path))
}

/// The instance of an address.
pub(super) fn instance(address: &str) -> Option<&str> {
    host_and_path(address).map(|(host, _)| host)
}

/// `user@instance`, from an address of an account or of one of its posts: `/users/name…`, or
/// `/@name…`; `None` where the address has a number instead of a name (`/ap/users/115…`).
pub(super) fn name_in(address: &str) -> Option<String> {
    let (host, path) = host_and_path(address)?;
    let after = path.strip_prefix("users/").or_else(|| path.strip_prefix('@'))?;
    let name = after.split(['/', '?', '#']).next()?;
    // `/@name@elsewhere` is how an instance shows the account of another.
    if let Some((name, elsewhere)) = name.split_once('@') {
        return is_name(name).then(|| format!("{name}@{}", elsewhere.to_lowercase()));
    }
    is_name(name).then(|| format!("{name}@{}", host.to_lowercase()))
}

fn is_name(name: &str) -> bool {
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    !name.is_empty() && name.chars().all(sound)
}

/// The account at an address: by its name, else by the address itself, which is its id.
pub(super) fn account_at(address: &str) -> AccountKey {
    AccountKey::by_id(PLATFORM, &name_in(address).unwrap_or_else(|| address.to_owned()))
}

/// The last number in the path of an address: what the instance calls the post.
pub(super) fn number_in(address: &str) -> Option<String> {
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    host_and_path(address)?.1.rsplit('/').find(digits).map(str::to_owned)
}

/// The text of a post and its markup where that differs: the warning, then the content.
pub(super) fn text(warning: Option<&str>, content: Option<&str>) -> (Maybe<String>, Maybe<String>) {
    let no_raw = Maybe::Missing(Absent::NotApplicable);
    let Some(content) = content else { return (Maybe::Missing(Absent::NotExported), no_raw) };
    let Some(body) = fragment_text(content, &is_added) else {
        return (Maybe::Missing(Absent::Unreadable), Maybe::Known(content.to_owned()));
    };
    let parts = [warning.map(str::trim).unwrap_or_default(), &body];
    let whole: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let raw = if content == body { no_raw } else { Maybe::text(content, Absent::NotApplicable) };
    (Maybe::text(&whole.join("\n\n"), Absent::NotApplicable), raw)
}

/// What the server adds to a post that quotes another, for servers that know no quotations.
fn is_added(element: &ElementRef<'_>) -> bool {
    element.value().classes().any(|class| class == "quote-inline")
}

/// When an account was created: Mastodon gives the day alone, as midnight UTC.
pub(super) fn created(text: &str) -> Option<Moment> {
    let at = Moment::from_rfc3339(text)?;
    let midnight = at.at_us().rem_euclid(86_400_000_000) == 0;
    let precision = if midnight { Precision::Day } else { at.precision() };
    Moment::new(at.at_us(), precision, ZoneSource::Explicit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_told_by_name_and_else_by_address() {
        for (address, key) in [
            ("https://social.example/users/Luc", "mastodon:Luc@social.example"),
            ("https://Social.example/@Luc/11", "mastodon:Luc@social.example"),
            ("https://social.example/@luc@Other.example", "mastodon:luc@other.example"),
            ("https://social.example/ap/users/115", "mastodon:https://social.example/ap/users/115"),
            ("https://social.example/@", "mastodon:https://social.example/@"),
        ] {
            assert_eq!(account_at(address).as_str(), key);
        }
        assert_eq!(
            number_in("https://a.example/users/x/statuses/12/activity").as_deref(),
            Some("12")
        );
    }

    #[test]
    fn text_is_what_was_typed() {
        let content = "<p>Bonjour <span class=\"h-card\"><a href=\"https://b.example/@c\">@<span>c</span></a></span><br />ça va ?</p><p class=\"quote-inline\">RE: <a href=\"x\">x</a></p><p><a href=\"https://example.org/long\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">example.org/lo</span><span class=\"invisible\">ng</span></a></p>";
        let (text, raw) = text(Some(" attention "), Some(content));
        assert_eq!(
            text,
            Maybe::Known("attention\n\nBonjour @c\nça va ?\n\nhttps://example.org/long".to_owned())
        );
        assert_eq!(raw, Maybe::Known(content.to_owned()));
        assert_eq!(super::text(None, Some("")).0, Maybe::Missing(Absent::NotApplicable));
        assert_eq!(super::text(None, None).0, Maybe::Missing(Absent::NotExported));
    }
}
