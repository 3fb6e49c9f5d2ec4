use std::io::Read;

use super::*;
use crate::bmff::Kind;
use crate::bmff::write::{atom, full};
use crate::field::Field;
use crate::testing::mutated;
use proptest::prelude::*;

/// Seconds from 1904 to 24 July 2019, 08:25:57.
const TAKEN: u32 = 3_646_801_557;

fn be32(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// Version 0: created, changed, 600 units in a second, 2,401 units long.
fn movie_header(created: u32) -> Vec<u8> {
    full(*b"mvhd", 0, &be32(&[created, created + 1, 600, 2_401, 0]))
}

fn handler(kind: Kind, name: &[u8]) -> Vec<u8> {
    full(*b"hdlr", 0, &[b"mhlr", kind.as_slice(), b"appl", &[0; 8], name].concat())
}

/// A video track of 568 by 320 pixels, turned by its matrix.
fn track(user_data: &[u8]) -> Vec<u8> {
    let header =
        [be32(&[TAKEN, TAKEN, 1, 0, 600]), vec![0; 52], be32(&[568 << 16, 320 << 16])].concat();
    let entry =
        [&[0; 16], b"FFMP".as_slice(), &[0; 8], &[2, 56, 1, 64], &[0; 14], b"\x05H.264", &[0; 28]]
            .concat();
    let samples = full(*b"stsd", 0, &[be32(&[1]), atom(*b"avc1", &entry[4..])].concat());
    let media = [
        full(*b"mdhd", 0, &be32(&[TAKEN, 0, 600, 600])),
        handler(*b"vide", b"\x10Core Media Video"),
        atom(*b"minf", &atom(*b"stbl", &samples)),
    ];
    let parts =
        [full(*b"tkhd", 0, &header), atom(*b"mdia", &media.concat()), atom(*b"udta", user_data)];
    atom(*b"trak", &parts.concat())
}

/// A list of written-out keys and their values, each with its type.
fn keys_of(pairs: &[(&str, u32, &[u8])]) -> Vec<u8> {
    let keys: Vec<u8> = pairs.iter().flat_map(|(key, ..)| atom(*b"mdta", key.as_bytes())).collect();
    let values = pairs.iter().zip(1_u32..).flat_map(|((_, kind, value), number)| {
        let data = atom(*b"data", &[be32(&[*kind, 0]), value.to_vec()].concat());
        atom(number.to_be_bytes(), &data)
    });
    let keys = full(*b"keys", 0, &[be32(&[pairs.len() as u32]), keys].concat());
    [handler(*b"mdta", b""), keys, atom(*b"ilst", &values.collect::<Vec<_>>())].concat()
}

fn telephone() -> Vec<u8> {
    let pairs: &[(&str, u32, &[u8])] = &[
        ("com.apple.quicktime.location.ISO6709", 1, b"+32.0929+034.8620+028.516/"),
        ("com.apple.quicktime.content.identifier", 1, b"8B7F0E3C-1A2B"),
        ("com.apple.quicktime.creationdate", 1, b"2019-07-24T11:25:40+0300"),
        ("com.android.capture.fps", 23, &[0x41, 0xf0, 0, 0]),
        ("com.apple.quicktime.artwork", 13, b"\xff\xd8\xff"),
    ];
    atom(*b"meta", &keys_of(pairs))
}

fn described(mut file: &[u8]) -> crate::field::Description {
    let mut out = Collector::default();
    read(&mut file, &mut out).unwrap();
    out.found
}

fn user_data_of(entries: &[Vec<u8>]) -> Vec<(String, String)> {
    let file = atom(*b"moov", &atom(*b"udta", &entries.concat()));
    described(&file).fields.into_iter().map(|Field { name, value, .. }| (name, value)).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_movie_of_a_telephone() {
    let brands = atom(*b"ftyp", b"qt  \0\0\0\0qt  ");
    let movie = atom(*b"moov", &[movie_header(TAKEN), track(b""), telephone()].concat());
    let file = [brands, atom(*b"wide", b""), atom(*b"mdat", b"frames"), movie].concat();
    let found = described(&file);
    assert_eq!((found.mime, found.width, found.height), ("video/quicktime", Some(568), Some(320)));
    assert_eq!(found.flaws, vec![]);
    let expected = [
        ("QuickTime", "MajorBrand", "qt"),
        ("QuickTime", "MinorVersion", "0.0.0"),
        ("QuickTime", "CompatibleBrands", "qt"),
        ("QuickTime", "CreateDate", "2019:07:24 08:25:57"),
        ("QuickTime", "ModifyDate", "2019:07:24 08:25:58"),
        ("QuickTime", "Duration", "4.00166666666667"),
        ("Track1", "TrackCreateDate", "2019:07:24 08:25:57"),
        ("Track1", "TrackModifyDate", "2019:07:24 08:25:57"),
        ("Track1", "ImageWidth", "568"),
        ("Track1", "ImageHeight", "320"),
        ("Track1", "MediaCreateDate", "2019:07:24 08:25:57"),
        ("Track1", "HandlerVendorID", "appl"),
        ("Track1", "HandlerDescription", "Core Media Video"),
        ("Track1", "VendorID", "FFMP"),
        ("Track1", "CompressorName", "H.264"),
        ("QuickTime", "HandlerVendorID", "appl"),
        ("Keys", "GPSCoordinates", "32.0929 34.862 28.516"),
        ("Keys", "ContentIdentifier", "8B7F0E3C-1A2B"),
        ("Keys", "CreationDate", "2019:07:24 11:25:40+03:00"),
        ("Keys", "AndroidCaptureFps", "30"),
    ];
    let shown: Vec<_> = found
        .fields
        .iter()
        .map(|field| (field.group, field.name.as_str(), field.value.as_str()))
        .collect();
    assert_eq!(shown, expected);
    let at = &found.fields.iter().find(|field| field.name == "ContentIdentifier").unwrap().at;
    assert_eq!(&file[at.start as usize..at.end as usize], b"8B7F0E3C-1A2B");
}

#[test]
fn headers_of_64_bits() {
    let wide = |numbers: &[u64]| {
        numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<_>>()
    };
    let taken = u64::from(TAKEN);
    let header =
        full(*b"mvhd", 1, &[wide(&[taken, 0]), be32(&[90_000]), wide(&[1 << 40])].concat());
    let track =
        full(*b"tkhd", 1, &[wide(&[taken, taken, 1, 9]), vec![0; 52], be32(&[100, 50])].concat());
    let media = atom(*b"mdia", &handler(*b"vide", b""));
    let found =
        described(&atom(*b"moov", &[header, atom(*b"trak", &[track, media].concat())].concat()));
    assert_eq!(found.value(&["QuickTime"], "CreateDate"), Some("2019:07:24 08:25:57"));
    assert_eq!(found.value(&["QuickTime"], "ModifyDate"), None, "zero is no date");
    assert_eq!(found.value(&["QuickTime"], "Duration"), Some("12216795.8641778"));
    assert_eq!((found.width, found.height), (Some(100), Some(50)), "a size without a point");
}

#[test]
fn a_time_that_counts_from_1970_is_a_flaw() {
    let found = described(&atom(*b"moov", &movie_header(1_563_956_757)));
    assert_eq!(found.value(&["QuickTime"], "CreateDate"), Some("2019:07:24 08:25:57"));
    assert_eq!(found.flaws[0].detail, "a time counts from 1970, not from 1904");
}

#[test]
fn the_hash_is_that_of_the_media_alone() {
    let movie = |created| atom(*b"moov", &movie_header(created));
    let expected = Some(Sha256::digest(b"framesmore").into());
    let media = [atom(*b"mdat", b"frames"), atom(*b"mdat", b"more")].concat();
    assert_eq!(described(&[movie(TAKEN), media.clone()].concat()).coded, expected);
    assert_eq!(described(&[media.clone(), movie(1)].concat()).coded, expected);
    let long = [&[0, 0, 0, 1], b"mdat".as_slice(), &[0, 0, 0, 0, 0, 0, 0, 22], b"frames"].concat();
    let last = [&[0, 0, 0, 0], b"mdat".as_slice(), b"more"].concat();
    assert_eq!(described(&[long, movie(2), last].concat()).coded, expected);
    let cut = described(&media[..media.len() - 1]);
    assert_eq!((cut.coded, cut.flaws[0].detail), (None, "a box claims more bytes than there are"));
    assert_eq!(described(&movie(1)).coded, None);
    assert_eq!(
        described(&atom(*b"mdat", b"")).coded,
        None,
        "no media is not the same in all files"
    );
}

#[test]
fn a_box_of_metadata_that_is_too_long_is_passed_over() {
    let length = HELD as u32 + 1;
    let head = [&(length + 8).to_be_bytes(), b"moov".as_slice()].concat();
    let mut file = head
        .as_slice()
        .chain(io::repeat(0).take(u64::from(length)))
        .chain(b"\0\0\0\x0cmdatmore".as_slice());
    let mut out = Collector::default();
    read(&mut file, &mut out).unwrap();
    assert_eq!(out.found.flaws[0].detail, "a box of metadata is too long to be read");
    assert_eq!(out.found.coded, Some(Sha256::digest(b"more").into()));
}

#[test]
fn texts_of_user_data() {
    let short =
        |text: &[u8]| [&(text.len() as u16).to_be_bytes(), [0x15, 0xc7].as_slice(), text].concat();
    let long = [&[0, 9, 0, 0], b"Model".as_slice()].concat();
    let worldwide = |text: &[u8]| [&[0, 0, 0, 0, 0x55, 0xc4], text].concat();
    let fields = user_data_of(&[
        atom(*b"\xa9xyz", &short(b"+51.4169-000.0806/")),
        atom(*b"\xa9mak", &[short(b"Apple"), short(b"Pomme")].concat()),
        atom(*b"\xa9mod", &long),
        atom(*b"\xa9day", &short(b"2010-02-12T13:27:14-0800")),
        atom(*b"\xa9abc", &short(b"unknown")),
        atom(*b"auth", &worldwide(b"FLIR One\0")),
        atom(*b"titl", &worldwide(b"\xfe\xff\x04\x3f\0\0")),
        atom(*b"modl", b"\0\0\0\0\x15\xc7Canon SX280\0\0"),
        atom(*b"kywd", b"one\0two\0"),
        atom(*b"kywd", b"\0\0\0\0\x55\xc4\x02\x03one\x03two"),
        atom(*b"CAME", &[0x01, 0xab]),
        atom(*b"FIRM", b"HD4.02.05.00.00"),
        atom(*b"date", b"2021-05-16T19:27:55Z"),
        atom(*b"loci", b"short"),
        atom(*b"SDLN", b""),
        vec![0, 0, 0, 0],
    ]);
    let expected = [
        ("GPSCoordinates", "51.4169 -0.0806"),
        ("Make", "Apple"),
        ("Make", "Pomme"),
        ("Model", "Model"),
        ("ContentCreateDate", "2010:02:12 13:27:14-08:00"),
        ("UserData_abc", "unknown"),
        ("Author", "FLIR One"),
        ("Title", "п"),
        ("Model", "Canon SX280"),
        ("Keywords", "one, two"),
        ("Keywords", "one, two"),
        ("SerialNumberHash", "01ab"),
        ("FirmwareVersion", "HD4.02.05.00.00"),
        ("DateTimeOriginal", "2021:05:16 19:27:55Z"),
    ];
    assert_eq!(fields, pairs(&expected));
}

#[test]
fn the_list_of_itunes() {
    let data = |text: &[u8]| atom(*b"data", &[be32(&[1, 0]), text.to_vec()].concat());
    let own =
        [full(*b"mean", 0, b"com.app"), full(*b"name", 0, b"Tool Name"), data(b"own")].concat();
    let list = [
        atom(*b"\xa9too", &data(b"Lavf60.4.100")),
        atom(*b"\xa9cmt", &data(b"vid:v0200fg1")),
        atom(*b"trkn", &data(b"1")),
        atom(*b"----", &own),
        atom(*b"covr", &atom(*b"data", &[be32(&[13, 0]), b"\xff\xd8\xff\xe0".to_vec()].concat())),
    ];
    let meta =
        full(*b"meta", 0, &[handler(*b"mdir", b""), atom(*b"ilst", &list.concat())].concat());
    let file = atom(*b"moov", &atom(*b"udta", &meta));
    let found = described(&file);
    let shown: Vec<_> = found
        .fields
        .iter()
        .map(|field| (field.group, field.name.as_str(), field.value.as_str()))
        .collect();
    let expected = [
        ("QuickTime", "HandlerVendorID", "appl"),
        ("ItemList", "Encoder", "Lavf60.4.100"),
        ("ItemList", "Comment", "vid:v0200fg1"),
        ("iTunes", "ToolName", "own"),
    ];
    assert_eq!(shown, expected);
    let cover = found.thumbnail.unwrap();
    assert_eq!(&file[cover.start as usize..cover.end as usize], b"\xff\xd8\xff\xe0");
}

#[test]
fn metadata_of_gopro() {
    let entry = |key: Kind, kind: u8, size: u8, count: u16, value: &[u8]| {
        let mut bytes = [&key, [kind, size].as_slice(), &count.to_be_bytes(), value].concat();
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        bytes
    };
    let inner = [
        entry(*b"DVNM", b'c', 1, 6, b"Global"),
        entry(*b"CASN", b'c', 1, 14, b"C3221324545448"),
        entry(*b"TMPC", b'f', 4, 1, &[0; 4]),
        entry(*b"MUID", b'L', 4, 2, &be32(&[3_882_563_431, 7])),
    ];
    let device = entry(*b"DEVC", 0, 1, inner.concat().len() as u16, &inner.concat());
    let broken = entry(*b"MINF", b'c', 1, 60_000, b"HERO6");
    let fields = user_data_of(&[atom(*b"GPMF", &[device, broken].concat())]);
    let expected = [
        ("DeviceName", "Global"),
        ("CameraSerialNumber", "C3221324545448"),
        ("MediaUniqueID", "3882563431 7"),
    ];
    assert_eq!(fields, pairs(&expected));
}

#[test]
fn user_data_of_a_track_belongs_to_it_and_tracks_are_limited() {
    let tracks = track(&atom(*b"slno", b"1234")).repeat(33);
    let found = described(&atom(*b"moov", &tracks));
    assert_eq!(found.value(&["Track2"], "SerialNumber"), Some("1234"));
    assert_eq!(found.value(&["UserData"], "SerialNumber"), None);
    assert_eq!(found.flaws[0].detail, "more tracks than are read");
}

#[test]
fn records_of_nikon() {
    let record = |tag: u32, format: u16, count: u16, value: &[u8]| {
        [&tag.to_be_bytes(), [format.to_be_bytes(), count.to_be_bytes()].as_flattened(), value]
            .concat()
    };
    let records = [
        record(2, 2, 6, b"D7000\0"),
        record(0x24, 3, 1, &[0, 1]),
        record(0x110_a431, 2, 7, b"3430417"),
        record(0x120_0002, 5, 3, &be32(&[52, 1, 30, 1, 36, 1])),
        record(0x120_0006, 5, 1, &be32(&[25, 2])),
        record(0x120_0004, 5, 3, &be32(&[13, 1, 0, 0, 0, 0])),
        record(1, 99, 1, b"Nikon"),
    ];
    let fields = user_data_of(&[atom(*b"NCDT", &atom(*b"NCTG", &records.concat()))]);
    let expected = [
        ("Model", "D7000"),
        ("SerialNumber", "3430417"),
        ("GPSLatitude", "52.51"),
        ("GPSAltitude", "12.5"),
    ];
    assert_eq!(fields, pairs(&expected));
}

#[test]
fn text_of_a_camera_at_the_top() {
    let text = full(*b"xml ", 0, b"<Device serialNo='42'/>");
    let found = described(&full(*b"meta", 0, &[handler(*b"nrtm", b""), text].concat()));
    assert_eq!(found.value(&["XML"], "DeviceSerialNo"), Some("42"));
}

fn whole_file() -> Vec<u8> {
    let user_data =
        [atom(*b"\xa9xyz", b"\0\x12\x15\xc7+51.4169-000.0806/"), atom(*b"loci", &[0; 30])].concat();
    let movie =
        [movie_header(TAKEN), track(&user_data), telephone(), atom(*b"udta", &user_data)].concat();
    [atom(*b"ftyp", b"isom\0\0\x02\0isom"), atom(*b"moov", &movie), atom(*b"mdat", b"frames")]
        .concat()
}

proptest! {
    #[test]
    fn mutated_files_are_read_without_panic(file in mutated(whole_file())) {
        let found = described(&file);
        prop_assert!(found.fields.iter().all(|field| field.at.end <= file.len() as u64));
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        described(&bytes);
        described(&atom(*b"moov", &bytes));
        user_data_of(&[bytes]);
    }
}
