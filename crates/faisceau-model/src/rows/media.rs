//! Images, videos and documents, and the fields of their metadata.

use crate::absent::{Absent, Maybe};
use crate::ids::{AccountKey, ExhibitNo, RowId};
use crate::locus::Place;
use crate::moment::Moment;
use crate::table;

table! {
    /// One image, video or document.
    Media = "media" / "med" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit.
        place: Place;
        /// SHA-256 of the file.
        sha256: String;
        /// SHA-256 of the coded picture alone, which survives a change of metadata.
        picture_sha256: Maybe<String>;
        /// What the picture looks like: perceptual hashes in hexadecimal.
        look: Maybe<String>;
        /// File name, made inert.
        name: String;
        /// Media type by content.
        mime: String;
        /// Width.
        width: Maybe<i64>, ["pixel"];
        /// Height.
        height: Maybe<i64>, ["pixel"];
        /// Camera maker.
        make: Maybe<String>;
        /// Camera model.
        model: Maybe<String>;
        /// Serial number of the body.
        body_serial: Maybe<String>;
        /// Serial number of the lens.
        lens_serial: Maybe<String>;
        /// When the picture was taken, as the camera says.
        taken: Maybe<Moment>;
        /// When it was made a file, as the file says.
        digitized: Maybe<Moment>;
        /// When the file was last changed, as the file says.
        modified: Maybe<Moment>;
        /// The clock of the satellite receiver, which is UTC.
        receiver: Maybe<Moment>;
        /// Latitude, WGS 84.
        latitude: Maybe<f64>, ["degree"];
        /// Longitude, WGS 84.
        longitude: Maybe<f64>, ["degree"];
        /// Whether the position is of somebody whom the case protects, and must not be printed.
        position_protected: bool;
        /// Software that wrote the file.
        software: Maybe<String>;
        /// The computer or telephone that wrote the file.
        computer: Maybe<String>;
        /// Owner, artist or author as the device or program was told.
        owner: Maybe<String>;
        /// Unique image id.
        unique_id: Maybe<String>;
        /// Id that the parts of one shot share (live photographs).
        content_id: Maybe<String>;
        /// XMP: id of the document, which survives edits of its program.
        document_id: Maybe<String>;
        /// XMP: id of this state of the document.
        instance_id: Maybe<String>;
        /// XMP: id of the document that it was made out of.
        original_document_id: Maybe<String>;
        /// Fingerprint of the quantisation tables.
        tables: Maybe<String>;
        /// Quality of the encoder by these tables, 1 to 100.
        quality: Maybe<i64>;
        /// Whether the embedded preview shows another picture than the file.
        preview_differs: Maybe<bool>;
        /// What checking its content credentials (C2PA) gave.
        credentials: Maybe<String>;
        /// Through what the copy passed, or what it is, as its name, tables and fields suggest.
        traces: Vec<String>;
        /// Fields of metadata, each a row of `media_fields`.
        fields: i64;
        /// Flaws of its structure, each a row of `media_fields` in the group `Flaw`.
        flaws: i64;
        /// The account that posted it, where the source says.
        account: Maybe<AccountKey>;
        /// Ids of the posts that show it, where the account was told by them.
        posted_in: Vec<String>;
    }
}

table! {
    /// One field of the metadata of a file.
    MediaField = "media_fields" / "mfd" {
        /// Row id.
        id: RowId;
        /// Exhibit.
        exhibit: ExhibitNo;
        /// Place in the exhibit: the bytes of the value, or the file where it is a part of the exhibit.
        place: Place;
        /// The row of the file in `media`.
        media: RowId;
        /// The group, as `ExifTool` calls it; `Flaw` for what is broken.
        group: String;
        /// The name, as `ExifTool` calls it.
        name: String;
        /// The value, as `exiftool -n` writes it.
        value: String;
        /// First byte of the value in the file.
        byte: i64;
        /// Bytes of the value.
        length: i64, ["byte"];
    }
}

impl Media {
    /// A file of which nothing is known but what it is.
    pub fn new(exhibit: ExhibitNo, place: &Place, part: u32, sha256: String, mime: &str) -> Self {
        const NOT: Absent = Absent::NotExported;
        Self {
            id: RowId::at("med", exhibit, place, part),
            exhibit,
            place: place.clone(),
            sha256,
            picture_sha256: Maybe::Missing(NOT),
            look: Maybe::Missing(NOT),
            name: String::new(),
            mime: mime.to_owned(),
            width: Maybe::Missing(NOT),
            height: Maybe::Missing(NOT),
            make: Maybe::Missing(NOT),
            model: Maybe::Missing(NOT),
            body_serial: Maybe::Missing(NOT),
            lens_serial: Maybe::Missing(NOT),
            taken: Maybe::Missing(NOT),
            digitized: Maybe::Missing(NOT),
            modified: Maybe::Missing(NOT),
            receiver: Maybe::Missing(NOT),
            latitude: Maybe::Missing(NOT),
            longitude: Maybe::Missing(NOT),
            position_protected: false,
            software: Maybe::Missing(NOT),
            computer: Maybe::Missing(NOT),
            owner: Maybe::Missing(NOT),
            unique_id: Maybe::Missing(NOT),
            content_id: Maybe::Missing(NOT),
            document_id: Maybe::Missing(NOT),
            instance_id: Maybe::Missing(NOT),
            original_document_id: Maybe::Missing(NOT),
            tables: Maybe::Missing(NOT),
            quality: Maybe::Missing(NOT),
            preview_differs: Maybe::Missing(NOT),
            credentials: Maybe::Missing(NOT),
            traces: Vec::new(),
            fields: 0,
            flaws: 0,
            account: Maybe::Missing(Absent::NotRecorded),
            posted_in: Vec::new(),
        }
    }
}
