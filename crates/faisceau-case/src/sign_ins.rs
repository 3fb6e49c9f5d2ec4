//! Sign-ins of the claimant's own accounts beside the account's habits.
//!
//! Only accounts that `case.toml` calls the claimant's. The rows serve the note and the claimant;
//! no request about an examined account rests on them.

use std::collections::BTreeMap;
use std::path::Path;

use faisceau_model::rows::{Address, Connection, SignIn};
use faisceau_model::{Role, RowId};
use jiff::tz::TimeZone;

use crate::case::Case;
use crate::error::CaseError;
use crate::ingest::Ingested;

impl Case {
    /// The rows of `sign_ins`. The connections are read again from their table, in `folder`: they
    /// are never held as a whole.
    pub(crate) fn sign_ins(
        &self,
        folder: &Path,
        ingested: &Ingested,
    ) -> Result<Vec<SignIn>, CaseError> {
        let mut wanted: BTreeMap<&RowId, &Address> = BTreeMap::new();
        for address in &ingested.bound {
            let role = address.account.known().and_then(|key| self.settings().role_of(key));
            if role == Some(Role::Claimant) && !address.declared {
                wanted.insert(&address.connection, address);
            }
        }
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut uses: Vec<(Connection, Address)> = Vec::new();
        faisceau_tables::read_batches::<Connection>(folder, |rows| {
            let kept = rows.into_iter().filter_map(|row| {
                let address = (*wanted.get(&row.id)?).clone();
                Some((row, address))
            });
            uses.extend(kept);
            true
        })?;
        let zone = self.import_settings()?.zone().ok().flatten().unwrap_or(TimeZone::UTC);
        Ok(faisceau_enrich::sign_ins(&uses, &zone))
    }
}
