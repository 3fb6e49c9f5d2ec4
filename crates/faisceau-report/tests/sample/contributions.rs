//! Habits and passages of the sample's links: invented, as all its words.

use std::fmt::Write as _;

use faisceau_model::rows::Contribution;
use faisceau_model::{Absent, Maybe, RowId};

use super::key;

/// Comparison, habit, log10, counts.
type HabitLine = (usize, &'static str, f64, &'static [&'static str]);

const HABITS: [HabitLine; 10] = [
    (1, "space before ! ?", 1.31, &["none=41/37", "space=2/0"]),
    (1, "c'est", 1.12, &["c=19/22", "c'est=3/1", "cest=0/2"]),
    (1, "negation", 0.64, &["with ne=1/0", "without ne=28/31"]),
    (1, "which emoticon", 0.48, &["^^=9/6", ":)=2/3", ":p=1/0", "=)=1/1", "rarer=4/2", "xd=0/1"]),
    (1, "words in a message", 0.22, &["0-3=9/14", "4-8=22/17", "9-16=12/15", "17-32=4/3"]),
    (1, "first word", -0.35, &["frère=0/8", "mdr=11/1", "rarer=30/28", "tu=4/4"]),
    (1, "apostrophe", -0.61, &["'=33/4", "’=0/25"]),
    (5, "ellipsis", 0.57, &["...=14/11", "…=0/2"]),
    (13, "first letter of a message", -0.92, &["capital=2/46", "small=44/1"]),
    (13, "negation", -0.81, &["with ne=1/24", "without ne=28/2"]),
];

/// Comparison, account, post, words: what a word brings stands in braces after it.
type PassageLine = (usize, usize, usize, &'static str);

const PASSAGES: [PassageLine; 6] = [
    (
        1,
        0,
        7,
        "mdr{+0.52} t'{+0.21}as cru{+0.11} quoi{+0.84} c{+1.32} pas{+0.41} fini{-0.05} !!!{+0.72} regarde{-0.38} \u{1}{+0.12}",
    ),
    (
        1,
        0,
        12,
        "y{+0.36} a{+0.33} tout{-0.12} le{-0.08} monde{-0.02} qui{+0.05} sait{+0.31}, par{-0.82} contre{-0.71} toi{+0.18} \u{2}{+0.04} tu{+0.33} dis{+0.02} rien{+0.44}..{+0.91}",
    ),
    (
        1,
        1,
        3,
        "c{+1.05} toi{+0.22} qui{+0.05} a{+0.31} commencer{+0.02} mdr{+0.61} assume{+0.08} !!!{+0.80}",
    ),
    (
        5,
        2,
        9,
        "Je{-0.42} ne{-0.95} vois{-0.10} pas{-0.31} pourquoi{+0.12} tu{+0.35} insistes{+0.02}...{+0.93} laisse{+0.04} tomber{+0.03}...{+0.93}",
    ),
    (
        13,
        0,
        7,
        "mdr{-1.20} t'{-0.33}as cru{-0.14} quoi{-0.75} c{-1.61} pas{-0.35} fini{-0.04} !!!{-0.90}",
    ),
    (
        13,
        3,
        21,
        "Nous{-0.88} n'{-0.74}avons{-0.33} jamais{-0.20} prétendu{+0.02} le{+0.04} contraire{-0.10} ; il{-0.55} faut{+0.01} lire{+0.02}.{-0.41}",
    ),
];

pub(super) fn contributions() -> Vec<Contribution> {
    let row = |comparison: usize, part: &str| Contribution {
        id: RowId::derived("ctb", 1),
        comparison: RowId::derived("cmp", comparison),
        account: Maybe::Missing(Absent::NotApplicable),
        part: part.to_owned(),
        item: String::new(),
        value: 0.0,
        detail: Vec::new(),
        rows: vec!["posts?account=x:1712345678901".to_owned()],
    };
    let habits = HABITS.iter().map(|(comparison, habit, value, detail)| Contribution {
        item: (*habit).to_owned(),
        value: *value,
        detail: detail.iter().map(ToString::to_string).collect(),
        ..row(*comparison, "writing_habits")
    });
    let passages = PASSAGES.iter().map(|(comparison, account, post, words)| {
        let (item, detail) = weighed(words);
        Contribution {
            account: Maybe::Known(key(*account)),
            item,
            detail,
            rows: vec![format!("post:1:/posts/{post}")],
            ..row(*comparison, "lambda_g")
        }
    });
    let mut rows: Vec<Contribution> = habits.chain(passages).collect();
    for (n, row) in rows.iter_mut().enumerate() {
        row.id = RowId::derived("ctb", n + 1);
    }
    rows
}

/// The text, and its words with what they bring.
fn weighed(words: &str) -> (String, Vec<String>) {
    let (mut text, mut detail) = (String::new(), Vec::new());
    for part in words.split('}').filter(|part| !part.is_empty()) {
        let (before, value) = part.split_once('{').expect("a value");
        text.push_str(before);
        let word = before.trim_start_matches([' ', ',', ';']);
        let mut entry = format!("{}-{}=", text.len() - word.len(), text.len());
        write!(entry, "{value}0").expect("a string");
        detail.push(entry);
    }
    (text, detail)
}
