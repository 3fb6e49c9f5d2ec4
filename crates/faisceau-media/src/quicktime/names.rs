//! Names of entries, as `ExifTool` calls them. Numbers of tracks and of discs, ratings, prices and the
//! like say nothing of who made a video, and are left out.

use crate::bmff::Kind;

/// How the bytes of an entry are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Text.
    Text,
    /// Text: a date after ISO 8601.
    Date,
    /// Text: a position after ISO 6709.
    Position,
    /// Text of 3GPP: behind version, flags and language.
    Worldwide,
    /// The box `loci` of 3GPP.
    Location,
    /// Text up to a NUL, which may stand behind six bytes that begin with four NUL.
    Device,
    /// Texts one after another, each ended by a NUL.
    Texts,
    /// No text, but an identifier.
    Hexadecimal,
}

use Form::{Date, Device, Hexadecimal, Location, Position, Text, Texts, Worldwide};

/// Entries of `udta` that begin with `©` and hold texts in several languages.
const INTERNATIONAL: [(&[u8; 3], &str, Form); 33] = [
    (b"ART", "Artist", Text),
    (b"TIM", "StartTimecode", Text),
    (b"TSC", "StartTimeScale", Text),
    (b"TSZ", "StartTimeSampleSize", Text),
    (b"alb", "Album", Text),
    (b"cmt", "Comment", Text),
    (b"com", "Composer", Text),
    (b"cpy", "Copyright", Text),
    (b"day", "ContentCreateDate", Date),
    (b"dir", "Director", Text),
    (b"enc", "EncoderID", Text),
    (b"fmt", "Format", Text),
    (b"gen", "Genre", Text),
    (b"grp", "Grouping", Text),
    (b"inf", "Information", Text),
    (b"lyr", "Lyrics", Text),
    (b"mak", "Make", Text),
    (b"mal", "MakerURL", Text),
    (b"mod", "Model", Text),
    (b"nam", "Title", Text),
    (b"phg", "RecordingCopyright", Text),
    (b"prd", "Producer", Text),
    (b"prf", "Performers", Text),
    (b"req", "Requirements", Text),
    (b"snm", "Subtitle", Text),
    (b"src", "SourceCredits", Text),
    (b"swf", "SongWriter", Text),
    (b"swr", "SoftwareVersion", Text),
    (b"too", "Encoder", Text),
    (b"trk", "Track", Text),
    (b"wrt", "Composer", Text),
    (b"xyz", "GPSCoordinates", Position),
    (b"isr", "ISRCCode", Text),
];

/// Other entries of `udta`.
const PLAIN: [(&Kind, &str, Form); 47] = [
    (b"CAME", "SerialNumberHash", Hexadecimal),
    (b"CNCV", "CompressorVersion", Text),
    (b"CNFV", "FirmwareVersion", Text),
    (b"CNMN", "Model", Text),
    (b"FIRM", "FirmwareVersion", Text),
    (b"GoPr", "GoProType", Text),
    (b"LENS", "LensSerialNumber", Text),
    (b"MUID", "MediaUniqueID", Hexadecimal),
    (b"SDLN", "PlayMode", Text),
    (b"SNum", "SerialNumber", Text),
    (b"albm", "Album", Worldwide),
    (b"albr", "AlbumArtist", Text),
    (b"angl", "CameraAngle", Text),
    (b"auth", "Author", Worldwide),
    (b"ccid", "ContentID", Text),
    (b"cdis", "ContentDistributorID", Text),
    (b"clfn", "ClipFileName", Text),
    (b"clid", "ClipID", Text),
    (b"cmid", "CameraID", Text),
    (b"cmnm", "Model", Text),
    (b"coll", "CollectionName", Worldwide),
    (b"cprt", "Copyright", Worldwide),
    (b"cver", "CodeVersion", Text),
    (b"date", "DateTimeOriginal", Date),
    (b"dscp", "Description", Worldwide),
    (b"gnre", "Genre", Worldwide),
    (b"icnu", "IconURI", Text),
    (b"infu", "InfoURL", Text),
    (b"kywd", "Keywords", Texts),
    (b"loci", "LocationInformation", Location),
    (b"manu", "Make", Device),
    (b"modl", "Model", Device),
    (b"name", "Name", Text),
    (b"perf", "Performer", Worldwide),
    (b"reel", "ReelName", Text),
    (b"scen", "Scene", Text),
    (b"shot", "ShotName", Text),
    (b"slno", "SerialNumber", Text),
    (b"titl", "Title", Worldwide),
    (b"vndr", "Vendor", Text),
    // One maker took another character than the sign of copyright.
    (b"@day", "ContentCreateDate", Date),
    (b"@mak", "Make", Text),
    (b"@mod", "Model", Text),
    (b"@swr", "SoftwareVersion", Text),
    (b"@xyz", "GPSCoordinates", Position),
    // The drones of one maker write these without a language.
    (b"\xa9mdl", "Model", Text),
    (b"\xa9uid", "UserData_uid", Hexadecimal),
];

/// Entries of `ilst`.
const ITEMS: [(&Kind, &str, Form); 51] = [
    (b"\xa9ART", "Artist", Text),
    (b"\xa9alb", "Album", Text),
    (b"\xa9ard", "ArtDirector", Text),
    (b"\xa9arg", "Arranger", Text),
    (b"\xa9aut", "Author", Text),
    (b"\xa9cmt", "Comment", Text),
    (b"\xa9com", "Composer", Text),
    (b"\xa9con", "Conductor", Text),
    (b"\xa9cpy", "Copyright", Text),
    (b"\xa9day", "ContentCreateDate", Date),
    (b"\xa9des", "Description", Text),
    (b"\xa9dir", "Director", Text),
    (b"\xa9enc", "EncodedBy", Text),
    (b"\xa9gen", "Genre", Text),
    (b"\xa9grp", "Grouping", Text),
    (b"\xa9lyr", "Lyrics", Text),
    (b"\xa9nam", "Title", Text),
    (b"\xa9nrt", "Narrator", Text),
    (b"\xa9ope", "OriginalArtist", Text),
    (b"\xa9prd", "Producer", Text),
    (b"\xa9pub", "Publisher", Text),
    (b"\xa9sne", "SoundEngineer", Text),
    (b"\xa9sol", "Soloist", Text),
    (b"\xa9st3", "Subtitle", Text),
    (b"\xa9too", "Encoder", Text),
    (b"\xa9trk", "Track", Text),
    (b"\xa9wrt", "Composer", Text),
    (b"\xa9xpd", "ExecutiveProducer", Text),
    (b"\xa9xyz", "GPSCoordinates", Position),
    (b"GUID", "GUID", Text),
    (b"aART", "AlbumArtist", Text),
    (b"apID", "AppleStoreAccount", Text),
    (b"auth", "Author", Text),
    (b"cnID", "AppleStoreCatalogID", Text),
    (b"cprt", "Copyright", Text),
    (b"desc", "Description", Text),
    (b"dscp", "Description", Text),
    (b"egid", "EpisodeGlobalUniqueID", Text),
    (b"gshh", "GoogleHostHeader", Text),
    (b"gspm", "GooglePingMessage", Text),
    (b"gspu", "GooglePingURL", Text),
    (b"gssd", "GoogleSourceData", Text),
    (b"gsst", "GoogleStartTime", Text),
    (b"keyw", "Keyword", Text),
    (b"ldes", "LongDescription", Text),
    (b"perf", "Performer", Text),
    (b"purd", "PurchaseDate", Text),
    (b"rldt", "ReleaseDate", Text),
    (b"sdes", "StoreDescription", Text),
    (b"titl", "Title", Text),
    (b"tven", "TVEpisodeID", Text),
];

/// Keys whose name is not made of their words, behind `com.apple.quicktime.` or `com.`.
const KEYS: [(&str, &str, Form); 18] = [
    ("android.version", "AndroidVersion", Text),
    ("apple.photos.captureMode", "CaptureMode", Text),
    ("apple.photos.variation-identifier", "ApplePhotosVariationIdentifier", Text),
    ("camera.framereadouttimeinmicroseconds", "FrameReadoutTime", Text),
    ("collection.user", "UserCollection", Text),
    ("creationdate", "CreationDate", Date),
    ("direction.facing", "CameraDirection", Text),
    ("direction.motion", "CameraMotion", Text),
    ("displayname", "DisplayName", Text),
    ("live-photo.auto", "LivePhotoAuto", Text),
    ("live-photo.vitality-score", "LivePhotoVitalityScore", Text),
    ("live-photo.vitality-scoring-version", "LivePhotoVitalityScoringVersion", Text),
    ("location.ISO6709", "GPSCoordinates", Position),
    ("location.date", "LocationDate", Date),
    ("rating.user", "UserRating", Text),
    ("year", "Year", Text),
    ("artwork", "Artwork", Text),
    ("video-orientation", "VideoOrientation", Text),
];

/// What a text of `udta` with a language is called.
pub(super) fn international(kind: Kind) -> Option<(&'static str, Form)> {
    let [0xa9, name @ ..] = &kind else { return None };
    INTERNATIONAL.iter().find(|(known, ..)| *known == name).map(|(_, name, form)| (*name, *form))
}

/// What another entry of `udta` is called.
pub(super) fn plain(kind: Kind) -> Option<(&'static str, Form)> {
    of(&PLAIN, kind)
}

/// What an entry of `ilst` is called.
pub(super) fn item(kind: Kind) -> Option<(&'static str, Form)> {
    of(&ITEMS, kind)
}

fn of(known: &[(&Kind, &'static str, Form)], kind: Kind) -> Option<(&'static str, Form)> {
    known.iter().find(|(known, ..)| **known == kind).map(|(_, name, form)| (*name, *form))
}

/// What an entry is called that has a written-out key.
pub(super) fn key(space: &[u8], key: &str) -> Option<(String, Form)> {
    let short = match space {
        b"mdta" => key
            .strip_prefix("com.apple.quicktime.")
            .or_else(|| key.strip_prefix("com."))
            .unwrap_or(key),
        _ => key,
    };
    if let Some((_, name, form)) = KEYS.iter().find(|(known, ..)| *known == short) {
        return Some(((*name).to_owned(), *form));
    }
    if let Some(kind) = short.as_bytes().first_chunk().filter(|_| short.len() == 4)
        && let Some((name, form)) = item(*kind)
    {
        return Some((name.to_owned(), form));
    }
    let name = words(short);
    (!name.is_empty()).then_some((name, Text))
}

/// A name of the words of a key: the letter behind a point, a blank or a line is made upper-case.
pub(super) fn words(key: &str) -> String {
    let mut name = String::new();
    let mut upper = true;
    for letter in key.chars() {
        match letter {
            '.' | ' ' | '_' => upper = true,
            '-' | '0'..='9' | 'a'..='z' | 'A'..='Z' => {
                name.push(if upper { letter.to_ascii_uppercase() } else { letter });
                upper = false;
            }
            _ => {}
        }
    }
    if name.len() == 1 { format!("Tag_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let name = |text: &str| key(b"mdta", text).map(|(name, _)| name);
        assert_eq!(
            name("com.apple.quicktime.content.identifier"),
            Some("ContentIdentifier".into())
        );
        assert_eq!(name("com.android.manufacturer"), Some("AndroidManufacturer".into()));
        assert_eq!(
            name("com.apple.quicktime.location.accuracy.horizontal"),
            Some("LocationAccuracyHorizontal".into())
        );
        assert_eq!(name("Encoded_With"), Some("EncodedWith".into()));
        assert_eq!(name("com.apple.quicktime.live-photo.auto"), Some("LivePhotoAuto".into()));
        assert_eq!(name("com.apple.quicktime.creationdate"), Some("CreationDate".into()));
        assert_eq!(name("x"), Some("Tag_X".into()));
        assert_eq!(name("…"), None);
        assert_eq!(international(*b"\xa9xyz"), Some(("GPSCoordinates", Position)));
        assert_eq!(international(*b"\xa9mdl"), None);
        assert_eq!(plain(*b"\xa9mdl"), Some(("Model", Text)));
    }

    #[test]
    fn no_entry_stands_twice() {
        for (at, (kind, ..)) in ITEMS.iter().enumerate() {
            assert!(ITEMS.iter().skip(at + 1).all(|(other, ..)| other != kind), "{kind:?}");
        }
        for (at, (kind, ..)) in PLAIN.iter().enumerate() {
            assert!(PLAIN.iter().skip(at + 1).all(|(other, ..)| other != kind), "{kind:?}");
        }
    }
}
