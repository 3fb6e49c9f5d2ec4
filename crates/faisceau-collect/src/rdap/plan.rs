//! What is going to be asked of registries.
//!
//! In: targets, and who says which registry is asked. Out: the targets, each once, in the order
//! given, and what is left out with the reason.

use std::collections::BTreeSet;
use std::fmt;

use url::Url;

use super::bootstrap::Kind;
use super::target::Target;
use crate::dns::LeftOut;
use crate::tells::Tells;

/// Who says which registry is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The lists below this URL (RFC 9224); [`super::IANA`] publishes them.
    Bootstrap(Url),
    /// This server is asked everything.
    Server(Url),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bootstrap(url) => write!(f, "the registries that {url} lists"),
            Self::Server(url) => url.fmt(f),
        }
    }
}

/// Targets.
#[derive(Debug, Clone)]
pub struct RdapPlan {
    pub(super) source: Source,
    pub(super) targets: Vec<Target>,
    pub(super) left_out: Vec<LeftOut>,
    known: BTreeSet<Target>,
}

impl RdapPlan {
    /// An empty plan.
    pub fn new(source: Source) -> Self {
        let (targets, left_out) = (Vec::new(), Vec::new());
        Self { source, targets, left_out, known: BTreeSet::new() }
    }

    /// Adds a target.
    pub fn add(&mut self, target: Target) {
        match target.refusal() {
            Some(why) => self.left_out.push(LeftOut { what: target.to_string(), why }),
            None if self.known.insert(target.clone()) => self.targets.push(target),
            None => {}
        }
    }

    /// The targets, in their order.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// What is not asked about.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The lists that are needed.
    pub(super) fn lists(&self) -> BTreeSet<Kind> {
        self.targets.iter().map(Kind::of).collect()
    }

    /// Who would learn what.
    pub fn tells(&self) -> Vec<Tells> {
        let count = self.targets.len();
        if count == 0 {
            return Vec::new();
        }
        let host = |url: &Url| url.host_str().unwrap_or_default().to_owned();
        match &self.source {
            Source::Server(url) => {
                let learns = format!("each of the {count} targets, when; your address");
                vec![Tells::new(host(url), learns)]
            }
            Source::Bootstrap(url) => {
                let files: Vec<&str> = self.lists().iter().map(|kind| kind.file()).collect();
                let learns = format!("that you read {}; your address", files.join(", "));
                let registry = "each of the targets that it registers, when; your address";
                vec![
                    Tells::new(host(url), learns),
                    Tells::new("the registry that is listed for a target", registry),
                    Tells::new(
                        "registrars and registries that it sends on to",
                        "the same of these targets",
                    ),
                ]
            }
        }
    }
}
