//! What a document is: the note, or one of the acts that a lawyer corrects and files.

use serde::Serialize;

use crate::language::Language;

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// The *note technique de partie*.
    Note,
    /// Draft of the *assignation en référé* (article 145 CPC).
    Summons,
    /// Draft of the *requête* (articles 145 and 493 CPC), where a reason against contradiction is
    /// given.
    ExParte,
    /// The table of requests.
    Requests,
    /// The numbered list of exhibits (*bordereau de pièces*).
    ExhibitList,
    /// Draft of the *plainte contre X*.
    Complaint,
    /// Notifications of illegal content, one an item (DSA, article 16).
    Notices,
    /// Request for erasure (GDPR, article 17).
    Erasure,
    /// Text for the PHAROS form.
    Pharos,
    /// What the *commissaire de justice* is asked to record.
    Record,
    /// The steps in their order, with their dates.
    Checklist,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Note,
        Self::Summons,
        Self::ExParte,
        Self::Requests,
        Self::ExhibitList,
        Self::Complaint,
        Self::Notices,
        Self::Erasure,
        Self::Pharos,
        Self::Record,
        Self::Checklist,
    ];

    /// The stem of its file: `assignation`.
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Summons => "assignation",
            Self::ExParte => "requete",
            Self::Requests => "tableau-des-demandes",
            Self::ExhibitList => "bordereau-de-pieces",
            Self::Complaint => "plainte-contre-x",
            Self::Notices => "notifications-dsa-16",
            Self::Erasure => "demande-d-effacement",
            Self::Pharos => "signalement-pharos",
            Self::Record => "demande-de-constat",
            Self::Checklist => "marche-a-suivre",
        }
    }

    /// Whether all of it is for the lawyer's desk: the steps, and the requests with what weakens
    /// them.
    pub const fn is_for_desk(self) -> bool {
        matches!(self, Self::Checklist | Self::Requests)
    }

    /// Its title. The acts are drafted in French alone.
    pub const fn title(self, lang: Language) -> &'static str {
        match self {
            Self::Note => match lang {
                Language::French => "Note technique de partie",
                Language::English => "Party\u{2019}s technical note",
            },
            Self::Summons => "Projet d\u{2019}assignation en référé",
            Self::ExParte => "Projet de requête",
            Self::Requests => "Tableau des demandes",
            Self::ExhibitList => "Bordereau de pièces",
            Self::Complaint => "Projet de plainte contre X",
            Self::Notices => "Notifications de contenus illicites",
            Self::Erasure => "Demande d\u{2019}effacement",
            Self::Pharos => "Texte pour un signalement PHAROS",
            Self::Record => "Demande de constat",
            Self::Checklist => "Marche à suivre",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_file() {
        let mut stems: Vec<&str> = DocumentKind::ALL.iter().map(|kind| kind.stem()).collect();
        stems.sort_unstable();
        stems.dedup();
        assert_eq!(stems.len(), DocumentKind::ALL.len());
        assert!(
            stems.iter().all(|s| s
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit()))
        );
    }
}
