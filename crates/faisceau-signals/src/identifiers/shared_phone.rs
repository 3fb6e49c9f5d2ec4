//! The signal `shared_phone`.
//!
//! In: profiles and posts. Out: one score for each pair of accounts and telephone number that both
//! name, or of which one names a masked form.

use std::collections::BTreeSet;

use faisceau_model::rows::{Account, Post};
use faisceau_model::{AccountKey, Family};

use super::fragment::Fragment;
use super::pairs::Identifiers;
use super::phone::{Phone, is_service, phones};
use super::written::written;
use crate::activity::Activity;
use crate::card::Card;
use crate::compare::Finding;

/// The card.
pub const CARD: Card = Card {
    name: "shared_phone",
    family: Family::Identifiers,
    measures: "Whether two accounts name the same telephone number, in international form. The \
        score is -log10 of the frequency of this very number among the other accounts active in \
        the same period, 30 days around, (k + 1/2) / (N + 1) for k of N accounts. A masked number \
        such as 06 .. .. .. 34 is compared by its known digits: its score is at most one for each \
        digit beyond the country and the kind of line.",
    source: "accounts (handle, name, self-description) and posts, without forwarded ones and \
        quoted lines. Numbers in posts weigh less: whoever attacks somebody posts that person's \
        number",
    needs: "one common number, international or French; of a masked number, two digits beyond \
        the kind of line. A number that more than 50 accounts name is common and gives no comparison; \
        masked numbers are tried on at most 2,000,000 whole ones",
    innocent: &["impersonation", "masked_fragment", "shared_identifier", "third_party_identifier"],
    depends_on: "Mail addresses and handles of the same profile: the strongest of the family is \
        kept, they are never multiplied.",
    validation: "None by error rates: no corpus with known numbers could be had. The rates are \
        conventions, written with their grounds in discrete.toml and capped low.",
    reference: "ITU-T E.164; Fellegi and Sunter, JASA 1969; term frequency adjustment as in Splink",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    (profiles, posts): (&[Account], &[Post]),
    activity: &Activity,
) -> Vec<Finding> {
    let mut identifiers = Identifiers::new(&CARD, &["impersonation", "shared_identifier"]);
    for text in written(profiles, posts) {
        for phone in phones(text.text) {
            match phone {
                Phone::Whole(digits) => {
                    let trace = text.trace(digits.clone());
                    let reversed = digits.chars().rev().collect();
                    identifiers.add_whole(digits, reversed, text.account, trace);
                }
                Phone::Masked(fragment) => {
                    let prefix: String =
                        fragment.shape.chars().rev().take_while(char::is_ascii_digit).collect();
                    let trace = text.trace(fragment.shape.clone());
                    identifiers.add_masked(&prefix, fragment, text.account, trace);
                }
            }
        }
    }
    identifiers.findings(accounts, activity, Fragment::fits_phone, |shared| {
        let service = is_service(shared.value);
        service.then_some("third_party_identifier").into_iter().collect::<BTreeSet<_>>()
    })
}
