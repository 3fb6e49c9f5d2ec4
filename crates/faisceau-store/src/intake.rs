//! Adding: paths come in, exhibits and refusals go out. It refuses to follow a link, and to add
//! the folder of the case to the case.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use faisceau_model::ExhibitNo;
use serde_json::{Map, Value};

use crate::error::StoreError;
use crate::exhibit::{Kind, Label, Reason, Refusal, detail};
use crate::ledger::act;
use crate::limits::Limits;
use crate::shelf::Finished;
use crate::sniff;
use crate::unpack::Spent;
use crate::writer::Writer;

/// Bytes that are copied at once.
pub(crate) const CHUNK: usize = 64 << 10;

/// How far an add is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddProgress<'a> {
    /// The file or member that is being read, made inert.
    pub name: &'a str,
    /// Its bytes read so far.
    pub bytes: u64,
    /// Its size, where that is known beforehand. Of a member, what the archive declares.
    pub of: Option<u64>,
    /// Exhibits added so far.
    pub exhibits: usize,
}

/// What came of an add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// New exhibits, members included, in the order of the journal.
    pub new: Vec<ExhibitNo>,
    /// Exhibits that the case had already, one for each file with the same bytes.
    pub again: Vec<ExhibitNo>,
    /// What was not taken this time, and why.
    pub refused: Vec<Refusal>,
}

/// One add.
pub(crate) struct Intake<'i, 's> {
    pub(crate) writer: &'i mut Writer<'s>,
    pub(crate) limits: &'i Limits,
    pub(crate) progress: &'i mut dyn FnMut(AddProgress<'_>),
    pub(crate) added: Added,
    pub(crate) spent: Spent,
}

impl Writer<'_> {
    /// Adds a file, or every file of a folder in the order of their names, and takes archives
    /// apart. Archives that an ended process left half taken apart are finished first.
    ///
    /// Bytes that the case has already make no new exhibit; if something of them was refused for
    /// a limit, it is tried again under these limits. Links, what is not a file, and members that
    /// break a limit or cannot be read are refused one by one, in the journal and in the result.
    ///
    /// # Errors
    /// When `path` cannot be looked at, or the case cannot be written. What was added until then
    /// stays added.
    pub fn add(
        &mut self,
        path: &Path,
        limits: &Limits,
        progress: &mut dyn FnMut(AddProgress<'_>),
    ) -> Result<Added, StoreError> {
        self.take_in(limits, progress, |intake| intake.add(path))
    }

    /// Takes bytes in that this program obtained itself, under a name of its own. They are on disk
    /// whole before the journal names them, like any original.
    ///
    /// # Errors
    /// When the case cannot be written.
    pub fn add_bytes(
        &mut self,
        name: &str,
        bytes: &[u8],
        limits: &Limits,
        progress: &mut dyn FnMut(AddProgress<'_>),
    ) -> Result<Added, StoreError> {
        self.take_in(limits, progress, |intake| {
            let label = Label::new(name);
            let finished = intake.copy(&label, &mut &*bytes, Some(bytes.len() as u64))?;
            let finished = finished.map_err(StoreError::io("read", Path::new(name)))?;
            intake.settle(&label, finished)
        })
    }

    /// Finishes the archives that an ended process left half taken apart.
    ///
    /// # Errors
    /// When the case cannot be written.
    pub fn finish(
        &mut self,
        limits: &Limits,
        progress: &mut dyn FnMut(AddProgress<'_>),
    ) -> Result<Added, StoreError> {
        self.take_in(limits, progress, |_| Ok(()))
    }

    fn take_in(
        &mut self,
        limits: &Limits,
        progress: &mut dyn FnMut(AddProgress<'_>),
        then: impl FnOnce(&mut Intake<'_, '_>) -> Result<(), StoreError>,
    ) -> Result<Added, StoreError> {
        let mut intake = Intake {
            writer: self,
            limits,
            progress,
            added: Added::default(),
            spent: Spent::default(),
        };
        let unfinished = intake.writer.store().unfinished().collect();
        let result = intake.unpack_all(unfinished).and_then(|()| then(&mut intake));
        let added = intake.added;
        // Also after a failure: what was taken until then is whole.
        let flushed = self.flush();
        result.and(flushed).map(|()| added)
    }
}

impl Intake<'_, '_> {
    fn add(&mut self, path: &Path) -> Result<(), StoreError> {
        let source = |source| StoreError::Source { path: path.to_path_buf(), source };
        let meta = fs::symlink_metadata(path).map_err(source)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let absolute = fs::canonicalize(path).map_err(source)?;
        let root = fs::canonicalize(&self.writer.store().root)
            .map_err(StoreError::io("find", &self.writer.store().root))?;
        // A path such as `.` has no name of its own.
        let name = name.or_else(|| absolute.file_name().map(|n| n.to_string_lossy().into_owned()));
        let first = Found { path: path.to_path_buf(), name: name.unwrap_or_default(), meta };
        let mut waiting = vec![first];
        while let Some(found) = waiting.pop() {
            let within = found.path.strip_prefix(path).unwrap_or(Path::new(""));
            if found.meta.is_dir() && absolute.join(within).components().eq(root.components()) {
                self.refuse_file(&found, Reason::Case, "it is the folder of the case itself")?;
            } else if found.meta.is_dir() {
                self.list(&found, &mut waiting)?;
            } else {
                self.add_file(&found)?;
            }
        }
        Ok(())
    }

    /// Puts the content of a folder on the stack, so that the first name comes off first.
    fn list(&mut self, folder: &Found, waiting: &mut Vec<Found>) -> Result<(), StoreError> {
        let listed = fs::read_dir(&folder.path).and_then(|files| {
            files.map(|file| file.map(|file| file.file_name())).collect::<io::Result<Vec<_>>>()
        });
        let mut names = match listed {
            Ok(names) => names,
            Err(e) => return self.refuse_file(folder, Reason::Unreadable, &e.to_string()),
        };
        names.sort_unstable_by(|a, b| b.cmp(a));
        for name in names {
            let path = folder.path.join(&name);
            let name = format!("{}/{}", folder.name, name.to_string_lossy());
            match fs::symlink_metadata(&path) {
                Ok(meta) => waiting.push(Found { path, name, meta }),
                Err(e) => {
                    let gone = Found { path, name, meta: folder.meta.clone() };
                    self.refuse_file(&gone, Reason::Unreadable, &e.to_string())?;
                }
            }
        }
        Ok(())
    }

    fn add_file(&mut self, found: &Found) -> Result<(), StoreError> {
        if found.meta.is_symlink() {
            let detail = "it is a symbolic link; add the file that it points to";
            return self.refuse_file(found, Reason::Link, detail);
        }
        if !found.meta.is_file() {
            return self.refuse_file(found, Reason::Special, "it is not a file");
        }
        let label = Label::new(&found.name);
        let finished = match File::open(&found.path) {
            Ok(mut file) => self.copy(&label, &mut file, Some(found.meta.len()))?,
            Err(e) => Err(e),
        };
        let finished = match finished {
            Ok(finished) => finished,
            Err(e) => return self.refuse_file(found, Reason::Unreadable, &e.to_string()),
        };
        self.settle(&label, finished)
    }

    /// Makes copied bytes an exhibit, unless the case has them already.
    fn settle(&mut self, label: &Label, finished: Finished) -> Result<(), StoreError> {
        let known = self.writer.store().ledger.with_sum(&finished.sum);
        if let Some(no) = known {
            self.again(no, label, &finished)?;
            let retry = self.writer.store().ledger.limited_under(no);
            return self.unpack_all(retry);
        }
        let no = self.writer.store().ledger.next_top();
        let opened = self.keep(no, label, finished)?;
        self.unpack_all(opened.then_some(no).into_iter().collect())
    }

    /// Copies a file in. The inner error is of the file, the outer one of the case.
    fn copy(
        &mut self,
        label: &Label,
        file: &mut impl Read,
        of: Option<u64>,
    ) -> Result<io::Result<Finished>, StoreError> {
        let shelf = self.writer.store().shelf.clone();
        let failed = || StoreError::io("write into", shelf.folder());
        let mut incoming = shelf.begin().map_err(failed())?;
        let mut buffer = vec![0; CHUNK];
        loop {
            let read = match file.read(&mut buffer) {
                Ok(0) => return Ok(Ok(incoming.finish())),
                Ok(read) => read,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Ok(Err(e)),
            };
            incoming.write(&buffer[..read]).map_err(failed())?;
            self.report(&label.text, incoming.bytes, of);
        }
    }

    fn again(
        &mut self,
        no: ExhibitNo,
        label: &Label,
        finished: &Finished,
    ) -> Result<(), StoreError> {
        let fields = Map::from_iter([
            ("name".to_owned(), Value::from(label.text.as_str())),
            ("no".to_owned(), Value::from(no.to_string())),
            ("sha256".to_owned(), Value::from(finished.sum.to_string())),
        ]);
        self.added.again.push(no);
        self.writer.append(act::AGAIN, fields)
    }

    /// Makes a whole file exhibit `no`, and says whether it is an archive to take apart.
    pub(crate) fn keep(
        &mut self,
        no: ExhibitNo,
        label: &Label,
        finished: Finished,
    ) -> Result<bool, StoreError> {
        let kind = sniff::kind(finished.path(), &finished.head)
            .map_err(StoreError::io("read", finished.path()))?;
        let mut fields = Map::from_iter([
            ("bytes".to_owned(), Value::from(finished.bytes)),
            ("kind".to_owned(), Value::from(kind.as_str())),
            ("name".to_owned(), Value::from(label.text.as_str())),
            ("no".to_owned(), Value::from(no.to_string())),
            ("sha256".to_owned(), Value::from(finished.sum.to_string())),
        ]);
        if label.odd {
            fields.insert("odd_name".to_owned(), Value::from(true));
        }
        let new_bytes = self.writer.store().ledger.with_sum(&finished.sum).is_none();
        if new_bytes {
            let shelf = self.writer.store().shelf.clone();
            shelf
                .place(finished, &mut self.writer.unsynced)
                .map_err(StoreError::io("write into", shelf.folder()))?;
        }
        self.writer.append(act::ADDED, fields)?;
        self.added.new.push(no);
        if kind == Kind::OtherArchive && new_bytes {
            let detail = "an archive of a kind that is not opened; unpack it and add what it holds";
            self.refuse(Some(no), None, &label.text, Reason::Unsupported, detail)?;
        }
        Ok(new_bytes && kind.is_opened())
    }

    fn refuse_file(&mut self, found: &Found, why: Reason, text: &str) -> Result<(), StoreError> {
        self.refuse(None, None, &Label::new(&found.name).text, why, text)
    }

    /// Refuses, in the journal and in the result. What the journal says already is not said
    /// twice there.
    pub(crate) fn refuse(
        &mut self,
        parent: Option<ExhibitNo>,
        no: Option<ExhibitNo>,
        name: &str,
        reason: Reason,
        text: &str,
    ) -> Result<(), StoreError> {
        let line = self.writer.store().entries.len() as u64 + 1;
        let detail = detail(text);
        let refusal = Refusal { parent, no, name: name.to_owned(), reason, detail, line };
        if !self.writer.store().ledger.has_said(&refusal) {
            let mut fields = Map::from_iter([
                ("detail".to_owned(), Value::from(refusal.detail.as_str())),
                ("name".to_owned(), Value::from(name)),
                ("reason".to_owned(), Value::from(reason.as_str())),
            ]);
            for (field, number) in [("parent", parent), ("no", no)] {
                if let Some(number) = number {
                    fields.insert(field.to_owned(), Value::from(number.to_string()));
                }
            }
            let act = if parent.is_some() { act::MEMBER_REFUSED } else { act::FILE_REFUSED };
            self.writer.append(act, fields)?;
        }
        self.added.refused.push(refusal);
        Ok(())
    }

    pub(crate) fn report(&mut self, name: &str, bytes: u64, of: Option<u64>) {
        let exhibits = self.added.new.len();
        (self.progress)(AddProgress { name, bytes, of, exhibits });
    }

    /// Takes archives apart, and the archives found in them, in the order of their numbers.
    pub(crate) fn unpack_all(&mut self, mut queue: BTreeSet<ExhibitNo>) -> Result<(), StoreError> {
        while let Some(no) = queue.pop_first() {
            crate::unpack::unpack(self, no, &mut queue)?;
        }
        Ok(())
    }
}

/// A file or folder that was met.
struct Found {
    path: PathBuf,
    /// The names from the path that was given down to it, with `/` between them.
    name: String,
    meta: Metadata,
}
