//! Section 9: the method and its measured errors.

mod held;
mod rungs;

use std::collections::BTreeSet;

use crate::french::lower_first;
use crate::index::{Index, cut};
use crate::input::ValidationLine;
use crate::language::said;
use crate::model::{Block, CurvePoint};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

use rungs::Rung;

const SHOWN: usize = 40;
/// Most points of a figure.
const POINTS: usize = 400;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let mut blocks: Vec<Block> =
        prose(&index.words.prose.method).into_iter().map(|s| Block::Paragraph(vec![s])).collect();
    let mut summary = signals(index, w);
    let lines = index.input.validation;
    if !lines.is_empty() {
        let text = said!(
            lang,
            "Les erreurs mesurées de la méthode ({} : taux d'erreur, rapports trompeurs, plafonds) sont à l'annexe J, pour les quantités de matière du dossier.",
            "The measured errors of the method ({}: error rates, misleading ratios, caps) are in annex J, for the amounts of material of the case.",
            lang.counted(
                lines.len(),
                ["ligne de validation", "lignes de validation"],
                ["validation row", "validation rows"]
            )
        );
        summary.push(w.say(text, whole(lines)));
    }
    blocks.push(Block::Paragraph(summary));
    let held = held::statements(index, w);
    if !held.is_empty() {
        blocks.push(Block::Paragraph(held));
    }
    blocks
}

/// Annex J: the measured errors.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let mut blocks = Vec::new();
    let lines = index.input.validation;
    if lines.is_empty() {
        let text = lang.pick(
            "Aucun chiffre de validation n'accompagne cette analyse : les rapports de vraisemblance sont à lire avec cette réserve.",
            "No validation figure accompanies this analysis: the likelihood ratios are to be read with this reservation.",
        );
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("set:validation"))]));
        return blocks;
    }
    let rungs = rungs::shown(lines, index.input.comparisons);
    if rungs.is_empty() {
        let text = said!(
            lang,
            "Aucune comparaison ne relève des {} de la validation ; l'annexe B dit où elles sont.",
            "No comparison falls under the {} of the validation; annex B says where the validation is to be found.",
            lang.counted(lines.len(), ["ligne", "lignes"], ["row", "rows"])
        );
        blocks.push(Block::Paragraph(vec![w.say(text, whole(lines))]));
        return blocks;
    }
    blocks.push(table(index, &rungs, w));
    blocks.push(Block::Paragraph(prose(&index.words.prose.figures)));
    if let Some(figure) = tippett(index, &rungs, w) {
        blocks.push(Block::Paragraph(prose(&index.words.prose.tippett)));
        blocks.push(figure);
    }
    blocks
}

fn signals(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
    let used: BTreeSet<&str> = index.input.comparisons.iter().map(|c| c.signal.as_str()).collect();
    let names: Vec<String> = used.iter().map(|code| index.words.signal(&cut(code))).collect();
    let text = if names.is_empty() {
        lang.pick("Aucun indice n'a donné de comparaison.", "No indicator gave a comparison.")
            .to_owned()
    } else {
        said!(
            lang,
            "{} {} : {}.",
            "{} {}: {}.",
            lang.counted(
                names.len(),
                ["indice a donné", "indices ont donné"],
                ["indicator gave", "indicators gave"]
            ),
            lang.counted(
                index.input.comparisons.len(),
                ["comparaison", "comparaisons"],
                ["comparison", "comparisons"]
            ),
            names.join(lang.pick(" ; ", "; "))
        )
    };
    vec![w.say(text, Support::one("comparisons"))]
}

/// All datasets of the validation.
pub(super) fn whole(lines: &[ValidationLine]) -> Support {
    let corpora: BTreeSet<String> =
        lines.iter().map(|line| format!("dat:{}", line.corpus)).collect();
    Support::every(corpora, "set:validation")
}

/// The signal, with the explanation under which these figures hold.
fn name(index: &Index<'_>, line: &ValidationLine) -> Text {
    let name = Text::from(index.words.signal(&cut(&line.signal)));
    if line.condition.is_empty() {
        return name;
    }
    let condition = lower_first(&index.words.innocent(&cut(&line.condition)).title);
    name.plain(said!(index.lang, " (cas : {condition})", " (condition: {condition})"))
}

fn material(index: &Index<'_>, line: &ValidationLine) -> Text {
    let lang = index.lang;
    Text::from(format!("{} ", lang.count(line.material)))
        .plain(index.words.unit(&cut(&line.unit)))
        .plain(lang.pick(" par compte", " per account"))
}

fn table(index: &Index<'_>, rungs: &[Rung<'_>], w: &mut Writer) -> Block {
    let (lang, lines) = (index.lang, index.input.validation);
    let columns = vec![
        column(lang.pick("Indice ; corpus", "Indicator; corpus"), 8),
        column(lang.pick("Matière", "Material"), 5),
        numbers(lang.pick("Dossier", "Case"), 4),
        numbers(lang.pick("Paires même / autre", "Pairs same / other"), 5),
        numbers("AUC", 3),
        numbers("EER", 4),
        numbers("Cllr", 3),
        numbers("Cllr min", 3),
        numbers("LR\u{a0}>\u{a0}10", 4),
        numbers("LR\u{a0}>\u{a0}100", 4),
        numbers(lang.pick("Plafonds (ELUB)", "Caps (ELUB)"), 6),
    ];
    let bound = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), |x| lang.signed(x));
    let rows = rungs.iter().map(|rung| {
        let line = rung.line;
        let cells = vec![
            name(index, line).plain(lang.pick(" ; ", "; ")).data(&line.corpus, 40),
            material(index, line),
            if rung.used == 0 { "–".into() } else { lang.count(rung.used).into() },
            format!("{} / {}", lang.count(line.pairs_same), lang.count(line.pairs_diff)).into(),
            line.auc.map_or_else(|| "–".to_owned(), |auc| lang.decimal(auc, 3)).into(),
            lang.rate(line.eer).into(),
            lang.decimal(line.cllr, 2).into(),
            lang.decimal(line.cllr_min, 2).into(),
            lang.rate(line.misleading_10).into(),
            lang.rate(line.misleading_100).into(),
            said!(lang, "{} à {}", "{} to {}", bound(line.floor), bound(line.cap)).into(),
        ];
        (cells, Support::one(format!("dat:{}", line.corpus)))
    });
    let also = lang.pick(
        " : celles dont relèvent les comparaisons du dossier et leurs voisines ; l'annexe B dit où sont les autres",
        ": those under which the comparisons of the case fall, and their neighbours; annex B says where the others are",
    );
    let nouns = lang.pick(["ligne", "lignes"], ["row", "rows"]);
    let limit = Limit::listed(SHOWN, nouns, whole(lines)).amounting_to(also.to_owned());
    let caption = lang.pick("Erreurs mesurées de la méthode", "Measured errors of the method");
    w.table(caption, columns, rows, lines.len(), limit)
}

/// The Tippett plot of the line that most comparisons fall under.
fn tippett(index: &Index<'_>, rungs: &[Rung<'_>], w: &mut Writer) -> Option<Block> {
    let drawn = |line: &ValidationLine| {
        let sound = |x: f64| x.is_finite();
        line.tippett.len() > 1
            && line.tippett.iter().all(|p| sound(p.log10_lr) && sound(p.same) && sound(p.different))
    };
    let mut most: Option<&Rung<'_>> = None;
    for rung in rungs.iter().filter(|rung| rung.used > 0 && drawn(rung.line)) {
        if most.is_none_or(|best| rung.used > best.used) {
            most = Some(rung);
        }
    }
    let rung = most?;
    let lang = index.lang;
    let share = said!(
        lang,
        " ({}) : part des paires dont le rapport atteint ou dépasse chaque valeur",
        " ({}): share of the pairs whose ratio reaches or exceeds each value",
        lang.counted(
            rung.used,
            ["comparaison du dossier", "comparaisons du dossier"],
            ["comparison of the case", "comparisons of the case"]
        )
    );
    let caption = name(index, rung.line).plain(", ").then(material(index, rung.line)).plain(share);
    let points = rung.line.tippett.iter().take(POINTS).map(|p| CurvePoint {
        log10_lr: p.log10_lr.clamp(-12.0, 12.0),
        same: p.same.clamp(0.0, 1.0),
        different: p.different.clamp(0.0, 1.0),
    });
    let support = Support::one(format!("dat:{}", rung.line.corpus));
    Some(w.curves(caption, points.collect(), support))
}
