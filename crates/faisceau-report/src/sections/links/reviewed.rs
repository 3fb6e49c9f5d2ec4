//! What the analyst decided of a link: beside the figures, never in them.

use faisceau_model::rows::Link;
use faisceau_model::{Decision, Review, excerpt};

use crate::french::{count, counted};
use crate::index::{Index, cut};
use crate::model::Block;
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column};

/// Decisions that are listed.
const LISTED: usize = 200;
/// How much of a reason is shown.
const REASON: usize = 400;

/// The line of the journal that holds the decision.
fn support(review: &Review) -> Support {
    Support::one(format!("jrn:{}", review.seq))
}

/// The decision on a link, if there is one.
pub(super) fn statement(index: &Index<'_>, link: &Link, w: &mut Writer) -> Option<Statement> {
    let mut reviews = index.input.reviews.iter();
    let review = reviews.find(|review| (&review.a, &review.b) == (&link.a, &link.b))?;
    let decided = match review.decision {
        Decision::Accept => "retenu",
        Decision::Dismiss => "écarté",
        Decision::Hold => "réservé",
    };
    let day = review.at.get(..10).unwrap_or(&review.at);
    let text = Text::from("À la relecture, ce rapprochement a été ")
        .strong(decided)
        .plain(format!(" le {day} par "))
        .plain(cut(&review.who))
        .plain(" : « ")
        .plain(excerpt(&review.because, REASON))
        .plain(" ». Cette décision ne change aucun chiffre.");
    Some(w.say(text, support(review)))
}

/// Figures as a French reader writes them, with the names of the relations.
fn french(figures: &str) -> String {
    if figures.is_empty() {
        return "–".to_owned();
    }
    let named =
        figures.replace("same_hand", "même main").replace("coordination", "action concertée");
    named.replace('.', ",")
}

/// Every decision of the case, on whatever pair.
pub(super) fn table(index: &Index<'_>, w: &mut Writer) -> Vec<Block> {
    let reviews = index.input.reviews;
    if reviews.is_empty() {
        return Vec::new();
    }
    let of = |decision| count(reviews.iter().filter(|r| r.decision == decision).count());
    let text = format!(
        "{} (retenues : {} ; écartées : {} ; réservées : {}) ; toutes figurent ci-dessous, quelle que soit la décision, et aucune ne change un chiffre.",
        counted(reviews.len(), "paire a été relue", "paires ont été relues"),
        of(Decision::Accept),
        of(Decision::Dismiss),
        of(Decision::Hold),
    );
    let lines = || reviews.iter().map(|review| format!("jrn:{}", review.seq));
    let said = w.say(text, Support::every(lines(), "set:case.journal"));
    let columns = vec![
        column("Comptes", 6),
        column("Décision", 3),
        column("Motif", 7),
        column("Par, le", 4),
        column("Chiffres à cette date (log10)", 5),
    ];
    let rows = reviews.iter().map(|review| {
        let decided = match review.decision {
            Decision::Accept => "retenue",
            Decision::Dismiss => "écartée",
            Decision::Hold => "réservée",
        };
        let day = review.at.get(..10).unwrap_or(&review.at);
        let figures = french(&review.figures);
        let cells = vec![
            index.name(&review.a).plain(" et ").then(index.name(&review.b)),
            Text::new().strong(decided),
            excerpt(&review.because, REASON).into(),
            format!("{}, {day}", cut(&review.who)).into(),
            excerpt(&figures, REASON).into(),
        ];
        (cells, support(review))
    });
    let limit = Limit::of(LISTED, ["relecture", "relectures"], "links")
        .resting_on(Support::every(lines(), "set:case.journal"));
    let table = w.table("Relectures", columns, rows, reviews.len(), limit);
    vec![Block::Paragraph(vec![said]), table]
}
