//! Explanations of small planted cases.

mod identifiers;
mod network;
mod posts;
mod whole;

use super::{EXPLANATION_COUNTS, ExplanationInput, counts_of, explanations};
use crate::requests::planted::{account, address, key, link, media, post};
use faisceau_model::rows::{
    Account, Address, AddressVerdict, Comparison, Connection, Explanation, Identity, Link, Media,
    Post,
};
use faisceau_model::{
    Absent, AccessKind, Family, Listing, Maybe, Moment, PostKind, Question, Relation, Role, RowId,
    Standing,
};

#[derive(Debug, Default, Clone)]
struct Case {
    links: Vec<Link>,
    comparisons: Vec<Comparison>,
    posts: Vec<Post>,
    addresses: Vec<Address>,
    verdicts: Vec<AddressVerdict>,
    connections: Vec<Connection>,
    accounts: Vec<Account>,
    media: Vec<Media>,
    identities: Vec<Identity>,
}

impl Case {
    fn explanations(&self) -> Vec<Explanation> {
        explanations(&ExplanationInput {
            links: &self.links,
            comparisons: &self.comparisons,
            posts: &self.posts,
            addresses: &self.addresses,
            verdicts: &self.verdicts,
            connections: &self.connections,
            accounts: &self.accounts,
            media: &self.media,
            identities: &self.identities,
        })
    }

    /// The one explanation with this code.
    fn found(&self, code: &str) -> Explanation {
        let mut found = self.explanations();
        found.retain(|row| row.code == code);
        assert_eq!(found.len(), 1, "{code}");
        found.remove(0)
    }

    fn standing(&self, code: &str) -> Standing {
        self.found(code).standing
    }

    /// A use of an address with a user agent.
    fn used(
        &mut self,
        n: u64,
        who: &str,
        when: &str,
        port: Option<i64>,
        agent: &str,
    ) -> &mut Address {
        let kind = AccessKind::AccessLine;
        let row = address(n, Some(who), "203.0.113.7", port, when, kind);
        let mut connection = Connection::new(row.exhibit, &row.place, 0, row.ip.clone(), "forum");
        connection.user_agent = Maybe::text(agent, Absent::NotRecorded);
        self.connections.push(connection);
        self.addresses.push(row);
        self.addresses.last_mut().expect("a row")
    }

    /// A text of an account.
    fn wrote(&mut self, n: u64, who: &str, when: &str, text: &str) -> &mut Post {
        let mut row = post(n, who, when);
        row.text = Maybe::Known(text.to_owned());
        self.posts.push(row);
        self.posts.last_mut().expect("a row")
    }
}

fn comparison(n: usize, family: Family, signal: &str, innocent: &[&str]) -> Comparison {
    Comparison {
        id: RowId::derived("cmp", n),
        a: key("x:a"),
        b: key("x:b"),
        signal: signal.to_owned(),
        family,
        score: 2.0,
        material_a: 200,
        material_b: 200,
        unit: "words".to_owned(),
        access: Maybe::Missing(Absent::NotApplicable),
        shared: Maybe::Missing(Absent::NotApplicable),
        parts: Vec::new(),
        innocent: innocent.iter().map(ToString::to_string).collect(),
        rows: Vec::new(),
    }
}

/// One link between x:a and x:b with these comparisons. Each family has the LR of the total.
fn pair(total: f64, comparisons: Vec<Comparison>) -> Case {
    let mut row = link(1, "x:a", "x:b", total, total);
    for c in &comparisons {
        *match c.family {
            Family::Style => &mut row.style,
            Family::Time => &mut row.time,
            Family::Network => &mut row.network,
            Family::Media => &mut row.media,
            Family::Identifiers => &mut row.identifiers,
            Family::Objects => &mut row.objects,
            Family::Coordination => &mut row.coordination,
        } = Maybe::Known(total);
    }
    row.favours = Maybe::Known(if total > 0.0 { "H1" } else { "H2" }.to_owned());
    row.rows = comparisons.iter().map(|c| c.id.to_string()).collect();
    row.innocent = comparisons.iter().flat_map(|c| c.innocent.clone()).collect();
    row.innocent.sort();
    row.innocent.dedup();
    Case { links: vec![row], comparisons, ..Case::default() }
}

fn network(access: AccessKind, innocent: &[&str]) -> Case {
    let mut row = comparison(1, Family::Network, "shared_address", innocent);
    row.access = Maybe::Known(access);
    row.shared = Maybe::Known("203.0.113.7".to_owned());
    pair(2.0, vec![row])
}

fn style(total: f64, innocent: &[&str]) -> Case {
    pair(total, vec![comparison(1, Family::Style, "char_impostors", innocent)])
}

fn identity(members: &[&str]) -> Identity {
    Identity {
        id: RowId::derived("idt", 1),
        members: members.iter().map(ToString::to_string).collect(),
        weakest_link: RowId::derived("lnk", 1),
        weakest: 3.0,
        cohesion: 3.0,
        would_split: Vec::new(),
        would_join: Vec::new(),
        rows: Vec::new(),
    }
}
