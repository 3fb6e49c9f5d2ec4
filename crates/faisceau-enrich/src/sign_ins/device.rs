//! The family of a device: what an update does not change.
//!
//! In: a user agent or a device as a platform writes it. Out: browser and system, or the words of
//! the text without its numbers. The model of an Android telephone is left out for browsers:
//! Chrome stopped to send it in 2023 (user-agent reduction), so an update would look like another
//! device. Refused: nothing; a text without words has no family.

/// Names of browsers inside a user agent, in the order in which they must be looked for: most
/// browsers also claim to be those that follow.
const BROWSERS: [(&str, &str); 12] = [
    ("edg", "edge"),
    ("opr/", "opera"),
    ("samsungbrowser", "samsung"),
    ("yabrowser", "yandex"),
    ("fxios", "firefox"),
    ("firefox", "firefox"),
    ("crios", "chrome"),
    ("chrome", "chrome"),
    ("msie", "ie"),
    ("trident", "ie"),
    ("safari", "safari"),
    ("applewebkit", "webview"),
];
/// Names of systems, in the same way.
const SYSTEMS: [(&str, &str); 8] = [
    ("iphone", "iphone"),
    ("ipad", "ipad"),
    ("android", "android"),
    ("windows", "windows"),
    ("mac os", "macos"),
    ("macintosh", "macos"),
    ("cros", "chromeos"),
    ("linux", "linux"),
];
/// Words of a text that are kept: a text from an exhibit may be long.
const WORDS: usize = 12;
/// Marks of programs that fetch for a person: mail clients and the servers behind them.
const FETCHERS: [&str; 14] = [
    "imap",
    "pop3",
    "activesync",
    "exchange",
    "outlook-ios",
    "outlook-android",
    "thunderbird",
    "apple-mail",
    "bav2ropc",
    "googleimageproxy",
    "gmailimageproxy",
    "facebookexternalhit",
    "_app.",
    "app :",
];

/// The family of a device.
pub(super) fn family(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name)
    };
    if text.starts_with("mozilla/")
        && let (Some(browser), Some(system)) = (find(&BROWSERS), find(&SYSTEMS))
    {
        return Some(format!("{browser} {system}"));
    }
    let split = text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-' || c == '.'));
    let words: Vec<&str> = split.filter(|word| is_name(word)).take(WORDS).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether a word names something: versions, sizes and counts begin with a digit.
fn is_name(word: &str) -> bool {
    let trimmed = word.trim_matches('.');
    trimmed.len() > 1
        && trimmed.starts_with(|c: char| c.is_alphabetic())
        && trimmed.trim_start_matches('v').contains(|c: char| c.is_alphabetic())
}

/// Whether the text is that of a program that fetches for a person.
pub(super) fn fetches(text: &str) -> bool {
    let text = text.to_lowercase();
    FETCHERS.iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, \
                          like Gecko) Chrome/119.0.0.0 Safari/537.36";

    #[test]
    fn an_update_is_the_same_device() {
        assert_eq!(family(CHROME), family(&CHROME.replace("119", "131")));
        assert_eq!(family(CHROME).as_deref(), Some("chrome windows"));
        let edge = format!("{CHROME} Edg/119.0.0.0");
        assert_eq!(family(&edge).as_deref(), Some("edge windows"));
        let app = "App : GMAIL_APP. App Version : 6.0.260302. Os : IOS_OS.";
        assert_eq!(family(app), family(&app.replace("6.0.260302", "7.1.1")));
        assert_ne!(family(app), family(&app.replace("IOS_OS", "ANDROID_OS")));
    }

    #[test]
    fn a_reduced_user_agent_is_the_same_device() {
        let whole = "Mozilla/5.0 (Linux; Android 12; SM-G991B) Chrome/108.0 Mobile Safari/537.36";
        let reduced = "Mozilla/5.0 (Linux; Android 10; K) Chrome/117.0 Mobile Safari/537.36";
        assert_eq!(family(whole), family(reduced));
    }

    #[test]
    fn a_text_without_words_has_no_family() {
        assert_eq!(family(""), None);
        assert_eq!(family("12.0.1 (33/13)"), None);
        assert!(fetches("Thunderbird 128") && !fetches(CHROME));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in ".{0,400}") {
            let _ = (family(&text), fetches(&text));
        }
    }
}
