//! Says which account posted an image: the file names that posts carry, joined to the exhibits.
//!
//! A name is a weak tie, so the join is careful: `IMG_0001.jpg` is on every telephone. A claim joins an
//! image of the same archive or the same folder, one that lies where the claim says (`photos/a.jpg`),
//! or one whose name cannot be chance. A name that two different images bear joins nothing. A name
//! that several accounts claim joins only the claims that come out of the same archive as the image. A
//! forwarded message shows somebody else's image and claims nothing. An image that the case holds
//! twice bears the names of both.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_model::rows::{Media, Post};
use faisceau_model::{AccountKey, ExhibitNo, Maybe, PostKind, RowId};

/// Other names and places of the bytes of an exhibit: repeated members and repeated additions.
pub(crate) type Aliases = BTreeMap<ExhibitNo, Vec<(String, Option<ExhibitNo>)>>;

/// Posts that show an image under a name, by account, each with the name as it states it.
type Claims<'a> = BTreeMap<&'a AccountKey, Vec<(&'a Post, &'a str)>>;

/// The file name of an exhibit when it was added, with its folders.
pub(crate) type Paths<'a> = BTreeMap<ExhibitNo, &'a str>;

/// Gives each image the accounts that posted it: a row for each, with the posts that say so.
pub(crate) fn join(
    media: Vec<Media>,
    posts: &[Post],
    aliases: &Aliases,
    paths: &Paths<'_>,
) -> Vec<Media> {
    let mut claims: BTreeMap<&str, Claims<'_>> = BTreeMap::new();
    for post in posts.iter().filter(|post| post.kind != PostKind::Forwarded) {
        for name in &post.media {
            let of_name = claims.entry(file_name(name)).or_default();
            of_name.entry(&post.account).or_default().push((post, name));
        }
    }
    let mut bearers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for image in &media {
        for (path, _) in names(image, aliases) {
            bearers.entry(file_name(&path).to_owned()).or_default().insert(image.sha256.clone());
        }
    }
    media
        .into_iter()
        .flat_map(|image| {
            if image.account.known().is_some() {
                return vec![image];
            }
            let mut found: BTreeMap<&AccountKey, BTreeSet<&RowId>> = BTreeMap::new();
            for (path, archive) in names(&image, aliases) {
                let name = file_name(&path);
                let unique = bearers.get(name).is_some_and(|images| images.len() == 1);
                let Some(of_name) = claims.get(name).filter(|_| unique) else { continue };
                for (account, showing) in of_name {
                    let near = |(post, stated): &&(&Post, &str)| {
                        let together = archive.is_some() && post.exhibit.parent() == archive;
                        let beside = archive.is_none()
                            && paths.get(&post.exhibit).is_some_and(|p| folder(p) == folder(&path));
                        let tied = beside || lies_at(&path, stated) || distinctive(name);
                        together || (of_name.len() == 1 && tied)
                    };
                    let ids: Vec<&RowId> =
                        showing.iter().filter(near).map(|(p, _)| &p.id).collect();
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
    let own = (image.name.clone(), image.exhibit.parent());
    let others = aliases.get(&image.exhibit).into_iter().flatten().cloned();
    std::iter::once(own).chain(others).collect()
}

/// Whether a file lies where a claim says, by folder and name at least.
fn lies_at(path: &str, stated: &str) -> bool {
    let stated = stated.trim_start_matches("./");
    let plain = !stated.contains("://") && stated.contains('/');
    plain
        && path
            .strip_suffix(stated)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// Whether a name is hardly given twice: eight figures (a time, an id of a platform), or fifteen
/// letters and figures of both cases (a key).
fn distinctive(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let count = |is: fn(&char) -> bool| stem.chars().filter(is).count();
    let key = count(char::is_ascii_alphanumeric) >= 15
        && count(char::is_ascii_uppercase) > 2
        && count(char::is_ascii_lowercase) > 2;
    count(char::is_ascii_digit) >= 8 || key
}

fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)
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

    /// The exhibits of the posts lie in the same folder as the images.
    fn beside() -> Paths<'static> {
        (1..10).map(|no| (ExhibitNo::top(no), "posts.csv")).collect()
    }

    fn accounts(rows: &[Media]) -> Vec<String> {
        rows.iter().filter_map(|m| m.account.known().map(ToString::to_string)).collect()
    }

    #[test]
    fn one_claim_on_one_image_joins_and_names_the_post() {
        let posts = [post(2, "ann", PostKind::Public, "photos/a.jpg")];
        let rows = join(vec![image(1, "a.jpg", "s")], &posts, &Aliases::new(), &beside());
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
            accounts(&join(vec![image(1, "image.jpg", "s")], &two, &Aliases::new(), &beside()))
                .is_empty()
        );
        let images = vec![image(1, "image.jpg", "s"), image(4, "x/image.jpg", "t")];
        assert!(accounts(&join(images, &two[..1], &Aliases::new(), &beside())).is_empty());
    }

    #[test]
    fn a_forwarded_image_is_not_the_forwarder_s() {
        let posts = [post(2, "ann", PostKind::Forwarded, "a.jpg")];
        assert!(
            accounts(&join(vec![image(1, "a.jpg", "s")], &posts, &Aliases::new(), &beside()))
                .is_empty()
        );
    }

    #[test]
    fn the_same_bytes_under_two_names_have_two_posters() {
        let posts =
            [post(2, "ann", PostKind::Public, "a.jpg"), post(3, "bob", PostKind::Public, "b.jpg")];
        let aliases = Aliases::from([(ExhibitNo::top(1), vec![("b.jpg".to_owned(), None)])]);
        let rows = join(vec![image(1, "a.jpg", "s")], &posts, &aliases, &beside());
        assert_eq!(accounts(&rows), ["forum:@ann", "forum:@bob"]);
        assert_ne!(rows[0].id, rows[1].id);
    }

    #[test]
    fn a_common_name_in_another_folder_is_another_image() {
        let of = |stated: &str, path: &str| {
            let posts = [post(2, "ann", PostKind::Public, stated)];
            let image = vec![image(1, path, "s")];
            !accounts(&join(image, &posts, &Aliases::new(), &beside())).is_empty()
        };
        assert!(of("IMG_0001.jpg", "IMG_0001.jpg"));
        assert!(!of("IMG_0001.jpg", "victime/IMG_0001.jpg"));
        assert!(!of("https://forum.example/u/image.jpg", "victime/image.jpg"));
        assert!(of("photos/a.jpg", "export/photos/a.jpg"));
        assert!(!of("photos/a.jpg", "export/otherphotos/a.jpg"));
        assert!(of("https://x.example/IMG_20240131_140506.jpg", "seen/IMG_20240131_140506.jpg"));
        assert!(of("GFqWzVbXkAAtR5y.jpg", "seen/GFqWzVbXkAAtR5y.jpg"));
        assert!(!of("avatar_final_version.png", "seen/avatar_final_version.png"));
    }
}
