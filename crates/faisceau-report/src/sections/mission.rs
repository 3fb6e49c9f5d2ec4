//! Section 1: what was asked, the propositions, the likelihood ratio, the verbal scale.

use faisceau_model::{Band, Relation};

use crate::index::Index;
use crate::language::said;
use crate::model::{Block, Reference};
use crate::sentence::{Prose, Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Writer, column};

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let (lang, words) = (index.lang, &index.words.prose);
    let mut blocks = Vec::new();
    let mission = &index.input.case.mission;
    if !mission.trim().is_empty() {
        let text = Text::from(lang.pick("Il a été demandé : ", "What was asked: "))
            .quoted(lang, mission, 1500)
            .plain(".");
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("set:case.mission"))]));
    }
    blocks.extend(prose(&words.nature).into_iter().map(|s| Block::Paragraph(vec![s])));
    blocks.push(Block::Heading(lang.pick("Les propositions", "The propositions").into()));
    blocks.push(Block::Paragraph(prose(&words.propositions)));
    blocks.push(Block::List(propositions(index)));
    let heading = lang.pick("Le rapport de vraisemblance", "The likelihood ratio");
    blocks.push(Block::Heading(heading.into()));
    blocks.push(Block::List(prose(&words.likelihood_ratio)));
    blocks.push(Block::Reference(scale(index)));
    blocks.push(Block::Paragraph(prose(&words.scale_note)));
    blocks.push(Block::Paragraph(prose(&words.numbering)));
    blocks
}

/// The pairs of propositions that the links of this note use; the first pair always.
fn propositions(index: &Index<'_>) -> Vec<Statement> {
    let used = |relation| index.input.links.iter().any(|link| link.relation == relation);
    let mut out = Vec::new();
    for &relation in Relation::ALL {
        if relation != Relation::SameHand && !used(relation) {
            continue;
        }
        let pair = index.words.relation(relation.as_str());
        for (label, text) in [("H1", &pair.h1), ("H2", &pair.h2)] {
            let text = Text::new().strong(label).plain(said!(
                index.lang,
                " ({}) : {text}.",
                " ({}): {text}.",
                pair.title.to_lowercase()
            ));
            out.push(Prose::new(text).into());
        }
    }
    out
}

fn scale(index: &Index<'_>) -> Reference {
    let (lang, scale) = (index.lang, &index.words.scale);
    let rows = scale.ratios.iter().zip(&scale.logs).zip(&scale.inside);
    Reference {
        caption: lang
            .pick("Échelle verbale, en faveur de H1", "Verbal scale, in favour of H1")
            .into(),
        columns: vec![
            column(lang.pick("Rapport de vraisemblance", "Likelihood ratio"), 4),
            column("log10", 2),
            column(lang.pick("En français", "In French"), 4),
            column(lang.pick("En anglais (ENFSI)", "In English (ENFSI)"), 4),
        ],
        rows: rows
            .map(|((ratio, log), &inside)| {
                let band = Band::of(inside);
                vec![ratio.as_str().into(), log.as_str().into(), band.fr().into(), band.en().into()]
            })
            .collect(),
    }
}
