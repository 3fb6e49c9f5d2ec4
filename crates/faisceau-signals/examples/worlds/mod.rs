//! Worlds of many authors, recombined from the words of a reference population.
//!
//! An author walks through the words that follow each other in the reference and, of a few that
//! could come next, takes the one that the author's own hash likes best: everybody writes of the
//! same things, each in a way that shows. The same number gives the same text on every machine.

#[allow(dead_code, reason = "one of the programs that include this file does not ask for it")]
pub(crate) mod crowd;
#[allow(dead_code, reason = "one of the programs that include this file does not ask for it")]
pub(crate) mod discrete;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use faisceau_model::rows::Post;
use faisceau_model::{Absent, AccountKey, ExhibitNo, Maybe, Moment, Place};
use faisceau_signals::{Reference, SplitMix64};

/// Words that could come next, among which the author chooses.
const CHOICES: usize = 2;

/// Reads the reference from its folder.
pub(crate) fn reference(folder: &Path) -> Result<Reference, Box<dyn Error>> {
    let authors = zstd::decode_all(&*std::fs::read(folder.join("authors.jsonl.zst"))?)?;
    let file = |name: &str| std::fs::read(folder.join(name));
    Ok(Reference::parse(&authors, &file("hours.json")?, &file("fusion.json")?)?)
}

/// Words and what follows each of them in the texts of one language.
pub(crate) struct Words {
    words: Vec<String>,
    next: Vec<Vec<u32>>,
}

impl Words {
    /// The words of the authors of one language.
    pub(crate) fn of(reference: &Reference, lang: &str) -> Self {
        let mut numbers = BTreeMap::<String, u32>::new();
        let mut words = Self { words: Vec::new(), next: Vec::new() };
        let authors = reference.authors().iter().filter(|author| author.lang == lang);
        for text in authors.flat_map(|author| author.halves.iter().flatten()) {
            let mut last: Option<u32> = None;
            for word in text.split_whitespace().filter(|word| word.len() < 40) {
                let number = *numbers.entry(word.to_owned()).or_insert_with(|| {
                    words.words.push(word.to_owned());
                    words.next.push(Vec::new());
                    words.words.len() as u32 - 1
                });
                if let Some(last) = last {
                    words.next[last as usize].push(number);
                }
                last = Some(number);
            }
        }
        words
    }

    /// A message of `author`; `number` tells the messages apart.
    pub(crate) fn message(&self, author: u64, number: u64, length: usize) -> String {
        let mut chance = SplitMix64::new(author << 24 ^ number);
        let _ = chance.next();
        let liked = |word: u32| SplitMix64::new(author << 32 ^ u64::from(word)).next();
        let mut text = String::with_capacity(length * 6);
        let mut at = chance.below(self.words.len()) as u32;
        for _ in 0..length {
            if !text.is_empty() {
                text.push(' ');
            }
            let word = &self.words[at as usize];
            text.push_str(word);
            // One word in forty is spelled the author's way.
            if liked(at).is_multiple_of(40) {
                text.extend(word.chars().last());
            }
            let next = &self.next[at as usize];
            at = if next.is_empty() {
                chance.below(self.words.len()) as u32
            } else {
                let draw = (0..CHOICES).map(|_| next[chance.below(next.len())]);
                draw.max_by_key(|&word| liked(word)).unwrap_or_default()
            };
        }
        // Three habits of typing.
        if author.is_multiple_of(3) {
            text = text.to_lowercase();
        }
        text.push_str(["", ".", " !", "...", " lol"][(author / 3 % 5) as usize]);
        text
    }
}

/// A post.
pub(crate) fn post(account: &AccountKey, number: u64, second: i64, text: String) -> Post {
    let place = Place::Line { number: number + 1, byte: 0 };
    Post {
        at: Maybe::or_absent(Moment::from_unix_seconds(second), Absent::Unreadable),
        text: Maybe::Known(text),
        ..Post::new(ExhibitNo::top(1), &place, 0, account.clone())
    }
}

/// An account by its number.
pub(crate) fn account(number: usize) -> AccountKey {
    AccountKey::by_id("x", &format!("{number:06}"))
}

/// The accounts and posts of `count` authors, one account each, with `words` words.
#[allow(dead_code, reason = "one of the programs that include this file does not ask for it")]
pub(crate) fn accounts(pool: &Words, count: usize, words: usize) -> (Vec<AccountKey>, Vec<Post>) {
    const LENGTH: usize = 20;
    let (mut accounts, mut posts) = (Vec::new(), Vec::new());
    for number in 0..count {
        let key = account(number);
        for message in 0..words.div_ceil(LENGTH) as u64 {
            let text = pool.message(number as u64, message, LENGTH + 2);
            let hour = message as i64 * 29 + (number as i64 * 7 + message as i64 % 5) % 24;
            posts.push(post(&key, posts.len() as u64, 1_700_000_000 + hour * 3600, text));
        }
        accounts.push(key);
    }
    (accounts, posts)
}

/// What this process has used so far, where the system tells.
#[derive(Debug, Clone, Copy, Default)]
#[allow(dead_code, reason = "each command prints what it wants")]
pub(crate) struct Used {
    /// The most memory ever held, in megabytes.
    pub(crate) peak: u64,
    /// Seconds of processor time, in all threads.
    pub(crate) processor: f64,
}

impl Used {
    /// Forgets the peak, so that the next one is that of what follows.
    #[allow(dead_code, reason = "one of the programs that include this file does not ask for it")]
    pub(crate) fn forget_peak() {
        // Where the system has no such file, the peak stays that of the whole run.
        let _ = std::fs::write("/proc/self/clear_refs", "5");
    }

    /// What the system says now.
    #[allow(dead_code, reason = "one of the programs that include this file does not ask for it")]
    pub(crate) fn now() -> Self {
        let read = |name: &str| std::fs::read_to_string(name).unwrap_or_default();
        let status = read("/proc/self/status");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        // User and system time in hundredths of a second follow the name in parentheses.
        let stat = read("/proc/self/stat");
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        let ticks: f64 =
            fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
        Self { peak: peak.unwrap_or_default() / 1024, processor: ticks / 100.0 }
    }
}
