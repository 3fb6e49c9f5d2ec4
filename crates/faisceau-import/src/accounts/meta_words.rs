//! Words of the labels of Meta's exports, in the languages in which they were seen or are certain.
//!
//! In: a label. Out: what it names. Refused: deciding by a label where the shape of the value can:
//! these lists only settle what a shape leaves open.

/// Labels of the handle.
const HANDLE: [&str; 14] = [
    "username",
    "user name",
    "nom de profil",
    "nom d'utilisateur",
    "benutzername",
    "nombre de usuario",
    "nome utente",
    "nome de usuário",
    "nome de utilizador",
    "gebruikersnaam",
    "nazwa użytkownika",
    "имя пользователя",
    "사용자 이름",
    "ユーザーネーム",
];
/// Labels of the name that an account shows.
const NAME: [&str; 10] =
    ["name", "nom", "nombre", "nome", "naam", "full name", "имя", "이름", "名前", "姓名"];
/// Labels of the self-description.
const BIO: [&str; 7] =
    ["bio", "biography", "biographie", "biografía", "biografia", "steckbrief", "소개"];
/// What labels of a port have in them.
const PORT: [&str; 8] = ["port", "puerto", "porta", "poort", "порт", "端口", "포트", "ポート"];
/// Labels of what was done.
const TYPE: [&str; 6] = ["type", "event type", "type d'évènement", "typ", "tipo", "유형"];

/// Whether a label names the handle.
pub(super) fn is_handle(label: &str) -> bool {
    HANDLE.contains(&plain(label).as_str())
}

/// Whether a label names the name that an account shows.
pub(super) fn is_name(label: &str) -> bool {
    NAME.contains(&plain(label).as_str())
}

/// Whether a label names the self-description.
pub(super) fn is_bio(label: &str) -> bool {
    BIO.contains(&plain(label).as_str())
}

/// Whether a label names what was done.
pub(super) fn is_type(label: &str) -> bool {
    TYPE.contains(&plain(label).as_str())
}

/// Whether a label names a port.
pub(super) fn is_port(label: &str) -> bool {
    let label = plain(label);
    label.split(|c: char| !c.is_alphanumeric()).any(|word| PORT.contains(&word))
}

/// Whether a label has the word `IP`.
pub(super) fn names_ip(label: &str) -> bool {
    label.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.eq_ignore_ascii_case("ip"))
}

fn plain(label: &str) -> String {
    label.trim().to_lowercase().replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_in_several_languages() {
        assert!(is_handle("Nom d’utilisateur") && is_handle("Benutzername"));
        assert!(is_port("Port number") && is_port("Numéro de port") && !is_port("Report"));
        assert!(names_ip("IP-Adresse") && names_ip("IP 주소") && names_ip("Adresse IP"));
        assert!(!names_ip("Description"));
        assert!(is_name("Nom") && !is_name("Nom de profil") && is_bio("Bio") && is_type("Type"));
    }
}
