use std::collections::BTreeMap;

use super::*;

const KNOWN: [&str; 4] = [
    "je ne sais pas .",
    "je ne crois pas que tu le sais , mais bon !",
    "tu sais , je le crois .",
    "bon , je ne sais pas trop .",
];
const MIXTURES: [[&str; 4]; 2] = [
    [
        "on ne le sait pas .",
        "il faut que tu le dises .",
        "je le crois , mais pas trop !",
        "que veux tu ?",
    ],
    [
        "mais non , il ne faut pas !",
        "tu le sais bien .",
        "on le crois , on ne sait pas .",
        "je veux que tu le dises .",
    ],
];
const TEXT: [&str; 3] =
    ["je ne sais pas , mais je le crois .", "tu ne le sais pas trop , bon !", "jamais de la vie ."];

/// Numbers the words in the order in which they come.
#[derive(Default)]
struct Words<'a>(BTreeMap<&'a str, u32>);

impl<'a> Words<'a> {
    fn numbers(&mut self, sentences: &[&'a str]) -> Vec<Vec<u32>> {
        let mut number = |word| {
            let next = self.0.len() as u32;
            *self.0.entry(word).or_insert(next)
        };
        sentences.iter().map(|s| s.split(' ').map(&mut number).collect()).collect()
    }
}

fn model<const N: usize>(sentences: &[Vec<u32>]) -> Model<N> {
    Model::new(sentences.iter().map(Vec::as_slice))
}

fn near(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-9, "{one} {other}");
}

/// Sums for each sentence, and λ with the two mixtures, as the Python package `lambdag` 0.2.0
/// of the Python index gives them: `KneserNeyLanguageModel(order=N, discount=0.75)`, `fit` on each
/// sentence split at the spaces, log10 of `probabilities`; λ the mean over the mixtures of
/// the summed differences. Recorded on 2026-11-29 with Python 3.11, to 12 digits.
fn as_the_package<const N: usize>(sums: [f64; 3], lambda: f64) {
    let mut words = Words::default();
    let known: Model<N> = model(&words.numbers(&KNOWN));
    let text = words.numbers(&TEXT);
    for (sentence, sum) in text.iter().zip(sums) {
        near(known.log10_sentence(sentence), sum);
    }
    let mut mean = 0.0;
    for mixture in MIXTURES {
        let mixture: Model<N> = model(&words.numbers(&mixture));
        let ratio = |s: &Vec<u32>| known.log10_sentence(s) - mixture.log10_sentence(s);
        mean += text.iter().map(ratio).sum::<f64>() / 2.0;
    }
    near(mean, lambda);
}

#[test]
fn the_numbers_of_the_package_come_out() {
    as_the_package::<3>(
        [-6.560_295_882_305, -10.208_908_840_098, -7.787_814_045_394],
        8.832_352_864_891,
    );
    as_the_package::<10>(
        [-6.935_113_230_926, -10.982_586_988_524, -8.662_385_201_652],
        9.130_286_498_109,
    );
}

#[test]
fn the_probabilities_of_the_package_come_out_one_by_one() {
    let expected = [
        -0.409_055_031_829,
        -0.103_546_029_322,
        -0.283_844_436_382,
        -0.174_046_189_112,
        -1.390_511_198_351,
        -0.995_748_306_848,
        -1.390_511_198_351,
        -0.922_623_682_150,
        -0.415_171_313_746,
        -0.392_251_859_928,
        -0.082_986_636_286,
    ];
    let mut words = Words::default();
    let known: Model<3> = model(&words.numbers(&KNOWN));
    let mut given = Vec::new();
    known.each(&words.numbers(&TEXT)[0], |probability| given.push(libm::log10(probability)));
    assert_eq!(given.len(), expected.len());
    for (one, other) in given.into_iter().zip(expected) {
        near(one, other);
    }
}

#[test]
fn probabilities_after_a_text_add_up_to_one() {
    let mut words = Words::default();
    let known: Model<3> = model(&words.numbers(&KNOWN));
    let start = words.numbers(&["je ne"]).remove(0);
    let unknown = u32::MAX / 2;
    let mut total = 0.0;
    for next in (0..words.0.len() as u32).chain([unknown]) {
        let mut sentence = start.clone();
        sentence.push(next);
        let mut given = Vec::new();
        known.each(&sentence, |probability| given.push(probability));
        total += given[2];
    }
    let mut given = Vec::new();
    known.each(&start, |probability| given.push(probability));
    near(total + given[2], 1.0);
}

#[test]
fn a_model_without_sentences_says_nothing() {
    let empty: Model<3> = model(&[]);
    near(empty.log10_sentence(&[1, 2, 3]), 0.0);
}

#[test]
fn numbers_of_words_and_order_of_sentences_do_not_matter() {
    let mut words = Words::default();
    let (mut known, text) = (words.numbers(&KNOWN), words.numbers(&TEXT));
    let one = model::<3>(&known).log10_sentence(&text[0]);
    let renamed = |sentences: &[Vec<u32>]| -> Vec<Vec<u32>> {
        sentences.iter().map(|s| s.iter().map(|word| 5_000_000 - 77 * word).collect()).collect()
    };
    assert_eq!(one, model::<3>(&renamed(&known)).log10_sentence(&renamed(&text)[0]));
    known.reverse();
    assert_eq!(one, model::<3>(&known).log10_sentence(&text[0]));
}
