//! A made-up act with every block that acts use and the note does not. All words are invented.

use faisceau_report::{
    Block, Callout, Document, DocumentKind, Language, Prose, Reference, Section, Statement,
    TableColumn, Text,
};

fn prose(text: impl Into<Text>) -> Statement {
    Prose::new(text).into()
}

fn columns(titles: &[(&str, u8, bool)]) -> Vec<TableColumn> {
    let column = |&(title, width, numeric): &(&str, u8, bool)| TableColumn {
        title: title.to_owned(),
        width,
        numeric,
    };
    titles.iter().map(column).collect()
}

/// The act; `words` stand in each place where a stranger's could.
pub(crate) fn act(words: &str) -> Document {
    let account = || Text::from("Le compte ").quoted(Language::French, words, 4000);
    let named = || account().plain(" ; ").code(words);
    Document {
        schema: 1,
        kind: DocumentKind::Summons,
        language: Language::French,
        part: String::new(),
        title: format!("Projet d’assignation en référé – {words}"),
        case_title: Text::new().data(words, 70),
        as_of: "2026-11-21".to_owned(),
        journal: Some("4be1".repeat(16)),
        tool_version: "0.1.0".to_owned(),
        sections: vec![
            Section {
                number: String::new(),
                title: String::new(),
                desk: false,
                blocks: vec![
                    Block::Centred(vec![
                        Text::new().strong("ASSIGNATION EN RÉFÉRÉ"),
                        Text::from("DEVANT LE PRÉSIDENT DU ").blank("tribunal judiciaire de"),
                    ]),
                    Block::Paragraph(vec![
                        prose(Text::from("L'an deux mille vingt-six et le ").blank("date")),
                        prose(Text::from("À la requête de : ").given("", 60, "nom et prénoms")),
                        prose(named()),
                    ]),
                ],
            },
            Section {
                number: "I".to_owned(),
                title: format!("Faits {words}"),
                desk: false,
                blocks: vec![
                    Block::Heading(named()),
                    Block::List(vec![prose(named()), prose("Rien d'autre.")]),
                    Block::Callout(Callout {
                        title: format!("À noter {words}"),
                        statements: vec![prose(named())],
                    }),
                    Block::Reference(Reference {
                        caption: named(),
                        columns: columns(&[("Message", 8, false), (words, 3, true)]),
                        rows: (0..40).map(|n| vec![named(), Text::from(n.to_string())]).collect(),
                    }),
                    Block::Reference(Reference {
                        caption: Text::new(),
                        columns: columns(&[("Seule", 1, false)]),
                        rows: Vec::new(),
                    }),
                ],
            },
            Section {
                number: "II".to_owned(),
                title: "Dispositif".to_owned(),
                desk: false,
                blocks: vec![
                    Block::Centred(vec![Text::new().strong("PAR CES MOTIFS")]),
                    Block::Numbered(vec![
                        prose(
                            Text::from("Ordonner à ").data(words, 4000).plain(" de communiquer :"),
                        ),
                        prose("Dire que la mesure est limitée aux comptes désignés ;"),
                        prose(Text::from("Fixer l'astreinte à ").blank("montant par jour")),
                    ]),
                    Block::Numbered(vec![prose("Réserver les dépens."), prose(named())]),
                ],
            },
        ],
    }
}
