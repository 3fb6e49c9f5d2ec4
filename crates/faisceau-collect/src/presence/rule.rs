//! What an answer says of a name, by the rules of the file.
//!
//! In: a site and an answer. Out: a [`Reading`] with the rule that matched. `e_code` and `e_string`
//! must both match for a name to exist; `m_code` and `m_string` for it to be missing.
//!
//! Two things differ from a plain comparison, and both only ever deny:
//! - Where `m_code` is a status that `e_code` is not, that status alone says missing: the text of an
//!   error page changes with the language.
//! - Redirections are followed, and the status is that of their end. Where `m_code` is one of them,
//!   an answer from an address that does not hold the name any more says missing.

use url::Url;

use super::handle::encoded;
use super::sites::Site;
use crate::http::Answer;

/// What an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The name exists.
    Exists,
    /// It does not.
    Missing,
    /// Both rules match.
    Both,
    /// Neither does.
    Neither,
    /// The site does not answer programs, or us, or not now.
    Refused,
}

/// What an answer to the question for `name` at `asked` says, and by which rule.
pub(super) fn read(
    site: &Site,
    name: &str,
    asked: &Url,
    answer: &Answer,
) -> (Reading, &'static str) {
    let holds = |text: &str| !text.is_empty() && contains(&answer.body, text.as_bytes());
    let away = redirected_away(name, asked, answer);
    // A redirection to a page that does not name the account shows nobody's profile.
    let exists = answer.status == site.e_code
        && (site.e_string.is_empty() || holds(&site.e_string))
        && !(away && (300..400).contains(&site.m_code));
    let missing = if (300..400).contains(&site.m_code) && away {
        Some("redirected away")
    } else if answer.status == site.m_code && holds(&site.m_string) {
        Some("m_code and m_string")
    } else if answer.status == site.m_code && site.m_code != site.e_code {
        Some("m_code")
    } else {
        None
    };
    let by = if site.e_string.is_empty() { "e_code" } else { "e_code and e_string" };
    match (exists, missing) {
        (true, Some(_)) => (Reading::Both, "both"),
        // A rule without a text would take any page for the account.
        (true, None) if site.e_string.is_empty() && site.e_code == site.m_code => {
            (Reading::Neither, "none")
        }
        (true, None) => (Reading::Exists, by),
        (false, Some(rule)) if rule != "m_code" => (Reading::Missing, rule),
        _ if matches!(answer.status, 401 | 403 | 429 | 451 | 503) => (Reading::Refused, "none"),
        (false, Some(rule)) => (Reading::Missing, rule),
        (false, None) => (Reading::Neither, "none"),
    }
}

/// Whether another address answered, which does not hold the name.
fn redirected_away(name: &str, asked: &Url, answer: &Answer) -> bool {
    let name = encoded(name).to_lowercase();
    answer.url != *asked && !answer.url.as_str().to_lowercase().contains(&name)
}

/// Whether a text stands anywhere in a body.
fn contains(body: &[u8], text: &[u8]) -> bool {
    memchr::memmem::find(body, text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake_fetch::noon;

    fn site(rules: (u16, &str, u16, &str)) -> Site {
        let (e_code, e_string, m_code, m_string) = rules;
        let json = serde_json::json!({
            "name": "Alpha", "uri_check": "https://alpha.example.net/{account}", "cat": "social",
            "e_code": e_code, "e_string": e_string, "m_code": m_code, "m_string": m_string,
        });
        serde_json::from_value(json).unwrap()
    }

    fn said(
        rules: (u16, &str, u16, &str),
        status: u16,
        body: &str,
        url: &str,
    ) -> (Reading, &'static str) {
        let asked = Url::parse("https://alpha.example.net/Luc").unwrap();
        let url = asked.join(url).unwrap();
        let (headers, body) = (Vec::new(), body.as_bytes().to_vec());
        let answer = Answer { url, status, headers, body, at: noon(), cut: None };
        read(&site(rules), "Luc", &asked, &answer)
    }

    #[test]
    fn both_code_and_text_make_an_account() {
        let usual = (200, "profile", 404, "not here");
        assert_eq!(said(usual, 200, "a profile", ""), (Reading::Exists, "e_code and e_string"));
        assert_eq!(said(usual, 200, "a page", ""), (Reading::Neither, "none"));
        assert_eq!(said(usual, 404, "not here", ""), (Reading::Missing, "m_code and m_string"));
        assert_eq!(said(usual, 404, "pas ici", ""), (Reading::Missing, "m_code"));
        assert_eq!(said(usual, 500, "profile not here", ""), (Reading::Neither, "none"));
        let same = (200, "profile", 200, "not here");
        assert_eq!(said(same, 200, "a profile", ""), (Reading::Exists, "e_code and e_string"));
        assert_eq!(said(same, 200, "not here", ""), (Reading::Missing, "m_code and m_string"));
        assert_eq!(said(same, 200, "profile: not here", ""), (Reading::Both, "both"));
        // Nothing tells an account from another page.
        assert_eq!(said((200, "", 200, ""), 200, "x", ""), (Reading::Neither, "none"));
        assert_eq!(said((200, "", 404, ""), 200, "x", ""), (Reading::Exists, "e_code"));
    }

    #[test]
    fn refusals_are_no_denials_unless_the_rule_says_so_with_its_text() {
        for status in [401, 403, 429, 451, 503] {
            assert_eq!(said((200, "p", 404, "n"), status, "n", ""), (Reading::Refused, "none"));
            assert_eq!(
                said((200, "p", status, "n"), status, "wait", ""),
                (Reading::Refused, "none")
            );
        }
        assert_eq!(
            said((200, "p", 403, "n"), 403, "n", ""),
            (Reading::Missing, "m_code and m_string")
        );
    }

    #[test]
    fn a_redirection_away_from_the_name_denies_it() {
        let moved = (200, "profile", 302, "");
        assert_eq!(said(moved, 200, "profile", "/login"), (Reading::Missing, "redirected away"));
        assert_eq!(
            said(moved, 200, "profile", "/users/luc"),
            (Reading::Exists, "e_code and e_string")
        );
        assert_eq!(said(moved, 200, "profile", ""), (Reading::Exists, "e_code and e_string"));
    }
}
