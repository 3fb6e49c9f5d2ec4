//! What a graph is built from.

use faisceau_model::rows::{Account, Address, Device, Link, Media, Name};
use faisceau_model::{AccountKey, Moment, RowId};

use super::node::Node;

/// The rows that a graph is built from, in any order.
#[derive(Debug, Clone, Copy, Default)]
pub struct GraphInput<'a> {
    /// Accounts, several rows for one account if several exhibits show it.
    pub accounts: &'a [Account],
    /// How many posts each account has in the window; several counts of one account add up.
    pub posts: &'a [(AccountKey, u64)],
    /// Addresses; those without an account or only claimed by a sender are left out.
    pub addresses: &'a [Address],
    /// Images.
    pub media: &'a [Media],
    /// Devices; those without an identifier are a class, and left out.
    pub devices: &'a [Device],
    /// DNS answers; those that touch no address and no domain of an account are left out.
    pub names: &'a [Name],
    /// What accounts wrote: links, mail addresses, telephone numbers, phrases that others share.
    pub mentions: &'a [Mention],
    /// Links, of both relations.
    pub links: &'a [Link],
    /// The time to look at.
    pub window: Window,
}

/// Something that an account wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The account.
    pub account: AccountKey,
    /// What it wrote: a [`Node::Url`], [`Node::Mail`], [`Node::Phone`] or [`Node::Phrase`].
    pub node: Node,
    /// The domain of a link.
    pub domain: Option<String>,
    /// Whether it stands in the profile of the account, as opposed to a post.
    pub profile: bool,
    /// The row that it stands in.
    pub row: RowId,
    /// When, if that is known.
    pub at: Option<Moment>,
}

/// A stretch of time. Observations outside of it are left out, and so are those without a date and
/// the links, which weigh all of the material.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// The first instant taken.
    pub from: Option<Moment>,
    /// The first instant not taken any more.
    pub before: Option<Moment>,
}

impl Window {
    /// Whether everything is taken.
    pub const fn is_open(&self) -> bool {
        self.from.is_none() && self.before.is_none()
    }

    /// Whether something at that instant is taken. Instants are compared by the start of what their
    /// precision leaves open.
    pub fn takes(&self, at: Option<Moment>) -> bool {
        let Some(at) = at else { return self.is_open() };
        self.from.is_none_or(|from| at.at_us() >= from.at_us())
            && self.before.is_none_or(|before| at.at_us() < before.at_us())
    }
}
