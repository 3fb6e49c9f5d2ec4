//! The facts of an act for the civil judge: accounts and messages, or addresses with port and
//! instant, and what no longer is kept.
//!
//! In: one addressee. Out: blocks, the ids of their tables for the dispositive, the exhibits cited.

use std::collections::BTreeSet;

use faisceau_model::{ExhibitNo, Maybe, Moment, RowId};

use crate::acts::chronology::Chronology;
use crate::acts::drafting::{Drafting, id_of};
use crate::acts::pieces::cite;
use crate::acts::targets::{OPERATORS, Target};
use crate::acts::{accounts, connections, heads};
use crate::french::counted;
use crate::model::Block;
use crate::sentence::Support;
use crate::text::Text;
use crate::wording::prose;
use crate::writer::Writer;

/// The facts.
pub(in crate::acts) struct Facts<'a> {
    pub(in crate::acts) blocks: Vec<Block>,
    /// The table of accounts or addresses: `T1`.
    pub(in crate::acts) objects: String,
    /// The table of messages; empty for an operator.
    pub(in crate::acts) messages: String,
    /// The exhibits that the tables cite.
    pub(in crate::acts) cited: BTreeSet<ExhibitNo>,
    chronology: Option<Chronology<'a>>,
}

impl<'a> Facts<'a> {
    pub(in crate::acts) fn of(d: &Drafting<'a>, target: &Target<'a>, w: &mut Writer) -> Self {
        if target.operator {
            Self::of_operator(d, target, w)
        } else {
            Self::of_platform(d, target, w)
        }
    }

    fn of_platform(d: &Drafting<'a>, target: &Target<'a>, w: &mut Writer) -> Self {
        let keys = target.accounts();
        let chronology = Chronology::of(d, &keys);
        let pieces = accounts::exhibits_of(d, &keys);
        let mut said = vec![chronology.overview(keys.len(), cite(&pieces), w)];
        said.extend(chronology.past(d, w));
        said.extend(prose(&d.index.words.prose.handles));
        let retained = Text::from("Sont en cause : ").blank(heads::RETAINED).plain(".");
        said.push(w.say(retained, Support::one("set:case.facts")));
        let accounts = accounts::table(d, &keys, w);
        let messages = chronology.table(d, w);
        let cited = pieces.into_iter().chain(chronology.exhibits()).collect();
        let (objects, shown) = (id_of(&accounts).to_owned(), id_of(&messages).to_owned());
        let blocks = vec![Block::Paragraph(said), accounts, messages];
        Self { blocks, objects, messages: shown, cited, chronology: Some(chronology) }
    }

    fn of_operator(d: &Drafting<'a>, target: &Target<'a>, w: &mut Writer) -> Self {
        let mut said = vec![connections::overview(target, w)];
        said.extend(connections::past(d, target, w));
        if target.operators_left_out > 0 {
            let text = Text::from(format!(
                "Les {OPERATORS} opérateurs dont les données cessent le plus tôt d'être conservées font chacun l'objet d'un acte ; {} au tableau des demandes.",
                counted(target.operators_left_out, "autre figure", "autres figurent"),
            ));
            said.push(w.say(text, Support::one("requests?hop=2")));
        }
        let table = connections::table(d, target, w);
        let cited = target.requests.iter().flat_map(|row| connections::exhibits(row)).collect();
        let objects = id_of(&table).to_owned();
        let blocks = vec![Block::Paragraph(said), table];
        Self { blocks, objects, messages: String::new(), cited, chronology: None }
    }

    /// What connection data are asked about: instants, and the rows that say them.
    pub(in crate::acts) fn events<'f>(
        &'f self,
        target: &'f Target<'a>,
    ) -> impl Iterator<Item = (&'f Maybe<Moment>, &'f RowId)> {
        let posts = self.chronology.iter().flat_map(|c| &c.shown).map(|post| (&post.at, &post.id));
        let addresses = target.requests.iter().filter(|row| row.hop == 2);
        posts.chain(addresses.map(|row| (&row.at, &row.id)))
    }
}
