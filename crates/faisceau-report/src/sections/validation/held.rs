//! What the calibration of style was found to be worth on the pairs of this case.
//!
//! In: what the run found, one line for each table that was used. Out: a sentence each, which rests
//! on the record of the run. A check that was not made is said with its ground.

use super::Statement;
use crate::french::lower_first;
use crate::index::{Index, cut};
use crate::input::{Found, StyleShift};
use crate::language::said;
use crate::sentence::Support;
use crate::wording::prose;
use crate::writer::Writer;

pub(super) fn statements(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let shifts = index.input.style_shifts;
    let mut out: Vec<Statement> = shifts
        .iter()
        .map(|shift| w.say(checked(index, shift), Support::one("set:summary.style_shifts")))
        .collect();
    if shifts.iter().any(|shift| matches!(shift.found, Found::Held { .. })) {
        out.extend(prose(&index.words.prose.held));
    }
    out
}

fn checked(index: &Index<'_>, shift: &StyleShift) -> String {
    let lang = index.lang;
    let under = match shift.condition.as_str() {
        "" => String::new(),
        code => {
            let condition = lower_first(&index.words.innocent(&cut(code)).title);
            said!(lang, " (cas : {condition})", " (condition: {condition})")
        }
    };
    let whole = |n: i64| usize::try_from(n).unwrap_or(0);
    let pairs = lang.counted(whole(shift.pairs), ["paire", "paires"], ["pair", "pairs"]);
    let accounts =
        lang.counted(whole(shift.accounts), ["compte", "comptes"], ["account", "accounts"]);
    match shift.found {
        Found::Held { cost, expected, log10 } => {
            let done = if log10 < 0.0 {
                said!(
                    lang,
                    "tous les rapports de vraisemblance de style{under} sont abaissés de {} (log10)",
                    "all the likelihood ratios of writing style{under} are lowered by {} (log10)",
                    lang.decimal(-log10, 2)
                )
            } else {
                lang.pick("aucun rapport n'est abaissé", "no ratio is lowered").to_owned()
            };
            said!(
                lang,
                "Étalonnage du style{under} confronté au dossier : {pairs} de {accounts}, coût moyen {} bit contre {} attendu ; {done}.",
                "Calibration of the writing style{under} checked against the case: {pairs} of {accounts}, mean cost {} bit against {} expected; {done}.",
                lang.decimal(cost, 2),
                lang.decimal(expected, 2)
            )
        }
        Found::FewAccounts(least) => said!(
            lang,
            "L'étalonnage du style{under} n'est pas confronté au dossier : {accounts}, il en faut {}.",
            "The calibration of the writing style{under} is not checked against the case: {accounts}, where {} are needed.",
            lang.count(least)
        ),
        Found::ChosenPairs => said!(
            lang,
            "L'étalonnage du style{under} n'est pas confronté au dossier : parmi tant de comptes, les paires comparées sont choisies par ce qu'elles partagent.",
            "The calibration of the writing style{under} is not checked against the case: among so many accounts, the pairs compared are chosen by what they share."
        ),
        Found::NoFigure => said!(
            lang,
            "L'étalonnage du style{under} n'est pas confronté au dossier : la référence ne donne pas le coût attendu.",
            "The calibration of the writing style{under} is not checked against the case: the reference does not give the expected cost."
        ),
    }
}
