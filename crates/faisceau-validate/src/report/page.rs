//! The report as a page in French, for the annex of a note.
//!
//! In: the report. Out: one HTML file that stands alone: no script, no address, nothing fetched;
//! every value is escaped. The plots are SVG that a printer without colours keeps readable.

use std::fmt::Write as _;

use super::figures::{Entry, EntryFigures, ValidationReport};
use super::plot::{Curve, Line, Plot};
use crate::baselines::Baselines;

const STYLE: &str = "body{font:15px/1.45 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;margin:1rem 0;font-size:13px}\
th,td{border:1px solid #000;padding:.15rem .4rem;text-align:right}\
th:first-child,td:first-child{text-align:left}\
figure{display:inline-block;width:27rem;max-width:100%;margin:.5rem;break-inside:avoid}\
svg{width:100%;height:auto;font:11px serif}\
.axis{fill:none;stroke:#000}.tick{fill:none;stroke:#bbb;stroke-width:.6}\
.curve{fill:none;stroke:#000;stroke-width:1.5}.hollow{fill:#fff;stroke:#000}";

const HEADINGS: [&str; 14] = [
    "Méthode",
    "Mots",
    "Messages",
    "Auteurs",
    "Paires même main",
    "Paires mains différentes",
    "AUC",
    "EER",
    "Cllr",
    "Intervalle 95 %",
    "Cllr min",
    "1er rang",
    "Rappel à 1/1000",
    "LR médian (log10), même main",
];

const MISLEADING_HEADINGS: [&str; 9] = [
    "Méthode",
    "Mots",
    "Messages",
    "Même main : LR < 1/10",
    "< 1/100",
    "< 1/1000",
    "Mains différentes : LR > 10",
    "> 100",
    "> 1000",
];

const METHOD: &str = "<p>Chaque auteur du corpus est connu. Son historique est coupé en deux côtés, \
qui jouent le rôle de deux comptes : les deux côtés d’un même auteur forment une paire « même \
main », les côtés de deux auteurs une paire « mains différentes ». Les rapports de vraisemblance \
(LR) viennent d’un étalonnage qui n’a vu aucun des deux auteurs de la paire.</p>\n\
<p>Le Cllr est le coût des LR : 0 est parfait, 1 ne vaut pas mieux que de se taire, plus de 1 \
trompe. Le Cllr min est le coût qui resterait après le meilleur étalonnage possible. L’EER est le \
taux auquel les deux erreurs s’égalent ; l’AUC, la part des couples de paires bien ordonnés. Un \
taux d’erreur mesuré ici vaut pour des textes de cette sorte et de cette quantité ; il ne dit rien \
d’une personne.</p>\n";

/// The page.
pub fn page(report: &ValidationReport) -> String {
    let corpus = &report.corpus;
    let name = escaped(&corpus.name);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n<title>Validation – {name}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>Taux d’erreur mesurés</h1>\n\
         <p>Corpus : <strong>{name}</strong>, {} auteurs (laissés de côté : {}), {} messages{}. Lignes illisibles : {}.\
         </p>\n{METHOD}",
        corpus.authors,
        corpus.authors_left_out,
        corpus.posts,
        sites(&corpus.sites),
        corpus.rejects
    );
    let mut rest = &report.entries[..];
    while let Some(first) = rest.first() {
        let same = |entry: &&Entry| entry.cut == first.cut && entry.scope == first.scope;
        let count = rest.iter().take_while(same).count();
        let (group, after) = rest.split_at(count);
        section(&mut html, first, group);
        rest = after;
    }
    for set in &report.baselines {
        baselines(&mut html, set);
    }
    html + "</body>\n</html>\n"
}

fn sites(sites: &[(String, usize)]) -> String {
    let named = sites.iter().filter(|(site, _)| !site.is_empty());
    let named: Vec<String> =
        named.map(|(site, count)| format!("{} ({count})", escaped(site))).collect();
    if named.is_empty() { String::new() } else { format!(" ; sites : {}", named.join(", ")) }
}

fn section(html: &mut String, first: &Entry, group: &[Entry]) {
    let _ = writeln!(html, "<h2>{}, {}</h2>", cut(&first.cut), scope(&first.scope));
    rows(html, &HEADINGS, group, |f| {
        vec![
            decimal(f.auc, 3),
            percent(f.eer, 1),
            decimal(f.cllr, 3),
            format!("{} – {}", decimal(f.cllr_interval[0], 2), decimal(f.cllr_interval[1], 2)),
            decimal(f.cllr_min, 3),
            percent(f.top1, 1),
            percent(f.recall_at_one_in_1000, 1),
            decimal(f.median_same_log10_lr, 2),
        ]
    });
    html.push_str("<p>Preuves trompeuses, en part des paires :</p>\n");
    rows(html, &MISLEADING_HEADINGS, group, |f| {
        let rates = f.misleading.same.into_iter().chain(f.misleading.different);
        rates.map(|rate| percent(rate, 2)).collect()
    });
    for entry in group {
        if let Some(figures) = &entry.figures {
            plots(html, entry, figures);
        }
    }
}

/// A table of entries. The counts stand only in the table of the figures.
fn rows(
    html: &mut String,
    headings: &[&str],
    group: &[Entry],
    cells: impl Fn(&EntryFigures) -> Vec<String>,
) {
    html.push_str("<table>\n<tr>");
    for heading in headings {
        let _ = write!(html, "<th scope=\"col\">{heading}</th>");
    }
    html.push_str("</tr>\n");
    for entry in group {
        let mut row = vec![escaped(&entry.system), amount(entry.words), amount(entry.posts)];
        if headings.len() == HEADINGS.len() {
            row.extend([entry.authors, entry.same, entry.different].map(|n| n.to_string()));
        }
        let given = row.len();
        match &entry.figures {
            Some(figures) => row.extend(cells(figures)),
            None => row.resize(headings.len(), "–".to_owned()),
        }
        if entry.figures.is_none()
            && let Some(cell) = row.get_mut(given)
        {
            "trop peu de paires".clone_into(cell);
        }
        html.push_str("<tr>");
        for cell in row {
            let _ = write!(html, "<td>{cell}</td>");
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table>\n");
}

fn plots(html: &mut String, entry: &Entry, figures: &EntryFigures) {
    let what = format!("{}, {}", entry.system, material(entry));
    let tippett = |share: fn(&faisceau_weigh::validation::Tippett) -> f64| {
        figures.tippett.iter().map(|p| (p.log10_lr, share(p))).collect()
    };
    let ece = |cost: fn(&faisceau_weigh::validation::Ece) -> f64| {
        figures.ece.iter().map(|p| (p.prior_log10_odds, cost(p))).collect()
    };
    let most = figures.ece.iter().map(|p| p.system).fold(1.0, f64::max).min(2.0);
    let plots = [
        Plot {
            title: format!("Tippett : {what}"),
            x_name: "log10 LR",
            y_name: "part des paires au-dessus",
            x: [-3, 3],
            y_most: 1.0,
            curves: vec![
                Curve { name: "même main", line: Line::Full, points: tippett(|p| p.same) },
                Curve {
                    name: "mains différentes",
                    line: Line::Dashed,
                    points: tippett(|p| p.different),
                },
            ],
        },
        Plot {
            title: format!("Entropie croisée empirique : {what}"),
            x_name: "log10 de la cote a priori",
            y_name: "coût (bits)",
            x: [-3, 3],
            y_most: most,
            curves: vec![
                Curve { name: "LR de la méthode", line: Line::Full, points: ece(|p| p.system) },
                Curve {
                    name: "meilleur étalonnage (PAV)",
                    line: Line::Dashed,
                    points: ece(|p| p.best),
                },
                Curve { name: "LR = 1", line: Line::Dotted, points: ece(|p| p.silent) },
            ],
        },
    ];
    for plot in plots {
        let caption = escaped(&plot.title);
        let _ =
            writeln!(html, "<figure>\n{}<figcaption>{caption}</figcaption>\n</figure>", plot.svg());
    }
}

fn baselines(html: &mut String, set: &Baselines) {
    let within = scope(if set.within { "within" } else { "across" });
    let _ = writeln!(
        html,
        "<h2>Méthodes de comparaison : {}, {within}, {} mots, {} messages, {} auteurs</h2>\n\
         <p>Définitions du programme public alterego.py.</p>\n<table>\n<tr>\
         <th scope=\"col\">Méthode</th><th scope=\"col\">AUC</th><th scope=\"col\">EER</th>\
         <th scope=\"col\">Cllr</th><th scope=\"col\">Cllr min</th><th scope=\"col\">1er rang</th>\
         <th scope=\"col\">Rappel à 1/1000</th></tr>",
        cut(&set.protocol),
        set.words,
        set.posts,
        set.authors
    );
    for one in &set.results {
        let _ = write!(html, "<tr><td>{}</td>", escaped(&one.name));
        let cells = one.figures.map_or_else(
            || vec!["trop peu de paires".to_owned()],
            |f| {
                vec![
                    decimal(f.auc, 3),
                    percent(f.eer, 1),
                    decimal(f.cllr, 3),
                    decimal(f.cllr_min, 3),
                    percent(f.top1, 1),
                    percent(f.rec1e3, 1),
                ]
            },
        );
        for cell in cells {
            let _ = write!(html, "<td>{cell}</td>");
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</table>\n");
}

fn cut(cut: &str) -> &'static str {
    if cut == "days" { "Jours alternés" } else { "Avant et après le message médian" }
}

fn scope(scope: &str) -> &'static str {
    if scope == "across" { "tous sites" } else { "paires d’un même site" }
}

fn material(entry: &Entry) -> String {
    let words = entry.words.map(|words| format!("{words} mots"));
    let posts = entry.posts.map(|posts| format!("{posts} messages"));
    words.into_iter().chain(posts).collect::<Vec<_>>().join(" et ")
}

fn amount(amount: Option<usize>) -> String {
    amount.map_or_else(|| "–".to_owned(), |amount| amount.to_string())
}

fn percent(share: f64, decimals: usize) -> String {
    decimal(100.0 * share, decimals) + "\u{a0}%"
}

/// A number with a decimal comma and a true minus sign.
pub(super) fn decimal(x: f64, decimals: usize) -> String {
    format!("{x:.decimals$}").replace('.', ",").replace('-', "−")
}

/// A text without what HTML or a terminal would obey.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in faisceau_model::inert(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
