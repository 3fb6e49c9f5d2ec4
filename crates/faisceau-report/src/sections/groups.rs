//! Section 5: the groups, each with its weakest link and what would split it.

use faisceau_model::rows::Identity;

use crate::french::{counted, list, signed, spaced};
use crate::index::{Index, cut};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column};

const DETAILED: usize = 10;
const MEMBERS: usize = 15;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let groups = index.input.identities;
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.groups))];
    if groups.is_empty() {
        let text = "Aucun groupe de comptes n'est formé.";
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("identities"))]));
    }
    for (i, group) in groups.iter().enumerate().take(DETAILED) {
        blocks.push(Block::Heading(format!("Groupe {}", i + 1).into()));
        blocks.push(Block::Paragraph(finding(index, group, w)));
        blocks.push(members(index, i + 1, group, w));
    }
    if groups.len() > DETAILED {
        let text = Text::from(format!(
            "{} en tout ; les {DETAILED} premiers sont détaillés ici, la table complète est ",
            counted(groups.len(), "groupe est formé", "groupes sont formés")
        ));
        let text = text.code("tables/identities.parquet").plain(".");
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("identities"))]));
    }
    blocks
}

fn finding(index: &Index<'_>, group: &Identity, w: &mut Writer) -> Vec<Statement> {
    let support = || Support::one(&group.id).and(&group.weakest_link);
    let mut text = Text::from(format!(
        "Ce groupe réunit {} ; le lien le plus faible est de {} (log10)",
        counted(group.members.len(), "compte", "comptes"),
        signed(group.weakest),
    ));
    if let Some(link) = index.link(&group.weakest_link) {
        text = text
            .plain(", entre ")
            .then(index.name(&link.a))
            .plain(" et ")
            .then(index.name(&link.b))
            .plain(", soit un ")
            .strong(&link.band_fr);
        if let Some(favoured) = super::links::favours(link) {
            text = text.plain(format!(" à {favoured}"));
        }
    }
    let text = text.plain(" (").code(group.weakest_link.as_str()).plain(").");
    let mut out = vec![w.say(text, support().and_all(group.rows.iter().take(24)))];
    let text = format!(
        "Cohésion : {} (la plus basse moyenne des liens d'un membre avec le reste du groupe).",
        signed(group.cohesion)
    );
    out.push(w.say(text, support()));
    if !group.would_split.is_empty() {
        let codes: Vec<String> = group
            .would_split
            .iter()
            .map(|code| spaced(&index.words.would_split(&cut(code))))
            .collect();
        let text = format!("Ce qui le diviserait : {}.", list(&codes, 6));
        out.push(w.say(text, support()));
    }
    out
}

fn members(index: &Index<'_>, number: usize, group: &Identity, w: &mut Writer) -> Block {
    let columns = vec![column("Compte", 6), column("Pseudonyme à la capture", 8)];
    let rows = group.members.iter().map(|member| {
        let support = member
            .parse()
            .map_or_else(|_| Support::one(&group.id), |key| index.account_support(&key));
        (vec![Text::new().code(cut(member)), index.member(member)], support.and(&group.id))
    });
    let limit =
        Limit::of(MEMBERS, ["membre", "membres"], "identities").resting_on(Support::one(&group.id));
    let caption = format!("Comptes du groupe {number}");
    w.table(caption, columns, rows, group.members.len(), limit)
}
