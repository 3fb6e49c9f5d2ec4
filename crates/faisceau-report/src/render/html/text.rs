//! Sentences and runs of a page.
//!
//! In: texts of the model. Out: inline elements. What a stranger wrote stands isolated, so that its
//! direction moves nothing beside it; a long id may break without a character added to it.

use crate::language::{Language, said};
use crate::model::Word;
use crate::render::content::{pieces, step};
use crate::render::escaped::{push, shown};
use crate::render::words::Words;
use crate::sentence::{Sentence, Statement};
use crate::text::{Run, RunKind, Text};

/// How many of the ids that something rests on show on its number.
const SUPPORTS: usize = 24;

/// A text of the model.
pub(super) fn text(out: &mut String, text: &Text) {
    text.runs().iter().for_each(|run| kind(out, run));
}

/// A sentence as an anchor, with its number.
pub(super) fn sentence(out: &mut String, lang: Language, sentence: &Sentence) {
    out.push_str("<span id=\"");
    push(out, sentence.id());
    out.push_str("\">");
    text(out, sentence.text());
    mark(out, lang, sentence.id(), sentence.support().as_slice());
    out.push_str("</span>");
}

/// A sentence with its number, or prose.
pub(super) fn statement(out: &mut String, lang: Language, statement: &Statement) {
    match statement {
        Statement::Fact(fact) => sentence(out, lang, fact),
        Statement::Prose(prose) => text(out, prose.text()),
    }
}

/// A number that leads to its anchor and shows what it rests on.
fn mark(out: &mut String, lang: Language, id: &str, support: &[String]) {
    out.push_str("\u{202f}<a class=\"mark\" href=\"#");
    push(out, id);
    out.push_str("\" title=\"");
    push(out, &supports(lang, support));
    out.push_str("\">⟨");
    push(out, id);
    out.push_str("⟩</a>");
}

/// The ids that something rests on, the first of them where they are many.
pub(super) fn supports(lang: Language, support: &[String]) -> String {
    let shown: Vec<&str> = support.iter().take(SUPPORTS).map(String::as_str).collect();
    let &Words { rests_on, colon, .. } = Words::of(lang);
    let more = match support.len().saturating_sub(SUPPORTS) {
        0 => String::new(),
        more => said!(lang, " et {more}\u{a0}de plus", " and {more}\u{a0}more"),
    };
    format!("{rests_on}{colon}{}{more}", shown.join(", "))
}

/// A word of a passage in the step of what it brings.
pub(super) fn word(out: &mut String, word: &Word) {
    stepped(out, step(word.log10), &word.text);
}

/// The same for a step from -2 to 2.
pub(super) fn stepped(out: &mut String, step: i64, text: &str) {
    let class = match step {
        2.. => "far-together",
        1 => "together",
        -1 => "apart",
        ..=-2 => "far-apart",
        0 => return breaking(out, text),
    };
    put!(out, "<span class=\"{class}\">");
    breaking(out, text);
    out.push_str("</span>");
}

fn kind(out: &mut String, run: &Run) {
    match run.kind {
        RunKind::Plain => push(out, &run.text),
        RunKind::Strong => within(out, "strong", |out| push(out, &run.text)),
        RunKind::Data => within(out, "bdi", |out| breaking(out, &run.text)),
        RunKind::Code => within(out, "code", |out| breaking(out, &run.text)),
        RunKind::Blank => within(out, "mark", |out| {
            out.push_str("[●\u{a0}");
            push(out, &run.text);
            out.push(']');
        }),
    }
}

fn within(out: &mut String, name: &str, write: impl FnOnce(&mut String)) {
    put!(out, "<{name}>");
    write(out);
    put!(out, "</{name}>");
}

/// Text in which a long word may break.
pub(super) fn breaking(out: &mut String, text: &str) {
    for (at, piece) in pieces(&shown(text)).iter().enumerate() {
        if at > 0 {
            out.push_str("<wbr>");
        }
        push(out, piece);
    }
}
