//! Tor documents that a case pins, before the bundled history of exits.
//!
//! In: an index and the bundled list. Out: one verdict for the wide table. An exit of either is an
//! exit, for some leave by other addresses than their relay registers; a *no* of the consensuses
//! that stood at that instant is better than the silence of the list.

use std::net::IpAddr;
use std::sync::Arc;

use faisceau_datasets::{Bundle, ListVerdict};
use faisceau_model::{Listing, Maybe, Moment};
use faisceau_tor::TorIndex;

/// The index of a case.
#[derive(Debug)]
pub struct PinnedTor {
    /// The index.
    pub index: TorIndex,
    /// The dataset as verdicts cite it, `name@date`.
    pub source: Arc<str>,
}

/// Whether an address was a Tor exit.
pub(crate) fn exit<'a>(
    ip: IpAddr,
    at: Maybe<Moment>,
    bundle: &'a Bundle,
    pinned: Option<&'a PinnedTor>,
) -> ListVerdict<'a> {
    let listed = bundle.tor(ip, at);
    let (Some(pinned), Maybe::Known(moment)) = (pinned, at) else { return listed };
    match pinned.index.listing(ip, moment) {
        Some((listing, _, days))
            if listing == Listing::Listed || listed.listing != Listing::Listed =>
        {
            ListVerdict { listing, source: &pinned.source, days, region: None }
        }
        _ => listed,
    }
}

#[cfg(test)]
mod tests {
    use faisceau_tor::{Authorities, Limits, TorIndexBuilder};

    use super::*;

    fn pinned() -> PinnedTor {
        let mut builder = TorIndexBuilder::new(Authorities::bundled().unwrap(), Limits::default());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../faisceau-tor/tests/fixtures/");
        for name in ["2021-08-29-19-00-00-consensus.xz", "2021-08-29-certs"] {
            let file = std::fs::File::open(format!("{folder}{name}")).unwrap();
            builder.add(name, file).unwrap();
        }
        PinnedTor { index: builder.finish(), source: "tor-documents@2021-08-29".into() }
    }

    fn said(ip: &str, at: &str) -> (Listing, String) {
        let (pinned, bundle) = (pinned(), Bundle::embedded().unwrap());
        let at = Maybe::Known(Moment::from_rfc3339(at).unwrap());
        let verdict = exit(ip.parse().unwrap(), at, bundle, Some(&pinned));
        (verdict.listing, verdict.source.to_string())
    }

    #[test]
    fn the_consensus_of_the_instant_answers_before_the_list() {
        let (listing, source) = said("162.247.74.201", "2021-08-29T19:30:00Z");
        assert_eq!((listing, source.as_str()), (Listing::Listed, "tor-documents@2021-08-29"));
        let (listing, source) = said("165.22.200.169", "2021-08-29T19:30:00Z");
        assert_eq!((listing, source.as_str()), (Listing::NotListed, "tor-documents@2021-08-29"));
    }

    #[test]
    fn beyond_the_documents_the_list_answers() {
        let (_, source) = said("162.247.74.201", "2023-01-10T19:30:00Z");
        assert!(source.starts_with("tor-exits@"), "{source}");
    }
}
