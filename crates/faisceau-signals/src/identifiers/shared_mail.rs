//! The signal `shared_mail`.
//!
//! In: profiles and posts. Out: one score for each pair of accounts and mailbox that both name,
//! or of which one names a masked form.

use std::collections::BTreeSet;

use faisceau_model::rows::{Account, Post};
use faisceau_model::{AccountKey, Family};

use super::fragment::Fragment;
use super::mail::{Mail, is_role, mailbox, mails};
use super::pairs::Identifiers;
use super::written::written;
use crate::activity::Activity;
use crate::card::Card;
use crate::compare::Finding;

/// The card.
pub const CARD: Card = Card {
    name: "shared_mail",
    family: Family::Identifiers,
    measures: "Whether two accounts name the same mailbox. The score is -log10 of the frequency \
        of this very mailbox among the other accounts active in the same period, 30 days around, \
        (k + 1/2) / (N + 1) for k of N accounts. Addresses that differ by a +tag, or by dots where \
        the provider ignores them, are one mailbox, and weigh less. A masked address such as \
        j***@g***.com is compared by what is known of it: its score is at most the -log10 of the \
        share of addresses that would fit, 0.8 for each known character and 0.4 for the domain.",
    source: "accounts (handle, name, self-description) and posts, without forwarded ones and \
        quoted lines. Addresses in posts weigh less: whoever attacks somebody posts that person's \
        address",
    needs: "one common mailbox; of a masked address, two characters or one and the domain. A \
        mailbox that more than 50 accounts name is common and gives no comparison; masked \
        addresses are tried on at most 2,000,000 whole ones",
    innocent: &[
        "impersonation",
        "mail_alias",
        "masked_fragment",
        "shared_identifier",
        "third_party_identifier",
    ],
    depends_on: "Telephone numbers and handles of the same profile: the strongest of the family \
        is kept, they are never multiplied.",
    validation: "None by error rates: no corpus with known mailboxes could be had. The rates are \
        conventions, written with their grounds in discrete.toml and capped low.",
    reference: "RFC 5321, RFC 5233 (+tag); Fellegi and Sunter, JASA 1969; term frequency \
        adjustment as in Splink",
};

/// Compares the accounts.
pub(crate) fn findings(
    accounts: &[AccountKey],
    (profiles, posts): (&[Account], &[Post]),
    activity: &Activity,
) -> Vec<Finding> {
    let mut identifiers = Identifiers::new(&CARD, &["impersonation", "shared_identifier"]);
    for text in written(profiles, posts).filter(|text| text.text.contains('@')) {
        for mail in mails(text.text) {
            match mail {
                Mail::Whole(address) => {
                    let trace = text.trace(address.clone());
                    identifiers.add_whole(mailbox(&address), address, text.account, trace);
                }
                Mail::Masked(fragment) => {
                    let prefix: String =
                        fragment.shape.chars().take_while(|c| *c != '*' && *c != '@').collect();
                    let trace = text.trace(fragment.shape.clone());
                    identifiers.add_masked(&prefix, fragment, text.account, trace);
                }
            }
        }
    }
    identifiers.findings(accounts, activity, Fragment::fits_mail, |shared| {
        let mut codes = BTreeSet::new();
        if !shared.value.contains('*') && !shared.same_form() {
            codes.insert("mail_alias");
        }
        if is_role(shared.value) {
            codes.insert("third_party_identifier");
        }
        codes
    })
}
