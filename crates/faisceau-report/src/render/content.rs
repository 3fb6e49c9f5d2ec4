//! The note as plain data for the template.
//!
//! In: the model. Out: JSON whose strings the template sets as text. Characters that no embedded
//! font holds are written out as `⟨U+1F600⟩`: a page must neither drop nor hide what an exhibit
//! says. Long ids are cut into pieces between which a line may break.

use serde_json::{Value, json};

use super::words::{Words, initials, tick};
use super::{drawn, outline};
use crate::language::{Language, said};
use crate::model::{
    Bar, Bars, Block, Callout, Curves, Document, Passages, Reference, Section, Table, TableColumn,
    Word,
};
use crate::sentence::{Sentence, Statement};
use crate::text::{Run, RunKind, Text};

/// Longest word of an exhibit, or id, that no line breaks: an IPv4 address, a short handle.
const WORD: usize = 16;
/// Longest piece of a longer one.
const PIECE: usize = 12;

/// What a word must bring for the steps in which it is set, as log10: factors of 2 and 5.
const STEPS: [f64; 2] = [0.301, 0.699];

/// Says whether the fonts hold a character.
pub(super) type Covered<'a> = &'a dyn Fn(char) -> bool;

/// The data that the template reads.
pub(super) fn data(note: &Document, covered: Covered<'_>) -> Value {
    let c = Content { covered, lang: note.language };
    json!({
        "title": c.shown(&note.title),
        "head": c.shown(outline::title(note)),
        "kind": note.kind,
        "lang": note.language,
        "words": words(note.language),
        "blanks": note.blanks().iter().map(|what| c.shown(what)).collect::<Vec<_>>(),
        "footer": c.shown(&outline::foot(note)),
        "sections": note.sections.iter().map(|s| c.section(s)).collect::<Vec<_>>(),
    })
}

/// The words that the template sets, with the days and the hours of a week.
fn words(lang: Language) -> Value {
    let mut words = json!(Words::of(lang));
    // On a page that is set, a line may break before it.
    words["colon"] = json!(lang.pick(" :", ":"));
    words["days"] = json!(initials(lang));
    words["hours"] = json!([0, 6, 12, 18].map(|at| tick(lang, at)));
    words
}

pub(super) struct Content<'a> {
    covered: Covered<'a>,
    pub(super) lang: Language,
}

impl Content<'_> {
    fn section(&self, section: &Section) -> Value {
        json!({
            "number": section.number,
            "title": self.shown(&section.title),
            "blocks": section.blocks.iter().map(|b| self.block(b)).collect::<Vec<_>>(),
        })
    }

    fn block(&self, block: &Block) -> Value {
        match block {
            Block::Heading(text) => json!({ "kind": "heading", "runs": self.runs(text) }),
            Block::Paragraph(s) => json!({ "kind": "paragraph", "items": self.statements(s) }),
            Block::List(s) => json!({ "kind": "list", "items": self.statements(s) }),
            Block::Numbered(s) => json!({ "kind": "numbered", "items": self.statements(s) }),
            Block::Centred(lines) => json!({
                "kind": "centred",
                "lines": lines.iter().map(|line| self.runs(line)).collect::<Vec<_>>(),
            }),
            Block::Callout(Callout { title, statements }) => json!({
                "kind": "callout",
                "title": self.shown(title),
                "items": self.statements(statements),
            }),
            Block::Card(facts) => json!({
                "kind": "card",
                "facts": facts
                    .iter()
                    .map(|f| json!({ "label": self.shown(&f.label), "item": self.sentence(&f.sentence) }))
                    .collect::<Vec<_>>(),
            }),
            Block::Table(table) => self.table(table),
            Block::Reference(table) => self.reference(table),
            Block::Bars(bars) => self.bars(bars),
            Block::Curves(curves) => self.curves(curves),
            Block::Figure(figure) => drawn::figure(figure, self),
            Block::Passages(passages) => self.passages(passages),
        }
    }

    fn table(&self, table: &Table) -> Value {
        let cells = |row: &crate::model::TableRow| {
            row.cells.iter().map(|cell| self.runs(cell)).collect::<Vec<_>>()
        };
        json!({
            "kind": "table",
            "label": Words::of(self.lang).numbered(&table.id),
            "numbered": true,
            "caption": self.runs(&table.caption),
            "columns": self.columns(&table.columns),
            "rows": table.rows.iter().map(cells).collect::<Vec<_>>(),
            "left_out": table.left_out.as_ref().map(|s| self.sentence(s)),
        })
    }

    fn reference(&self, table: &Reference) -> Value {
        let cells = |row: &Vec<Text>| row.iter().map(|cell| self.runs(cell)).collect::<Vec<_>>();
        json!({
            "kind": "table",
            "label": "",
            "numbered": false,
            "caption": self.runs(&table.caption),
            "columns": self.columns(&table.columns),
            "rows": table.rows.iter().map(cells).collect::<Vec<_>>(),
            "left_out": null,
        })
    }

    fn columns(&self, columns: &[TableColumn]) -> Vec<Value> {
        let column = |c: &TableColumn| json!({ "title": self.shown(&c.title), "width": c.width, "numeric": c.numeric });
        columns.iter().map(column).collect()
    }

    fn bars(&self, bars: &Bars) -> Value {
        let bar = |b: &Bar| {
            json!({
                "label": self.shown(&b.label),
                "value": b.value,
                "low": b.low,
                "high": b.high,
                "cap": b.cap,
                "text": b.text,
                "total": b.total,
            })
        };
        let said: Vec<String> =
            bars.bars.iter().map(|b| format!("{} {}", b.label, b.text)).collect();
        json!({
            "kind": "bars",
            "label": format!("Figure\u{a0}{}", bars.id),
            "caption": self.runs(&bars.caption),
            "alt": self.shown(&said.join(self.lang.pick(" ; ", "; "))),
            "bars": bars.bars.iter().map(bar).collect::<Vec<_>>(),
        })
    }

    fn curves(&self, curves: &Curves) -> Value {
        let points: Vec<[f64; 3]> =
            curves.points.iter().map(|p| [p.log10_lr, p.same, p.different]).collect();
        let lang = self.lang;
        let said: Vec<String> = points
            .iter()
            .map(|[at, same, different]| {
                let (at, same, different) =
                    (lang.signed(*at), lang.rate(*same), lang.rate(*different));
                said!(
                    lang,
                    "log10 {at} : {same} et {different}",
                    "log10 {at}: {same} and {different}"
                )
            })
            .collect();
        json!({
            "kind": "curves",
            "label": format!("Figure\u{a0}{}", curves.id),
            "caption": self.runs(&curves.caption),
            "alt": self.shown(&said.join(self.lang.pick(" ; ", "; "))),
            "points": points,
        })
    }

    fn passages(&self, passages: &Passages) -> Value {
        let word = |w: &Word| json!([step(w.log10), pieces(&self.shown(&w.text))]);
        json!({
            "kind": "passages",
            "label": Words::of(self.lang).numbered(&passages.id),
            "caption": self.runs(&passages.caption),
            "rows": passages
                .rows
                .iter()
                .map(|row| json!({
                    "account": self.runs(&row.account),
                    "words": row.words.iter().map(word).collect::<Vec<_>>(),
                }))
                .collect::<Vec<_>>(),
        })
    }

    fn statements(&self, statements: &[Statement]) -> Vec<Value> {
        let statement = |s: &Statement| match s {
            Statement::Fact(sentence) => self.sentence(sentence),
            Statement::Prose(prose) => json!({ "id": null, "runs": self.runs(prose.text()) }),
        };
        statements.iter().map(statement).collect()
    }

    fn sentence(&self, sentence: &Sentence) -> Value {
        json!({ "id": sentence.id(), "runs": self.runs(sentence.text()) })
    }

    pub(super) fn runs(&self, text: &Text) -> Vec<Value> {
        let run = |r: &Run| {
            let shown = self.shown(&r.text);
            let pieces = match r.kind {
                RunKind::Plain | RunKind::Strong | RunKind::Blank => vec![shown],
                RunKind::Data | RunKind::Code => pieces(&shown),
            };
            json!([r.kind.as_str(), pieces])
        };
        text.runs().iter().map(run).collect()
    }

    /// The text with every character that the fonts lack written out.
    pub(super) fn shown(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            // The symbols of line feed, return and tab: in a quoted line they are white space.
            if matches!(c, '\u{2409}' | '\u{240a}' | '\u{240d}') {
                out.push(' ');
            } else if (self.covered)(c) || c == '\u{ad}' {
                out.push(c);
            } else {
                out += &named(c);
            }
        }
        out
    }
}

/// From -2 (sets far apart) to 2 (brings far together).
pub(super) fn step(log10: Option<f64>) -> i64 {
    let value = log10.unwrap_or(0.0);
    let passed = STEPS.iter().filter(|least| value.abs() >= **least).count() as i64;
    if value < 0.0 { -passed } else { passed }
}

fn named(c: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(c))
}

/// Cuts words longer than [`WORD`] after their separators, or every [`PIECE`] characters.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let chars = word.chars().count();
        let mut run = 0;
        for c in word.chars() {
            open.push(c);
            run += 1;
            let separator =
                matches!(c, ':' | '/' | '@' | '.' | '?' | '&' | '=' | '_' | '-' | '+' | ',');
            if chars > WORD && ((separator && run > 5) || run >= PIECE) {
                out.push(std::mem::take(&mut open));
                run = 0;
            }
        }
    }
    if !open.is_empty() {
        out.push(open);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lose_nothing() {
        for text in ["", "abc", "telegram:user123456789", &"x".repeat(40), "un mot puis un autre"] {
            assert_eq!(pieces(text).concat(), text);
            assert!(pieces(text).iter().all(|piece| !piece.is_empty()));
        }
        assert_eq!(pieces(&"x".repeat(40)).len(), 4);
    }

    #[test]
    fn a_word_is_set_by_the_factor_that_it_brings() {
        let steps =
            [None, Some(0.3), Some(0.31), Some(0.7), Some(-0.5), Some(-9.0), Some(f64::NAN)];
        assert_eq!(steps.map(step), [0, 0, 1, 2, -1, -2, 0]);
    }

    #[test]
    fn what_no_font_holds_is_written_out() {
        let content = Content { covered: &|c| c.is_ascii(), lang: Language::French };
        assert_eq!(content.shown("a😀b"), "a⟨U+1F600⟩b");
    }
}
