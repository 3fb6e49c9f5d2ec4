//! What the analyst decided of a link: beside the figures, never in them.

use faisceau_model::rows::Link;
use faisceau_model::{Decision, Relation, Review, excerpt};

use crate::french::{count, counted};
use crate::index::{Index, cut};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::Writer;

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

/// How many links of a relation were reviewed, and how.
pub(super) fn overview(index: &Index<'_>, relation: Relation, w: &mut Writer) -> Option<Statement> {
    let linked = |review: &&Review| {
        index.of_relation(relation).any(|l| (&l.a, &l.b) == (&review.a, &review.b))
    };
    let reviews: Vec<&Review> = index.input.reviews.iter().filter(linked).collect();
    let first = reviews.first()?;
    let of = |decision| count(reviews.iter().filter(|r| r.decision == decision).count());
    let text = format!(
        "{} (retenus : {} ; écartés : {} ; réservés : {}) ; tous figurent ici, quelle que soit la décision.",
        counted(reviews.len(), "rapprochement a été relu", "rapprochements ont été relus"),
        of(Decision::Accept),
        of(Decision::Dismiss),
        of(Decision::Hold),
    );
    let rest = reviews.iter().skip(1).take(23).map(|review| format!("jrn:{}", review.seq));
    Some(w.say(text, support(first).and_all(rest)))
}
