//! What goes to stdout and stderr.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use faisceau_case::CaseError;
use serde::Serialize;

use crate::exit::Exit;

/// A command that could not be carried out: what is wrong, where, what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    message: String,
    hint: Option<String>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<CaseError> for Failure {
    fn from(error: CaseError) -> Self {
        let exit = if error.is_integrity() {
            Exit::IntegrityBroken
        } else if error.is_wrong_use() {
            Exit::WrongUse
        } else {
            Exit::Internal
        };
        let mut message = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            let text = cause.to_string();
            if !message.contains(&text) {
                // Writing to a `String` cannot fail.
                let _ = write!(message, ": {text}");
            }
            source = cause.source();
        }
        Self { exit, message, hint: error.hint() }
    }
}

/// Prints data on stdout, talk on stderr.
pub(crate) struct Printer {
    json: bool,
    quiet: bool,
    colour: bool,
}

impl Printer {
    pub(crate) fn new(json: bool, quiet: bool) -> Self {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { json, quiet, colour }
    }

    pub(crate) fn json(&self) -> bool {
        self.json
    }

    pub(crate) fn quiet(&self) -> bool {
        self.quiet
    }

    /// One line of data. Text from exhibits was made inert before it came here.
    #[expect(clippy::unused_self, reason = "who prints holds a printer")]
    pub(crate) fn line(&self, text: impl AsRef<str>) {
        out(text.as_ref());
    }

    /// A value for machines.
    #[expect(clippy::unused_self, reason = "who prints holds a printer")]
    pub(crate) fn value(&self, value: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value).map_err(|e| {
            Failure::new(Exit::Internal, format!("the result cannot be written: {e}"))
        })?;
        out(&text);
        Ok(())
    }

    /// Talk, silenced by `--quiet`.
    pub(crate) fn talk(&self, text: impl AsRef<str>) {
        if !self.quiet {
            talk(text.as_ref());
        }
    }

    /// A warning: never silenced, for nothing is lost in silence.
    pub(crate) fn warning(&self, text: impl AsRef<str>) {
        let label = if self.colour { "\u{1b}[33mwarning\u{1b}[0m" } else { "warning" };
        talk(&format!("{label}: {}", text.as_ref()));
    }

    /// Says why a command could not be carried out.
    pub(crate) fn failure(&self, failure: &Failure) {
        let label = if self.colour { "\u{1b}[31merror\u{1b}[0m" } else { "error" };
        // Settings errors point at a line with a caret: line breaks stay, all else is inert.
        let lines: Vec<_> = failure.message.lines().map(faisceau_model::inert).collect();
        talk(&format!("{label}: {}", lines.join("\n")));
        if let Some(hint) = &failure.hint {
            talk(&format!("hint: {hint}"));
        }
    }
}

/// Says what broke, made inert: a panic may quote a text of an exhibit. What asks polars
/// and what writes workbooks catch their panics and say so themselves.
pub(crate) fn panicked(info: &std::panic::PanicHookInfo<'_>) {
    if matches!(std::thread::current().name(), Some("query" | "xlsx")) {
        return;
    }
    let payload = info.payload();
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    talk(&format!("defect at {place}: {}", faisceau_model::excerpt(text, 300)));
}

/// Whether something could not be printed.
static LOST: AtomicBool = AtomicBool::new(false);

/// Whether data could not be printed to their end: a full disk behind stdout.
pub(crate) fn lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// A closed pipe ends the talk, it is no error of ours; any other failure is told at the end.
fn out(text: &str) {
    let mut stdout = std::io::stdout().lock();
    if let Err(error) = writeln!(stdout, "{text}").and_then(|()| stdout.flush())
        && error.kind() != std::io::ErrorKind::BrokenPipe
        && !LOST.swap(true, Ordering::Relaxed)
    {
        talk(&format!("error: what was asked for could not be printed: {error}"));
    }
}

fn talk(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
