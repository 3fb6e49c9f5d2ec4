//! The words of a mail that its sender wrote.
//!
//! In: the text body. Out: the same without the quoted message. Refused: nothing; what is not
//! recognised as a quotation stays.
//!
//! Taken out: lines that start with `>`, the line that announces them ("Le … a écrit :",
//! "On … wrote:"), and everything after the mark with which a mail program appends the message
//! that is answered or forwarded. Kept: the signature after `-- `, which its sender chose.

/// Starts of the lines after which another person's message follows.
const APPENDED: [&str; 7] = [
    "-----Original Message-----",
    "-----Message d'origine-----",
    "-----Message d\u{2019}origine-----",
    "-----Message original-----",
    "---------- Forwarded message",
    "---------- Message transféré",
    "-------- Message transféré",
];

/// What is left of `body` without quotations. Lines end with `\n`.
pub(super) fn own_words(body: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut quoting = false;
    for line in body.lines() {
        if APPENDED.iter().any(|mark| starts_with(line.trim_start(), mark)) {
            break;
        }
        if line.starts_with('>') {
            if !quoting {
                drop_announcement(&mut kept);
            }
            quoting = true;
        } else {
            quoting = false;
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

fn starts_with(line: &str, mark: &str) -> bool {
    line.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark))
}

/// Most empty lines between an announcement and what it announces.
const BLANKS: usize = 32;

/// Drops the last one or two lines if they announce a quotation.
fn drop_announcement(kept: &mut Vec<&str>) {
    // Empty lines may be all there is, and each of them be followed by a quotation.
    let from = kept.len().saturating_sub(BLANKS);
    let last = kept[from..].iter().rposition(|line| !line.trim().is_empty());
    let last = last.map(|last| from + last);
    let Some(last) = last.filter(|&last| announces(kept[last])) else { return };
    // Mail programs break the announcement at 76 characters.
    let broken = !opens(kept[last]) && last > 0 && opens(kept[last - 1]);
    kept.truncate(if broken { last - 1 } else { last });
}

fn announces(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(':') && (line.contains("wrote") || line.contains("écrit"))
}

fn opens(line: &str) -> bool {
    ["Le ", "On ", "Am "].iter().any(|start| line.trim_start().starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::own_words;

    #[test]
    fn an_answer_loses_what_it_answers() {
        let body = "Tu vas voir.\r\n\r\nLe mar. 12 mars 2024 à 10:00, Claire <c@example.org> a\r\nécrit :\r\n> Laissez-moi.\r\n>> Non.\r\n\r\n-- \r\nLe Vengeur";
        assert_eq!(own_words(body), "Tu vas voir.\n\n\n-- \nLe Vengeur");
        let body = "No.\n\nOn Tue, 12 Mar 2024, C wrote:\n> Please stop.\n";
        assert_eq!(own_words(body), "No.");
    }

    #[test]
    fn quotations_after_empty_lines_only_are_not_looked_behind_again_and_again() {
        assert_eq!(own_words(&"\n> x\n".repeat(100_000)), "");
    }

    #[test]
    fn an_appended_message_goes_with_all_that_follows() {
        let body = "Voilà.\n\n-----Message d\u{2019}origine-----\nDe : Claire\nLaissez-moi.";
        assert_eq!(own_words(body), "Voilà.");
        assert_eq!(own_words("---------- Forwarded message ---------\nFrom: x"), "");
    }

    #[test]
    fn a_line_that_only_looks_like_an_announcement_stays() {
        assert_eq!(own_words("Il a écrit :\nje te hais"), "Il a écrit :\nje te hais");
        assert_eq!(own_words("écrit :\n> x"), "");
    }
}
