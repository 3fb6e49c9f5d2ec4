//! One link in full: the finding, the families, the figure, what else would explain it.

use faisceau_model::rows::{Comparison, FamilyPart, Link};
use faisceau_model::{Family, Maybe, Relation, RowId};

use super::{contributions, explained, favours, parts, range, reviewed, shared};
use crate::french::spaced;
use crate::index::{Index, cut};
use crate::language::said;
use crate::model::{Bar, Block};
use crate::sentence::{Statement, Support};
use crate::text::Text;
use crate::writer::{Limit, Writer, column, numbers};

/// Pairs compared from which finding one is no confirmation of it.
const SEARCHED: i64 = 5;

fn title(index: &Index<'_>, link: &Link) -> Text {
    let pair = index.words.relation(link.relation.as_str());
    Text::from(format!("{} – ", pair.title))
        .then(index.name(&link.a))
        .plain(index.lang.pick(" et ", " and "))
        .then(index.name(&link.b))
}

/// One link in the body: the finding, what else would explain it, the figure.
pub(super) fn brief(index: &Index<'_>, link: &Link, w: &mut Writer) -> Vec<Block> {
    let mut said = finding(index, link, w);
    said.extend(explained::in_short(index, link, w));
    let weighed: Vec<FamilyPart> = link.families().collect();
    let figure = figure(index, link, &weighed, w);
    vec![Block::Heading(title(index, link)), Block::Paragraph(said), figure]
}

/// The blocks of one link in the annex.
pub(super) fn detail(index: &Index<'_>, link: &Link, w: &mut Writer) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(title(index, link))];
    let weighed: Vec<FamilyPart> = link.families().collect();
    blocks.push(family_table(index, link, &weighed, w));
    let mut beside: Vec<Statement> = strongest_posted(&weighed, link, w).into_iter().collect();
    if link.relation == Relation::SameHand {
        beside.extend(parts::common_minutes(index, link, w));
    }
    if !beside.is_empty() {
        blocks.push(Block::Paragraph(beside));
    }
    blocks.extend(contributions::blocks(index, link, w));
    blocks.push(Block::Paragraph(vec![explained::overview(index, link, w)]));
    blocks.extend(explained::table(index, link, w));
    blocks
}

fn finding(index: &Index<'_>, link: &Link, w: &mut Writer) -> Vec<Statement> {
    let lang = index.lang;
    let text = Text::from(lang.pick("Les observations apportent un ", "The observations give "))
        .strong(lang.band(&link.band_fr))
        .plain(said!(
            lang,
            " à la proposition {} : log10 {} (intervalle {} ; plafond {}), entre ",
            " to proposition {}: log10 {} (interval {}; cap {}), between ",
            favours(link).unwrap_or("H1"),
            lang.signed(link.total),
            range(lang, link.total_low, link.total_high),
            lang.signed(link.total_cap),
        ))
        .then(index.name_and_key(&link.a))
        .plain(lang.pick(" et ", " and "))
        .then(index.name_and_key(&link.b))
        .plain(".");
    let mut out = vec![w.say(text, Support::one(&link.id).and_all(link.rows.iter().take(24)))];
    let search = if link.pairs_compared > SEARCHED {
        lang.pick(
            " : résultat d'une recherche, non confirmation, que seule donnerait une observation indépendante",
            ": the result of a search, not a confirmation, which only an independent observation would give",
        )
    } else {
        ""
    };
    let text = said!(
        lang,
        "Ce rapprochement est tiré de {}{search}.",
        "This link is drawn from {}{search}.",
        lang.counted(
            usize::try_from(link.pairs_compared).unwrap_or(0),
            ["paire comparée", "paires comparées"],
            ["pair compared", "pairs compared"],
        )
    );
    out.push(w.say(text, Support::one(&link.id)));
    out.extend(reviewed::statement(index, link, w));
    out
}

fn family_table(index: &Index<'_>, link: &Link, weighed: &[FamilyPart], w: &mut Writer) -> Block {
    let lang = index.lang;
    let columns = vec![
        column(lang.pick("Famille", "Family"), 3),
        column(lang.pick("Indices (score ; matière)", "Indicators (score; material)"), 9),
        numbers("log10", 2),
        numbers(lang.pick("Intervalle", "Interval"), 4),
        numbers(lang.pick("Plafond", "Cap"), 2),
    ];
    let bound = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), |x| lang.signed(x));
    let mut rows: Vec<(Vec<Text>, Support)> = weighed
        .iter()
        .flat_map(|part| {
            let behind = behind(index, link, part.family);
            let interval = match part.low.zip(part.high) {
                Some((low, high)) => range(lang, low, high),
                None => "–".to_owned(),
            };
            let cells = vec![
                index.words.family(part.family.as_str()).into(),
                Text::join(behind.iter().map(|c| indication(index, c)), lang.pick(" ; ", "; ")),
                lang.signed(part.value).into(),
                interval.into(),
                bound(part.cap).into(),
            ];
            let rows: Vec<&RowId> = behind.iter().map(|c| &c.id).collect();
            let own = (cells, Support::one(&link.id).and_all(rows));
            std::iter::once(own).chain(parts::row(index, &behind))
        })
        .collect();
    let total = vec![
        Text::new().strong("total"),
        Text::new().strong(lang.band(&link.band_fr)),
        Text::new().strong(lang.signed(link.total)),
        range(lang, link.total_low, link.total_high).into(),
        lang.signed(link.total_cap).into(),
    ];
    rows.push((total, Support::one(&link.id)));
    let count = rows.len();
    let limit = Limit::of(count, lang.pick(["ligne", "lignes"], ["row", "rows"]), "links");
    let caption = Text::from(
        lang.pick("Rapports de vraisemblance par famille, ", "Likelihood ratios by family, "),
    )
    .code(link.id.as_str());
    w.table(caption, columns, rows, count, limit)
}

/// The comparisons of a family that a link rests on.
fn behind<'a>(index: &Index<'a>, link: &Link, family: Family) -> Vec<&'a Comparison> {
    let of_link = |c: &&Comparison| {
        c.family == family
            && c.signal != parts::SHOWN_ONLY
            && c.a == link.a
            && c.b == link.b
            && link.rows.iter().any(|r| r == c.id.as_str())
    };
    index.input.comparisons.iter().filter(of_link).take(6).collect()
}

fn indication(index: &Index<'_>, c: &Comparison) -> Text {
    let lang = index.lang;
    let mut text = Text::new().plain(index.words.signal(&cut(&c.signal))).plain(said!(
        lang,
        " ({} ; {} et {} ",
        " ({}; {} and {} ",
        lang.decimal(c.score, 3),
        lang.count(c.material_a),
        lang.count(c.material_b),
    ));
    text = text.plain(index.words.unit(&cut(&c.unit)));
    if let Some(shared) = shared::shown(lang, c) {
        text = text.plain(lang.pick(" ; ", "; ")).then(shared);
    }
    if let Maybe::Known(access) = &c.access {
        text = text.plain(format!(", {}", index.words.access(access.as_str())));
    }
    text.plain(")")
}

/// Who takes up an image takes up the link beside it: of the two the stronger enters the total.
fn outweighed(weighed: &[FamilyPart]) -> Option<Family> {
    let of = |family| weighed.iter().find(|part| part.family == family).map(|part| part.value);
    let (media, objects) = (of(Family::Media)?, of(Family::Objects)?);
    Some(if objects > media { Family::Media } else { Family::Objects })
}

fn strongest_posted(weighed: &[FamilyPart], link: &Link, w: &mut Writer) -> Option<Statement> {
    let left_out = outweighed(weighed)?;
    let lang = w.lang;
    let what = if left_out == Family::Media {
        lang.pick("celui des objets partagés", "that of the shared objects")
    } else {
        lang.pick("celui des images", "that of the images")
    };
    let text = said!(
        lang,
        "Images et objets partagés viennent souvent des mêmes publications : seul le plus fort des deux rapports, {what}, entre dans le total et dans la figure.",
        "Images and shared objects often come from the same publications: only the stronger of the two ratios, {what}, enters into the total and into the figure."
    );
    Some(w.say(text, Support::one(&link.id)))
}

fn figure(index: &Index<'_>, link: &Link, weighed: &[FamilyPart], w: &mut Writer) -> Block {
    let lang = index.lang;
    let words = |value: f64, low: f64, high: f64| {
        let [value, low, high] = [value, low, high].map(|x| lang.signed(x));
        said!(lang, "{value}  [{low} ; {high}]", "{value}  [{low}; {high}]")
    };
    let left_out = outweighed(weighed);
    let mut bars: Vec<Bar> = weighed
        .iter()
        .filter(|part| Some(part.family) != left_out)
        .map(|part| {
            let (low, high) = (part.low.unwrap_or(part.value), part.high.unwrap_or(part.value));
            Bar {
                label: index.words.family(part.family.as_str()).to_owned(),
                value: part.value,
                low,
                high,
                cap: part.cap,
                text: spaced(&words(part.value, low, high)),
                total: false,
            }
        })
        .collect();
    bars.push(Bar {
        label: "total".to_owned(),
        value: link.total,
        low: link.total_low,
        high: link.total_high,
        cap: Some(link.total_cap),
        text: spaced(&words(link.total, link.total_low, link.total_high)),
        total: true,
    });
    let caption = Text::from(
        lang.pick("Poids de chaque famille en log10, ", "Weight of each family in log10, "),
    )
    .code(link.id.as_str());
    w.bars(caption, bars, Support::one(&link.id))
}
