//! What a message says: words, files, or something that the application wrote.
//!
//! In: what follows the time, over all lines of the message. Out: the sender, the words, the names
//! of files. Refused: taking the phrases of the application for words.

use faisceau_model::{Absent, Maybe};

use super::head::{is_blank, is_mark};
use super::phrases;

/// The mark before words that the application writes on iOS.
const OWN_MARK: char = '\u{200e}';
/// Longest name of a contact, in characters.
const MAX_NAME: usize = 120;
/// Longest tag of an attached file, in bytes.
const MAX_TAG: usize = 600;

/// What a message says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// The words of its sender.
    pub(super) text: Maybe<String>,
    /// The text as it stands, where that differs.
    pub(super) raw: Maybe<String>,
    /// Names of attached files.
    pub(super) media: Vec<String>,
}

/// The name before the first colon and what follows it, unless the line is a notice.
pub(super) fn sender(rest: &str) -> Option<(String, &str)> {
    // The name stands in the first line.
    let line = rest.split('\n').next()?;
    let colon = line.match_indices(':').map(|(at, _)| at).find(|at| {
        line.get(at + 1..).is_some_and(|after| after.is_empty() || after.starts_with(is_blank))
    })?;
    let name: String = rest.get(..colon)?.chars().filter(|c| !is_mark(*c)).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    // The bearer of a name after `~` chose it and could choose a notice.
    let notice = !name.starts_with('~') && phrases::is_notice(&name);
    let body = rest.get(colon + 1..)?;
    let body = body.strip_prefix(' ').unwrap_or(body);
    (!name.is_empty() && name.chars().count() <= MAX_NAME && !notice).then_some((name, body))
}

/// The handle of a sender: the digits of a number, else the name.
pub(super) fn handle(name: &str) -> String {
    let sign = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.');
    let number = name.starts_with('+') && name.chars().all(sign);
    if !number {
        return name.to_owned();
    }
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    format!("+{digits}")
}

/// Whether the application wrote this under the name of somebody: a notice about the chat.
pub(super) fn is_notice(raw: &str) -> bool {
    raw.starts_with(OWN_MARK) && phrases::is_notice(&plain(raw))
}

/// What a message says.
pub(super) fn read(raw: &str) -> Body {
    let (text, media) = words(raw);
    let same = text.known().is_some_and(|text| text == raw);
    let kept = if same || raw.trim_matches(is_blank).is_empty() {
        Maybe::Missing(Absent::NotApplicable)
    } else {
        Maybe::Known(raw.to_owned())
    };
    Body { text, raw: kept, media }
}

fn words(raw: &str) -> (Maybe<String>, Vec<String>) {
    let missing = |reason| (Maybe::Missing(reason), Vec::new());
    let all = plain(raw);
    let edited = phrases::EDITED.iter().find_map(|phrase| all.trim().strip_suffix(phrase));
    let all = edited.unwrap_or(&all).trim();
    if phrases::is_deleted(all) {
        return missing(Absent::Deleted);
    }
    // On Android `null` stands for what can be seen once only.
    if all.is_empty() || all == "null" {
        return missing(Absent::NotExported);
    }
    if let Some((name, others)) = tagged(raw, all) {
        return (of_file(&others), vec![name]);
    }
    let (first, others) = all.split_once('\n').unwrap_or((all, ""));
    let suffix = phrases::ATTACHED.iter().find_map(|suffix| first.trim_end().strip_suffix(suffix));
    if let Some(name) = suffix.map(before_bullet).filter(|name| !name.is_empty()) {
        return (of_file(others), vec![name.to_owned()]);
    }
    if phrases::is_omitted(first) {
        return (of_file(others), Vec::new());
    }
    if let Some(others) = own_end(raw) {
        return (of_file(&others), Vec::new());
    }
    if raw.starts_with(OWN_MARK) && phrases::is_act(all) {
        return missing(Absent::NotApplicable);
    }
    (Maybe::Known(all.to_owned()), Vec::new())
}

/// The words that stand with a file, unless they describe it: `Report.pdf • 3 pages`.
fn of_file(words: &str) -> Maybe<String> {
    let described = words.contains(" • ") && !words.contains('\n');
    Maybe::text(if described { "" } else { words.trim() }, Absent::NotExported)
}

/// The file in `<attached: …>` and the words around it. A tag that is not all of the message
/// counts only with the mark of the application before it, for a sender can type one.
fn tagged(raw: &str, all: &str) -> Option<(String, String)> {
    let whole = all.strip_prefix('<').and_then(|tag| phrases::tagged(tag.strip_suffix('>')?));
    if let Some(name) = whole.filter(|name| !name.contains('>')) {
        return Some((name.to_owned(), String::new()));
    }
    raw.match_indices('<').find_map(|(at, _)| {
        let (before, rest) = (raw.get(..at)?, raw.get(at + 1..)?);
        (before.ends_with(OWN_MARK) || rest.starts_with(OWN_MARK)).then_some(())?;
        // Without a bound a message of open tags would cost its length squared.
        let end = rest.get(..rest.floor_char_boundary(MAX_TAG))?.find('>')?;
        let tag = plain(rest.get(..end)?);
        let (name, after) = (phrases::tagged(&tag)?, rest.get(end + 1..)?);
        Some((name.to_owned(), plain(&format!("{before}{after}")).trim().to_owned()))
    })
}

/// The words before a phrase of the application at the end, such as `image omitted`.
fn own_end(raw: &str) -> Option<String> {
    let (words, phrase) = raw.trim_end_matches(is_blank).rsplit_once(OWN_MARK)?;
    phrases::is_omitted(&plain(phrase)).then(|| plain(words).trim().to_owned())
}

fn before_bullet(name: &str) -> &str {
    name.split(" • ").next().unwrap_or(name).trim()
}

/// A text without invisible marks.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(raw: &str) -> (Option<String>, Vec<String>) {
        let body = read(raw);
        (body.text.into_known(), body.media)
    }

    #[test]
    fn names_are_told_from_notices() {
        let name = |rest: &'static str| sender(rest).map(|(name, body)| (name, body.to_owned()));
        let is = |name: &str, body: &str| Some((name.to_owned(), body.to_owned()));
        assert_eq!(name("Marie: à 10:30"), is("Marie", "à 10:30"));
        assert_eq!(name("Marie\u{a0}: à"), is("Marie", "à"));
        assert_eq!(name("\u{202a}+33 6 00 00 00 00\u{202c}: x"), is("+33 6 00 00 00 00", "x"));
        assert_eq!(name("Marie:"), is("Marie", ""));
        assert_eq!(name("Marie a créé le groupe « Famille : été »"), None);
        assert_eq!(name("~ Marie a créé le groupe: menace").unwrap().1, "menace");
        assert_eq!(name("Marie a quitté le groupe"), None);
        assert_eq!(handle("+33 6 00-00 (00) 00"), "+33600000000");
        assert_eq!(handle("+ Marie"), "+ Marie");
    }

    #[test]
    fn files_and_their_captions() {
        for (raw, text, media) in [
            (
                "IMG-20260312-WA0001.jpg (fichier joint)\nLa plage",
                Some("La plage"),
                Some("IMG-20260312-WA0001.jpg"),
            ),
            (
                "\u{200e}Rapport.pdf • \u{200e}3 pages \u{200e}(fichier joint)",
                None,
                Some("Rapport.pdf"),
            ),
            ("\u{200e}<attached: 4-PHOTO.jpg>", None, Some("4-PHOTO.jpg")),
            ("< pièce jointe : 4-PHOTO.jpg >", None, Some("4-PHOTO.jpg")),
            ("Regarde \u{200e}<attached: 4-PHOTO.jpg>", Some("Regarde"), Some("4-PHOTO.jpg")),
            ("R.pdf • \u{200e}3 pages \u{200e}<attached: 5-R.pdf>", None, Some("5-R.pdf")),
            ("tape <attached: faux.jpg> ici", Some("tape <attached: faux.jpg> ici"), None),
            ("<Médias omis>", None, None),
            ("<Media omitted>\nLa légende", Some("La légende"), None),
            ("\u{200e}image absente", None, None),
            ("La légende \u{200e}image omitted", Some("La légende"), None),
            ("null", None, None),
            ("\u{200e}Missed voice call", None, None),
            ("missed voice call?", Some("missed voice call?"), None),
            ("À demain <Ce message a été modifié>", Some("À demain"), None),
            ("\u{200e}une menace", Some("une menace"), None),
        ] {
            let media: Vec<String> = media.into_iter().map(str::to_owned).collect();
            assert_eq!(said(raw), (text.map(str::to_owned), media), "{raw}");
        }
    }

    #[test]
    fn what_was_taken_off_is_kept_beside() {
        assert_eq!(read("Salut").raw, Maybe::Missing(Absent::NotApplicable));
        assert_eq!(read("Salut @\u{2068}Marie\u{2069}").raw.known().unwrap().chars().count(), 14);
        assert_eq!(read("This message was deleted.").text, Maybe::Missing(Absent::Deleted));
        assert_eq!(read("").raw, Maybe::Missing(Absent::NotApplicable));
        assert!(is_notice("\u{200e}Messages and calls are end-to-end encrypted."));
        assert!(!is_notice("Messages and calls are end-to-end encrypted."));
    }
}
