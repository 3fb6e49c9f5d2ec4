//! A crowd, one post at a time: every tenth account is the second account of the author before it,
//! one author in four writes French, one post in a thousand is a copy of a text.

use faisceau_model::rows::Post;
use faisceau_signals::blocking::{Builder, Shared};

use super::Words;

/// Of a hundred accounts, those that are the second account of the author before them.
const SECOND_ACCOUNTS: usize = 10;
/// Words of a post.
const LENGTH: usize = 12;

/// Tells blocking of addresses of two or three accounts, and of one of each thousand.
pub(crate) fn addresses(builder: &mut Builder, count: usize) {
    for number in 0..count {
        let key = super::account(number);
        builder.value(&key, Shared::Address, &format!("192.0.2.{}", number * 2 / 5));
        builder.value(&key, Shared::Address, &format!("198.51.100.{}", number / 1000));
    }
}

/// The author of an account: every tenth account is the second of the one before.
pub(crate) fn author(number: usize) -> u64 {
    if number > 0 && number.is_multiple_of(100 / SECOND_ACCOUNTS) {
        number as u64 - 1
    } else {
        number as u64
    }
}

/// A post of the crowd by its number among those of `count` accounts.
pub(crate) fn post(pools: &[Words; 2], number: usize, count: usize) -> Post {
    let (account, message) = (number % count, number as u64 / count as u64);
    let author = author(account);
    // Two accounts of an author differ in what is said, not in how: the hash is the author's.
    let second = u64::from(author as usize != account);
    let pool = &pools[usize::from(author % 4 == 3)];
    let text = if number % 1000 == 7 {
        // One post in a thousand is a copy of a text, with another end.
        let copied = (1 << 23) + number as u64 / 20_000;
        format!("{} {}", pools[0].message(copied, 0, LENGTH), number % 97)
    } else {
        pool.message(author, message << 1 | second, LENGTH)
    };
    let second = 1_700_000_000 + (message * 86_400 + author % 20 * 3600) as i64;
    super::post(&super::account(account), number as u64, second, text)
}
