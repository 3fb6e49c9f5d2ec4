//! Where the element of a JSON pointer stands, in bytes.
//!
//! A scan that follows brackets and strings and builds nothing: it finds its way in exports that a
//! strict parser refuses (bad escapes, a thousand levels, a file cut in the middle), in the time of
//! one reading and without recursion.

use std::ops::Range;

/// The bytes of the element that `pointer` (RFC 6901) names. What stands before the first bracket
/// is skipped: an X archive assigns its list to a variable.
pub(crate) fn locate(json: &[u8], pointer: &str) -> Option<Range<usize>> {
    let mut at = json.iter().position(|b| matches!(b, b'{' | b'['))?;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        at = match json.get(at)? {
            b'{' => member(json, at + 1, &token)?,
            b'[' => element(json, at + 1, token.parse().ok()?)?,
            _ => return None,
        };
    }
    Some(at..skip_value(json, at))
}

/// The value of the member with this name; `at` is behind the opening brace.
fn member(json: &[u8], mut at: usize, name: &str) -> Option<usize> {
    loop {
        at = skip_space(json, at);
        if json.get(at) != Some(&b'"') {
            return None;
        }
        let end = skip_string(json, at);
        let key = json.get(at + 1..end.checked_sub(1)?)?;
        at = skip_space(json, end);
        if json.get(at) != Some(&b':') {
            return None;
        }
        at = skip_space(json, at + 1);
        if key == name.as_bytes() {
            return Some(at);
        }
        at = skip_comma(json, skip_value(json, at))?;
    }
}

/// The value with this index; `at` is behind the opening bracket.
fn element(json: &[u8], mut at: usize, index: usize) -> Option<usize> {
    at = skip_space(json, at);
    for _ in 0..index {
        at = skip_space(json, skip_comma(json, skip_value(json, at))?);
    }
    (!matches!(json.get(at)?, b']' | b'}')).then_some(at)
}

fn skip_comma(json: &[u8], at: usize) -> Option<usize> {
    let at = skip_space(json, at);
    (json.get(at) == Some(&b',')).then_some(at + 1)
}

fn skip_space(json: &[u8], mut at: usize) -> usize {
    while json.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The byte behind a string whose opening quote stands at `at`, or the end of the file.
fn skip_string(json: &[u8], mut at: usize) -> usize {
    at += 1;
    while let Some(byte) = json.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    json.len()
}

/// The byte behind a value, or the end of the file.
fn skip_value(json: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => {
                at = skip_string(json, at);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => match depth {
                0 => return at,
                1 => return at + 1,
                _ => depth -= 1,
            },
            b',' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'j>(json: &'j str, pointer: &str) -> Option<&'j str> {
        locate(json.as_bytes(), pointer).map(|range| json[range].trim_end())
    }

    #[test]
    fn members_and_elements_are_found() {
        let json = r#"window.x = {"a, b": [1, {"c/d": "e]\"}"}], "n": {"m": null}}"#;
        assert_eq!(at(json, "/a, b/0"), Some("1"));
        assert_eq!(at(json, "/a, b/1/c~1d"), Some(r#""e]\"}""#));
        assert_eq!(at(json, "/n/m"), Some("null"));
        assert_eq!(at(json, "/n"), Some(r#"{"m": null}"#));
        assert_eq!(at(json, "/a, b/2"), None);
        assert_eq!(at(json, "/none"), None);
    }

    #[test]
    fn bad_escapes_depth_and_a_cut_do_not_hide_what_stands_before() {
        let deep = format!(
            "{{\"x\": {}{}, \"messages\": [{{\"t\": \"a\\x1B\"}}, {{\"t\": \"cut",
            "[".repeat(5000),
            "]".repeat(5000)
        );
        assert_eq!(at(&deep, "/messages/0"), Some(r#"{"t": "a\x1B"}"#));
        assert_eq!(at(&deep, "/messages/1"), Some(r#"{"t": "cut"#));
    }
}
