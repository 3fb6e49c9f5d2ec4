//! The manners of the main persons, and manners drawn for strangers.
//!
//! The main persons' manners are fixed, so that a reader can check by eye what the truth file says
//! of them. What they prefer to say (the key) and everything about strangers come from the seed.

use super::hand::Hand;
use crate::random::Rng;

type Spellings = &'static [(&'static str, &'static str)];

const SMS: Spellings = &[
    ("beaucoup", "bcp"),
    ("toujours", "tjrs"),
    ("parce que", "pcq"),
    ("quelqu'un", "qqun"),
    ("pourquoi", "pk"),
    ("pour", "pr"),
    ("c'est", "c"),
    ("maintenant", "mtn"),
    ("je sais pas", "jsp"),
    ("dans", "ds"),
    ("tout", "tt"),
    ("avec", "ac"),
    ("est-ce que", "esk"),
    ("j'ai", "g"),
    ("ce que", "ce ke"),
];

const HASTY: Spellings = &[
    ("ça", "sa"),
    ("quand même", "quand meme"),
    ("j'ai", "jai"),
    ("beaucoup", "bcp"),
    ("toujours", "tjrs"),
    ("il paraît", "y parait"),
    ("je suis", "chui"),
    ("il faut", "faut"),
    ("peut-être", "peut etre"),
    ("franchement", "franchment"),
    ("personne", "perssone"),
    ("même", "meme"),
    ("parce que", "pasque"),
    ("voilà", "voila"),
    ("comme", "come"),
];

const SCHOOL: Spellings = &[
    ("je suis", "chuis"),
    ("c'est", "ces"),
    ("il y a", "ya"),
    ("tout le monde", "tlm"),
    ("quelqu'un", "kelkun"),
    ("vraiment", "vrmt"),
    ("pourquoi", "pq"),
    ("rien", "r"),
    ("déjà", "deja"),
    ("mais", "mé"),
];

const DROPPED: Spellings = &[
    ("il y a", "y a"),
    ("il faut", "faut"),
    ("peut-être", "peut être"),
    ("parmi", "parmis"),
    ("malgré", "malgrès"),
    ("voire", "voir"),
];

const OLD_SCHOOL: Spellings = &[
    ("c'est", "cela est"),
    ("ça", "cela"),
    ("on a", "nous avons"),
    ("pas", "point"),
    ("bien", "fort bien"),
];

const SPELLINGS: &[Spellings] = &[&[], &[], SMS, HASTY, SCHOOL, DROPPED, OLD_SCHOOL];

/// A manner with nothing particular, to start from.
fn plain(key: u64) -> Hand {
    Hand {
        key,
        capital: 95,
        apostrophe: "'",
        ellipsis: "...",
        gap: " ",
        shout: "!",
        ask: "?",
        ends: [80, 8, 6],
        bare: 0,
        drops_ne: 30,
        familiar: false,
        respell: (&[], 0),
        openers: (&[], 10),
        closers: (&[], 8),
        smileys: (&[], 0),
        join: (25, ", "),
        stretch: 0,
    }
}

/// The manner of one of the main persons, by the letter or number that the truth file gives it.
pub(crate) fn manner(person: &str, key: u64) -> Hand {
    let base = plain(key);
    match person {
        "A" | "B" => of_several(person, base),
        "R1" | "R2" | "R3" | "R4" => of_raider(person, base),
        "I1" | "I2" | "I3" | "I4" => of_innocent(person, base),
        _ => base,
    }
}

/// The two persons with several accounts.
fn of_several(person: &str, base: Hand) -> Hand {
    match person {
        "A" => Hand {
            capital: 6,
            ellipsis: "..",
            gap: "",
            shout: "!!",
            ask: "??",
            ends: [8, 52, 10],
            drops_ne: 92,
            familiar: true,
            respell: (HASTY, 90),
            openers: (&["du coup", "non mais", "bon", "apres", "du coup bon"], 34),
            closers: (&["voila voila", "quoi", "enfin bref", "je dis sa"], 28),
            smileys: (&["^^", ";)", "^^"], 22),
            join: (34, ".. "),
            ..base
        },
        "B" => Hand {
            capital: 100,
            apostrophe: "’",
            ellipsis: "…",
            gap: "\u{a0}",
            shout: "!",
            ask: "?",
            ends: [82, 14, 2],
            drops_ne: 2,
            openers: (&["à titre personnel", "soit", "convenons-en", "il m'apparaît que"], 30),
            closers: (&["n'est-ce pas", "cela va de soi", "comprenne qui pourra"], 24),
            respell: (OLD_SCHOOL, 45),
            join: (45, "\u{a0}; "),
            ..base
        },
        _ => base,
    }
}

/// The four who take part in the raids.
fn of_raider(person: &str, base: Hand) -> Hand {
    match person {
        "R1" => Hand {
            capital: 45,
            gap: " ",
            shout: "!!!",
            ask: "???",
            ends: [10, 10, 45],
            bare: 96,
            drops_ne: 95,
            familiar: true,
            respell: (SMS, 80),
            openers: (&["mdr", "ptdr", "serieux", "attends"], 30),
            closers: (&["lol", "ou pas"], 15),
            smileys: (&["😂", "🙃", "😂😂"], 35),
            join: (15, " "),
            stretch: 8,
            ..base
        },
        "R2" => Hand {
            ellipsis: " ...",
            ends: [18, 70, 3],
            drops_ne: 20,
            openers: (&["enfin", "hum", "décidément", "m'enfin"], 32),
            closers: (&["allez comprendre", "bref", "soupir"], 20),
            join: (40, " ... "),
            ..base
        },
        "R3" => Hand {
            capital: 0,
            gap: "",
            shout: "!",
            ask: "?",
            ends: [0, 0, 4],
            drops_ne: 80,
            familiar: true,
            openers: (&["genre", "nan mais", "wesh", "j'avoue"], 34),
            closers: (&["genre", "tranquille", "oklm"], 22),
            smileys: (&["xD", "x)"], 28),
            respell: (SCHOOL, 60),
            join: (20, " "),
            ..base
        },
        "R4" => Hand {
            apostrophe: "’",
            gap: "",
            shout: "!",
            ask: "?!",
            ends: [15, 0, 75],
            drops_ne: 40,
            familiar: true,
            openers: (&["alors là", "ah non", "magnifique", "allez"], 34),
            closers: (&["je rêve", "au secours", "quelle époque"], 20),
            smileys: (&["🥣", "👏"], 15),
            join: (15, "! "),
            stretch: 14,
            ..base
        },
        _ => base,
    }
}

/// The four who have nothing to do with it.
fn of_innocent(person: &str, base: Hand) -> Hand {
    match person {
        "I1" => Hand {
            capital: 20,
            gap: " ",
            ask: "?",
            ends: [20, 5, 20],
            bare: 45,
            drops_ne: 85,
            familiar: true,
            respell: (SCHOOL, 30),
            openers: (&["euh", "bah", "stp"], 25),
            closers: (&["mdrr", "askip"], 18),
            smileys: (&["😅", "🍰"], 25),
            ..base
        },
        "I2" => Hand {
            gap: "",
            ends: [60, 5, 25],
            drops_ne: 12,
            familiar: true,
            openers: (&["hello", "au fait", "perso"], 24),
            closers: (&["bisous", "des bises", "merci d'avance"], 20),
            smileys: (&[":)", ":-)"], 40),
            join: (35, " - "),
            ..base
        },
        "I3" => Hand {
            capital: 88,
            gap: "",
            ends: [70, 20, 0],
            ellipsis: "…",
            drops_ne: 45,
            respell: (DROPPED, 90),
            openers: (&["sauf erreur", "à vue de nez", "pour autant"], 26),
            closers: (&["(enfin bon)", "(à confirmer)", "(bis)"], 34),
            join: (30, " : "),
            ..base
        },
        "I4" => Hand {
            capital: 100,
            gap: "\u{202f}",
            ends: [96, 0, 2],
            drops_ne: 6,
            openers: (&["bonjour", "en complément", "précision"], 24),
            closers: (&["cordialement", "bien à vous"], 26),
            join: (10, ", "),
            ..base
        },
        _ => base,
    }
}

/// A manner drawn for somebody who is not a main person.
pub(crate) fn stranger(rng: &mut Rng) -> Hand {
    const OPENERS: &[&[&str]] = &[
        &["alors", "sinon"],
        &["moi", "perso"],
        &["eh bien", "ma foi"],
        &["bonjour", "re"],
        &["oui", "non"],
        &["ah", "oh"],
        &["pour moi", "chez nous"],
        &["hé", "dites"],
        &["effectivement", "en effet"],
        &["attention", "rappel"],
        &["bof", "mouais"],
        &["tout pareil", "idem"],
        &[],
    ];
    const CLOSERS: &[&[&str]] = &[
        &["voilà"],
        &["non ?"],
        &["enfin je trouve"],
        &["bises"],
        &["à plus"],
        &["merci"],
        &["bonne journée"],
        &["c'est mon avis"],
        &["qu'en pensez-vous"],
        &["salutations"],
        &["si je puis dire"],
        &[],
    ];
    const SMILEYS: &[&[&str]] =
        &[&[], &[], &["🙂"], &[":-)"], &["😀", "👍"], &["🌻"], &[";-)"], &["^^"], &["☺️"], &["🚲"]];
    let key = rng.next();
    Hand {
        key,
        capital: rng.pick(&[5, 30, 70, 95, 100, 100]),
        apostrophe: rng.pick(&["'", "'", "’"]),
        ellipsis: rng.pick(&["...", "...", "…", "..", " ...", "....", " …"]),
        gap: rng.pick(&["", " ", " ", "\u{a0}"]),
        shout: rng.pick(&["!", "!", "!!", "!!!"]),
        ask: rng.pick(&["?", "?", "??", "?!"]),
        ends: rng.pick(&[
            [90, 5, 2],
            [60, 20, 15],
            [30, 50, 5],
            [10, 5, 60],
            [3, 3, 3],
            [50, 5, 5],
        ]),
        bare: rng.pick(&[0, 0, 0, 15, 50, 95]),
        drops_ne: rng.between(0, 95) as u8,
        familiar: rng.chance(40),
        respell: (rng.pick(SPELLINGS), rng.between(30, 90) as u8),
        openers: (rng.pick(OPENERS), rng.between(5, 35) as u8),
        closers: (rng.pick(CLOSERS), rng.between(5, 30) as u8),
        smileys: (rng.pick(SMILEYS), rng.between(8, 40) as u8),
        join: (rng.between(8, 50) as u8, rng.pick(&[", ", ", ", " ", " ; ", " - ", "... ", " : "])),
        stretch: rng.pick(&[0, 0, 0, 6]),
    }
}
