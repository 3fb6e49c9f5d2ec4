//! Exhibits: the file, and the record of its provenance.

use std::collections::BTreeMap;
use std::path::Path;

use faisceau_model::ExhibitNo;
use faisceau_model::rows::ExhibitRow;
use faisceau_tables::{TableError, read};
use serde_json::json;

use super::context::{Facets, Object, all, at, integer, iri, object, sha256};
use crate::json::{Objects, Stop};
use crate::uuid5::Keys;

/// The records of provenance, by the numbers of their exhibits.
pub(super) type Records = BTreeMap<String, String>;

/// The exhibits in order.
pub(super) fn rows(tables: &Path) -> Result<Vec<ExhibitRow>, TableError> {
    let mut rows: Vec<ExhibitRow> = read(tables)?;
    rows.sort_by(|x, y| (x.exhibit, &x.sha256).cmp(&(y.exhibit, &y.sha256)));
    rows.dedup_by_key(|row| row.exhibit);
    Ok(rows)
}

/// The names of the records, known before they are written: acts name them too.
pub(super) fn records(keys: &Keys, rows: &[ExhibitRow]) -> Records {
    let record = |row: &ExhibitRow| {
        let number = row.exhibit.to_string();
        let iri = iri(keys, "provenance-record", &number);
        (number, iri)
    };
    rows.iter().map(record).collect()
}

/// Writes a file and a record for each exhibit.
pub(super) fn write(
    to: &mut Objects<'_>,
    keys: &Keys,
    rows: &[ExhibitRow],
    records: &Records,
) -> Result<(), Stop> {
    for row in rows {
        let number = row.exhibit.to_string();
        let file = iri(keys, "exhibit", &number);
        to.put(&exhibit(keys, row, &file))?;
        let Some(record) = records.get(&number) else { continue };
        let mut record = object(record, &["case-investigation:ProvenanceRecord"]);
        record.insert("case-investigation:exhibitNumber".into(), number.as_str().into());
        if let Some(root) = root(row.exhibit) {
            record.insert("case-investigation:rootExhibitNumber".into(), root.to_string().into());
        }
        record.insert("uco-core:description".into(), description(row).into());
        record.insert("uco-core:object".into(), all([file.as_str()]));
        to.put(&record)?;
    }
    Ok(())
}

fn root(exhibit: ExhibitNo) -> Option<ExhibitNo> {
    std::iter::successors(exhibit.parent(), |parent| parent.parent()).last()
}

fn exhibit(keys: &Keys, row: &ExhibitRow, iri: &str) -> Object {
    let mut facets = Facets::of(keys, iri);
    let size = integer(row.bytes);
    let mut file = Object::from_iter([("uco-observable:sizeInBytes".into(), size.clone())]);
    file.insert("uco-observable:fileName".into(), row.name.as_str().into());
    facets.add("uco-observable:FileFacet", file);
    let mut content = Object::from_iter([("uco-observable:sizeInBytes".into(), size)]);
    if let Some(hash) = sha256(keys, iri, &row.sha256) {
        content.insert("uco-observable:hash".into(), hash);
    }
    facets.add("uco-observable:ContentDataFacet", content);
    let mut object = object(iri, &["uco-observable:File"]);
    object.insert("uco-core:name".into(), row.name.as_str().into());
    facets.give(&mut object);
    object
}

fn description(row: &ExhibitRow) -> String {
    let format = row.format.known().map_or("a format that nobody recognised", String::as_str);
    let parent = row.parent.known().map(|no| format!(", member of exhibit {no}"));
    let problem = row.problem.known().map(|problem| format!(" {problem}"));
    format!(
        "Exhibit {}{}: {format}, {} records read, {} rejected.{}",
        row.exhibit,
        parent.unwrap_or_default(),
        row.read,
        row.rejected,
        problem.unwrap_or_default()
    )
}

/// A reference to the files of exhibits, for whoever read them all.
pub(super) fn every(records: &Records) -> serde_json::Value {
    records.values().map(|record| at(record)).collect::<Vec<_>>().into()
}

/// A text or a list of texts that names exhibits.
pub(super) fn named(value: &serde_json::Value, records: &Records) -> Vec<serde_json::Value> {
    let texts: Vec<&str> = match value {
        serde_json::Value::String(text) => vec![text],
        serde_json::Value::Array(texts) => {
            texts.iter().filter_map(serde_json::Value::as_str).collect()
        }
        _ => Vec::new(),
    };
    texts
        .into_iter()
        .filter_map(|text| records.get(text))
        .map(|record| json!({ "@id": record }))
        .collect()
}
