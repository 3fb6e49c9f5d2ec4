//! How often a document took each alternative of each habit.
//!
//! In: alternatives as the readers of a message see them. Out: counts. An alternative counts at
//! most [`MOST_A_MESSAGE`] times in a message: a row of the same is one decision, not many.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Times that an alternative counts in one message.
pub(super) const MOST_A_MESSAGE: u32 = 3;
/// Characters of the name of an alternative that comes from the text.
const MOST_CHARACTERS: usize = 24;

/// A habit and one of its alternatives.
pub(super) type Alternative = (&'static str, Cow<'static, str>);

/// Counts of alternatives.
#[derive(Debug, Default)]
pub(super) struct Tally(pub(super) BTreeMap<Alternative, u32>);

impl Tally {
    /// Counts an alternative that the program names.
    pub(super) fn add(&mut self, habit: &'static str, choice: &'static str) {
        self.count((habit, Cow::Borrowed(choice)), 1);
    }

    /// Counts one of two alternatives.
    pub(super) fn either(&mut self, habit: &'static str, yes: bool, names: [&'static str; 2]) {
        self.add(habit, names[usize::from(!yes)]);
    }

    /// Counts an alternative that the text names.
    pub(super) fn add_text(&mut self, habit: &'static str, choice: &str) {
        let choice: String = choice.chars().take(MOST_CHARACTERS).collect();
        self.count((habit, Cow::Owned(choice)), 1);
    }

    /// Adds the counts of one message.
    pub(super) fn add_message(&mut self, message: Self) {
        for (alternative, count) in message.0 {
            self.count(alternative, count.min(MOST_A_MESSAGE));
        }
    }

    fn count(&mut self, alternative: Alternative, count: u32) {
        let sum = self.0.entry(alternative).or_default();
        *sum = sum.saturating_add(count);
    }
}
