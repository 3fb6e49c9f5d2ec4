//! What servers reported of a mail's authentication (RFC 8601; `Received-SPF`, RFC 7208, section 9).
//!
//! In: the fields, where the trust boundary runs, the recipient's organisation. Out: what each
//! reports. Refused: more than [`MAX_REPORTS`] reports.
//!
//! A report counts as the recipient's where it stands at or above the boundary, under the server's
//! own name, before the first field that the sender's side writes. Anything else is a claim, for a
//! sender may write such a field himself.
//!
//! Trap: a report right below the line of its server is taken for that server's, and a sender's first
//! field stands there too. A server that does not remove such fields (RFC 8601, section 5) makes a
//! forged report look like its own; only what is computed here stands on its own feet.

use faisceau_model::{MailMechanism, MailResult, MailVerdictBy};

use super::domain::of_address;
use super::fields::Letter;
use super::said::Said;

/// Reports read of one mail.
const MAX_REPORTS: usize = 100;
/// Fields that the sender's side writes.
const SENDERS: [&str; 7] =
    ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "DKIM-Signature"];

/// The reports. `boundary` is the number of trusted Received lines.
pub(super) fn read(
    letter: &Letter<'_>,
    boundary: usize,
    is_ours: &dyn Fn(&str) -> bool,
) -> Vec<Said> {
    let (mut received, mut ours_end) = (0, false);
    let mut out = Vec::new();
    for field in &letter.fields {
        received += usize::from(field.is("Received"));
        ours_end |= received > boundary || SENDERS.iter().any(|name| field.is(name));
        let inside = boundary > 0 && !ours_end;
        let arc = field.is("ARC-Authentication-Results");
        if field.is("Authentication-Results") || arc {
            results(&field.text(), arc, inside, is_ours, &mut out);
        } else if field.is("Received-SPF") {
            out.extend(received_spf(&field.text(), inside));
        }
        if out.len() >= MAX_REPORTS {
            break;
        }
    }
    out.truncate(MAX_REPORTS);
    out
}

fn results(
    text: &str,
    arc: bool,
    inside: bool,
    is_ours: &dyn Fn(&str) -> bool,
    out: &mut Vec<Said>,
) {
    let bare = without_comments(text);
    let mut parts = bare.split(';').map(str::trim);
    if arc {
        parts.next();
    }
    let server = parts.next().and_then(|part| part.split_whitespace().next()).unwrap_or_default();
    let by =
        if inside && is_ours(server) { MailVerdictBy::Reported } else { MailVerdictBy::Claimed };
    for part in parts.take(MAX_REPORTS) {
        let Some(mut said) = one(part) else { continue };
        said.by = by;
        said.reporter = Some(server.to_ascii_lowercase()).filter(|server| !server.is_empty());
        out.push(said);
    }
}

/// `dkim=pass header.d=example.org header.s=a`.
fn one(part: &str) -> Option<Said> {
    let mut words = part.split_whitespace();
    let (method, result) = words.next()?.split_once('=')?;
    let method = method.split('/').next()?.to_ascii_lowercase();
    let mechanism = MailMechanism::ALL.iter().find(|m| m.as_str() == method)?;
    let mut said = Said::recomputed(*mechanism, self::result(result)?);
    for (name, value) in words.filter_map(|word| word.split_once('=')) {
        let value = value.trim_matches('"');
        let domain = value.rsplit_once('@').map_or(value, |(_, domain)| domain);
        match name.to_ascii_lowercase().as_str() {
            "header.d" | "header.i" | "header.from" | "smtp.mailfrom" | "smtp.mfrom"
                if said.domain.is_none() =>
            {
                said.domain = Some(domain.to_ascii_lowercase());
            }
            "header.s" => said.selector = Some(value.to_owned()),
            _ => {}
        }
    }
    Some(said)
}

fn received_spf(text: &str, inside: bool) -> Option<Said> {
    let bare = without_comments(text);
    let word = bare.split([' ', ';']).find(|word| !word.is_empty())?;
    let mut said = Said::recomputed(MailMechanism::Spf, result(word)?);
    said.by = if inside { MailVerdictBy::Reported } else { MailVerdictBy::Claimed };
    let sender = bare.split([';', ' ']).find_map(|pair| pair.trim().strip_prefix("envelope-from="));
    said.domain = sender.and_then(|s| of_address(s.trim_matches('"'))).map(str::to_ascii_lowercase);
    let receiver = bare.split([';', ' ']).find_map(|pair| pair.trim().strip_prefix("receiver="));
    said.reporter = receiver.map(str::to_ascii_lowercase);
    Some(said)
}

/// The words of RFC 8601; `hardfail` and `bestguesspass` are older ones.
fn result(word: &str) -> Option<MailResult> {
    let word = word.to_ascii_lowercase();
    match word.as_str() {
        "hardfail" => Some(MailResult::Fail),
        "bestguesspass" => Some(MailResult::None),
        "policy" => Some(MailResult::Neutral),
        "no_key" => None,
        word => MailResult::ALL.iter().copied().find(|result| result.as_str() == word),
    }
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
