//! Rows that readers of many formats build alike.

pub(crate) mod declared;
pub(crate) mod first_accounts;
pub(crate) mod repeated;
pub(crate) mod seen_accounts;
pub(crate) mod sign_in;
