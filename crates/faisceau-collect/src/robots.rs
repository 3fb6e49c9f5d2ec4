//! Temporary.
pub(crate) struct Robots;
pub(crate) struct Verdict {
    pub(crate) allowed: bool,
    pub(crate) line: Option<u64>,
}
impl Robots {
    pub(crate) fn parse(_: &[u8]) -> Self {
        Self
    }
    pub(crate) fn allows(&self, _: &str, _: &str) -> Verdict {
        Verdict { allowed: true, line: None }
    }
}
