//! Where the protected stand in a text.
//!
//! In: runs of a text, joined so that a name that straddles two is seen, and the needles. Out:
//! [`Span`]s in order, none overlapping another, each with what replaces it: longest first, whole
//! words, whatever the case, the accents, the separators or the escapes. A name cut by `…` at the
//! end of a run, the rest of a link or of a mail address that holds a name, a telephone number in
//! any spelling and a position go too.

use super::fold::{CUT, SEPARATOR, Unit, folded, joins};
use super::links::{is_link, widen};
use super::needles::{Needle, Needles, Reach, What, last_digits, letters};
use super::positions::{Positions, gone};
use super::subjects::Subject;
use crate::language::{Language, said};
use crate::text::RunKind;

/// Letters of a cut name that tell it.
const CUT_LETTERS: usize = 3;
/// Pseudonyms written out where several people bear a name.
const NAMED: usize = 3;

/// A stretch to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) label: String,
}

/// Runs as one text, with the byte at which each ends.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub(super) text: String,
    pub(super) runs: Vec<(RunKind, usize)>,
}

impl Stream {
    pub(super) fn of<'a>(runs: impl IntoIterator<Item = (RunKind, &'a str)>) -> Self {
        let mut out = Self::default();
        for (kind, text) in runs {
            out.text.push_str(text);
            out.runs.push((kind, out.text.len()));
        }
        out
    }

    /// The run that a byte stands in: kind, start, end.
    fn run_at(&self, byte: usize) -> (RunKind, usize, usize) {
        let at = self.runs.partition_point(|(_, end)| *end <= byte);
        let start = at.checked_sub(1).and_then(|at| self.runs.get(at)).map_or(0, |run| run.1);
        self.runs.get(at).map_or((RunKind::Plain, start, self.text.len()), |r| (r.0, start, r.1))
    }
}

/// A name: the unit after it, and what replaces it; nothing replaces one that is kept.
#[derive(Debug, Clone)]
struct Hit {
    next: usize,
    label: Option<String>,
    /// It is named in full, and nobody else in it.
    spared: bool,
}

/// What is looked for, and the language of the document that it is looked for in.
pub(super) struct Search<'a> {
    pub(super) lang: Language,
    pub(super) subjects: &'a [Subject],
    pub(super) needles: &'a Needles,
    pub(super) positions: &'a Positions,
}

impl Search<'_> {
    /// The spans of a stream.
    pub(super) fn spans(&self, stream: &Stream) -> Vec<Span> {
        let text = stream.text.as_str();
        let mut spans = self.named(stream, &folded(text, false));
        if text.contains(['%', '\\', '&', '⟨']) {
            spans.extend(self.named(stream, &folded(text, true)));
        }
        for (raw, at) in &self.needles.raw {
            let found = text.match_indices(raw.as_str());
            spans.extend(found.map(|(start, _)| Span {
                start,
                end: start + raw.len(),
                label: self.label(std::iter::once(*at), false, false),
            }));
        }
        self.phones(text, &mut spans);
        for span in &mut spans {
            widen(text, span);
        }
        let mark = gone(self.lang);
        let found = self.positions.find(text, |byte| self.counts_by_commas(stream, byte));
        let span = |(start, end)| Span { start, end, label: mark.to_owned() };
        spans.extend(found.into_iter().map(span));
        merged(spans)
    }

    /// Whether a byte stands in words of the note that set thousands apart by commas.
    fn counts_by_commas(&self, stream: &Stream, byte: usize) -> bool {
        let own = || matches!(stream.run_at(byte).0, RunKind::Plain | RunKind::Strong);
        self.lang == Language::English && own()
    }

    fn named(&self, stream: &Stream, units: &[Unit]) -> Vec<Span> {
        let mut out = Vec::new();
        let mut at = 0;
        // Up to here stands the name of an account that is not protected.
        let mut kept = 0;
        while at < units.len() {
            let found = self.longest(stream, units, at, at < kept);
            if let Some(Hit { next, label: None, spared }) = found {
                kept = kept.max(next);
                if spared {
                    at = next;
                    continue;
                }
            }
            let Some((next, label)) = found.and_then(|hit| Some((hit.next, hit.label?))) else {
                at += 1;
                continue;
            };
            let start = units.get(at).map_or(0, |unit| unit.start);
            // What was dropped from the text behind a name belongs to it.
            let end = units.get(next).map_or(stream.text.len(), |unit| unit.start);
            let end = end.max(units.get(next - 1).map_or(end, |unit| unit.end));
            out.push(Span { start, end, label });
            at = next;
        }
        out
    }

    /// The longest name that begins at a unit. Within a name that is kept only those count that the
    /// case file lists.
    fn longest(&self, stream: &Stream, units: &[Unit], at: usize, kept: bool) -> Option<Hit> {
        let c = |at: usize| units.get(at).map(|unit| unit.c);
        let first = c(at).filter(|c| !matches!(*c, SEPARATOR | CUT))?;
        let before = at.checked_sub(1).and_then(c);
        let begins = !(joins(first) && before.is_some_and(joins));
        let mut range = self.needles.sorted.as_slice();
        let (mut best, mut listed): (Option<Hit>, Option<Hit>) = (None, None);
        let mut depth = 0;
        while let Some(here) = c(at + depth) {
            let here = if here == CUT { SEPARATOR } else { here };
            let from = range.partition_point(|n| n.chars.get(depth).is_none_or(|c| *c < here));
            let to = range.partition_point(|n| n.chars.get(depth).is_none_or(|c| *c <= here));
            range = range.get(from..to).unwrap_or_default();
            depth += 1;
            let Some(needle) = range.first() else { break };
            let next = at + depth;
            if needle.chars.len() == depth {
                let ends = !(joins(here) && c(next).is_some_and(joins));
                let scope = needle.scope(self.lang);
                let whole = (begins && ends) || scope.inside;
                if whole && needle.stays() {
                    best = Some(Hit { next, label: None, spared: needle.what == What::Spared });
                } else if whole && counts(stream, units, (needle, scope.reach), at, next) {
                    best = Some(Hit { next, label: Some(self.label_of(needle)), spared: false });
                    if needle.listed {
                        listed.clone_from(&best);
                    }
                }
            }
            if begins && let Some(hit) = self.cut_at(stream, units, range, at, next) {
                best = Some(hit);
            }
        }
        let whole = best.as_ref().is_some_and(|hit| hit.label.is_some() || hit.spared);
        if !whole || (kept && best.as_ref().is_some_and(|hit| !hit.spared)) {
            return listed.or(best.filter(|_| !kept));
        }
        best
    }

    /// A name of which only the start stands before `…` at the end of a run.
    fn cut_at(
        &self,
        stream: &Stream,
        units: &[Unit],
        range: &[Needle],
        at: usize,
        next: usize,
    ) -> Option<Hit> {
        let mark = units.get(next).filter(|unit| unit.c == CUT)?;
        let (kind, _, end) = stream.run_at(mark.start);
        let seen: Vec<char> = units.get(at..next)?.iter().map(|unit| unit.c).collect();
        (mark.end == end && letters(&seen) >= CUT_LETTERS).then_some(())?;
        let quoted = matches!(kind, RunKind::Data | RunKind::Code);
        let least = if quoted { Reach::Quoted } else { Reach::Everywhere };
        let reaches = |n: &&Needle| n.scope(self.lang).reach >= least;
        let longer = range.iter().filter(reaches).filter(|n| n.chars.len() > seen.len());
        let (kept, cut): (Vec<&Needle>, Vec<&Needle>) = longer.partition(|n| n.stays());
        let Some(first) = cut.first() else {
            return (!kept.is_empty()).then_some(Hit { next, label: None, spared: false });
        };
        let subjects = cut.iter().flat_map(|n| n.subjects.iter().copied());
        let message = first.what == What::Message && cut.iter().all(|n| n.what == What::Message);
        let label = self.label(subjects, cut.iter().any(|n| n.shared), message);
        Some(Hit { next, label: Some(label), spared: false })
    }

    fn label_of(&self, needle: &Needle) -> String {
        self.label(needle.subjects.iter().copied(), needle.shared, needle.what == What::Message)
    }

    fn label(&self, at: impl Iterator<Item = usize>, shared: bool, message: bool) -> String {
        let mut at: Vec<usize> = at.collect();
        at.sort_unstable();
        at.dedup();
        let lang = self.lang;
        let named = |at: &usize| self.subjects.get(*at).map(|subject| subject.named(lang));
        let names: Vec<String> = at.iter().filter_map(named).collect();
        if shared || names.is_empty() {
            return lang.pick("[nom masqué]", "[name masked]").to_owned();
        }
        if names.len() > NAMED {
            return lang.pick("[plusieurs tiers]", "[several third parties]").to_owned();
        }
        let names = names.join(lang.pick(" ou ", " or "));
        if message {
            return said!(lang, "[message de {names}]", "[message from {names}]");
        }
        format!("[{names}]")
    }

    /// Telephone numbers in any spelling.
    fn phones(&self, text: &str, spans: &mut Vec<Span>) {
        if self.needles.phones.is_empty() {
            return;
        }
        let part = |c: char| c.is_ascii_digit() || " .-()/+\u{a0}\u{202f}".contains(c);
        let mut start = 0;
        for stretch in text.split_inclusive(|c: char| !part(c)) {
            let body = stretch.trim_end_matches(|c: char| !part(c));
            let number = body.trim_matches(|c: char| !c.is_ascii_digit() && c != '+');
            if let Some(subjects) = last_digits(number).and_then(|d| self.needles.phones.get(&d)) {
                let lead = body.find(number).unwrap_or(0);
                let label = self.label(subjects.iter().copied(), false, false);
                spans.push(Span { start: start + lead, end: start + lead + number.len(), label });
            }
            start += stretch.len();
        }
    }
}

/// Whether a name counts where it stands.
fn counts(
    stream: &Stream,
    units: &[Unit],
    (needle, reach): (&Needle, Reach),
    at: usize,
    next: usize,
) -> bool {
    let Some((first, last)) = units.get(at).zip(units.get(next - 1)) else { return false };
    let (kind, start, end) = stream.run_at(first.start);
    if reach == Reach::Everywhere || (reach == Reach::Quoted && kind == RunKind::Data) {
        return true;
    }
    let text = stream.text.as_str();
    let before = text.get(start..first.start).unwrap_or_default();
    let after = text.get(last.end..end).unwrap_or_default();
    // `@max_75` is somebody else.
    let goes_on = |rest: &str| {
        let mut rest = rest.chars();
        matches!(rest.next(), Some('_' | '-')) && rest.next().is_some_and(char::is_alphanumeric)
    };
    if before.ends_with('@') && !goes_on(after) {
        return true;
    }
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let path = kind == RunKind::Code || is_link(token);
    // In a link a short name stands between any two signs, in a path alone between slashes.
    let signs: &[char] = &['/', '?', '#', '&', '=', '.', '-', '_', '+', '%', ';', ',', ')', ' '];
    let opened = token.ends_with('/') || (is_link(token) && token.ends_with(signs));
    let closed = after.is_empty() || after.starts_with(signs);
    if path && opened && closed {
        return true;
    }
    let blank = |text: &str| text.chars().all(|c| c.is_whitespace() || matches!(c, '@' | '#'));
    // A word of the documents may be the name of a table or of a file.
    let code = kind == RunKind::Code && reach == Reach::Alone;
    let alone = (kind == RunKind::Data || code) && blank(before) && blank(after);
    if reach >= Reach::Alone && alone {
        return true;
    }
    let written = text.get(first.start..last.end).unwrap_or_default();
    reach >= Reach::Alone && kind == RunKind::Data && needle.proper.contains(written)
}

/// In order, without overlap: what overlaps becomes one, under the name that begins first.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.start < span.end);
    spans.sort_by(|x, y| x.start.cmp(&y.start).then(y.end.cmp(&x.end)).then(x.label.cmp(&y.label)));
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
