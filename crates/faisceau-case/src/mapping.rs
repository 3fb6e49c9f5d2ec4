//! The columns of a table, chosen once and saved in `case.toml`.
//!
//! In: an exhibit that is a table. Out: a proposed mapping; and, when a person asks for it, the
//! mapping appended to `case.toml`, by which every later table with these headers is read too.

use std::io;

use faisceau_import::{Proposal, Source, TableMapping, propose};
use faisceau_model::ExhibitNo;
use faisceau_store::{Sha256Sum, write_atomic};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::case::{Case, settings_text};
use crate::error::CaseError;
use crate::settings::CaseSettings;

impl Case {
    /// How the columns of an exhibit could be read; `None` when it is no table.
    pub fn propose_mapping(&self, exhibit: ExhibitNo) -> Result<Option<Proposal>, CaseError> {
        let found = self
            .store
            .exhibit(exhibit)
            .ok_or_else(|| CaseError::UnknownId(format!("exh:{exhibit}")))?;
        self.store.check_exhibit(exhibit)?;
        let store = &self.store;
        let open = || -> io::Result<Box<dyn io::Read + Send>> {
            Ok(Box::new(store.open_exhibit(exhibit)?))
        };
        Ok(propose(&Source { exhibit, name: &found.name, len: found.bytes, open: &open }))
    }

    /// Appends a mapping to `case.toml`, and journals the new state of the file.
    pub fn save_mapping(
        &mut self,
        mapping: &TableMapping,
        who: &str,
        now: Timestamp,
    ) -> Result<(), CaseError> {
        let path = self.root().join("case.toml");
        let wrong =
            |message: &str| CaseError::Settings { path: path.clone(), message: message.to_owned() };
        let added = mapping.to_toml().ok_or_else(|| wrong("the mapping is not complete"))?;
        let mut text = settings_text(&path, 1 << 20)?;
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&added);
        // What would not be read back is not written.
        CaseSettings::parse(&text, &path)?;
        let fields = Map::from_iter([
            ("table".to_owned(), Value::from(mapping.name.clone())),
            (
                "case_toml_sha256".to_owned(),
                Value::from(Sha256Sum::of(text.as_bytes()).to_string()),
            ),
        ]);
        let mut writer = self.store.write(who, now)?;
        write_atomic(&path, text.as_bytes()).map_err(|source| CaseError::Io {
            action: "write",
            path: path.clone(),
            source,
        })?;
        writer.record("mapping_saved", fields)?;
        Ok(())
    }
}
