//! Fields of a picture that tell where it was taken or where its maker lives.
//!
//! A picture whose position the case protects keeps these to itself in every answer and every file
//! that leaves; its bytes stay in the exhibit.

/// What the names of fields that tell a place hold, in lower case. Free text is among them: people
/// write addresses there.
pub const PLACE_WORDS: [&str; 20] = [
    "gps",
    "location",
    "latitude",
    "longitude",
    "coordinate",
    "city",
    "address",
    "region",
    "country",
    "state",
    "province",
    "postal",
    "telephone",
    "phone",
    "coverage",
    "description",
    "caption",
    "comment",
    "headline",
    "title",
];

/// Fields of the satellite receiver that tell a time or a version.
pub const NO_PLACES: [&str; 3] = ["GPSDateStamp", "GPSTimeStamp", "GPSVersionID"];

/// Whether a field of metadata tells a place, by its name.
pub fn tells_place(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    PLACE_WORDS.iter().any(|word| lower.contains(word)) && !NO_PLACES.contains(&name)
}
