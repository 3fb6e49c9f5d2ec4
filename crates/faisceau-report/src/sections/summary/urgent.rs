//! The most urgent requests: at most five lines.

use std::collections::BTreeSet;

use faisceau_model::Head;
use faisceau_model::rows::Request;

use crate::index::{Index, NAME, cut};
use crate::language::said;
use crate::model::Block;
use crate::sections::requests::{in_order, is_past};
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

const LINES: usize = 5;

/// Requests of one addressee with one last day.
struct Line<'a> {
    day: &'a str,
    addressee: &'a str,
    rows: Vec<&'a Request>,
}

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let lines = lines(index);
    let past: Vec<&Request> =
        index.input.requests.iter().filter(|row| is_past(index, row)).collect();
    let mut blocks = Vec::new();
    if lines.is_empty() {
        let text = lang.pick(
            "Aucune demande n'a de délai qui coure encore.",
            "No request has a time limit still running.",
        );
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("requests"))]));
    } else {
        blocks.push(table(index, &lines, w));
    }
    if !past.is_empty() {
        let text = format!(
            "{} (section 7).",
            lang.counted(
                past.len(),
                [
                    "demande vise des données dont le délai de conservation est dépassé",
                    "demandes visent des données dont le délai de conservation est dépassé"
                ],
                [
                    "request concerns data whose retention period has expired",
                    "requests concern data whose retention period has expired"
                ]
            )
        );
        let support = Support::every(past.iter().map(|row| &row.id), "requests");
        blocks.push(Block::Paragraph(vec![w.say(text, support)]));
    }
    blocks
}

/// Open requests that may lead somewhere, those of the minimal plan alone if it has any.
fn lines<'a>(index: &Index<'a>) -> Vec<Line<'a>> {
    let open: Vec<&Request> = in_order(index)
        .into_iter()
        .filter(|row| row.last_day.known().is_some() && !is_past(index, row))
        .filter(|row| !row.expected.starts_with("dead_end"))
        .collect();
    let minimal = open.iter().any(|row| row.minimal);
    let mut lines: Vec<Line<'_>> = Vec::new();
    for row in open.into_iter().filter(|row| row.minimal || !minimal) {
        let day = row.last_day.known().map_or("", String::as_str);
        let same = |line: &&mut Line<'_>| line.day == day && line.addressee == row.addressee;
        match lines.iter_mut().find(same) {
            Some(line) => line.rows.push(row),
            None => lines.push(Line { day, addressee: &row.addressee, rows: vec![row] }),
        }
    }
    lines
}

fn table(index: &Index<'_>, lines: &[Line<'_>], w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        column(lang.pick("Au plus tard", "No later than"), 5),
        column(lang.pick("À qui", "To whom"), 6),
        column(lang.pick("Chefs", "Heads"), 3),
        column(lang.pick("Sur quoi", "Concerning"), 11),
    ];
    let cells = lines.iter().map(|line| {
        let heads: BTreeSet<Head> = line.rows.iter().map(|row| row.head).collect();
        let heads: Vec<&str> = heads.into_iter().map(Head::as_str).collect();
        let cells = vec![
            Text::new().strong(lang.iso_day(&cut(line.day))),
            Text::new().data(line.addressee, 44),
            heads.join(", ").into(),
            objects(index, &line.rows),
        ];
        (cells, Support::every(line.rows.iter().map(|row| &row.id), "requests"))
    });
    let asked = || lines.iter().flat_map(|line| &line.rows).map(|row| &row.id);
    let requests = lang.counted(asked().count(), ["demande", "demandes"], ["request", "requests"]);
    let nouns = lang.pick(["échéance", "échéances"], ["deadline", "deadlines"]);
    let limit = Limit::of(LINES, nouns, "requests")
        .resting_on(Support::every(asked(), "requests"))
        .amounting_to(format!(" ({requests})"));
    w.table(
        lang.pick(
            "Premières échéances du plan minimal (toutes les demandes : section 7)",
            "First deadlines of the minimal plan (all requests: section 7)",
        ),
        columns,
        cells,
        lines.len(),
        limit,
    )
}

fn objects(index: &Index<'_>, rows: &[&Request]) -> Text {
    let mut seen: Vec<Text> = Vec::new();
    for row in rows {
        let object = match (row.ip.known(), row.account.known()) {
            (Some(ip), _) => Text::new().code(faisceau_model::excerpt(ip, NAME)),
            (None, Some(key)) => index.name(key),
            (None, None) => continue,
        };
        if !seen.contains(&object) {
            seen.push(object);
        }
    }
    let hidden = seen.len().saturating_sub(3);
    let text = Text::join(seen.into_iter().take(3), ", ");
    if hidden == 0 {
        return text;
    }
    let lang = index.lang;
    let others = lang.others(hidden);
    text.plain(said!(lang, " et {others}", " and {others}"))
}
