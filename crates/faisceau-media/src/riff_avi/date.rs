//! Dates of AVI: as C writes them, or as cameras do.
//!
//! In: a text. Out: `2012:09:10 20:52:00`, or the text itself where it has another form.

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `Mon Sep 10 20:52:00 2012`, `2001/ 1/27  1:42PM`, `2005/11/28/ 09:19`, `2002-12-16  15:35:01`.
pub(super) fn from_text(text: &str) -> String {
    let text = text.trim();
    of_c(text).or_else(|| of_cameras(text)).unwrap_or_else(|| text.to_owned())
}

fn of_c(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_ascii_whitespace().take(6).collect();
    let [_, month, day, clock, year, ..] = words.as_slice() else { return None };
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))? + 1;
    let (year, day): (u16, u8) = (year.parse().ok()?, day.parse().ok()?);
    Some(format!("{year:04}:{month:02}:{day:02} {clock}"))
}

fn of_cameras(text: &str) -> Option<String> {
    let mut numbers =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|word| !word.is_empty());
    let year = numbers.next().filter(|year| year.len() == 4 && text.starts_with(year))?;
    let mut next = || numbers.next().and_then(|number| number.parse::<u8>().ok());
    let (month, day, hour, minute) = (next()?, next()?, next()?, next()?);
    let second = next().unwrap_or(0);
    let hour =
        if text.ends_with('P') || text.ends_with("PM") { hour.checked_add(12)? } else { hour };
    Some(format!("{year}:{month:02}:{day:02} {hour:02}:{minute:02}:{second:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert_eq!(from_text("Mon Sep 10 20:52:00 2012\n"), "2012:09:10 20:52:00");
        assert_eq!(from_text("TUE OCT  7 12:14:00 2009"), "2009:10:07 12:14:00");
        assert_eq!(from_text("2001/ 1/27  1:42PM"), "2001:01:27 13:42:00");
        assert_eq!(from_text("2005/11/28/ 09:19"), "2005:11:28 09:19:00");
        assert_eq!(from_text("2002-12-16  15:35:01"), "2002:12:16 15:35:01");
        assert_eq!(from_text("2002 999 1 1 1"), "2002 999 1 1 1");
        assert_eq!(from_text("yesterday"), "yesterday");
        assert_eq!(from_text(""), "");
    }
}
