//! What the fields of a file say of where it passed.
//!
//! In: a [`Description`]. Out: a trace for each row of fields whose template reads a value, and two
//! rules: a camera that names itself and its hour, and a JPEG that says nothing at all.

use faisceau_model::excerpt;

use super::data::{FieldRow, rows};
use super::template::Role;
use super::{Basis, Kind, Trace};
use crate::field::{Description, Field, group};

/// Groups that say how a picture is stored and nothing of where it comes from.
const OF_STORAGE: [&str; 8] =
    [group::FILE, "JFIF", "JFXX", "ICC_Profile", "ICC-header", "Adobe", "APP14", "JPEG"];

/// Longest name of a program that a field gives, in characters.
const PLATFORM: usize = 80;

pub(super) fn read(description: &Description) -> Vec<Trace> {
    let of_rows = rows().field.iter().filter_map(|row| row.read(description));
    of_rows.chain(camera(description)).chain(stripped(description)).collect()
}

impl FieldRow {
    /// The trace of the first field that the row reads.
    fn read(&'static self, description: &Description) -> Option<Trace> {
        let mut fields = description.fields.iter().filter(|field| self.names(field));
        let (value, found) = fields.find_map(|field| {
            let found = self.values.iter().find_map(|template| template.read(&field.value))?;
            Some((&field.value, found))
        })?;
        let platform = match self.platform.as_str() {
            "*" => excerpt(value, PLATFORM),
            platform => platform.to_owned(),
        };
        let mut trace = Trace::new(&platform, self.kind, Basis::Fields, &self.id);
        let id = found.iter().find(|(role, value)| *role == Role::Id && !value.is_empty());
        trace.id = id.map(|(_, value)| (*value).to_owned());
        Some(trace)
    }

    fn names(&self, field: &Field) -> bool {
        let of_group = |word: &String| word == "*" || word == field.group;
        let of_name = |word: &String| match word.strip_prefix('*') {
            Some(end) => field.name.ends_with(end),
            None => *word == field.name,
        };
        self.groups.iter().any(of_group) && self.names.iter().any(of_name)
    }
}

/// Whether a camera names itself, be it in its own notes only.
pub(super) fn has_camera(description: &Description) -> bool {
    let of_camera = |field: &Field| {
        matches!(field.name.as_str(), "Make" | "Model") || field.name.ends_with("SerialNumber")
    };
    description.fields.iter().any(of_camera)
}

/// Make, model and hour of a photograph: what a camera writes, and what an editor may keep.
fn camera(description: &Description) -> Option<Trace> {
    let make = description.value(&[group::IFD0], "Make")?;
    let model = description.value(&[group::IFD0], "Model")?;
    let at = description.value(&[group::EXIF], "DateTimeOriginal")?;
    let platform =
        if model.starts_with(make) { model.to_owned() } else { format!("{make} {model}") };
    let mut trace = Trace::new(&platform, Kind::Original, Basis::Fields, "rule-camera");
    let zone = description.value(&[group::EXIF], "OffsetTimeOriginal").unwrap_or("local");
    trace.at = Some(format!("{} {zone}", dashed(at)));
    trace.means = Some("taken");
    trace.id = description.value(&[group::EXIF], "BodySerialNumber").map(str::to_owned);
    Some(trace)
}

/// A date as the other traces write it: `2012:07:14 16:30:12` is `2012-07-14 16:30:12`.
fn dashed(at: &str) -> String {
    match at.split_once(' ') {
        Some((date, time)) => format!("{} {time}", date.replace(':', "-")),
        None => at.to_owned(),
    }
}

/// A JPEG in which no program says anything.
fn stripped(description: &Description) -> Option<Trace> {
    let says = |field: &Field| !OF_STORAGE.contains(&field.group);
    let nothing = description.mime == "image/jpeg"
        && description.left_out == 0
        && !description.fields.iter().any(says);
    nothing.then(|| Trace::new("unknown", Kind::Stripped, Basis::Fields, "rule-no-metadata"))
}
