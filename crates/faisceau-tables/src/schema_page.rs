//! The page that documents the tables, made from the row structs.

use std::fmt::Write;

use faisceau_model::rows::{
    Account, Address, AddressVerdict, Answer, ClockCheck, Comparison, Connection, Contribution,
    Device, ExhibitRow, Explanation, Identity, Link, MailHop, MailOrigin, MailVerdict, Media,
    MediaField, Name, Post, Raid, Reject, Request, SignIn, Signature, Subscriber, UnknownField,
};
use faisceau_model::table::{Kind, Row};

/// The Markdown page `docs/tables.md`.
pub fn schema_page() -> String {
    let mut page = String::from(
        "# Tables\n\nMade from the row structs of `faisceau-model` by `cargo test -p \
         faisceau-tables` with `FAISCEAU_BLESS=1`; a test fails when it is stale.\n\n\
         Every file is Parquet, `tables/NAME.parquet`. A time is three columns: `NAME_utc` \
         (microseconds), `NAME_prec` (us, ms, s, min, h, day, month, year, interval) and \
         `NAME_zone` (explicit, unix, inferred, assumed). A value that is missing is null, and \
         the last column, `absent`, says why: `port=not_recorded lang=not_exported`.\n",
    );
    section::<ExhibitRow>(&mut page);
    section::<Account>(&mut page);
    section::<Post>(&mut page);
    section::<Connection>(&mut page);
    section::<Media>(&mut page);
    section::<MediaField>(&mut page);
    section::<MailHop>(&mut page);
    section::<MailVerdict>(&mut page);
    section::<MailOrigin>(&mut page);
    section::<Name>(&mut page);
    section::<Device>(&mut page);
    section::<Subscriber>(&mut page);
    section::<Signature>(&mut page);
    section::<Address>(&mut page);
    section::<AddressVerdict>(&mut page);
    section::<SignIn>(&mut page);
    section::<ClockCheck>(&mut page);
    section::<Comparison>(&mut page);
    section::<Link>(&mut page);
    section::<Explanation>(&mut page);
    section::<Contribution>(&mut page);
    section::<Raid>(&mut page);
    section::<Identity>(&mut page);
    section::<Request>(&mut page);
    section::<Answer>(&mut page);
    section::<UnknownField>(&mut page);
    section::<Reject>(&mut page);
    page
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
