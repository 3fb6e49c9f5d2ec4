//! The tables that a site keeps of its visitors: `WordPress` and phpBB, as SQL dump or CSV.
//!
//! Producers: `mysqldump`, `mariadb-dump`, phpMyAdmin and phpBB's own backup (`MySQL` dialect);
//! phpMyAdmin and others for CSV. Columns from the schemas of `WordPress` (`wp-admin/includes/schema`)
//! and phpBB 3 (`install/schemas`); sessions of `WordPress` from dumps that its users publish.
//!
//! In: a dump or one table. Out, for each row of a table that is known: the post or comment, the
//! use of the address that the site saw at that instant, the accounts, and as subscribers the
//! e-mail addresses that the site declares. Set aside: rows of other tables, counted by table.
//! Refused: rows whose time cannot be read, and whatever the dump's syntax does not allow.
//!
//! Traps:
//! - Tables are told by their columns, never by their names: the prefix is the site's choice.
//!   Columns are found by the list of the INSERT, else by the CREATE TABLE before it.
//! - A guest chooses the name beside a comment: it is kept as `guest:<name>`, apart from the
//!   members. A guest without name, or with one that means nobody, is known by the comment alone.
//! - `WordPress` keeps local time and UTC side by side: UTC is taken. phpBB keeps Unix seconds.
//! - phpBB keeps markup with the text, and with it what was quoted from others: both are taken out
//!   of `text` and left in `text_raw`.
//! - phpBB 2 writes addresses as eight hexadecimal digits, and texts in a table of their own that
//!   cannot be joined here.
//! - Passwords, keys and tokens in these tables are read past and kept nowhere: a reject of such a
//!   table shows its place and its reason, and nothing of the row.

mod csv_table;
mod dump;
mod kinds;
mod markup;
mod php_value;
mod phpbb;
mod scan;
mod site;
mod table;
#[cfg(test)]
mod tests;
mod wordpress;

use crate::format::{Format, Group, Origin, Rank};

/// What the format of dumps says of itself.
pub(crate) static SQL: Format = Format {
    name: "site-sql",
    title: "SQL dump of a WordPress or phpBB site",
    group: Group::Logs,
    gives: &["posts", "connections", "accounts", "subscribers"],
    versions: "WordPress 4 to 6, phpBB 3; MySQL and MariaDB dialect",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/site.sql",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| dump::sniff(head.text()),
    parse: dump::parse,
    owner: None,
};

/// What the format of tables says of itself.
pub(crate) static CSV: Format = Format {
    name: "site-csv",
    title: "Table of comments, posts or users of a WordPress or phpBB site (CSV)",
    group: Group::Logs,
    gives: &["posts", "connections", "accounts", "subscribers"],
    versions: "WordPress 4 to 6, phpBB 3",
    checked: "2026-11-21",
    sample: "tests/fixtures/logs/wp_comments.csv",
    origin: Origin::Synthetic,
    rank: Rank::Structure,
    sniff: |head| csv_table::find(head.bytes).is_some(),
    parse: csv_table::parse,
    owner: None,
};
