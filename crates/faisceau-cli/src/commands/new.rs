//! `faisceau new DIR`.

use std::path::Path;

use faisceau_case::Case;

use crate::arguments::Arguments;
use crate::clock;
use crate::exit::Exit;
use crate::printer::{Failure, Printer};

pub(super) fn new(
    arguments: &Arguments,
    dir: &Path,
    title: Option<&str>,
    printer: &Printer,
) -> Result<Exit, Failure> {
    let name = dir.file_name().map(|n| n.to_string_lossy().into_owned());
    let title = title.map_or_else(|| name.unwrap_or_else(|| "case".to_owned()), str::to_owned);
    Case::create(dir, &title, &clock::who(arguments.who.as_deref()), clock::now()?)?;
    let shown = dir.display().to_string();
    let shown = faisceau_model::inert(&shown);
    printer.talk(format!(
        "case opened in `{shown}`\nsettings: `{shown}/case.toml`, every one explained\n\
         next: cd '{shown}' && faisceau add PATH…"
    ));
    Ok(Exit::Done)
}
