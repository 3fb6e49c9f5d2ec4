//! Section 4 bis: raids, and the links of acting together under their own propositions.
//!
//! In: rows of `raids`, links of the relation coordination. Out: one sentence where there is
//! neither. Nothing of it is added to a link of one hand.

use std::collections::BTreeMap;

use faisceau_model::rows::Raid;
use faisceau_model::{Moment, Relation, RowId, excerpt};

use super::links;
use crate::french::{lower_first, paris};
use crate::index::{Index, cut};
use crate::language::{Language, said};
use crate::model::{Block, Fact};
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
    let lang = index.lang;
    let raids = by_chance(index);
    let linked = index.of_relation(Relation::Coordination).count() > 0;
    if raids.is_empty() && !linked {
        let text = lang.pick(
            "Aucun raid n'a été relevé, c'est-à-dire aucune affluence de comptes sur une même cible au-delà du rythme habituel, et aucun rapprochement d'action concertée n'est pesé.",
            "No raid was found, that is to say no surge of accounts on the same target beyond the usual rate, and no link of coordinated action is weighed.",
        );
        let support = Support::one("raids").and(links::all(Relation::Coordination));
        return vec![Block::Paragraph(vec![w.say(text, support)])];
    }
    let mut blocks = vec![Block::Paragraph(prose(&index.words.prose.raids))];
    if raids.is_empty() {
        let text = lang.pick("Aucun raid n'a été relevé.", "No raid was found.");
        blocks.push(Block::Paragraph(vec![w.say(text, Support::one("raids"))]));
    } else {
        blocks.push(Block::Paragraph(overview(&raids, w)));
        blocks.push(table(index, &raids, w));
    }
    let heading = lang.pick("Rapprochements d'action concertée", "Links of coordinated action");
    blocks.push(Block::Heading(heading.into()));
    blocks.push(Block::Paragraph(prose(&index.words.prose.coordination)));
    let pair = index.words.relation(Relation::Coordination.as_str());
    let proposition = |(label, text): (&str, &String)| -> Statement {
        let text = said!(lang, " : {text}.", ": {text}.");
        Prose::new(Text::new().strong(label).plain(text)).into()
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
        let text = index.lang.pick(
            "Ni raid, ni rapprochement d'action concertée qui appelle un détail.",
            "There is neither a raid nor a link of coordinated action that calls for detail.",
        );
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
    let found = w.lang.counted(
        raids.len(),
        ["raid relevé", "raids relevés"],
        ["raid found", "raids found"],
    );
    vec![w.say(format!("{found}."), Support::one("raids"))]
}

fn target(index: &Index<'_>, raid: &Raid) -> Text {
    let code = cut(&raid.target_kind);
    let kind = index.words.target(&code);
    let words = links::masked(&excerpt(&raid.target, 400));
    Text::from(format!("{kind} ")).quoted(index.lang, &words, TARGET)
}

/// An instant as a table gives it: in UTC, then on the clocks of Paris.
fn both_clocks(lang: Language, moment: Moment) -> String {
    let local = paris(moment);
    let local = local.map_or_else(String::new, |local| said!(lang, " ; {local}", "; {local}"));
    format!("{}{local}", lang.instant(moment))
}

fn table(index: &Index<'_>, raids: &[&Raid], w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        column("Raid", 3),
        column(lang.pick("Cible", "Target"), 8),
        column(lang.pick("Premier acte (UTC ; Paris)", "First act (UTC; Paris)"), 8),
        numbers(lang.pick("Actes", "Acts"), 2),
        numbers(lang.pick("Comptes", "Accounts"), 3),
        numbers(lang.pick("Attendus", "Expected"), 3),
        numbers(lang.pick("Hasard (log10)", "Chance (log10)"), 3),
    ];
    let rows = raids.iter().map(|raid| {
        let cells = vec![
            Text::new().code(raid.id.as_str()),
            target(index, raid),
            both_clocks(lang, raid.onset).into(),
            lang.count(raid.acts).into(),
            lang.count(raid.accounts.len()).into(),
            lang.decimal(raid.expected, 2).into(),
            lang.signed(raid.log10_chance).into(),
        ];
        (cells, Support::one(&raid.id))
    });
    let limit = Limit::of(IN_BODY, ["raid", "raids"], "raids");
    let caption = lang.pick(
        "Raids, du moins au plus explicable par le hasard",
        "Raids, from the least to the most explicable by chance",
    );
    w.table(caption, columns, rows, raids.len(), limit)
}

fn accounts(index: &Index<'_>, keys: &[String]) -> Text {
    let lang = index.lang;
    let shown = keys.iter().take(ACCOUNTS).map(|key| index.member(key));
    let text = Text::join(shown, ", ");
    match keys.len().saturating_sub(ACCOUNTS) {
        0 => text,
        rest => {
            let others = lang.others(rest);
            text.plain(said!(lang, " et {others}", " and {others}"))
        }
    }
}

fn detail(index: &Index<'_>, raid: &Raid, w: &mut Writer) -> Vec<Block> {
    let lang = index.lang;
    let support = || Support::one(&raid.id);
    let all = || support().and_all(raid.rows.iter().take(24));
    let title = Text::from(lang.pick("Raid contre : ", "Raid against: ")).then(target(index, raid));
    let arrived = said!(
        lang,
        "{}, par ordre d'arrivée : ",
        "{}, in order of arrival: ",
        lang.count(raid.accounts.len())
    );
    let who = Text::from(arrived).then(accounts(index, &raid.accounts)).plain(".");
    let observed = ["compte observé", "comptes observés"];
    let expected = said!(
        lang,
        "{} ; le même corpus, dans la même période et aux mêmes heures, en amènerait {}.",
        "{}; the same corpus, in the same period and at the same hours, would yield {}.",
        lang.counted(raid.accounts.len(), observed, ["account observed", "accounts observed"]),
        lang.decimal(raid.expected, 2)
    );
    let chance = said!(
        lang,
        "log10 {}, une fois multiplié par le nombre de fenêtres examinées ({}).",
        "log10 {}, once multiplied by the number of windows examined ({}).",
        lang.signed(raid.log10_chance),
        lang.count(raid.searched)
    );
    let acts = lang.agreed(usize::try_from(raid.acts).unwrap_or(0), ["message", "messages"]);
    let (first, last) = (both_clocks(lang, raid.onset), both_clocks(lang, raid.end));
    let mut facts = vec![
        w.fact(lang.pick("Premier acte", "First act"), format!("{first}."), all()),
        w.fact(lang.pick("Dernier acte", "Last act"), format!("{last}."), support()),
        w.fact(lang.pick("Actes", "Acts"), format!("{acts}."), all()),
        w.fact(lang.pick("Comptes", "Accounts"), who, support()),
        w.fact(lang.pick("Attendus", "Expected"), expected, support()),
        w.fact(lang.pick("Hasard", "Chance"), chance, support()),
    ];
    facts.extend(order(index, raid, w));
    let titles: Vec<String> = raid
        .innocent
        .iter()
        .map(|code| lower_first(&excerpt(&index.words.innocent(&cut(code)).title, 60)))
        .collect();
    let others = if titles.is_empty() {
        lang.pick(
            "aucune relevée, ce qui ne les exclut pas.",
            "none found, which does not rule them out.",
        )
        .to_owned()
    } else {
        format!("{}.", lang.list(&titles, 8))
    };
    facts.push(w.fact(lang.pick("Autres explications", "Other explanations"), others, support()));
    vec![Block::Heading(title), Block::Card(facts)]
}

/// Who acts before and after the others more often than by chance.
fn order(index: &Index<'_>, raid: &Raid, w: &mut Writer) -> Vec<Fact> {
    let lang = index.lang;
    let support = || Support::one(&raid.id);
    if raid.leaders.is_empty() && raid.followers.is_empty() {
        let text = lang.pick(
            "aucun compte n'agit avant ou après les autres plus souvent que le hasard ne le donne.",
            "no account acts before or after the others more often than would be expected by chance.",
        );
        return vec![w.fact(lang.pick("Ordre", "Order"), text, support())];
    }
    let mut facts = Vec::new();
    for (label, keys) in [
        (lang.pick("Souvent en tête", "Often first"), &raid.leaders),
        (lang.pick("Souvent à la suite", "Often following"), &raid.followers),
    ] {
        if !keys.is_empty() {
            let text = accounts(index, keys).plain(lang.pick(
                " ; cet ordre n'établit pas qui entraîne qui.",
                "; this order does not establish who leads whom.",
            ));
            facts.push(w.fact(label, text, support()));
        }
    }
    facts
}

/// Every explanation that a raid carries, with what would settle it.
fn explanations(index: &Index<'_>, raids: &[&Raid], w: &mut Writer) -> Block {
    let mut touched: BTreeMap<&str, Vec<&RowId>> = BTreeMap::new();
    for raid in raids {
        for code in &raid.innocent {
            touched.entry(code).or_default().push(&raid.id);
        }
    }
    let lang = index.lang;
    let how = lang
        .pick("Comment elle produirait les observations", "How it would produce the observations");
    let columns = vec![
        column(lang.pick("Explication", "Explanation"), 5),
        column(how, 8),
        column(lang.pick("Ce qui la confirmerait", "What would confirm it"), 7),
        column(lang.pick("Ce qui l'écarterait", "What would rule it out"), 7),
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
            lang.list(&names, 6).into(),
        ];
        (cells, Support::every(ids, "raids"))
    });
    let nouns = lang.pick(["explication", "explications"], ["explanation", "explanations"]);
    let limit = Limit::of(LISTED, nouns, "raids");
    let caption =
        lang.pick("Autres explications des raids relevés", "Other explanations of the raids found");
    w.table(caption, columns, rows, total, limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_given_on_both_clocks() {
        let at = Moment::from_rfc3339("2026-10-12T16:05:12+02:00").unwrap();
        assert_eq!(
            both_clocks(Language::French, at),
            "12\u{a0}octobre\u{a0}2026 à 14\u{a0}h\u{a0}05\u{a0}min\u{a0}12\u{a0}s UTC ; 2026-10-12 16:05:12 +02:00"
        );
        assert_eq!(
            both_clocks(Language::English, at),
            "12\u{a0}October\u{a0}2026 at 14:05:12 UTC; 2026-10-12 16:05:12 +02:00"
        );
    }
}
