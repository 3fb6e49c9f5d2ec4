//! The start of an exhibit, by which its format is told.
//!
//! In: the first bytes and the settings. Out: text, paths of JSON keys, header names, each made
//! once for all formats that ask. Refused: the file name; the one who handed the exhibit over
//! chose it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::settings::ImportSettings;

/// Deepest level of JSON keys that formats are told by.
const DEPTH: usize = 6;
/// Most key paths kept.
const PATHS: usize = 4000;

/// The start of an exhibit.
pub(crate) struct Head<'h> {
    /// The first 64 KiB, or 1 MiB on a second look.
    pub(crate) bytes: &'h [u8],
    /// The settings of the case.
    pub(crate) settings: &'h ImportSettings,
    paths: OnceCell<BTreeSet<String>>,
    text: OnceCell<Cow<'h, str>>,
}

impl<'h> Head<'h> {
    pub(crate) fn new(bytes: &'h [u8], settings: &'h ImportSettings) -> Self {
        Self { bytes, settings, paths: OnceCell::new(), text: OnceCell::new() }
    }

    /// The text without byte order mark; what is not UTF-8 is replaced.
    pub(crate) fn text(&self) -> &str {
        self.text.get_or_init(|| {
            String::from_utf8_lossy(self.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.bytes))
        })
    }

    /// Whether JSON starts here and has all these keys: `messages[].author.id` is the key `id` of
    /// the object `author` of an element of the list `messages`. A list at the top is `[]`.
    pub(crate) fn has_keys(&self, paths: &[&str]) -> bool {
        let seen = self.paths.get_or_init(|| key_paths(self.text()));
        paths.iter().all(|path| seen.contains(*path))
    }

    /// The same for keys that all stand behind `prefix`: `comments[].`.
    pub(crate) fn has_keys_at(&self, prefix: &str, keys: &[&str]) -> bool {
        keys.iter().all(|key| self.has_keys(&[&format!("{prefix}{key}")]))
    }

    /// The key paths met, for formats whose keys are translated.
    pub(crate) fn key_paths(&self) -> &BTreeSet<String> {
        self.paths.get_or_init(|| key_paths(self.text()))
    }
}

/// The paths of the keys of JSON that may be cut anywhere. Anything but JSON gives none or few.
///
/// Strings are taken as they stand between their quotes: keys with escapes are not told by.
fn key_paths(text: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let bytes = text.as_bytes();
    if !matches!(text.trim_start().as_bytes().first(), Some(b'{' | b'[')) {
        return paths;
    }
    // Lengths of `path` at each open bracket.
    let (mut path, mut open) = (String::new(), Vec::new());
    let mut string: Option<&str> = None;
    let mut at = 0;
    while at < bytes.len() && paths.len() < PATHS {
        match bytes[at] {
            b'"' => {
                let start = at + 1;
                at = start;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                string = text.get(start..at);
            }
            b':' => {
                if let Some(key) = string.take().filter(|k| k.len() <= 200 && open.len() <= DEPTH) {
                    path.truncate(open.last().copied().unwrap_or(0));
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(key);
                    paths.insert(path.clone());
                }
            }
            bracket @ (b'{' | b'[') => {
                if bracket == b'[' && open.len() <= DEPTH {
                    path.push_str("[]");
                }
                // Beyond the depth the path stands still.
                open.push(path.len());
                string = None;
            }
            b'}' | b']' => {
                open.pop();
                path.truncate(open.last().copied().unwrap_or(0));
                string = None;
            }
            b',' => {
                path.truncate(open.last().copied().unwrap_or(0));
                string = None;
            }
            _ => {}
        }
        at += 1;
    }
    paths
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paths(text: &str) -> Vec<String> {
        key_paths(text).into_iter().collect()
    }

    #[test]
    fn keys_are_found_in_json_that_is_cut() {
        let text = r#"{"a":1,"list":[{"id":"x: {","b":{"c":[1,{"d":2}]}},{"e":"#;
        let found =
            ["a", "list", "list[].b", "list[].b.c", "list[].b.c[].d", "list[].e", "list[].id"];
        assert_eq!(paths(text), found);
        assert_eq!(paths(r#"[{"a":{"b":1}},{"c":"\\\""}]"#), ["[].a", "[].a.b", "[].c"]);
        assert_eq!(paths("no: \"json\": 1"), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_fail(text in "\\PC{0,200}", json in "[{}\\[\\]\":,ab\\\\ ]{0,200}") {
            key_paths(&text);
            key_paths(&json);
        }
    }
}
