//! Selections such as `posts?account=x:123`: many rows named without listing each.
//!
//! In: a table, columns and their values. Out: a text from which every value can be read back,
//! whatever it holds.

use std::fmt::Write as _;

/// The rows of `table` whose columns have these values. `%`, `&` and control characters of a
/// value are percent-encoded, for an account key may hold them.
pub fn selection(table: &str, columns: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        columns.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    format!("{table}?{}", pairs.join("&"))
}

fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if c == '%' || c == '&' || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::AccountKey;

    #[test]
    fn a_value_cannot_add_a_column() {
        let key = AccountKey::by_handle("x", "a&ip=1%");
        assert_eq!(
            selection("posts", &[("account", key.as_str())]),
            "posts?account=x:@a%26ip=1%25"
        );
    }
}
