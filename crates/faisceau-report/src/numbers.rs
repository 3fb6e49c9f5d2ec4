//! Numbers and lists with the signs of a language given.
//!
//! In: a value and the signs. Out: its characters. Nothing is computed: a number is rounded to the
//! digits shown and nothing else. [`crate::french`] and [`crate::english`] give the signs.

/// A count with its thousands apart.
pub(crate) fn grouped(n: impl TryInto<i64>, separator: &str) -> String {
    let n = n.try_into().unwrap_or(i64::MAX);
    let digits = n.unsigned_abs().to_string();
    let mut out = String::from(if n < 0 { "\u{2212}" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
    out
}

/// A decimal; what is rounded to nothing has no sign.
pub(crate) fn decimal(x: f64, digits: usize, point: &str) -> String {
    let text = format!("{:.digits$}", x.abs()).replace('.', point);
    let negative = x < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if negative { format!("\u{2212}{text}") } else { text }
}

/// The first `max` items with a word before the last, or before how many more there are, which
/// `others` words.
pub(crate) fn listed(
    items: &[String],
    max: usize,
    and: &str,
    others: impl Fn(usize) -> String,
) -> String {
    let hidden = items.len().saturating_sub(max);
    match items.get(..items.len() - hidden).unwrap_or_default() {
        [one] if hidden == 0 => one.clone(),
        [first @ .., last] if hidden == 0 => format!("{} {and} {last}", first.join(", ")),
        shown => format!("{} {and} {}", shown.join(", "), others(hidden)),
    }
}
