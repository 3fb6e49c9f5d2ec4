//! Archives: zip, tar, gzip, and what may be wrong with a member.

use std::io::{Cursor, Write as _};

use faisceau_store::{Kind, Limits};
use proptest::prelude::*;
use zip::unstable::write::FileOptionsExt as _;
use zip::write::{FileOptions, SimpleFileOptions};

use crate::case::{Case, gz_of, no, pairs, reasons, refusals, tar_header, tar_of, zip_of};

#[test]
fn members_of_a_zip_are_exhibits_in_the_order_of_the_archive() {
    let mut case = Case::new();
    let zip = zip_of(&[("z.txt", b"last first"), ("a/", b""), ("a/b.txt", b"second")]);
    let added = case.add_bytes("export.zip", &zip);
    assert_eq!(added.new, [no("1"), no("1.1"), no("1.2")]);
    let expected = [("1", "export.zip"), ("1.1", "z.txt"), ("1.2", "a/b.txt")];
    assert_eq!(case.names(), pairs(&expected));
    assert_eq!(case.content("1.2"), b"second");
    assert_eq!(case.content("1"), zip);
    assert_eq!(case.store.exhibit(no("1.2")).unwrap().parent, Some(no("1")));
    let last = case.store.journal().last().unwrap();
    assert_eq!((last.act.as_str(), &last.fields["folders"]), ("archive_unpacked", &1.into()));
    case.assert_whole();
}

#[test]
fn two_members_of_one_name_are_both_taken() {
    let mut case = Case::new();
    let mut zip = zip_of(&[("aa.txt", b"seen"), ("bb.txt", b"hidden")]);
    for at in 0..zip.len() - 6 {
        if &zip[at..at + 6] == b"bb.txt" {
            zip[at..at + 6].copy_from_slice(b"aa.txt");
        }
    }
    case.add_bytes("x.zip", &zip);
    assert_eq!(case.names()[1..], pairs(&[("1.1", "aa.txt"), ("1.2", "aa.txt")]));
    assert_eq!((case.content("1.1"), case.content("1.2")), (b"seen".to_vec(), b"hidden".to_vec()));
}

#[test]
fn tar_and_tar_gz_have_members_and_gz_has_one() {
    let mut case = Case::new();
    let tar = tar_of(&[("logs/a.log", b"aaa"), ("logs/b.log", b"bbb")]);
    case.add_bytes("logs.tar", &tar);
    case.add_bytes("logs.tgz", &gz_of(&tar_of(&[("c.log", b"ccc")])));
    case.add_bytes("access.log.gz", &gz_of(b"one line\n"));
    let expected = [
        ("1", "logs.tar"),
        ("1.1", "logs/a.log"),
        ("1.2", "logs/b.log"),
        ("2", "logs.tgz"),
        ("2.1", "c.log"),
        ("3", "access.log.gz"),
        ("3.1", "access.log"),
    ];
    assert_eq!(case.names(), pairs(&expected));
    assert_eq!(case.content("2.1"), b"ccc");
    assert_eq!(case.content("3.1"), b"one line\n");
    let kinds: Vec<Kind> =
        ["1", "2", "3", "3.1"].map(|n| case.store.exhibit(no(n)).unwrap().kind).to_vec();
    assert_eq!(kinds, [Kind::Tar, Kind::TarGzip, Kind::Gzip, Kind::Plain]);
    case.assert_whole();
}

#[test]
fn xz_and_zstd_are_opened_as_gzip_is() {
    let mut case = Case::new();
    let xz = |content: &[u8]| {
        let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    };
    let zst = |content: &[u8]| zstd::encode_all(content, 1).unwrap();
    case.add_bytes("access.log.2.xz", &xz(b"one line\n"));
    case.add_bytes("logs.txz", &xz(&tar_of(&[("a.log", b"aaa")])));
    case.add_bytes("RC_2023-01.zst", &zst(b"{}\n"));
    case.add_bytes("logs.tar.zst", &zst(&tar_of(&[("b.log", b"bbb")])));
    // Two hundred mebibytes of zeros in a few kilobytes.
    case.add_bytes("bomb.zst", &zst(&vec![0; 200 << 20]));
    let whole = xz(b"one line and another");
    case.add_bytes("cut.xz", &whole[..whole.len() - 5]);
    let expected = [
        ("1", "access.log.2.xz"),
        ("1.1", "access.log.2"),
        ("2", "logs.txz"),
        ("2.1", "a.log"),
        ("3", "RC_2023-01.zst"),
        ("3.1", "RC_2023-01"),
        ("4", "logs.tar.zst"),
        ("4.1", "b.log"),
        ("5", "bomb.zst"),
        ("6", "cut.xz"),
    ];
    assert_eq!(case.names(), pairs(&expected));
    assert_eq!(
        (case.content("1.1"), case.content("4.1")),
        (b"one line\n".to_vec(), b"bbb".to_vec())
    );
    case.assert_whole();
}

#[test]
fn a_gzipped_log_keeps_the_name_in_its_header() {
    let mut case = Case::new();
    let mut encoder = flate2::GzBuilder::new()
        .filename("../access.log")
        .write(Vec::new(), flate2::Compression::fast());
    encoder.write_all(b"line\n").unwrap();
    case.add_bytes("x.gz", &encoder.finish().unwrap());
    let child = case.store.exhibit(no("1.1")).unwrap();
    assert_eq!((child.name.as_str(), child.odd_name), ("../access.log", true));
}

#[test]
fn documents_in_a_zip_envelope_stay_whole() {
    let mut case = Case::new();
    let docx = zip_of(&[("_rels/.rels", b"r"), ("[Content_Types].xml", b"t")]);
    let odt = zip_of(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("x", b"x")]);
    let jar = zip_of(&[("META-INF/MANIFEST.MF", b"m"), ("A.class", b"a")]);
    let plain = zip_of(&[("x", b"x"), ("mimetype", b"not first")]);
    for (name, bytes) in [("a.docx", &docx), ("b.odt", &odt), ("c.jar", &jar), ("d.zip", &plain)] {
        case.add_bytes(name, bytes);
    }
    let numbers: Vec<String> = case.names().into_iter().map(|(number, _)| number).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "4.1", "4.2"]);
    assert_eq!(case.store.exhibit(no("1")).unwrap().kind, Kind::Document);
}

#[test]
fn archives_that_are_not_opened_are_said() {
    let mut case = Case::new();
    let added = case.add_bytes("x.7z", b"7z\xbc\xaf\x27\x1c rest");
    assert_eq!(reasons(&added), refusals(&[("", "unsupported")]));
    assert_eq!(added.refused[0].parent, Some(no("1")));
    assert_eq!(added.new, [no("1")]);
    case.assert_whole();
}

#[test]
fn archives_in_archives_are_opened_to_the_depth_of_the_numbers() {
    let mut case = Case::new();
    let mut bytes = b"deep".to_vec();
    for level in (1..=5).rev() {
        bytes = zip_of(&[(&format!("level{level}.zip"), &bytes)]);
    }
    let added = case.add_bytes("level0.zip", &bytes);
    assert_eq!(added.new.last(), Some(&no("1.1.1.1")));
    assert_eq!(reasons(&added), refusals(&[("", "depth")]));
    assert_eq!(added.refused[0].parent, Some(no("1.1.1.1")));
    case.assert_whole();
}

#[test]
fn a_lower_depth_is_kept_and_a_higher_one_later_opens_the_rest() {
    let mut case = Case::new();
    let zip = zip_of(&[("in.zip", &zip_of(&[("x", b"x")]))]);
    let path = case.file("out.zip", &zip);
    let shallow = Limits { max_depth: 1, ..Limits::default() };
    let first = case.add_under(&path, &shallow);
    assert_eq!(first.new, [no("1"), no("1.1")]);
    assert_eq!(case.store.refused().len(), 1);
    let second = case.add(&path);
    assert_eq!((second.new.as_slice(), second.refused.len()), (&[no("1.1.1")][..], 0));
    assert_eq!(case.store.refused().len(), 0);
    case.assert_whole();
}

#[test]
fn names_that_climb_out_are_labels_and_write_nothing_elsewhere() {
    let mut case = Case::new();
    let zip = zip_of(&[("../../evil.txt", b"1"), ("/etc/evil", b"2"), ("ok.txt", b"3")]);
    case.add_bytes("x.zip", &zip);
    case.add_bytes("y.tar", &tar_of(&[("../../evil.tar.txt", b"4")]));
    let odd: Vec<bool> = case.store.exhibits().map(|e| e.odd_name).collect();
    assert_eq!(odd, [false, true, true, false, false, true]);
    assert_eq!(case.store.exhibit(no("1.1")).unwrap().name, "../../evil.txt");
    let outside: Vec<_> = std::fs::read_dir(case.folder.path())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("evil"))
        .collect();
    assert!(outside.is_empty());
    case.assert_whole();
}

#[test]
fn links_and_devices_in_a_tar_are_refused_and_the_rest_goes_on() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar_header("link", 0);
    header.set_entry_type(tar::EntryType::Symlink);
    builder.append_link(&mut header, "link", "/etc/passwd").unwrap();
    let mut header = tar_header("dev", 0);
    header.set_entry_type(tar::EntryType::Char);
    header.set_cksum();
    builder.append(&header, &[][..]).unwrap();
    builder.append(&tar_header("ok.txt", 2), &b"ok"[..]).unwrap();
    let mut case = Case::new();
    let added = case.add_bytes("x.tar", &builder.into_inner().unwrap());
    assert_eq!(reasons(&added), refusals(&[("1.1", "link"), ("1.2", "special")]));
    assert_eq!(added.refused[0].detail, "it is a link to `/etc/passwd`");
    assert_eq!(case.content("1.3"), b"ok");
    case.assert_whole();
}

#[test]
fn a_link_in_a_zip_is_refused() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let mut case = Case::new();
    let added = case.add_bytes("x.zip", &writer.finish().unwrap().into_inner());
    assert_eq!(reasons(&added), refusals(&[("1.1", "link")]));
}

#[test]
fn encrypted_members_are_refused_and_the_rest_goes_on() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let secret: FileOptions<'_, '_, ()> =
        FileOptions::default().with_deprecated_encryption(b"pw").unwrap();
    writer.start_file("secret.txt", secret).unwrap();
    writer.write_all(b"secret").unwrap();
    writer.start_file("open.txt", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"open").unwrap();
    let mut case = Case::new();
    let added = case.add_bytes("x.zip", &writer.finish().unwrap().into_inner());
    assert_eq!(reasons(&added), refusals(&[("1.1", "encrypted")]));
    assert_eq!(case.content("1.2"), b"open");
    case.assert_whole();
}

#[test]
fn a_corrupt_member_is_refused_and_the_rest_goes_on() {
    let text = b"a text that is long enough to be altered in the middle";
    let mut zip = zip_of(&[("bad.txt", text), ("good.txt", b"good")]);
    // The local header is 30 bytes and the name; the altered byte is in the content.
    zip[30 + 7 + 20] ^= 0xff;
    let mut case = Case::new();
    let added = case.add_bytes("x.zip", &zip);
    assert_eq!(reasons(&added), refusals(&[("1.1", "corrupt")]));
    assert_eq!(case.content("1.2"), b"good");
    assert_eq!(case.store.refused().next().unwrap().name, "bad.txt");
    case.assert_whole();
}

#[test]
fn a_compression_that_is_not_supported_is_refused_by_name() {
    let mut zip = zip_of(&[("a.txt", b"aaaa"), ("b.txt", b"bbbb")]);
    // The method stands at byte 8 of a local header, at byte 10 of a header of the directory.
    zip[8] = 12;
    let directory = zip.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    zip[directory + 10] = 12;
    let mut case = Case::new();
    let added = case.add_bytes("x.zip", &zip);
    assert_eq!(reasons(&added), refusals(&[("1.1", "method")]));
    assert!(added.refused[0].detail.contains("Bzip2"), "{}", added.refused[0].detail);
    assert_eq!(case.content("1.2"), b"bbbb");
}

#[test]
fn archives_cut_short_keep_what_is_whole() {
    let mut case = Case::new();
    let zip = zip_of(&[("a.txt", b"aaaa")]);
    let added = case.add_bytes("cut.zip", &zip[..zip.len() - 10]);
    assert_eq!((added.new.len(), reasons(&added)), (1, refusals(&[("", "corrupt")])));
    let tar = tar_of(&[("a.log", &[b'a'; 600]), ("b.log", &[b'b'; 600])]);
    let added = case.add_bytes("cut.tar", &tar[..512 + 1024 + 512 + 100]);
    assert_eq!(added.new, [no("2"), no("2.1")]);
    assert_eq!(reasons(&added)[0], ("2.2".to_owned(), "corrupt"));
    let gz = gz_of(b"some text that ends early");
    let added = case.add_bytes("cut.gz", &gz[..gz.len() - 4]);
    assert_eq!(reasons(&added), refusals(&[("3.1", "corrupt")]));
    let tgz = gz_of(&tar_of(&[("a.log", b"whole"), ("b.log", &[7; 3000])]));
    let added = case.add_bytes("cut.tgz", &tgz[..tgz.len() - 4]);
    assert_eq!(added.new, [no("4"), no("4.1"), no("4.2")]);
    assert_eq!(reasons(&added), refusals(&[("", "corrupt")]));
    case.assert_whole();
}

#[test]
fn a_member_with_the_bytes_of_another_exhibit_has_its_number_and_says_so() {
    let mut case = Case::new();
    case.add_bytes("alone.txt", b"shared");
    let inner = zip_of(&[("x", b"x")]);
    let zip = zip_of(&[("copy.txt", b"shared"), ("one.zip", &inner), ("two.zip", &inner)]);
    case.add_bytes("x.zip", &zip);
    let same: Vec<_> = case.store.exhibits().filter_map(|e| Some((e.no, e.same_as?))).collect();
    assert_eq!(same, [(no("2.1"), no("1")), (no("2.3"), no("2.2"))]);
    // The second copy of the archive is not opened again.
    assert_eq!(case.names().last().unwrap().0, "2.3");
    assert_eq!(case.store.exhibit(no("2.2.1")).unwrap().name, "x");
    case.assert_whole();
}

#[test]
fn junk_behind_the_magic_is_an_exhibit_and_a_refusal() {
    let mut case = Case::new();
    for (name, head) in [("z", &b"PK\x03\x04"[..]), ("g", b"\x1f\x8b\x08"), ("e", b"PK\x05\x06")] {
        let mut bytes = head.to_vec();
        bytes.extend((0..2000_u32).map(|n| (n * 31 % 251) as u8));
        let added = case.add_bytes(name, &bytes);
        assert_eq!((added.new.len(), added.refused.len()), (1, 1), "{name}");
    }
    case.assert_whole();
}

#[test]
fn an_offset_that_no_file_can_have_is_trouble_of_the_member() {
    let mut zip = zip_of(&[("a.txt", b"aaaa"), ("b.txt", b"bbbb")]);
    let directory = zip.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    // The offset of the local header moves to a ZIP64 field, which says 2^63 + 1. A header of the
    // directory is 46 bytes and the name; its extra field follows.
    zip[directory + 42..directory + 46].fill(0xff);
    zip[directory + 30] = 12;
    let mut extra = vec![1, 0, 8, 0];
    extra.extend((1_u64 << 63 | 1).to_le_bytes());
    zip.splice(directory + 46 + 5..directory + 46 + 5, extra);
    let end = zip.len() - 22;
    zip[end + 12] += 12;
    let mut case = Case::new();
    let added = case.add_bytes("x.zip", &zip);
    assert_eq!(reasons(&added), refusals(&[("1.1", "corrupt")]));
    assert_eq!(case.content("1.2"), b"bbbb");
    case.assert_whole();
}

/// One archive of each kind, with a few members.
fn archives() -> Vec<Vec<u8>> {
    let members: [(&str, &[u8]); 3] = [("a.txt", b"aaaaaaaaaaaaaaaa"), ("d/", b""), ("d/b", b"b")];
    let inner = zip_of(&members);
    let tar = tar_of(&[("a.log", b"aaaa"), ("in.zip", &inner)]);
    vec![zip_of(&[("in.zip", &inner), ("c", b"c")]), gz_of(&tar), gz_of(&inner), tar]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_mangled_archive_never_stops_an_add(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let all = archives();
        let mut bytes = all[which.index(all.len())].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()).max(1));
        }
        let mut case = Case::new();
        let path = case.file("x", &bytes);
        let added = case.add(&path);
        prop_assert_eq!(added.new[0], no("1"));
        prop_assert_eq!(case.content("1"), bytes);
        case.assert_whole();
        // Adding it again changes no number.
        let before = case.names();
        case.add(&path);
        prop_assert_eq!(case.names(), before);
    }
}

#[test]
fn an_archive_larger_than_a_batch_is_whole() {
    let members: Vec<(String, Vec<u8>)> =
        (0..2100).map(|n| (format!("m{n}"), n.to_string().into_bytes())).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut case = Case::new();
    let added = case.add_bytes("many.tar", &tar_of(&members));
    assert_eq!((added.new.len(), added.refused.len()), (2101, 0));
    assert_eq!(case.content("1.2100"), b"2099");
    case.assert_whole();
}
