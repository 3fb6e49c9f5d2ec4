//! Zip archives: a file comes in, its members go out in the order of the central directory. It
//! refuses members that are encrypted, links, or compressed in another way than Deflate.
//!
//! The directory is walked without an index: an index would be keyed by name, and two members of
//! the same name would be one.

use std::fs::File;
use std::io::{self, BufReader, Read};

use ::zip::read::ZipFileEntry;
use ::zip::result::ZipError;
use ::zip::unstable::read::ZipIterable;
use ::zip::{CompressionMethod, ZipReadOptions};

use super::receiver::{Counted, Receiver, Trouble, trouble_of};
use crate::error::StoreError;
use crate::exhibit::{Label, Reason};

/// Unix file types in the mode of a member.
const TYPE_MASK: u32 = 0o170_000;
const TYPE_FILE: u32 = 0o100_000;

/// Reads a zip archive. `directory` and `content` are the same file, opened twice.
pub(crate) fn read(
    directory: File,
    mut content: Counted,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    let config = ::zip::read::Config::default();
    let mut archive = match ZipIterable::try_new(BufReader::new(directory), config) {
        Ok(archive) => archive,
        Err(e) => return damaged(receiver, e, "no directory of members can be read"),
    };
    let members = match archive.files() {
        Ok(members) => members,
        Err(e) => return damaged(receiver, e, "no directory of members can be read"),
    };
    let mut left = members.len() as u64;
    for member in members {
        let member = match member {
            Ok(member) => member,
            Err(e) => {
                let what = format!("the directory breaks off, {left} members were not reached");
                return damaged(receiver, e, &what);
            }
        };
        left -= 1;
        if member.is_dir() {
            receiver.folders += 1;
            continue;
        }
        let label =
            member.name().map_or_else(|_| Label::bytes(member.name_raw()), |n| Label::new(&n));
        let declared = Some(member.size());
        let mut trouble = trouble(&member);
        let mut empty = io::empty();
        let mut file;
        let mut reader: &mut dyn Read = &mut empty;
        if trouble.is_none() {
            match member.with_reader(&mut content, ZipReadOptions::new()) {
                Ok(opened) => {
                    file = opened;
                    reader = &mut file;
                }
                Err(e) => trouble = Some(trouble_of_zip(e)?),
            }
        }
        if receiver.member(&label, trouble, declared, Some(left), reader)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// What the directory says against a member.
fn trouble(member: &ZipFileEntry<'_>) -> Option<Trouble> {
    let kind = member.unix_mode().map_or(0, |mode| mode & TYPE_MASK);
    let method = member.compression();
    if member.encrypted() {
        Some((Reason::Encrypted, "it needs a password".to_owned()))
    } else if member.is_symlink() {
        Some((Reason::Link, "it is a symbolic link".to_owned()))
    } else if kind != 0 && kind != TYPE_FILE {
        Some((Reason::Special, "it is not a file".to_owned()))
    } else if method != CompressionMethod::Stored && method != CompressionMethod::Deflated {
        Some((Reason::Method, format!("compression method {method} is not supported")))
    } else {
        None
    }
}

/// The directory cannot be read on.
fn damaged(
    receiver: &mut Receiver<'_, '_, '_>,
    error: ZipError,
    what: &str,
) -> Result<(), StoreError> {
    let (reason, text) = trouble_of_zip(error)?;
    receiver.damaged(reason, &format!("{what}: {text}"))
}

fn trouble_of_zip(error: ZipError) -> Result<Trouble, StoreError> {
    match error {
        ZipError::Io(e) => trouble_of(e),
        ZipError::InvalidArchive(what) => Ok((Reason::Corrupt, what.into_owned())),
        other => Ok((Reason::Corrupt, other.to_string())),
    }
}
