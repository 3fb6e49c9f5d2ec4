//! The browser as a process: started with a new profile, ended with everything that it started.
//!
//! In: the program, its flags. Out: its two pipes. The browser speaks over pipes and not over a
//! port: no other program of the machine can give it orders, and it ends when this process does,
//! however that comes about. A shell stands between, because descriptors 3 and 4 have to be set
//! without unsafe code, and because it removes the profile when nobody else is left to do it.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, geteuid, kill_process_group, test_kill_process_group};
use serde_json::Value;
use tempfile::TempDir;

use super::find::Found;

/// Descriptors 3 and 4 are where `--remote-debugging-pipe` reads and writes.
const SCRIPT: &str =
    r#"profile=$1; shift; "$@" 3<&0 4>&1 </dev/null >/dev/null; rm -rf -- "$profile""#;
/// How long the browser has to end by itself.
const LEAVES: Duration = Duration::from_secs(3);
/// How long a killed process may take to be gone.
const DIES: Duration = Duration::from_secs(5);
/// Bytes that are kept of what it says on its error output.
const SAID: usize = 8 * 1024;

/// A sandbox needs a user that is not root.
pub(super) fn is_root() -> bool {
    geteuid().is_root()
}

/// A new folder for a profile, with its preferences.
pub(super) fn new_profile(preferences: &Value) -> io::Result<TempDir> {
    let profile = tempfile::Builder::new().prefix("faisceau-browser-").tempdir()?;
    let folder = profile.path().join("Default");
    std::fs::create_dir(&folder)?;
    let file = folder.join("Preferences");
    let mut file = std::fs::OpenOptions::new().create_new(true).write(true).open(file)?;
    serde_json::to_writer(&mut file, preferences)?;
    Ok(profile)
}

/// A running browser. It ends when this is dropped.
pub(super) struct Browser {
    child: Child,
    group: Option<Pid>,
    said: Arc<Mutex<Vec<u8>>>,
    profile: Option<TempDir>,
}

impl Browser {
    #[expect(clippy::disallowed_methods, reason = "the one place that starts the browser")]
    pub(super) fn start(
        found: &Found,
        flags: &[String],
        environment: &[(&'static str, String)],
        profile: TempDir,
    ) -> io::Result<(Self, ChildStdin, ChildStdout)> {
        let mut child = Command::new("/bin/sh")
            .arg("-c")
            .arg(SCRIPT)
            .arg("sh")
            .arg(profile.path())
            .arg(&found.program)
            .args(flags)
            .env_clear()
            .env("PATH", &found.path)
            .envs(environment.iter().map(|(name, value)| (*name, value)))
            .current_dir(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let (to, from, said) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let group = Pid::from_raw(child.id() as i32);
        let keep = Arc::new(Mutex::new(Vec::new()));
        let mut browser = Self { child, group, said: Arc::clone(&keep), profile: Some(profile) };
        let (Some(to), Some(from), Some(said)) = (to, from, said) else {
            browser.end();
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        std::thread::Builder::new().spawn(move || listen(said, &keep))?;
        Ok((browser, to, from))
    }

    /// The last lines of its error output.
    pub(super) fn said(&self) -> String {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&said);
        // Of a crash, the frames say nothing without symbols.
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let lines: Vec<&str> = lines.rev().take(5).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join(" / ")
    }

    /// Waits until it has ended by itself, then kills what is left; says whether it had to.
    pub(super) fn end(&mut self) -> bool {
        let until = Instant::now() + LEAVES;
        let mut left = false;
        while !left && Instant::now() < until {
            left = self.child.try_wait().is_ok_and(|status| status.is_some());
            if !left {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        self.kill();
        !left
    }

    fn kill(&mut self) {
        let Some(group) = self.group.take() else { return };
        let until = Instant::now() + DIES;
        // ESRCH: nobody of the group is left.
        while kill_process_group(group, Signal::KILL).is_ok() && Instant::now() < until {
            let _ = self.child.try_wait();
            if test_kill_process_group(group).is_err() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.wait();
        drop(self.profile.take());
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Keeps the end of what is said.
fn listen(mut said: impl Read, keep: &Mutex<Vec<u8>>) {
    let mut piece = [0; 1_024];
    while let Ok(len) = said.read(&mut piece) {
        if len == 0 {
            return;
        }
        let mut kept = keep.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend_from_slice(piece.get(..len).unwrap_or_default());
        let over = kept.len().saturating_sub(SAID);
        kept.drain(..over);
    }
}
