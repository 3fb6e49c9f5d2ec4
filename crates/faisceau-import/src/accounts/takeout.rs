//! Google Takeout, "Access Log Activity": uses of Google's services, and the devices of an
//! account. The same tables come in answers to legal requests that Google preserves data for.

pub(crate) mod activities;
pub(crate) mod devices;

/// The name of the service in account keys and rows.
const PLATFORM: &str = "google";
