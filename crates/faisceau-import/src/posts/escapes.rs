//! Texts that a site hands out with its three HTML signs escaped: `&lt;`, `&gt;`, `&amp;`.
//!
//! In: the text as written. Out: what its author wrote, and the text as written where that
//! differs. Refused: other entities, which an author may have typed.

use faisceau_model::{Absent, Maybe};

/// The text that its author wrote. The order undoes each escape once.
pub(super) fn unescaped(text: &str) -> String {
    if text.contains('&') {
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    } else {
        text.to_owned()
    }
}

/// The text as written, where that is not the text itself.
pub(super) fn as_written(written: String, text: &str) -> Maybe<String> {
    if written == text { Maybe::Missing(Absent::NotApplicable) } else { Maybe::Known(written) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_escape_is_undone_once() {
        assert_eq!(unescaped("a &lt;b&gt; &amp; &amp;lt; &eacute;"), "a <b> & &lt; &eacute;");
        assert_eq!(as_written("&amp;".to_owned(), "&"), Maybe::Known("&amp;".to_owned()));
        assert_eq!(as_written("a".to_owned(), "a"), Maybe::Missing(Absent::NotApplicable));
    }
}
