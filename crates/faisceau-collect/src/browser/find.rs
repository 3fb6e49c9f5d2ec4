//! Which browser the machine has.
//!
//! In: a path that the user names, or the folders of PATH. Out: the program. Nothing is downloaded
//! and nothing is started here. Refused: a named path that is no file.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The names under which a browser of the Chromium family is installed, most wanted first.
pub const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "chrome-headless-shell",
    "microsoft-edge-stable",
    "brave-browser",
];

/// A browser, and where the programs are that its start script needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The program.
    pub program: PathBuf,
    /// PATH for the program.
    pub path: OsString,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// The named file is not there.
    #[error("{0} is no program")]
    NoFile(PathBuf),
    /// Nothing is installed under a usual name.
    #[error("no browser found: looked for {} on PATH; name one with --browser", NAMES.join(", "))]
    None,
}

/// The named browser, else the first one on the PATH of this process.
///
/// # Errors
/// When there is none.
#[expect(clippy::disallowed_methods, reason = "the one place that reads PATH, to find the browser")]
pub fn find(named: Option<&Path>) -> Result<Found, FindError> {
    find_in(named, &std::env::var_os("PATH").unwrap_or_default())
}

/// The named browser, else the first one in the folders of `path`.
///
/// # Errors
/// When there is none.
pub fn find_in(named: Option<&Path>, path: &OsStr) -> Result<Found, FindError> {
    let found = |program| Found { program, path: path.to_owned() };
    if let Some(named) = named {
        let absolute = std::path::absolute(named).unwrap_or_else(|_| named.to_owned());
        return if absolute.is_file() {
            Ok(found(absolute))
        } else {
            Err(FindError::NoFile(absolute))
        };
    }
    // A relative folder on PATH would start whatever lies in the working folder.
    let folders: Vec<PathBuf> =
        std::env::split_paths(path).filter(|folder| folder.is_absolute()).collect();
    let candidates = NAMES.iter().flat_map(|name| folders.iter().map(move |at| at.join(name)));
    candidates.into_iter().find(|file| file.is_file()).map(found).ok_or(FindError::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_name_is_found_and_a_relative_folder_is_not_searched() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["google-chrome", "chromium"] {
            std::io::Write::flush(
                &mut std::fs::OpenOptions::new()
                    .create_new(true)
                    .write(true)
                    .open(folder.path().join(name))
                    .unwrap(),
            )
            .unwrap();
        }
        let path = std::env::join_paths([Path::new("."), folder.path()]).unwrap();
        assert_eq!(find_in(None, &path).unwrap().program, folder.path().join("chromium"));
        assert!(matches!(find_in(None, OsStr::new(".:")), Err(FindError::None)));
        let named = folder.path().join("google-chrome");
        assert_eq!(find_in(Some(&named), OsStr::new("")).unwrap().program, named);
        let missing = find_in(Some(&folder.path().join("no")), OsStr::new(""));
        assert!(missing.unwrap_err().to_string().ends_with("no is no program"));
    }
}
