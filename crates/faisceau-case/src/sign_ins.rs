//! Sign-ins of the claimant's own accounts beside the account's habits.

use faisceau_model::rows::SignIn;

use crate::ingest::Ingested;

/// The rows of `sign_ins`.
pub(crate) fn sign_ins(_ingested: &Ingested) -> Vec<SignIn> {
    Vec::new()
}
