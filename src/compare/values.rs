//! What records of editions keep in English words, told in the words of a language.
//!
//! Fields that have one of a few words in the content, such as a colour or how often, stand in records in English, so that a
//! record says the same whoever reads it. The file of a language has their words under `values`, field by field.

use std::borrow::Cow;

use crate::transcript::{Item, Key, Piece, Sentence, Text, Transcript};
use crate::wording::Wording;

/// The field that has two days, each the same in every language.
const PERIOD: &str = "period";

/// A transcript as it is told in a language.
pub fn told_in<'t>(transcript: &'t Transcript, wording: &Wording) -> Cow<'t, Transcript> {
    let mut is_told_otherwise = false;
    for item in &transcript.items {
        item.each(&mut |item| is_told_otherwise |= item.texts.iter().any(|text| otherwise(text, wording).is_some()));
    }
    if !is_told_otherwise {
        return Cow::Borrowed(transcript);
    }
    let mut told = transcript.clone();
    told.items.iter_mut().for_each(|item| tell(item, wording));
    Cow::Owned(told)
}

fn tell(item: &mut Item, wording: &Wording) {
    for text in &mut item.texts {
        if let Some(words) = otherwise(text, wording) {
            text.sentences = vec![Sentence::from_iter([Piece::Words(words)])];
        }
    }
    item.items.iter_mut().for_each(|item| tell(item, wording));
}

/// What stands for a text in a language; none where it stands as it is.
fn otherwise(text: &Text, wording: &Wording) -> Option<String> {
    let Key::Named(field) = &text.key else { return None };
    let [only] = &text.sentences[..] else { return None };
    let [Piece::Words(words)] = only.pieces() else { return None };
    let told = match words.split_once(" to ") {
        Some((from, to)) if field == PERIOD => Some(wording.span(from, to)),
        _ => {
            // What is said as in English stands as it was recorded, whose letters may be capitals.
            let group = format!("values.{field}");
            wording.told(&group, words).filter(|told| Wording::english().told(&group, words).as_ref() != Some(told))
        }
    };
    told.filter(|told| told != words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::values::{
        Along, Better, ChartForm, Cover, CoverShows, Frequency, Keep, Mark, Measures, NumberedKind, PictureSize,
    };
    use crate::wording::Wordings;

    fn text(field: &str, words: &str) -> Text {
        Text {
            key: Key::Named(field.to_owned()),
            sentences: vec![Sentence::from_iter([Piece::Words(words.to_owned())])],
            at: None,
        }
    }

    /// Every word that a field may have is told in each language; in English it stands as it was recorded.
    #[test]
    fn every_word_that_a_field_may_have_is_told() {
        let all: [(&str, Vec<&str>); 14] = [
            ("along", Along::ALL.iter().map(|one| one.shown()).collect()),
            ("better", Better::ALL.iter().map(|one| one.shown()).collect()),
            ("cover", Cover::ALL.iter().map(|one| one.shown()).collect()),
            ("cover-shows", CoverShows::ALL.iter().map(|one| one.shown()).collect()),
            ("form", ChartForm::ALL.iter().map(|one| one.shown()).collect()),
            ("frequency", Frequency::ALL.iter().map(|one| one.shown()).collect()),
            ("is", vec!["total", "total of its parts", "heading"]),
            ("keep", Keep::ALL.iter().map(|one| one.shown()).collect()),
            ("list-of", NumberedKind::ALL.iter().map(|one| one.word()).collect()),
            ("mark", Mark::ALL.iter().map(|one| one.shown()).collect()),
            ("measures", Measures::ALL.iter().map(|one| one.shown()).collect()),
            ("numbered", vec!["yes", "no"]),
            ("rounded", vec!["yes", "no"]),
            ("size", PictureSize::ALL.iter().map(|one| one.shown()).collect()),
        ];
        let languages = Wordings::default();
        for (field, words) in all {
            for words in words {
                for tag in ["en", "cy", "fr"] {
                    let told = languages.find(tag, None).unwrap().told(&format!("values.{field}"), words);
                    assert!(told.is_some(), "{tag} has no words for {field}: {words}");
                }
                assert_eq!(otherwise(&text(field, words), Wording::english()), None, "{field}");
            }
        }
    }

    #[test]
    fn a_record_is_told_in_a_language_and_stays_as_it_is_in_english() {
        let texts = vec![
            text("cover", "Dark blue"),
            text("period", "2025-04-01 to 2026-03-31"),
            text("title", "Dark blue to 2026"),
        ];
        let item =
            Item { kind: crate::transcript::ItemKind::Report, id: String::new(), texts, items: Vec::new(), at: None };
        let transcript = Transcript { report: "example".to_owned(), items: vec![item], figures: Vec::new() };
        let languages = Wordings::default();
        let told = |tag: &str| {
            let told = told_in(&transcript, languages.find(tag, None).unwrap());
            told.items[0].texts.iter().map(Text::plain).collect::<Vec<_>>()
        };
        assert!(matches!(told_in(&transcript, Wording::english()), Cow::Borrowed(_)));
        assert_eq!(told("cy"), ["Glas tywyll", "2025-04-01 – 2026-03-31", "Dark blue to 2026"]);
        assert_eq!(told("fr"), ["Bleu foncé", "2025-04-01 – 2026-03-31", "Dark blue to 2026"]);
    }
}
