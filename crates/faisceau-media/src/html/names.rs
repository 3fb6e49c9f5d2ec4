//! Names and groups of `meta`, as `ExifTool`'s module HTML makes them.

use std::borrow::Cow;

/// Microdata.
pub(super) const ITEMPROP: &str = "HTML-itemprop";

/// Prefixes that have a group of their own. `ExifTool` makes a group of any; a name with another
/// prefix is kept whole in the group `HTML`.
const GROUPS: [(&str, &str); 26] = [
    ("al", "HTML-al"),
    ("article", "HTML-article"),
    ("book", "HTML-book"),
    ("bt", "HTML-bt"),
    ("cse", "HTML-cse"),
    ("dc", "HTML-dc"),
    ("dcterms", "HTML-dcterms"),
    ("eprints", "HTML-eprints"),
    ("fb", "HTML-fb"),
    ("geo", "HTML-geo"),
    ("http-equiv", "HTTP-equiv"),
    ("music", "HTML-music"),
    ("ncc", "HTML-ncc"),
    ("o", "HTML-office"),
    ("og", "HTML-og"),
    ("place", "HTML-place"),
    ("prism", "HTML-prism"),
    ("prod", "HTML-prod"),
    ("product", "HTML-product"),
    ("profile", "HTML-profile"),
    ("sailthru", "HTML-sailthru"),
    ("twitter", "HTML-twitter"),
    ("video", "HTML-video"),
    ("vk", "HTML-vk"),
    ("vw96", "HTML-vw96"),
    ("ya", "HTML-ya"),
];

/// Names without prefix that `ExifTool` knows whatever their case.
const MAIN: [&str; 22] = [
    "Abstract",
    "Author",
    "Classification",
    "Copyright",
    "Description",
    "Distribution",
    "Formatter",
    "Generator",
    "Keywords",
    "Originator",
    "Owner",
    "Rating",
    "Refresh",
    "Robots",
    "Title",
    "ContentLanguage",
    "DocClass",
    "DocRights",
    "DocType",
    "ResourceType",
    "RevisitAfter",
    "GeneratorVersion",
];

/// The same whose name is not made from the words.
const MAIN_OTHER: [(&str, &str); 3] = [
    ("googlebot", "GoogleBot"),
    ("mssmarttagspreventparsing", "NoMSSmartTags"),
    ("progid", "ProgID"),
];

/// Of Dublin Core.
const DC: [&str; 15] = [
    "Contributor",
    "Coverage",
    "Creator",
    "Date",
    "Description",
    "Format",
    "Identifier",
    "Language",
    "Publisher",
    "Relation",
    "Rights",
    "Source",
    "Subject",
    "Title",
    "Type",
];

/// Of `http-equiv`.
const EQUIV: [&str; 23] = [
    "CacheControl",
    "ContentDisposition",
    "ContentLanguage",
    "ContentScriptType",
    "ContentStyleType",
    "ContentType",
    "DefaultStyle",
    "Expires",
    "ExtCache",
    "ImageToolbar",
    "Lotus",
    "PageEnter",
    "PageExit",
    "PicsLabel",
    "Pragma",
    "Refresh",
    "ReplyTo",
    "SetCookie",
    "SiteEnter",
    "SiteExit",
    "Vary",
    "WindowTarget",
    "Date",
];

/// Group and name of a `meta` by its `name` or `property`.
pub(super) fn named(key: &str) -> (&'static str, Cow<'static, str>) {
    let key = plain(key);
    let lower = key.to_ascii_lowercase();
    let Some((prefix, tag)) = lower.split_once([':', '.']) else {
        let known = find(&MAIN, &lower)
            .or_else(|| MAIN_OTHER.iter().find(|(of, _)| *of == lower).map(|(_, name)| *name));
        return ("HTML", known.map_or_else(|| told(key).into(), Cow::Borrowed));
    };
    // Of a name with several parts, ExifTool looks at the first two.
    let tag = tag.split([':', '.']).next().unwrap_or_default();
    let group = GROUPS.iter().find(|(of, _)| *of == prefix).map(|(_, group)| *group);
    let known = if prefix == "dc" { find(&DC, tag) } else { None };
    (group.unwrap_or("HTML"), known.map_or_else(|| told(key).into(), Cow::Borrowed))
}

/// Name of a `meta` by its `http-equiv`.
pub(super) fn equivalent(key: &str) -> Cow<'static, str> {
    let key = plain(key);
    let known = find(&EQUIV, &key.to_ascii_lowercase());
    known.map_or_else(|| format!("HTTPEquiv{}", munged(key)).into(), Cow::Borrowed)
}

/// What `ExifTool` takes for a name: up to the first sign that no name has.
fn plain(key: &str) -> &str {
    let key = key.trim();
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '-'));
    key.get(..key.find(ends).unwrap_or(key.len())).unwrap_or_default()
}

/// The known name that is made of the same letters.
fn find(known: &'static [&'static str], lower: &str) -> Option<&'static str> {
    let letters = |text: &str| text.replace('-', "");
    known.iter().find(|name| name.to_ascii_lowercase() == letters(lower)).copied()
}

/// A name of one letter gets a word before it.
fn told(key: &str) -> String {
    let name = munged(key);
    if name.chars().count() == 1 { format!("Tag{name}") } else { name }
}

/// `og:site_name` as `OgSite_name`: signs fall away, the letter behind them and the first are large.
pub(super) fn munged(key: &str) -> String {
    let mut out = String::new();
    let mut large = true;
    for c in key.chars().take(200) {
        if c.is_alphanumeric() || c == '_' {
            if large {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
            large = false;
        } else {
            large = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_exiftool() {
        for (key, group, name) in [
            ("AUTHOR", "HTML", "Author"),
            ("viewport", "HTML", "Viewport"),
            ("google-site-verification", "HTML", "GoogleSiteVerification"),
            ("citation_author", "HTML", "Citation_author"),
            ("revisit-after", "HTML", "RevisitAfter"),
            ("googlebot", "HTML", "GoogleBot"),
            ("twitter:card", "HTML-twitter", "TwitterCard"),
            ("article:published_time", "HTML-article", "ArticlePublished_time"),
            ("fb:app_id", "HTML-fb", "FbApp_id"),
            ("dcterms.created", "HTML-dcterms", "DctermsCreated"),
            ("dc.creator", "HTML-dc", "Creator"),
            ("DC.date.issued", "HTML-dc", "Date"),
            ("a.b.c", "HTML", "ABC"),
            ("x\u{1b}[31m", "HTML", "TagX"),
        ] {
            assert_eq!(named(key), (group, name.into()), "{key}");
        }
        assert_eq!(equivalent("content-type"), "ContentType");
        assert_eq!(equivalent("X-UA-Compatible"), "HTTPEquivXUACompatible");
    }
}
