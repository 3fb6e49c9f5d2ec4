//! `README.txt`: how to read the files, in French and in English, and what they hold.

use std::fmt::Write;

use faisceau_model::inert;

use crate::source::CaseCard;
use crate::tabular::{Contents, TableOptions, WITHHELD};

/// The page.
pub(super) fn readme(case: &CaseCard, contents: &Contents, options: &TableOptions) -> String {
    let separator = match options.csv.separator() {
        ';' => ("point-virgule", "semicolon"),
        '\t' => ("tabulation", "tabulator"),
        _ => ("virgule", "comma"),
    };
    let zone = options.local_zone.as_ref().and_then(|zone| zone.iana_name()).unwrap_or("UTC");
    let local = options.local_zone.is_some();
    let mut page = String::new();
    french(&mut page, separator.0, local.then_some(zone));
    page.push('\n');
    english(&mut page, separator.1, local.then_some(zone));
    page.push('\n');
    holds(&mut page, case, contents);
    page.replace('\n', "\r\n")
}

fn french(page: &mut String, separator: &str, zone: Option<&str>) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(
        page,
        "LIRE CES FICHIERS\n\n\
         Un fichier par table, UTF-8, séparateur : {separator}, fins de ligne CRLF (RFC 4180).\n\
         - Tout texte est entre guillemets ; un nombre, true et false ne le sont pas. Un champ vide \
         est une valeur absente : la colonne absent dit pourquoi (port=not_recorded).\n\
         - Une apostrophe est placée devant ce qu'un tableur exécuterait (= + - @), au début d'un \
         texte et après une virgule, un point-virgule, une tabulation ou une fin de ligne. Pour \
         retrouver le texte exact, remplacer l'expression (^|[,;\\t\\r\\n])' par \\1.\n\
         - Une liste est un tableau JSON de textes, une fois l'apostrophe ôtée.\n\
         - Un instant est en UTC dans NOM_utc ; NOM_prec dit sa précision (l'instant est le début de \
         l'intervalle), NOM_zone d'où vient le fuseau."
    );
    if let Some(zone) = zone {
        let _ = writeln!(
            page,
            "- NOM_local est l'heure locale ({zone}), coupée à la précision : elle s'ajoute et ne \
             remplace pas NOM_utc."
        );
    }
}

fn english(page: &mut String, separator: &str, zone: Option<&str>) {
    let _ = writeln!(
        page,
        "READING THESE FILES\n\n\
         One file a table, UTF-8, separator: {separator}, lines end in CRLF (RFC 4180).\n\
         - Every text is in quotation marks; a number, true and false are not. An empty field is a \
         missing value: the column absent says why (port=not_recorded).\n\
         - An apostrophe stands before what a spreadsheet would run (= + - @), at the start of a text \
         and after a comma, a semicolon, a tabulator or a line break. To have the exact text back, \
         replace the expression (^|[,;\\t\\r\\n])' by \\1.\n\
         - A list is a JSON array of texts, once the apostrophe is taken away.\n\
         - An instant is in UTC in NAME_utc; NAME_prec says how precise it is (the instant is the \
         start of the interval), NAME_zone where the zone comes from."
    );
    if let Some(zone) = zone {
        let _ = writeln!(
            page,
            "- NAME_local is the local time ({zone}), cut to the precision: it stands beside \
             NAME_utc and does not replace it."
        );
    }
}

fn holds(page: &mut String, case: &CaseCard, contents: &Contents) {
    let _ = writeln!(
        page,
        "CONTENU / CONTENTS\n\n\
         dossier / case: {}\n\
         arrêté au / as of: {}\n\
         faisceau {}\n\
         SHA-256, pièces / exhibits: {}\n\
         SHA-256, tables: {}\n\n\
         table, lignes / rows, SHA-256 de / of tables/TABLE.parquet:",
        inert(&case.title),
        inert(&case.as_of),
        inert(&case.tool),
        inert(&case.exhibits_sha256),
        inert(&case.tables_sha256),
    );
    for line in &contents.tables {
        let _ = writeln!(page, "{:16} {:>10} {}", line.table, line.rows, line.sha256);
        if line.withheld > 0 {
            let _ = writeln!(
                page,
                "    {} : position protégée retirée / protected position withheld ({WITHHELD})",
                line.withheld
            );
        }
    }
    for left_out in &contents.left_out {
        let _ = writeln!(page, "{:16} non exporté / left out: {}", left_out.table, left_out.why);
    }
}
