//! What is going to be asked, before anything is.
//!
//! In: addresses and names, the types wanted. Out: the questions, each once, in the order given,
//! and what is left out with the reason.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::addresses;
use crate::dns::question::{Kind, Question, TargetError, name_of};
use crate::dns::resolver::Resolver;
use crate::tells::Tells;

/// Something that is not asked about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// The address or name.
    pub what: String,
    /// Why.
    pub why: String,
}

/// The questions of a collection.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub(crate) questions: Vec<Question>,
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) confirm: bool,
    pub(super) asked: BTreeSet<(String, Kind)>,
}

impl Plan {
    /// An empty plan. With `confirm`, each name that an address gives is asked for its addresses:
    /// A where the address is IPv4, AAAA where it is IPv6.
    pub fn new(confirm: bool) -> Self {
        Self { confirm, ..Self::default() }
    }

    /// Adds an address, which is asked for its PTR, or a name, which is asked for `kinds`: for A
    /// and AAAA where there are none, for PTR where it is a reverse name.
    pub fn add(&mut self, target: &str, kinds: &[Kind]) -> Result<(), TargetError> {
        let target = target.trim();
        if let Ok(ip) = target.parse::<IpAddr>() {
            self.add_address(ip);
            return Ok(());
        }
        let name = name_of(target)?;
        if let Some(why) = addresses::of_name(&name) {
            self.leave_out(target.to_owned(), why);
            return Ok(());
        }
        let reverse = name.to_lowercase().to_ascii();
        let family = |end: &str, kind| reverse.trim_end_matches('.').ends_with(end).then_some(kind);
        let forward = family(".in-addr.arpa", Kind::A).or(family(".ip6.arpa", Kind::Aaaa));
        let usual: &[Kind] = if forward.is_some() { &[Kind::Ptr] } else { &[Kind::A, Kind::Aaaa] };
        for kind in if kinds.is_empty() { usual } else { kinds } {
            let mut question = Question::new(name.clone(), *kind);
            question.confirm_by = forward.filter(|_| *kind == Kind::Ptr);
            self.push(question);
        }
        Ok(())
    }

    /// Adds an address, which is asked for its PTR.
    pub fn add_address(&mut self, ip: IpAddr) {
        let ip = ip.to_canonical();
        match addresses::of_address(ip) {
            Some(why) => self.leave_out(ip.to_string(), why),
            None => self.push(Question::of_address(ip)),
        }
    }

    fn push(&mut self, question: Question) {
        if self.asked.insert(question.key()) {
            self.questions.push(question);
        }
    }

    fn leave_out(&mut self, what: String, why: String) {
        self.left_out.push(LeftOut { what, why });
    }

    /// The questions, in their order. Those that confirm are known once names have come.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// What is not asked about.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Who would learn what, if these resolvers were asked. With `compare` each hears everything.
    /// With `dnssec` the keys on the way to each name are asked for too.
    pub fn tells(&self, resolvers: &[Resolver], compare: bool, dnssec: bool) -> Vec<Tells> {
        if self.questions.is_empty() {
            return Vec::new();
        }
        let mut tells: Vec<Tells> = Vec::new();
        for (index, resolver) in resolvers.iter().enumerate() {
            let what =
                if compare || index == 0 { "each" } else { "what nobody before answered: the" };
            let more = if dnssec { ", and the zones above them" } else { "" };
            let learns = format!(
                "{what} address and name that is asked about ({} questions){more}; when; your address",
                self.questions.len()
            );
            tells.push(Tells::new(format!("the resolver {resolver}"), learns));
        }
        tells.push(Tells::new(
            "the name servers of these addresses and names",
            "that somebody looks them up now, from the address of the resolver",
        ));
        if self.confirm {
            tells.push(Tells::new(
                "the name servers of the names that come",
                "the same; whoever writes the PTR of an address chooses these names",
            ));
        }
        if resolvers.iter().any(Resolver::is_open) {
            tells.push(Tells::new(
                "everyone on the way to a resolver without TLS",
                "the questions and the answers",
            ));
        }
        tells
    }

    /// Whether names are confirmed.
    pub fn confirms(&self) -> bool {
        self.confirm
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(targets: &[&str], kinds: &[Kind]) -> (Vec<String>, Vec<String>) {
        let mut plan = Plan::new(false);
        for target in targets {
            plan.add(target, kinds).unwrap();
        }
        let questions = plan.questions().iter().map(ToString::to_string).collect();
        (questions, plan.left_out().iter().map(|out| out.what.clone()).collect())
    }

    #[test]
    fn each_question_is_asked_once_in_the_order_given() {
        let (questions, left_out) =
            planned(&["9.9.9.9", "example.org", "10.0.0.1", "::ffff:9.9.9.9", "EXAMPLE.org."], &[]);
        assert_eq!(questions, ["PTR 9.9.9.9.in-addr.arpa.", "A example.org.", "AAAA example.org."]);
        assert_eq!(left_out, ["10.0.0.1"]);
    }

    #[test]
    fn types_are_of_names_and_addresses_ask_ptr() {
        let (questions, _) = planned(&["2620:fe::fe", "_dmarc.example.org"], &[Kind::Txt]);
        assert_eq!(questions.len(), 2);
        assert!(questions[0].starts_with("PTR e.f.0.0."), "{questions:?}");
        assert_eq!(questions[1], "TXT _dmarc.example.org.");
        let (reverse, _) = planned(&["9.9.9.9.in-addr.arpa"], &[]);
        assert_eq!(reverse, ["PTR 9.9.9.9.in-addr.arpa."]);
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long = "x".repeat(70);
        for bad in ["", ".", "a b.example.org", "a..example.org", &format!("{long}.example.org")] {
            assert!(Plan::new(false).add(bad, &[]).is_err(), "{bad}");
        }
    }
}
