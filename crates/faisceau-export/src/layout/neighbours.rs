//! Who is joined to whom, each pair once.

/// The neighbours of every node, in one list.
pub(super) struct Neighbours {
    /// Where those of a node start; one more than there are nodes.
    starts: Vec<usize>,
    list: Vec<u32>,
}

impl Neighbours {
    /// Parallel edges count once, edges that lead back or out of the graph not at all.
    pub(super) fn of(nodes: usize, ends: &[(u32, u32)]) -> Self {
        let mut pairs: Vec<(u32, u32)> = ends
            .iter()
            .filter(|(a, b)| a != b && (*a.max(b) as usize) < nodes)
            .flat_map(|(a, b)| [(*a, *b), (*b, *a)])
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = Vec::with_capacity(nodes + 1);
        let mut at = 0;
        for node in 0..=nodes {
            while pairs.get(at).is_some_and(|(from, _)| (*from as usize) < node) {
                at += 1;
            }
            starts.push(at);
        }
        Self { starts, list: pairs.into_iter().map(|(_, to)| to).collect() }
    }

    /// The neighbours of a node, in order.
    pub(super) fn at(&self, node: u32) -> &[u32] {
        let node = node as usize;
        let range = match (self.starts.get(node), self.starts.get(node + 1)) {
            (Some(from), Some(to)) => *from..*to,
            _ => 0..0,
        };
        self.list.get(range).unwrap_or_default()
    }

    /// The nodes that hang together, in order, by their first node.
    pub(super) fn components(&self) -> Vec<Vec<u32>> {
        let nodes = self.starts.len().saturating_sub(1);
        let mut met = vec![false; nodes];
        let mut components = Vec::new();
        for first in 0..nodes as u32 {
            let mut members = Vec::new();
            meet(&mut met, first, &mut members);
            let mut next = 0;
            while let Some(node) = members.get(next).copied() {
                for near in self.at(node) {
                    meet(&mut met, *near, &mut members);
                }
                next += 1;
            }
            if !members.is_empty() {
                members.sort_unstable();
                components.push(members);
            }
        }
        components
    }
}

fn meet(met: &mut [bool], node: u32, members: &mut Vec<u32>) {
    if let Some(met) = met.get_mut(node as usize)
        && !*met
    {
        *met = true;
        members.push(node);
    }
}
