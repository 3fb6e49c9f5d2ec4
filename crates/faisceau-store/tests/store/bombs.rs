//! Archives made to cost time, disk or memory.

use std::io::{Cursor, Write as _};
use std::path::Path;

use faisceau_store::Limits;
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use crate::case::{Case, gz_of, no, reasons, refusals, tar_header, tar_of, zip_of};

/// Bytes on disk in the folder of exhibits.
fn on_disk(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    files
        .map(|file| match file.file_type().unwrap() {
            kind if kind.is_dir() => on_disk(&file.path()),
            _ => file.metadata().unwrap().len(),
        })
        .sum()
}

fn zeros(writer: &mut impl std::io::Write, mebibytes: usize) {
    let block = vec![0; 1 << 20];
    (0..mebibytes).for_each(|_| writer.write_all(&block).unwrap());
}

/// A zip with one member of zeros and one of text.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("zeros", SimpleFileOptions::default()).unwrap();
    zeros(&mut writer, mebibytes);
    writer.start_file("after.txt", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"after").unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_bomb_is_refused_under_the_limits_that_are_shipped() {
    let mut case = Case::new();
    let bytes = bomb(64);
    let mut seen = 0;
    let path = case.file("bomb.zip", &bytes);
    let mut writer = case.store.write(crate::case::WHO, crate::case::now()).unwrap();
    let added = writer.add(&path, &Limits::default(), &mut |p| seen = seen.max(p.bytes)).unwrap();
    drop(writer);
    assert_eq!(reasons(&added), refusals(&[("1.1", "ratio")]));
    assert_eq!(case.content("1.2"), b"after");
    assert!(seen <= 17 << 20, "{seen} bytes were written before the bomb was seen");
    assert_eq!(on_disk(&case.root().join("exhibits")), bytes.len() as u64 + 5);
    case.assert_whole();
}

#[test]
fn a_member_that_declares_too_much_is_not_even_begun() {
    let mut case = Case::new();
    let path = case.file("big.zip", &bomb(4));
    let limits = Limits { max_member_bytes: 1 << 20, ..Limits::default() };
    let mut seen = 0;
    let mut writer = case.store.write(crate::case::WHO, crate::case::now()).unwrap();
    let added = writer
        .add(&path, &limits, &mut |p| {
            if p.name == "zeros" {
                seen += p.bytes;
            }
        })
        .unwrap();
    assert_eq!((reasons(&added), seen), (refusals(&[("1.1", "too_large")]), 0));
}

#[test]
fn a_limit_raised_later_lets_the_member_in_under_the_same_number() {
    let mut case = Case::new();
    let path = case.file("big.zip", &bomb(4));
    let low = Limits { max_member_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(case.add_under(&path, &low).new, [no("1"), no("1.2")]);
    assert_eq!(case.add_under(&path, &low).refused.len(), 1);
    let said = case.acts().iter().filter(|act| *act == "member_refused").count();
    assert_eq!(said, 1, "what was said once is not said again");
    let added = case.add(&path);
    assert_eq!((added.new.as_slice(), added.again.as_slice()), (&[no("1.1")][..], &[no("1")][..]));
    assert_eq!(case.store.refused().len(), 0);
    case.assert_whole();
}

#[test]
fn members_that_share_their_bytes_stop_at_the_total() {
    // A thousand directory entries over one megabyte of zeros: the overlapping bomb.
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("kernel", SimpleFileOptions::default()).unwrap();
    zeros(&mut writer, 1);
    for copy in 0..999 {
        writer.shallow_copy_file("kernel", format!("copy{copy}").as_str()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    let mut case = Case::new();
    let path = case.file("overlap.zip", &bytes);
    let limits = Limits { max_total_bytes: 8 << 20, ..Limits::default() };
    let added = case.add_under(&path, &limits);
    assert_eq!(added.new.len(), 1 + 8);
    assert_eq!(reasons(&added), refusals(&[("", "total")]));
    assert!(added.refused[0].detail.contains("992 members"), "{}", added.refused[0].detail);
    // Refused bytes count too: else each of the thousand would be inflated up to the ratio.
    let mut case = Case::new();
    let path = case.file("overlap.zip", &bytes);
    let limits = Limits { ratio_floor: 1 << 19, ..limits };
    let added = case.add_under(&path, &limits);
    assert_eq!(added.new.len(), 1);
    assert!(added.refused.len() < 20, "{} members were begun", added.refused.len());
    case.assert_whole();
}

#[test]
fn too_many_members_stop_and_say_how_many_were_left() {
    let members: Vec<(String, Vec<u8>)> =
        (0..50).map(|n| (format!("m{n}"), n.to_string().into_bytes())).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let limits = Limits { max_members: 20, ..Limits::default() };
    for (name, bytes) in [
        ("m.zip", zip_of(&members)),
        ("m.tar", tar_of(&members)),
        ("m.tgz", gz_of(&tar_of(&members))),
    ] {
        let mut case = Case::new();
        let path = case.file(name, &bytes);
        let added = case.add_under(&path, &limits);
        assert_eq!((added.new.len(), reasons(&added)), (21, refusals(&[("", "too_many")])));
        assert_eq!(case.add(&path).new.len(), 30);
        assert_eq!(case.store.refused().len(), 0);
        case.assert_whole();
    }
}

#[test]
fn limits_hold_for_all_that_comes_out_of_one_file() {
    let leaves: Vec<Vec<u8>> = (0..10).map(|n| vec![n; 10]).collect();
    let members: Vec<(String, &[u8])> =
        leaves.iter().enumerate().map(|(n, b)| (format!("m{n}"), b.as_slice())).collect();
    let inner: Vec<Vec<u8>> = members
        .chunks(5)
        .map(|half| zip_of(&half.iter().map(|(n, b)| (n.as_str(), *b)).collect::<Vec<_>>()))
        .collect();
    let outer = zip_of(&[("a.zip", &inner[0]), ("b.zip", &inner[1])]);
    let mut case = Case::new();
    let path = case.file("outer.zip", &outer);
    let added = case.add_under(&path, &Limits { max_members: 9, ..Limits::default() });
    assert_eq!(added.new.len(), 1 + 9);
    assert_eq!(reasons(&added), refusals(&[("", "too_many")]));
    case.assert_whole();
}

#[test]
fn a_gzip_of_zeros_is_refused_and_costs_no_disk() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    zeros(&mut encoder, 64);
    let bytes = encoder.finish().unwrap();
    let mut case = Case::new();
    let added = case.add_bytes("zeros.gz", &bytes);
    assert_eq!(reasons(&added), refusals(&[("1.1", "ratio")]));
    assert_eq!(on_disk(&case.root().join("exhibits")), bytes.len() as u64);
}

#[test]
fn a_refused_member_of_a_tar_is_passed_over_within_bounds() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(tar_header("zeros", 8 << 20).as_bytes()).unwrap();
    zeros(&mut encoder, 8);
    encoder.write_all(&tar_of(&[("after.txt", b"after")])).unwrap();
    let bytes = encoder.finish().unwrap();
    let mut case = Case::new();
    let path = case.file("x.tgz", &bytes);
    let limits = Limits { max_member_bytes: 1 << 20, ..Limits::default() };
    let added = case.add_under(&path, &limits);
    assert_eq!(reasons(&added), refusals(&[("1.1", "too_large")]));
    assert_eq!(case.content("1.2"), b"after");
    let mut case = Case::new();
    let path = case.file("x.tgz", &bytes);
    let added = case.add_under(&path, &Limits { max_total_bytes: 2 << 20, ..limits });
    assert_eq!(reasons(&added), refusals(&[("1.1", "too_large"), ("", "total")]));
    case.assert_whole();
}

#[test]
fn a_long_name_does_not_fill_the_memory() {
    let size = 64 << 20;
    let mut header = tar_header("././@LongLink", size);
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_cksum();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(header.as_bytes()).unwrap();
    zeros(&mut encoder, 64);
    encoder.write_all(&tar_of(&[("x", b"x")])).unwrap();
    let mut case = Case::new();
    let added = case.add_bytes("x.tgz", &encoder.finish().unwrap());
    assert_eq!(reasons(&added), refusals(&[("", "corrupt")]));
    assert!(added.refused[0].detail.contains("too long"), "{}", added.refused[0].detail);
}

#[test]
fn an_archive_that_holds_itself_ends() {
    // The bytes of a member that is another exhibit are not opened again; a true quine would
    // end the same way.
    let inner = zip_of(&[("x", b"x")]);
    let mut case = Case::new();
    case.add_bytes("inner.zip", &inner);
    case.add_bytes("outer.zip", &zip_of(&[("inner.zip", &inner)]));
    assert_eq!(case.store.exhibits().len(), 4);
    assert_eq!(case.store.exhibit(no("2.1")).unwrap().same_as, Some(no("1")));
}
