//! The tables of `docs/address-verdicts.md` are those that the example prints today.

#[path = "../examples/measuring/mod.rs"]
#[expect(dead_code, reason = "the draws are left to the example: they take a release build")]
mod measuring;

use crate::measuring::{ageing, alarms, lists};

#[test]
fn the_page_has_the_tables_of_the_bundled_lists() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/address-verdicts.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (bundled, networks) = (lists::bundled().unwrap(), lists::announced().unwrap());
    for table in [
        ageing::table(&bundled),
        ageing::newest_for_old_events(&bundled),
        alarms::causes(&bundled, &networks),
    ] {
        assert!(table.len() > 2, "an empty table says nothing");
        assert!(
            page.contains(&table.join("\n")),
            "run the example, and renew the page:\n{table:#?}"
        );
    }
}
