//! The dated lists to measure: those of the repository, and those of a folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use faisceau_datasets::Bundle;

use crate::measuring::set::Set;

const DATASETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets");

/// Kind, then date, then the addresses.
pub(crate) type Lists = BTreeMap<String, BTreeMap<String, Set>>;

/// The bundled lists of ranges, by id of their dataset.
pub(crate) fn bundled() -> io::Result<Lists> {
    let mut lists = Lists::new();
    for info in Bundle::list() {
        if !["vpn", "protonvpn", "relay", "cdn", "cloud"].contains(&info.id) {
            continue;
        }
        let text = info.files.iter().map(|file| text(file.path)).collect::<io::Result<String>>()?;
        let dates = lists.entry(info.id.to_owned()).or_default();
        dates.insert(info.date.to_owned(), Set::of_prefixes(&text));
    }
    Ok(lists)
}

/// Adds the lists of a folder, in files named `KIND_YYYY-MM-DD.txt`, one prefix a line.
pub(crate) fn of_folder(lists: &mut Lists, folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Some((kind, date)) = name.split_once('_') else { continue };
        let set = Set::of_prefixes(&fs::read_to_string(&path)?);
        if set.size() > 0 {
            lists.entry(kind.to_owned()).or_default().insert(date.to_owned(), set);
        }
    }
    Ok(())
}

/// The IPv4 addresses that each autonomous system announced.
pub(crate) fn announced() -> io::Result<BTreeMap<u32, Set>> {
    let text = text("asn/asn-ipv4.csv.zst")?;
    let mut ranges: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for line in text.lines() {
        let mut fields = line.split(',');
        let mut address = || Some(fields.next()?.parse::<std::net::Ipv4Addr>().ok()?.to_bits());
        let (Some(start), Some(end)) = (address(), address()) else { continue };
        if let Some(asn) = fields.next().and_then(|asn| asn.parse().ok()) {
            ranges.entry(asn).or_default().push((start, end));
        }
    }
    Ok(ranges.into_iter().map(|(asn, ranges)| (asn, Set::new(ranges))).collect())
}

fn text(path: &str) -> io::Result<String> {
    let bytes = zstd::decode_all(fs::File::open(format!("{DATASETS}/{path}"))?)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}
