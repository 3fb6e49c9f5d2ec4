//! Selections: `posts`, `posts?account=x:123&thread=y`: the rows of a table with these values.
//! `port=` wants no value, `account=*` any.

use faisceau_tables::Wanted;

/// The tables that a selection may name.
const TABLES: [&str; 28] = [
    "accounts",
    "addresses",
    "answers",
    "clock_checks",
    "comparisons",
    "connections",
    "contributions",
    "coordination_groups",
    "devices",
    "exhibits",
    "explanations",
    "identities",
    "links",
    "mail_hops",
    "mail_origins",
    "mail_verdicts",
    "media",
    "media_fields",
    "names",
    "posts",
    "raids",
    "rejects",
    "requests",
    "sign_ins",
    "signatures",
    "subscribers",
    "unknown_fields",
    "verdicts",
];

/// What a value asks for.
fn wanted(value: &str) -> Wanted {
    match value {
        "" => Wanted::Missing,
        "*" => Wanted::Known,
        text => Wanted::Text(decoded(text)),
    }
}

/// A parsed selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selection {
    /// The table.
    pub(crate) table: String,
    /// Columns and what they must hold.
    pub(crate) wanted: Vec<(String, Wanted)>,
}

impl Selection {
    /// `None` when the text is no selection.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (table, conditions) = text.split_once('?').unwrap_or((text, ""));
        if !TABLES.contains(&table) {
            return None;
        }
        let wanted = conditions
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (column, value) = pair.split_once('=')?;
                Some((column.to_owned(), wanted(value)))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self { table: table.to_owned(), wanted })
    }
}

/// Percent-decodes a value; a `%` that starts no code stands for itself.
fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = value.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_names_a_table_and_values() {
        let selection = Selection::parse("addresses?account=x:1&ip=2001:db8::1").unwrap();
        assert_eq!(selection.table, "addresses");
        assert_eq!(selection.wanted[1], ("ip".to_owned(), Wanted::Text("2001:db8::1".to_owned())));
        assert_eq!(Selection::parse("lnk:3"), None);
        assert_eq!(Selection::parse("posts?account"), None);
        assert_eq!(
            Selection::parse("posts?at=").unwrap().wanted,
            [("at".to_owned(), Wanted::Missing)]
        );
        let odd = Selection::parse("posts?account=x:a%26b%25c").unwrap();
        assert_eq!(odd.wanted[0].1, Wanted::Text("x:a&b%c".to_owned()));
        assert!(Selection::parse("rejects").unwrap().wanted.is_empty());
    }
}
