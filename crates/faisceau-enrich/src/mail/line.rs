//! What a Received line says beyond the columns of its hop.
//!
//! In: the line as it stands. Out: the name that the server itself found for the address, and
//! whether the sender logged in. Refused: the name that the sender gave with HELO.

/// The name that the writing server looked up for the address: `(name [192.0.2.1])` of Postfix,
/// Sendmail and others, `name (HELO x) (192.0.2.1)` of qmail, `name ([192.0.2.1] helo=x)` of Exim.
pub(super) fn verified_name(raw: &str) -> Option<String> {
    let from = from_part(raw)?;
    if from.contains("may be forged") || from.contains("unverified") {
        return None;
    }
    let first = from.split_whitespace().nth(1)?;
    let exim = from.contains("([") && from.contains("helo=");
    let qmail = from.contains("(HELO ") || from.contains("(EHLO ");
    let name = if exim || qmail {
        first
    } else {
        let (before, _) = from.split_once('[')?;
        let (_, name) = before.rsplit_once('(')?;
        // Some write an ident before the name: `(user@host [192.0.2.1])`.
        name.trim().rsplit('@').next()?
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_name =
        name.contains('.') && name.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    (is_name && name.parse::<std::net::IpAddr>().is_err()).then_some(name)
}

/// Whether the sender logged in (RFC 3848: `ESMTPA`, `ESMTPSA`), or the server says so in words.
pub(super) fn is_authenticated(raw: &str) -> bool {
    let mut words = raw.split_whitespace().skip_while(|word| !word.eq_ignore_ascii_case("with"));
    let protocol = words.nth(1).unwrap_or_default().to_ascii_uppercase();
    let letters = ["ESMTPA", "ESMTPSA", "LMTPA", "LMTPSA", "UTF8SMTPA", "UTF8SMTPSA"];
    letters.contains(&protocol.trim_end_matches(';'))
        || raw.contains("(Authenticated sender:")
        || raw.contains("smtp-auth")
}

/// Whether a name is made of its address, as access operators name their lines.
pub(super) fn is_made_of(name: &str, ip: &str) -> bool {
    let numbers = |text: &str| {
        let words = text.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
        words.map(|word| word.trim_start_matches('0').to_owned()).collect::<Vec<_>>()
    };
    let (name, ip) = (numbers(name), numbers(ip));
    let contains = |wanted: &[String]| name.windows(wanted.len().max(1)).any(|part| part == wanted);
    let backwards: Vec<String> = ip.iter().rev().cloned().collect();
    ip.len() == 4 && (contains(&ip) || contains(&backwards))
}

/// `from …` up to ` by `.
fn from_part(raw: &str) -> Option<&str> {
    let part = raw.split(" by ").next()?;
    part.get(..5).filter(|from| from.eq_ignore_ascii_case("from "))?;
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_that_of_the_look_up() {
        for (raw, expected) in [
            ("from helo.example (mail.example.org [192.0.2.1]) by mx", Some("mail.example.org")),
            ("from helo.example (unknown [192.0.2.1]) by mx", None),
            ("from a.example (a.example [192.0.2.1] (may be forged)) by mx", None),
            ("from [192.0.2.1] (helo=a.example) by mx", None),
            ("from b.example ([192.0.2.1]:4000 helo=a.example) by mx", Some("b.example")),
            ("from b.example (HELO a.example) (192.0.2.1) by mx", Some("b.example")),
            ("from a.example ([192.0.2.1]) by mx", None),
            ("by mx with SMTP id 1", None),
        ] {
            assert_eq!(verified_name(raw).as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn a_line_of_an_access_operator_is_named_after_its_address() {
        assert!(is_made_of("lfbn-1-80-14-139-3.w80-14.example.fr", "80.14.139.3"));
        assert!(is_made_of("3.139.14.80.rev.example.fr", "80.14.139.3"));
        assert!(!is_made_of("mail3.example.fr", "80.14.139.3"));
    }

    #[test]
    fn a_login_is_told_by_the_protocol() {
        assert!(is_authenticated("from x by y with ESMTPSA id 1; date"));
        assert!(!is_authenticated("from x by y with ESMTPS id 1; date"));
    }
}
