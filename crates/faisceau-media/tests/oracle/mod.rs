//! `ExifTool` as oracle: which of its fields matter, and when a value here equals its.

use faisceau_media::Description;
use serde_json::Value;

/// The fields that matter for attribution, in whatever group `ExifTool` finds them.
const MATTER: &[&str] = &[
    "Make",
    "Model",
    "Software",
    "ModifyDate",
    "DateTimeOriginal",
    "CreateDate",
    "OffsetTime",
    "OffsetTimeOriginal",
    "OffsetTimeDigitized",
    "SubSecTime",
    "SubSecTimeOriginal",
    "SubSecTimeDigitized",
    "TimeZone",
    "TimeZoneOffset",
    "SerialNumber",
    "InternalSerialNumber",
    "LensSerialNumber",
    "BodySerialNumber",
    "CameraSerialNumber",
    "LensModel",
    "LensMake",
    "OwnerName",
    "CameraOwnerName",
    "Artist",
    "Copyright",
    "HostComputer",
    "ImageUniqueID",
    "ImageDescription",
    "UserComment",
    "XPAuthor",
    "XPComment",
    "XPTitle",
    "ProcessingSoftware",
    "MediaGroupUUID",
    "BurstUUID",
    "ContentIdentifier",
    "CameraID",
    "CanonModelID",
    "CanonFirmwareVersion",
    "ShutterCount",
    "MediaUniqueID",
    "GPSLatitude",
    "GPSLatitudeRef",
    "GPSLongitude",
    "GPSLongitudeRef",
    "GPSAltitude",
    "GPSAltitudeRef",
    "GPSTimeStamp",
    "GPSDateStamp",
    "GPSImgDirection",
    "GPSProcessingMethod",
    "GPSMapDatum",
    "GPSHPositioningError",
    "DocumentID",
    "InstanceID",
    "OriginalDocumentID",
    "DerivedFromDocumentID",
    "DerivedFromInstanceID",
    "DerivedFromOriginalDocumentID",
    "HistoryAction",
    "HistoryWhen",
    "HistorySoftwareAgent",
    "HistoryInstanceID",
    "CreatorTool",
    "MetadataDate",
    "Creator",
    "Rights",
    "By-line",
    "Credit",
    "Source",
    "CopyrightNotice",
    "Caption-Abstract",
    "DateCreated",
    "TimeCreated",
    "OriginatingProgram",
    "SpecialInstructions",
    "OriginalTransmissionReference",
    "Writer-Editor",
    "IPTCDigest",
    "ProfileDescription",
    "ProfileDateTime",
    "DeviceManufacturer",
    "DeviceModel",
    "ProfileCreator",
    "ProfileID",
    "Comment",
    "Author",
    "CreationTime",
    "TrackCreateDate",
    "MediaCreateDate",
    "GPSCoordinates",
    "Encoder",
    "MajorBrand",
    "Producer",
];

/// Groups of what `ExifTool` makes up, and of the file system.
const NOT: [&str; 4] = ["Composite", "System", "ExifTool", "File"];

/// Why values differ or are missing, by the start of `Group:Name`. What no line names is a flaw here.
const REASONS: &[(&str, &str)] = &[
    ("CIFF:", "Canon's format of 1997 to 2000 inside APP0: not read"),
    ("CanonRaw:", "the same, as a file"),
    ("FLIR:", "thermal cameras, APP1 of their own: not read"),
    ("FlashPix:", "APP2 of early cameras: not read in JPEG"),
    ("JSON:", "a segment of one editor: not read"),
    ("SPIFF:", "a header before JFIF: not read"),
    ("Casio:DateTimeOriginal", "in a segment of one camera of 1998"),
    ("DJI:Make", "stands in IFD0 too"),
    ("Kodak:TimeCreated", "a binary block; the time stands in EXIF too"),
    ("Kodak:Lens", "garbage in the file: a tag of another meaning"),
    ("Kodak:SerialNumber", "a layout of 2007 that is not read"),
    (
        "Reconyx:",
        "trail cameras: other layouts than the first are not read; the time stands in EXIF too",
    ),
    ("Canon:ShutterCount", "a block whose layout differs from model to model"),
    ("Pentax:ShutterCount", "encrypted by the camera"),
    (
        "Canon:CanonFirmwareVersion",
        "one file is cut there by its editor; in the other ExifTool reads beside the notes, which were moved",
    ),
    (
        "Canon:OwnerName",
        "ExifTool reads beside the notes, which were moved: here the name is whole",
    ),
    ("GPS:GPSProcessingMethod", "ExifTool shows the name of the encoding, here the text after it"),
    ("GPS:GPSTimeStamp", "0/0 in the file: a flaw here, midnight there"),
    ("Panasonic:InternalSerialNumber", "the same without what follows its end"),
    ("Olympus:", "a damaged file"),
    ("IPTC2:", "IPTC in the trailers of two programs (AFCP, FotoStation): not read"),
    ("IFD0:", "a fuzzed file"),
    ("PNG:", "a zlib stream that is broken: here what could be unpacked"),
    ("XMP-xapMM:", "fuzzed files: the address of the namespace is damaged"),
    ("XMP-avm:", "astronomy's namespace is not kept"),
    ("XMP-photomech:", "the time of an archive program's namespace; the date is kept"),
];

/// The reason of a key, if one is known.
pub(crate) fn reason(key: &str) -> Option<&'static str> {
    REASONS.iter().find(|(start, _)| key.starts_with(start)).map(|(_, reason)| *reason)
}

/// Whether a key with a value is compared.
pub(crate) fn matters(group: &str, field: &str, expected: &str) -> bool {
    let filler =
        expected.chars().all(|c| matches!(c, '0' | ' ')) || expected.starts_with("(Binary");
    let of_filler = ["ProfileID", "Software", "Comment"].contains(&field);
    let told = !expected.is_empty() && !NOT.contains(&group) && MATTER.contains(&field);
    told && !(filler && of_filler)
}

/// A value of its JSON as text.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Whether a field is there, and equal in one of its occurrences.
pub(crate) fn found(
    described: &Description,
    group: &str,
    field: &str,
    expected: &str,
) -> Option<bool> {
    // ExifTool numbers the second of several blocks; here they bear the same name.
    let group = match group.strip_suffix(|c: char| c.is_ascii_digit()) {
        Some(block) if block.starts_with("ICC") || block.starts_with("IPTC") => block,
        _ => group,
    };
    let values: Vec<&str> = described
        .fields
        .iter()
        .filter(|f| f.group == group && f.name == field)
        .map(|f| f.value.as_str())
        .collect();
    let all = values.join(", ");
    let equal = |value: &str| same(value, expected);
    (!values.is_empty()).then(|| values.iter().any(|value| equal(value)) || equal(&all))
}

/// Equal as numbers, or as the characters that no encoding and no cut disputes.
fn same(here: &str, there: &str) -> bool {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    if let (Some(a), Some(b)) = (number(here), number(there)) {
        return a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    }
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_graphic() && *c != '?').collect()
    };
    let (here, there) = (plain(here), plain(there));
    here == there || (here.len() > 200 && there.starts_with(&here[..200]))
}
