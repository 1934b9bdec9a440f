//! Tally's own words in the letters of another script, for reports whose languages have no file of words.
//!
//! The English file is written letter by letter, so that every message is there, with its places, and none has to be
//! translated; over it lies what a language has of its own. Nobody can read it, but it is shaped, broken and read back as
//! words of the script are.

use std::fs;
use std::path::Path;

use serde_yaml::{Mapping, Value};

use super::root;

/// Groups that are no messages, and those of which each form is a word.
const KEPT: [&str; 2] = ["plurals", "writing"];
const LISTS_OF_FORMS: &str = "words";
const WORDS_OF_NUMBERS: &str = "number-words-also";

/// Writes the words of every language that has a file in the folder `languages`.
pub fn write_words(folder: &Path) {
    let english = fs::read_to_string(root().join("languages/en-GB.yaml")).expect("the words are there");
    let english: Mapping = serde_yaml::from_str(&english).expect("the words can be read");
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let tag = path.file_stem().and_then(|stem| stem.to_str()).expect("a tag").to_owned();
        let own = fs::read_to_string(&path).expect("the words can be read");
        let own: Mapping = serde_yaml::from_str(&own).expect("the words are fields");
        let mut words = english.iter().map(|(key, value)| (key.clone(), group(key, value, &tag))).collect();
        lay_over(&mut words, own);
        let text = serde_json::to_string_pretty(&words).expect("words are text");
        fs::write(path, text.replace('\u{200e}', "\\u200E")).expect("the words can be written");
    }
}

fn group(name: &Value, value: &Value, tag: &str) -> Value {
    match (name.as_str(), value) {
        (Some(name), value) if KEPT.contains(&name) => value.clone(),
        (Some(LISTS_OF_FORMS), Value::Mapping(words)) => {
            Value::Mapping(words.iter().map(|(word, forms)| (word.clone(), written(forms, tag))).collect())
        }
        (Some(WORDS_OF_NUMBERS), Value::Mapping(words)) => {
            Value::Mapping(words.iter().map(|(word, number)| (written(word, tag), number.clone())).collect())
        }
        _ => written(value, tag),
    }
}

/// What a language says of its own, over what is there.
fn lay_over(words: &mut Mapping, own: Mapping) {
    for (key, value) in own {
        match (words.get_mut(&key), value) {
            (Some(Value::Mapping(group)), Value::Mapping(own)) => lay_over(group, own),
            (_, value) => drop(words.insert(key, value)),
        }
    }
}

/// Words, lists of words, or a group of messages. Of a message that counts there is one form for all numbers.
fn written(value: &Value, tag: &str) -> Value {
    match value {
        Value::String(text) => Value::String(in_letters(text, tag)),
        Value::Sequence(all) => Value::Sequence(all.iter().map(|one| written(one, tag)).collect()),
        Value::Mapping(forms) if forms.contains_key("other") => Value::Mapping(
            forms
                .iter()
                .filter(|(form, _)| form.as_str() == Some("other"))
                .map(|(form, words)| (form.clone(), written(words, tag)))
                .collect(),
        ),
        Value::Mapping(group) => {
            Value::Mapping(group.iter().map(|(name, value)| (name.clone(), written(value, tag))).collect())
        }
        other => other.clone(),
    }
}

/// A text with its words in the letters of a language; places and addresses stay.
fn in_letters(text: &str, tag: &str) -> String {
    if text.contains("://") {
        return text.to_owned();
    }
    let (mut all, mut word, mut is_place) = (String::new(), String::new(), false);
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_alphabetic() && !is_place {
            word.push(letter);
            continue;
        }
        all += &in_script(&std::mem::take(&mut word), tag);
        is_place = letter == '{' || (is_place && letter != '}');
        all.push(letter);
    }
    all.pop();
    if tag == "ja" { without_spaces(&all) } else { all }
}

fn in_script(word: &str, tag: &str) -> String {
    match tag {
        "uk" => by_letter(word, "абцдефгхійклмнопкрстуввхиз"),
        "ar" => by_letter(word, "ابتدعفجحيزكلمنوبقرسطثشوخىظ"),
        "hi" => devanagari(word),
        "ja" => kana(word),
        tag => panic!("nobody knows the letters of {tag}"),
    }
}

/// A letter for each of the alphabet.
fn by_letter(word: &str, letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let one = |letter: char| {
        let other = letters[usize::from(letter.to_ascii_lowercase() as u8 - b'a')];
        if letter.is_uppercase() { other.to_uppercase().next().unwrap_or(other) } else { other }
    };
    word.chars().map(one).collect()
}

const VOWELS: &str = "aeiou";

/// A consonant has its vowel as a sign; where none follows it joins the next consonant.
fn devanagari(word: &str) -> String {
    let consonants = "bcdfghjklmnpqrstvwxyz".chars().zip("बचदफगहजकलमनपकरसतववखयझ".chars()).collect::<Vec<_>>();
    let (alone, signs) = (["अ", "ए", "इ", "ओ", "उ"], ["", "े", "ि", "ो", "ु"]);
    let (mut text, mut letters) = (String::new(), word.chars().map(|letter| letter.to_ascii_lowercase()).peekable());
    while let Some(letter) = letters.next() {
        match consonants.iter().find(|(latin, _)| *latin == letter) {
            Some((_, consonant)) => {
                text.push(*consonant);
                match letters.peek().map(|next| VOWELS.find(*next)) {
                    Some(Some(vowel)) => {
                        text += signs[vowel];
                        letters.next();
                    }
                    Some(None) => text.push('्'),
                    None => {}
                }
            }
            None => text += alone[VOWELS.find(letter).unwrap_or(0)],
        }
    }
    text
}

/// A sign for each syllable.
fn kana(word: &str) -> String {
    let rows = [
        ("bv", "バベビボブ"),
        ("ckq", "カケキコク"),
        ("d", "ダデジドズ"),
        ("fh", "ハヘヒホフ"),
        ("g", "ガゲギゴグ"),
        ("jz", "ザゼジゾズ"),
        ("lr", "ラレリロル"),
        ("m", "マメミモム"),
        ("n", "ナネニノヌ"),
        ("p", "パペピポプ"),
        ("sx", "サセシソス"),
        ("t", "タテチトツ"),
        ("w", "ワエイヲウ"),
        ("y", "ヤエイヨユ"),
    ];
    let sign = |row: &str, vowel: usize| row.chars().nth(vowel).unwrap_or_default();
    let (mut text, mut letters) = (String::new(), word.chars().map(|letter| letter.to_ascii_lowercase()).peekable());
    while let Some(letter) = letters.next() {
        match rows.iter().find(|(latin, _)| latin.contains(letter)) {
            Some((_, row)) => {
                let vowel = letters.peek().and_then(|next| VOWELS.find(*next));
                if vowel.is_some() {
                    letters.next();
                }
                text.push(sign(row, vowel.unwrap_or(4)));
            }
            None => text.push(sign("アエイオウ", VOWELS.find(letter).unwrap_or(0))),
        }
    }
    text
}

/// Japanese has no spaces between words, and full stops of its own.
fn without_spaces(text: &str) -> String {
    let letters: Vec<char> = text.replace(", ", "、").replace(". ", "。").chars().collect();
    let is_word =
        |place: Option<usize>| place.and_then(|place| letters.get(place)).is_some_and(|c| c.is_alphanumeric());
    let is_kept = |place: usize| letters[place] != ' ' || !(is_word(place.checked_sub(1)) && is_word(Some(place + 1)));
    (0..letters.len()).filter(|place| is_kept(*place)).map(|place| letters[place]).collect()
}
