//! Names for what was recorded: an address comes in, a label goes out, with the extension that
//! shows what it is. It is no path: the label of an exhibit is never used as one.

/// The longest part of a label that is made of the path, in characters.
const MAX_PATH: usize = 200;
/// The longest part that is made of the query, in characters.
const MAX_QUERY: usize = 80;
/// The longest extension, in characters.
const MAX_EXTENSION: usize = 8;

/// Extensions for media types, where the address has none.
const EXTENSIONS: [(&str, &str); 16] = [
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("application/json", "json"),
    ("application/activity+json", "json"),
    ("application/ld+json", "json"),
    ("application/rdap+json", "json"),
    ("text/plain", "txt"),
    ("text/csv", "csv"),
    ("text/xml", "xml"),
    ("application/xml", "xml"),
    ("application/rss+xml", "xml"),
    ("application/atom+xml", "xml"),
    ("application/pdf", "pdf"),
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("image/webp", "webp"),
];

/// A label: host, path, query, extension. `media` is the type that the server stated.
pub(crate) fn name(address: &str, media: Option<&str>) -> String {
    let bare = address.split('#').next().unwrap_or_default();
    let rest = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (stem, own) = split(path);
    let stem = match stem {
        "" => "unnamed".to_owned(),
        stem if stem.ends_with('/') => format!("{stem}index"),
        stem => stem.to_owned(),
    };
    let mut label: String = shortened(&stem, MAX_PATH);
    if !query.is_empty() {
        label.push('_');
        // A slash in a query would look like a folder.
        label.push_str(&shortened(&query.replace(['/', '\\'], "_"), MAX_QUERY));
    }
    if let Some(extension) = own.or_else(|| extension(media?)) {
        label.push('.');
        label.push_str(extension);
    }
    label
}

/// A path without its extension, and the extension. The dots of a host are none.
fn split(path: &str) -> (&str, Option<&str>) {
    let found = path.rfind('/').and_then(|slash| {
        let dot = path.rfind('.').filter(|dot| *dot > slash + 1)?;
        Some((path.get(..dot)?, path.get(dot + 1..)?))
    });
    match found {
        Some((stem, extension))
            if (1..=MAX_EXTENSION).contains(&extension.len())
                && extension.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            (stem, Some(extension))
        }
        _ => (path, None),
    }
}

fn extension(media: &str) -> Option<&'static str> {
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    EXTENSIONS.iter().find(|(known, _)| *known == media).map(|(_, extension)| *extension)
}

fn shortened(text: &str, max: usize) -> String {
    let mut out: String = text.chars().take(max).collect();
    if text.chars().nth(max).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_show_where_from_and_what() {
        let html = Some("text/html; charset=UTF-8");
        for (address, media, expected) in [
            ("https://example.org/", html, "example.org/index.html"),
            ("https://example.org", html, "example.org.html"),
            ("https://a.example/b/c.PNG?w=1#x", None, "a.example/b/c_w=1.PNG"),
            (
                "https://a.example/api/v1/x?y=../z",
                Some("application/json"),
                "a.example/api/v1/x_y=.._z.json",
            ),
            ("urn:pageinfo:https://a.example/", Some("Text/Plain"), "a.example/index.txt"),
            ("https://a.example/.hidden", None, "a.example/.hidden"),
            ("https://a.example/x.toolongext", None, "a.example/x.toolongext"),
            ("", None, "unnamed"),
            ("file:page.html", None, "file:page.html"),
        ] {
            assert_eq!(name(address, media), expected, "{address}");
        }
        let long = name(&format!("https://x/{}.jpg", "é".repeat(9999)), None);
        assert!(long.ends_with("….jpg") && long.chars().count() == MAX_PATH + 5);
    }

    proptest! {
        #[test]
        fn any_address_gives_a_bounded_label(address in ".{0,600}", media in ".{0,20}") {
            let label = name(&address, Some(&media));
            prop_assert!(!label.is_empty() && label.chars().count() <= MAX_PATH + MAX_QUERY + 20);
        }
    }
}
