//! Servers that a test starts, and ends with it.

use std::fmt::Write as _;
use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A server in a folder of its own.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    pub(crate) folder: TempDir,
    child: Child,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether a program is missing; the test is skipped then, and says so.
pub(crate) fn is_missing(program: &str) -> bool {
    let mut try_it = Command::new(program);
    let found = try_it.arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        assert!(std::env::var_os("FAISCEAU_NO_SKIP").is_none(), "{program} not found");
        eprintln!("SKIPPED: needs {program}");
    }
    !found
}

/// Runs a program to its end, and gives what it printed.
pub(crate) fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {text} {errors}");
    text
}

/// A port on loopback that is free for UDP and TCP.
pub(crate) fn free() -> SocketAddr {
    loop {
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = tcp.local_addr().unwrap();
        if UdpSocket::bind(address).is_ok() {
            return address;
        }
    }
}

/// Starts a server and waits until it listens.
pub(crate) fn start(
    program: &str,
    arguments: &[&str],
    address: SocketAddr,
    folder: TempDir,
) -> Program {
    let log = fs::File::create(folder.path().join("log")).unwrap();
    let errors = log.try_clone().unwrap();
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors)
        .spawn()
        .unwrap();
    let program = Program { address, folder, child };
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        let log = fs::read_to_string(program.folder.path().join("log")).unwrap();
        assert!(start.elapsed() < Duration::from_secs(20), "no server: {log}");
        std::thread::sleep(Duration::from_millis(20));
    }
    program
}

/// Starts NSD with zones: name and text.
pub(crate) fn nsd(zones: &[(&str, String)]) -> Program {
    let folder = tempfile::tempdir().unwrap();
    let (path, address) = (folder.path().display().to_string(), free());
    let mut conf = format!(
        "server:\n server-count: 1\n ip-address: {}@{}\n do-ip6: no\n username: \"\"\n chroot: \"\"\n \
         zonesdir: \"{path}\"\n pidfile: \"{path}/nsd.pid\"\n xfrdfile: \"{path}/xfrd\"\n \
         zonelistfile: \"{path}/list\"\n database: \"\"\n rrl-ratelimit: 0\nremote-control:\n \
         control-enable: no\n",
        address.ip(),
        address.port()
    );
    for (name, text) in zones {
        let file = format!("{name}.zone");
        fs::write(folder.path().join(&file), text).unwrap();
        write!(conf, "zone:\n name: \"{name}\"\n zonefile: \"{file}\"\n").unwrap();
    }
    let conf_path = folder.path().join("nsd.conf");
    fs::write(&conf_path, conf).unwrap();
    start("nsd", &["-d", "-c", &conf_path.display().to_string()], address, folder)
}

/// Waits until a file says something.
pub(crate) fn wait_for(path: &Path, what: &str) -> String {
    let start = Instant::now();
    loop {
        let text = fs::read_to_string(path).unwrap_or_default();
        if text.contains(what) {
            return text;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "{}: {text}", path.display());
        std::thread::sleep(Duration::from_millis(20));
    }
}
