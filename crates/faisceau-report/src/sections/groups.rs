//! Section 5: the groups, each with its weakest link and what would split it.

use faisceau_model::rows::Identity;

use crate::french::spaced;
use crate::index::{Index, cut};
use crate::language::said;
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column};

const DETAILED: usize = 10;
const MEMBERS: usize = 15;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let (lang, groups) = (index.lang, index.input.identities);
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.groups))];
    if groups.is_empty() {
        let text =
            lang.pick("Aucun groupe de comptes n'est formé.", "No group of accounts is formed.");
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("identities"))]));
    }
    for (i, group) in groups.iter().enumerate().take(DETAILED) {
        blocks.push(Block::Heading(said!(lang, "Groupe {}", "Group {}", i + 1).into()));
        blocks.push(Block::Paragraph(finding(index, group, w)));
        blocks.push(members(index, i + 1, group, w));
    }
    if groups.len() > DETAILED {
        let text = Text::from(said!(
            lang,
            "{} en tout ; les {DETAILED} premiers sont détaillés ici, la table complète est ",
            "{} in all; the first {DETAILED} are detailed here, the whole table is ",
            lang.counted(
                groups.len(),
                ["groupe est formé", "groupes sont formés"],
                ["group is formed", "groups are formed"]
            )
        ));
        let text = text.code("tables/identities.parquet").plain(".");
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("identities"))]));
    }
    blocks
}

fn finding(index: &Index<'_>, group: &Identity, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
    let support = || Support::one(&group.id).and(&group.weakest_link);
    let mut text = Text::from(said!(
        lang,
        "Ce groupe réunit {} ; le lien le plus faible est de {} (log10)",
        "This group brings together {}; the weakest link is {} (log10)",
        lang.counted(group.members.len(), ["compte", "comptes"], ["account", "accounts"]),
        lang.signed(group.weakest),
    ));
    if let Some(link) = index.link(&group.weakest_link) {
        text = text
            .plain(lang.pick(", entre ", ", between "))
            .then(index.name(&link.a))
            .plain(lang.pick(" et ", " and "))
            .then(index.name(&link.b))
            .plain(lang.pick(", soit un ", ", that is, "))
            .strong(lang.band(&link.band_fr));
        if let Some(favoured) = super::links::favours(link) {
            text = text.plain(said!(lang, " à {favoured}", " for {favoured}"));
        }
    }
    let text = text.plain(" (").code(group.weakest_link.as_str()).plain(").");
    let mut out = vec![w.say(text, support().and_all(group.rows.iter().take(24)))];
    let text = said!(
        lang,
        "Cohésion : {} (la plus basse moyenne des liens d'un membre avec le reste du groupe).",
        "Cohesion: {} (the lowest mean of the links of a member with the rest of the group).",
        lang.signed(group.cohesion)
    );
    out.push(w.say(text, support()));
    if !group.would_split.is_empty() {
        let codes: Vec<String> = group
            .would_split
            .iter()
            .map(|code| spaced(&index.words.would_split(&cut(code))))
            .collect();
        let text = said!(
            lang,
            "Ce qui le diviserait : {}.",
            "What would split it: {}.",
            lang.list(&codes, 6)
        );
        out.push(w.say(text, support()));
    }
    out
}

fn members(index: &Index<'_>, number: usize, group: &Identity, w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        column(lang.pick("Compte", "Account"), 6),
        column(lang.pick("Pseudonyme à la capture", "Handle at capture"), 8),
    ];
    let rows = group.members.iter().map(|member| {
        let support = member
            .parse()
            .map_or_else(|_| Support::one(&group.id), |key| index.account_support(&key));
        (vec![Text::new().code(cut(member)), index.member(member)], support.and(&group.id))
    });
    let nouns = lang.pick(["membre", "membres"], ["member", "members"]);
    let limit = Limit::of(MEMBERS, nouns, "identities").resting_on(Support::one(&group.id));
    let caption = said!(lang, "Comptes du groupe {number}", "Accounts of group {number}");
    w.table(caption, columns, rows, group.members.len(), limit)
}
