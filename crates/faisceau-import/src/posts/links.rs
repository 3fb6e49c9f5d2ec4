//! Addresses of posts and of attached pictures.
//!
//! In: what a record says. Out: text for a row. Refused: building an address from a name that
//! could change where it leads.

/// The address of a picture without what follows `?` or `#`: its signature expires, and the file
/// name, by which saved pictures are joined to posts, ends where it starts. X also writes
/// `media/AbC?format=jpg&name=large` for `media/AbC.jpg`.
pub(super) fn media(url: &str) -> Option<String> {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (kept, query) = url.split_at_checked(end)?;
    let kept = kept.trim();
    let format = query.strip_prefix("?format=").and_then(|rest| rest.split('&').next());
    match format.filter(|format| plain(format) && kept.contains("://pbs.twimg.com/")) {
        Some(format) => Some(format!("{kept}.{format}")),
        None => (!kept.is_empty()).then(|| kept.to_owned()),
    }
}

/// A name that can stand in a path as it is.
pub(super) fn plain(name: &str) -> bool {
    let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    (1..=100).contains(&name.len()) && name != "." && name != ".." && name.bytes().all(sign)
}

/// An id made of digits.
pub(super) fn number(id: &str) -> bool {
    (1..=30).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
}

/// What follows `before` in an address up to the next `/`, `?` or `#`.
pub(super) fn step_after<'u>(url: &'u str, before: &str) -> Option<&'u str> {
    let (_, rest) = url.split_once(before)?;
    rest.split(['/', '?', '#']).next().filter(|step| !step.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_cut_and_odd_names_refused() {
        let url = "https://cdn.example/a/b_n.jpg?stp=dst&_nc=1#x";
        assert_eq!(media(url).as_deref(), Some("https://cdn.example/a/b_n.jpg"));
        assert_eq!(media("?x"), None);
        let x = media("https://pbs.twimg.com/media/AbC?format=jpg&name=large");
        assert_eq!(x.as_deref(), Some("https://pbs.twimg.com/media/AbC.jpg"));
        assert!(plain("jean.d_upont-1") && !plain("a/b") && !plain("..") && !plain("é"));
        assert!(number("123") && !number("") && !number("12a"));
        assert_eq!(step_after("https://t.me/s/canal/12?x", "t.me/s/"), Some("canal"));
        assert_eq!(step_after("https://t.me/s/", "t.me/s/"), None);
    }
}
