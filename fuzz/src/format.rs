//! The fuzz target of one format: the one that `FAISCEAU_FUZZ_FORMAT` names, or, if that is `any`,
//! the recognition of formats, whatever parser follows, and what else looks at any exhibit.
//!
//! A crash is a panic, an overflow, a hang, memory beyond the limit of the runner, or a broken
//! promise: a record that is neither read nor rejected, a reject that is not counted or not inert.

#![no_main]

use std::io::{Cursor, Read};
use std::sync::LazyLock;

use faisceau_fuzz::{case, workbook};
use faisceau_import::{
    Format, ImportSettings, Source, archive_owner, formats, import, import_as, propose, words_at,
};
use faisceau_model::{Collected, ExhibitNo, excerpt};
use libfuzzer_sys::fuzz_target;

static FORMAT: LazyLock<Option<&'static Format>> = LazyLock::new(|| {
    let name = std::env::var("FAISCEAU_FUZZ_FORMAT").expect("FAISCEAU_FUZZ_FORMAT names a format");
    let found = formats().find(|format| format.name == name);
    assert!(found.is_some() || name == "any", "no format of the name {name}");
    found
});

static SETTINGS: LazyLock<ImportSettings> = LazyLock::new(|| case::settings(ExhibitNo::top(1)));

fuzz_target!(
    init: {
        // libFuzzer's hook ends the process at once, but the parsers catch panics of some readers
        // that are not theirs. A panic that nobody catches still ends it.
        let _ = std::panic::take_hook();
        LazyLock::force(&FORMAT);
        LazyLock::force(&SETTINGS);
    },
    |data: &[u8]| {
        let mut bytes = data.to_vec();
        if FORMAT.is_some_and(|format| format.name == "workbook") && !data.starts_with(b"PK") {
            bytes = workbook::around(data);
        }
        read(&bytes);
    }
);

fn read(bytes: &[u8]) {
    let owned = bytes.to_vec();
    let open = move || -> std::io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(owned.clone())))
    };
    let exhibit = ExhibitNo::top(1);
    let source = Source { exhibit, name: "fuzz", len: bytes.len() as u64, open: &open };
    let mut sink = Collected::default();
    let imported = match *FORMAT {
        Some(format) => import_as(format, &source, &SETTINGS, &mut sink),
        None => import(&source, &SETTINGS, &mut sink),
    };
    assert!(sink.tally.balances(), "{:?}", sink.tally);
    assert_eq!(sink.tally.rejected, sink.rejects.len() as u64);
    for reject in &sink.rejects {
        assert!(!reject.detail.is_empty());
        inert(&reject.detail);
        inert(&reject.excerpt);
    }
    inert(imported.problem.as_deref().unwrap_or_default());
    if FORMAT.is_none() {
        let _ = archive_owner(bytes);
        let _ = propose(&source);
        if let Some(reject) = sink.rejects.first() {
            let _ = words_at(bytes.to_vec(), &reject.place);
        }
    }
}

/// Checks that a terminal shows this text as it stands.
fn inert(text: &str) {
    assert_eq!(text, excerpt(text, usize::MAX), "not inert");
}
