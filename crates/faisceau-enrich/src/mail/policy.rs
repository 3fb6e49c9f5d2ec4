//! Domain-based Message Authentication (RFC 7489).
//!
//! In: the domain of `From`, the verdicts of DKIM and SPF, the records among the exhibits. Out:
//! whether one that holds is aligned with `From`, and what the domain asks otherwise.

use faisceau_model::{MailMechanism, MailResult, Maybe, Moment};

use super::domain::{organisation, same_organisation};
use super::records::{Records, joined};
use super::said::Said;
use super::tags::Tags;

/// Marks which verdicts are aligned with `From`, by organisation.
pub(super) fn align(from: &str, verdicts: &mut [Said]) {
    for said in verdicts.iter_mut().filter(|said| said.mechanism != MailMechanism::Arc) {
        said.aligned = said.domain.as_deref().map(|domain| is_aligned(domain, from, false));
    }
}

fn is_aligned(domain: &str, from: &str, strict: bool) -> bool {
    domain.eq_ignore_ascii_case(from) || (!strict && same_organisation(domain, from))
}

/// The verdict on `From`.
pub(super) fn check(
    from: &str,
    verdicts: &[Said],
    records: &Records<'_>,
    at: Maybe<Moment>,
) -> Said {
    let mut said = Said::recomputed(MailMechanism::Dmarc, MailResult::NoKey);
    said.domain = Some(from.to_owned());
    let names = [Some(from.to_owned()), organisation(from).filter(|domain| domain != from)];
    let (mut asked, mut record) = (false, None);
    for name in names.into_iter().flatten() {
        let Some(found) = records.find(&format!("_dmarc.{name}"), "TXT", at) else { continue };
        asked = true;
        said.rows.extend(found.rows);
        let texts = found.values.into_iter().map(joined);
        record = texts.into_iter().find(|text| text.trim_start().starts_with("v=DMARC1"));
        if record.is_some() {
            break;
        }
    }
    match record {
        None if asked => said.result = MailResult::None,
        None => return said.noting("record_not_among_exhibits"),
        Some(text) => decide(&mut said, &text, from, verdicts),
    }
    said
}

fn decide(said: &mut Said, text: &str, from: &str, verdicts: &[Said]) {
    let Some(tags) = Tags::parse(text) else {
        said.result = MailResult::PermError;
        said.detail.push("record_malformed".to_owned());
        return;
    };
    let strict = |tag| tags.get(tag).is_some_and(|mode| mode.eq_ignore_ascii_case("s"));
    let holds = |verdict: &&Said| {
        let strict =
            strict(if verdict.mechanism == MailMechanism::Dkim { "adkim" } else { "aspf" });
        let aligned = verdict.domain.as_deref().is_some_and(|d| is_aligned(d, from, strict));
        aligned && verdict.result == MailResult::Pass
    };
    let mut concerned =
        verdicts.iter().filter(|v| matches!(v.mechanism, MailMechanism::Dkim | MailMechanism::Spf));
    let undecided = concerned.clone().any(|verdict| verdict.result == MailResult::NoKey);
    said.result = match concerned.find(holds) {
        Some(_) => MailResult::Pass,
        None if undecided => MailResult::NoKey,
        None => MailResult::Fail,
    };
    said.aligned = Some(said.result == MailResult::Pass);
    let asked = tags.get("p").unwrap_or("none").to_ascii_lowercase();
    let policy = ["none", "quarantine", "reject"].into_iter().find(|known| *known == asked);
    said.detail.push(format!("policy={}", policy.unwrap_or("none")));
}
