//! The rows of the sample that say where its mails came from.

use faisceau_model::rows::{MailOrigin, MailVerdict};
use faisceau_model::{
    Absent, ExhibitNo, MailMechanism, MailResult, MailVerdictBy, Maybe, Place, RowId, Trust,
};

use super::{at, key};

fn place(n: u64) -> Place {
    Place::Bytes { start: n * 1000, len: 900 }
}

/// One mail of a line that a trusted server saw, one that a provider hides, one of claims.
pub(crate) fn origins() -> Vec<MailOrigin> {
    let row = |n: u64, ip: Option<&str>, by: Option<&str>, verdict: &str, notes: &[&str]| {
        let exhibit = ExhibitNo::top(5);
        let trusted = by.is_some() && verdict == "direct_from_client";
        MailOrigin {
            id: RowId::at("mor", exhibit, &place(n), 0),
            exhibit,
            place: place(n),
            message: Maybe::Known(format!("{n}@mail.example")),
            account: key(4),
            handed_over_by: Maybe::Known("198.51.100.7".to_owned()),
            ip: Maybe::or_absent(ip.map(str::to_owned), Absent::NotRecorded),
            port: Maybe::or_absent(trusted.then_some(12_228), Absent::NotRecorded),
            at: Maybe::Known(at("2026-05-04T10:00:00Z")),
            claimed_by: Maybe::or_absent(by.map(str::to_owned), Absent::NotRecorded),
            trust: if trusted { Trust::Trusted } else { Trust::Declared },
            verdict: verdict.to_owned(),
            provider: Maybe::text(if trusted { "" } else { "Gmail" }, Absent::NotApplicable),
            notes: notes.iter().map(|note| (*note).to_owned()).collect(),
            rows: vec![RowId::at("mav", exhibit, &place(n), 0).to_string()],
        }
    };
    vec![
        row(1, Some("203.0.113.9"), Some("received"), "direct_from_client", &["dynamic_name"]),
        row(2, None, None, "hidden_by_provider", &["key_later", "provider_unverified"]),
        row(
            3,
            Some("203.0.113.8"),
            Some("X-Originating-IP"),
            "claimed_only",
            &["time_runs_backwards"],
        ),
        row(
            4,
            Some("203.0.113.8"),
            Some("received"),
            "forged_line_suspected",
            &["line_pretends_recipient"],
        ),
    ]
}

/// What authenticates them.
pub(crate) fn verdicts() -> Vec<MailVerdict> {
    let row = |n: u64, part: u32, mechanism, result, by| {
        let exhibit = ExhibitNo::top(5);
        let none = Absent::NotApplicable;
        MailVerdict {
            id: RowId::at("mav", exhibit, &place(n), part),
            exhibit,
            place: place(n),
            message: Maybe::Known(format!("{n}@mail.example")),
            mechanism,
            result,
            by,
            reporter: Maybe::Missing(none),
            domain: Maybe::Known("mail.example".to_owned()),
            selector: Maybe::Missing(none),
            aligned: Maybe::Known(true),
            covers: vec!["from".to_owned()],
            signed: Maybe::Missing(none),
            detail: Maybe::Missing(none),
            rows: Vec::new(),
        }
    };
    let (recomputed, reported) = (MailVerdictBy::Recomputed, MailVerdictBy::Reported);
    vec![
        row(1, 0, MailMechanism::Dkim, MailResult::Pass, recomputed),
        row(1, 1, MailMechanism::Spf, MailResult::Pass, reported),
        row(2, 0, MailMechanism::Dkim, MailResult::NoKey, recomputed),
        row(3, 0, MailMechanism::Dkim, MailResult::Fail, recomputed),
        row(4, 0, MailMechanism::Dmarc, MailResult::Pass, MailVerdictBy::Claimed),
    ]
}
