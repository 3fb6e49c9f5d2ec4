//! Section 4 bis: raids, and the links of acting together under their own propositions.
//!
//! In: rows of `raids`, links of the relation coordination. Out: one sentence where there is
//! neither. Nothing of it is added to a link of one hand.

use std::collections::BTreeMap;

use faisceau_model::rows::Raid;
use faisceau_model::{Moment, Relation, RowId, excerpt};

use super::links;
use crate::french::{count, counted, decimal, instant, list, lower_first, paris, signed};
use crate::index::{Index, cut};
use crate::model::Block;
use crate::sentence::{Prose, Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Limit, Writer, column, numbers};

const DETAILED: usize = 8;
const LISTED: usize = 40;
/// Raids of the body.
const IN_BODY: usize = 12;
const ACCOUNTS: usize = 12;
const TARGET: usize = 60;

pub(super) fn blocks(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let raids = by_chance(index);
    let linked = index.of_relation(Relation::Coordination).count() > 0;
    if raids.is_empty() && !linked {
        let text = "Aucun raid n'a été relevé, c'est-à-dire aucune affluence de comptes sur une même cible au-delà du rythme habituel, et aucun rapprochement d'action concertée n'est pesé.";
        let support = Support::one("raids").and(links::all(Relation::Coordination));
        return vec![Block::Paragraph(vec![w.say(text, support)])];
    }
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.raids))];
    if raids.is_empty() {
        let text = "Aucun raid n'a été relevé.";
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("raids"))]));
    } else {
        blocks.push(Block::Paragraph(overview(&raids, w)));
        blocks.push(table(index, &raids, w));
    }
    blocks.push(Block::Heading("Rapprochements d'action concertée".into()));
    blocks.push(Block::Paragraph(prose(&index.words.prose.coordination)));
    let pair = index.words.relation(Relation::Coordination.as_str());
    let proposition = |(label, text): (&str, &String)| -> Statement {
        Prose::new(Text::new().strong(label).plain(format!(" : {text}."))).into()
    };
    blocks.push(Block::List([("H1", &pair.h1), ("H2", &pair.h2)].map(proposition).into()));
    blocks.push(Block::Paragraph(links::overview(index, Relation::Coordination, w)));
    blocks.extend(links::of(index, Relation::Coordination, w));
    blocks
}

/// Annex G: the raids one by one, and the links of acting together in full.
pub(super) fn annex(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let raids = by_chance(index);
    let mut blocks: Vec<Block> =
        raids.iter().take(DETAILED).flat_map(|raid| detail(index, raid, w)).collect();
    if !raids.is_empty() {
        blocks.push(explanations(index, &raids, w));
    }
    blocks.extend(links::in_detail(index, Relation::Coordination, w));
    if blocks.is_empty() {
        let text = "Ni raid, ni rapprochement d'action concertée qui appelle un détail.";
        let support = Support::one("raids").and(links::chosen(Relation::Coordination, "H1"));
        blocks.push(Block::Paragraph(vec![w.say(text, support)]));
    }
    blocks
}

/// The raids, the least likely by chance first.
fn by_chance<'a>(index: &Index<'a>) -> Vec<&'a Raid> {
    let mut raids: Vec<&Raid> = index.input.raids.iter().collect();
    raids.sort_by(|x, y| x.log10_chance.total_cmp(&y.log10_chance).then_with(|| x.id.cmp(&y.id)));
    raids
}

fn overview(raids: &[&Raid], w: &mut Writer) -> Vec<Statement> {
    let text = format!("{}.", counted(raids.len(), "raid relevé", "raids relevés"));
    vec![w.say(text, Support::one("raids"))]
}

fn target(index: &Index<'_>, raid: &Raid) -> Text {
    let code = cut(&raid.target_kind);
    let kind = index.words.target(&code);
    Text::from(format!("{kind} ")).quoted(&links::masked(&excerpt(&raid.target, 400)), TARGET)
}

/// An instant as a table gives it: in UTC, then on the clocks of Paris.
fn both_clocks(moment: Moment) -> String {
    let local = paris(moment).map_or_else(String::new, |local| format!(" ; {local}"));
    format!("{}{local}", instant(moment))
}

fn table(index: &Index<'_>, raids: &[&Raid], w: &mut Writer) -> Block {
    let columns = vec![
        column("Raid", 3),
        column("Cible", 8),
        column("Premier acte (UTC ; Paris)", 8),
        numbers("Actes", 2),
        numbers("Comptes", 3),
        numbers("Attendus", 3),
        numbers("Hasard (log10)", 3),
    ];
    let rows = raids.iter().map(|raid| {
        let cells = vec![
            Text::new().code(raid.id.as_str()),
            target(index, raid),
            both_clocks(raid.onset).into(),
            count(raid.acts).into(),
            count(raid.accounts.len()).into(),
            decimal(raid.expected, 2).into(),
            signed(raid.log10_chance).into(),
        ];
        (cells, Support::one(&raid.id))
    });
    let limit = Limit::of(IN_BODY, ["raid", "raids"], "raids");
    w.table("Raids, du moins au plus explicable par le hasard", columns, rows, raids.len(), limit)
}

fn accounts(index: &Index<'_>, keys: &[String]) -> Text {
    let shown = keys.iter().take(ACCOUNTS).map(|key| index.member(key));
    let text = Text::join(shown, ", ");
    match keys.len().saturating_sub(ACCOUNTS) {
        0 => text,
        rest => text.plain(format!(" et {}", counted(rest, "autre", "autres"))),
    }
}

fn detail(index: &Index<'_>, raid: &Raid, w: &mut Writer) -> Vec<Block> {
    let support = || Support::one(&raid.id);
    let all = || support().and_all(raid.rows.iter().take(24));
    let title = Text::from("Raid contre : ").then(target(index, raid));
    let who = Text::from(format!("{}, par ordre d'arrivée : ", count(raid.accounts.len())))
        .then(accounts(index, &raid.accounts))
        .plain(".");
    let expected = format!(
        "{} ; le même corpus, dans la même période et aux mêmes heures, en amènerait {}.",
        counted(raid.accounts.len(), "compte observé", "comptes observés"),
        decimal(raid.expected, 2)
    );
    let chance = format!(
        "log10 {}, une fois multiplié par le nombre de fenêtres examinées ({}).",
        signed(raid.log10_chance),
        count(raid.searched)
    );
    let acts = usize::try_from(raid.acts).unwrap_or(0);
    let mut facts = vec![
        w.fact("Premier acte", format!("{}.", both_clocks(raid.onset)), all()),
        w.fact("Dernier acte", format!("{}.", both_clocks(raid.end)), support()),
        w.fact("Actes", format!("{}.", counted(acts, "message", "messages")), all()),
        w.fact("Comptes", who, support()),
        w.fact("Attendus", expected, support()),
        w.fact("Hasard", chance, support()),
    ];
    if raid.leaders.is_empty() && raid.followers.is_empty() {
        let text =
            "aucun compte n'agit avant ou après les autres plus souvent que le hasard ne le donne.";
        facts.push(w.fact("Ordre", text, support()));
    }
    for (label, keys) in
        [("Souvent en tête", &raid.leaders), ("Souvent à la suite", &raid.followers)]
    {
        if !keys.is_empty() {
            let text = accounts(index, keys).plain(" ; cet ordre n'établit pas qui entraîne qui.");
            facts.push(w.fact(label, text, support()));
        }
    }
    let titles: Vec<String> = raid
        .innocent
        .iter()
        .map(|code| lower_first(&excerpt(&index.words.innocent(&cut(code)).title, 60)))
        .collect();
    let others = if titles.is_empty() {
        "aucune relevée, ce qui ne les exclut pas.".to_owned()
    } else {
        format!("{}.", list(&titles, 8))
    };
    facts.push(w.fact("Autres explications", others, support()));
    vec![Block::Heading(title), Block::Card(facts)]
}

/// Every explanation that a raid carries, with what would settle it.
fn explanations(index: &Index<'_>, raids: &[&Raid], w: &mut Writer) -> Block {
    let mut touched: BTreeMap<&str, Vec<&RowId>> = BTreeMap::new();
    for raid in raids {
        for code in &raid.innocent {
            touched.entry(code).or_default().push(&raid.id);
        }
    }
    let columns = vec![
        column("Explication", 5),
        column("Comment elle produirait les observations", 8),
        column("Ce qui la confirmerait", 7),
        column("Ce qui l'écarterait", 7),
        column("Raids", 4),
    ];
    let total = touched.len();
    let rows = touched.into_iter().map(|(code, ids)| {
        let e = index.words.innocent(&cut(code));
        let names: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let cells = vec![
            Text::new().strong(excerpt(&e.title, 60)),
            e.text.into(),
            e.confirms.into(),
            e.refutes.into(),
            list(&names, 6).into(),
        ];
        (cells, Support::every(ids, "raids"))
    });
    let limit = Limit::of(LISTED, ["explication", "explications"], "raids");
    w.table("Autres explications des raids relevés", columns, rows, total, limit)
}
