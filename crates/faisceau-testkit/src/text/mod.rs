//! French messages, each written by a hand.
//!
//! In: the bank of phrases (`src/bank`), a [`Hand`] and a stream of chance. Out: messages whose
//! topics everybody shares and whose manner is the hand's own. Refused: a sentence that somebody
//! has written already, but for the texts that the world copies on purpose.

mod bank;
mod compose;
mod hand;
mod manners;
mod surface;

pub(crate) use bank::Bank;
pub(crate) use compose::{Ask, Writer};
pub(crate) use hand::Hand;
pub(crate) use manners::{manner, stranger};
