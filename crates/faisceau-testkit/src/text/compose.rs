//! From the bank and a hand to a message.
//!
//! In: what is asked (tone, topic, length), the hand, the voice of the account. Out: one message.
//! A sentence that anybody wrote before is drawn again; after many draws a clause is added, which
//! ends the search.

use std::collections::{BTreeMap, BTreeSet};

use super::bank::{Bank, Clause, Tone, Trim};
use super::hand::Hand;
use super::surface;
use crate::random::{Rng, taste};

/// What a message should be like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask {
    /// Share of grumbling and of plain clauses, in percent; the rest is kind.
    pub(crate) tones: [u8; 2],
    /// Fewest and most sentences.
    pub(crate) sentences: (i64, i64),
    /// How much more often than its habit the hand starts with a capital (letters, mails).
    pub(crate) care: u8,
}

/// What a person has said already: clauses are spread over the person's accounts.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    /// How much the hand likes each clause of the bank.
    likings: Vec<u32>,
    used: BTreeMap<usize, u32>,
    /// Keeps away from what other such voices said: people rarely say the same thing in the same
    /// words, and a bank is smaller than a language.
    apart: bool,
}

/// Writes messages, and remembers every sentence of the world.
#[derive(Debug)]
pub(crate) struct Writer {
    bank: Bank,
    said: BTreeSet<String>,
    /// How often each clause was used by the voices that keep apart.
    taken: BTreeMap<usize, u32>,
}

/// A message, and the topic of its first clause.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) text: String,
    pub(crate) topic: &'static str,
}

impl Writer {
    pub(crate) fn new(bank: Bank) -> Self {
        Self { bank, said: BTreeSet::new(), taken: BTreeMap::new() }
    }

    /// The voice of a hand that has said nothing yet.
    pub(crate) fn voice(&self, hand: &Hand, apart: bool) -> Voice {
        let liking = |clause: &Clause| match taste(hand.key, clause.text) % 100 {
            0..25 => 8000,
            25..55 => 500,
            _ => 25,
        };
        let likings = self.bank.clauses.iter().map(liking).collect();
        Voice { likings, used: BTreeMap::new(), apart }
    }

    /// Notes that a person has nothing more to say.
    pub(crate) fn finish(&mut self, voice: &Voice) {
        if voice.apart {
            for (clause, uses) in &voice.used {
                *self.taken.entry(*clause).or_default() += uses;
            }
        }
    }

    /// Writes one message.
    pub(crate) fn message(
        &mut self,
        hand: &Hand,
        voice: &mut Voice,
        ask: Ask,
        rng: &mut Rng,
    ) -> Message {
        let count = rng.between(ask.sentences.0, ask.sentences.1);
        let first = self.clause(voice, ask, None, rng);
        let topic = self.bank.clauses[first].topic;
        let mut sentences = vec![self.sentence(first, hand, voice, ask, rng)];
        for _ in 1..count {
            let next = self.clause(voice, ask, Some(topic), rng);
            sentences.push(self.sentence(next, hand, voice, ask, rng));
        }
        let (smileys, rate) = hand.smileys;
        if !smileys.is_empty() && rng.chance(rate) {
            sentences.push(rng.pick(smileys).to_owned());
        }
        Message { text: sentences.join(" "), topic }
    }

    /// Draws a clause that suits the hand and the tone, preferably one that it has not used.
    fn clause(&self, voice: &mut Voice, ask: Ask, topic: Option<&str>, rng: &mut Rng) -> usize {
        let tone = match rng.below(100) {
            n if n < u64::from(ask.tones[0]) => Tone::Grumbling,
            n if n < u64::from(ask.tones[0]) + u64::from(ask.tones[1]) => Tone::Plain,
            _ => Tone::Kind,
        };
        let weight = |(index, clause): (usize, &Clause)| {
            if clause.tone != tone || topic.is_some_and(|topic| clause.topic != topic) {
                return 0;
            }
            let uses = voice.used.get(&index).copied().unwrap_or(0);
            let others = self.taken.get(&index).copied().filter(|_| voice.apart).unwrap_or(0);
            (voice.likings[index] / (1 + 3 * uses * uses) / (1 + 12 * others)).max(1)
        };
        let weights: Vec<u32> = self.bank.clauses.iter().enumerate().map(weight).collect();
        let chosen = rng.weighted(&weights);
        if weights.iter().all(|&w| w == 0) {
            return self.clause(voice, ask, None, rng);
        }
        *voice.used.entry(chosen).or_default() += 1;
        chosen
    }

    /// Writes a clause out, with its trimmings, so that nobody has written it before.
    fn sentence(
        &mut self,
        clause: usize,
        hand: &Hand,
        voice: &mut Voice,
        ask: Ask,
        rng: &mut Rng,
    ) -> String {
        let mut joined = rng.chance(hand.join.0);
        for attempt in 0..40 {
            joined |= attempt > 20;
            let text = self.draft(clause, joined, hand, voice, ask, rng);
            if self.said.insert(text.to_lowercase()) {
                return text;
            }
        }
        self.draft(clause, true, hand, voice, ask, rng)
    }

    fn draft(
        &self,
        clause: usize,
        joined: bool,
        hand: &Hand,
        voice: &mut Voice,
        ask: Ask,
        rng: &mut Rng,
    ) -> String {
        let Clause { topic, tone, question, text, .. } = self.bank.clauses[clause];
        let mut plain = String::new();
        if let Some(opener) = trim(&self.bank.openers, hand.openers, tone, rng) {
            plain.push_str(opener);
            plain.push_str(if opener.ends_with("que") { " " } else { ", " });
        }
        plain.push_str(&self.filled(text, hand, rng));
        let mut asks = question;
        if joined && !question {
            let second = self.clause(voice, ask, Some(topic), rng);
            if second != clause {
                let second = &self.bank.clauses[second];
                let link = rng.pick(&["{mais} ", "{donc} ", "{et} ", ""]);
                let link = if second.question { "" } else { link };
                plain.push_str(hand.join.1);
                plain.push_str(&self.filled(&format!("{link}{}", second.text), hand, rng));
                asks = second.question;
            }
        }
        if let Some(closer) = trim(&self.bank.closers, hand.closers, tone, rng).filter(|_| !asks) {
            plain.push_str(if closer.starts_with('(') { " " } else { ", " });
            plain.push_str(closer);
        }
        let careful =
            Hand { capital: hand.capital.saturating_add(ask.care).min(100), ..hand.clone() };
        let mut text = surface::spell(&surface::contract(&plain), &careful, rng);
        text.push_str(&mark(asks, hand, rng));
        text
    }

    /// Fills slots in the hand's way, chooses `tu` or `vous`, keeps or drops `ne`.
    fn filled(&self, template: &str, hand: &Hand, rng: &mut Rng) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '<', '(']) {
            out.push_str(&rest[..at]);
            let (open, close) = match rest.as_bytes()[at] {
                b'{' => ('{', '}'),
                b'<' => ('<', '>'),
                _ => ('(', ')'),
            };
            let inner = &rest[at + 1..];
            let Some(end) = inner.find(close) else {
                rest = inner;
                continue;
            };
            let slot = &inner[..end];
            match open {
                '{' => out.push_str(self.said_by(slot, hand, rng)),
                '<' => out.push_str(either(slot, hand.familiar)),
                _ => out.push_str(either(slot, !rng.chance(hand.drops_ne))),
            }
            rest = &inner[end + 1..];
        }
        out.push_str(rest);
        out
    }

    /// A variant of the concept: mostly the hand's first, sometimes its second, rarely any.
    fn said_by(&self, concept: &str, hand: &Hand, rng: &mut Rng) -> &'static str {
        let Some(variants) = self.bank.concepts.get(concept) else { return "" };
        let mut order = variants.clone();
        order.sort_by_key(|variant| (taste(hand.key ^ taste(1, concept), variant), *variant));
        match rng.below(100) {
            0..78 => order[0],
            78..92 => order[1],
            _ => rng.pick(variants),
        }
    }
}

/// One side of `a|b`.
fn either(slot: &str, first: bool) -> &str {
    let (a, b) = slot.split_once('|').unwrap_or((slot, slot));
    if first { a } else { b }
}

/// An opener or closer: mostly the hand's own, sometimes one of the bank that suits the tone.
fn trim(
    bank: &[Trim],
    own: (&'static [&'static str], u8),
    tone: Tone,
    rng: &mut Rng,
) -> Option<&'static str> {
    let (words, rate) = own;
    if !rng.chance(rate) {
        return None;
    }
    if !words.is_empty() && rng.chance(80) {
        return Some(rng.pick(words));
    }
    let suited: Vec<&Trim> = bank.iter().filter(|trim| trim.tone == tone).collect();
    Some(rng.pick(&suited).text)
}

/// The final mark in the hand's way.
fn mark(asks: bool, hand: &Hand, rng: &mut Rng) -> String {
    if asks {
        return format!("{}{}", hand.gap, hand.ask);
    }
    let [stop, dots, shout] = hand.ends.map(u64::from);
    match rng.below(100) {
        n if n < stop => ".".to_owned(),
        n if n < stop + dots => hand.ellipsis.to_owned(),
        n if n < stop + dots + shout => format!("{}{}", hand.gap, hand.shout),
        _ => String::new(),
    }
}
