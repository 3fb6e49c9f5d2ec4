//! The binary `faisceau`: argument, call, print. It holds no logic of its own.
//!
//! stdout is data, stderr is talk. Exit codes are those of [`exit::Exit`].

mod arguments;
mod clock;
mod commands;
mod exit;
mod printer;
mod progress;

use clap::Parser;

use crate::arguments::Arguments;
use crate::printer::Printer;

/// Rows are many small texts made on one thread and dropped on another: measured in docs/build.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    std::panic::set_hook(Box::new(printer::panicked));
    let arguments = Arguments::parse();
    let printer = Printer::new(arguments.json, arguments.quiet);
    match commands::dispatch(&arguments, &printer) {
        Ok(_) if printer::lost() => exit::Exit::Internal.into(),
        Ok(exit) => exit.into(),
        Err(failure) => {
            printer.failure(&failure);
            failure.exit.into()
        }
    }
}
