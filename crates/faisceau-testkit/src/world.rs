//! From a seed to the files of a case and the truth about them.

use crate::activity;
use crate::cast::{Cast, Scale, Service};
use crate::connections;
use crate::files;
use crate::network::{self, Net};
use crate::picture::{self, Image};
use crate::random::Rng;
use crate::told::Made;
use crate::truth::Truth;

/// The files of a case, its settings, and what is true of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// Exhibits: file name and bytes, in the order in which they are added to the case.
    pub files: Vec<(String, Vec<u8>)>,
    /// The settings, `case.toml`.
    pub case_toml: String,
    /// What is known of the invented operators, `overlay.csv`.
    pub overlay_csv: String,
    /// What a run over the files should find.
    pub truth: Truth,
}

/// The seed of the committed demonstration case.
pub const DEMO_SEED: u64 = 20_261_120;

/// The demonstration case drawn from a seed: fourteen examined accounts, four of the claimant,
/// twenty-eight passers-by, about six thousand lines of access log.
pub fn demo(seed: u64) -> World {
    let scale = Scale {
        posts: (42, 54),
        passers_by: [11, 9, 5, 3],
        passing_posts: (15, 22),
        background: 5_700,
    };
    world(seed, scale)
}

/// The same persons with less to say, for tests that only need the shapes.
pub fn small(seed: u64) -> World {
    let scale =
        Scale { posts: (9, 12), passers_by: [3, 2, 2, 1], passing_posts: (3, 5), background: 200 };
    world(seed, scale)
}

impl World {
    /// The case as one ZIP archive: `case.toml`, `overlay.csv`, and the exhibits under `pieces/`.
    pub fn archive(&self) -> Vec<u8> {
        files::pack(&self.case_toml, &self.overlay_csv, &self.files)
    }

    /// The truth as JSON, with a line feed at its end.
    pub fn truth_json(&self) -> String {
        serde_json::to_string_pretty(&self.truth).unwrap_or_default() + "\n"
    }
}

fn world(seed: u64, scale: Scale) -> World {
    let rng = Rng::new(seed);
    let cast = Cast::new(&rng.fork("cast"), scale);
    let persons: Vec<String> = cast.persons.iter().map(|person| person.id.clone()).collect();
    let net = Net::new(&persons, &mut rng.fork("addresses"));
    let posts = activity::posts(&cast, &rng.fork("posts"));
    let uses = connections::uses(&cast, &posts, &net, &mut rng.fork("connections"));
    let images = picture::images(&posts, &mut rng.fork("images"));
    let attached = |name: &str| {
        images.iter().find(|image| image.file == name).map(|image| image.bytes.clone())
    };

    let mut files = vec![
        ("forum_messages.csv".to_owned(), files::forum(&cast, &posts)),
        ("forum_reponse_connexions.csv".to_owned(), files::answer(&cast, &uses)),
        ("result.json".to_owned(), files::telegram(&cast, &posts)),
        ("x_4cat.csv".to_owned(), files::fourcat(&cast, &posts)),
        (
            "x_archive_demanderesse.zip".to_owned(),
            files::x_archive(&cast, &posts, &net, &mut rng.fork("archive")),
        ),
        (
            "access.log".to_owned(),
            files::weblog(&cast, &posts, &net, scale.background, &mut rng.fork("weblog")),
        ),
    ];
    files.extend(files::mails(&cast, &posts, &net, &attached, &mut rng.fork("mails")));
    // An image that was mailed is in the mail already.
    let on_mail = |image: &&Image| {
        posts.iter().any(|post| {
            post.media == Some(image.file) && cast.accounts[post.account].service == Service::Mail
        })
    };
    files.extend(
        images
            .iter()
            .filter(|image| !on_mail(image))
            .map(|image| (image.file.to_owned(), image.bytes.clone())),
    );
    files.push(("captures.bin".to_owned(), unread(&mut rng.fork("unread"))));

    let made = Made { cast: &cast, posts: &posts, uses: &uses, net: &net, images: &images };
    let truth = made.truth(seed);
    World { files, case_toml: files::case_toml(&cast), overlay_csv: network::overlay(), truth }
}

/// Bytes that look like nothing.
fn unread(rng: &mut Rng) -> Vec<u8> {
    let mut bytes = vec![0xf5, 0xc1, 0x00, 0x9e];
    bytes.extend((0..500).flat_map(|_| rng.next().to_le_bytes()));
    bytes
}
