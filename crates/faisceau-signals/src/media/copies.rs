//! Which pictures are copies of which by their looks, found once for all signals.

use std::collections::{BTreeMap, BTreeSet};

use faisceau_media::alike::{Index, Look, NEAR};
use faisceau_model::rows::Media;
use faisceau_model::{AccountKey, RowId};

/// Copies among the images that an account posted.
#[derive(Debug, Default)]
pub(crate) struct Copies<'a> {
    /// The images, in the order of the table.
    posted: Vec<&'a Media>,
    /// Places in `posted` of two copies.
    pairs: Vec<(usize, usize)>,
    /// For each image the accounts that posted a copy of it.
    posters: BTreeMap<&'a RowId, BTreeSet<&'a AccountKey>>,
}

impl<'a> Copies<'a> {
    /// Searches the images.
    pub(crate) fn of(media: &'a [Media]) -> Self {
        let posted: Vec<&Media> = media.iter().filter(|m| m.account.known().is_some()).collect();
        let look = |image: &Media| image.look.known()?.parse::<Look>().ok();
        let looks: Vec<(u64, Look)> =
            (0..).zip(&posted).filter_map(|(n, image)| Some((n, look(image)?))).collect();
        let found = Index::build(&looks).pairs(NEAR);
        let near = found.pairs.iter().map(|pair| (pair.first, pair.second));
        // Many pictures with one hash: the first stands for all.
        let same = found.groups.iter().flat_map(|group| {
            group.iter().skip(1).filter_map(|member| Some((*group.first()?, *member)))
        });
        let pairs: Vec<_> = near.chain(same).map(|(a, b)| (a as usize, b as usize)).collect();
        let mut posters: BTreeMap<&RowId, BTreeSet<&AccountKey>> = BTreeMap::new();
        for (a, b) in &pairs {
            let (Some(one), Some(other)) = (posted.get(*a), posted.get(*b)) else { continue };
            for (image, of) in [(one, other), (other, one)] {
                posters.entry(&image.id).or_default().extend(of.account.known());
            }
        }
        Self { posted, pairs, posters }
    }

    /// Whether an account posted a copy of an image.
    pub(crate) fn posted_by(&self, account: &AccountKey, image: &Media) -> bool {
        self.posters.get(&image.id).is_some_and(|accounts| accounts.contains(account))
    }

    /// All accounts that posted an image.
    pub(crate) fn accounts(&self) -> BTreeSet<&'a AccountKey> {
        self.posted.iter().filter_map(|image| image.account.known()).collect()
    }

    /// The pictures that are copies of one another by steps: those of more than one account, each
    /// family in the order of the table.
    pub(crate) fn families(&self) -> Vec<Vec<&'a Media>> {
        let mut family: Vec<usize> = (0..self.posted.len()).collect();
        for (a, b) in &self.pairs {
            let (a, b) = (root(&family, *a), root(&family, *b));
            family[a.max(b)] = a.min(b);
        }
        let mut families: BTreeMap<usize, Vec<&Media>> = BTreeMap::new();
        for (n, image) in self.posted.iter().enumerate() {
            families.entry(root(&family, n)).or_default().push(image);
        }
        let several = |images: &Vec<&Media>| {
            let accounts = images.iter().filter_map(|image| image.account.known());
            accounts.collect::<BTreeSet<_>>().len() > 1
        };
        families.into_values().filter(several).collect()
    }
}

fn root(family: &[usize], mut member: usize) -> usize {
    while family[member] != member {
        member = family[member];
    }
    member
}
