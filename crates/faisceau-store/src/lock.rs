//! One writer at a time: a case comes in, a lock that lasts as long as the value goes out.
//!
//! The lock is on an open file, so that the system takes it away from a process that ends,
//! however it ends. The file itself stays.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::error::StoreError;

/// The lock of a case. Dropping it frees the case.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock of a case.
///
/// # Errors
/// When somebody else holds it.
pub(crate) fn take(root: &Path) -> Result<Lock, StoreError> {
    let path = root.join(".lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(StoreError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(StoreError::Locked { root: root.to_path_buf() }),
        Err(TryLockError::Error(source)) => Err(StoreError::io("lock", &path)(source)),
    }
}
