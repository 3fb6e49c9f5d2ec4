//! How the browser is started: its flags, its settings, its surroundings.
//!
//! In: the settings of the capture, the folder of the profile, the address of the proxy. Out: the
//! flags and the file of preferences. Each is here so that nothing leaves but the page's own
//! requests, nothing is kept, and the page is shown the same way every time.

use std::net::SocketAddr;
use std::path::Path;

use serde_json::{Value, json};

use super::settings::Settings;

/// Flags that never change.
const FIXED: [&str; 34] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-startup-window",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--no-pings",
    "--disable-print-preview",
    "--disable-background-networking",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-field-trial-config",
    "--disable-quic",
    "--disable-search-engine-choice-screen",
    "--disable-sync",
    "--dns-prefetch-disable",
    "--metrics-recording-only",
    "--deny-permission-prompts",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy",
    "--password-store=basic",
    "--use-mock-keychain",
    "--mute-audio",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
    // A page that takes more memory than this for its scripts ends.
    "--js-flags=--max-old-space-size=1024",
    "--proxy-bypass-list=<-loopback>",
    // The browser itself resolves nothing: names go to the proxy.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,\
     InterestFeedContentSuggestions,CertificateTransparencyComponentUpdater,AutofillServerCommunication,\
     DnsOverHttps,AsyncDns,NetworkPrediction,Prerender2,PreconnectToSearch,HttpsUpgrades,\
     HttpsFirstBalancedModeAutoEnable",
];

/// The flags of one capture.
pub(super) fn flags(
    settings: &Settings,
    profile: &Path,
    proxy: SocketAddr,
    without_sandbox: bool,
) -> Vec<String> {
    let mut flags: Vec<String> = FIXED.iter().map(|flag| (*flag).to_owned()).collect();
    let (width, height) = settings.viewport;
    flags.push(format!("--user-data-dir={}", profile.display()));
    flags.push(format!("--proxy-server=http://{proxy}"));
    flags.push(format!("--window-size={width},{height}"));
    flags.push(format!("--force-device-scale-factor={}", settings.scale));
    flags.push(format!("--lang={}", settings.language));
    flags.push(format!("--accept-lang={}", languages(&settings.language)));
    if without_sandbox {
        flags.push("--no-sandbox".to_owned());
    }
    flags
}

/// `fr-FR` as `fr-FR,fr`.
fn languages(language: &str) -> String {
    match language.split_once('-') {
        Some((first, _)) => format!("{language},{first}"),
        None => language.to_owned(),
    }
}

/// The file `Default/Preferences` of a new profile. 2 is "block" where it stands for a permission.
pub(super) fn preferences(settings: &Settings) -> Value {
    let blocked = [
        "automatic_downloads",
        "bluetooth_scanning",
        "clipboard",
        "geolocation",
        "local_fonts",
        "media_stream_camera",
        "media_stream_mic",
        "midi_sysex",
        "notifications",
        "payment_handler",
        "popups",
        "sensors",
        "serial_guard",
        "usb_guard",
        "window_placement",
    ];
    let contents: serde_json::Map<String, Value> =
        blocked.iter().map(|name| ((*name).to_owned(), json!(2))).collect();
    json!({
        "alternate_error_pages": { "enabled": false },
        "autofill": { "credit_card_enabled": false, "profile_enabled": false },
        "background_mode": { "enabled": false },
        "credentials_enable_service": false,
        "dns_prefetching": { "enabled": false },
        "download": { "prompt_for_download": true },
        "intl": {
            "accept_languages": languages(&settings.language),
            "selected_languages": languages(&settings.language),
        },
        "net": { "network_prediction_options": 2 },
        "profile": { "default_content_setting_values": contents },
        "safebrowsing": { "enabled": false, "enhanced": false },
        "search": { "suggest_enabled": false },
        "signin": { "allowed": false, "allowed_on_next_startup": false },
        "translate": { "enabled": false },
        "webrtc": {
            "ip_handling_policy": "disable_non_proxied_udp",
            "multiple_routes_enabled": false,
            "nonproxied_udp_enabled": false,
        },
    })
}

/// Variables of the browser's environment; there are no others.
pub(super) fn environment(settings: &Settings, profile: &Path) -> Vec<(&'static str, String)> {
    let folder = profile.display().to_string();
    let mut variables = vec![
        ("TZ", settings.time_zone.clone()),
        ("LANG", "C.UTF-8".to_owned()),
        ("LANGUAGE", languages(&settings.language).replace(',', ":")),
        // No other program of the machine is spoken to.
        ("DBUS_SESSION_BUS_ADDRESS", "disabled:".to_owned()),
        ("DBUS_SYSTEM_BUS_ADDRESS", "disabled:".to_owned()),
    ];
    // Nothing of the user's is read or written: no certificates, no settings, no caches.
    for name in ["HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
        variables.push((name, folder.clone()));
    }
    variables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_say_what_the_settings_say_and_the_sandbox_stays_on() {
        let settings = Settings { scale: 2, language: "de".to_owned(), ..Settings::default() };
        let proxy = "127.0.0.1:4".parse().unwrap();
        let flags = flags(&settings, Path::new("/p"), proxy, false);
        for flag in [
            "--proxy-server=http://127.0.0.1:4",
            "--window-size=1280,1024",
            "--force-device-scale-factor=2",
            "--accept-lang=de",
            "--user-data-dir=/p",
        ] {
            assert!(flags.iter().any(|given| given == flag), "{flag}");
        }
        assert!(!flags.iter().any(|flag| flag.contains("sandbox")));
        assert_eq!(languages("fr-FR"), "fr-FR,fr");
    }
}
