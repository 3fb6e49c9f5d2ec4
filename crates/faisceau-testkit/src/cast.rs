//! Who is in the world: persons, their accounts, their manners and their hours.
//!
//! In: the seed and the scale. Out: the cast, in a fixed order: the main persons, the claimant,
//! then passers-by. Handles of main persons are the same in every world; ids, preferences and
//! passers-by differ.

use faisceau_model::{AccountKey, Role};

use crate::calendar::{DAY, Hours, SEASON};
use crate::random::Rng;
use crate::text::{Hand, manner, stranger};

/// The services of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Service {
    Forum,
    Mail,
    Telegram,
    X,
}

impl Service {
    pub(crate) const ALL: [Self; 4] = [Self::Forum, Self::Mail, Self::Telegram, Self::X];

    /// The name in account keys.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Forum => "forum-du-lac",
            Self::Mail => "mail",
            Self::Telegram => "telegram",
            Self::X => "x",
        }
    }
}

/// What a person does in the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Writes against the workshop under several accounts.
    Several,
    /// Joins the raids, otherwise writes alone.
    Raider,
    /// Examined, and has nothing to do with it.
    Innocent,
    Claimant,
    PasserBy,
}

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) part: Part,
    pub(crate) note: &'static str,
    pub(crate) hand: Hand,
    pub(crate) hours: Hours,
    pub(crate) accounts: Vec<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) person: usize,
    pub(crate) service: Service,
    pub(crate) native: String,
    pub(crate) handle: String,
    pub(crate) name: String,
    pub(crate) created: i64,
    pub(crate) posts: i64,
}

impl Account {
    /// The key that an importer gives the account.
    pub(crate) fn key(&self) -> AccountKey {
        match self.service {
            Service::Mail => AccountKey::by_handle(self.service.name(), &self.native),
            service => AccountKey::by_id(service.name(), &self.native),
        }
    }
}

/// How large a world is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// Posts of each examined account: fewest and most.
    pub(crate) posts: (i64, i64),
    /// Passers-by on the forum, on Telegram, on X and by mail.
    pub(crate) passers_by: [usize; 4],
    /// Posts of each passer-by: fewest and most.
    pub(crate) passing_posts: (i64, i64),
    /// Lines of the access log that nobody of the cast causes.
    pub(crate) background: usize,
}

#[derive(Debug, Clone)]
pub(crate) struct Cast {
    pub(crate) persons: Vec<Person>,
    pub(crate) accounts: Vec<Account>,
}

type Spells = &'static [(usize, usize, u32)];

struct Main {
    id: &'static str,
    part: Part,
    note: &'static str,
    week: Spells,
    weekend: Spells,
    accounts: &'static [(Service, &'static str, &'static str)],
}

/// The persons that the truth is about.
const MAIN: &[Main] = &[
    Main {
        id: "A",
        part: Part::Several,
        note: "tout en minuscules, « sa » pour « ça », « chui », deux points de suspension, « du coup », ^^ ; écrit avant le travail et tard le soir",
        week: &[(6, 7, 10), (22, 23, 12), (0, 0, 6), (12, 12, 1)],
        weekend: &[(8, 9, 5), (22, 23, 12), (0, 1, 6)],
        accounts: &[
            (Service::Telegram, "merle_moqueur", "Merle Moqueur"),
            (Service::X, "gruau_grincheux", "Gruau Grincheux"),
            (Service::Forum, "PasDupe", "PasDupe"),
            (Service::Mail, "un.client.lucide@postale.example", "Un client lucide"),
        ],
    },
    Main {
        id: "B",
        part: Part::Several,
        note: "phrases longues et soignées, « cela », « point », « ; », espaces insécables ; écrit à midi et en fin d'après-midi",
        week: &[(12, 13, 10), (17, 18, 9), (9, 19, 1)],
        weekend: &[(14, 17, 6), (10, 11, 2)],
        accounts: &[
            (Service::Forum, "Fourchette_Libre", "Fourchette_Libre"),
            (Service::Telegram, "anselme_du_quai", "Anselme du Quai"),
        ],
    },
    Main {
        id: "R1",
        part: Part::Raider,
        note: "langage SMS sans accents, « mdr », émojis ; participe aux deux soirées",
        week: &[(18, 21, 6), (15, 16, 2)],
        weekend: &[(13, 20, 3)],
        accounts: &[(Service::X, "tartine_inverse", "Tartine Inverse")],
    },
    Main {
        id: "R2",
        part: Part::Raider,
        note: "points de suspension précédés d'une espace, « m'enfin » ; participe aux deux soirées",
        week: &[(9, 11, 6), (15, 16, 6), (14, 19, 1)],
        weekend: &[(10, 12, 4), (17, 18, 2)],
        accounts: &[(Service::Telegram, "zebulon_b", "Zébulon B.")],
    },
    Main {
        id: "R3",
        part: Part::Raider,
        note: "ni majuscule ni point final, « genre », xD ; participe aux deux soirées",
        week: &[(13, 14, 7), (20, 22, 5)],
        weekend: &[(11, 15, 4), (21, 23, 3)],
        accounts: &[(Service::Forum, "crouton38", "crouton38")],
    },
    Main {
        id: "R4",
        part: Part::Raider,
        note: "exclamations, voyelles allongées, « je rêve » ; participe aux deux soirées",
        week: &[(7, 8, 8), (18, 19, 8), (12, 12, 1)],
        weekend: &[(9, 11, 4), (18, 20, 4)],
        accounts: &[(Service::X, "le_bol_vide", "Le bol vide")],
    },
    Main {
        id: "I1",
        part: Part::Innocent,
        note: "élève ; écrit depuis le réseau du lycée comme I2, sans lien avec cette personne",
        week: &[(10, 10, 6), (12, 13, 8), (16, 17, 5)],
        weekend: &[(15, 21, 2)],
        accounts: &[(Service::Forum, "Clafoutis", "Clafoutis")],
    },
    Main {
        id: "I2",
        part: Part::Innocent,
        note: "personnel du lycée ; écrit depuis le même réseau que I1, sans lien avec cette personne",
        week: &[(8, 8, 5), (12, 12, 6), (17, 19, 5)],
        weekend: &[(9, 12, 3)],
        accounts: &[(Service::Forum, "PapierCrepon", "Papier Crépon")],
    },
    Main {
        id: "I3",
        part: Part::Innocent,
        note: "abonné d'un VPN ; sort par la même adresse que I4 et, certains soirs, que A",
        week: &[(20, 21, 7), (13, 13, 3)],
        weekend: &[(16, 21, 3)],
        accounts: &[(Service::Forum, "NuageBas", "Nuage Bas")],
    },
    Main {
        id: "I4",
        part: Part::Innocent,
        note: "abonné du même VPN que I3, sans lien avec cette personne",
        week: &[(5, 6, 7), (14, 15, 6)],
        weekend: &[(7, 9, 4)],
        accounts: &[(Service::Forum, "Baptiste.R", "Baptiste R.")],
    },
    Main {
        id: "M",
        part: Part::Claimant,
        note: "la demanderesse, Maud Ancelin (personne fictive)",
        week: &[(9, 11, 3), (14, 18, 3)],
        weekend: &[(9, 12, 2)],
        accounts: &[
            (Service::X, "atelier_lilas", "Atelier des Lilas"),
            (Service::Telegram, "maud_lilas", "Maud (Atelier des Lilas)"),
            (Service::Forum, "AtelierDesLilas", "Atelier des Lilas"),
            (Service::Mail, "maud@atelier-des-lilas.example", "Maud Ancelin"),
        ],
    },
];

/// Handles of passers-by, with the name that goes with each.
const PASSERS_BY: &[&str] = &[
    "Roselière",
    "Ginette_de_la_rive",
    "Tonton Vélo",
    "Cygne Noir",
    "Mirabelle",
    "Hérisson",
    "PapyMarcel",
    "Brise du Nord",
    "Lison",
    "Capucine",
    "GrandLarge",
    "Noisette",
    "Barnabé",
    "La Mouette",
    "Petit Caillou",
    "Ondine",
    "Sorbier",
    "Jeannot",
    "Vent d'Est",
    "Perche Soleil",
    "Églantine",
    "Ficelle",
    "Marronnier",
    "Tournesol",
    "Sapristi",
    "La Louche",
    "Octave",
    "Philomène",
    "Gaspard",
    "Reine Claude",
    "Barque Bleue",
    "Tilleul",
    "Souricette",
    "Célestin",
    "Pomme d'Api",
    "Quenouille",
    "Zéphyrine",
    "Bouvreuil",
    "Chicorée",
    "Hirondelle",
];

impl Cast {
    /// Draws the cast.
    pub(crate) fn new(rng: &Rng, scale: Scale) -> Self {
        let mut cast = Self { persons: Vec::new(), accounts: Vec::new() };
        for main in MAIN {
            cast.add_main(main, scale, rng);
        }
        cast.add_passers_by(scale, &mut rng.fork("passers-by"));
        cast
    }

    fn add_main(&mut self, main: &Main, scale: Scale, rng: &Rng) {
        let mut rng = rng.fork(main.id);
        let person = self.person(Person {
            id: main.id.to_owned(),
            part: main.part,
            note: main.note,
            hand: manner(main.id, rng.next()),
            hours: Hours::new(main.week, main.weekend),
            accounts: Vec::new(),
        });
        for &(service, handle, name) in main.accounts {
            let mut posts = rng.between(scale.posts.0, scale.posts.1);
            if service == Service::Mail {
                posts = posts * 2 / 3;
            }
            if main.part == Part::Claimant {
                posts /= 2;
            }
            self.account(person, service, handle, name, posts, &mut rng);
        }
    }

    fn add_passers_by(&mut self, scale: Scale, rng: &mut Rng) {
        let mut names: Vec<&str> = PASSERS_BY.to_vec();
        rng.shuffle(&mut names);
        let mut names = names.into_iter();
        let services = [Service::Forum, Service::Telegram, Service::X, Service::Mail];
        for (service, count) in services.into_iter().zip(scale.passers_by) {
            for name in names.by_ref().take(count) {
                let person = self.person(Person {
                    id: format!("P{}", self.persons.len() + 1 - MAIN.len()),
                    part: Part::PasserBy,
                    note: "de passage",
                    hand: stranger(rng),
                    hours: Hours::random(rng),
                    accounts: Vec::new(),
                });
                let mut posts = rng.between(scale.passing_posts.0, scale.passing_posts.1);
                let mut handle: String =
                    name.to_lowercase().chars().map(ascii).filter(|c| *c != '\'').collect();
                if service == Service::Mail {
                    handle = format!("{}@courriel.example", handle.replace('_', "."));
                    posts = posts / 3 + 1;
                }
                self.account(person, service, &handle, name, posts, rng);
            }
        }
    }

    fn person(&mut self, person: Person) -> usize {
        self.persons.push(person);
        self.persons.len() - 1
    }

    fn account(
        &mut self,
        person: usize,
        service: Service,
        handle: &str,
        name: &str,
        posts: i64,
        rng: &mut Rng,
    ) {
        // One sign-up whose year of retention ends days after the date of the case, one past it.
        let age = match (self.persons[person].id.as_str(), service) {
            ("A", Service::Forum) => rng.between(228, 236),
            ("B", Service::Forum) => rng.between(246, 258),
            _ => rng.between(3, 220),
        };
        let created = SEASON - age * DAY + rng.between(0, DAY - 1);
        let native = match service {
            Service::Forum => format!("u{}", rng.between(10_000, 99_999)),
            Service::Mail => handle.to_owned(),
            Service::Telegram => format!("user{}", rng.between(1_000_000_000, 7_900_000_000)),
            Service::X => snowflake(created, rng.between(0, 4_194_303)),
        };
        self.persons[person].accounts.push(self.accounts.len());
        self.accounts.push(Account {
            person,
            service,
            native,
            handle: handle.to_owned(),
            name: name.to_owned(),
            created,
            posts,
        });
    }

    /// What the account is in the case.
    pub(crate) fn role(&self, account: usize) -> Role {
        match self.part(account) {
            Part::Claimant => Role::Claimant,
            Part::PasserBy => Role::ThirdParty,
            Part::Several | Part::Raider | Part::Innocent => Role::Examined,
        }
    }

    /// The part of the person who holds the account.
    pub(crate) fn part(&self, account: usize) -> Part {
        self.persons[self.accounts[account].person].part
    }

    /// The account of a person on a service, if there is one.
    pub(crate) fn account_of(&self, person: &str, service: Service) -> Option<usize> {
        let person = self.persons.iter().find(|p| p.id == person)?;
        person.accounts.iter().copied().find(|&a| self.accounts[a].service == service)
    }
}

/// An id of X made at this second: it holds its own time (milliseconds since 4 November 2010).
pub(crate) fn snowflake(at: i64, tail: i64) -> String {
    (((at * 1000 - 1_288_834_974_657) << 22) | tail).to_string()
}

fn ascii(c: char) -> char {
    match c {
        'é' | 'è' => 'e',
        'î' => 'i',
        ' ' => '_',
        other => other,
    }
}
