//! What accounts write that can be looked up: links, mail addresses, telephone numbers.
//!
//! In: rows of accounts and posts. Out: one mention for each, in the order of the rows. Refused:
//! quoted lines and forwarded posts, which are somebody else's words, masked addresses and numbers,
//! which are nobody's, and role addresses and service numbers, which are everybody's.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{AccountKey, Moment, RowId};

use crate::identifiers::{Mail, Phone, Written, is_role, is_service, mails, phones, written};
use crate::objects::links;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mentioned {
    /// A link.
    Link {
        /// Host, path and parameters of the page, without what tells its sharer.
        page: String,
        /// The host.
        host: String,
    },
    /// A mail address, in lower case.
    Mail(String),
    /// A telephone number: digits with the code of the country.
    Phone(String),
}

/// Something that an account wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention<'a> {
    /// The account.
    pub account: &'a AccountKey,
    /// What.
    pub what: Mentioned,
    /// Whether it stands in the profile, as opposed to a post.
    pub profile: bool,
    /// The row that it stands in.
    pub row: &'a RowId,
    /// When, for a post whose time is known.
    pub at: Option<Moment>,
}

/// What accounts wrote, in the order of the rows.
pub fn mentions<'a>(
    accounts: &'a [Account],
    posts: &'a [Post],
) -> impl Iterator<Item = Mention<'a>> {
    written(accounts, posts).flat_map(|text| {
        let Written { account, at, row, text, own } = text;
        found(text).map(move |what| Mention { account, what, profile: own, row, at })
    })
}

fn found(text: &str) -> impl Iterator<Item = Mentioned> {
    let pages =
        links(text).into_iter().map(|link| Mentioned::Link { page: link.page, host: link.host });
    let mails = mails(text).into_iter().filter_map(|mail| match mail {
        Mail::Whole(address) if !is_role(&address) => Some(Mentioned::Mail(address)),
        _ => None,
    });
    let phones = phones(text).into_iter().filter_map(|phone| match phone {
        Phone::Whole(digits) if !is_service(&digits) => Some(Mentioned::Phone(digits)),
        _ => None,
    });
    pages.chain(mails).chain(phones)
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, Maybe, Place};

    use super::*;

    #[test]
    fn a_post_gives_its_links_addresses_and_numbers() {
        let place = Place::Line { number: 1, byte: 0 };
        let key: AccountKey = "x:1".parse().unwrap();
        let mut post = Post::new(ExhibitNo::top(1), &place, 0, key);
        let text = "vu sur https://www.example.org/a?utm_source=b\n> cite@example.net\n\
                    écris à jean.d@laposte.net ou contact@laposte.net, 06 41 27 93 58";
        post.text = Maybe::Known(text.to_owned());
        let posts = [post];
        let what: Vec<Mentioned> = mentions(&[], &posts).map(|one| one.what).collect();
        let page = "example.org/a".to_owned();
        assert_eq!(
            what,
            [
                Mentioned::Link { page, host: "example.org".to_owned() },
                Mentioned::Mail("jean.d@laposte.net".to_owned()),
                Mentioned::Phone("33641279358".to_owned()),
            ]
        );
    }
}
