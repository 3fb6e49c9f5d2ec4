//! A long collection in parts, so that an ended process does not lose all of it.
//!
//! In: a plan. Out: plans of so many questions each, in their order; and the outcomes of parts as one.
//! What is left out stands in the first part.

use super::collect::Collected;
use super::plan::Plan;

impl Plan {
    /// The questions in parts of `size`; one part at least.
    pub fn parts(&self, size: usize) -> Vec<Self> {
        let mut parts: Vec<Self> = self
            .questions
            .chunks(size.max(1))
            .map(|questions| Self { questions: questions.to_vec(), ..Self::new(self.confirm) })
            .collect();
        if parts.is_empty() {
            parts.push(Self::new(self.confirm));
        }
        if let Some(first) = parts.first_mut() {
            first.left_out.clone_from(&self.left_out);
        }
        parts
    }
}

impl Collected {
    /// Adds the outcome of the next part.
    pub fn join(&mut self, next: Self) {
        self.bytes.extend(next.bytes);
        self.questions += next.questions;
        self.confirmations += next.confirmations;
        self.of_chain += next.of_chain;
        self.answered += next.answered;
        self.silent += next.silent;
        self.unreadable += next.unreadable;
        self.sent += next.sent;
        self.again += next.again;
        self.over_tcp += next.over_tcp;
        self.foreign += next.foreign;
        self.left_out.extend(next.left_out);
        self.differences.extend(next.differences);
        self.states.join(next.states);
        self.bogus.extend(next.bogus);
        self.ended = next.ended;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_every_question_once_and_in_order() {
        let mut plan = Plan::new(true);
        for number in 1..=10 {
            plan.add(&format!("9.9.9.{number}"), &[]).unwrap();
        }
        plan.add("10.0.0.1", &[]).unwrap();
        let parts = plan.parts(4);
        assert_eq!(parts.iter().map(|part| part.questions().len()).collect::<Vec<_>>(), [4, 4, 2]);
        let joined: Vec<_> = parts.iter().flat_map(|part| part.questions().to_vec()).collect();
        assert_eq!(joined, plan.questions());
        assert!(parts.iter().all(Plan::confirms));
        assert_eq!((parts[0].left_out().len(), parts[1].left_out().len()), (1, 0));
        assert_eq!(Plan::new(false).parts(4).len(), 1);
    }
}
