//! Who would learn what, before anything is asked.

use std::fmt;

/// Somebody who would learn something if a plan were carried out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tells {
    /// Who learns.
    pub who: String,
    /// What they learn.
    pub learns: String,
}

impl Tells {
    pub(crate) fn new(who: impl Into<String>, learns: impl Into<String>) -> Self {
        Self { who: who.into(), learns: learns.into() }
    }
}

impl fmt::Display for Tells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.who, self.learns)
    }
}
