//! What the signals are given.

use faisceau_model::AccountKey;
use faisceau_model::rows::{Account, Address, Device, Media, Post};

use crate::reference::Reference;

/// The rows of a case, and the reference population that tops them up.
///
/// The rows may be those of accounts that are not compared: these are the population against which
/// the pairs stand out.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The accounts to compare with each other.
    pub accounts: &'a [AccountKey],
    /// Profiles of all accounts.
    pub account_rows: &'a [Account],
    /// Devices, cookies and tokens of all accounts.
    pub devices: &'a [Device],
    /// Messages of all accounts.
    pub posts: &'a [Post],
    /// Addresses of all accounts, enriched.
    pub addresses: &'a [Address],
    /// Images of all accounts, with the account that posted them.
    pub media: &'a [Media],
    /// The bundled authors.
    pub reference: &'a Reference,
}
