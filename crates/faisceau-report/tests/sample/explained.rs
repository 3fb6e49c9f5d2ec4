//! Explanations of the sample's links.

use faisceau_model::rows::{Explanation, Link};
use faisceau_model::{RowId, Standing};

/// Link, code, standing, figures, rows.
type Line = (usize, &'static str, Standing, &'static [&'static str], &'static [&'static str]);

const LINES: [Line; 7] = [
    (
        1,
        "reassigned_address",
        Standing::Contradicted,
        &["addresses=1", "undated=0", "gap_days=2", "changes=7"],
        &["adr:5:l10@1200"],
    ),
    (
        1,
        "same_household",
        Standing::Supported,
        &[
            "lines=1",
            "devices=0",
            "uses_a=12",
            "uses_b=1204",
            "same_minutes=3",
            "apart_minutes=2",
            "common_agents=1",
            "others=0",
        ],
        &["adr:5:l10@1200", "adr:5:l11@1320"],
    ),
    (1, "selected_pair", Standing::Open, &["pairs_compared=15", "per_thousand=69"], &["lnk:1"]),
    (
        2,
        "copied_text",
        Standing::Supported,
        &[
            "lines=4",
            "words_a=1250",
            "words_b=840",
            "common_a=61",
            "common_b=58",
            "near_a=1",
            "near_b=2",
            "after_a=0",
            "after_b=5",
        ],
        &["post:1:/posts/7"],
    ),
    (2, "unknown_code", Standing::Open, &["figure=1"], &[]),
    (
        4,
        "different_genre",
        Standing::Supported,
        &["same_platform=0", "same_kind=1", "median_a=14", "median_b=61"],
        &["posts?account=x:1712345678901"],
    ),
    (
        4,
        "impersonation",
        Standing::Open,
        &["names_alike=0", "common_lines=0"],
        &["acc:1:/accounts/0", "acc:1:/accounts/3"],
    ),
];

pub(super) fn explanations(links: &[Link]) -> Vec<Explanation> {
    let row = |(n, line): (usize, &Line)| {
        let (number, code, standing, counted, rows) = *line;
        let id = RowId::derived("lnk", number);
        let link = links.iter().find(|link| link.id == id).expect("a link");
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
        Explanation {
            id: RowId::derived("exp", n + 1),
            link: id,
            a: link.a.clone(),
            b: link.b.clone(),
            code: code.to_owned(),
            standing,
            counted: texts(counted),
            explains: link.rows.iter().take(1).cloned().collect(),
            rows: texts(rows),
        }
    };
    LINES.iter().enumerate().map(row).collect()
}
