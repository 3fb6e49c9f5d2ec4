//! What stands between the readers of archives and the case: members come in one by one, in the
//! order of the archive; it numbers them, holds them to the limits, keeps or refuses them.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use faisceau_model::ExhibitNo;
use serde_json::{Map, Value};

use super::compressed::{self, Method};
use super::{tar, warc, zip};
use crate::error::StoreError;
use crate::exhibit::{Kind, Label, Reason};
use crate::intake::{CHUNK, Intake};
use crate::ledger::act;
use crate::shelf::Finished;

/// Whether an archive is read on.
pub(crate) type Flow = ControlFlow<()>;

/// Why a member cannot be taken, found before or while its content is read.
pub(crate) type Trouble = (Reason, String);

/// What was taken out of one added file, with all the archives in it.
#[derive(Debug, Default)]
pub(crate) struct Spent {
    top: Option<ExhibitNo>,
    members: u64,
    /// Bytes of members, kept or refused on the way.
    bytes: u64,
    /// Bytes read only to reach what stands behind them.
    skipped: u64,
}

/// Counts what is read of an archive.
pub(crate) struct Counted {
    file: File,
    consumed: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.consumed.set(self.consumed.get() + read as u64);
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Takes the members of one archive.
pub(crate) struct Receiver<'r, 'i, 's> {
    intake: &'r mut Intake<'i, 's>,
    queue: &'r mut BTreeSet<ExhibitNo>,
    archive: ExhibitNo,
    name: String,
    consumed: Rc<Cell<u64>>,
    /// Files met, kept or refused.
    members: u32,
    /// Folders met.
    pub(crate) folders: u64,
    /// Records of a WARC file that hold nothing that could be a member.
    pub(crate) bodiless: u64,
    stopped: bool,
    changed: bool,
}

/// Takes one archive apart. Archives in it are put on the queue.
///
/// # Errors
/// When the case cannot be read or written.
pub(crate) fn unpack(
    intake: &mut Intake<'_, '_>,
    archive: ExhibitNo,
    queue: &mut BTreeSet<ExhibitNo>,
) -> Result<(), StoreError> {
    let store = intake.writer.store();
    let Some(exhibit) = store.exhibit(archive) else { return Ok(()) };
    let (kind, name) = (exhibit.kind, exhibit.name.clone());
    if !kind.is_opened() {
        return Ok(());
    }
    let path = store.path_of(archive)?;
    let open = || File::open(&path).map_err(StoreError::io("open", &path));
    let consumed = Rc::new(Cell::new(0));
    let counted = || open().map(|file| Counted { file, consumed: Rc::clone(&consumed) });
    intake.budget_for(archive);
    let mut receiver = Receiver {
        changed: !intake.writer.store().ledger.is_unpacked(archive),
        intake,
        queue,
        archive,
        name,
        consumed: Rc::clone(&consumed),
        members: 0,
        folders: 0,
        bodiless: 0,
        stopped: false,
    };
    if receiver.too_deep()? {
        return receiver.done();
    }
    match kind {
        Kind::Zip => zip::read(open()?, counted()?, &mut receiver)?,
        Kind::Tar => tar::read(counted()?, &mut receiver)?,
        Kind::Gzip => compressed::read_one(Method::Gzip, counted()?, &mut receiver)?,
        Kind::Xz => compressed::read_one(Method::Xz, counted()?, &mut receiver)?,
        Kind::Zstd => compressed::read_one(Method::Zstd, counted()?, &mut receiver)?,
        Kind::TarGzip => compressed::read_tar(Method::Gzip, counted()?, &mut receiver)?,
        Kind::TarXz => compressed::read_tar(Method::Xz, counted()?, &mut receiver)?,
        Kind::TarZstd => compressed::read_tar(Method::Zstd, counted()?, &mut receiver)?,
        Kind::Warc | Kind::WarcGzip => warc::read(open()?, &consumed, &mut receiver)?,
        Kind::Plain | Kind::Document | Kind::OtherArchive => {}
    }
    receiver.done()
}

impl Intake<'_, '_> {
    /// Limits hold for all that comes out of one added file.
    fn budget_for(&mut self, archive: ExhibitNo) {
        let top = std::iter::successors(Some(archive), |no| no.parent()).last();
        if self.spent.top != top {
            let ledger = &self.writer.store().ledger;
            let (members, bytes) = top.map_or((0, 0), |top| ledger.taken_under(top));
            self.spent = Spent { top, members, bytes, skipped: 0 };
        }
    }
}

impl Receiver<'_, '_, '_> {
    /// The name of the archive, for members that have none.
    pub(crate) fn archive_name(&self) -> &str {
        &self.name
    }

    /// Bytes that may be read of the archive, taken out or passed over.
    pub(crate) fn may_read(&self) -> u64 {
        self.intake.limits.max_total_bytes.saturating_mul(2)
    }

    /// Takes or refuses the next member.
    ///
    /// `trouble` is what the reader knows against it, `declared` its size as the archive has it,
    /// `left` the number of members after it where that is known.
    ///
    /// # Errors
    /// When the case cannot be written.
    pub(crate) fn member(
        &mut self,
        label: &Label,
        trouble: Option<Trouble>,
        declared: Option<u64>,
        left: Option<u64>,
        content: &mut dyn Read,
    ) -> Result<Flow, StoreError> {
        self.members += 1;
        let Some(no) = self.archive.member(self.members) else { return Ok(Flow::Break(())) };
        if self.intake.writer.store().exhibit(no).is_some() {
            return Ok(Flow::Continue(()));
        }
        if self.is_exhausted(no, left)? {
            self.stopped = true;
            return Ok(Flow::Break(()));
        }
        if !self.intake.writer.store().ledger.is_refused(no) {
            self.intake.spent.members += 1;
        }
        let taken = match trouble {
            Some(trouble) => Err(trouble),
            None => self.copy(label, declared, content)?,
        };
        match taken {
            Ok(finished) => {
                self.changed = true;
                if self.intake.keep(no, label, finished)? {
                    self.queue.insert(no);
                }
            }
            Err((reason, text)) => {
                let parent = Some(self.archive);
                self.intake.refuse(parent, Some(no), &label.text, reason, &text)?;
            }
        }
        Ok(Flow::Continue(()))
    }

    /// Refuses the archive as a whole, or all that was not reached in it.
    ///
    /// # Errors
    /// When the case cannot be written.
    pub(crate) fn damaged(&mut self, reason: Reason, text: &str) -> Result<(), StoreError> {
        self.intake.refuse(Some(self.archive), None, &self.name.clone(), reason, text)
    }

    /// Reads the rest of a member that stands before the next one.
    ///
    /// # Errors
    /// When the case cannot be written. Trouble of the archive itself is the inner error.
    pub(crate) fn skip(&mut self, content: &mut dyn Read) -> Result<io::Result<Flow>, StoreError> {
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = match content.read(&mut buffer) {
                Ok(0) => return Ok(Ok(Flow::Continue(()))),
                Ok(read) => read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Ok(Err(e)),
            };
            self.intake.spent.skipped += read as u64;
            if self.intake.spent.skipped > self.intake.limits.max_total_bytes {
                let text = "too much would have to be read to reach the members that follow";
                self.damaged(Reason::Total, text)?;
                self.stopped = true;
                return Ok(Ok(Flow::Break(())));
            }
        }
    }

    fn too_deep(&mut self) -> Result<bool, StoreError> {
        let depth = self.archive.depth();
        let too_deep = depth > self.intake.limits.max_depth || self.archive.member(1).is_none();
        if too_deep {
            let text = format!("an archive {depth} levels deep is not opened");
            self.damaged(Reason::Depth, &text)?;
            self.stopped = true;
        }
        Ok(too_deep)
    }

    /// Whether nothing more may be taken out, and says so.
    fn is_exhausted(&mut self, no: ExhibitNo, left: Option<u64>) -> Result<bool, StoreError> {
        let limits = self.intake.limits;
        let (reason, text) = if self.intake.spent.members >= limits.max_members {
            (Reason::TooMany, format!("more than {} members", limits.max_members))
        } else if self.intake.spent.bytes >= limits.max_total_bytes {
            (Reason::Total, format!("more than {} bytes in all", limits.max_total_bytes))
        } else {
            return Ok(false);
        };
        let rest = match left {
            Some(left) => format!("{} members from {no} on were not opened", left + 1),
            None => format!("the members from {no} on were not opened"),
        };
        self.damaged(reason, &format!("{text}: {rest}"))?;
        Ok(true)
    }

    fn copy(
        &mut self,
        label: &Label,
        declared: Option<u64>,
        content: &mut dyn Read,
    ) -> Result<Result<Finished, Trouble>, StoreError> {
        let limits = self.intake.limits;
        if declared.is_some_and(|declared| declared > limits.max_member_bytes) {
            return Ok(Err(too_large(limits.max_member_bytes)));
        }
        let shelf = self.intake.writer.store().shelf.clone();
        let failed = || StoreError::io("write into", shelf.folder());
        let mut incoming = shelf.begin().map_err(failed())?;
        let before = self.consumed.get();
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = match content.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return trouble_of(e).map(Err),
            };
            self.intake.spent.bytes += read as u64;
            let size = incoming.bytes + read as u64;
            let stored = (self.consumed.get() - before).max(1);
            if let Some(trouble) = self.over_limit(size, stored) {
                return Ok(Err(trouble));
            }
            incoming.write(&buffer[..read]).map_err(failed())?;
            self.intake.report(&label.text, incoming.bytes, declared);
        }
        match declared {
            Some(declared) if declared != incoming.bytes => {
                let text = format!("{} bytes of {declared} are there", incoming.bytes);
                Ok(Err((Reason::Corrupt, text)))
            }
            _ => Ok(Ok(incoming.finish())),
        }
    }

    fn over_limit(&self, size: u64, stored: u64) -> Option<Trouble> {
        let limits = self.intake.limits;
        if size > limits.max_member_bytes {
            return Some(too_large(limits.max_member_bytes));
        }
        if size > limits.ratio_floor && size / stored > limits.max_ratio {
            let text = format!("more than {} times the bytes stored", limits.max_ratio);
            return Some((Reason::Ratio, text));
        }
        if self.intake.spent.bytes > limits.max_total_bytes {
            let text = format!("more than {} bytes in all", limits.max_total_bytes);
            return Some((Reason::Total, text));
        }
        None
    }

    /// Says that every member was met, unless that was said before and nothing changed.
    fn done(self) -> Result<(), StoreError> {
        if !self.changed {
            return Ok(());
        }
        let mut fields = Map::from_iter([
            ("folders".to_owned(), Value::from(self.folders)),
            ("members".to_owned(), Value::from(self.members)),
            ("no".to_owned(), Value::from(self.archive.to_string())),
        ]);
        if self.bodiless > 0 {
            fields.insert("bodiless".to_owned(), Value::from(self.bodiless));
        }
        if self.stopped {
            fields.insert("stopped".to_owned(), Value::from(true));
        }
        self.intake.writer.append(act::UNPACKED, fields)
    }
}

fn too_large(limit: u64) -> Trouble {
    (Reason::TooLarge, format!("larger than {limit} bytes"))
}

/// An error of the system is one of the case; any other is one of the archive. So is a place that
/// no file can have: it comes from an offset that the archive states.
pub(crate) fn trouble_of(e: io::Error) -> Result<Trouble, StoreError> {
    if e.raw_os_error().is_some() && e.kind() != io::ErrorKind::InvalidInput {
        Err(StoreError::io("read", Path::new("exhibits"))(e))
    } else {
        Ok((Reason::Corrupt, e.to_string()))
    }
}
