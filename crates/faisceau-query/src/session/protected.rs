//! Positions that must not be printed: images of people whom the case does not examine.
//!
//! `media.position_protected` marks them. A query gives no answer there, in `media` as in the raw
//! fields of `media_fields`, whose names say where an image was taken.

use faisceau_model::{NO_PLACES, PLACE_WORDS};

/// The table that carries the mark.
pub(super) const MARKED: &str = "media";

/// The query that stands in for a table whose positions are partly hidden.
pub(super) fn hiding(table: &str) -> Option<String> {
    match table {
        MARKED => Some(
            "SELECT * REPLACE (
               CASE WHEN position_protected THEN NULL ELSE latitude END AS latitude,
               CASE WHEN position_protected THEN NULL ELSE longitude END AS longitude)
             FROM media"
                .to_owned(),
        ),
        "media_fields" => Some(format!(
            "WITH hidden AS (SELECT id AS hidden_id, TRUE AS is_hidden FROM media WHERE position_protected)
             SELECT * EXCLUDE (is_hidden, hidden_id) REPLACE (
               CASE WHEN is_hidden AND ({}) THEN NULL ELSE value END AS value)
             FROM media_fields LEFT JOIN hidden ON media_fields.media = hidden.hidden_id",
            tells_place()
        )),
        _ => None,
    }
}

/// [`faisceau_model::tells_place`] in SQL.
fn tells_place() -> String {
    let words = PLACE_WORDS.map(|word| format!("name ILIKE '%{word}%'")).join(" OR ");
    let others = NO_PLACES.map(|name| format!("name <> '{name}'")).join(" AND ");
    format!("({words}) AND {others}")
}
