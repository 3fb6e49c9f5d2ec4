//! Geographic positions in a text, which no filed version holds.
//!
//! In: the positions of the images of the case; a text. Out: where in it a pair of coordinates
//! stands (two numbers of three decimals or more that can be a latitude and a longitude, or degrees
//! and minutes), and any number that is a coordinate of an image, rounded or not. The counts of the
//! English edition, `1,234`, are none.

use faisceau_model::Maybe;
use faisceau_model::rows::Media;

use crate::language::Language;

/// Decimals from which a number can be a coordinate: a hundred metres.
const DECIMALS: usize = 3;
/// Characters between the two numbers of a pair.
const BETWEEN: usize = 4;

/// The coordinates of the images.
#[derive(Debug, Default)]
pub(super) struct Positions {
    known: Vec<f64>,
}

/// A number with its decimals.
#[derive(Debug, Clone, Copy)]
struct Number {
    start: usize,
    end: usize,
    value: f64,
    decimals: usize,
    /// It may be an English count, its thousands apart: `12,345`.
    grouped: bool,
}

/// What replaces a position.
pub(super) fn gone(lang: Language) -> &'static str {
    lang.pick("[position retirée]", "[position removed]")
}

impl Positions {
    pub(super) fn of(media: &[Media]) -> Self {
        let of = |value: &Maybe<f64>| value.known().copied();
        let both = media.iter().flat_map(|row| [of(&row.latitude), of(&row.longitude)]);
        let mut known: Vec<f64> = both.flatten().map(f64::abs).collect();
        known.sort_by(f64::total_cmp);
        known.dedup();
        Self { known }
    }

    /// The stretches of a text that are positions. `counted` says of a byte whether it stands in
    /// words that set thousands apart by commas.
    pub(super) fn find(&self, text: &str, counted: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
        let mut numbers = numbers(text);
        numbers.retain(|n| !(n.grouped && counted(n.start) && counted(n.end - 1)));
        let mut out: Vec<(usize, usize)> = Vec::new();
        out.extend(numbers.iter().filter(|n| self.holds(n)).map(|n| (n.start, n.end)));
        for pair in numbers.windows(2) {
            let [one, other] = pair else { continue };
            let between = text.get(one.end..other.start).unwrap_or_default();
            let near = between.chars().count() <= BETWEEN
                && between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|'))
                && !between.is_empty();
            if near && one.value <= 90.0 && other.value <= 180.0 {
                out.push((one.start, other.end));
            }
        }
        out.extend(degrees(text));
        out
    }

    /// Whether a number is a coordinate of an image, to as many decimals as it has.
    fn holds(&self, number: &Number) -> bool {
        let mut unit = 1.0;
        for _ in 0..number.decimals {
            unit /= 10.0;
        }
        let low = self.known.partition_point(|known| *known < number.value - unit);
        self.known.get(low).is_some_and(|known| *known <= number.value + unit)
    }
}

/// The numbers of a text that can be coordinates, without their signs.
fn numbers(text: &str) -> Vec<Number> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) {
            at += 1;
        }
        let whole = at - start;
        let point = bytes.get(at).is_some_and(|b| matches!(b, b'.' | b','));
        if !point || !digit(at + 1) {
            continue;
        }
        let from = at + 1;
        at = from;
        while digit(at) {
            at += 1;
        }
        let decimals = at - from;
        let goes_on = bytes.get(at) == Some(&b'.') && digit(at + 1);
        let follows = start > 0 && bytes.get(start - 1) == Some(&b'.');
        // What was cut has fewer decimals than it had.
        let cut = text.get(at..).is_some_and(|rest| rest.starts_with('…'));
        let least = if cut { 1 } else { DECIMALS };
        if whole > 3 || !(least..=15).contains(&decimals) || goes_on || follows {
            continue;
        }
        let written = text.get(start..at).unwrap_or_default().replace(',', ".");
        let Ok(value) = written.parse::<f64>() else { continue };
        let signed = text.get(..start).unwrap_or_default();
        let sign = signed.chars().next_back().filter(|c| matches!(c, '-' | '+' | '−'));
        let start = start - sign.map_or(0, char::len_utf8);
        let comma = bytes.get(from - 1) == Some(&b',');
        let grouped = comma && decimals == 3 && value >= 1.0 && !cut;
        if value <= 180.0 {
            out.push(Number { start, end: at, value, decimals, grouped });
        }
    }
    out
}

/// `48° 51′ 24″ N`: digits around a degree sign, with minutes.
fn degrees(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (at, sign) in text.match_indices('°') {
        let before = text.get(..at).unwrap_or_default();
        let start = before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let rest = text.get(at + sign.len()..).unwrap_or_default();
        let part = |c: char| c.is_ascii_digit() || c.is_whitespace() || "'′’\"″”.,".contains(c);
        let body = rest.find(|c: char| !part(c)).map_or(rest, |end| rest.get(..end).unwrap_or(""));
        let minutes =
            body.contains(['\'', '′', '’']) && body.contains(|c: char| c.is_ascii_digit());
        let letter = rest.get(body.len()..).unwrap_or_default().chars().next();
        let letter = letter.filter(|c| matches!(c, 'N' | 'S' | 'E' | 'W' | 'O'));
        if minutes && start < before.trim_end().len() {
            let body = if letter.is_some() { body } else { body.trim_end() };
            let end = at + sign.len() + body.len() + letter.map_or(0, char::len_utf8);
            out.push((start, end));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(known: &[f64], text: &str) -> Vec<String> {
        found(known, text, false)
    }

    fn found(known: &[f64], text: &str, counted: bool) -> Vec<String> {
        let positions = Positions { known: known.to_vec() };
        let spans = positions.find(text, |_| counted);
        spans.into_iter().map(|(s, e)| text[s..e].to_owned()).collect()
    }

    #[test]
    fn pairs_and_known_numbers_are_positions() {
        assert_eq!(gone(&[], "à 48.8566, 2.3522 !"), ["48.8566, 2.3522"]);
        assert_eq!(gone(&[], "48,8566 / −2,3522"), ["48,8566 / −2,3522"]);
        assert_eq!(gone(&[48.856_613], "lat=48.8566"), ["48.8566"]);
        assert_eq!(gone(&[48.856_613], "lat 48.8…"), ["48.8"]);
        assert_eq!(gone(&[], "48.8566, 2.3…"), ["48.8566, 2.3"]);
        assert_eq!(gone(&[], "48° 51′ 24″ N, ici"), ["48° 51′ 24″ N"]);
    }

    #[test]
    fn english_counts_are_none_in_the_words_of_the_note() {
        let none: [&str; 0] = [];
        for text in ["1,234 / 2,345", "1,234,567; 48,857", "48,857"] {
            assert_eq!(found(&[48.856_613], text, true), none, "{text}");
            assert_ne!(found(&[48.856_613], text, false), none, "{text}");
        }
        for text in ["48,8566; 2,3522", "48.857, 2.352", "0,123 / 2,3456", "48,85…"] {
            assert_ne!(found(&[48.856_613], text, true), none, "{text}");
        }
    }

    #[test]
    fn addresses_and_figures_are_none() {
        let none: [&str; 0] = [];
        for text in ["192.0.2.17 192.0.2.18", "+4,03 [+2,64 ; +4,95]", "1.234", "20 °C", "n° 12"]
        {
            assert_eq!(gone(&[48.856_613], text), none, "{text}");
        }
    }
}
