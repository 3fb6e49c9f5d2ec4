//! Figures counted from rows: time, hours of the week, accounts and links, countries.

pub(super) mod hours;
mod layout;
pub(super) mod network;
pub(super) mod places;
pub(super) mod timeline;

use crate::language::Language;
use crate::text::Text;

/// `label : value, value`, `label: value, value` for each line that has a value.
fn told(lang: Language, lines: impl IntoIterator<Item = (Text, String)>) -> Text {
    let line = |(label, values): (Text, String)| label.plain(lang.pick(" : ", ": ")).plain(values);
    let lines = lines.into_iter().filter(|(_, values)| !values.is_empty()).map(line);
    Text::join(lines, lang.pick(" ; ", "; "))
}
