//! The words of a phpBB text, without markup and without what was quoted from others.
//!
//! In: a text as the table holds it: since 3.2 an XML form (`<r>…<QUOTE …><s>[quote]</s>…`), before
//! that `BBCode` whose tags end in a mark of the post (`[b:1a2b3c4d]`). Out: what the author typed.
//! Refused: nothing; what is not understood stays.

/// The words of a text; `mark` is the post's `bbcode_uid`.
pub(super) fn words(text: &str, mark: Option<&str>) -> String {
    let plain = if text.starts_with("<r>") || text.starts_with("<t>") {
        without_elements(text)
    } else {
        let text = without_elements(text);
        match mark {
            Some(mark) => without_tags(&text, mark),
            None => text,
        }
    };
    decoded(plain.trim())
}

/// Without elements; those that hold what the author did not write, with what is in them.
fn without_elements(text: &str) -> String {
    // `<s>` and `<e>` hold the tags themselves, `<i>` what the parser drops.
    const DROPPED: [&str; 4] = ["QUOTE", "s", "e", "i"];
    let (mut out, mut rest) = (String::new(), text);
    let mut dropped = 0_usize;
    while let Some((before, after)) = rest.split_once('<') {
        if dropped == 0 {
            out.push_str(before);
        }
        let Some((tag, next)) = element(after) else {
            if dropped == 0 {
                out.push('<');
            }
            rest = after;
            continue;
        };
        let name = tag.trim_start_matches('/').split([' ', '/', '\t', '\n']).next();
        if name.is_some_and(|name| DROPPED.contains(&name)) && !tag.ends_with('/') {
            dropped = if tag.starts_with('/') { dropped.saturating_sub(1) } else { dropped + 1 };
        }
        rest = next;
    }
    if dropped == 0 {
        out.push_str(rest);
    }
    out
}

/// The inside of an element or comment, and what follows it; attributes hold no bare `>`.
fn element(after: &str) -> Option<(&str, &str)> {
    let starts = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    after.split_once('>').filter(|_| starts)
}

/// Without the tags that carry the mark; a quotation with what is in it.
fn without_tags(text: &str, mark: &str) -> String {
    let end = format!(":{mark}]");
    let (mut out, mut rest) = (String::new(), text);
    let mut quotes = 0_usize;
    while let Some((before, after)) = rest.split_once(end.as_str()) {
        let (words, tag) = before.rsplit_once('[').unwrap_or((before, ""));
        if quotes == 0 {
            out.push_str(words);
        }
        let name = tag.split(['=', ':']).next().unwrap_or_default();
        match name {
            "quote" => quotes += 1,
            "/quote" => quotes = quotes.saturating_sub(1),
            _ => {}
        }
        rest = after;
    }
    if quotes == 0 {
        out.push_str(rest);
    }
    out
}

/// The five characters that the forum writes as entities.
pub(super) fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#039;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quotations_and_markup_go_and_words_stay() {
        let text = "<r><QUOTE author=\"Ann\" post_id=\"3\"><s>[quote=Ann]</s>her words \
                    <QUOTE><s>[quote]</s>older<e>[/quote]</e></QUOTE><e>[/quote]</e></QUOTE>\n\
                    mine <B><s>[b]</s>loud<e>[/b]</e></B> &lt;3 &amp;lt;<br/>\nend <E>:)</E></r>";
        assert_eq!(words(text, None), "mine loud <3 &lt;\nend :)");
        let old =
            "[quote=&quot;Ann&quot;:1a2b]her words[/quote:1a2b]mine [b:1a2b]loud[/b:1a2b] [b]x";
        assert_eq!(words(old, Some("1a2b")), "mine loud [b]x");
        assert_eq!(words("<t>a &quot;b&quot;</t>", None), "a \"b\"");
        assert_eq!(words("1 < 2 and 3 > 2", None), "1 < 2 and 3 > 2");
        assert_eq!(words("<r><QUOTE>never closed", None), "");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(<r>|</?QUOTE|<s>|>|\\[quote|:u\\]|é|&lt;| )*") {
            let _ = words(&text, Some("u"));
        }
    }
}
