//! Tar archives: bytes come in, members go out in order. It refuses links and devices, and headers
//! that would fill the memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use ::tar::{Archive, Entry, EntryType};

use super::receiver::{Receiver, Trouble, trouble_of};
use crate::error::StoreError;
use crate::exhibit::{Label, Reason, detail};

/// Bytes that may stand between two members: long names, extended headers, tables of sparse
/// files. The reader keeps them in memory.
const MAX_HEADERS: u64 = 2 << 20;

/// Ends what is read between two members before it grows.
struct Guard<R> {
    inner: R,
    allowance: Rc<Cell<u64>>,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.allowance.get();
        if left == 0 && !buffer.is_empty() {
            return Err(io::Error::other("the headers of a member are too long"));
        }
        let room = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.inner.read(&mut buffer[..room])?;
        self.allowance.set(left - read as u64);
        Ok(read)
    }
}

/// Reads a tar archive to its end, and past it to the end of the file that holds it.
pub(crate) fn read(
    mut reader: impl Read,
    receiver: &mut Receiver<'_, '_, '_>,
) -> Result<(), StoreError> {
    let allowance = Rc::new(Cell::new(MAX_HEADERS));
    let guard = Guard { inner: &mut reader, allowance: Rc::clone(&allowance) };
    let mut archive = Archive::new(guard);
    let Ok(mut entries) = archive.entries() else { return Ok(()) };
    loop {
        allowance.set(MAX_HEADERS);
        let mut entry = match entries.next() {
            None => break,
            Some(Ok(entry)) => entry,
            Some(Err(e)) => return broken_off(receiver, e),
        };
        allowance.set(u64::MAX);
        if is_file_or_refused(&entry, receiver) {
            let label = Label::bytes(&entry.path_bytes());
            let (trouble, size) = (trouble(&entry), entry.size());
            if receiver.member(&label, trouble, Some(size), None, &mut entry)?.is_break() {
                return Ok(());
            }
        }
        match receiver.skip(&mut entry)? {
            Ok(flow) if flow.is_break() => return Ok(()),
            Ok(_) => {}
            Err(e) => return broken_off(receiver, e),
        }
    }
    // The check sum of a gzip envelope stands at its end.
    match receiver.skip(&mut reader)? {
        Ok(_) => Ok(()),
        Err(e) => broken_off(receiver, e),
    }
}

/// Folders are counted; global headers say nothing of one member.
fn is_file_or_refused<R: Read>(entry: &Entry<'_, R>, receiver: &mut Receiver<'_, '_, '_>) -> bool {
    match entry.header().entry_type() {
        EntryType::Directory => {
            receiver.folders += 1;
            false
        }
        EntryType::XGlobalHeader => false,
        // Archives from before the directory type mark folders by their name.
        EntryType::Regular if entry.path_bytes().ends_with(b"/") => {
            receiver.folders += 1;
            false
        }
        _ => true,
    }
}

fn trouble<R: Read>(entry: &Entry<'_, R>) -> Option<Trouble> {
    match entry.header().entry_type() {
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => None,
        EntryType::Link | EntryType::Symlink => {
            let target = entry.link_name_bytes().unwrap_or_default();
            let target = detail(&String::from_utf8_lossy(&target));
            Some((Reason::Link, format!("it is a link to `{target}`")))
        }
        _ => Some((Reason::Special, "it is not a file".to_owned())),
    }
}

fn broken_off(receiver: &mut Receiver<'_, '_, '_>, e: io::Error) -> Result<(), StoreError> {
    let (reason, text) = trouble_of(e)?;
    receiver.damaged(reason, &format!("the archive breaks off: {text}"))
}
