//! Text made of runs, so that what a stranger wrote is never mistaken for what the note says.
//!
//! In: words of the note, words of exhibits, ids. Out: runs that a renderer sets as data. What
//! comes from an exhibit is made inert and cut at the length its caller states.

use faisceau_model::excerpt;
use serde::{Serialize, Serializer};

use crate::french;
use crate::language::Language;

/// What a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunKind {
    /// Words of the note.
    Plain,
    /// Words of the note that carry the finding.
    Strong,
    /// Words of an exhibit or of the case file, cut and made inert.
    Data,
    /// An id, an address, a hash, a command.
    Code,
    /// What whoever files an act must fill in: only the words of what is missing.
    Blank,
}

impl RunKind {
    /// The name that the template knows.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Strong => "strong",
            Self::Data => "data",
            Self::Code => "code",
            Self::Blank => "blank",
        }
    }
}

/// A stretch of text of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What it is.
    pub kind: RunKind,
    /// The characters.
    pub text: String,
}

/// Text made of runs. Serialised as the plain characters, a blank between `[● ` and `]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(Vec<Run>);

impl Text {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends words of the note, with the spaces that French typography wants.
    #[must_use]
    pub fn plain(self, text: impl AsRef<str>) -> Self {
        self.run(RunKind::Plain, french::spaced(text.as_ref()))
    }

    /// Appends words of the note that carry the finding.
    #[must_use]
    pub fn strong(self, text: impl AsRef<str>) -> Self {
        self.run(RunKind::Strong, french::spaced(text.as_ref()))
    }

    /// Appends words of an exhibit or of the case file, inert and cut at `max` characters.
    #[must_use]
    pub fn data(self, text: &str, max: usize) -> Self {
        self.run(RunKind::Data, excerpt(text, max))
    }

    /// Appends words of an exhibit between the quotation signs of a language.
    #[must_use]
    pub fn quoted(self, lang: Language, text: &str, max: usize) -> Self {
        let [open, close] = lang.quotes();
        self.plain(open).data(text, max).plain(close)
    }

    /// Appends an id, an address, a hash or a command, inert and cut at 160 characters.
    #[must_use]
    pub fn code(self, text: impl AsRef<str>) -> Self {
        self.run(RunKind::Code, excerpt(text.as_ref(), 160))
    }

    /// Appends what is to be filled in: `date et lieu de naissance`.
    #[must_use]
    pub fn blank(self, what: &str) -> Self {
        self.run(RunKind::Blank, french::spaced(what))
    }

    /// Appends words of the case file, or a blank where it has none.
    #[must_use]
    pub fn given(self, text: &str, max: usize, what: &str) -> Self {
        if text.trim().is_empty() { self.blank(what) } else { self.data(text, max) }
    }

    /// Appends another text.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Joins texts with a separator of the note.
    pub(crate) fn join(parts: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut out = Self::new();
        for (i, part) in parts.into_iter().enumerate() {
            out = if i == 0 { part } else { out.plain(separator).then(part) };
        }
        out
    }

    /// Runs of which some may be empty.
    pub(crate) fn of_runs(runs: impl IntoIterator<Item = Run>) -> Self {
        Self(runs.into_iter().filter(|run| !run.text.is_empty()).collect())
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// The characters of all runs.
    pub fn to_plain(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    fn run(mut self, kind: RunKind, text: String) -> Self {
        if !text.is_empty() {
            self.0.push(Run { kind, text });
        }
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new().plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new().plain(text)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let blank = |run: &Run| run.kind == RunKind::Blank;
        if !self.0.iter().any(blank) {
            return serializer.serialize_str(&self.to_plain());
        }
        let marked = self.0.iter().map(|run| match run.kind {
            RunKind::Blank => format!("[● {}]", run.text),
            _ => run.text.clone(),
        });
        serializer.serialize_str(&marked.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_s_words_stay_data() {
        let text = Text::from("Pseudonyme : ").quoted(
            Language::French,
            "#panic() : \u{1b}[31m\u{202e}x",
            60,
        );
        assert_eq!(text.to_plain(), "Pseudonyme\u{a0}: «\u{a0}#panic() : ␛[31mx\u{a0}»");
        assert_eq!(text.runs()[2].kind, RunKind::Data);
    }

    #[test]
    fn a_blank_shows_in_what_machines_read() {
        let text =
            Text::from("né(e) ").given(" ", 9, "date").plain(", ").given("Nantes", 9, "lieu");
        assert_eq!(serde_json::to_string(&text).unwrap(), "\"né(e) [● date], Nantes\"");
    }

    #[test]
    fn a_long_name_is_cut_and_shows_it() {
        let text = Text::new().data(&"a".repeat(10_000), 40);
        assert_eq!(text.to_plain().chars().count(), 41);
        assert!(text.to_plain().ends_with('…'));
    }
}
