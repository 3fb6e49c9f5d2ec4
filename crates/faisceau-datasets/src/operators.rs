//! What an autonomous system is used for.
//!
//! In: `datasets/operators/operators.toml`. Out: the kind of access that follows from the system
//! alone, with the note that says what it does not prove.

use std::collections::BTreeMap;
use std::sync::Arc;

use faisceau_model::AccessKind;
use serde::Deserialize;

use crate::error::DatasetError;
use crate::sharing::Sharing;

/// The table, by AS number.
#[derive(Debug)]
pub(crate) struct Operators(BTreeMap<u32, Operator>);

/// One operator.
#[derive(Debug)]
pub(crate) struct Operator {
    pub(crate) kind: AccessKind,
    pub(crate) note: String,
    /// `operators@2026-06 AS12322`.
    pub(crate) basis: Arc<str>,
    pub(crate) sharing: Option<Sharing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    date: String,
    operator: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    asn: u32,
    name: String,
    kind: EntryKind,
    note: String,
    sharing: Option<Sharing>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum EntryKind {
    AccessLine,
    Mobile,
    SharedSite,
    Hosting,
    Cdn,
    VpnHeavy,
    Tor,
    Satellite,
}

impl EntryKind {
    /// A network that VPN services or Tor rent servers in is servers; which of them, only the
    /// dated lists say.
    fn access(self) -> AccessKind {
        match self {
            Self::AccessLine => AccessKind::AccessLine,
            Self::Mobile => AccessKind::Mobile,
            Self::SharedSite => AccessKind::SharedSite,
            Self::Hosting | Self::VpnHeavy | Self::Tor => AccessKind::Hosting,
            Self::Cdn => AccessKind::Cdn,
            Self::Satellite => AccessKind::Satellite,
        }
    }
}

impl Operators {
    /// Reads the table.
    pub(crate) fn parse(text: &str) -> Result<Self, DatasetError> {
        let fail = |detail: String| DatasetError::Whole { dataset: "operators".to_owned(), detail };
        let file: File = toml::from_str(text).map_err(|e| fail(e.to_string()))?;
        let mut table = BTreeMap::new();
        for Entry { asn, name, kind, note, sharing } in file.operator {
            let basis = Arc::from(format!("operators@{} AS{asn}", file.date));
            let note = format!("{name}: {note}");
            let operator = Operator { kind: kind.access(), note, basis, sharing };
            if table.insert(asn, operator).is_some() {
                return Err(fail(format!("AS {asn} stands there twice")));
            }
        }
        Ok(Self(table))
    }

    /// The operator of an autonomous system.
    pub(crate) fn find(&self, asn: u32) -> Option<&Operator> {
        self.0.get(&asn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_as_twice_or_an_unknown_kind_is_refused() {
        let entry = |kind| {
            format!("[[operator]]\nasn = 1\nname = \"A\"\nkind = \"{kind}\"\nnote = \"n\"\n")
        };
        let twice = format!("date = \"2026-06\"\n{}{}", entry("mobile"), entry("hosting"));
        assert!(
            Operators::parse(&twice).unwrap_err().to_string().ends_with("AS 1 stands there twice")
        );
        assert!(Operators::parse(&format!("date = \"2026-06\"\n{}", entry("cable"))).is_err());
        let one = Operators::parse(&format!("date = \"2026-06\"\n{}", entry("tor"))).unwrap();
        assert_eq!(one.find(1).unwrap().kind, AccessKind::Hosting);
    }
}
