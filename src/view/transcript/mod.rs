//! What a report says, gathered from the content in the order of print: its [`Transcript`].

mod data;
mod deliverables;
mod figures;
mod indicators;
mod parts;
mod prose;
mod table;

use super::CopyEditor;
use super::notes::Noted;
use crate::diagnostic::{SourceMap, Span};
use crate::fact::{BoundTexts, FactId, Facts, Passages, Word};
use crate::model::values::{CoverShows, Figure};
use crate::model::{Organisation, Project, Report};
use crate::transcript::{Item, ItemKind, Key, Piece, Text, Transcript, sentences};
use crate::yaml::{self, At};

/// What a report says.
pub fn transcript(
    project: &Project,
    report: &Report,
    facts: &Facts,
    passages: &Passages,
    sources: &SourceMap,
) -> Transcript {
    let gatherer = Gatherer {
        report,
        facts,
        sources,
        texts: passages.texts(&report.id),
        editor: CopyEditor::new(project, report, facts, passages),
    };
    let mut items = vec![gatherer.head()];
    items.extend(report.sections.iter().map(|section| gatherer.section(section)));
    items.extend(gatherer.files());
    items.push(gatherer.organisation(&report.organisation));
    Transcript { report: report.id.clone(), items, figures: figures::figures(project, report, facts, passages) }
}

/// Gathers what one report says.
struct Gatherer<'a> {
    report: &'a Report,
    facts: &'a Facts<'a>,
    sources: &'a SourceMap,
    texts: BoundTexts<'a>,
    editor: CopyEditor<'a>,
}

/// An item without an id and without texts.
fn item(kind: ItemKind, at: Span) -> Item {
    Item { kind, id: String::new(), texts: Vec::new(), items: Vec::new(), at: Some(at) }
}

/// A text that holds no figure.
fn said(name: &str, words: &str, at: Span) -> Text {
    Text { key: Key::Named(name.to_owned()), sentences: sentences([Piece::Words(words.to_owned())]), at: Some(at) }
}

/// A cell that holds one figure.
fn cell(key: String, figure: Piece, at: Span) -> Text {
    Text { key: Key::Cell(key), sentences: vec![[figure].into_iter().collect()], at: Some(at) }
}

impl Gatherer<'_> {
    fn head(&self) -> Item {
        let head = &self.report.head;
        let at = head.title.at;
        let period = format!("{} to {}", head.period.from, head.period.to);
        let mut texts = vec![
            self.text("title", &head.title),
            self.text("subtitle", &head.subtitle),
            self.text("description", &head.description),
            said("period", &period, head.period.at),
            said("published", &head.published.to_string(), at),
            said("language", &head.language.value.tag(), at),
            said("cover", self.report.cover().shown(), at),
        ];
        let shows = self.report.cover_shows();
        let is_said = shows != CoverShows::Figures || head.cover_shows.is_some();
        texts.extend(is_said.then(|| said("cover-shows", shows.shown(), at)));
        if let Some((cover, picture)) = self.report.cover_photo() {
            let keep = cover.keep.as_ref().map(|keep| said("keep", keep.value.shown(), keep.at));
            texts.extend([said("picture", &picture.path, picture.at)].into_iter().chain(keep));
            texts.extend(self.optional("alternative-text", &cover.alt));
        }
        texts
            .extend(head.numbered.as_ref().map(|one| said("numbered", if one.value.0 { "yes" } else { "no" }, one.at)));
        texts.extend(head.licence.as_ref().map(|licence| said("licence", &licence.name.value, licence.name.at)));
        let note = |note: &crate::model::Note| Item {
            id: note.id.value.to_string(),
            texts: vec![self.text("words", &note.text)],
            ..item(ItemKind::Note, note.text.at)
        };
        Item { texts, items: self.report.notes().iter().map(note).collect(), ..item(ItemKind::Report, at) }
    }

    /// What every report says of the organisation.
    fn organisation(&self, organisation: &Organisation) -> Item {
        let plain = |name: &str, text: &yaml::Text| said(name, &text.value, text.at);
        let at = organisation.name.at;
        let mut texts = vec![
            plain("name", &organisation.name),
            plain("short-name", &organisation.short_name),
            plain("chief-officer", &organisation.chief_officer),
            said("telephone", organisation.telephone.value.shown(), organisation.telephone.at),
            said("email", &organisation.email.value.0, organisation.email.at),
        ];
        texts.extend(organisation.licence.as_ref().map(|licence| plain("licence", &licence.name)));
        let contact = |text: &yaml::Text, to: Option<&str>| {
            let to = to.map(|to| said("leads-to", to, text.at));
            Item { texts: [plain("words", text)].into_iter().chain(to).collect(), ..item(ItemKind::Contact, text.at) }
        };
        let lines = organisation.address.iter().map(|line| contact(line, None));
        let websites = organisation.websites.iter().flatten().map(|site| contact(&site.text, Some(&site.to.0)));
        let accounts = organisation.social.iter().flatten().map(|one| {
            let mut account = contact(&one.text, one.to.as_ref().map(|to| to.0.as_str()));
            account.texts.insert(0, plain("name", &one.name));
            account
        });
        let directorates = organisation.directorates().iter().map(|one| Item {
            id: one.id.value.to_string(),
            texts: vec![plain("name", &one.name)],
            ..item(ItemKind::Directorate, one.name.at)
        });
        let items = lines.chain(websites).chain(accounts).chain(directorates).collect();
        Item { texts, items, ..item(ItemKind::Organisation, at) }
    }

    /// A text with its figures.
    fn text(&self, name: &str, text: &yaml::Text) -> Text {
        let pieces = self.pieces(self.texts.words(text.at));
        Text { key: Key::Named(name.to_owned()), sentences: sentences(pieces), at: Some(text.at) }
    }

    fn optional(&self, name: &str, text: &Option<yaml::Text>) -> Option<Text> {
        text.as_ref().map(|text| self.text(name, text))
    }

    fn pieces<'w>(&self, words: &'w [Word]) -> impl Iterator<Item = Piece> + use<'w, '_> {
        words.iter().map(|word| match word {
            Word::Bound { text, fact } => self.figure(*fact, text.clone()),
            Word::Stated { text, source, .. } => Piece::Stated { text: text.clone(), source: source.clone() },
            Word::Note(id) => Piece::Note(id.clone()),
            Word::Plain(_) | Word::Broken(_) | Word::Named { .. } | Word::Claimed { .. } | Word::Foreign { .. } => {
                Piece::Words(word.text().to_owned())
            }
            // That no line ends within it is a matter of form.
            Word::Reference(reference) => Piece::Words(reference.text.replace('\u{a0}', " ")),
        })
    }

    /// A figure as it is printed in a place.
    fn figure(&self, fact: FactId, text: String) -> Piece {
        Piece::Figure { text, address: self.facts.local(&self.report.id, fact).to_owned() }
    }

    /// A figure that was typed; words where it says that there is none.
    fn typed(&self, at: Span, text: String) -> Piece {
        match self.facts.typed_at(&self.report.id, at) {
            Some(fact) => self.figure(fact, text),
            None => Piece::Words(text),
        }
    }

    /// What is told of figures that stand as published.
    fn as_published(&self, key: &str, note: Option<Noted>, at: Span) -> Option<Text> {
        let Noted::Made(words) = note? else { return None };
        Some(Text { sentences: sentences(self.pieces(&words)), ..said(key, "", at) })
    }

    /// A cell with a figure as it was typed.
    fn cell(&self, key: String, figure: &At<Figure>) -> Text {
        cell(key, self.typed(figure.at, figure.value.shown(self.editor.manner())), figure.at)
    }

    /// The name of a file of the content, without its folders.
    fn file_name(&self, at: Span) -> String {
        let path = &self.sources.file(at.file).path;
        path.rsplit('/').next().unwrap_or(path).to_owned()
    }
}
