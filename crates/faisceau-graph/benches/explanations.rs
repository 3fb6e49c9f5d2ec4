//! Speed of explanations: every pair of many accounts, all of them near.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a bench may stop")]

use divan::{Bencher, black_box};
use faisceau_graph::{ExplanationInput, explanations};
use faisceau_model::rows::{Comparison, Link, Post};
use faisceau_model::table::{Cell, Kind, Row};
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place};

fn main() {
    divan::main();
}

/// A row with these cells; the others are missing, or the least of their kind.
fn row<R: Row>(cells: impl Fn(&str) -> Option<Cell<'static>>) -> R {
    let mut at = 0;
    let next = &mut || {
        let column = &R::COLUMNS[at];
        at += 1;
        cells(column.name).unwrap_or_else(|| match column.kind {
            _ if column.nullable => Cell::Missing(Absent::NotRecorded),
            Kind::Texts => Cell::Texts(Vec::new().into()),
            Kind::Int => Cell::Int(1),
            Kind::Float => Cell::Float(2.0),
            Kind::Bool => Cell::Bool(false),
            Kind::Text | Kind::Word | Kind::Moment => Cell::Text("x".into()),
        })
    };
    R::from_cells(next).expect("a row")
}

fn name(n: usize) -> String {
    format!("x:{n:05}")
}

struct World {
    links: Vec<Link>,
    comparisons: Vec<Comparison>,
    posts: Vec<Post>,
}

/// `accounts` accounts with 100 posts each, in threads of ten, and all pairs of them.
fn world(accounts: usize) -> World {
    let mut world = World { links: Vec::new(), comparisons: Vec::new(), posts: Vec::new() };
    for a in 0..accounts {
        for n in 0..100 {
            let number = a * 100 + n;
            let place = Place::Line { number: number as u64 + 1, byte: number as u64 };
            let key = AccountKey::by_id("x", &format!("{a:05}"));
            let mut post = Post::new(ExhibitNo::top(1), &place, 0, key);
            let at = 1_700_000_000 + (n * 86_400 + (a * 37 + n * 101) % 40_000) as i64;
            post.at = Maybe::or_absent(Moment::from_unix_seconds(at), Absent::NotRecorded);
            post.thread = Maybe::Known(format!("fil {}", (a / 10 + n) % 50));
            post.text = Maybe::Known(format!(
                "le message numéro {number} du compte {a} parle de tout et de rien, comme {n} \
                 autres messages que le compte {a} avait écrits sur ce fil avant aujourd'hui"
            ));
            world.posts.push(post);
        }
    }
    for a in 0..accounts {
        for b in a + 1..accounts {
            let number = world.links.len() + 1;
            let pair = |column: &str| match column {
                "a" => Some(Cell::Text(name(a).into())),
                "b" => Some(Cell::Text(name(b).into())),
                _ => None,
            };
            world.comparisons.push(row(|column| match column {
                "id" => Some(Cell::Text(format!("cmp:{number}").into())),
                "family" => Some(Cell::Text("style".into())),
                "innocent" => Some(Cell::Texts(
                    vec!["common_subject".to_owned(), "copied_text".to_owned()].into(),
                )),
                _ => pair(column),
            }));
            world.links.push(row(|column| match column {
                "id" => Some(Cell::Text(format!("lnk:{number}").into())),
                "relation" => Some(Cell::Text("same_hand".into())),
                "favours" => Some(Cell::Text("H1".into())),
                "style" | "time" => Some(Cell::Float(1.0)),
                "rows" => Some(Cell::Texts(vec![format!("cmp:{number}")].into())),
                _ => pair(column),
            }));
        }
    }
    world
}

#[divan::bench(args = [25, 50, 100], sample_count = 3)]
fn all_pairs(bencher: Bencher<'_, '_>, accounts: usize) {
    let world = world(accounts);
    bencher.bench_local(|| {
        let input = ExplanationInput {
            links: &world.links,
            comparisons: &world.comparisons,
            posts: &world.posts,
            addresses: &[],
            verdicts: &[],
            connections: &[],
            accounts: &[],
            media: &[],
            identities: &[],
        };
        black_box(explanations(&input)).len()
    });
}
