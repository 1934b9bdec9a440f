//! Texts as YAML has them: bare where they are read so, else in quotation marks.

/// What stands for something that nobody gave: an error until it is filled in.
pub const MISSING: &str = "…";

/// A text as the value of a field.
pub fn scalar(text: &str) -> String {
    written(text, &[": ", " #"])
}

/// A text within brackets or braces.
pub fn in_flow(text: &str) -> String {
    written(text, &[": ", " #", ",", "[", "]", "{", "}"])
}

fn written(text: &str, marks: &[&str]) -> String {
    let text = text.replace("{{", "\\{{");
    let first = text.chars().next();
    let begins_well =
        first.is_some_and(|first| first.is_alphanumeric() || matches!(first, '“' | '‘' | '…' | '(' | '£' | '€' | '$'));
    let is_bare = begins_well
        && !marks.iter().any(|mark| text.contains(mark))
        && !text.ends_with(':')
        && text.trim() == text
        && !text.contains(['\n', '\t', '\u{85}', '\u{2028}'])
        && !is_word_of_yaml(&text)
        && !text.contains('|');
    match is_bare {
        true => text,
        false => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\t'], " ")),
    }
}

fn is_word_of_yaml(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "yes" | "no" | "true" | "false" | "null" | "on" | "off" | "y" | "n" | "~")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::SourceMap;
    use crate::yaml;

    fn read(text: &str) -> String {
        let sources = SourceMap::default();
        let file = sources.add("a.yaml", text);
        let tree = yaml::parse(file, text).unwrap();
        let mut read = Vec::new();
        tree.each_text(&mut |text, _| read.push(text.to_owned()));
        read.pop().unwrap_or_default()
    }

    #[test]
    fn what_needs_no_quotation_marks_has_none() {
        assert_eq!(scalar("QUALITY DIRECTORATE – END OF YEAR RETURN"), "QUALITY DIRECTORATE – END OF YEAR RETURN");
        assert_eq!(scalar("“The best year yet” – a patient"), "“The best year yet” – a patient");
        assert_eq!(scalar("Bar chart: referrals rose"), "\"Bar chart: referrals rose\"");
        assert_eq!(in_flow("1,204"), "\"1,204\"");
        assert_eq!(scalar("No"), "\"No\"");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "[a-zA-Z0-9 :#,'\"{}\\[\\]&*!|>%@`£“”…\\\\-]{1,24}") {
            let text = text.trim().to_owned();
            prop_assume!(!text.is_empty());
            let meant = text.replace("{{", "\\{{");
            prop_assert_eq!(read(&format!("a: {}\n", scalar(&text))), meant.clone());
            prop_assert_eq!(read(&format!("a: [{}]\n", in_flow(&text))), meant);
        }
    }
}
