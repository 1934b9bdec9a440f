//! Lists of figures that are parted otherwise than was meant: at the comma of a thousand, or not at semicolons.

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::yaml::Text;

/// What went wrong with a list that has too many values or too few, where its letters say so.
pub fn misparted(values: &[Text]) -> Option<Diagnostic> {
    by_semicolons(values).or_else(|| at_thousands(values))
}

fn by_semicolons(values: &[Text]) -> Option<Diagnostic> {
    let [one] = values else { return None };
    let parts: Vec<&str> = one.value.split(';').map(str::trim).collect();
    (parts.len() > 1).then(|| {
        Diagnostic::error(Code::WrongCount, one.at, "semicolons stand between these values, where commas are expected")
            .help(format!("write [{}]", parts.iter().map(|part| in_list(part)).collect::<Vec<_>>().join(", ")))
    })
}

/// `4,800` in a list is a 4 and an 800.
fn at_thousands(values: &[Text]) -> Option<Diagnostic> {
    let is_start = |one: &Text| {
        let digits = one.value.trim_start_matches(['£', '$', '€', '-', '−', '–', '(']);
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let has_three = |one: &Text| one.value.bytes().take_while(u8::is_ascii_digit).count() == 3;
    let goes_on = |one: &Text, next: &Text| one.at.letters().end + 1 == next.at.letters().start && has_three(next);
    // A million has two commas.
    let stretches = values.chunk_by(goes_on).filter(|stretch| stretch.len() > 1 && is_start(&stretch[0]));
    let mut stretches: Vec<&[Text]> = stretches.collect();
    stretches.sort_by_key(|stretch| stretch[0].at);
    let whole = *stretches.first()?;
    let parts: Vec<&str> = whole.iter().map(|one| one.value.as_str()).collect();
    let (figure, bare) = (parts.join(","), parts.concat());
    let at = Span { end: whole.last()?.at.end, ..whole[0].at };
    let finding =
        Diagnostic::error(Code::WrongCount, at, format!("the comma in {figure} parts it into {} values", parts.len()))
            .help(format!("write \"{figure}\" in quotation marks, or {bare} without the comma"));
    // Where two figures may have been parted, the number of values says nothing of the one.
    Some(if stretches.len() == 1 { finding.mend(at, format!("\"{figure}\"")) } else { finding })
}

/// A value as it stands in a list.
fn in_list(value: &str) -> String {
    if value.contains(',') { format!("\"{value}\"") } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceMap;
    use crate::yaml::{self, Value};

    fn told(list: &str) -> Option<(String, String)> {
        let sources = SourceMap::default();
        let file = sources.add("a.yaml", list);
        let Value::Sequence(items) = yaml::parse(file, list).unwrap().value else { panic!("no list") };
        let texts: Vec<Text> = items
            .into_iter()
            .map(|item| match item.value {
                Value::Scalar { text, .. } => Text { value: text, at: item.at },
                _ => panic!("no value"),
            })
            .collect();
        misparted(&texts).map(|one| (list[one.at.unwrap().letters()].to_owned(), one.help[0].clone()))
    }

    #[test]
    fn the_comma_or_the_semicolons_are_told_and_how_to_write_the_values() {
        let expect = |list: &str, place: &str, help: &str| {
            assert_eq!(told(list), Some((place.to_owned(), help.to_owned())), "{list}");
        };
        expect("[4,800, 4416, 92%]", "4,800", "write \"4,800\" in quotation marks, or 4800 without the comma");
        expect(
            "[12, £1,234,567]",
            "£1,234,567",
            "write \"£1,234,567\" in quotation marks, or £1234567 without the comma",
        );
        expect("[1100; 1001; 91%]", "1100; 1001; 91%", "write [1100, 1001, 91%]");
        for list in ["[4, 800, 92%]", "[4800,416]", "[no data,800]", "[4,80]", "[12]"] {
            assert_eq!(told(list), None, "{list}");
        }
    }
}
