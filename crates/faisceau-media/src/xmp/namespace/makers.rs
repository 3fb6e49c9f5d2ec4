//! Namespaces of makers of devices, programs and services.
//!
//! In: nothing. Out: the properties that are kept of each. Most are not documented by who writes
//! them; the names are those found in files.

use super::{Namespace, namespace};
use crate::xmp::value::Kind;

/// The namespaces.
pub(super) static ALL: &[Namespace] = &[
    namespace(
        "http://ns.microsoft.com/photo/1.0",
        "XMP-microsoft",
        &[
            "CameraSerialNumber",
            "LensManufacturer",
            "LensModel",
            "CreatorAppId",
            "CreatorOpenWithUIOptions",
        ],
        &["DateAcquired"],
        &[
            ("LastKeywordXMP", "LastKeywordXMP", Kind::Text),
            ("LastKeywordIPTC", "LastKeywordIPTC", Kind::Text),
        ],
    ),
    namespace(
        "http://ns.microsoft.com/photo/1.2/",
        "XMP-MP",
        &[],
        &[],
        &[
            ("RegionInfoRegionsPersonDisplayName", "RegionPersonDisplayName", Kind::Text),
            ("RegionInfoRegionsPersonEmailDigest", "RegionPersonEmailDigest", Kind::Text),
            ("RegionInfoRegionsPersonLiveIdCID", "RegionPersonLiveIdCID", Kind::Text),
            ("RegionInfoRegionsPersonSourceID", "RegionPersonSourceID", Kind::Text),
        ],
    ),
    namespace(
        "http://ns.google.com/photos/1.0/camera/",
        "XMP-GCamera",
        &[
            "BurstID",
            "BurstPrimary",
            "SpecialTypeID",
            "MotionPhoto",
            "MotionPhotoVersion",
            "MicroVideo",
            "MicroVideoVersion",
        ],
        &[],
        &[],
    ),
    namespace(
        "http://ns.google.com/photos/1.0/creations/",
        "XMP-GCreations",
        &["CameraBurstID", "Type"],
        &[],
        &[],
    ),
    namespace(
        "http://ns.google.com/photos/1.0/panorama/",
        "XMP-GPano",
        &["CaptureSoftware", "StitchingSoftware", "ProjectionType"],
        &["FirstPhotoDate", "LastPhotoDate"],
        &[],
    ),
    namespace(
        "http://ns.google.com/videos/1.0/spherical/",
        "XMP-GSpherical",
        &["StitchingSoftware", "SourceCount"],
        &[],
        &[],
    ),
    namespace(
        "http://ns.google.com/photos/dd/1.0/device/",
        "XMP-Device",
        &[
            "VendorInfoManufacturer",
            "VendorInfoModel",
            "VendorInfoNotes",
            "AppInfoApplication",
            "AppInfoVersion",
            "AppInfoItemURI",
        ],
        &[],
        &[],
    ),
    namespace(
        "http://developer.sonyericsson.com/cell/1.0/",
        "XMP-cell",
        &[],
        &[],
        &[
            ("Mcc", "MobileCountryCode", Kind::Text),
            ("Mnc", "MobileNetworkCode", Kind::Text),
            ("Lac", "LocationAreaCode", Kind::Text),
            ("Cellid", "CellTowerID", Kind::Text),
            ("Cgi", "CellGlobalID", Kind::Text),
            ("R", "CellR", Kind::Text),
        ],
    ),
    namespace(
        "http://www.dji.com/drone-dji/1.0/",
        "XMP-drone-dji",
        &[
            "AbsoluteAltitude",
            "RelativeAltitude",
            "GpsStatus",
            "DroneModel",
            "DroneSerialNumber",
            "DroneID",
            "CameraSerialNumber",
            "CaptureUUID",
            "PictureQuality",
            "ProductName",
            "Version",
            "Latitude",
            "Longitude",
        ],
        &["UTCAtExposure"],
        &[
            ("GpsLatitude", "GPSLatitude", Kind::Text),
            ("GpsLongitude", "GPSLongitude", Kind::Text),
            ("GpsLongtitude", "GPSLongtitude", Kind::Text),
        ],
    ),
    namespace(
        "http://www.gimp.org/xmp/",
        "XMP-GIMP",
        &["TimeStamp", "Version", "Platform"],
        &[],
        &[("API", "Api", Kind::Text)],
    ),
    // Written by an online design tool: the account and the time of the export.
    namespace(
        "http://ns.attribution.com/ads/1.0/",
        "XMP-Attrib",
        &["AdsExtId", "AdsFbId", "AdsTouchType"],
        &["AdsCreated"],
        &[],
    ),
    namespace(
        "http://xmp.gettyimages.com/gift/1.0/",
        "XMP-getty",
        &["AssetID", "Photographer", "OriginalFileName", "CallForImage", "Composition", "EventId"],
        &["OriginalCreateDateTime"],
        &[("AssetId", "AssetID", Kind::Text), ("OriginalFilename", "OriginalFileName", Kind::Text)],
    ),
    namespace(
        "http://ns.acdsee.com/iptc/1.0/",
        "XMP-acdsee",
        &["Author", "Categories", "Keywords"],
        &["DateTime"],
        &[("Caption", "Caption", Kind::Long), ("Notes", "Notes", Kind::Long)],
    ),
    namespace(
        "http://ns.iview-multimedia.com/mediapro/1.0/",
        "XMP-mediapro",
        &["CatalogSets", "Event", "Location", "People", "Status", "UserFields"],
        &[],
        &[],
    ),
];
