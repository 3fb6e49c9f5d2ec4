//! Fields that a file of sites wants sent.
//!
//! In: names and values. Out: those that are sent. Refused: whatever could log in, name somebody,
//! or change how the request is framed (RFC 9110): only a few fields are known to do none of that.
//! The `User-Agent` of the file is not sent: the client says what it is.

use std::collections::BTreeMap;

use faisceau_model::excerpt;

/// Fields that may be sent.
const ALLOWED: [&str; 5] =
    ["accept", "accept-language", "cache-control", "content-type", "x-requested-with"];
/// Fields that are left out, and what is asked is the same.
const OWN: [&str; 2] = ["user-agent", "accept-encoding"];
/// Longest value, in bytes.
const MAX_VALUE: usize = 512;

/// The fields that are sent, or why the site is not asked.
pub(super) fn of(headers: &BTreeMap<String, String>) -> Result<Vec<(String, String)>, String> {
    let mut fields = Vec::new();
    for (name, value) in headers {
        let lower = name.to_ascii_lowercase();
        if OWN.contains(&lower.as_str()) {
            continue;
        }
        if !ALLOWED.contains(&lower.as_str()) {
            let name = excerpt(name, 40);
            return Err(format!(
                "it wants the field `{name}`, which could log in or name somebody"
            ));
        }
        let sound = |byte: u8| byte == b'\t' || (b' '..=b'~').contains(&byte);
        if value.len() > MAX_VALUE || !value.bytes().all(sound) {
            return Err(format!("the value of its field `{lower}` cannot be sent"));
        }
        fields.push((lower, value.clone()));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, value: &str) -> Result<Vec<(String, String)>, String> {
        of(&BTreeMap::from([(name.to_owned(), value.to_owned())]))
    }

    #[test]
    fn fields_that_log_in_or_frame_are_refused() {
        assert_eq!(
            one("Accept", "text/html").unwrap(),
            [("accept".to_owned(), "text/html".to_owned())]
        );
        assert_eq!(one("User-Agent", "Mozilla/5.0").unwrap(), []);
        for (name, value) in [
            ("Cookie", "a=b"),
            ("Authorization", "Bearer x"),
            ("X-Api-Key", "x"),
            ("Host", "127.0.0.1"),
            ("Content-Length", "0"),
            ("Transfer-Encoding", "chunked"),
            ("Accept\r\nCookie", "a"),
            ("accept", "a\r\nCookie: b"),
            ("accept", "a\0"),
            ("accept", "é"),
            ("", "x"),
        ] {
            assert!(one(name, value).is_err(), "{name:?}");
        }
        assert!(one("accept", &"x".repeat(MAX_VALUE + 1)).is_err());
    }
}
