//! What of a report is numbered, and what references to it say: `{{ see loans.yaml }}`.

use std::collections::BTreeMap;

use super::values::NumberedKind;
use super::{Part, Report, Section};
use crate::wording::Wording;
use crate::yaml::Text;

/// A table, picture or chart with its number.
#[derive(Debug, Clone)]
pub struct Numbered<'r> {
    pub kind: NumberedKind,
    pub number: usize,
    /// The file that it shows, by which references name it.
    pub file: String,
    pub caption: &'r Text,
}

/// A reference as it is printed, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// `table 3`, `section 4`, `appendix B`, with a space at which no line ends; and the same at the beginning of a
    /// sentence.
    pub text: String,
    begins: String,
    /// The id of what it names, on the page and in the PDF.
    pub to: String,
}

/// Why something that there is cannot be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreferable {
    /// The report does not number what it shows.
    Unnumbered,
    /// Nothing that shows the file has a caption.
    Uncaptioned,
    /// A file is shown twice, under two numbers.
    Twice,
}

impl Numbered<'_> {
    /// How it is called: `Table 3`.
    pub fn name(&self, wording: &Wording) -> String {
        wording.say(begins(self.kind), &[("n", &self.number.to_string())])
    }

    /// The id of its caption. The low line keeps it apart from all ids that an author gives.
    pub fn anchor(&self) -> String {
        format!("{}_{}", self.kind.shown(), self.number)
    }
}

impl Reference {
    fn new(wording: &Wording, keys: [&str; 2], number: impl std::fmt::Display, to: String) -> Self {
        let number = number.to_string();
        let [text, begins] = keys.map(|key| wording.say(key, &[("n", &number)]).replace(' ', "\u{a0}"));
        Self { text, begins, to }
    }

    /// The same at the beginning of a sentence.
    pub fn capital(self) -> Self {
        Self { text: self.begins.clone(), ..self }
    }
}

/// The messages that name a table, a picture or a chart: at the beginning, and in a sentence.
fn begins(kind: NumberedKind) -> &'static str {
    match kind {
        NumberedKind::Tables => "numbered.table",
        NumberedKind::Figures => "numbered.figure",
        NumberedKind::Charts => "numbered.chart",
    }
}

fn within(kind: NumberedKind) -> &'static str {
    match kind {
        NumberedKind::Tables => "numbered.see-table",
        NumberedKind::Figures => "numbered.see-figure",
        NumberedKind::Charts => "numbered.see-chart",
    }
}

/// Everything with a number, in the order of the report; nothing where the report does not number.
pub fn numbered(report: &Report) -> Vec<Numbered<'_>> {
    let mut counts: BTreeMap<NumberedKind, usize> = BTreeMap::new();
    let mut count = |kind| {
        let number = counts.entry(kind).or_default();
        *number += 1;
        *number
    };
    let captions = report.parts().filter(|_| report.is_numbered()).flat_map(captions);
    captions.map(|(kind, file, caption)| Numbered { kind, number: count(kind), file, caption }).collect()
}

/// What a part shows that can have a number: its kind, its file without the folder of a row, and its caption.
fn captions(part: &Part) -> Vec<(NumberedKind, String, &Text)> {
    match part {
        Part::Data { stem, data } => {
            let numbered = |kind| (kind, format!("{stem}.yaml"), data.caption());
            data.show().numbered_as().map(numbered).into_iter().collect()
        }
        Part::Chart(chart) => {
            vec![(NumberedKind::Charts, format!("{}.yaml", chart.stem), chart.caption())]
        }
        Part::Figure(figures) => {
            let shown = figures.iter().filter(|(_, picture)| picture.is_some());
            let named = shown.filter_map(|(figure, _)| Some((figure.picture.as_ref()?, &figure.caption)));
            let bare = |name: &str| name.rsplit_once("}}/").map_or(name, |(_, bare)| bare).to_owned();
            named.map(|(file, caption)| (NumberedKind::Figures, bare(&file.value), caption)).collect()
        }
        Part::Prose(_)
        | Part::Signatory(_)
        | Part::KeyFigures(_)
        | Part::PullOut(_)
        | Part::CaseStudy(..)
        | Part::Quotation(_)
        | Part::Glossary(_)
        | Part::ListOf(_)
        | Part::Contacts => Vec::new(),
    }
}

/// How an appendix is named: by the word and its letter.
pub fn lettered(report: &Report, section: &Section) -> Option<String> {
    let letter = section.letter.as_ref()?;
    Some(report.wording().say("numbered.appendix", &[("n", letter)]))
}

/// Everything that a text of the report can refer to, by the id of a section or the file that is shown.
pub fn references(report: &Report) -> BTreeMap<String, Result<Reference, Unreferable>> {
    const APPENDIX: [&str; 2] = ["numbered.see-appendix", "numbered.appendix"];
    const SECTION: [&str; 2] = ["numbered.see-section", "numbered.section-alone"];
    let (wording, mut all) = (report.wording(), BTreeMap::new());
    for (place, section) in report.sections.iter().enumerate() {
        let id = section.id.value.to_string();
        let reference = match &section.letter {
            Some(letter) => Ok(Reference::new(wording, APPENDIX, letter, id.clone())),
            None if report.is_numbered() => Ok(Reference::new(wording, SECTION, place + 1, id.clone())),
            None => Err(Unreferable::Unnumbered),
        };
        all.insert(id, reference);
    }
    let without = if report.is_numbered() { Unreferable::Uncaptioned } else { Unreferable::Unnumbered };
    let pictures = report.parts().flat_map(captions).map(|(_, file, _)| file);
    let files = report.parts().filter_map(Part::stem).map(|stem| format!("{stem}.yaml")).chain(pictures);
    for file in files {
        all.entry(file).or_insert(Err(without));
    }
    for one in numbered(report) {
        let keys = [within(one.kind), begins(one.kind)];
        let reference = Reference::new(wording, keys, one.number, one.anchor());
        let is_first = all.get(&one.file) == Some(&Err(Unreferable::Uncaptioned));
        all.insert(one.file, if is_first { Ok(reference) } else { Err(Unreferable::Twice) });
    }
    all
}
