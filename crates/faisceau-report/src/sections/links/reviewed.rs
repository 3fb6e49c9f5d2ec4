//! What the analyst decided of a link: beside the figures, never in them.

use faisceau_model::rows::Link;
use faisceau_model::{Decision, Review, excerpt};

use crate::index::Index;
use crate::language::{Language, said};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Decisions that are listed.
const LISTED: usize = 200;
/// How much of a reason is shown.
const REASON: usize = 400;
/// Longest name of whoever decided.
const WHO: usize = 48;

/// The line of the journal that holds the decision.
fn support(review: &Review) -> Support {
    Support::one(format!("jrn:{}", review.seq))
}

/// The decision on a link, if there is one.
pub(super) fn statement(index: &Index<'_>, link: &Link, w: &mut Writer) -> Option<Statement> {
    let mut reviews = index.input.reviews.iter();
    let review = reviews.find(|review| (&review.a, &review.b) == (&link.a, &link.b))?;
    let lang = index.lang;
    let decided = match review.decision {
        Decision::Accept => lang.pick("retenu", "accepted"),
        Decision::Dismiss => lang.pick("écarté", "set aside"),
        Decision::Hold => lang.pick("réservé", "reserved"),
    };
    let day = review.at.get(..10).unwrap_or(&review.at);
    let start = lang.pick("À la relecture, ce rapprochement a été ", "On review, this link was ");
    let text = Text::from(start)
        .strong(decided)
        .plain(said!(lang, " le {day} par ", " on {day} by "))
        .data(&review.who, WHO)
        .plain(lang.pick(" : ", ": "))
        .quoted(lang, &review.because, REASON)
        .plain(lang.pick(
            ". Cette décision ne change aucun chiffre.",
            ". This decision changes no figure.",
        ));
    Some(w.say(text, support(review)))
}

/// Figures as the language writes them, with the names of the relations.
fn worded(lang: Language, figures: &str) -> String {
    if figures.is_empty() {
        return "–".to_owned();
    }
    let named = figures
        .replace("same_hand", lang.pick("même main", "same hand"))
        .replace("coordination", lang.pick("action concertée", "coordinated action"));
    named.replace('.', lang.pick(",", "."))
}

/// Every decision of the case, on whatever pair.
pub(super) fn table(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let reviews = index.input.reviews;
    if reviews.is_empty() {
        return Vec::new();
    }
    let lang = index.lang;
    let of = |decision| lang.count(reviews.iter().filter(|r| r.decision == decision).count());
    let text = said!(
        lang,
        "{} (retenues : {} ; écartées : {} ; réservées : {}) ; toutes figurent ci-dessous, quelle que soit la décision, et aucune ne change un chiffre.",
        "{} (accepted: {}; set aside: {}; reserved: {}); all appear below, whatever the decision, and none changes a figure.",
        lang.counted(
            reviews.len(),
            ["paire a été relue", "paires ont été relues"],
            ["pair was reviewed", "pairs were reviewed"],
        ),
        of(Decision::Accept),
        of(Decision::Dismiss),
        of(Decision::Hold),
    );
    let lines = || reviews.iter().map(|review| format!("jrn:{}", review.seq));
    let said = w.say(text, Support::every(lines(), "set:case.journal"));
    let columns = vec![
        column(lang.pick("Comptes", "Accounts"), 6),
        column(lang.pick("Décision", "Decision"), 3),
        column(lang.pick("Motif", "Reason"), 7),
        column(lang.pick("Par, le", "By, on"), 4),
        column(lang.pick("Chiffres à cette date (log10)", "Figures at that date (log10)"), 5),
    ];
    let rows = reviews.iter().map(|review| {
        let decided = match review.decision {
            Decision::Accept => lang.pick("retenue", "accepted"),
            Decision::Dismiss => lang.pick("écartée", "set aside"),
            Decision::Hold => lang.pick("réservée", "reserved"),
        };
        let day = review.at.get(..10).unwrap_or(&review.at);
        let figures = worded(lang, &review.figures);
        let cells = vec![
            index.name(&review.a).plain(lang.pick(" et ", " and ")).then(index.name(&review.b)),
            Text::new().strong(decided),
            Text::new().data(&review.because, REASON),
            Text::new().data(&review.who, WHO).plain(format!(", {day}")),
            excerpt(&figures, REASON).into(),
        ];
        (cells, support(review))
    });
    let nouns = lang.pick(["relecture", "relectures"], ["review", "reviews"]);
    let limit =
        Limit::of(LISTED, nouns, "links").resting_on(Support::every(lines(), "set:case.journal"));
    let table = w.table(lang.pick("Relectures", "Reviews"), columns, rows, reviews.len(), limit);
    vec![Block::Paragraph(vec![said]), table]
}
