//! Where exchanges go.
//!
//! In: every exchange, before its answer is used. Out: nothing.

use std::io;

use faisceau_archive::warc::Exchange;

/// Keeps exchanges.
pub trait Recorder {
    /// Keeps one. Once this returns, it is not lost when the process ends.
    fn keep(&mut self, exchange: &Exchange) -> io::Result<()>;
}

/// Keeps nothing: for answers whose content is kept in another form.
#[derive(Debug, Clone, Copy, Default)]
pub struct NotRecorded;

impl Recorder for NotRecorded {
    fn keep(&mut self, _: &Exchange) -> io::Result<()> {
        Ok(())
    }
}
