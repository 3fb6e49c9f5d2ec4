//! Says which account posted an image: the file names that posts carry, joined to the exhibits.
//!
//! A name is a weak tie, so the join is careful. A name that two different images bear joins
//! nothing. A name that several accounts claim joins only the claims that come out of the same
//! archive as the image. A forwarded message shows somebody else's image and claims nothing. An
//! image that the case holds twice bears the names of both.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Media, Post};
use faisceau_model::{AccountKey, ExhibitNo, Maybe, PostKind, RowId};

/// Other names and places of the bytes of an exhibit: repeated members and repeated additions.
pub(crate) type Aliases = BTreeMap<ExhibitNo, Vec<(String, Option<ExhibitNo>)>>;

/// Posts that show an image under a name, by account.
type Claims<'a> = BTreeMap<&'a AccountKey, Vec<&'a Post>>;

/// Gives each image the accounts that posted it: a row for each, with the posts that say so.
pub(crate) fn join(media: Vec<Media>, posts: &[Post], aliases: &Aliases) -> Vec<Media> {
    let mut claims: BTreeMap<&str, Claims<'_>> = BTreeMap::new();
    for post in posts.iter().filter(|post| post.kind != PostKind::Forwarded) {
        for name in &post.media {
            let of_name = claims.entry(file_name(name)).or_default();
            of_name.entry(&post.account).or_default().push(post);
        }
    }
    let mut bearers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for image in &media {
        for (name, _) in names(image, aliases) {
            bearers.entry(name).or_default().insert(image.sha256.clone());
        }
    }
    media
        .into_iter()
        .flat_map(|image| {
            if image.account.known().is_some() {
                return vec![image];
            }
            let mut found: BTreeMap<&AccountKey, BTreeSet<&RowId>> = BTreeMap::new();
            for (name, archive) in names(&image, aliases) {
                let unique = bearers.get(&name).is_some_and(|images| images.len() == 1);
                let Some(of_name) = claims.get(name.as_str()).filter(|_| unique) else { continue };
                for (account, showing) in of_name {
                    let near = |post: &&&Post| {
                        of_name.len() == 1
                            || (archive.is_some() && post.exhibit.parent() == archive)
                    };
                    let ids: Vec<&RowId> = showing.iter().filter(near).map(|p| &p.id).collect();
                    if !ids.is_empty() {
                        found.entry(account).or_default().extend(ids);
                    }
                }
            }
            rows(image, &found)
        })
        .collect()
}

fn rows(image: Media, found: &BTreeMap<&AccountKey, BTreeSet<&RowId>>) -> Vec<Media> {
    if found.is_empty() {
        return vec![image];
    }
    found
        .iter()
        .enumerate()
        .map(|(part, (account, posts))| Media {
            id: RowId::at("med", image.exhibit, &image.place, part as u32),
            account: Maybe::Known((*account).clone()),
            posted_in: posts.iter().map(ToString::to_string).collect(),
            ..image.clone()
        })
        .collect()
}

/// The names that an image bears in the case, each with the archive it has that name in.
fn names(image: &Media, aliases: &Aliases) -> Vec<(String, Option<ExhibitNo>)> {
    let own = (file_name(&image.name).to_owned(), image.exhibit.parent());
    let others = aliases.get(&image.exhibit).into_iter().flatten();
    let others = others.map(|(name, archive)| (file_name(name).to_owned(), *archive));
    std::iter::once(own).chain(others).collect()
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use faisceau_model::Place;

    use super::*;

    fn image(no: u32, name: &str, sha256: &str) -> Media {
        let exhibit = ExhibitNo::top(no);
        let name = name.to_owned();
        Media { name, ..Media::new(exhibit, &Place::Whole, 0, sha256.to_owned(), "image/jpeg") }
    }

    fn post(no: u32, account: &str, kind: PostKind, media: &str) -> Post {
        let exhibit = ExhibitNo::top(no);
        let place = Place::Pointer(format!("/{account}"));
        Post {
            kind,
            media: vec![media.to_owned()],
            ..Post::new(exhibit, &place, 0, AccountKey::by_handle("forum", account))
        }
    }

    fn accounts(rows: &[Media]) -> Vec<String> {
        rows.iter().filter_map(|m| m.account.known().map(ToString::to_string)).collect()
    }

    #[test]
    fn one_claim_on_one_image_joins_and_names_the_post() {
        let posts = [post(2, "ann", PostKind::Public, "photos/a.jpg")];
        let rows = join(vec![image(1, "a.jpg", "s")], &posts, &Aliases::new());
        assert_eq!(accounts(&rows), ["forum:@ann"]);
        assert_eq!(rows[0].posted_in, [posts[0].id.to_string()]);
    }

    #[test]
    fn a_name_that_two_accounts_or_two_images_bear_joins_nothing() {
        let two = [
            post(2, "ann", PostKind::Public, "image.jpg"),
            post(3, "bob", PostKind::Public, "image.jpg"),
        ];
        assert!(
            accounts(&join(vec![image(1, "image.jpg", "s")], &two, &Aliases::new())).is_empty()
        );
        let images = vec![image(1, "image.jpg", "s"), image(4, "x/image.jpg", "t")];
        assert!(accounts(&join(images, &two[..1], &Aliases::new())).is_empty());
    }

    #[test]
    fn a_forwarded_image_is_not_the_forwarder_s() {
        let posts = [post(2, "ann", PostKind::Forwarded, "a.jpg")];
        assert!(accounts(&join(vec![image(1, "a.jpg", "s")], &posts, &Aliases::new())).is_empty());
    }

    #[test]
    fn the_same_bytes_under_two_names_have_two_posters() {
        let posts =
            [post(2, "ann", PostKind::Public, "a.jpg"), post(3, "bob", PostKind::Public, "b.jpg")];
        let aliases = Aliases::from([(ExhibitNo::top(1), vec![("b.jpg".to_owned(), None)])]);
        let rows = join(vec![image(1, "a.jpg", "s")], &posts, &aliases);
        assert_eq!(accounts(&rows), ["forum:@ann", "forum:@bob"]);
        assert_ne!(rows[0].id, rows[1].id);
    }
}
