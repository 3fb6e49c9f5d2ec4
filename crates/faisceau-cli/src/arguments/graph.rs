//! What may be asked of the graph, and what may be decided of a link.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use faisceau_case::NodeKind;

/// A question to the graph. A node is an account, an address, the SHA-256 of a picture, or
/// `kind:value`: `domain:example.org`, `device:cookie 4f…`, `phrase:…`.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum GraphQuestion {
    /// What stands next to a node.
    Neighbours {
        /// The node.
        node: String,
        /// Only nodes of that kind.
        #[arg(long, value_name = "KIND", value_parser = kinds())]
        kind: Option<String>,
        #[command(flatten)]
        period: PeriodArguments,
    },
    /// The shortest way between two nodes, over what was observed and links that support one hand.
    Path {
        /// Where it starts.
        from: String,
        /// Where it ends.
        to: String,
        #[command(flatten)]
        period: PeriodArguments,
    },
    /// What several nodes all touch, by observation.
    Common {
        /// The nodes, two or more.
        #[arg(required = true, num_args = 2.., value_name = "NODE")]
        nodes: Vec<String>,
        #[command(flatten)]
        period: PeriodArguments,
    },
    /// Groups of accounts that one hand may hold: weakest link, what would split or enlarge them.
    Identities,
    /// Groups of accounts that act together, whoever holds them.
    Coordination,
}

/// A period. What carries no time is left out of it and counted.
#[derive(Debug, Clone, Args)]
pub(crate) struct PeriodArguments {
    /// Only what was seen from there on: an instant with its offset, a day, or a row with a time
    /// (`post:1:l6@889`).
    #[arg(long, value_name = "WHEN", help_heading = "Time")]
    pub(crate) since: Option<String>,
    /// Only what was seen before: an instant, a day, or a row, such as the first threat.
    #[arg(long, value_name = "WHEN", help_heading = "Time")]
    pub(crate) before: Option<String>,
}

/// The kinds of nodes, one word each.
fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(NodeKind::ALL.map(NodeKind::as_str))
}

/// A decision on a link; without one, the decisions of the case are listed.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReviewArguments {
    /// The two accounts.
    #[arg(num_args = 2, value_names = ["A", "B"])]
    pub(crate) accounts: Vec<String>,
    /// The link may be used.
    #[arg(long, group = "decision", requires = "accounts")]
    pub(crate) accept: bool,
    /// The link is not to be relied on; it stays in every output, marked.
    #[arg(long, group = "decision", requires = "accounts")]
    pub(crate) dismiss: bool,
    /// The link waits for more.
    #[arg(long, group = "decision", requires = "accounts")]
    pub(crate) hold: bool,
    /// Why.
    #[arg(long, value_name = "TEXT", requires = "decision")]
    pub(crate) because: Option<String>,
}
