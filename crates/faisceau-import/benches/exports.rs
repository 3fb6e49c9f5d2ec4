//! Exports of platforms, from bytes to rows, beside a plain Python `json` reader.
//!
//! `cargo bench -p faisceau-import --bench exports`. Each export is generated the same way every
//! time. The Python reader does less: it parses and walks to author, time and text, keeps no row,
//! counts no reject and lists no unknown field. It runs where `python3` is installed; its figure
//! includes the start of the interpreter, about 20 ms.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench fails by panicking, writes files and starts its peer"
)]

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, OnceLock};

use divan::counter::{BytesCount, ItemsCount};
use faisceau_import::{ImportSettings, Source, import};
use faisceau_model::{Collected, ExhibitNo};

fn main() {
    divan::main();
}

const MESSAGES: u64 = 100_000;

const WORDS: [&str; 12] = [
    "encore",
    "toi",
    "lac",
    "déjà",
    "personne",
    "vraiment",
    "hier",
    "photo",
    "tu verras",
    "non",
    "n'importe quoi",
    "😀",
];

/// An export, and the Python that reads the same of it.
struct Export {
    bytes: Arc<[u8]>,
    file: PathBuf,
    python: &'static str,
}

/// A multiplicative generator (Knuth's constants) draws the fields.
fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

fn text(state: &mut u64) -> String {
    let words = 4 + draw(state) % 20;
    (0..words).map(|_| WORDS[draw(state) as usize % WORDS.len()]).collect::<Vec<_>>().join(" ")
}

fn export(name: &str, text: String, python: &'static str) -> Export {
    let folder = std::env::temp_dir().join("faisceau-bench-exports");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, &text).unwrap();
    Export { bytes: text.into_bytes().into(), file, python }
}

fn telegram() -> &'static Export {
    static EXPORT: OnceLock<Export> = OnceLock::new();
    EXPORT.get_or_init(|| {
        let (mut out, mut state) = (String::new(), 1);
        out.push_str("{\n \"name\": \"Groupe\",\n \"type\": \"private_supergroup\",\n \"id\": 9,\n \"messages\": [\n");
        for id in 0..MESSAGES {
            let user = draw(&mut state) % 40;
            let at = 1_772_323_200 + id * 37;
            let words = text(&mut state);
            let _ = write!(
                out,
                "{}  {{\n   \"id\": {id},\n   \"type\": \"message\",\n   \"date\": \"2026-03-01T00:00:00\",\n   \"date_unixtime\": \"{at}\",\n   \"from\": \"Membre {user}\",\n   \"from_id\": \"user{user}\",\n   \"text\": \"{words}\",\n   \"text_entities\": [\n    {{\n     \"type\": \"plain\",\n     \"text\": \"{words}\"\n    }}\n   ]\n  }}",
                if id == 0 { "" } else { ",\n" }
            );
        }
        out.push_str("\n ]\n}\n");
        export(
            "telegram.json",
            out,
            "import json,sys\nn=0\nfor m in json.load(open(sys.argv[1]))['messages']:\n n+=len(m['from_id'])+int(m['date_unixtime'])%2+len(m['text'])\nprint(n)",
        )
    })
}

fn discord() -> &'static Export {
    static EXPORT: OnceLock<Export> = OnceLock::new();
    EXPORT.get_or_init(|| {
        let (mut out, mut state) = (String::new(), 2);
        out.push_str("{\"guild\":{\"id\":\"1\",\"name\":\"Serveur\",\"iconUrl\":\"\"},\"channel\":{\"id\":\"2\",\"type\":\"GuildTextChat\",\"categoryId\":\"3\",\"category\":\"c\",\"name\":\"général\",\"topic\":null},\"dateRange\":{\"after\":null,\"before\":null},\"exportedAt\":\"2026-11-01T00:00:00+00:00\",\"messages\":[");
        for id in 0..MESSAGES {
            let user = draw(&mut state) % 40;
            let ms = 1_772_323_200_000 + id * 37_000;
            let snowflake = (ms - 1_420_070_400_000) << 22;
            let second = id * 37 % 86_400;
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            let day = 1 + id * 37 / 86_400 % 28;
            let words = text(&mut state);
            let _ = write!(
                out,
                "{}{{\"id\":\"{snowflake}\",\"type\":\"Default\",\"timestamp\":\"2026-03-{day:02}T{hour:02}:{minute:02}:{second:02}.000+00:00\",\"timestampEdited\":null,\"callEndedTimestamp\":null,\"isPinned\":false,\"content\":\"{words}\",\"author\":{{\"id\":\"{user}00000000000000\",\"name\":\"membre{user}\",\"discriminator\":\"0000\",\"nickname\":\"Membre {user}\",\"color\":null,\"isBot\":false,\"roles\":[],\"avatarUrl\":\"\"}},\"attachments\":[],\"embeds\":[],\"stickers\":[],\"reactions\":[],\"mentions\":[]}}",
                if id == 0 { "" } else { "," }
            );
        }
        let _ = write!(out, "],\"messageCount\":{MESSAGES}}}");
        export(
            "discord.json",
            out,
            "import json,sys\nn=0\nfor m in json.load(open(sys.argv[1]))['messages']:\n n+=len(m['author']['id'])+len(m['timestamp'])+len(m['content'])\nprint(n)",
        )
    })
}

fn tweets() -> &'static Export {
    static EXPORT: OnceLock<Export> = OnceLock::new();
    EXPORT.get_or_init(|| {
        let (mut out, mut state) = (String::new(), 3);
        for id in 0..MESSAGES {
            let user = draw(&mut state) % 40;
            let second = id * 37 % 86_400;
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            let words = text(&mut state);
            let _ = writeln!(
                out,
                "{{\"created_at\":\"Sun Mar 01 {hour:02}:{minute:02}:{second:02} +0000 2026\",\"id\":{id},\"id_str\":\"20280000000000{id:05}\",\"full_text\":\"{words}\",\"truncated\":false,\"display_text_range\":[0,80],\"entities\":{{\"hashtags\":[],\"symbols\":[],\"user_mentions\":[],\"urls\":[]}},\"source\":\"<a href=\\\"https://x.com\\\" rel=\\\"nofollow\\\">Twitter Web App</a>\",\"in_reply_to_status_id_str\":null,\"in_reply_to_user_id_str\":null,\"user\":{{\"id\":{user},\"id_str\":\"10000000{user:02}\",\"name\":\"Membre {user}\",\"screen_name\":\"membre{user}\",\"description\":\"rien\",\"followers_count\":3,\"created_at\":\"Sat Feb 18 12:33:11 +0000 2023\"}},\"retweet_count\":0,\"favorite_count\":2,\"favorited\":false,\"retweeted\":false,\"lang\":\"fr\"}}"
            );
        }
        export(
            "tweets.jsonl",
            out,
            "import json,sys\nn=0\nfor l in open(sys.argv[1]):\n m=json.loads(l)\n n+=len(m['user']['id_str'])+len(m['created_at'])+len(m['full_text'])\nprint(n)",
        )
    })
}

fn whatsapp() -> &'static Export {
    static EXPORT: OnceLock<Export> = OnceLock::new();
    EXPORT.get_or_init(|| {
        let (mut out, mut state) = (String::new(), 4);
        for id in 0..MESSAGES {
            let user = draw(&mut state) % 6;
            let minute = id * 3;
            let (day, hour, minute) =
                (1 + minute / 1440 % 28, minute / 60 % 24, minute % 60);
            let month = 1 + id * 3 / 1440 / 28 % 12;
            let words = text(&mut state);
            let year = 2020 + id * 3 / 1440 / 28 / 12;
            let _ = writeln!(
                out,
                "{day:02}/{month:02}/{year} {hour:02}:{minute:02} - Membre {user}: {words}"
            );
        }
        export(
            "whatsapp.txt",
            out,
            "import re,sys\nn=0\np=re.compile(r'^(\\d\\d/\\d\\d/\\d{4}) (\\d\\d:\\d\\d) - ([^:]+): (.*)$')\nfor l in open(sys.argv[1]):\n m=p.match(l)\n n+=len(m[3])+len(m[4])\nprint(n)",
        )
    })
}

fn faisceau(bencher: divan::Bencher<'_, '_>, export: &Export) {
    let open =
        || Ok(Box::new(Cursor::new(Arc::clone(&export.bytes))) as Box<dyn std::io::Read + Send>);
    let settings =
        ImportSettings { zone: Some("Europe/Paris".to_owned()), ..ImportSettings::default() };
    let source = Source {
        exhibit: ExhibitNo::top(1),
        name: "export",
        len: export.bytes.len() as u64,
        open: &open,
    };
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .counter(BytesCount::new(export.bytes.len()))
        .bench_local(|| {
            let mut sink = Collected::default();
            let imported = import(&source, &settings, &mut sink);
            assert_eq!(imported.problem, None);
            assert_eq!(sink.posts.len() as u64, MESSAGES, "{:?}", sink.rejects.first());
            sink
        });
}

fn python(bencher: divan::Bencher<'_, '_>, export: &Export) {
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .counter(BytesCount::new(export.bytes.len()))
        .bench_local(|| {
            let ran = Command::new("python3")
                .args(["-c", export.python])
                .arg(&export.file)
                .stdout(Stdio::null())
                .status();
            if !ran.is_ok_and(|status| status.success()) {
                eprintln!("python3 is not installed or failed: no figure");
            }
        });
}

macro_rules! beside {
    ($($name:ident),+) => { $(
        mod $name {
            #[divan::bench(sample_count = 5, sample_size = 1)]
            fn faisceau(bencher: divan::Bencher<'_, '_>) {
                super::faisceau(bencher, super::$name());
            }

            #[divan::bench(sample_count = 5, sample_size = 1)]
            fn python(bencher: divan::Bencher<'_, '_>) {
                super::python(bencher, super::$name());
            }
        }
    )+ };
}

beside!(telegram, discord, tweets, whatsapp);
