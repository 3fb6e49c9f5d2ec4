//! Every text of a document, replaced.
//!
//! In: a document, the search. Out: a document of the same shape and numbers. A kind of block that
//! this file does not know does not compile.

use super::spans::{Search, Stream};
use crate::drawing::{
    Count, Counts, Drawing, Edge, Figure, HourGrid, Hours, Lane, Network, Node, Timeline,
};
use crate::model::{
    Bar, Bars, Block, Callout, Curves, Document, Fact, Passage, Passages, Reference, Section,
    Table, TableColumn, TableRow, Word,
};
use crate::sentence::{Prose, Sentence, Statement, Support};
use crate::text::{Run, RunKind, Text};

pub(super) fn redacted(document: &Document, search: &Search<'_>) -> Document {
    Document {
        schema: document.schema,
        kind: document.kind,
        language: document.language,
        part: part(&document.part, search),
        title: title(document, search),
        case_title: text(&document.case_title, search),
        as_of: document.as_of.clone(),
        journal: document.journal.clone(),
        tool_version: document.tool_version.clone(),
        sections: document.sections.iter().map(|s| section(s, search)).collect(),
    }
}

/// What names an addressee in the name of a file, which is made of its name.
fn part(part: &str, search: &Search<'_>) -> String {
    let words = part.replace('-', " ");
    let out = string(&words, RunKind::Data, search);
    if out == words { part.to_owned() } else { crate::acts::code_of(&out) }
}

/// The title of a document ends in that of the case, which its party wrote.
fn title(document: &Document, search: &Search<'_>) -> String {
    let case = document.case_title.to_plain();
    let own = document.title.strip_suffix(case.as_str());
    let (own, case) = own.map_or((document.title.as_str(), ""), |own| (own, case.as_str()));
    replaced(&Stream::of([(RunKind::Plain, own), (RunKind::Data, case)]), search).concat()
}

fn section(section: &Section, search: &Search<'_>) -> Section {
    Section {
        number: section.number.clone(),
        title: own(&section.title, search),
        blocks: section.blocks.iter().map(|b| block(b, search)).collect(),
        desk: section.desk,
    }
}

fn block(block: &Block, search: &Search<'_>) -> Block {
    match block {
        Block::Heading(line) => Block::Heading(text(line, search)),
        Block::Paragraph(s) => Block::Paragraph(statements(s, search)),
        Block::List(s) => Block::List(statements(s, search)),
        Block::Numbered(s) => Block::Numbered(statements(s, search)),
        Block::Centred(lines) => Block::Centred(texts(lines, search)),
        Block::Callout(Callout { title, statements: s }) => {
            Block::Callout(Callout { title: own(title, search), statements: statements(s, search) })
        }
        Block::Card(facts) => {
            let fact = |f: &Fact| Fact {
                label: own(&f.label, search),
                sentence: sentence(&f.sentence, search),
            };
            Block::Card(facts.iter().map(fact).collect())
        }
        Block::Table(table) => Block::Table(of_table(table, search)),
        Block::Reference(table) => Block::Reference(Reference {
            caption: text(&table.caption, search),
            columns: columns(&table.columns, search),
            rows: table.rows.iter().map(|row| texts(row, search)).collect(),
        }),
        Block::Bars(bars) => {
            let bar = |b: &Bar| Bar {
                label: own(&b.label, search),
                text: own(&b.text, search),
                ..b.clone()
            };
            Block::Bars(Bars {
                id: bars.id.clone(),
                caption: text(&bars.caption, search),
                bars: bars.bars.iter().map(bar).collect(),
                support: support(&bars.support, search),
            })
        }
        Block::Curves(curves) => Block::Curves(Curves {
            id: curves.id.clone(),
            caption: text(&curves.caption, search),
            points: curves.points.clone(),
            support: support(&curves.support, search),
        }),
        Block::Figure(figure) => Block::Figure(Figure {
            id: figure.id.clone(),
            caption: text(&figure.caption, search),
            alt: text(&figure.alt, search),
            drawing: drawing(&figure.drawing, search),
            support: support(&figure.support, search),
        }),
        Block::Passages(passages) => Block::Passages(Passages {
            id: passages.id.clone(),
            caption: text(&passages.caption, search),
            rows: passages.rows.iter().map(|row| passage(row, search)).collect(),
        }),
    }
}

fn drawing(drawing: &Drawing, search: &Search<'_>) -> Drawing {
    match drawing {
        Drawing::Timeline(drawing) => {
            let labels = |labels: &[(usize, String)]| -> Vec<(usize, String)> {
                labels.iter().map(|(at, label)| (*at, own(label, search))).collect()
            };
            let lane = |l: &Lane| Lane { label: text(&l.label, search), ..l.clone() };
            Drawing::Timeline(Timeline {
                unit: drawing.unit,
                starts: drawing.starts.clone(),
                ticks: labels(&drawing.ticks),
                marks: labels(&drawing.marks),
                lanes: drawing.lanes.iter().map(lane).collect(),
            })
        }
        Drawing::Hours(drawing) => {
            let grid =
                |g: &HourGrid| HourGrid { label: text(&g.label, search), counts: g.counts.clone() };
            Drawing::Hours(Hours { grids: drawing.grids.iter().map(grid).collect() })
        }
        Drawing::Network(drawing) => {
            let node = |n: &Node| Node { label: text(&n.label, search), ..n.clone() };
            let edge = |e: &Edge| Edge { band: own(&e.band, search), ..e.clone() };
            Drawing::Network(Network {
                height: drawing.height,
                nodes: drawing.nodes.iter().map(node).collect(),
                edges: drawing.edges.iter().map(edge).collect(),
            })
        }
        Drawing::Counts(drawing) => {
            let row = |c: &Count| Count {
                label: text(&c.label, search),
                value: c.value,
                beside: text(&c.beside, search),
            };
            Drawing::Counts(Counts {
                unit: own(&drawing.unit, search),
                rows: drawing.rows.iter().map(row).collect(),
            })
        }
    }
}

fn of_table(table: &Table, search: &Search<'_>) -> Table {
    let row = |r: &TableRow| TableRow {
        id: r.id.clone(),
        cells: texts(&r.cells, search),
        support: support(&r.support, search),
    };
    Table {
        id: table.id.clone(),
        caption: text(&table.caption, search),
        columns: columns(&table.columns, search),
        rows: table.rows.iter().map(row).collect(),
        left_out: table.left_out.as_ref().map(|s| sentence(s, search)),
    }
}

fn columns(columns: &[TableColumn], search: &Search<'_>) -> Vec<TableColumn> {
    let column = |c: &TableColumn| TableColumn { title: own(&c.title, search), ..c.clone() };
    columns.iter().map(column).collect()
}

/// A name may stand in several words of a passage.
fn passage(passage: &Passage, search: &Search<'_>) -> Passage {
    let stream = Stream::of(passage.words.iter().map(|w| (RunKind::Data, w.text.as_str())));
    let pieces = replaced(&stream, search);
    let word = |(word, text): (&Word, String)| Word { text, log10: word.log10 };
    let words: Vec<Word> =
        passage.words.iter().zip(pieces).map(word).filter(|word| !word.text.is_empty()).collect();
    Passage {
        id: passage.id.clone(),
        account: text(&passage.account, search),
        text: words.iter().map(|word| word.text.as_str()).collect(),
        words,
        support: support(&passage.support, search),
    }
}

fn statements(statements: &[Statement], search: &Search<'_>) -> Vec<Statement> {
    let statement = |s: &Statement| match s {
        Statement::Fact(fact) => Statement::Fact(sentence(fact, search)),
        Statement::Prose(prose) => Statement::Prose(Prose::new(text(prose.text(), search))),
    };
    statements.iter().map(statement).collect()
}

fn sentence(sentence: &Sentence, search: &Search<'_>) -> Sentence {
    sentence.with(text(sentence.text(), search), support(sentence.support(), search))
}

fn support(support: &Support, search: &Search<'_>) -> Support {
    support.mapped(|id| string(id, RunKind::Code, search))
}

fn texts(texts: &[Text], search: &Search<'_>) -> Vec<Text> {
    texts.iter().map(|t| text(t, search)).collect()
}

fn text(text: &Text, search: &Search<'_>) -> Text {
    let stream = Stream::of(text.runs().iter().map(|run| (run.kind, run.text.as_str())));
    let pieces = replaced(&stream, search);
    let run = |(run, text): (&Run, String)| Run { kind: run.kind, text };
    Text::of_runs(text.runs().iter().zip(pieces).map(run))
}

/// Words of the document that are no [`Text`].
fn own(text: &str, search: &Search<'_>) -> String {
    string(text, RunKind::Plain, search)
}

pub(super) fn string(text: &str, kind: RunKind, search: &Search<'_>) -> String {
    replaced(&Stream::of([(kind, text)]), search).concat()
}

/// The runs of a stream with what replaces the spans in them: where the span begins.
fn replaced(stream: &Stream, search: &Search<'_>) -> Vec<String> {
    let spans = search.spans(stream);
    let mut out = Vec::with_capacity(stream.runs.len());
    let mut spans = spans.into_iter().peekable();
    let mut at = 0;
    for (_, end) in &stream.runs {
        let mut piece = String::new();
        while let Some(span) = spans.peek_mut() {
            if span.start >= *end {
                break;
            }
            if at <= span.start {
                piece.push_str(stream.text.get(at..span.start).unwrap_or_default());
                piece.push_str(&std::mem::take(&mut span.label));
            }
            at = span.end.min(*end);
            if span.end > *end {
                // The rest of it goes from the runs that follow.
                span.start = *end;
                break;
            }
            spans.next();
        }
        piece.push_str(stream.text.get(at..*end).unwrap_or_default());
        at = *end;
        out.push(piece);
    }
    out
}
