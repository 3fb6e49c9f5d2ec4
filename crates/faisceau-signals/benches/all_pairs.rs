//! All pairs of many accounts by style, time, addresses, links and mails, and blocking of them.
//!
//! `cargo bench -p faisceau-signals --bench all_pairs`

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a bench stops where it cannot go on, and reads the bundled files"
)]

use std::path::Path;
use std::sync::OnceLock;

use faisceau_model::AccountKey;
use faisceau_model::rows::{Address, Post};
use faisceau_signals::blocking::Builder;
use faisceau_signals::{Material, Reference, compare};

#[path = "../examples/worlds/mod.rs"]
mod worlds;

fn main() {
    divan::main();
}

struct World {
    reference: Reference,
    accounts: Vec<AccountKey>,
    posts: Vec<Post>,
    addresses: Vec<Address>,
}

/// A thousand accounts of 500 words.
fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../datasets/reference"));
        let reference = worlds::reference(folder).expect("the reference");
        let (accounts, mut posts) =
            worlds::accounts(&worlds::Words::of(&reference, "en"), 1000, 500);
        worlds::discrete::write(&mut posts);
        let addresses = worlds::discrete::addresses(accounts.len());
        World { reference, accounts, posts, addresses }
    })
}

#[divan::bench(args = [100, 300, 1000], sample_count = 3, sample_size = 1)]
fn compare_all_pairs(count: usize) -> usize {
    let World { reference, accounts, posts, addresses } = world();
    let last = &accounts[count - 1];
    let posts = &posts[..posts.partition_point(|post| post.account <= *last)];
    let accounts = &accounts[..count];
    compare(&Material {
        accounts,
        account_rows: &[],
        devices: &[],
        posts,
        addresses: &addresses[..count * 3],
        media: &[],
        reference,
    })
    .len()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn block_a_thousand_accounts() -> usize {
    let World { accounts, posts, .. } = world();
    let mut builder = Builder::new(accounts);
    for post in posts {
        builder.post(post);
    }
    builder.finish().pairs.len()
}
