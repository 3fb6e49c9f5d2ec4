//! Pages and what belongs to them, ordinary and hostile.

use crate::png;
use crate::request::Seen;
use crate::respond::{HTML, Reply, TEXT, deterministic};

/// Nothing longer is made for `/large/N`, in bytes.
const LARGEST: usize = 256 * 1024 * 1024;
/// How many elements `/deep-html` opens.
const DEPTH: usize = 100_000;

const HOME: &str = r#"<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>Le marché de Val-d’Ombre rouvre ses portes</title>
<meta name="author" content="Camille Exemple">
<meta name="description" content="Après deux ans de travaux, la halle est rendue aux maraîchers.">
<meta name="date" content="2026-03-14">
<meta property="og:title" content="Le marché rouvre">
<meta property="og:type" content="article">
<meta property="og:site_name" content="Gazette de Val-d’Ombre">
<meta property="og:image" content="/image.png">
<meta property="article:published_time" content="2026-03-14T08:30:00+01:00">
<link rel="canonical" href="http://site.test/">
<link rel="stylesheet" href="/style.css">
<script src="/script.js"></script>
</head>
<body>
<h1>Le marché de Val-d’Ombre rouvre ses portes</h1>
<p>Par Camille Exemple, le <time datetime="2026-03-14">14 mars 2026</time>.</p>
<img src="/image.png" alt="La halle">
<p>La halle accueille à nouveau <a href="/lazy">quarante étals</a>, dit
<a href="/redirect/1">la mairie</a>. <a href="/private/plan">Plan</a>,
<a href="https://elsewhere.test/">ailleurs</a>.</p>
</body>
</html>
"#;

const STYLE: &str = "body { font-family: serif; background: url(\"/image.png\") no-repeat; }\n";

const SCRIPT: &str = "document.documentElement.dataset.script = \"run\";\n";

/// What appears after scrolling, and what is loaded late.
const LAZY: &str = r#"<!DOCTYPE html>
<html lang="fr">
<head><meta charset="utf-8"><title>Étals</title></head>
<body>
<div style="height: 4000px">Plus bas</div>
<img src="/image.png?lazy" loading="lazy" alt="Un étal" width="8" height="8">
<script>
addEventListener("scroll", () => {
  if (document.getElementById("late")) return;
  const late = document.createElement("p");
  late.id = "late";
  late.textContent = "Arrivé après le défilement.";
  document.body.append(late);
});
</script>
</body>
</html>
"#;

/// Script, terminal escapes, overrides of direction and NUL, where a reader may let them act.
const XSS: &str = concat!(
    "<!DOCTYPE html><html><head><meta charset=\"utf-8\">",
    "<title>a\0b \u{1b}[31mrouge\u{1b}[0m \u{1b}]0;titre\u{7} \u{202e}gpj.exe\u{202c}",
    "</title><meta name=\"author\" content=\"&lt;script&gt;alert(1)&lt;/script&gt;\">",
    "</head><body><script>document.title='changed'</script>",
    "<img src=x onerror=\"document.title='changed'\">",
    "<a href=\"javascript:alert(1)\">\u{2066}lien\u{2069}</a>",
    "<svg onload=\"alert(1)\"></svg>=HYPERLINK(\"http://evil.test\")</body></html>\n",
);

/// "L’été à Béziers" with the bytes of ISO 8859-1.
const LATIN1: &[u8] =
    b"<!DOCTYPE html><title>\xc9t\xe9</title><p>L'\xe9t\xe9 \xe0 B\xe9ziers</p>\n";

fn deep() -> String {
    let opened = "<div>".repeat(DEPTH);
    format!("<!DOCTYPE html><title>Profond</title>{opened}fond{}\n", "</div>".repeat(DEPTH))
}

/// The documents of the site.
pub(crate) fn reply(seen: &Seen) -> Option<Reply> {
    let path = seen.path();
    let reply = match path {
        "/" => Reply::ok(HTML, HOME),
        "/style.css" => Reply::ok("text/css", STYLE),
        "/script.js" => Reply::ok("text/javascript", SCRIPT),
        "/image.png" => Reply::ok("image/png", png::picture().ok()?),
        "/lazy" => Reply::ok(HTML, LAZY),
        "/xss" => Reply::ok(HTML, XSS),
        "/deep-html" => Reply::ok(HTML, deep()),
        "/charset-latin1" => Reply::ok("text/html; charset=iso-8859-1", LATIN1),
        "/charset-wrong" => Reply::ok(HTML, LATIN1),
        _ if path.starts_with("/private/") => Reply::ok(TEXT, format!("Réservé : {path}\n")),
        _ => {
            let length =
                seen.behind("/large/")?.parse().ok().filter(|length| *length <= LARGEST)?;
            Reply::ok("application/octet-stream", deterministic(length))
        }
    };
    Some(reply)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Site, client};

    fn got(target: &str) -> (String, Vec<u8>) {
        let site = Site::start().unwrap();
        client::parts(&client::get(site.http(), target))
    }

    #[test]
    fn the_page_names_what_belongs_to_it_and_all_of_it_is_there() {
        let site = Site::start().unwrap();
        let page = String::from_utf8(client::body(site.http(), "/")).unwrap();
        assert_eq!(page, HOME);
        for target in ["/style.css", "/script.js", "/image.png", "/lazy", "/private/plan"] {
            assert!(page.contains(&format!("\"{target}\"")), "{target}");
            let (head, body) = client::parts(&client::get(site.http(), target));
            assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{target}");
            assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())), "{target}");
        }
        assert_eq!(client::body(site.http(), "/image.png"), png::picture().unwrap());
    }

    #[test]
    fn charsets_are_told_truly_and_falsely() {
        let (head, body) = got("/charset-latin1");
        assert!(head.contains("charset=iso-8859-1\r\n"));
        assert!(String::from_utf8(body.clone()).is_err());
        let (head, wrong) = got("/charset-wrong");
        assert!(head.contains("charset=utf-8\r\n"));
        assert_eq!(body, wrong);
    }

    #[test]
    fn hostile_pages_hold_what_they_promise() {
        let (_, body) = got("/xss");
        let text = String::from_utf8(body).unwrap();
        for sign in ["<title>a\0b", "\u{1b}[31m", "\u{202e}", "<script>", "onerror="] {
            assert!(text.contains(sign), "{sign:?}");
        }
        let (_, body) = got("/deep-html");
        let text = String::from_utf8(body).unwrap();
        assert_eq!(text.matches("<div>").count(), DEPTH);
        assert_eq!(text.matches("</div>").count(), DEPTH);
    }

    #[test]
    fn large_bodies_are_the_same_each_time_and_have_a_limit() {
        let (_, body) = got("/large/1000003");
        assert_eq!(body.len(), 1_000_003);
        assert_eq!(body, got("/large/1000003").1);
        assert!(got("/large/99999999999").0.starts_with("HTTP/1.1 404"));
        assert!(got("/large/x").0.starts_with("HTTP/1.1 404"));
    }
}
