//! The page that documents the tables, made from the row structs.

use std::fmt::Write;

use faisceau_model::rows::{TableVisitor, every_table};
use faisceau_model::table::{Kind, Row};

/// The Markdown page `docs/tables.md`.
pub fn schema_page() -> String {
    let page = String::from(
        "# Tables\n\nMade from the row structs of `faisceau-model` by `cargo test -p \
         faisceau-tables` with `FAISCEAU_BLESS=1`; a test fails when it is stale.\n\n\
         Every file is Parquet, `tables/NAME.parquet`. A time is three columns: `NAME_utc` \
         (microseconds), `NAME_prec` (us, ms, s, min, h, day, month, year, interval) and \
         `NAME_zone` (explicit, unix, inferred, assumed). A value that is missing is null, and \
         the last column, `absent`, says why: `port=not_recorded lang=not_exported`.\n",
    );
    let mut page = Page(page);
    let Ok(()) = every_table(&mut page);
    page.0
}

struct Page(String);

impl TableVisitor for Page {
    type Error = std::convert::Infallible;

    fn table<R: Row>(&mut self) -> Result<(), Self::Error> {
        section::<R>(&mut self.0);
        Ok(())
    }
}

fn section<R: Row>(page: &mut String) {
    // Writing to a `String` cannot fail.
    let _ = write!(page, "\n## {}\n\n{}\n\n", R::TABLE, R::DOC.trim());
    let _ = writeln!(page, "Row ids start with `{}:`.\n", R::PREFIX);
    page.push_str("| column | kind | unit | may be missing | meaning |\n|---|---|---|---|---|\n");
    for column in R::COLUMNS {
        let kind = match column.kind {
            Kind::Text | Kind::Word => "text",
            Kind::Texts => "list of texts",
            Kind::Int => "integer",
            Kind::Float => "float",
            Kind::Bool => "boolean",
            Kind::Moment => "time (three columns)",
        };
        let nullable = if column.nullable { "yes" } else { "" };
        let doc = column.doc.trim();
        let _ =
            writeln!(page, "| `{}` | {kind} | {} | {nullable} | {doc} |", column.name, column.unit);
    }
}
