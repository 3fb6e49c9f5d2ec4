//! Links and mail addresses around a name.
//!
//! In: a text and a span in it. Out: the span with the rest of the link, which leads to whom it
//! names, or with the whole mail address.

use super::spans::Span;

/// Whether a word without blanks is, or begins, a link.
pub(super) fn is_link(token: &str) -> bool {
    if token.contains("://") {
        return true;
    }
    let host = token.split('/').next().unwrap_or_default();
    let ends = host.rsplit_once('.').map(|(_, top)| top);
    token.contains('/')
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        && ends.is_some_and(|top| top.len() > 1 && top.chars().all(|c| c.is_ascii_alphabetic()))
}

/// The rest of a link leads to whom it names, and so does a mail address.
pub(super) fn widen(text: &str, span: &mut Span) {
    let stop = |c: char| {
        c.is_whitespace() || matches!(c, '«' | '»' | '“' | '”' | '"' | '<' | '>' | '…' | '`')
    };
    let from = text.get(..span.start).unwrap_or_default();
    let start =
        from.rfind(stop).map_or(0, |at| at + from[at..].chars().next().map_or(1, char::len_utf8));
    let rest = text.get(span.end..).unwrap_or_default();
    let end = rest.find(stop).map_or(text.len(), |at| span.end + at);
    let trailing =
        |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'');
    let token = text.get(start..end).unwrap_or_default();
    let before = text.get(start..span.start).unwrap_or_default();
    let after = text.get(span.end..end).unwrap_or_default().trim_end_matches(trailing);
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let domain = after.strip_prefix('@').or_else(|| {
        after.trim_start_matches(local).strip_prefix('@').filter(|_| !before.contains("://"))
    });
    if domain.is_some_and(|domain| domain.starts_with(char::is_alphanumeric)) {
        let kept = before.trim_end_matches(local).len();
        span.start = start + kept;
        let ends = domain.and_then(|d| d.find(|c: char| !local(c))).unwrap_or(usize::MAX);
        let at = after.find('@').map_or(0, |at| at + 1);
        span.end += at.saturating_add(ends).min(after.len());
    } else if is_link(token) || is_link(before) {
        if let Some((scheme, _)) = token.split_once("://") {
            let host = start + scheme.len() + 3;
            let path = text.get(host..end).and_then(|t| t.find('/')).map_or(end, |at| host + at);
            if (host..path).contains(&span.start) {
                span.start = host;
            }
        }
        span.end = span.end.max(span.end + after.len());
    }
}
