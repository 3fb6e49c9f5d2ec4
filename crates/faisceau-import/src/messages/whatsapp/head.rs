//! How a line of an export begins: date, time, and what sets them off.
//!
//! In: a line. Out: the three numbers of the date in their order, the time, the layout, and what
//! follows. Refused: deciding which number is the day, and digits other than ASCII.

use jiff::civil::Time;

/// Words between date and time in some languages.
const BETWEEN: [&str; 6] = ["à", "at", "klo", "um", "a las", "alle"];

/// How all the lines of one export begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Layout {
    /// What sets date and time off.
    pub(super) frame: Frame,
    /// The sign between the numbers of the date.
    pub(super) date: char,
    /// The sign between hours and minutes.
    clock: char,
    /// Whether seconds are written.
    pub(super) seconds: bool,
    /// Whether the clock has twelve hours.
    halves: bool,
}

/// What sets date and time off from the rest of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Frame {
    /// `[date, time] Name: text`, iOS.
    Brackets,
    /// `date, time - Name: text`, Android.
    Dash,
    /// `date time: Name: text`, iOS before 2018.
    Colon,
}

/// The start of a line, and its rest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'l> {
    pub(super) layout: Layout,
    /// The numbers of the date as they are written.
    pub(super) numbers: [i16; 3],
    /// How many digits each has.
    pub(super) widths: [usize; 3],
    /// The time of day, or none where the clock cannot show it.
    pub(super) clock: Option<Time>,
    /// Date and time as written.
    pub(super) raw: &'l str,
    /// What follows.
    pub(super) rest: &'l str,
}

/// Marks without width that the application puts around words.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// White space and marks.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_mark(c)
}

/// The start of a message, if the line has one.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    let mut rest = Cursor(line);
    rest.blanks();
    let brackets = rest.sign(&['[']).is_some();
    rest.blanks();
    let start = rest.0;
    let (first, first_width) = rest.number(4)?;
    let date = rest.sign(&['/', '.', '-'])?;
    rest.blanks();
    let (second, second_width) = rest.number(4)?;
    rest.sign(&[date])?;
    rest.blanks();
    let (third, third_width) = rest.number(4)?;
    rest.sign(&[',', '.', '،']);
    if !rest.blanks() {
        return None;
    }
    if let Some(word) = BETWEEN.iter().find(|word| rest.0.starts_with(*word)) {
        rest.0 = rest.0.get(word.len()..)?;
        rest.blanks().then_some(())?;
    }
    let (mut hour, _) = rest.number(2)?;
    let clock = rest.sign(&[':', '.', 'h'])?;
    let (minute, width) = rest.number(2)?;
    let seconds = rest.sign(&[clock]).and_then(|_| rest.number(2));
    let half = rest.half();
    if width != 2 || seconds.is_some_and(|(_, width)| width != 2) {
        return None;
    }
    let raw = start.get(..start.len() - rest.0.len())?.trim_matches(is_blank);
    let frame = rest.frame(brackets)?;
    let mut possible = true;
    if let Some(afternoon) = half {
        possible = (1..=12).contains(&hour);
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    let second_of = seconds.map_or(0, |(second, _)| second);
    let time = Time::new(hour as i8, minute as i8, second_of as i8, 0).ok();
    Some(Head {
        layout: Layout { frame, date, clock, seconds: seconds.is_some(), halves: half.is_some() },
        numbers: [first, second, third],
        widths: [first_width, second_width, third_width],
        clock: time.filter(|_| possible),
        raw,
        rest: rest.0,
    })
}

/// What is left of a line.
struct Cursor<'l>(&'l str);

impl Cursor<'_> {
    /// Passes blanks; whether there was white space among them.
    fn blanks(&mut self) -> bool {
        let after = self.0.trim_start_matches(is_blank);
        let passed = self.0.get(..self.0.len() - after.len()).unwrap_or_default();
        self.0 = after;
        passed.chars().any(char::is_whitespace)
    }

    /// One of these signs.
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.0.chars().next().filter(|c| signs.contains(c))?;
        self.0 = self.0.get(sign.len_utf8()..)?;
        Some(sign)
    }

    /// A number of at most `most` digits, and how many it has.
    fn number(&mut self, most: usize) -> Option<(i16, usize)> {
        let width = self.0.bytes().take_while(u8::is_ascii_digit).count();
        if width == 0 || width > most {
            return None;
        }
        let number = self.0.get(..width)?.parse().ok()?;
        self.0 = self.0.get(width..)?;
        Some((number, width))
    }

    /// `AM`, `p.m.`, `a. m.`; whether it is the afternoon.
    fn half(&mut self) -> Option<bool> {
        let mut ahead = Cursor(self.0);
        ahead.blanks();
        let afternoon = ahead.sign(&['p', 'P', 'a', 'A'])?.eq_ignore_ascii_case(&'p');
        ahead.sign(&['.']);
        ahead.blanks();
        ahead.sign(&['m', 'M'])?;
        ahead.sign(&['.']);
        self.0 = ahead.0;
        Some(afternoon)
    }

    /// What closes the head.
    fn frame(&mut self, brackets: bool) -> Option<Frame> {
        if brackets {
            self.blanks();
            self.sign(&[']'])?;
            self.0 = self.0.trim_start_matches(char::is_whitespace);
            return Some(Frame::Brackets);
        }
        let frame = if self.blanks() {
            self.sign(&['-', '–'])?;
            Frame::Dash
        } else {
            self.sign(&[':'])?;
            Frame::Colon
        };
        let after = self.0.trim_start_matches(char::is_whitespace);
        (after.len() < self.0.len()).then(|| {
            self.0 = after;
            frame
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(Frame, [i16; 3], String, &str)> {
        head(line).map(|h| {
            let clock = h.clock.map_or_else(|| "never".to_owned(), |clock| clock.to_string());
            (h.layout.frame, h.numbers, clock, h.rest)
        })
    }

    #[test]
    fn the_written_layouts_are_read() {
        use Frame::{Brackets, Colon, Dash};
        for (line, frame, numbers, clock) in [
            ("12/03/2025 09:14 - a: m", Dash, [12, 3, 2025], "09:14:00"),
            ("12/03/2025, 09:14 - a: m", Dash, [12, 3, 2025], "09:14:00"),
            ("12/03/2025 à 09:14 - a: m", Dash, [12, 3, 2025], "09:14:00"),
            ("3/6/18, 1:55 p.m. - a: m", Dash, [3, 6, 18], "13:55:00"),
            ("3/6/18, 1:55\u{202f}PM - a: m", Dash, [3, 6, 18], "13:55:00"),
            ("3/6/18, 12:05 AM - a: m", Dash, [3, 6, 18], "00:05:00"),
            ("13.6.2018 klo 21.25 - a: m", Dash, [13, 6, 2018], "21:25:00"),
            ("[12/03/2024, 14:23:11] a: m", Brackets, [12, 3, 2024], "14:23:11"),
            ("\u{200e}[12/03/2024 14:23:11] a: m", Brackets, [12, 3, 2024], "14:23:11"),
            ("[9/20/26, 1:58:02\u{202f}PM] a: m", Brackets, [9, 20, 26], "13:58:02"),
            ("[13.06.18, 21:25:15] a: m", Brackets, [13, 6, 18], "21:25:15"),
            ("[2018/06/13, 21:25:15] a: m", Brackets, [2018, 6, 13], "21:25:15"),
            ("13. 6. 2018. 21:25 - a: m", Dash, [13, 6, 2018], "21:25:00"),
            ("13.06.18 21.25.15: a: m", Colon, [13, 6, 18], "21:25:15"),
            ("12/03/2025 25:14 - a: m", Dash, [12, 3, 2025], "never"),
            ("12/03/2025, 13:14 PM - a: m", Dash, [12, 3, 2025], "never"),
        ] {
            assert_eq!(read(line), Some((frame, numbers, clock.to_owned(), "a: m")), "{line}");
        }
    }

    #[test]
    fn other_lines_are_not() {
        for line in [
            "",
            "Rendez-vous le 12/03/2025 09:14 - a: m",
            "12/03-2025 09:14 - a: m",
            "12/03/2025 09:14 a: m",
            "12/03/2025 9:1 - a: m",
            "12/03/2025",
            "[12/03/2025, 09:14 a: m",
            "2016-04-29 10:30:00",
            "12/03/20255 09:14 - a: m",
            "\u{200e}",
            "[",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn date_and_time_are_kept_as_written() {
        let found = head("\u{200e}[9/20/26, 1:58:02\u{202f}PM] a: m").unwrap();
        assert_eq!(found.raw, "9/20/26, 1:58:02\u{202f}PM");
    }
}
