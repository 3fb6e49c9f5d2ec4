//! `LinkedIn` export, `Profile.csv`, `Email Addresses.csv` and `Whatsapp Phone Numbers.csv`.
//!
//! Headers: `First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip
//! Code,Geo Location,…`; `Email Address,Confirmed,Primary,Updated On`; `Number,Extension,
//! Is_WhatsApp_Number`. In: one of the tables. Out: data on the holder, and the account where the
//! settings say whose export it is. Refused: `PhoneNumbers.csv`, whose headers (`Extension,Number,
//! Type`) any list of telephones may have: it must be mapped.

use faisceau_model::rows::{Account, Subscriber};
use faisceau_model::{Absent, Maybe, RejectReason, Sink, SubscriberCategory};

use super::PLATFORM;
use crate::contract::{ImportError, Source};
use crate::format::{Format, Group, Origin, Rank};
use crate::settings::ImportSettings;
use crate::tables::headed::{self, Layout};
use crate::time::written;

/// What this format says of itself.
pub(crate) static FORMAT: Format = Format {
    name: "linkedin-profile",
    title: "LinkedIn export: profile, e-mail addresses, telephone numbers (CSV)",
    group: Group::Accounts,
    gives: &["subscribers", "accounts"],
    versions: "exports of 2018 to 2026",
    checked: "2026-11-21",
    sample: "tests/fixtures/linkedin/profile.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| [&PROFILE, &EMAILS, &PHONES].iter().any(|layout| layout.sniff(head.bytes)),
    parse,
    owner: None,
};

const PROFILE: Layout = Layout {
    wanted: &["First Name", "Last Name", "Maiden Name", "Birth Date", "Headline"],
    used: &[
        "Address",
        "Zip Code",
        "Geo Location",
        "Summary",
        "Twitter Handles",
        "Instant Messengers",
    ],
    ignored: &["Industry", "Websites"],
    exact: false,
};
const EMAILS: Layout = Layout {
    wanted: &["Email Address", "Confirmed", "Primary", "Updated On"],
    used: &[],
    ignored: &[],
    exact: true,
};
const PHONES: Layout = Layout {
    wanted: &["Number", "Extension", "Is_WhatsApp_Number"],
    used: &[],
    ignored: &[],
    exact: true,
};

/// Headers of a profile that are data on its holder.
const DATA: [(SubscriberCategory, &str); 8] = [
    (SubscriberCategory::Name, "Maiden Name"),
    (SubscriberCategory::PostalAddress, "Address"),
    (SubscriberCategory::PostalAddress, "Zip Code"),
    (SubscriberCategory::PostalAddress, "Geo Location"),
    (SubscriberCategory::Birth, "Birth Date"),
    (SubscriberCategory::Identifier, "Twitter Handles"),
    (SubscriberCategory::Identifier, "Instant Messengers"),
    (SubscriberCategory::Other, "Headline"),
];

fn parse(
    source: &Source<'_>,
    settings: &ImportSettings,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let head = source.head()?;
    let zone = settings.zone().ok().flatten();
    let owner = settings.owners.get(source.exhibit, PLATFORM);
    let datum = |place: &_, part, category, label: &str, value: &str| Subscriber {
        account: Maybe::or_absent(owner.cloned(), Absent::NotExported),
        ..Subscriber::new(source.exhibit, place, part, PLATFORM, (category, label, value))
    };
    if EMAILS.sniff(&head) {
        return headed::read(source, &EMAILS, sink, |entry, place, sink| {
            let value = entry.required("Email Address")?;
            let row = datum(place, 0, SubscriberCategory::Email, "Email Address", value);
            // `Not Available` stands where there is no time.
            let written = entry.text("Updated On");
            let since = match written::read("Updated On", &written, zone.as_ref()) {
                Ok(since) => since,
                Err(_) => Maybe::Missing(Absent::NotExported),
            };
            sink.subscriber(Subscriber { since, ..row });
            Ok(())
        });
    }
    if PHONES.sniff(&head) {
        return headed::read(source, &PHONES, sink, |entry, place, sink| {
            let parts = [entry.value("Extension"), Some(entry.required("Number")?)];
            let value = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            sink.subscriber(datum(place, 0, SubscriberCategory::Phone, "Number", &value));
            Ok(())
        });
    }
    headed::read(source, &PROFILE, sink, |entry, place, sink| {
        let names = [entry.value("First Name"), entry.value("Last Name")];
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            let detail = "neither `First Name` nor `Last Name` is there";
            return Err((RejectReason::MissingField, detail.to_owned()));
        }
        sink.subscriber(datum(place, 0, SubscriberCategory::Name, "First Name Last Name", &name));
        for (part, (category, label)) in (1..).zip(DATA) {
            // Lists are written `[]` when they are empty.
            if let Some(value) = entry.value(label).filter(|value| *value != "[]") {
                sink.subscriber(datum(place, part, category, label, value));
            }
        }
        if let Some(owner) = owner {
            sink.account(Account {
                display_name: Maybe::Known(name),
                bio: entry.text("Summary"),
                ..Account::new(source.exhibit, place, 0, owner.clone())
            });
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use faisceau_model::{AccountKey, ExhibitNo};
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{dump, mutated, read, read_as};

    const SAMPLE: &[u8] = include_bytes!("../../../tests/fixtures/linkedin/profile.csv");

    #[test]
    fn the_profile_is_what_linkedin_declares() {
        let mut settings = ImportSettings::default();
        let owner = AccountKey::by_handle("linkedin", "camille-exemple");
        settings.owners.insert(ExhibitNo::top(1), owner);
        let (imported, sink) = read_as("x", SAMPLE, &settings);
        assert_eq!(imported.name(), Some("linkedin-profile"));
        insta::assert_snapshot!("profile", dump(&sink.subscribers) + &dump(&sink.accounts));
        let (_, without) = read(SAMPLE);
        assert!(without.accounts.is_empty() && !without.subscribers.is_empty());
    }

    #[test]
    fn addresses_and_numbers_are_read() {
        let (imported, sink) = read(
            b"Email Address,Confirmed,Primary,Updated On\n\
              a@example.org,Yes,Yes,Not Available\nb@example.org,Yes,No,2020-01-01\n,Yes,No,\n",
        );
        assert_eq!(imported.name(), Some("linkedin-profile"));
        assert_eq!((sink.subscribers.len(), sink.rejects.len()), (2, 2));
        assert!(sink.subscribers[1].since.known().is_some());
        let (_, sink) = read(b"Number,Extension,Is_WhatsApp_Number\n0600000000,33,true\n");
        assert_eq!(sink.subscribers[0].value.reveal(), "33 0600000000");
        assert_eq!(read(b"Extension,Number,Type\n,0600000000,Mobile\n").0.name(), None);
    }

    proptest! {
        #[test]
        fn never_panics(bytes in mutated(SAMPLE)) {
            read(&bytes);
        }
    }
}
