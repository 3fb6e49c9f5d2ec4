//! Says which account posted an image: the file names that posts carry, joined to the exhibits.
//!
//! A name that two exhibits bear joins nothing: which of them was posted is not known.

use std::collections::BTreeMap;

use faisceau_model::rows::{Media, Post};
use faisceau_model::{AccountKey, Maybe, RowId};

/// Adds one media row for each (account, image) that a post shows. The rows read from the
/// exhibits keep their place; an image posted by several accounts gets a row for each.
pub(crate) fn join(media: Vec<Media>, posts: &[Post]) -> Vec<Media> {
    let mut posters: BTreeMap<&str, Vec<&AccountKey>> = BTreeMap::new();
    for post in posts {
        for name in &post.media {
            let accounts = posters.entry(file_name(name)).or_default();
            if !accounts.contains(&&post.account) {
                accounts.push(&post.account);
            }
        }
    }
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for image in &media {
        *bearers.entry(file_name(&image.name).to_owned()).or_default() += 1;
    }
    let mut joined = Vec::with_capacity(media.len());
    for image in media {
        let name = file_name(&image.name);
        let unique = bearers.get(name) == Some(&1);
        let accounts = posters.get(name).filter(|_| unique && image.account.known().is_none());
        match accounts {
            None => joined.push(image),
            Some(accounts) => {
                for (part, account) in accounts.iter().enumerate() {
                    let id = RowId::at("med", image.exhibit, &image.place, part as u32);
                    let account = Maybe::Known((*account).clone());
                    joined.push(Media { id, account, ..image.clone() });
                }
            }
        }
    }
    joined
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
