//! Where identifiers stand: profiles, and posts in the author's own words.
//!
//! In: rows of accounts and posts. Out: texts with their account, row and time. Quoted lines and
//! forwarded posts are left out: they are somebody else's words.

use faisceau_model::rows::{Account, Post};
use faisceau_model::{AccountKey, Moment, PostKind, RowId};

use crate::holdings::Trace;

/// A text of an account.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written<'a> {
    pub(crate) account: &'a AccountKey,
    pub(crate) at: Option<Moment>,
    pub(crate) row: &'a RowId,
    pub(crate) text: &'a str,
    /// Whether it stands in the profile.
    pub(crate) own: bool,
}

impl<'a> Written<'a> {
    /// A value found in the text.
    pub(crate) fn trace(&self, form: String) -> Trace<'a> {
        Trace { at: self.at.map(Moment::at_us), row: self.row, form, own: self.own }
    }
}

/// The texts of profiles, then those of posts.
pub(crate) fn written<'a>(
    accounts: &'a [Account],
    posts: &'a [Post],
) -> impl Iterator<Item = Written<'a>> {
    profiles(accounts).chain(own_lines(posts))
}

/// Name, handle and self-description of each account.
fn profiles(accounts: &[Account]) -> impl Iterator<Item = Written<'_>> {
    accounts.iter().flat_map(|row| {
        let texts = [&row.handle, &row.display_name, &row.bio];
        texts.into_iter().filter_map(|text| text.known()).map(|text| Written {
            account: &row.account,
            at: None,
            row: &row.id,
            text,
            own: true,
        })
    })
}

/// The lines of posts that are not quoted.
pub(crate) fn own_lines(posts: &[Post]) -> impl Iterator<Item = Written<'_>> {
    let worded = posts.iter().filter(|post| post.kind != PostKind::Forwarded);
    worded.flat_map(|post| {
        let lines = post.text.known().into_iter().flat_map(|text| text.lines());
        lines.filter(|line| !is_quoted(line)).map(|line| Written {
            account: &post.account,
            at: post.at.known().copied(),
            row: &post.id,
            text: line,
            own: false,
        })
    })
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with(['>', '»'])
}
