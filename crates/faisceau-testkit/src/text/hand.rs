//! What makes a hand: the habits that a person keeps whatever the account and the topic.

/// The habits of one person. Rates are percentages.
#[derive(Debug, Clone)]
pub(crate) struct Hand {
    /// Decides which variants and which clauses the hand prefers.
    pub(crate) key: u64,
    /// Sentences that start with a capital.
    pub(crate) capital: u8,
    /// The apostrophe that it types.
    pub(crate) apostrophe: &'static str,
    /// How it trails off.
    pub(crate) ellipsis: &'static str,
    /// What it puts before `!` and `?`.
    pub(crate) gap: &'static str,
    /// How it exclaims.
    pub(crate) shout: &'static str,
    /// How it asks.
    pub(crate) ask: &'static str,
    /// Statements that end in a full stop, in an ellipsis, in an exclamation; the rest in nothing.
    pub(crate) ends: [u8; 3],
    /// Words whose accents are left out.
    pub(crate) bare: u8,
    /// Negations without `ne`.
    pub(crate) drops_ne: u8,
    /// Whether it says `tu` to strangers.
    pub(crate) familiar: bool,
    /// Spellings of its own, and how often it uses them.
    pub(crate) respell: (&'static [(&'static str, &'static str)], u8),
    /// Words that it opens with, and how often.
    pub(crate) openers: (&'static [&'static str], u8),
    /// Words that it closes with, and how often.
    pub(crate) closers: (&'static [&'static str], u8),
    /// Smileys, and how often.
    pub(crate) smileys: (&'static [&'static str], u8),
    /// What joins two clauses: the rate of a second clause and what stands before its connector.
    pub(crate) join: (u8, &'static str),
    /// Words with a drawn-out vowel, per message.
    pub(crate) stretch: u8,
}
