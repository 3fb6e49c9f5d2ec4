//! Mail addresses in text, whole or masked.
//!
//! In: a text. Out: addresses in lower case (servers tell no case apart, whatever RFC 5321 allows),
//! and masked ones such as `j***@g***.com`. Refused: addresses with characters outside ASCII,
//! longer than RFC 5321 allows, handles of the form `@user@host`, and the three domains of
//! RFC 2606 that stand in every example.

use super::fragment::{Fragment, is_mask};

/// RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL: usize = 64;
/// RFC 5321, 4.5.3.1.2.
const LONGEST_DOMAIN: usize = 255;
/// Most addresses read in one text; the rest of a list says little of whose text it is.
const MOST_IN_TEXT: usize = 50;
/// Providers that ignore dots in the local part.
const DOTLESS: [&str; 2] = ["gmail.com", "googlemail.com"];
const PLACEHOLDERS: [&str; 3] = ["example.com", "example.net", "example.org"];
/// Mailboxes of a service and not of a person (RFC 2142 and common use).
const ROLES: [&str; 14] = [
    "abuse",
    "admin",
    "administration",
    "bonjour",
    "contact",
    "hello",
    "help",
    "info",
    "no-reply",
    "noreply",
    "postmaster",
    "presse",
    "support",
    "webmaster",
];

/// An address found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Mail {
    /// `local@domain` in lower case.
    Whole(String),
    /// Parts are masked.
    Masked(Fragment),
}

/// The addresses in a text, at most [`MOST_IN_TEXT`].
pub(crate) fn mails(text: &str) -> Vec<Mail> {
    let mut found = Vec::new();
    let mut end = 0;
    for (at, _) in text.match_indices('@') {
        if at < end {
            continue;
        }
        let local =
            tail(&text[..at], |c| c.is_ascii_alphanumeric() || "._%+-".contains(c) || is_mask(c));
        let domain =
            head(&text[at + 1..], |c| c.is_ascii_alphanumeric() || ".-".contains(c) || is_mask(c));
        let domain = domain.trim_end_matches(['.', '-']);
        end = at + 1 + domain.len();
        let before = text[..at - local.len()].chars().next_back();
        if before.is_some_and(|c| c == '@' || c.is_alphanumeric()) {
            continue;
        }
        let local = local.trim_start_matches(['.', '-', '%', '+']);
        if let Some(mail) = address(local, domain) {
            found.push(mail);
        }
        if found.len() == MOST_IN_TEXT {
            break;
        }
    }
    found
}

fn address(local: &str, domain: &str) -> Option<Mail> {
    if local.is_empty() || local.len() > LONGEST_LOCAL || domain.len() > LONGEST_DOMAIN {
        return None;
    }
    let (name, top) = domain.rsplit_once('.')?;
    let top_is_word = top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    if name.is_empty() || !top_is_word || domain.split('.').any(str::is_empty) {
        return None;
    }
    let whole = format!("{local}@{domain}").to_ascii_lowercase();
    if whole.chars().any(is_mask) {
        return Fragment::mail(&whole).map(Mail::Masked);
    }
    let (_, domain) = whole.split_once('@')?;
    (!PLACEHOLDERS.contains(&domain)).then_some(Mail::Whole(whole))
}

/// The mailbox behind an address: without `+tag`, without dots where the provider ignores them.
pub(crate) fn mailbox(address: &str) -> String {
    let Some((local, domain)) = address.split_once('@') else { return address.to_owned() };
    let base = local.split_once('+').map_or(local, |(base, _)| base);
    let base = if base.is_empty() { local } else { base };
    if DOTLESS.contains(&domain) {
        let plain: String = base.chars().filter(|c| *c != '.').collect();
        return format!("{plain}@gmail.com");
    }
    format!("{base}@{domain}")
}

/// Whether the address is that of a service: `contact@`, `support@`.
pub(crate) fn is_role(address: &str) -> bool {
    address.split_once('@').is_some_and(|(local, _)| ROLES.contains(&local))
}

/// The longest end of a text whose characters all pass.
fn tail(text: &str, passes: impl Fn(char) -> bool) -> &str {
    let start = text.char_indices().rev().take_while(|(_, c)| passes(*c)).last();
    start.map_or("", |(at, _)| &text[at..])
}

/// The longest start of a text whose characters all pass.
fn head(text: &str, passes: impl Fn(char) -> bool) -> &str {
    text.find(|c| !passes(c)).map_or(text, |end| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Vec<String> {
        let mails = mails(text).into_iter();
        mails.filter_map(|m| if let Mail::Whole(w) = m { Some(w) } else { None }).collect()
    }

    #[test]
    fn addresses_are_found_in_prose_and_near_misses_are_not() {
        let text = "Écris à Jean.Dupont+spam@GMail.com, ou <j@sub.domaine.fr>. @user@mastodon.social \
            a@b, x@localhost toto@example.com éa@x.fr mailto:z_9@a-b.org.";
        assert_eq!(whole(text), ["jean.dupont+spam@gmail.com", "j@sub.domaine.fr", "z_9@a-b.org"]);
        assert!(whole(&format!("{}@x.fr", "a".repeat(65))).is_empty());
        assert_eq!(whole(&"a@b.fr ".repeat(80)).len(), MOST_IN_TEXT);
    }

    #[test]
    fn a_masked_address_is_a_fragment() {
        let found = mails("envoyé à j***t@g***.com");
        assert!(matches!(&found[..], [Mail::Masked(_)]), "{found:?}");
        assert!(mails("***@***.com").is_empty(), "nothing is known of it");
    }

    #[test]
    fn aliases_lead_to_one_mailbox_where_the_provider_says_so() {
        assert_eq!(mailbox("j.du.pont+x@googlemail.com"), "jdupont@gmail.com");
        assert_eq!(mailbox("j.dupont+x@orange.fr"), "j.dupont@orange.fr");
        assert_eq!(mailbox("+x@orange.fr"), "+x@orange.fr");
        assert!(is_role("contact@site.fr") && !is_role("jean@site.fr"));
    }
}
