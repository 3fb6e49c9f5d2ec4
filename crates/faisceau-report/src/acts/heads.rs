//! What the judge is asked to order, head by head: C1, C2 and, where gravity makes it arguable, C3,
//! each apart, each limited to what the tables enumerate. Traffic data are never among them.
//!
//! In: the requests to one addressee. Out: the dispositive, « pour les besoins de la procédure
//! pénale », with time limit, penalty, costs; blanks for what `[acts]` does not give.

use faisceau_graph::law::{GravityLevel, HeadStep, HeadText};
use faisceau_model::rows::Request;
use faisceau_model::{AccountKey, Head};

use super::drafting::{Drafting, heading};
use super::grounds;
use super::parties::unverified;
use super::pieces::cite;
use super::targets::{Target, is_mailbox};
use super::{accounts, connections};
use crate::french::{count, counted};
use crate::model::Block;
use crate::sentence::{Prose, Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

/// What the lawyer says of the messages: no table says which of them is wrongful.
pub(super) const RETAINED: &str = "messages retenus (lignes du tableau des messages) et texte dont chacun est susceptible de relever";

/// The tables that a head points to.
pub(super) struct Tables<'t> {
    /// The accounts, or the addresses of an operator.
    pub(super) objects: &'t str,
    /// The messages; empty for an operator.
    pub(super) messages: &'t str,
}

/// The heads that are asked of an addressee: C3 only where gravity makes it arguable.
pub(super) fn asked(d: &Drafting<'_>, target: &Target<'_>) -> Vec<Head> {
    Head::ALL
        .iter()
        .copied()
        .filter(|head| !target.of_head(*head).is_empty())
        .filter(|head| *head != Head::C3 || d.gravity() >= GravityLevel::Arguable)
        .collect()
}

/// The visas.
pub(super) fn visas(d: &Drafting<'_>, ex_parte: bool) -> Block {
    let code = |text: &str| Statement::from(Prose::new(text));
    let mut out = vec![
        code("Vu l'article 145 du code de procédure civile,"),
        code(if ex_parte {
            "Vu les articles 493 à 498, 845 et 846 du code de procédure civile,"
        } else {
            "Vu les articles 484 à 492 du code de procédure civile,"
        }),
        code(
            "Vu l'article 6, V (ancien 6, II), de la loi n° 2004-575 du 21 juin 2004 (rédaction en vigueur à vérifier),",
        ),
        code(
            "Vu les articles L. 34-1, II bis, et R. 10-13 du code des postes et des communications électroniques,",
        ),
        code("Vu les articles 2 à 5 du décret n° 2021-1362,"),
        code("Vu l'article 10 du règlement (UE) 2022/2065,"),
    ];
    for qualification in &d.qualifications {
        let text = Text::from("Vu ").then(grounds::article(qualification)).plain(",");
        out.push(Prose::new(text).into());
    }
    out.push(code("Vu les pièces énumérées au bordereau,"));
    Block::List(out)
}

/// The heads, each under its own title.
pub(super) fn blocks(
    d: &Drafting<'_>,
    target: &Target<'_>,
    tables: &Tables<'_>,
    w: &mut Writer,
) -> Vec<Block> {
    let mut out = Vec::new();
    for head in asked(d, target) {
        out.push(heading(title(head)));
        let steps: &[HeadStep] = if target.operator {
            &[HeadStep::Operator]
        } else {
            &[HeadStep::Platform, HeadStep::Mail]
        };
        let mut said = Vec::new();
        for &step in steps {
            let rows: Vec<&Request> =
                target.of_head(head).into_iter().filter(|row| step_of(row) == step).collect();
            if let Some(words) = d.input.law.head(head, step).filter(|_| !rows.is_empty()) {
                said.push(order(d, target, words, &rows, tables, w));
            }
        }
        out.push(Block::Paragraph(said));
    }
    out
}

fn title(head: Head) -> &'static str {
    match head {
        Head::C1 => "Premier chef (C1) – identité civile",
        Head::C2 => "Deuxième chef (C2) – autres données de souscription et de paiement",
        Head::C3 => "Chef distinct (C3) – source de la connexion",
    }
}

fn step_of(row: &Request) -> HeadStep {
    match row.account.known() {
        _ if row.hop == 2 => HeadStep::Operator,
        Some(key) if is_mailbox(key) => HeadStep::Mail,
        _ => HeadStep::Platform,
    }
}

/// `Ordonner à … de communiquer …, dans un délai de …, pour les besoins de la procédure pénale, …`.
fn order(
    d: &Drafting<'_>,
    target: &Target<'_>,
    words: &HeadText,
    rows: &[&Request],
    tables: &Tables<'_>,
    w: &mut Writer,
) -> Statement {
    let text = Text::from("Ordonner à ")
        .then(target.named())
        .plain(" de communiquer à ")
        .then(d.receiver());
    let text = text
        .plain(", dans un délai de ")
        .then(days(d))
        .plain(" à compter de la signification de l'ordonnance, ")
        .strong("pour les besoins de la procédure pénale")
        .plain(", ")
        .plain(words.ask.as_str())
        .plain(unverified(words.status))
        .plain(", ");
    let accounts = enumerated(target, rows);
    let text = match (words.step, words.head) {
        (HeadStep::Operator, _) => text.plain(format!(
            "pour les adresses, ports et instants énumérés au tableau {}",
            tables.objects
        )),
        (_, Head::C3) => text.plain(format!(
            "à savoir, parmi ceux du tableau {}, émanant {} {accounts} au tableau {}, les messages ",
            tables.messages,
            if rows.len() == 1 { "du" } else { "des" },
            tables.objects
        ))
        .blank(RETAINED)
        .plain(", dans la mesure où ces données sont encore détenues"),
        (..) => text.plain(format!(
            "pour {} {accounts} au tableau {}",
            if rows.len() == 1 { "le" } else { "les" },
            tables.objects
        )),
    };
    let keys: Vec<&AccountKey> = rows.iter().filter_map(|row| row.account.known()).collect();
    let mut pieces = accounts::exhibits_of(d, &keys);
    if words.step == HeadStep::Operator {
        pieces = rows.iter().flat_map(|row| connections::exhibits(row)).collect();
    }
    let support = Support::every(rows.iter().map(|row| &row.id), "requests").and("dat:law");
    w.say(text.plain(" (").then(cite(&pieces)).plain(")."), support)
}

/// The accounts of some requests as the table has them: `2 comptes énumérés`, or the rows where
/// other accounts stand in the table too.
fn enumerated(target: &Target<'_>, rows: &[&Request]) -> String {
    let all = target.accounts();
    let (one, many) = ("compte énuméré", "comptes énumérés");
    let what = if rows.len() == 1 { one.to_owned() } else { counted(rows.len(), one, many) };
    if rows.len() == all.len() {
        return what;
    }
    let asked: Vec<String> = all
        .iter()
        .enumerate()
        .filter(|(_, key)| rows.iter().any(|row| row.account.known() == Some(**key)))
        .map(|(i, _)| (i + 1).to_string())
        .collect();
    let lines = if asked.len() == 1 { "ligne" } else { "lignes" };
    format!("{what} ({lines} {})", crate::french::list(&asked, usize::MAX))
}

/// The time limit, or a blank.
pub(super) fn days(d: &Drafting<'_>) -> Text {
    match d.input.facts.days {
        Some(days) => {
            Text::from(counted(usize::try_from(days).unwrap_or(usize::MAX), "jour", "jours"))
        }
        None => Text::new().blank("délai de communication, en jours"),
    }
}

/// Penalty, costs, notice to the holder, enforcement.
pub(super) fn modalities(d: &Drafting<'_>, ex_parte: bool, w: &mut Writer) -> Block {
    let facts = d.input.facts;
    let euros = |amount: Option<u32>, what: &str| match amount {
        Some(euros) => Text::from(format!("{}\u{a0}€", count(euros))),
        None => Text::new().blank(what),
    };
    let set = |name: &str| Support::one(format!("set:acts.{name}"));
    let fixed = |text: &str| Statement::from(Prose::new(text));
    let penalty = Text::from("Assortir cette injonction d'une astreinte de ")
        .then(euros(facts.astreinte_eur, "montant de l'astreinte par jour de retard"))
        .plain(" par jour de retard, passé ce délai ;");
    let mut out = vec![
        w.say(penalty, set("astreinte_eur")),
        fixed("Se réserver la liquidation de l'astreinte ;"),
        fixed(
            "Dire que le fournisseur n'informera le titulaire du compte de l'injonction qu'après la communication des données (article 10, 5, du DSA, à vérifier) ;",
        ),
        fixed("Dire que les données communiquées ne pourront servir qu'à la procédure pénale ;"),
    ];
    if ex_parte {
        out.push(fixed("Dire que copie de la requête et de l'ordonnance sera laissée à la personne à laquelle elle est opposée ;"));
        out.push(fixed("Rappeler que l'ordonnance est exécutoire au seul vu de la minute."));
        return Block::Numbered(out);
    }
    let costs = Text::from("Condamner le défendeur à verser au demandeur ")
        .then(euros(facts.costs_eur, "montant demandé au titre de l'article 700"))
        .plain(" au titre de l'article 700 du code de procédure civile, ou, à défaut, réserver ce point ;");
    out.push(w.say(costs, set("costs_eur")));
    out.push(fixed("Statuer sur les dépens ;"));
    out.push(fixed("Rappeler que l'ordonnance est exécutoire de droit à titre provisoire."));
    Block::Numbered(out)
}
