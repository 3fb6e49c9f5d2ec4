//! Where the protected stand in a text.
//!
//! In: runs of a text, joined so that a name that straddles two is seen, and the needles. Out:
//! [`Span`]s in order, none overlapping another, each with what replaces it: longest first, whole
//! words, whatever the case, the accents, the separators or the escapes. A name cut by `…` at the
//! end of a run, the rest of a link or of a mail address that holds a name, a telephone number in
//! any spelling and a position go too.

use super::fold::{CUT, SEPARATOR, Unit, folded, joins};
use super::needles::{Needle, Needles, Reach, last_digits, letters};
use super::positions::{GONE, Positions};
use super::subjects::Subject;
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

/// What is looked for.
pub(super) struct Search<'a> {
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
        let gone = |(start, end)| Span { start, end, label: GONE.to_owned() };
        spans.extend(self.positions.find(text).into_iter().map(gone));
        merged(spans)
    }

    fn named(&self, stream: &Stream, units: &[Unit]) -> Vec<Span> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < units.len() {
            match self.longest(stream, units, at) {
                Some((next, label)) => {
                    let start = units.get(at).map_or(0, |unit| unit.start);
                    // What was dropped from the text behind a name belongs to it.
                    let end = units.get(next).map_or(stream.text.len(), |unit| unit.start);
                    let end = end.max(units.get(next - 1).map_or(end, |unit| unit.end));
                    out.push(Span { start, end, label });
                    at = next;
                }
                None => at += 1,
            }
        }
        out
    }

    /// The longest name that begins at a unit: the unit after it, and what replaces it.
    fn longest(&self, stream: &Stream, units: &[Unit], at: usize) -> Option<(usize, String)> {
        let c = |at: usize| units.get(at).map(|unit| unit.c);
        let first = c(at).filter(|c| !matches!(*c, SEPARATOR | CUT))?;
        let before = at.checked_sub(1).and_then(c);
        let begins = !(joins(first) && before.is_some_and(joins));
        let mut range = self.needles.sorted.as_slice();
        let mut best = None;
        let mut depth = 0;
        while let Some(c_here) = c(at + depth).filter(|c| *c != CUT) {
            let from = range.partition_point(|n| n.chars.get(depth).is_none_or(|c| *c < c_here));
            let to = range.partition_point(|n| n.chars.get(depth).is_none_or(|c| *c <= c_here));
            range = range.get(from..to).unwrap_or_default();
            depth += 1;
            let Some(needle) = range.first() else { break };
            let next = at + depth;
            if needle.chars.len() == depth {
                let ends = !(joins(c_here) && c(next).is_some_and(joins));
                let whole = (begins && ends) || needle.inside;
                if whole && self.counts(stream, units, needle, at, next) {
                    let label = self.label_of(needle);
                    best = Some((next, label));
                }
            }
            if let Some(label) = self.cut_at(stream, units, range, at, next)
                && begins
            {
                best = Some((next, label));
            }
        }
        best
    }

    /// The label of a name of which only the start stands before `…` at the end of a run.
    fn cut_at(
        &self,
        stream: &Stream,
        units: &[Unit],
        range: &[Needle],
        at: usize,
        next: usize,
    ) -> Option<String> {
        let mark = units.get(next).filter(|unit| unit.c == CUT)?;
        let (kind, _, end) = stream.run_at(mark.start);
        let seen: Vec<char> = units.get(at..next)?.iter().map(|unit| unit.c).collect();
        (mark.end == end && letters(&seen) >= CUT_LETTERS).then_some(())?;
        let quoted = matches!(kind, RunKind::Data | RunKind::Code);
        let least = if quoted { Reach::Quoted } else { Reach::Everywhere };
        let longer = |n: &&Needle| n.reach >= least && n.chars.len() > seen.len();
        let cut: Vec<&Needle> = range.iter().filter(longer).collect();
        let first = cut.first()?;
        let subjects = cut.iter().flat_map(|n| n.subjects.iter().copied());
        let message = first.message && cut.iter().all(|n| n.message);
        Some(self.label(subjects, cut.iter().any(|n| n.shared), message))
    }

    /// Whether a name counts where it stands.
    fn counts(
        &self,
        stream: &Stream,
        units: &[Unit],
        needle: &Needle,
        at: usize,
        next: usize,
    ) -> bool {
        let Some((first, last)) = units.get(at).zip(units.get(next - 1)) else { return false };
        let (kind, start, end) = stream.run_at(first.start);
        if needle.reach == Reach::Everywhere
            || (needle.reach == Reach::Quoted && kind == RunKind::Data)
        {
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
        let closed = after.is_empty() || after.starts_with(['/', '?', '#']);
        if path && token.ends_with('/') && closed {
            return true;
        }
        let blank = |text: &str| text.chars().all(|c| c.is_whitespace() || matches!(c, '@' | '#'));
        let alone = matches!(kind, RunKind::Data | RunKind::Code) && blank(before) && blank(after);
        if needle.reach >= Reach::Alone && alone {
            return true;
        }
        let written = text.get(first.start..last.end).unwrap_or_default();
        needle.reach >= Reach::Alone && kind == RunKind::Data && needle.proper.contains(written)
    }

    fn label_of(&self, needle: &Needle) -> String {
        self.label(needle.subjects.iter().copied(), needle.shared, needle.message)
    }

    fn label(&self, at: impl Iterator<Item = usize>, shared: bool, message: bool) -> String {
        let mut at: Vec<usize> = at.collect();
        at.sort_unstable();
        at.dedup();
        let names: Vec<&str> = at
            .iter()
            .filter_map(|at| self.subjects.get(*at))
            .map(|subject| subject.pseudonym.as_str())
            .collect();
        match names.as_slice() {
            _ if shared => "[nom masqué]".to_owned(),
            [] => "[nom masqué]".to_owned(),
            names if names.len() > NAMED => "[plusieurs tiers]".to_owned(),
            names if message => format!("[message de {}]", names.join(" ou ")),
            names => format!("[{}]", names.join(" ou ")),
        }
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

/// Whether a word without blanks is, or begins, a link.
fn is_link(token: &str) -> bool {
    if token.contains("://") {
        return true;
    }
    let host = token.split('/').next().unwrap_or_default();
    let ends = host.rsplit_once('.').map(|(_, top)| top);
    token.contains('/')
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        && ends.is_some_and(|top| top.len() > 1 && top.chars().all(|c| c.is_ascii_alphabetic()))
}

/// The rest of a link leads to whom it names, and so does a mail address.
fn widen(text: &str, span: &mut Span) {
    let stop = |c: char| c.is_whitespace() || matches!(c, '«' | '»' | '"' | '<' | '>' | '…' | '`');
    let from = text.get(..span.start).unwrap_or_default();
    let start =
        from.rfind(stop).map_or(0, |at| at + from[at..].chars().next().map_or(1, char::len_utf8));
    let rest = text.get(span.end..).unwrap_or_default();
    let end = rest.find(stop).map_or(text.len(), |at| span.end + at);
    let trailing =
        |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '\'');
    let token = text.get(start..end).unwrap_or_default();
    let before = text.get(start..span.start).unwrap_or_default();
    let after = text.get(span.end..end).unwrap_or_default().trim_end_matches(trailing);
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let domain = after.strip_prefix('@').or_else(|| {
        after.trim_start_matches(local).strip_prefix('@').filter(|_| !before.contains("://"))
    });
    if domain.is_some_and(|domain| domain.starts_with(char::is_alphanumeric)) {
        let kept = before.trim_end_matches(local).len();
        span.start = start + kept;
        let ends = domain.and_then(|d| d.find(|c: char| !local(c))).unwrap_or(usize::MAX);
        let at = after.find('@').map_or(0, |at| at + 1);
        span.end += at.saturating_add(ends).min(after.len());
    } else if is_link(token) || is_link(before) {
        if let Some((scheme, _)) = token.split_once("://") {
            let host = start + scheme.len() + 3;
            let path = text.get(host..end).and_then(|t| t.find('/')).map_or(end, |at| host + at);
            if (host..path).contains(&span.start) {
                span.start = host;
            }
        }
        span.end = span.end.max(span.end + after.len());
    }
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
