//! What every source says of the addresses of one account, side by side: several answers may hold
//! at once, and a source that is silent is named.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::AddressVerdict;
use faisceau_model::{Listing, Maybe, RowId};

use super::{Bound, SHOWN};
use crate::index::{Index, cut};
use crate::language::said;
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Answers that are told of one address.
const ANSWERS: usize = 14;

/// The table of an account, or nothing where no source was asked.
pub(super) fn table(index: &Index<'_>, bound: &[Bound<'_>], w: &mut Writer) -> Option<Block> {
    let lang = index.lang;
    let of = by_address(index, bound);
    let mut seen = BTreeSet::new();
    // Each address once, at its first use: the table of connections gives the other uses.
    let addresses: Vec<(&str, &[&AddressVerdict])> = bound
        .iter()
        .filter(|(_, row)| seen.insert(row.ip.as_str()))
        .filter_map(|(_, row)| Some((row.ip.as_str(), of.get(&row.id)?.as_slice())))
        .collect();
    if addresses.is_empty() {
        return None;
    }
    let columns = vec![
        column(lang.pick("Adresse, au premier usage", "Address, at first use"), 7),
        column(
            lang.pick(
                "Ce que répondent les sources (source, écart)",
                "What the sources answer (source, gap)",
            ),
            20,
        ),
        column(lang.pick("Disent non", "Answer no"), 7),
        column(lang.pick("Muettes à cette date", "Silent at that date"), 6),
    ];
    let total = addresses.len();
    let cells = addresses.iter().map(|(ip, rows)| {
        let yes = rows.iter().filter(|row| row.listing == Listing::Listed);
        let cells = vec![
            Text::new().code(cut(ip)),
            Text::join(yes.take(ANSWERS).map(|row| answer(index, row)), lang.pick(" ; ", "; ")),
            names(index, rows, Listing::NotListed),
            names(index, rows, Listing::NoData),
        ];
        (cells, Support::rows(rows.iter().map(|row| &row.id), "verdicts"))
    });
    let all = Support::every(addresses.iter().flat_map(|(_, r)| *r).map(|row| &row.id), "verdicts");
    let nouns = lang.pick(["adresse", "adresses"], ["address", "addresses"]);
    let limit = Limit::listed(SHOWN, nouns, all);
    let caption = Text::from(lang.pick(
        "Ce que chaque source dit des adresses du compte ",
        "What each source says of the addresses of the account ",
    ));
    let caption = caption.then(index.name_and_key(bound[0].0));
    Some(w.table(caption, columns, cells, total, limit))
}

/// The verdicts on the addresses of the account.
fn by_address<'a>(
    index: &Index<'a>,
    bound: &[Bound<'_>],
) -> BTreeMap<&'a RowId, Vec<&'a AddressVerdict>> {
    let wanted: BTreeSet<&RowId> = bound.iter().map(|(_, row)| &row.id).collect();
    let mut of: BTreeMap<&RowId, Vec<&AddressVerdict>> = BTreeMap::new();
    for row in index.input.verdicts.iter().filter(|row| wanted.contains(&row.address)) {
        of.entry(&row.address).or_default().push(row);
    }
    of
}

/// `VPN commercial : 192.0.2.0/24 (vpn@2026-01-01, 59 j ; règle générale)`, or in English
/// `commercial VPN: 192.0.2.0/24 (vpn@2026-01-01, 59 d; general rule)`.
fn answer(index: &Index<'_>, row: &AddressVerdict) -> Text {
    let lang = index.lang;
    let text = Text::from(index.words.question(row.question.as_str()));
    let text = match &row.value {
        Maybe::Known(value) => text.plain(lang.pick(" : ", ": ")).data(value, 60),
        Maybe::Missing(_) => text,
    };
    let text = text.plain(" (").data(&row.source, 44);
    let text = match row.days.known() {
        Some(days) => {
            let days = lang.count(*days);
            text.plain(said!(lang, ", {days}\u{a0}j", ", {days}\u{a0}d"))
        }
        None => text,
    };
    let rule = lang.pick(" ; règle générale", "; general rule");
    let text = if row.heuristic { text.plain(rule) } else { text };
    let notes = row.notes.iter().map(|code| index.words.verdict_note(&cut(code)).to_owned());
    let noted = |text: Text, note: String| text.plain(said!(lang, " ; {note}", "; {note}"));
    notes.fold(text, noted).plain(")")
}

/// The questions that got this answer, each once.
fn names(index: &Index<'_>, rows: &[&AddressVerdict], listing: Listing) -> Text {
    let questions: BTreeSet<_> =
        rows.iter().filter(|row| row.listing == listing).map(|row| row.question).collect();
    if questions.is_empty() {
        return "–".into();
    }
    Text::join(questions.into_iter().map(|q| index.words.question(q.as_str()).into()), ", ")
}
