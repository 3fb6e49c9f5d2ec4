//! The signal `shared_device`.
//!
//! In: devices, cookies and tokens that platforms tie to accounts. Out: one score for each pair of
//! accounts and identifier that both have.

use std::collections::BTreeSet;

use faisceau_model::rows::Device;
use faisceau_model::{AccountKey, Family, Maybe, inert};

use crate::activity::Activity;
use crate::card::Card;
use crate::compare::{Finding, Unit};
use crate::holdings::{Holdings, Trace};

/// Shortest identifier, in letters and digits.
const LEAST_LENGTH: usize = 8;
/// Fewest different letters and digits: below, it is a filler.
const LEAST_DIFFERENT: usize = 4;
/// What an application is called is the same for all its users.
const NOT_OF_ONE_DEVICE: &str = "application";
/// Given to every device of some makers in 2010-2011 by a fault (Android issue 10603).
const FAULTY: &str = "9774d56d682e549c";

/// The card.
pub const CARD: Card = Card {
    name: "shared_device",
    family: Family::Network,
    measures: "Whether platforms tie one identifier of a device, a browser or an installation \
        (cookie, token) to two accounts. The score is -log10 of the frequency of this very \
        identifier among the other accounts with identifiers, (k + 1/2) / (N + 1) for k of N \
        accounts. Names of models are never compared here.",
    source: "devices, with an identifier that is not masked; identifiers of applications are left \
        out, for all users of an application have them",
    needs: "one common identifier of 8 letters or digits, 4 of them different. An identifier that \
        more than 50 accounts have is common and gives no comparison",
    innocent: &["same_household", "shared_camera"],
    depends_on: "Addresses, for a device is used on its line: the strongest of the family network \
        is kept, they are never multiplied.",
    validation: "None by error rates: conventions, written with their grounds in discrete.toml.",
    reference: "Fellegi and Sunter, JASA 1969; term frequency adjustment as in Splink",
};

/// Compares the accounts.
pub(crate) fn findings(accounts: &[AccountKey], devices: &[Device]) -> Vec<Finding> {
    let mut holdings = Holdings::default();
    let mut uses = Vec::new();
    for device in devices {
        let (Maybe::Known(account), Maybe::Known(identifier)) =
            (&device.account, &device.identifier)
        else {
            continue;
        };
        if device.kind == NOT_OF_ONE_DEVICE {
            continue;
        }
        let Some(form) = compared_form(identifier) else { continue };
        let trace = Trace { at: None, row: &device.id, form: form.clone(), own: true };
        holdings.add(form, account, trace);
        uses.push((account, None));
    }
    let activity = Activity::from_uses(uses.into_iter());
    let shared = holdings.shared(accounts, &activity);
    let finding = |shared: &crate::holdings::Shared<'_, '_>| Finding {
        shared: Maybe::Known(inert(shared.value).into_owned()),
        innocent: BTreeSet::from(["same_household", "shared_camera"]),
        rows: shared.rows(),
        ..Finding::new(
            &CARD,
            shared.a,
            shared.b,
            shared.rarity(),
            (shared.population, shared.population),
            Unit::Accounts,
        )
    };
    shared.iter().map(finding).collect()
}

/// The identifier without spaces around, or `None` for a masked one and for a filler.
fn compared_form(identifier: &str) -> Option<String> {
    let identifier = identifier.trim();
    let masked = |c: char| matches!(c, '*' | '•' | '●' | '…') || c == '\u{fffd}';
    let of_id = identifier.chars().filter(|c| c.is_alphanumeric());
    let different: BTreeSet<char> = of_id.clone().collect();
    let long = of_id.count() >= LEAST_LENGTH && different.len() >= LEAST_DIFFERENT;
    let fits = long && !identifier.contains(masked) && !identifier.eq_ignore_ascii_case(FAULTY);
    fits.then(|| identifier.to_owned())
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, Place};

    use super::*;

    #[test]
    fn fillers_masked_and_faulty_identifiers_are_refused() {
        for id in ["", "iPhone", "00000000-0000-0000-0000-000000000000", "ab12********", FAULTY] {
            assert_eq!(compared_form(id), None, "{id}");
        }
        assert_eq!(compared_form(" sX9-Yv_08kTq ").as_deref(), Some("sX9-Yv_08kTq"));
    }

    #[test]
    fn a_cookie_of_two_accounts_is_found_and_an_application_is_not() {
        let account = |n: u64| AccountKey::by_id("x", &n.to_string());
        let device = |n: u64, kind: &str, id: &str| Device {
            account: Maybe::Known(account(n)),
            identifier: Maybe::Known(id.to_owned()),
            ..Device::new(ExhibitNo::top(1), &Place::Line { number: n, byte: 0 }, 0, "x", kind)
        };
        let devices = [
            device(1, "cookie", "datr-08kTqYv9"),
            device(2, "cookie", "datr-08kTqYv9"),
            device(3, "cookie", "datr-77aaBBcc"),
            device(1, "application", "client-1234567"),
            device(3, "application", "client-1234567"),
        ];
        let found = findings(&[account(1), account(2), account(3)], &devices);
        let [only] = &found[..] else { panic!("{found:?}") };
        assert_eq!((only.a.native(), only.b.native()), ("1", "2"));
        assert_eq!(only.rows, ["dev:1:l1@0", "dev:1:l2@0"]);
        assert!((only.score - libm::log10(4.0)).abs() < 1e-12, "{}", only.score);
    }
}
