//! The discussion of an act for the civil judge: competence, no trial, legitimate cause, a measure
//! that the law allows, proportion, time limit.
//!
//! In: what the case states and the prose of the acts. Out: blocks under the headings A to F. Text
//! that was not read itself says « (à vérifier) ».

use faisceau_graph::law::{Category, Fact, GravityLevel};
use faisceau_model::{Head, Maybe, Moment, RowId};

use super::drafting::{Drafting, heading};
use super::heads::asked;
use super::parties::unverified;
use super::targets::Target;
use super::{grounds, heads};
use crate::french::{day, lower_first};
use crate::model::{Block, Reference};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::wording::prose;
use crate::writer::{Writer, column};

/// Characters of what the claimant states of the effects.
const EFFECTS: usize = 4000;

/// A: which court, and what its competence rests on.
pub(super) fn competence(d: &Drafting<'_>, w: &mut Writer) -> Vec<Block> {
    let case = &d.input.note.case;
    let place = Text::from("Le contenu a été consulté depuis ")
        .given(&case.access_place, 120, "lieu d'accès aux contenus, constaté par pièce")
        .plain(" ; domicile du demandeur : ")
        .given(&d.input.facts.claimant.domicile, 160, "domicile du demandeur")
        .plain(" (pièce n° ")
        .blank("numéro de la pièce qui établit le lieu d'accès et le domicile")
        .plain("). Ressort dans lequel le dommage est subi : ")
        .blank("ce qui rattache le dommage au ressort de la juridiction saisie")
        .plain(".");
    let support = Support::one("set:case.access_place")
        .and("set:acts.claimant.domicile")
        .and("set:case.claimant_domicile");
    vec![
        heading("A. Compétence"),
        Block::Paragraph(prose(&d.words.competence)),
        Block::Paragraph(vec![w.say(place, support)]),
    ]
}

/// B: nothing is pending before the court that would judge the merits.
pub(super) fn no_trial(d: &Drafting<'_>, w: &mut Writer) -> Vec<Block> {
    let mut said = prose(&d.words.no_trial);
    let text = Text::from("À ce jour : ")
        .blank("confirmer qu'aucune instance au fond n'est engagée, et l'état de la plainte")
        .plain(".");
    said.push(w.say(text, Support::one("set:case.facts")));
    if d.states(Fact::ComplaintFiled) {
        let text = Text::from("Une plainte a été déposée le ")
            .blank("date et service de la plainte")
            .plain(" (pièce n° ")
            .blank("numéro de la pièce : récépissé de la plainte")
            .plain(").");
        said.push(w.say(text, Support::one("set:case.facts")));
    }
    vec![heading("B. Absence de procès au fond"), Block::Paragraph(said)]
}

/// C: the legitimate cause.
pub(super) fn cause(d: &Drafting<'_>, target: &Target<'_>, w: &mut Writer) -> Vec<Block> {
    let mut out = vec![heading("C. Motif légitime"), Block::Paragraph(prose(&d.words.cause))];
    out.extend(grounds::blocks(d, w));
    out.push(Block::Paragraph(vec![effects(d, w)]));
    let useful =
        if target.operator { &d.words.usefulness_operator } else { &d.words.usefulness_platform };
    let mut said = prose(useful);
    let text = Text::from("La note technique (")
        .then(d.pieces.cite_note())
        .plain(") rapproche des comptes entre eux ; elle ne désigne aucune personne.");
    said.push(w.say(text, Support::one("links")));
    out.push(Block::Paragraph(said));
    out
}

/// What the claimant states of the effects.
pub(super) fn effects(d: &Drafting<'_>, w: &mut Writer) -> Statement {
    let text = Text::from("Effets déclarés sur la santé et les conditions de vie : ")
        .given(&d.input.facts.effects, EFFECTS, "effets sur la santé et les conditions de vie")
        .plain(" (pièce n° ")
        .blank("numéro des pièces sur les effets : certificat médical, attestations")
        .plain(").");
    let mut support = Support::one("set:acts.effects");
    let mut text = text;
    if let Some(itt) = d.input.stated.itt_days {
        let days =
            crate::french::counted(usize::try_from(itt).unwrap_or(usize::MAX), "jour", "jours");
        text = text.plain(format!(" Incapacité totale de travail déclarée : {days}."));
        support = support.and("set:case.facts");
    }
    w.say(text, support)
}

/// D: what the law allows, category by category, and the reasons of C3 apart.
pub(super) fn measure(d: &Drafting<'_>, target: &Target<'_>, w: &mut Writer) -> Vec<Block> {
    let asked = asked(d, target);
    let mut out = vec![
        heading("D. Mesure légalement admissible"),
        Block::List(prose(&d.words.measure)),
        Block::Reference(categories(d, &asked)),
    ];
    if target.operator {
        out.push(Block::Paragraph(prose(&d.words.measure_operator)));
    } else if asked.contains(&Head::C3) {
        out.push(heading("Sur le chef C3, motivé à part"));
        let mut said = prose(&d.words.c3_reasons);
        said.push(gravity(d, w));
        out.push(Block::List(said));
    }
    out
}

/// What the case states that bears on gravity, with the maximum.
fn gravity(d: &Drafting<'_>, w: &mut Writer) -> Statement {
    let labels: Vec<String> =
        d.input.stated.stated.iter().map(|fact| d.input.law.label(*fact).to_owned()).collect();
    let text =
        Text::from("Au soutien de la gravité, le dossier déclare : ").plain(labels.join(" ; "));
    let text = match d.qualifications.first() {
        Some(first) => text
            .plain(". Le maximum encouru est de ")
            .plain(grounds::penalty(first))
            .plain(" (article ")
            .plain(first.article.as_str())
            .plain(" du code pénal)."),
        None => text.plain("."),
    };
    let step = d.max_years().and_then(|years| d.input.law.gravity(years));
    // Below three years the one decision known was on this article; others were refused.
    let own = d.qualifications.first().is_some_and(|first| first.article == "222-33-2-2");
    let step = step.filter(|step| own || step.level == GravityLevel::Granted);
    let text = match step {
        Some(step) => text
            .plain(" Décisions en ce sens : ")
            .plain(step.decisions.join(" ; "))
            .plain(" (à vérifier)."),
        None => text,
    };
    w.say(text, grounds::support())
}

/// The categories asked for: what they hold, the texts, how long they are kept.
fn categories(d: &Drafting<'_>, asked: &[Head]) -> Reference {
    let wanted = |category: &&Category| {
        category.requestable && category.head.is_some_and(|head| asked.contains(&head))
    };
    let row = |category: &Category| {
        let kept = d.input.law.deadline(&category.deadline);
        let kept = kept.map_or_else(Text::new, |deadline| {
            let label = deadline.label.rsplit(" : ").next().unwrap_or_default();
            Text::from(label).plain(unverified(deadline.status))
        });
        vec![
            Text::from(category.code.as_str()),
            Text::from(lower_first(&category.name).as_str())
                .plain(" : ")
                .plain(category.content.join(" ; ")),
            Text::from(category.articles.join(" ; ").as_str()).plain(to_check(category)),
            kept,
        ]
    };
    Reference {
        caption: "Catégories de données demandées, textes et durée de conservation".into(),
        columns: vec![
            column("Catégorie", 3),
            column("Contenu", 11),
            column("Textes", 7),
            column("Conservation", 6),
        ],
        rows: d.input.law.categories().iter().filter(wanted).map(row).collect(),
    }
}

/// A category whose text was read, but one of whose lists was not.
fn to_check(category: &Category) -> &'static str {
    let partly = category.source.contains("à vérifier");
    if partly { " (à vérifier)" } else { unverified(category.status) }
}

/// E: proportion.
pub(super) fn proportionality(d: &Drafting<'_>, target: &Target<'_>) -> Vec<Block> {
    let words = d.words;
    let limits = if target.operator {
        &words.proportionality_operator
    } else {
        &words.proportionality_platform
    };
    let mut said = prose(limits);
    said.extend(prose(&words.proportionality));
    vec![heading("E. Proportionnalité"), Block::Paragraph(said)]
}

/// F: the time limit, and why it must be short. `events` are what connection data are asked about:
/// an instant and the row that says it.
///
/// Without connection data there is no last day to name; a *requête* knows neither hearing nor
/// provisional enforcement.
pub(super) fn delay<'r>(
    d: &Drafting<'_>,
    (connections, ex_parte): (bool, bool),
    events: impl Iterator<Item = (&'r Maybe<Moment>, &'r RowId)>,
    w: &mut Writer,
) -> Vec<Block> {
    let text =
        Text::from("Le délai de communication demandé est de ").then(heads::days(d)).plain(".");
    let mut said = vec![w.say(text, Support::one("set:acts.days"))];
    let open = events.filter_map(|(at, id)| Some((d.kept(at).open()?, id)));
    if let Some((first, id)) = open.min().filter(|_| connections) {
        let text = format!(
            "Les premières des données de connexion en cause qui seront effacées ne sont conservées que jusqu'au {}.",
            day(first)
        );
        said.push(w.say(text, Support::one(id)));
    }
    if connections {
        said.extend(prose(&d.words.delay_connections));
    }
    said.extend(prose(if ex_parte { &d.words.delay_ex_parte } else { &d.words.delay }));
    said.extend(prose(&d.words.delay_notice));
    vec![heading("F. Délai et astreinte"), Block::Paragraph(said)]
}
