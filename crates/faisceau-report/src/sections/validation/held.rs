//! What the calibration of style was found to be worth on the pairs of this case.
//!
//! In: what the run found, one line for each table that was used. Out: a sentence each, which rests
//! on the record of the run. A check that was not made is said with its ground.

use super::Statement;
use crate::french::{count, counted, decimal, lower_first};
use crate::index::{Index, cut};
use crate::input::{Found, StyleShift};
use crate::sentence::Support;
use crate::wording::prose;
use crate::writer::Writer;

pub(super) fn statements(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let shifts = index.input.style_shifts;
    let mut out: Vec<Statement> = shifts
        .iter()
        .map(|shift| w.say(said(index, shift), Support::one("set:summary.style_shifts")))
        .collect();
    if shifts.iter().any(|shift| matches!(shift.found, Found::Held { .. })) {
        out.extend(prose(&index.words.prose.held));
    }
    out
}

fn said(index: &Index<'_>, shift: &StyleShift) -> String {
    let under = match shift.condition.as_str() {
        "" => String::new(),
        code => format!(" (cas : {})", lower_first(&index.words.innocent(&cut(code)).title)),
    };
    let pairs = counted(usize::try_from(shift.pairs).unwrap_or(0), "paire", "paires");
    let accounts = counted(usize::try_from(shift.accounts).unwrap_or(0), "compte", "comptes");
    match shift.found {
        Found::Held { cost, expected, log10 } => {
            let done = if log10 < 0.0 {
                format!(
                    "tous les rapports de vraisemblance de style{under} sont abaissés de {} (log10)",
                    decimal(-log10, 2)
                )
            } else {
                "aucun rapport n'est abaissé".to_owned()
            };
            format!(
                "Étalonnage du style{under} confronté au dossier : {pairs} de {accounts}, coût moyen {} bit contre {} attendu ; {done}.",
                decimal(cost, 2),
                decimal(expected, 2)
            )
        }
        Found::FewAccounts(least) => format!(
            "L'étalonnage du style{under} n'est pas confronté au dossier : {accounts}, il en faut {}.",
            count(least)
        ),
        Found::ChosenPairs => format!(
            "L'étalonnage du style{under} n'est pas confronté au dossier : parmi tant de comptes, les paires comparées sont choisies par ce qu'elles partagent."
        ),
        Found::NoFigure => format!(
            "L'étalonnage du style{under} n'est pas confronté au dossier : la référence ne donne pas le coût attendu."
        ),
    }
}
