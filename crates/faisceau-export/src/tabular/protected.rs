//! Positions that the case protects do not leave.
//!
//! In: the cells of a row. Out: the same, where a picture of somebody whom the case protects has its
//! position taken out: latitude and longitude of `media`, the values of the fields of `media_fields`
//! that tell a place. The rows stay, and say that something was taken out.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use faisceau_model::rows::{Media, MediaField};
use faisceau_model::table::{Cell, Row};
use faisceau_model::{Absent, tells_place};
use faisceau_tables::{TableError, read_batches};

/// What stands for the value of a field that tells a place: the word for what was masked.
pub(crate) const WITHHELD: &str = Absent::Redacted.as_str();

/// The pictures whose position is protected, by row id.
#[derive(Debug, Default)]
pub(crate) struct Protected(BTreeSet<String>);

impl Protected {
    /// Those of a case.
    pub(crate) fn of(tables: &Path) -> Result<Self, TableError> {
        let mut ids = BTreeSet::new();
        read_batches::<Media>(tables, |batch| {
            let marked = batch.into_iter().filter(|row| row.position_protected);
            ids.extend(marked.map(|row| row.id.as_str().to_owned()));
            true
        })?;
        Ok(Self(ids))
    }

    /// Pictures whose position is protected.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether rows of a table may have something taken out.
    pub(crate) fn touches(&self, table: &str) -> bool {
        !self.0.is_empty() && (table == Media::TABLE || table == MediaField::TABLE)
    }

    /// Takes positions out of the cells of a row of `R`. Says whether there was one.
    pub(crate) fn withhold<R: Row>(&self, cells: &mut [Cell<'_>]) -> bool {
        if !self.touches(R::TABLE) {
            return false;
        }
        if R::TABLE == Media::TABLE {
            return self.withhold_media::<R>(cells);
        }
        let of_protected = text::<R>(cells, "media").is_some_and(|id| self.0.contains(id));
        if !of_protected || !text::<R>(cells, "name").is_some_and(tells_place) {
            return false;
        }
        let value = index::<R>("value").and_then(|at| cells.get_mut(at));
        value.map(|value| *value = Cell::Text(Cow::Borrowed(WITHHELD))).is_some()
    }

    fn withhold_media<R: Row>(&self, cells: &mut [Cell<'_>]) -> bool {
        if !text::<R>(cells, "id").is_some_and(|id| self.0.contains(id)) {
            return false;
        }
        let mut any = false;
        for name in ["latitude", "longitude"] {
            if let Some(cell) = index::<R>(name).and_then(|at| cells.get_mut(at))
                && matches!(cell, Cell::Float(_))
            {
                *cell = Cell::Missing(Absent::Redacted);
                any = true;
            }
        }
        any
    }
}

fn index<R: Row>(name: &str) -> Option<usize> {
    R::COLUMNS.iter().position(|column| column.name == name)
}

fn text<'c, R: Row>(cells: &'c [Cell<'_>], name: &str) -> Option<&'c str> {
    match cells.get(index::<R>(name)?)? {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use faisceau_model::{ExhibitNo, Maybe, Place, RowId};

    use super::*;

    fn cells<R: Row>(row: &R) -> Vec<Cell<'_>> {
        let mut cells = Vec::new();
        row.cells(&mut |cell| cells.push(cell));
        cells
    }

    fn photograph(number: u32) -> Media {
        Media {
            latitude: Maybe::Known(47.5),
            longitude: Maybe::Known(1.25),
            ..Media::new(ExhibitNo::top(number), &Place::Whole, 0, String::new(), "image/jpeg")
        }
    }

    fn field(media: &Media, name: &str) -> MediaField {
        MediaField {
            id: RowId::derived("mfd", 1),
            exhibit: media.exhibit,
            place: Place::Whole,
            media: media.id.clone(),
            group: "GPS".into(),
            name: name.into(),
            value: "47.5".into(),
            byte: 0,
            length: 4,
        }
    }

    #[test]
    fn only_protected_pictures_lose_their_place_and_keep_their_rows() {
        let (mine, other) = (photograph(1), photograph(2));
        let protected = Protected(BTreeSet::from([mine.id.as_str().to_owned()]));
        let mut row = cells(&mine);
        assert!(protected.withhold::<Media>(&mut row));
        assert!(!row.iter().any(|cell| matches!(cell, Cell::Float(_))));
        assert!(!protected.withhold::<Media>(&mut cells(&other)));
        for (media, name, withheld) in [
            (&mine, "GPSLongitude", true),
            (&mine, "SubLocation", true),
            (&mine, "GPSDateStamp", false),
            (&mine, "SerialNumber", false),
            (&other, "GPSLongitude", false),
        ] {
            let field = field(media, name);
            let mut row = cells(&field);
            assert_eq!(protected.withhold::<MediaField>(&mut row), withheld, "{name}");
            let shown = text::<MediaField>(&row, "value").unwrap();
            assert_eq!(shown, if withheld { "redacted" } else { "47.5" });
        }
    }
}
