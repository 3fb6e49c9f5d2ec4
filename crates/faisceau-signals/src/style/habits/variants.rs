//! Words between which writers choose: SMS spellings, contractions, words of one meaning.
//!
//! In: a message and its language. Out: the alternatives that it took. Each line of a table is one
//! habit, named by its first form. The tables are our own.

use std::collections::BTreeMap;

use super::message::Message;
use super::tally::Tally;

/// French spellings and words; forms of two words are joined by a space.
const FRENCH: &[&[&str]] = &[
    &["c'est", "cest", "c", "cé", "c est"],
    &["quoi", "koi", "kwa"],
    &["pourquoi", "pk", "pq", "prk", "pourkoi"],
    &["que", "ke", "k", "q"],
    &["qui", "ki"],
    &["quand", "kan", "qd", "quan"],
    &["comme", "com", "cm"],
    &["comment", "cmt", "koment", "commen"],
    &["tout", "tt", "tou"],
    &["tous", "ts"],
    &["beaucoup", "bcp", "bcq", "plein", "énormément"],
    &["pour", "pr"],
    &["dans", "ds"],
    &["avec", "avc", "ac"],
    &["toujours", "tjs", "tjrs", "tj", "toujour"],
    &["j'ai", "jai", "g", "gt", "j ai"],
    &["je suis", "j'suis", "chuis", "jsuis", "chui"],
    &["je sais", "j'sais", "jsais", "chais", "jsé"],
    &["tu es", "t'es", "tes", "té"],
    &["tu as", "t'as", "tas"],
    &["il y a", "y a", "ya", "y'a", "il y'a"],
    &["quelque chose", "qqch", "qqc", "qq chose"],
    &["quelqu'un", "qqn", "qq'un"],
    &["quelques", "qq", "qqs", "qques", "quelque"],
    &["s'il vous plaît", "svp", "s'il te plaît", "stp"],
    &["rendez-vous", "rdv"],
    &["problème", "pb", "problèmes", "probleme", "prob"],
    &["développement", "dev", "dév"],
    &["aujourd'hui", "auj", "ajd", "aujourd hui"],
    &[
        "parce que",
        "parceque",
        "pcq",
        "car",
        "puisque",
        "pasque",
        "pasqu'il",
        "parce qu'il",
        "parce qu'on",
    ],
    &["mais", "cependant", "toutefois", "néanmoins", "pourtant", "par contre", "en revanche"],
    &["aussi", "également", "egalement"],
    &["donc", "ainsi", "du coup", "alors", "dc"],
    &["ça", "cela", "ca", "ceci"],
    &["oui", "ouais", "ouai", "ui", "wi", "yep", "yes"],
    &["ok", "d'accord", "dac", "okay", "okey"],
    &["très", "vraiment", "super", "hyper", "trop", "vachement", "tres", "extrêmement"],
    &["peut-être", "peut être", "peut etre", "peut-etre", "ptet", "p'tet", "ptêtre", "sans doute"],
    &["c'est-à-dire", "c'est à dire", "cad", "càd", "c.a.d"],
    &["est-ce que", "est ce que", "esque", "esce que", "est-ce qu'on", "est-ce qu'il"],
    &["quand même", "quand meme", "qd même", "comme même", "tout de même"],
    &["par exemple", "ex", "par ex", "p.ex", "exemple"],
    &["afin de", "afin d'éviter", "pour que", "afin que", "histoire de"],
    &["etc", "etcetera", "ect", "et cetera"],
    &["vous", "tu"],
    &["nous", "on"],
    &["celui-ci", "celui ci", "celui-là", "celui là"],
    &["lorsque", "lorsqu'on", "lorsqu'il", "quand on"],
    &["merci", "thx", "mrc", "mci", "mersi", "thanks"],
    &["en fait", "enfait", "en faite"],
    &["bien sûr", "bien sur", "évidemment", "biensur", "bien entendu"],
    &["malheureusement", "hélas", "dommage"],
    &["voilà", "voila", "vla"],
    &["je pense", "je crois", "il me", "à mon", "je trouve", "j'pense"],
    &["week-end", "weekend", "we", "wk"],
    &["mail", "email", "e-mail", "courriel", "mél"],
    &["truc", "chose", "machin", "bidule"],
];

/// English spellings and words.
const ENGLISH: &[&[&str]] = &[
    &["you", "u", "ya", "yu"],
    &["your", "ur", "yr"],
    &["you're", "youre", "you are"],
    &["are", "r"],
    &["please", "pls", "plz", "plse"],
    &["thanks", "thx", "thank you", "ty", "thanx", "tnx", "thankyou", "cheers"],
    &["because", "cuz", "cos", "bc", "coz", "cause", "since"],
    &["don't", "dont", "do not"],
    &["can't", "cant", "cannot", "can not"],
    &["doesn't", "doesnt", "does not"],
    &["isn't", "isnt", "is not", "aint", "ain't"],
    &["didn't", "didnt", "did not"],
    &["won't", "wont", "will not"],
    &["i'm", "im", "i am"],
    &["i've", "ive", "i have"],
    &["i'll", "i will", "ill"],
    &["i'd", "i would", "id like"],
    &["it's", "its", "it is", "tis"],
    &["that's", "thats", "that is"],
    &["what's", "whats", "what is"],
    &["there's", "theres", "there is"],
    &["haven't", "havent", "have not"],
    &["shouldn't", "shouldnt", "should not"],
    &["wouldn't", "wouldnt", "would not"],
    &["going to", "gonna"],
    &["want to", "wanna"],
    &["got to", "gotta", "have to", "need to", "must"],
    &["kind of", "kinda", "sort of", "sorta"],
    &["though", "tho", "although"],
    &["through", "thru"],
    &["okay", "ok", "k", "kk", "oki", "alright"],
    &["yes", "yeah", "yep", "yup", "ya", "yea", "aye", "yah"],
    &["no", "nope", "nah", "na"],
    &["hi", "hello", "hey", "hiya", "heya"],
    &["but", "however"],
    &["also", "too", "as well"],
    &["maybe", "perhaps", "might be"],
    &["probably", "prob", "likely", "prolly", "probly"],
    &["really", "very", "quite", "pretty", "rly"],
    &["i think", "i guess", "i believe", "imo", "imho", "i suppose", "i reckon"],
    &["anyone", "anybody"],
    &["someone", "somebody", "some1"],
    &["everyone", "everybody"],
    &["until", "till", "til"],
    &["something", "sth", "somethin", "smth"],
    &["a lot", "alot", "lots", "lot of", "tons"],
    &["them", "em"],
    &["before", "b4"],
    &["for", "4"],
    &["with", "wit"],
    &["what", "wat", "wut"],
    &["people", "ppl"],
    &["about", "abt", "bout"],
    &["just", "jus", "only", "simply"],
    &["try to", "try and"],
    &["etc", "ect", "and so"],
    &["colour", "color"],
    &["sorry", "sry", "soz"],
    &["by the way", "btw"],
    &["as far as", "afaik"],
    &["dunno", "don't know", "dont know", "idk", "no idea"],
    &["problem", "issue", "prob", "trouble"],
    &["hmm", "hm", "hmmm", "mmm", "umm", "um", "uh", "er", "err", "erm"],
    &["oh", "ah", "ahh", "ohh", "aha"],
    &["ie", "that is"],
    &["instead", "rather"],
    &["while", "whilst"],
    &["among", "amongst"],
    &["toward", "towards"],
];

/// The forms of one language, each with the habits that it decides.
#[derive(Debug)]
pub(super) struct Variants(BTreeMap<&'static str, Vec<(&'static str, &'static str)>>);

impl Variants {
    pub(super) fn new(language: &str) -> Self {
        let table = match language {
            "fr" => FRENCH,
            "en" => ENGLISH,
            _ => &[],
        };
        let mut forms = BTreeMap::<&str, Vec<_>>::new();
        for habit in table {
            let Some(name) = habit.first() else { continue };
            for form in *habit {
                forms.entry(form).or_default().push((*name, *form));
            }
        }
        Self(forms)
    }

    /// Counts the forms of a message: three words joined, else two, else one.
    pub(super) fn read(&self, message: &Message, tally: &mut Tally) {
        if self.0.is_empty() {
            return;
        }
        let mut at = 0;
        while at < message.tokens.len() {
            let two = message.next(at);
            let three = if two.is_empty() { "" } else { message.next(at + 1) };
            let word = message.word(at);
            let forms = [
                (3, if three.is_empty() { String::new() } else { format!("{word} {two} {three}") }),
                (2, if two.is_empty() { String::new() } else { format!("{word} {two}") }),
                (1, word.to_owned()),
            ];
            let found =
                forms.iter().find_map(|(words, form)| Some((*words, self.0.get(form.as_str())?)));
            if let Some((_, habits)) = found {
                for (habit, form) in habits {
                    tally.add(habit, form);
                }
            }
            at += found.map_or(1, |(words, _)| words);
        }
    }
}
