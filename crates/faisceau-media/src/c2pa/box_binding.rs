//! The hard binding of files that are made of boxes (HEIC, AVIF, MP4, MOV). In: its assertion and the
//! file. Out: whether the file is the one that was signed.
//!
//! C2PA 2.2, "BMFF-based hash", versions 2 and 3: each box of the outermost level that is not left out
//! is hashed behind its own place, eight bytes. Not read: the first version, trees of hashes over
//! pieces of a stream, and what is left out within a box.

use super::binding::Binding;
use super::cbor::{Item, Value};
use super::manifest::hash_of;

/// Most boxes of the outermost level.
const BOXES: usize = 100_000;
/// Most exclusions.
const EXCLUSIONS: usize = 64;
/// Boxes that the standard leaves out, for they hold nothing that is shown.
const HARMLESS: [&[u8; 4]; 5] = [b"ftyp", b"mfra", b"free", b"skip", b"emsg"];
/// The type of a `uuid` box that holds a manifest.
const MANIFEST: [u8; 16] = [
    0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81,
];

/// A box that is left out.
struct Exclusion<'a> {
    kind: &'a [u8],
    /// Bytes that it must hold, and where.
    data: Vec<(usize, &'a [u8])>,
}

/// Checks the hash of an assertion `c2pa.hash.bmff`.
pub(super) fn check(content: &Item<'_>, algorithm: Option<&str>, file: &[u8]) -> Binding {
    let in_pieces = content.get("merkle").is_some();
    let expected = content.get("hash").and_then(Item::bytes);
    let Some(expected) = expected.filter(|_| !in_pieces) else {
        return Binding::Unsupported;
    };
    let exclusions = content.get("exclusions").map(Item::array).unwrap_or_default();
    let exclusions: Option<Vec<Exclusion<'_>>> =
        exclusions.iter().take(EXCLUSIONS + 1).map(Exclusion::read).collect();
    let Some(exclusions) = exclusions.filter(|all| all.len() <= EXCLUSIONS) else {
        return Binding::Unsupported;
    };
    let (mut kept, mut only_harmless, mut at) = (Vec::new(), true, 0);
    while let Some((kind, body)) = outermost(file, at) {
        if kept.len() >= BOXES {
            return Binding::Unsupported;
        }
        if exclusions.iter().any(|exclusion| exclusion.fits(kind, body)) {
            let manifest = kind == *b"uuid" && body.get(8..24) == Some(&MANIFEST);
            only_harmless &= manifest || HARMLESS.contains(&&kind);
        } else {
            kept.push(((at as u64).to_be_bytes(), body));
        }
        at += body.len();
    }
    // Behind the last box there may be bytes that are none: they are hashed as they are.
    let rest = file.get(at..).unwrap_or_default();
    let boxes = kept.iter().flat_map(|(place, body)| [place.as_slice(), body]);
    match hash_of(algorithm, boxes.chain([rest])) {
        None => Binding::Unsupported,
        Some(found) if found != expected => Binding::Broken,
        Some(_) if only_harmless => Binding::Holds,
        Some(_) => Binding::HoldsInPart,
    }
}

/// The kind and all bytes of the box at a place.
fn outermost(file: &[u8], at: usize) -> Option<([u8; 4], &[u8])> {
    let rest = file.get(at..)?;
    let (length, behind) = rest.split_first_chunk::<4>()?;
    let (kind, behind) = behind.split_first_chunk::<4>()?;
    let length = match u32::from_be_bytes(*length) {
        0 => rest.len(),
        1 => usize::try_from(u64::from_be_bytes(*behind.first_chunk()?)).ok()?,
        length => usize::try_from(length).ok()?,
    };
    (length >= 8).then_some((*kind, rest.get(..length)?))
}

impl<'a> Exclusion<'a> {
    /// `None` for one of a kind that is not read.
    fn read(item: &Item<'a>) -> Option<Self> {
        let is_set = |key| item.get(key).is_some_and(|value| value.value != Value::Other);
        if ["length", "subset", "version", "flags"].into_iter().any(is_set) {
            return None;
        }
        let kind = item.get("xpath")?.text()?.strip_prefix('/')?.as_bytes();
        let pair = |item: &Item<'a>| {
            Some((
                usize::try_from(item.get("offset")?.integer()?).ok()?,
                item.get("value")?.bytes()?,
            ))
        };
        let data = item.get("data").map(Item::array).unwrap_or_default();
        let data: Option<Vec<_>> = data.iter().take(EXCLUSIONS).map(pair).collect();
        (kind.len() == 4).then_some(Self { kind, data: data? })
    }

    fn fits(&self, kind: [u8; 4], body: &[u8]) -> bool {
        let holds = |(at, value): &(usize, &[u8])| {
            body.get(*at..).is_some_and(|rest| rest.starts_with(value))
        };
        self.kind == kind.as_slice() && self.data.iter().all(holds)
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    fn boxed(kind: &str, body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32 + 8).to_be_bytes(), kind.as_bytes(), body].concat()
    }

    fn item(value: Value<'_>) -> Item<'_> {
        Item { value, at: 0..0 }
    }

    fn map<'a>(entries: Vec<(&'a str, Item<'a>)>) -> Item<'a> {
        let entries = entries.into_iter().map(|(key, value)| (item(Value::Text(key)), value));
        item(Value::Map(entries.collect()))
    }

    fn assertion<'a>(hash: &'a [u8], paths: &[&'a str]) -> Item<'a> {
        let data = map(vec![
            ("offset", item(Value::Integer(8))),
            ("value", item(Value::Bytes(&MANIFEST))),
        ]);
        let manifest = map(vec![
            ("xpath", item(Value::Text("/uuid"))),
            ("data", item(Value::Array(vec![data]))),
            ("length", item(Value::Other)),
        ]);
        let others = paths.iter().map(|path| map(vec![("xpath", item(Value::Text(path)))]));
        let exclusions = std::iter::once(manifest).chain(others).collect();
        map(vec![
            ("hash", item(Value::Bytes(hash))),
            ("exclusions", item(Value::Array(exclusions))),
        ])
    }

    #[test]
    fn boxes_are_hashed_behind_their_places() {
        let manifest = [MANIFEST.as_slice(), b"manifest"].concat();
        let parts = [boxed("ftyp", b"heic"), boxed("uuid", &manifest), boxed("mdat", b"picture")];
        let mut file = parts.concat();
        let place = (parts[0].len() + parts[1].len()) as u64;
        let hash = Sha256::digest([place.to_be_bytes().as_slice(), &parts[2]].concat());
        let usual = assertion(&hash, &["/ftyp", "/free"]);
        assert_eq!(check(&usual, None, &file), Binding::Holds);
        // What stands behind the last box is no box: it was not signed.
        assert_eq!(check(&usual, None, &[file.as_slice(), b"xyz"].concat()), Binding::Broken);
        // The picture is left out as well.
        let none = Sha256::digest(b"");
        let all = assertion(&none, &["/ftyp", "/mdat"]);
        assert_eq!(check(&all, None, &file), Binding::HoldsInPart);
        let within = assertion(&hash, &["/moov/trak"]);
        assert_eq!(check(&within, None, &file), Binding::Unsupported);
        // A box of another type than that of the manifest is not left out.
        let other = parts[0].len() + 8;
        file[other] ^= 1;
        assert_eq!(check(&usual, None, &file), Binding::Broken);
    }
}
