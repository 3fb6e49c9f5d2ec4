//! Positions that must not be printed: images of people whom the case does not examine.
//!
//! `media.position_protected` marks them. A query gives no answer there, in `media` as in the raw
//! fields of `media_fields`, whose names say where an image was taken.

/// The table that carries the mark.
pub(super) const MARKED: &str = "media";

/// The query that stands in for a table whose positions are partly hidden.
pub(super) fn hiding(table: &str) -> Option<&'static str> {
    match table {
        MARKED => Some(
            "SELECT * REPLACE (
               CASE WHEN position_protected THEN NULL ELSE latitude END AS latitude,
               CASE WHEN position_protected THEN NULL ELSE longitude END AS longitude)
             FROM media",
        ),
        "media_fields" => Some(
            "WITH hidden AS (SELECT id AS hidden_id, TRUE AS is_hidden FROM media WHERE position_protected)
             SELECT * EXCLUDE (is_hidden, hidden_id) REPLACE (
               CASE WHEN is_hidden AND (name LIKE '%GPS%' OR name ILIKE '%location%')
                    THEN NULL ELSE value END AS value)
             FROM media_fields LEFT JOIN hidden ON media_fields.media = hidden.hidden_id",
        ),
        _ => None,
    }
}
