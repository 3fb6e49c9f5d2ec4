//! Blocks a crowd with planted pairs; prints the time, the peak memory, the counts and the recall.
//!
//! `cargo run --release -p faisceau-signals --example blocking -- datasets/reference 100000 50`
//! makes 100,000 accounts of 50 posts. With a folder of corpora and a number of words behind it,
//! the halves of their authors join the crowd as accounts:
//! `... datasets/reference 20000 50 ../corpora 500`.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a command")]

mod worlds;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use faisceau_model::AccountKey;
use faisceau_model::rows::Post;
use faisceau_signals::blocking::{Builder, Candidates, Reason};
use rayon::prelude::*;

/// Posts made at a time.
const BATCH: usize = 50_000;

/// A pair of accounts of one author, with the group under which its recall is counted.
type Planted = (String, AccountKey, AccountKey);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, count, each, corpora @ ..] = &arguments[..] else {
        return Err("expected: FOLDER ACCOUNTS POSTS [CORPORA WORDS]".into());
    };
    let (count, each): (usize, usize) = (count.parse()?, each.parse()?);
    let mut accounts: Vec<AccountKey> = (0..count).map(worlds::account).collect();
    let mut planted: Vec<Planted> = (0..count)
        .filter(|&number| number > 0 && worlds::crowd::author(number) != number as u64)
        .map(|number| ("planted".to_owned(), worlds::account(number - 1), worlds::account(number)))
        .collect();
    let mut posts = Vec::new();
    if let [corpora, words] = corpora {
        for name in ["en_irc_dev", "fr_comments_dev", "en_commits_dev"] {
            let path = Path::new(corpora).join(format!("{name}.csv.gz"));
            read(&path, name, words.parse()?, &mut posts, &mut planted)?;
        }
        accounts.extend(posts.iter().map(|post: &Post| post.account.clone()));
    }
    let reference = worlds::reference(Path::new(folder))?;
    let pools = [worlds::Words::of(&reference, "en"), worlds::Words::of(&reference, "fr")];
    let start = Instant::now();
    let mut making = 0.0;
    let mut builder = Builder::new(&accounts);
    for post in &posts {
        builder.post(post);
    }
    drop(posts);
    let total = count * each;
    for batch in 0..total.div_ceil(BATCH) {
        let made = Instant::now();
        let numbers = batch * BATCH..((batch + 1) * BATCH).min(total);
        let posts: Vec<Post> = numbers
            .into_par_iter()
            .map(|number| worlds::crowd::post(&pools, number, count))
            .collect();
        making += made.elapsed().as_secs_f64();
        for post in &posts {
            builder.post(post);
        }
    }
    worlds::crowd::addresses(&mut builder, count);
    let read = start.elapsed().as_secs_f64() - making;
    let candidates = builder.finish();
    let all = start.elapsed().as_secs_f64() - making;
    println!(
        "{count} accounts of {each} posts: {all:.1} s ({read:.1} s reading), and {making:.1} s making them"
    );
    println!("peak memory {} MB", worlds::Used::now().peak);
    print(&candidates, &planted);
    Ok(())
}

/// Halves of the authors of a corpus, `words` words nearest the cut.
fn read(
    path: &Path,
    name: &str,
    words: usize,
    posts: &mut Vec<Post>,
    planted: &mut Vec<Planted>,
) -> Result<(), Box<dyn Error>> {
    let mut halves = BTreeMap::<(String, String), Vec<(String, String)>>::new();
    let mut rows =
        csv::Reader::from_reader(flate2::read::GzDecoder::new(std::fs::File::open(path)?));
    for row in rows.records() {
        let row = row?;
        let field = |at: usize| row.get(at).unwrap_or_default().to_owned();
        halves.entry((field(0), field(4))).or_default().push((field(1), field(2)));
    }
    for ((author, split), texts) in &mut halves {
        texts.sort();
        if split == "A" {
            texts.reverse();
        }
        let key = AccountKey::by_id(name, &format!("{author}{split}"));
        let mut taken = 0;
        for (_, text) in texts.iter() {
            if taken >= words {
                break;
            }
            taken += text.split_whitespace().count();
            posts.push(worlds::post(&key, posts.len() as u64, 0, text.clone()));
        }
        if split == "B" && taken >= words * 4 / 5 {
            let other = AccountKey::by_id(name, &format!("{author}A"));
            planted.push((format!("{name} {words} words"), other, key));
        }
    }
    Ok(())
}

fn print(candidates: &Candidates, planted: &[Planted]) {
    println!("{:?}", candidates.counts);
    for reason in Reason::ALL {
        let counts = &candidates.counts;
        let at = reason as usize;
        println!(
            "  {}: {} pairs, {} too common",
            reason.as_str(),
            counts.kept_for[at],
            counts.too_common[at]
        );
    }
    let mut recall = BTreeMap::<&str, (usize, usize)>::new();
    for (group, a, b) in planted {
        let number = |key| candidates.accounts.binary_search(key).unwrap_or_default() as u32;
        let (a, b) = (number(a), number(b));
        let reasons = candidates.reasons_of((a.min(b), a.max(b)));
        let (kept, all) = recall.entry(group).or_default();
        *kept += usize::from(reasons.is_some_and(|reasons| reasons.has(Reason::Style)));
        *all += 1;
    }
    for (group, (kept, all)) in recall {
        println!("  {group}: {kept} of {all} pairs of one author are neighbours");
    }
}
