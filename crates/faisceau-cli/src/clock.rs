//! The only place that reads the clock.

use crate::exit::Exit;
use crate::printer::Failure;

/// Now, or the instant that `FAISCEAU_CLOCK` (RFC 3339) says, for reproducible runs.
pub(crate) fn now() -> Result<jiff::Timestamp, Failure> {
    match std::env::var("FAISCEAU_CLOCK") {
        Err(_) => Ok(jiff::Timestamp::now()),
        Ok(text) => text.parse().map_err(|_| {
            Failure::new(Exit::WrongUse, format!("FAISCEAU_CLOCK is `{text}`, which is no instant"))
                .hint("write it like 2026-11-20T10:00:00Z, or unset it")
        }),
    }
}

/// Who acts, for the journal: `--who`, else the login name.
pub(crate) fn who(given: Option<&str>) -> String {
    let login = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    given.map(str::to_owned).or_else(login).unwrap_or_else(|| "unknown".to_owned())
}
