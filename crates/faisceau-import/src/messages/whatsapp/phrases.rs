//! What the application writes itself, in the languages of the telephones.
//!
//! In: a text without invisible marks. Out: which phrase it is. Refused: guessing in languages
//! that are not listed; such phrases stay in the text, where a reader sees them.
//!
//! Compared in lower case and without the full stop at the end.

/// A file that was not exported.
const OMITTED: [&str; 46] = [
    "<media omitted>",
    "<médias omis>",
    "<média omis>",
    "<fichier omis>",
    "<medien ausgeschlossen>",
    "<multimedia omitido>",
    "<archivo omitido>",
    "<media omesso>",
    "<media omessi>",
    "image omitted",
    "video omitted",
    "video note omitted",
    "audio omitted",
    "gif omitted",
    "sticker omitted",
    "document omitted",
    "contact card omitted",
    "image absente",
    "vidéo absente",
    "audio omis",
    "audio absent",
    "gif retiré",
    "gif absent",
    "sticker omis",
    "sticker absent",
    "document manquant",
    "document absent",
    "fiche contact manquante",
    "bild weggelassen",
    "video weggelassen",
    "audio weggelassen",
    "gif weggelassen",
    "sticker weggelassen",
    "dokument weggelassen",
    "kontaktkarte ausgelassen",
    "imagen omitida",
    "video omitido",
    "audio omitido",
    "gif omitido",
    "sticker omitido",
    "documento omitido",
    "tarjeta de contacto omitida",
    "immagine omessa",
    "video omesso",
    "audio omesso",
    "documento omesso",
];

/// A message that was taken back.
const DELETED: [&str; 12] = [
    "this message was deleted",
    "you deleted this message",
    "this message was deleted by admin",
    "ce message a été supprimé",
    "vous avez supprimé ce message",
    "diese nachricht wurde gelöscht",
    "du hast diese nachricht gelöscht",
    "se eliminó este mensaje",
    "este mensaje fue eliminado",
    "eliminaste este mensaje",
    "questo messaggio è stato eliminato",
    "hai eliminato questo messaggio",
];

/// After a message that was changed.
pub(super) const EDITED: [&str; 5] = [
    "<This message was edited>",
    "<Ce message a été modifié>",
    "<Diese Nachricht wurde bearbeitet>",
    "<Se editó este mensaje>",
    "<Questo messaggio è stato modificato>",
];

/// After the name of an attached file, Android.
pub(super) const ATTACHED: [&str; 5] = [
    "(file attached)",
    "(fichier joint)",
    "(Datei angehängt)",
    "(archivo adjunto)",
    "(file allegato)",
];

/// Before the name of an attached file, iOS: `<attached: …>`.
const LABELS: [&str; 6] =
    ["attached", "pièce jointe", "fichier joint", "anhang", "adjunto", "allegato"];

/// Calls, places, polls and what only the telephone can show: nobody's words.
const ACTS: [&str; 27] = [
    "missed voice call",
    "missed video call",
    "missed group voice call",
    "missed group video call",
    "silenced voice call",
    "voice call",
    "video call",
    "appel vocal",
    "appel vidéo",
    "appel manqué",
    "verpasster",
    "sprachanruf",
    "videoanruf",
    "llamada",
    "videollamada",
    "chiamata",
    "location:",
    "live location",
    "localisation",
    "position :",
    "standort:",
    "ubicación:",
    "posizione:",
    "poll:",
    "sondage",
    "umfrage:",
    "encuesta:",
];

/// Parts of notices about the chat.
const NOTICES: [&str; 34] = [
    "end-to-end encrypted",
    "chiffrés de bout en bout",
    "ende-zu-ende-verschlüsselt",
    "cifrados de extremo a extremo",
    "crittografat",
    "security code",
    "code de sécurité",
    "sicherheitsnummer",
    "código de seguridad",
    "disappearing messages",
    "messages éphémères",
    "selbstlöschende nachrichten",
    "mensajes temporales",
    "business account",
    "compte professionnel",
    "created group",
    "created this group",
    "a créé le groupe",
    "a créé ce groupe",
    "avez créé le groupe",
    "avez créé ce groupe",
    "hat die gruppe",
    "creó el grupo",
    "changed the subject",
    "changed the group",
    "changed this group",
    "a changé le nom du groupe",
    "a changé l’icône",
    "a modifié le nom du groupe",
    "a modifié la description",
    "hat den gruppennamen",
    "cambió el nombre del grupo",
    "changed their phone number",
    "a changé de numéro de téléphone",
];

/// Whether a file stands here that was not exported.
pub(super) fn is_omitted(text: &str) -> bool {
    among(text, &OMITTED)
}

/// Whether the message was taken back.
pub(super) fn is_deleted(text: &str) -> bool {
    among(text, &DELETED)
}

/// Whether this is a call, a place or a poll.
pub(super) fn is_act(text: &str) -> bool {
    let text = text.to_lowercase();
    ACTS.iter().any(|phrase| text.starts_with(phrase))
}

/// Whether a text is, or holds, a notice about the chat.
pub(super) fn is_notice(text: &str) -> bool {
    let text = text.to_lowercase();
    NOTICES.iter().any(|phrase| text.contains(phrase))
}

/// The file that a tag between `<` and `>` names.
pub(super) fn tagged(tag: &str) -> Option<&str> {
    let (label, name) = tag.split_once(':')?;
    let name = name.trim();
    (LABELS.contains(&label.trim().to_lowercase().as_str()) && !name.is_empty()).then_some(name)
}

/// Whether what follows a time is surely of this application.
pub(super) fn tells(rest: &str) -> bool {
    let text: String = rest.chars().filter(|c| !super::head::is_mark(*c)).take(2000).collect();
    let body = text.split_once(':').map_or("", |(_, body)| body).trim();
    is_notice(&text)
        || is_omitted(body)
        || is_deleted(body)
        || ATTACHED.iter().chain(&EDITED).any(|phrase| body.ends_with(phrase))
        || body.strip_prefix('<').and_then(|tag| tagged(tag.strip_suffix('>')?)).is_some()
}

fn among(text: &str, phrases: &[&str]) -> bool {
    // The longest phrase is far shorter: most messages are not put in lower case.
    if text.len() > 80 {
        return false;
    }
    let text = text.trim().to_lowercase();
    phrases.contains(&text.strip_suffix('.').unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_in_the_form_in_which_they_are_compared() {
        for phrase in OMITTED.iter().chain(&DELETED).chain(&ACTS).chain(&NOTICES).chain(&LABELS) {
            assert_eq!(*phrase, phrase.to_lowercase());
            assert!(phrase.len() <= 80);
        }
    }

    #[test]
    fn a_phrase_inside_a_sentence_is_somebodys_words() {
        assert!(is_omitted("Image omitted"));
        assert!(!is_omitted("why was the image omitted"));
        assert!(is_deleted("Ce message a été supprimé."));
        assert!(!is_deleted("Ce message a été supprimé par lâcheté"));
        assert_eq!(tagged(" pièce jointe : a: b.jpg "), Some("a: b.jpg"));
        assert_eq!(tagged("https://example.org"), None);
    }
}
