//! One writer at a time: a case comes in, a lock that lasts as long as the value goes out.
//!
//! The lock is on an open file, so that the system takes it away from a process that ends,
//! however it ends. The file itself stays.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use crate::error::StoreError;

/// A program that another thread is just starting holds a copy of every open file for an instant,
/// this lock among them: a tenth of a second tells it from somebody who works on the case.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(5);

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
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(source)) => return Err(StoreError::io("lock", &path)(source)),
        }
    }
    Err(StoreError::Locked { root: root.to_path_buf() })
}
