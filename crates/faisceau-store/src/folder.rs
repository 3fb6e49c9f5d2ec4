//! Folders of derived data: made beside the old one, put in its place when whole.

use std::fs;
use std::io;
use std::path::Path;

/// Makes an empty folder, clearing what a process that ended early left there.
///
/// # Errors
/// When the file system refuses.
pub fn empty_folder(path: &Path) -> io::Result<()> {
    if path.exists() {
        fs::remove_dir_all(path)?;
    }
    fs::create_dir_all(path)
}

/// Puts `fresh` in the place of `target`. At every instant one of the two is whole: a process that
/// ends in between leaves the old folder as `TARGET.old` or the new one as `fresh`.
///
/// # Errors
/// When the file system refuses.
pub fn replace_folder(fresh: &Path, target: &Path) -> io::Result<()> {
    let old = target.with_extension("old");
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    if target.exists() {
        fs::rename(target, &old)?;
    }
    fs::rename(fresh, target)?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

/// Moves a folder to where nothing stands, or an empty folder.
///
/// # Errors
/// When something else stands there, or the file system refuses.
pub fn move_folder(fresh: &Path, target: &Path) -> io::Result<()> {
    fs::rename(fresh, target)
}

/// Removes a folder that this program made, with what it holds.
///
/// # Errors
/// When the file system refuses.
pub fn remove_folder(made: &Path) -> io::Result<()> {
    fs::remove_dir_all(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_folder_takes_the_place_of_the_old() {
        let root = tempfile::tempdir().unwrap();
        let (fresh, target) = (root.path().join("fresh"), root.path().join("tables"));
        for text in ["one", "two"] {
            empty_folder(&fresh).unwrap();
            fs::write(fresh.join("a"), text).unwrap();
            replace_folder(&fresh, &target).unwrap();
            assert_eq!(fs::read_to_string(target.join("a")).unwrap(), text);
        }
        assert!(!fresh.exists() && !root.path().join("tables.old").exists());
    }
}
