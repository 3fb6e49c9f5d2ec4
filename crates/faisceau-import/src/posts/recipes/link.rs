//! Addresses on pages.
//!
//! In: what stands in `href`, and the address of the page. Out: an absolute address. Refused:
//! addresses of other schemes than http and https, and relative ones where the page has none.

/// Longest address that is kept.
const MAX_LEN: usize = 4096;

/// The host of an address, in lower case, without `www.` and port.
pub(in crate::posts) fn host(address: &str) -> Option<String> {
    let rest = after_scheme(address)?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let sound = host.contains('.')
        && host.len() <= 253
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    sound.then(|| host.to_owned())
}

/// The address that `link` means on the page `base`.
pub(super) fn resolve(link: &str, base: Option<&str>) -> Option<String> {
    let link = link.trim();
    if link.is_empty() || link.len() > MAX_LEN {
        return None;
    }
    if after_scheme(link).is_some() {
        return Some(link.to_owned());
    }
    if has_scheme(link) {
        return None;
    }
    let base = base?;
    let rest = after_scheme(base)?;
    let scheme = base.get(..base.len() - rest.len())?;
    if let Some(link) = link.strip_prefix("//") {
        return Some(format!("{scheme}{link}"));
    }
    let rest = rest.split('#').next()?;
    if link.starts_with('#') {
        return Some(format!("{scheme}{rest}{link}"));
    }
    let path_and_host = rest.split('?').next()?;
    if link.starts_with('?') {
        return Some(format!("{scheme}{path_and_host}{link}"));
    }
    let (host, path) = path_and_host.split_once('/').unwrap_or((path_and_host, ""));
    if let Some(link) = link.strip_prefix('/') {
        return Some(format!("{scheme}{host}/{link}"));
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let mut link = link;
    loop {
        if let Some(after) = link.strip_prefix("../") {
            folders.pop();
            link = after;
        } else if let Some(after) = link.strip_prefix("./") {
            link = after;
        } else {
            break;
        }
    }
    folders.push(link);
    Some(format!("{scheme}{host}/{}", folders.join("/")))
}

/// The value of a parameter in the query of an address, as it is written.
pub(super) fn parameter<'l>(link: &'l str, name: &str) -> Option<&'l str> {
    let query = link.split('#').next()?.split_once('?')?.1;
    query
        .split(['&', ';'])
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value)
}

fn after_scheme(address: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| {
        let start = address.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| address.get(scheme.len()..)).flatten()
    })
}

fn has_scheme(link: &str) -> bool {
    let name = link.split([':', '/', '?', '#']).next().unwrap_or_default();
    link.get(name.len()..).is_some_and(|rest| rest.starts_with(':'))
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_are_resolved_as_browsers_do() {
        let base = Some("https://forum.example/phpbb/viewtopic.php?t=7#p9");
        for (link, expected) in [
            (
                "./viewtopic.php?p=12#p12",
                Some("https://forum.example/phpbb/viewtopic.php?p=12#p12"),
            ),
            ("../x", Some("https://forum.example/x")),
            ("../../../x", Some("https://forum.example/x")),
            ("/x", Some("https://forum.example/x")),
            ("?p=1", Some("https://forum.example/phpbb/viewtopic.php?p=1")),
            ("#p12", Some("https://forum.example/phpbb/viewtopic.php?t=7#p12")),
            ("//cdn.example/a.png", Some("https://cdn.example/a.png")),
            ("http://other.example", Some("http://other.example")),
            ("a:b/c", None),
            ("javascript:alert(1)", None),
            ("data:image/png;base64,xx", None),
            ("", None),
        ] {
            assert_eq!(resolve(link, base).as_deref(), expected, "{link}");
        }
        assert_eq!(resolve("x", None), None);
    }

    #[test]
    fn hosts_and_parameters() {
        assert_eq!(host("https://www.Forum.Example:8080/x").as_deref(), Some("forum.example"));
        assert_eq!(
            host("https://user@forum.example@evil.example/").as_deref(),
            Some("evil.example")
        );
        assert_eq!(host("file:///C:/x.html"), None);
        assert_eq!(host("https://localhost/"), None);
        let link = "./memberlist.php?mode=viewprofile&u=54&sid=ab#x";
        assert_eq!(parameter(link, "u"), Some("54"));
        assert_eq!(parameter(link, "mod"), None);
    }
}
