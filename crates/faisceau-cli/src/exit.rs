//! Exit codes. They mean something and never change.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// Done, and some records could not be read or some members were refused.
    DoneWithRejects = 1,
    /// The command, a path or a file of settings is wrong.
    WrongUse = 2,
    /// An exhibit or the journal is not what it was.
    IntegrityBroken = 3,
    /// The program could not do its work (disk full, a defect).
    Internal = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
