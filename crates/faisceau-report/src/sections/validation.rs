//! Section 9: the method and its measured errors.

use std::collections::BTreeSet;

use crate::french::{count, counted, decimal, list, rate, signed};
use crate::index::{Index, cut};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const SHOWN: usize = 80;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let mut blocks: Vec<Block> =
        prose(&index.words.prose.method).into_iter().map(|s| Block::Paragraph(vec![s])).collect();
    blocks.push(Block::Paragraph(signals(index, w)));
    if index.input.validation.is_empty() {
        let text = "Aucun chiffre de validation n'accompagne cette analyse : les rapports de vraisemblance sont à lire avec cette réserve.";
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("set:validation"))]));
    } else {
        blocks.push(table(index, w));
        blocks.push(Block::Paragraph(prose(&index.words.prose.figures)));
    }
    blocks
}

fn signals(index: &Index<'_>, w: &mut Writer) -> Vec<Statement> {
    let used: BTreeSet<&str> = index.input.comparisons.iter().map(|c| c.signal.as_str()).collect();
    let names: Vec<String> = used.iter().map(|code| index.words.signal(&cut(code))).collect();
    let text = if names.is_empty() {
        "Aucun indice n'a donné de comparaison.".to_owned()
    } else {
        format!(
            "{} {} : {}.",
            counted(names.len(), "indice a donné", "indices ont donné"),
            counted(index.input.comparisons.len(), "comparaison", "comparaisons"),
            list(&names, 20)
        )
    };
    vec![w.say(text, Support::one("comparisons"))]
}

fn table(index: &Index<'_>, w: &mut Writer) -> Block {
    let lines = index.input.validation;
    let columns = vec![
        column("Indice", 10),
        column("Corpus ; matière", 7),
        numbers("Paires même / autre", 5),
        numbers("AUC", 3),
        numbers("EER", 3),
        numbers("Cllr", 3),
        numbers("Cllr\u{a0}min", 4),
        numbers("LR\u{a0}>\u{a0}10", 4),
        numbers("LR\u{a0}>\u{a0}100", 4),
        numbers("Plafond", 4),
    ];
    let rows = lines.iter().map(|line| {
        let cells = vec![
            index.words.signal(&cut(&line.signal)).into(),
            Text::new().data(&line.corpus, 40).plain(" ; ").data(&line.material, 40),
            format!("{} / {}", count(line.pairs_same), count(line.pairs_diff)).into(),
            line.auc.map_or_else(|| "–".to_owned(), |auc| decimal(auc, 3)).into(),
            rate(line.eer).into(),
            decimal(line.cllr, 2).into(),
            decimal(line.cllr_min, 2).into(),
            rate(line.misleading_10).into(),
            rate(line.misleading_100).into(),
            line.cap.map_or_else(|| "–".to_owned(), signed).into(),
        ];
        (cells, Support::one(format!("dat:{}", line.corpus)))
    });
    let corpora: BTreeSet<String> =
        lines.iter().map(|line| format!("dat:{}", line.corpus)).collect();
    let limit =
        Limit::listed(SHOWN, ["ligne", "lignes"], Support::every(corpora, "set:validation"));
    w.table("Erreurs mesurées de la méthode", columns, rows, lines.len(), limit)
}
