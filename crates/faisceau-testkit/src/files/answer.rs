//! The answer of the forum's operator: connections of the examined accounts, with source ports.
//!
//! One record is planted with an address that cannot exist; an importer must refuse it.

use super::{csv, header};
use crate::calendar::utc;
use crate::cast::Cast;
use crate::connections::Use;

/// Writes the table.
pub(crate) fn answer(cast: &Cast, uses: &[Use]) -> Vec<u8> {
    let mut records = vec![header(&[
        "compte_id",
        "pseudonyme",
        "horodatage_utc",
        "adresse_ip",
        "port_source",
        "action",
    ])];
    for entry in uses {
        let account = &cast.accounts[entry.account];
        records.push(vec![
            account.native.clone(),
            account.name.clone(),
            utc(entry.at, "%Y-%m-%dT%H:%M:%SZ"),
            entry.ip.clone(),
            entry.port.to_string(),
            entry.action.to_owned(),
        ]);
    }
    let middle = records.len() / 2;
    let mut broken = records[middle].clone();
    "192.0.2.900".clone_into(&mut broken[3]);
    records.insert(middle, broken);
    csv(&records)
}
