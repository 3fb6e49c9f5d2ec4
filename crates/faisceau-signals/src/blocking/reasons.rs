//! Why a pair is a candidate.
//!
//! In: the ways of blocking. Out: a set of them, one bit each.

/// A way in which a pair became a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// One address or network.
    Address,
    /// One mail address, telephone number, handle, device or other identifier.
    Identifier,
    /// One link.
    Link,
    /// One image or file.
    Media,
    /// One message, word for word, but for case, spaces and punctuation.
    SameText,
    /// Two messages of which about half of the sequences of five characters are the same.
    NearCopy,
    /// One text is among the nearest to the other, of all accounts.
    Style,
}

impl Reason {
    /// Every reason, in the order of the bits.
    pub const ALL: [Self; 7] = [
        Self::Address,
        Self::Identifier,
        Self::Link,
        Self::Media,
        Self::SameText,
        Self::NearCopy,
        Self::Style,
    ];

    /// The name, for tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Identifier => "identifier",
            Self::Link => "link",
            Self::Media => "media",
            Self::SameText => "same_text",
            Self::NearCopy => "near_copy",
            Self::Style => "style",
        }
    }
}

/// The kind of a value that accounts can share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    /// An address; IPv6 by its network, as the caller writes it.
    Address,
    /// A mail address, telephone number, handle or device.
    Identifier,
    /// A link that does not stand in the text of a post.
    Link,
    /// The hash of an image or file.
    Media,
}

impl Shared {
    pub(super) const fn reason(self) -> Reason {
        match self {
            Self::Address => Reason::Address,
            Self::Identifier => Reason::Identifier,
            Self::Link => Reason::Link,
            Self::Media => Reason::Media,
        }
    }
}

/// A set of reasons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reasons(u8);

impl Reasons {
    /// The set with `reason` added.
    #[must_use]
    pub const fn with(self, reason: Reason) -> Self {
        Self(self.0 | 1 << reason as u8)
    }

    /// Whether `reason` is in the set.
    pub const fn has(self, reason: Reason) -> bool {
        self.0 >> reason as u8 & 1 == 1
    }

    /// The reasons of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// One bit a reason, in the order of [`Reason::ALL`].
    pub const fn bits(self) -> u8 {
        self.0
    }
}
