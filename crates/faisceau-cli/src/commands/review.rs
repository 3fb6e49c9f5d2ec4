//! `faisceau review [A B --accept|--dismiss|--hold --because TEXT]`.

use faisceau_case::ReviewShown;
use faisceau_model::{Decision, Review, excerpt, inert};
use serde_json::json;

use crate::arguments::{Arguments, ReviewArguments};
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn review(
    arguments: &Arguments,
    wanted: &ReviewArguments,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let mut case = super::open_told(arguments, printer)?;
    let decision = match (wanted.accept, wanted.dismiss, wanted.hold) {
        (true, ..) => Some(Decision::Accept),
        (_, true, _) => Some(Decision::Dismiss),
        (_, _, true) => Some(Decision::Hold),
        _ => None,
    };
    let reviews = match (&wanted.accounts[..], decision) {
        ([], None) => case.reviews(),
        ([a, b], Some(decision)) => {
            let because = wanted.because.as_deref().unwrap_or_default();
            let who = clock::who(arguments.who.as_deref());
            vec![case.review((a, b), decision, because, &who, clock::now()?)?]
        }
        _ => {
            return Err(Failure::new(Exit::WrongUse, "what is decided?")
                .hint("faisceau review A B --accept|--dismiss|--hold --because \"…\""));
        }
    };
    if printer.json() {
        let shown = |review: &Review| {
            json!({
                "a": review.a.as_str(),
                "b": review.b.as_str(),
                "review": ReviewShown::from(review),
            })
        };
        printer.value(&reviews.iter().map(shown).collect::<Vec<_>>())?;
        return Ok(Exit::Done);
    }
    if reviews.is_empty() {
        printer.talk("no link of this case was reviewed");
    }
    for review in &reviews {
        printer.line(format!(
            "{} {} — {}: {} ({}, {}, journal line {})",
            inert(review.a.as_str()),
            inert(review.b.as_str()),
            review.decision,
            excerpt(&review.because, 300),
            inert(&review.who),
            review.at,
            review.seq
        ));
    }
    Ok(Exit::Done)
}
