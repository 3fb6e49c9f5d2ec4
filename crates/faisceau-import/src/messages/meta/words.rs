//! What Meta writes itself, in some languages.
//!
//! In: a text. Out: whether it is the platform's. Refused: guessing in languages that are not
//! listed; such phrases stay in the text.

/// Names under which deleted accounts are shown.
const NOBODY: [&str; 13] = [
    "instagram user",
    "instagrammer",
    "utilisateur instagram",
    "utilisateur d’instagram",
    "utilisateur d'instagram",
    "instagram-nutzer",
    "usuario de instagram",
    "facebook user",
    "utilisateur facebook",
    "utilisateur de facebook",
    "facebook-nutzer",
    "usuario de facebook",
    "messenger user",
];

/// Reactions that stand as messages.
const REACTIONS: [&str; 4] = [
    "liked a message",
    "a aimé un message",
    "hat eine nachricht mit „gefällt mir“ markiert",
    "le gustó un mensaje",
];

/// Reactions that name a sign: how they start, and what they hold.
const REACTED: [(&str, &str); 4] = [
    ("reacted ", " to your message"),
    ("reacted ", " to a message"),
    ("a réagi ", " à votre message"),
    ("hat mit ", " auf deine nachricht reagiert"),
];

/// Ends of what stands in place of words beside a file or a link.
const SENT: [&str; 6] = [
    " sent an attachment",
    " a envoyé une pièce jointe",
    " avez envoyé une pièce jointe",
    " hat einen anhang gesendet",
    " envió un archivo adjunto",
    " ha inviato un allegato",
];

/// Whether a name is that of a deleted account.
pub(super) fn is_nobody(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    name.is_empty() || NOBODY.contains(&name.as_str())
}

/// The platform that a name of a deleted account is of.
pub(super) fn platform(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    if name.is_empty() || !is_nobody(&name) {
        return None;
    }
    let instagram = name.contains("instagram");
    Some(if instagram { super::thread::INSTAGRAM } else { super::thread::FACEBOOK })
}

/// Whether a text says that its sender reacted to a message.
pub(super) fn is_reaction(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    REACTIONS.contains(&text.as_str())
        || REACTED.iter().any(|(start, part)| text.starts_with(start) && text.contains(part))
}

/// Whether a text says that something was sent.
pub(super) fn is_sent(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let text = text.strip_suffix('.').unwrap_or(&text);
    SENT.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_platform_are_known() {
        assert!(is_nobody("Instagram User") && is_nobody(" ") && !is_nobody("Marie"));
        assert_eq!(platform("Utilisateur Instagram"), Some("instagram"));
        assert_eq!(platform("Facebook user"), Some("facebook"));
        assert_eq!((platform("Marie"), platform("")), (None, None));
        assert!(is_reaction("Reacted 😡 to your message ") && is_reaction("A aimé un message"));
        assert!(!is_reaction("A réagi avec colère") && !is_reaction("liked a message from you"));
        assert!(is_sent("Marie a envoyé une pièce jointe."));
    }
}
