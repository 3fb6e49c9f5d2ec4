//! Kneser-Ney model of a grammar: how probable is a token after those before it?
//!
//! In: sentences of token numbers. Out: the log10 probability of each token of other sentences,
//! the end of the sentence included. A sentence is framed by `N - 1` starts and one end. A
//! model without sentences gives every token the same probability. Sources: Kneser and Ney,
//! ICASSP 1995; Nini, Halvani, Graner, Gherardi and Ishihara, "Grammar as a behavioral
//! biometric", 2024 (the form used here: where the whole context was never seen, continuation
//! counts decide at every length).

/// Taken off each count, and given to the shorter contexts.
pub(super) const DISCOUNT: f64 = 0.75;
/// The token before the first.
pub(super) const START: u32 = u32::MAX;
/// The token after the last.
pub(super) const END: u32 = u32::MAX - 1;
/// The empty gram.
pub(super) const ROOT: u32 = 0;
/// No node.
const NONE: u32 = u32::MAX;
/// Products of probabilities below this are turned into logarithms.
pub(super) const SMALL: f64 = 1e-200;

/// A gram, read backwards from its last token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The gram without its first token.
    pub(super) parent: u32,
    /// Its first token.
    pub(super) token: u32,
    /// How often it stands, as a gram or before any token.
    pub(super) count: u32,
    /// Different tokens before it.
    pub(super) before: u32,
    /// Different tokens after it.
    pub(super) after: u32,
    /// Different pairs of tokens around it.
    pub(super) around: u32,
}

/// The grams that end at a token, from one token to the longest known.
#[derive(Debug, Clone, Copy)]
struct Path<const N: usize> {
    nodes: [u32; N],
    longest: usize,
}

impl<const N: usize> Path<N> {
    /// The empty gram alone.
    const EMPTY: Self = Self { nodes: [ROOT; N], longest: 0 };

    /// The node of the gram of `length` tokens, which is known.
    fn node(&self, length: usize) -> u32 {
        length.checked_sub(1).map_or(ROOT, |at| self.nodes[at])
    }

    fn push(&mut self, node: u32) {
        self.nodes[self.longest] = node;
        self.longest += 1;
    }
}

/// A model of grams of up to `N` tokens.
#[derive(Debug, Clone)]
pub(super) struct Model<const N: usize> {
    nodes: Vec<Node>,
    /// Open addressing: numbers of nodes, read by look-up only.
    table: Vec<u32>,
}

impl<const N: usize> Model<N> {
    /// Learns sentences.
    pub(super) fn new<'a>(sentences: impl Iterator<Item = &'a [u32]> + Clone) -> Self {
        let grams: usize = sentences.clone().map(|sentence| (sentence.len() + 1) * N).sum();
        let mut nodes = Vec::with_capacity(grams / 2 + N);
        nodes.push(Node { parent: NONE, token: START, count: 0, before: 0, after: 0, around: 0 });
        let table = vec![NONE; (2 * (grams + N)).next_power_of_two()];
        let mut model = Self { nodes, table };
        for sentence in sentences {
            model.learn(sentence);
        }
        model.nodes.shrink_to_fit();
        model.shrink_table();
        model
    }

    /// The grams: the empty one, then each behind those that it ends with.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    fn learn(&mut self, sentence: &[u32]) {
        let mut before = Path::<N>::EMPTY;
        for length in 1..N {
            let (node, _) = self.find_or_add(before.node(length - 1), START);
            self.nodes[node as usize].count += 1;
            before.push(node);
        }
        for at in 0..=sentence.len() {
            self.nodes[ROOT as usize].count += 1;
            let mut path = Path::<N>::EMPTY;
            for length in 1..=N {
                let parent = path.node(length - 1);
                let (node, new) = self.find_or_add(parent, token(sentence, at, length - 1));
                self.nodes[node as usize].count += 1;
                if new {
                    self.nodes[before.node(length - 1) as usize].after += 1;
                    if length > 1 {
                        self.nodes[parent as usize].before += 1;
                        self.nodes[before.node(length - 2) as usize].around += 1;
                    }
                }
                path.push(node);
            }
            before = path;
        }
    }

    fn slot(&self, parent: u32, token: u32) -> usize {
        let key = u64::from(parent) << 32 | u64::from(token);
        // Fibonacci hashing, the high bits folded down.
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (hash >> 32 ^ hash >> 15) as usize & (self.table.len() - 1)
    }

    fn find_or_add(&mut self, parent: u32, token: u32) -> (u32, bool) {
        let mut slot = self.slot(parent, token);
        loop {
            let number = self.table[slot];
            if number == NONE {
                let number = self.nodes.len() as u32;
                self.table[slot] = number;
                self.nodes.push(Node { parent, token, count: 0, before: 0, after: 0, around: 0 });
                return (number, true);
            }
            let node = &self.nodes[number as usize];
            if node.parent == parent && node.token == token {
                return (number, false);
            }
            slot = (slot + 1) & (self.table.len() - 1);
        }
    }

    fn find(&self, parent: u32, token: u32) -> Option<u32> {
        let mut slot = self.slot(parent, token);
        loop {
            let number = self.table[slot];
            let node = self.nodes.get(number as usize)?;
            if node.parent == parent && node.token == token {
                return Some(number);
            }
            slot = (slot + 1) & (self.table.len() - 1);
        }
    }

    fn shrink_table(&mut self) {
        let size = (2 * self.nodes.len()).next_power_of_two();
        if size >= self.table.len() {
            return;
        }
        self.table = vec![NONE; size];
        for number in 1..self.nodes.len() {
            let mut slot = self.slot(self.nodes[number].parent, self.nodes[number].token);
            while self.table[slot] != NONE {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = number as u32;
        }
    }

    /// Sum of the log10 probabilities of the tokens of a sentence and of its end.
    pub(super) fn log10_sentence(&self, sentence: &[u32]) -> f64 {
        let (mut sum, mut product) = (0.0, 1.0);
        self.each(sentence, |probability| {
            product *= probability;
            if product < SMALL {
                sum += libm::log10(product);
                product = 1.0;
            }
        });
        sum + libm::log10(product)
    }

    /// Probability of each token of a sentence in turn, and of its end.
    pub(super) fn each(&self, sentence: &[u32], mut give: impl FnMut(f64)) {
        let mut before = self.known(N - 1, |_| START);
        // Words known, and the unknown one.
        let uniform = 1.0 / f64::from(self.nodes[ROOT as usize].after + 1);
        for at in 0..=sentence.len() {
            let path = self.known(N, |back| token(sentence, at, back));
            give(self.probability(&before, &path, uniform));
            before = path;
        }
    }

    /// The known ends, up to `longest` tokens, of a text that is read backwards.
    fn known(&self, longest: usize, token: impl Fn(usize) -> u32) -> Path<N> {
        let mut path = Path::EMPTY;
        for length in 1..=longest {
            match self.find(path.node(length - 1), token(length - 1)) {
                Some(node) => path.push(node),
                None => break,
            }
        }
        path
    }

    /// `contexts`: the known ends of what stands before a token; `grams`: the same with it.
    fn probability(&self, contexts: &Path<N>, grams: &Path<N>, uniform: f64) -> f64 {
        let mut probability = uniform;
        for length in 0..=contexts.longest.min(N - 1) {
            let context = &self.nodes[contexts.node(length) as usize];
            let gram = (length < grams.longest).then(|| &self.nodes[grams.nodes[length] as usize]);
            // Only the longest context has plain counts.
            let (seen, all) = if length + 1 == N {
                (gram.map_or(0, |gram| gram.count), context.count)
            } else {
                (gram.map_or(0, |gram| gram.before), context.around)
            };
            if all == 0 {
                break;
            }
            let kept = (f64::from(seen) - DISCOUNT).max(0.0);
            let given = DISCOUNT * f64::from(context.after);
            probability = (kept + given * probability) / f64::from(all);
        }
        probability
    }

    /// Different tokens learnt, with the end.
    #[cfg(test)]
    pub(super) fn vocabulary(&self) -> usize {
        self.nodes[ROOT as usize].after as usize
    }
}

/// The token `back` places before `at`: a start before the sentence, the end after it.
fn token(sentence: &[u32], at: usize, back: usize) -> u32 {
    match at.checked_sub(back) {
        Some(at) => sentence.get(at).copied().unwrap_or(END),
        None => START,
    }
}

#[cfg(test)]
mod tests;
