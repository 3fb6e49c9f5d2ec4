//! What a long call says while it works.

/// One step of a long call.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// The stage: `add`, `import`, `compare`, `weigh`, `write`, `report`, `verify`.
    pub stage: &'a str,
    /// What is being worked on; may come from an exhibit, so make it inert.
    pub what: &'a str,
    /// Units done.
    pub done: u64,
    /// Units in all.
    pub total: u64,
}

/// Takes the steps of a long call.
pub type Progress<'a> = &'a mut dyn FnMut(&Step<'_>);
