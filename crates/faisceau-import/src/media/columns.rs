//! From the fields of a file to the columns of the table `media`.
//!
//! Several blocks say the same thing in their own words (EXIF, maker notes, XMP, IPTC, `QuickTime`,
//! PDF): each column takes the first that says something, in the order that is written here.

use faisceau_media::Description;
use faisceau_media::quantisation::quantisation;
use faisceau_model::rows::Media;
use faisceau_model::{Absent, Maybe, Moment};
use jiff::tz::TimeZone;

use super::fillers::{is_serial, says_something};
use super::times::{self, Texts, Zone};

/// Groups of maker notes.
const MAKERS: [&str; 14] = [
    "Canon",
    "Nikon",
    "Olympus",
    "Panasonic",
    "Leica",
    "FujiFilm",
    "Pentax",
    "Sigma",
    "Ricoh",
    "Sony",
    "Samsung",
    "Motorola",
    "Kodak",
    "Reconyx",
];

/// A column: fields by group and name, the best first.
type Sources = &'static [(&'static [&'static str], &'static str)];

const MAKE: Sources = &[
    (&["IFD0", "IFD1"], "Make"),
    (&["XMP-tiff"], "Make"),
    (&["Keys", "UserData", "ItemList", "QuickTime"], "Make"),
    (&["Keys", "UserData"], "AndroidManufacturer"),
];
const MODEL: Sources = &[
    (&["IFD0", "IFD1"], "Model"),
    (&["XMP-tiff"], "Model"),
    (&["Keys", "UserData", "ItemList", "QuickTime", "GoPro"], "Model"),
    (&["Keys", "UserData"], "AndroidModel"),
];
const BODY: Sources = &[
    (&["ExifIFD"], "SerialNumber"),
    (&MAKERS, "SerialNumber"),
    (&["IFD0"], "CameraSerialNumber"),
    (&["IFD0"], "SerialNumber"),
    (&["XMP-exifEX"], "BodySerialNumber"),
    (&["XMP-exifEX", "XMP-aux"], "SerialNumber"),
    (&["GoPro"], "CameraSerialNumber"),
    (&["PictureInfo"], "SerialNumber"),
    (&MAKERS, "InternalSerialNumber"),
];
const LENS: Sources = &[
    (&["ExifIFD"], "LensSerialNumber"),
    (&MAKERS, "LensSerialNumber"),
    (&["XMP-exifEX", "XMP-aux"], "LensSerialNumber"),
];
const SOFTWARE: Sources = &[
    (&["IFD0", "IFD1", "ExifIFD"], "Software"),
    (&["XMP-xmp"], "CreatorTool"),
    (&["XMP-tiff"], "Software"),
    (&["PNG", "Keys", "UserData", "RIFF", "FlashPix"], "Software"),
    (&["UserData"], "SoftwareVersion"),
    (&["PDF"], "Creator"),
    (&["PDF"], "Producer"),
    (&["XML"], "Application"),
    (&["XMP-meta"], "Generator"),
    (&["Matroska"], "WritingApp"),
    (&["ItemList", "UserData", "Matroska"], "Encoder"),
    (&["C2PA"], "ClaimGenerator"),
    (&["HTML"], "Generator"),
];
const COMPUTER: Sources = &[(&["IFD0"], "HostComputer")];
const OWNER: Sources = &[
    (&["ExifIFD", "IFD0"], "OwnerName"),
    (&MAKERS, "OwnerName"),
    (&["XMP-exifEX"], "CameraOwnerName"),
    (&["XMP-aux"], "OwnerName"),
    (&["IFD0", "ExifIFD"], "Artist"),
    (&["IFD0"], "XPAuthor"),
    (&["XMP-dc"], "Creator"),
    (&["IPTC"], "By-line"),
    (&["PDF", "PNG", "FlashPix", "UserData", "ItemList", "Keys"], "Author"),
    (&["XMP-meta"], "Initial-creator"),
    (&["HTML", "HTML-office"], "Author"),
    (&["JSON-LD"], "AuthorName"),
    (&["HTML-dc"], "Creator"),
];
const UNIQUE: Sources = &[
    (&["ExifIFD"], "ImageUniqueID"),
    (&MAKERS, "ImageUniqueID"),
    (&["GoPro"], "MediaUniqueID"),
    (&["IPTC"], "UniqueDocumentID"),
];
const CONTENT: Sources = &[
    (&["Apple"], "ContentIdentifier"),
    (&["Apple"], "MediaGroupUUID"),
    (&["Keys"], "ContentIdentifier"),
];

/// When a page says that it was published, and changed.
const PUBLISHED: [(&str, &str); 6] = [
    ("HTML-article", "ArticlePublished_time"),
    ("JSON-LD", "DatePublished"),
    ("HTML-itemprop", "DatePublished"),
    ("JSON-LD", "DateCreated"),
    ("HTML-dcterms", "DctermsCreated"),
    ("HTML-dc", "Date"),
];
const CHANGED: [(&str, &str); 5] = [
    ("HTML-article", "ArticleModified_time"),
    ("HTML-og", "OgUpdated_time"),
    ("JSON-LD", "DateModified"),
    ("HTML-itemprop", "DateModified"),
    ("HTML-dcterms", "DctermsModified"),
];

/// Fills the columns in.
pub(super) fn fill(row: &mut Media, found: &Description, zone: Option<&TimeZone>) {
    let any = |sources: Sources| value(found, sources, says_something);
    row.width = Maybe::or_absent(found.width.map(i64::from), Absent::NotExported);
    row.height = Maybe::or_absent(found.height.map(i64::from), Absent::NotExported);
    row.make = any(MAKE);
    row.model = any(MODEL);
    row.body_serial = value(found, BODY, is_serial);
    row.lens_serial = value(found, LENS, is_serial);
    row.software = any(SOFTWARE);
    row.computer = any(COMPUTER);
    row.owner = any(OWNER);
    row.unique_id = any(UNIQUE);
    row.content_id = any(CONTENT);
    row.document_id = any(&[(&["XMP-xmpMM"], "DocumentID")]);
    row.instance_id = any(&[(&["XMP-xmpMM"], "InstanceID")]);
    row.original_document_id = any(&[
        (&["XMP-xmpMM"], "OriginalDocumentID"),
        (&["XMP-xmpMM"], "DerivedFromOriginalDocumentID"),
        (&["XMP-xmpMM"], "DerivedFromDocumentID"),
    ]);
    row.credentials = any(&[(&["C2PA"], "SignatureState")]);
    (row.latitude, row.longitude) = position(found);
    row.position_protected = found.fields.iter().any(|field| is_position(&field.name));
    clocks(row, found, zone);
    if let Some(tables) = found.tables.as_ref().and_then(quantisation) {
        row.quality = Maybe::Known(i64::from(tables.quality.value()));
        row.tables = Maybe::Known(tables.fingerprint);
    }
}

/// The first value that says something.
fn value(found: &Description, sources: Sources, says: fn(&str) -> bool) -> Maybe<String> {
    let values = sources
        .iter()
        .flat_map(|(groups, name)| groups.iter().filter_map(|group| found.value(&[group], name)));
    let first = values.map(str::trim).find(|value| says(value));
    Maybe::or_absent(first.map(str::to_owned), Absent::NotExported)
}

fn clocks(row: &mut Media, found: &Description, zone: Option<&TimeZone>) {
    let get = |groups: &[&str], name: &str| found.value(groups, name);
    let assumed = Zone::Assumed(zone);
    let day = get(&["GPS"], "GPSDateStamp");
    row.receiver = times::receiver(day, get(&["GPS"], "GPSTimeStamp"));
    let exif = |time: &str, fraction: &str, offset: &str, groups: &[&str]| Texts {
        time: found.value(groups, time),
        fraction: found.value(&["ExifIFD"], fraction),
        offset: found.value(&["ExifIFD"], offset),
    };
    let photo = ["ExifIFD", "IFD0", "PictureInfo"];
    let taken = exif("DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal", &photo);
    row.taken = first(&[
        (taken, assumed),
        (only(get(&["XMP-exif"], "DateTimeOriginal")), assumed),
        (only(get(&["XMP-photoshop"], "DateCreated")), assumed),
        (only(get(&["Keys"], "CreationDate")), assumed),
        // UTC by the standard; many cameras count local time all the same.
        (only(get(&["QuickTime"], "CreateDate")), Zone::Assumed(Some(&TimeZone::UTC))),
        (only(get(&["Matroska"], "DateTimeOriginal")), Zone::Utc),
        (only(get(&["RIFF"], "DateTimeOriginal")), assumed),
    ]);
    if taken.offset.is_none()
        && let Some(at) = times::by_receiver(taken, &row.receiver)
    {
        row.taken = Maybe::Known(at);
    }
    let digitized = exif("CreateDate", "SubSecTimeDigitized", "OffsetTimeDigitized", &photo);
    let written = |names: &[(&str, &str)]| {
        names.iter().find_map(|(group, name)| times::of_web(found.value(&[group], name)?))
    };
    let published = written(&PUBLISHED);
    let changed = written(&CHANGED);
    row.digitized = first(&[
        (digitized, assumed),
        (only(get(&["XMP-xmp"], "CreateDate")), assumed),
        (only(get(&["PDF", "XML", "PNG"], "CreateDate")), assumed),
        (only(get(&["XMP-meta"], "Creation-date")), assumed),
        (only(get(&["FlashPix"], "CreateDate")), Zone::Utc),
        (only(published.as_deref()), assumed),
        (only(get(&["HTML-office"], "CreateDate")), assumed),
    ]);
    let modified = exif("ModifyDate", "SubSecTime", "OffsetTime", &["IFD0"]);
    row.modified = first(&[
        (modified, assumed),
        (only(get(&["XMP-xmp"], "ModifyDate")), assumed),
        (only(get(&["PDF", "XML", "XMP-dc"], "ModifyDate")), assumed),
        (only(get(&["FlashPix"], "ModifyDate")), Zone::Utc),
        (only(get(&["PNG", "QuickTime"], "ModifyDate")), Zone::Utc),
        (only(changed.as_deref()), assumed),
        (only(get(&["HTML-office"], "ModifyDate")), assumed),
    ]);
}

fn only(time: Option<&str>) -> Texts<'_> {
    Texts { time, ..Texts::default() }
}

/// The first time that can be read; else why the best could not.
fn first(texts: &[(Texts<'_>, Zone<'_>)]) -> Maybe<Moment> {
    let mut all = texts.iter().map(|(texts, zone)| times::moment(*texts, *zone));
    let best = all.next().unwrap_or(Maybe::Missing(Absent::NotExported));
    if best.known().is_some() {
        return best;
    }
    all.find(|moment| moment.known().is_some()).unwrap_or(best)
}

/// Whether a field tells a place on the map, in whatever form.
fn is_position(name: &str) -> bool {
    const MARKS: [&str; 5] =
        ["GPSLatitude", "GPSCoordinates", "GPSPosition", "LOCATION", "Location"];
    MARKS.iter().any(|mark| name.contains(mark))
}

/// Latitude and longitude, both or none.
fn position(found: &Description) -> (Maybe<f64>, Maybe<f64>) {
    let side = |name: &str, side: &str, plus: char, minus: char, most: f64| {
        let value: f64 = found.value(&["GPS"], name)?.parse().ok()?;
        let side = found.value(&["GPS"], side)?.chars().next()?.to_ascii_uppercase();
        let sign = if side == plus {
            1.0
        } else if side == minus {
            -1.0
        } else {
            return None;
        };
        (value.abs() <= most).then_some(sign * value)
    };
    let exif = [
        side("GPSLatitude", "GPSLatitudeRef", 'N', 'S', 90.0),
        side("GPSLongitude", "GPSLongitudeRef", 'E', 'W', 180.0),
    ];
    let signed = |name: &str, most: f64| {
        let value: f64 = found.value(&["XMP-exif"], name)?.parse().ok()?;
        (value.abs() <= most).then_some(value)
    };
    let xmp = [signed("GPSLatitude", 90.0), signed("GPSLongitude", 180.0)];
    let is_there = found.fields.iter().any(|f| f.group == "GPS" && f.name == "GPSLatitude");
    let missing = |reason| (Maybe::Missing(reason), Maybe::Missing(reason));
    match [exif, xmp, video(found)].into_iter().find(|pair| pair.iter().all(Option::is_some)) {
        // A receiver without a fix writes zeros; nobody lives at 0° N 0° E.
        Some([Some(0.0), Some(0.0)]) => missing(Absent::NotExported),
        Some([Some(latitude), Some(longitude)]) => {
            (Maybe::Known(latitude), Maybe::Known(longitude))
        }
        _ if is_there => missing(Absent::Unreadable),
        _ => missing(Absent::NotExported),
    }
}

/// The position of a video: latitude, longitude, sometimes an altitude, blanks between them.
fn video(found: &Description) -> [Option<f64>; 2] {
    let text = found.value(&["Keys", "UserData", "ItemList", "QuickTime"], "GPSCoordinates");
    let mut numbers = text.into_iter().flat_map(|text| text.split(' ')).map(str::parse);
    let mut next = |most: f64| numbers.next()?.ok().filter(|number: &f64| number.abs() <= most);
    [next(90.0), next(180.0)]
}
