//! The bank of phrases, read from the three text files of `src/bank`.
//!
//! In: the files as built into the crate. Out: concepts with their variants, openers and closers,
//! clauses with topic and tone. A line that is not of the form is left out; a test finds none.

use std::collections::BTreeMap;

/// The mood of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Grumbling,
    Plain,
    Kind,
}

/// A clause with slots.
#[derive(Debug)]
pub(crate) struct Clause {
    pub(crate) topic: &'static str,
    pub(crate) tone: Tone,
    pub(crate) question: bool,
    pub(crate) text: &'static str,
}

/// Words that open or close a sentence.
#[derive(Debug)]
pub(crate) struct Trim {
    pub(crate) tone: Tone,
    pub(crate) text: &'static str,
}

/// All phrases.
#[derive(Debug)]
pub(crate) struct Bank {
    pub(crate) concepts: BTreeMap<&'static str, Vec<&'static str>>,
    pub(crate) openers: Vec<Trim>,
    pub(crate) closers: Vec<Trim>,
    pub(crate) clauses: Vec<Clause>,
}

const CONCEPTS: &str = include_str!("../bank/concepts.txt");
const TRIMS: &str = include_str!("../bank/trims.txt");
const CLAUSES: &str = include_str!("../bank/clauses.txt");

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn tone(text: &str) -> Option<Tone> {
    match text {
        "-" => Some(Tone::Grumbling),
        "=" => Some(Tone::Plain),
        "+" => Some(Tone::Kind),
        _ => None,
    }
}

fn concept(line: &'static str) -> Option<(&'static str, Vec<&'static str>)> {
    let (name, variants) = line.split_once(" = ")?;
    Some((name, variants.split(" | ").map(str::trim).collect()))
}

fn trim(line: &'static str, kind: &str) -> Option<Trim> {
    let mut parts = line.splitn(3, ' ');
    (parts.next()? == kind).then_some(())?;
    Some(Trim { tone: tone(parts.next()?)?, text: parts.next()? })
}

fn clause(line: &'static str) -> Option<Clause> {
    let mut parts = line.splitn(4, ' ');
    let topic = parts.next()?;
    let tone = tone(parts.next()?)?;
    let question = parts.next()? == "?";
    Some(Clause { topic, tone, question, text: parts.next()? })
}

impl Bank {
    /// Reads the files.
    pub(crate) fn read() -> Self {
        Self {
            concepts: lines(CONCEPTS).filter_map(concept).collect(),
            openers: lines(TRIMS).filter_map(|line| trim(line, "<")).collect(),
            closers: lines(TRIMS).filter_map(|line| trim(line, ">")).collect(),
            clauses: lines(CLAUSES).filter_map(clause).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_is_read_and_every_slot_is_known() {
        let bank = Bank::read();
        assert_eq!(bank.concepts.len(), lines(CONCEPTS).count());
        assert_eq!(bank.openers.len() + bank.closers.len(), lines(TRIMS).count());
        assert_eq!(bank.clauses.len(), lines(CLAUSES).count());
        for clause in &bank.clauses {
            for slot in clause.text.split('{').skip(1) {
                let name = slot.split('}').next().unwrap();
                assert!(bank.concepts.contains_key(name), "{name} in {}", clause.text);
            }
        }
    }

    #[test]
    fn the_bank_is_large_and_has_no_clause_twice() {
        let bank = Bank::read();
        let fragments = bank.concepts.values().map(Vec::len).sum::<usize>()
            + bank.clauses.len()
            + bank.openers.len()
            + bank.closers.len();
        assert!(fragments >= 500, "{fragments}");
        let distinct: BTreeSet<&str> = bank.clauses.iter().map(|clause| clause.text).collect();
        assert_eq!(distinct.len(), bank.clauses.len());
        assert!(bank.concepts.values().all(|variants| variants.len() >= 3));
    }
}
