//! Records that were not taken, and why.

use serde::Serialize;

/// A record that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// The line on which it starts, from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
}

/// All of them, counted; the first ones with their reasons.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Rejects {
    /// How many there are.
    pub count: u64,
    /// The first ones.
    pub first: Vec<Reject>,
}

impl Rejects {
    pub(super) fn add(&mut self, line: u64, reason: impl Into<String>, most: usize) {
        self.count += 1;
        if self.first.len() < most {
            self.first.push(Reject { line, reason: reason.into() });
        }
    }
}
