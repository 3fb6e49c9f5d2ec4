//! What the name of a file says.
//!
//! In: a name, with or without folders. Out: a trace for each row of names whose template reads the
//! whole of it. A number in brackets that a browser or a system adds to a name already taken is set
//! aside. Names of more than 255 bytes are not read: no file system in use keeps them.

use super::clock::{Civil, civil};
use super::data::{NameRow, rows};
use super::template::Role;
use super::{Basis, Trace};
use crate::traces::clock::Zone;

/// Longest name of a file, in bytes.
const LONGEST: usize = 255;

const IMAGE: [&str; 9] = ["jpg", "jpeg", "png", "webp", "heic", "heif", "gif", "avif", "jfif"];
const VIDEO: [&str; 6] = ["mp4", "mov", "3gp", "webm", "mkv", "m4v"];
const AUDIO: [&str; 7] = ["opus", "ogg", "m4a", "aac", "mp3", "amr", "wav"];

pub(super) fn read(name: &str) -> Vec<Trace> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.is_empty() || name.len() > LONGEST || name.contains(char::is_control) {
        return Vec::new();
    }
    let name = folded(name);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let of = |stem: &str| -> Vec<Trace> {
        rows().name.iter().filter_map(|row| row.read(stem, extension)).collect()
    };
    let found = of(stem);
    match unnumbered(stem) {
        Some(stem) if found.is_empty() => of(stem),
        _ => found,
    }
}

/// The same letters in one way: straight apostrophes, plain blanks, accents as one character.
fn folded(name: &str) -> String {
    let name = name.replace(['\u{2019}', '\u{2bc}'], "'").replace(['\u{a0}', '\u{202f}'], " ");
    name.replace("e\u{301}", "é").replace("a\u{300}", "à")
}

/// Without a number in brackets at the end: `photo (2)`, `photo(2)`.
fn unnumbered(stem: &str) -> Option<&str> {
    let (before, number) = stem.strip_suffix(')')?.rsplit_once('(')?;
    let fits = (1..=3).contains(&number.len()) && number.bytes().all(|c| c.is_ascii_digit());
    fits.then(|| before.strip_suffix(' ').unwrap_or(before))
}

impl NameRow {
    fn read(&'static self, stem: &str, extension: &str) -> Option<Trace> {
        self.has(extension).then_some(())?;
        let found = self.stems.iter().find_map(|template| template.read(stem))?;
        let text = |of: Role| {
            let held = found.iter().find(|(role, value)| *role == of && !value.is_empty());
            held.map(|(_, value)| (*value).to_owned())
        };
        let mut trace = Trace::new(&self.platform, self.kind, Basis::Name, &self.id);
        trace.id = text(Role::Id);
        trace.app = text(Role::App);
        trace.sequence = text(Role::Sequence);
        trace.at = match (self.clock, civil(&found, self.zone.unwrap_or(Zone::Unknown))) {
            (_, Civil::Impossible) => return None,
            // An identifier that can hold no instant is not one of that platform.
            (Some(clock), _) => Some(clock.read(trace.id.as_deref()?)?),
            (None, Civil::At(at)) => Some(at),
            (None, Civil::None) => None,
        };
        trace.means = trace.at.as_ref().and(self.means.as_deref());
        Some(trace)
    }

    fn has(&self, extension: &str) -> bool {
        self.extensions.iter().any(|word| match word.as_str() {
            "image" => IMAGE.iter().any(|known| known.eq_ignore_ascii_case(extension)),
            "video" => VIDEO.iter().any(|known| known.eq_ignore_ascii_case(extension)),
            "audio" => AUDIO.iter().any(|known| known.eq_ignore_ascii_case(extension)),
            word => word.eq_ignore_ascii_case(extension),
        })
    }
}
