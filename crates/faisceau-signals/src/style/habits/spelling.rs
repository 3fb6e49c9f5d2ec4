//! Habits of French spelling and grammar that neighbours decide.
//!
//! In: a message. Out: the alternatives that it took: accents left out of words that usually bear
//! them, negation without `ne`, `sa` for `ça`, infinitive for participle, plural marks, hyphens.
//! What neighbours do not decide is not counted. The list of words with accents was made from the
//! bundled reference: words of eight authors or more whose bare form is no other word.

use std::collections::BTreeMap;

use super::message::{Message, tail};
use super::tally::Tally;

/// Words that usually bear an accent.
const ACCENTED: &str = "être même très déjà après problème numérique était accès plutôt système \
    français façon intérêt créer sécurité également développement mêmes étant manière écrit \
    société qualité général réponse écrire intéressant française éviter dernière défaut nécessaire \
    création réseau modèle développer possibilité matière début vidéo différence tête êtes réseaux \
    différents majorité préfère référence première règles étais liberté problèmes répondre \
    complètement définir méthodes école écran définition accéder expérience débat méthode \
    présentation étaient études mémoire espère près gérer intéresse empêche systèmes étranger \
    néanmoins différentes économique mérite éléments caractères caractère prévu réel échanges \
    électronique compétences maîtrise évolution générer européenne européen auprès régulièrement \
    préciser thème précis spécifique règle activité catégorie résultat différent sérieux élèves \
    contrôle intéressante difficulté échelle améliorer protéger vérifier amélioration étude \
    période grâce bénéficier métier écriture rôle généralement évidemment génial gère contrôler \
    répond démarche éventuellement réponses région réellement réflexion apparaît conséquences \
    énorme derrière résultats désormais entièrement générale élément évite paramètre deuxième \
    débutant là-bas voilà père mère frère arrêter arrête bientôt café bébé désolé fête \
    forêt hôtel hôpital idée idées journée soirée année années armée côté numéro préférer quatrième \
    sûrement téléphone télé théâtre vérité égal élève époque étage étoile événement";

/// Words that begin with a capital that usually bears an accent.
const CAPITALS: &[(&str, &str)] = &[
    ("À", "A"),
    ("Être", "Etre"),
    ("État", "Etat"),
    ("États", "Etats"),
    ("Évidemment", "Evidemment"),
    ("École", "Ecole"),
    ("Également", "Egalement"),
    ("Éviter", "Eviter"),
    ("Ça", "Ca"),
    ("Étant", "Etant"),
    ("Était", "Etait"),
    ("Écrire", "Ecrire"),
    ("Élection", "Election"),
];

/// Verbs that stand before `pas` without a doubt.
const VERBS: &[&str] = &[
    "est",
    "ai",
    "a",
    "as",
    "suis",
    "es",
    "sont",
    "sommes",
    "êtes",
    "ont",
    "avons",
    "avez",
    "sais",
    "sait",
    "savent",
    "peux",
    "peut",
    "peuvent",
    "pouvez",
    "veux",
    "veut",
    "veulent",
    "voulez",
    "faut",
    "fait",
    "fais",
    "font",
    "va",
    "vais",
    "vas",
    "vont",
    "vois",
    "voit",
    "crois",
    "croit",
    "pense",
    "penses",
    "dis",
    "dit",
    "comprends",
    "comprend",
    "aime",
    "connais",
    "connait",
    "connaît",
    "sert",
    "marche",
    "doit",
    "dois",
    "doivent",
    "était",
    "étais",
    "avait",
    "avais",
    "serait",
    "serais",
    "aurait",
    "aurais",
    "sera",
    "suffit",
    "parle",
    "change",
    "vient",
    "viens",
    "trouve",
    "existe",
    "permet",
    "semble",
    "faudrait",
    "devrait",
    "pourrait",
    "vaut",
    "regarde",
];

/// Verbs that follow `ça` and never a noun's `sa`.
const AFTER_CA: &[&str] = &[
    "va",
    "fait",
    "marche",
    "sert",
    "veut",
    "peut",
    "change",
    "dépend",
    "sera",
    "serait",
    "devient",
    "permet",
    "suffit",
    "m'a",
    "m'énerve",
    "passe",
    "reste",
    "ne",
    "n'a",
    "n'est",
    "existe",
    "coûte",
    "vient",
    "doit",
    "arrive",
    "me",
    "te",
    "se",
    "aurait",
    "pourrait",
    "devrait",
    "va",
    "évite",
];

/// Auxiliaries before a participle.
const AUXILIARIES: &[&str] =
    &["ai", "as", "a", "ont", "avons", "avez", "été", "avait", "avais", "suis", "sont", "avoir"];
/// Words before an infinitive.
const BEFORE_INFINITIVE: &[&str] = &[
    "de", "pour", "peut", "peux", "peuvent", "veut", "veux", "faut", "vais", "va", "vas", "vont",
    "doit", "dois", "doivent", "sans", "fait", "pouvoir", "faire", "laisser", "pourrait",
    "faudrait", "devrait",
];
/// Plural articles.
const PLURAL: &[&str] = &[
    "les",
    "des",
    "mes",
    "tes",
    "ces",
    "nos",
    "vos",
    "quelques",
    "plusieurs",
    "certains",
    "certaines",
];

/// The accented words by their bare form.
#[derive(Debug)]
pub(super) struct Spelling(BTreeMap<String, &'static str>);

impl Spelling {
    pub(super) fn new() -> Self {
        Self(ACCENTED.split_whitespace().map(|word| (bare(word), word)).collect())
    }

    pub(super) fn read(&self, message: &Message, tally: &mut Tally) {
        for (at, token) in message.tokens.iter().enumerate() {
            let word = tail(&token.lower);
            // Another accent than the usual one can be another word: préféré, préfère.
            if let Some(accented) = self.0.get(&bare(word))
                && (word == *accented || word == bare(accented))
            {
                tally.either("accents", word == *accented, ["as usual", "left out"]);
            }
            capital(message, token.start, token.end, tally);
            negation(message, at, word, tally);
            neighbours(message, at, word, tally);
            for (joined, ligature) in [("oeu", true), ("œ", false)] {
                if word.contains(joined) {
                    tally.either("ligature œ", !ligature, ["œ", "oe"]);
                }
            }
        }
    }
}

fn capital(message: &Message, start: usize, end: usize, tally: &mut Tally) {
    let letters = &message.chars[start..end];
    for (accented, bare) in CAPITALS {
        for (form, with) in [(accented, true), (bare, false)] {
            if form.chars().eq(letters.iter().copied()) {
                tally.either("accents on capitals", with, ["with", "without"]);
            }
        }
    }
}

fn negation(message: &Message, at: usize, word: &str, tally: &mut Tally) {
    if !matches!(word, "pas" | "jamais" | "plus" | "rien") {
        return;
    }
    let verb = tail(message.previous(at));
    if !VERBS.contains(&verb) || (word == "plus" && message.next(at) != "de") {
        return;
    }
    let start = at.saturating_sub(4);
    let holds = (start..at).any(|at| {
        let word = message.word(at);
        word == "ne" || word == "n" || word.starts_with("n'")
    });
    tally.either("negation", holds, ["with ne", "without ne"]);
}

fn neighbours(message: &Message, at: usize, word: &str, tally: &mut Tally) {
    let next = message.next(at);
    let before = tail(message.previous(at));
    if matches!(word, "ça" | "sa" | "ca") && AFTER_CA.contains(&next) {
        let name = match word {
            "ça" => "ça",
            "sa" => "sa",
            _ => "ca",
        };
        tally.add("ça before a verb", name);
    }
    let letters = word.chars().count();
    if letters >= 5 {
        let participle = word.ends_with('é') || word.ends_with("ée") || word.ends_with("és");
        let infinitive = word.ends_with("er");
        if AUXILIARIES.contains(&before) && (participle || infinitive) {
            tally.either("participle", participle, ["-é", "-er"]);
        }
        if BEFORE_INFINITIVE.contains(&before) && (participle || infinitive) {
            tally.either("infinitive", infinitive, ["-er", "-é"]);
        }
        if PLURAL.contains(&before)
            && !word.ends_with("er")
            && !word.ends_with("ir")
            && !word.ends_with("re")
        {
            tally.either("plural mark", word.ends_with(['s', 'x', 'z']), ["with", "without"]);
        }
    }
    if matches!(word, "a" | "à")
        && matches!(before, "grâce" | "jusqu" | "quant" | "face" | "rapport" | "suite")
    {
        tally.either("à after grâce, quant…", word == "à", ["à", "a"]);
    }
    if matches!(word, "ces" | "ses")
        && matches!(next, "pas" | "bien" | "vrai" | "un" | "une" | "pour" | "ça")
    {
        tally.add("ces for c'est", "ces");
    }
    if matches!(word, "t-il" | "t-elle" | "t-on") {
        tally.either("hyphen before -t-il", false, ["with", "without"]);
    } else if word.ends_with("-t-il") || word.ends_with("-t-on") || word.ends_with("-t-elle") {
        tally.either("hyphen before -t-il", true, ["with", "without"]);
    }
}

/// A word without its accents.
fn bare(word: &str) -> String {
    let letter = |c: char| match c {
        'à' | 'â' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' => 'i',
        'ô' | 'ö' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    };
    word.chars().map(letter).collect()
}
