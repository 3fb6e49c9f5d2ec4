//! Microsoft: sign-ins of Entra ID, and the unified audit log of Microsoft 365.

pub(crate) mod audit;
pub(crate) mod entra;

/// The name of the platform in account keys and rows.
const PLATFORM: &str = "microsoft";
