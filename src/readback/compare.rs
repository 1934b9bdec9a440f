//! What is wrong with finished files, as findings.

use std::collections::{BTreeMap, HashMap};

use super::attachments::Attachment;
use super::data::DataFault;
use super::drawing::{ExpectedChart, compare_charts};
use super::guard::{Legibility, Misfit};
use super::html::{ReadFigure, ReadPage, Stands};
use super::pdf::{PdfError, Sheet};
use super::printed::compare_printed;
use super::said::{Said, Stray};
use super::{Difference, Expected, Fault, compare_html, compare_pdf, single_spaced};
use crate::diagnostic::{Code, Diagnostic, Findings, Span};

/// So many words of one text are named in a finding.
const NAMED: usize = 5;

/// Letters of a word that are shown at most.
const LONGEST: usize = 60;

/// The report that was read back.
pub struct Subject<'a> {
    pub report: &'a str,
    /// The templates of the team's own, which may be at fault.
    pub own_templates: Vec<&'a str>,
    /// Where a word was typed, given the words before it.
    pub word_at: &'a dyn Fn(&str, &str) -> Option<Span>,
    /// Where the figure of an address was typed.
    pub figure_at: &'a dyn Fn(&str) -> Option<Span>,
}

impl Subject<'_> {
    /// Holds what was read out of a report's page against the figures and charts that were meant. Out: the figures that the
    /// PDF shows as well, with the addresses of their facts, and the charts; or a finding for each that is not what it should
    /// be.
    pub fn check_page(
        &self,
        expected: &[Expected],
        charts: &[ExpectedChart],
        read: ReadPage,
    ) -> Result<ReadPage, Findings> {
        let ReadPage { figures, charts: drawn } = read;
        let addresses: HashMap<String, &str> =
            expected.iter().map(|figure| (figure.mark.to_string(), figure.address)).collect();
        // A mark that stands for no fact is kept, and found to be too much.
        let addressed = |figure: ReadFigure| match addresses.get(&figure.address) {
            Some(address) => ReadFigure { address: (*address).to_owned(), stands: Stands::InText, ..figure },
            None => ReadFigure { stands: Stands::InText, ..figure },
        };
        let places: Vec<Stands> = figures.iter().map(|figure| figure.stands).collect();
        let figures: Vec<ReadFigure> = figures.into_iter().map(addressed).collect();
        let mut differences = compare_html(expected, &figures);
        differences.extend(compare_charts(charts, &drawn));
        if differences.is_empty() {
            let placed = figures.into_iter().zip(places).map(|(figure, stands)| ReadFigure { stands, ..figure });
            let figures = placed.filter(|figure| figure.stands != Stands::OnPageOnly).collect();
            return Ok(ReadPage { figures, charts: drawn });
        }
        Err(differences.iter().map(|one| self.difference("page", one)).collect())
    }

    /// A finding for each number that the page says and nobody meant, and for each figure that stands under another name.
    pub fn strays(&self, expected: &[Expected], strays: Vec<Stray>) -> Findings {
        let address = |mark: &str| {
            let figure = expected.iter().find(|figure| figure.mark.to_string() == mark);
            figure.map_or(mark, |figure| figure.address).to_owned()
        };
        let Self { report, .. } = self;
        let finding = |stray: Stray| match stray {
            Stray::Number { section, number, words } => {
                let place = if section.is_empty() { String::new() } else { format!(" in section `{section}`") };
                let message = format!(
                    "the page of {report} says “{}”{place}, and nothing of the content says {number}",
                    shortened(&words)
                );
                Diagnostic::error_nowhere(Code::ReadBack, message)
            }
            Stray::Unnamed { section, mark, name } => {
                let address = address(&mark);
                let message = format!(
                    "in the page of {report} `{address}` in section `{section}` does not stand behind its name, “{}”",
                    shortened(&name)
                );
                Diagnostic { at: (self.figure_at)(&address), ..Diagnostic::error_nowhere(Code::ReadBack, message) }
            }
            Stray::Unseen { section, mark } => {
                let address = address(&mark);
                let message = format!(
                    "the page of {report} or its style sheet hides `{address}` in section `{section}` from those who see"
                );
                Diagnostic { at: (self.figure_at)(&address), ..Diagnostic::error_nowhere(Code::ReadBack, message) }
            }
            Stray::Moved { section, mark } => {
                let address = address(&mark);
                let message = format!(
                    "the style sheet shows `{address}` in section `{section}` of {report} in another place than it is read in"
                );
                Diagnostic { at: (self.figure_at)(&address), ..Diagnostic::error_nowhere(Code::ReadBack, message) }
            }
            Stray::Misplaced { section, name } => {
                let message = format!(
                    "in the page of {report} “{}” in section `{section}` stands in the place of another name",
                    shortened(&name)
                );
                Diagnostic::error_nowhere(Code::ReadBack, message)
            }
            Stray::Structured => {
                let message =
                    format!("what the page of {report} says to search engines (JSON-LD) is not what was meant");
                Diagnostic::error_nowhere(Code::ReadBack, message)
            }
            Stray::Exchanged { section, mark, with } => {
                let (address, with) = (address(&mark), address(&with));
                let message = format!(
                    "in the page of {report} `{address}` in section `{section}` stands before `{with}`, and should stand behind it"
                );
                Diagnostic { at: (self.figure_at)(&address), ..Diagnostic::error_nowhere(Code::ReadBack, message) }
            }
        };
        strays.into_iter().map(finding).map(|finding| finding.help(self.whose_fault())).collect()
    }

    /// A finding for each number that the PDF says and nobody meant.
    pub fn strays_in_print(&self, said: &Said, sheets: &[Sheet]) -> Findings {
        let pages: Vec<&str> = sheets.iter().map(|sheet| &*sheet.text).collect();
        let finding = |(page, number): (usize, String)| {
            let report = self.report;
            let message = format!("page {page} of the PDF of {report} says {number}, and nothing of the content does");
            Diagnostic::error_nowhere(Code::ReadBack, message).help(self.whose_fault())
        };
        let titles = sheets.first().map_or(&[][..], |first| &first.titles);
        let in_title = |(title, number): (&str, String)| {
            let (report, title) = (self.report, shortened(title));
            let message = format!(
                "the title or a bookmark of the PDF of {report} says “{title}”, and nothing of the content says {number}"
            );
            Diagnostic::error_nowhere(Code::ReadBack, message).help(self.whose_fault())
        };
        let in_titles = said.strays_in_titles(titles).into_iter().map(in_title);
        said.strays_in_print(&pages).into_iter().map(finding).chain(in_titles).collect()
    }

    /// A finding for each fault of a data file, by its name.
    pub fn data_faults(&self, file: &str, faults: Vec<DataFault>) -> Findings {
        let in_file = format!("{file} of {}", self.report);
        let finding = |fault: DataFault| {
            let mut at = None;
            let message = match fault {
                DataFault::Unreadable => format!("{in_file} cannot be read back"),
                DataFault::Misdescribed => format!("what describes {in_file} is not of this file"),
                DataFault::Lines { expected, read } => {
                    format!("{in_file} should have {expected} lines below its head, and has {read}")
                }
                DataFault::NoColumn { column } => format!("{in_file} has no column `{column}`"),
                DataFault::Altered { line, column, address, expected, read } => {
                    at = (self.figure_at)(&address);
                    let what = if address.is_empty() { String::new() } else { format!(" (`{address}`)") };
                    let [expected, read] = [&expected, &read].map(|text| shortened(text));
                    format!(
                        "line {line} of {in_file} should read `{expected}` under `{column}`{what}, but reads `{read}`"
                    )
                }
                DataFault::Number { number, words } => {
                    format!("{in_file} says “{}”, and nothing of the content says {number}", shortened(&words))
                }
            };
            let finding = Diagnostic { at, ..Diagnostic::error_nowhere(Code::ReadBack, message) };
            finding.help("this is a fault of Tally, and nothing was published; please report it")
        };
        faults.into_iter().map(finding).collect()
    }

    /// A finding for each file that lies in the PDF and is not the one of its name that is published beside it, and for
    /// each of those that are missing there.
    pub fn check_attachments(&self, attached: &[Attachment], meant: &[(&str, &[u8])]) -> Findings {
        let found = |(name, bytes): &(&str, &[u8])| {
            let mut of_name = attached.iter().filter(|one| one.name == *name);
            let is_it = of_name.next().is_some_and(|one| one.bytes.as_deref() == Some(*bytes));
            is_it && of_name.next().is_none()
        };
        let missing = meant.iter().filter(|one| !found(one)).map(|(name, _)| {
            format!("the PDF of {} should hold `{name}` as it is published, once, and does not", self.report)
        });
        let is_meant = |one: &&Attachment| meant.iter().any(|(name, _)| one.name == *name);
        let others = attached.iter().filter(|one| !is_meant(one)).map(|one| {
            format!("the PDF of {} holds a file `{}`, which is no data of it", self.report, shortened(&one.name))
        });
        let finding = |message| {
            Diagnostic::error_nowhere(Code::ReadBack, message).help(match self.own_templates.is_empty() {
                false => "your templates attach other files: mend them, or remove your templates folder",
                true => "this is a fault of Tally; please report it",
            })
        };
        missing.chain(others).map(finding).collect()
    }

    /// Whether templates of the team or of Tally are to be mended.
    fn whose_fault(&self) -> String {
        if self.own_templates.is_empty() {
            let help =
                "the figure here is right, and is not what was printed: this is a fault of Tally; please report it";
            return help.to_owned();
        }
        format!(
            "your templates print another figure than the content holds, or one that is not marked by its `data-fact`, as {{{{<Words words={{…}} />}}}} marks it: mend {}, or remove your templates folder",
            self.own_templates.join(", ")
        )
    }

    /// Holds the pages of a report's PDF against the figures and charts of its page, whose order is theirs, and says what on them
    /// cannot be read. `appendix` is the sentence with which an appendix begins: it repeats every figure, and its figures
    /// are not looked at.
    pub fn check_pdf(
        &self,
        charts: &[ExpectedChart],
        page: &ReadPage,
        sheets: &[Sheet],
        appendix: Option<&str>,
    ) -> Findings {
        let ReadPage { figures, charts: drawn } = page;
        let begins = |sheet: &Sheet, words: &str| single_spaced(&sheet.text).contains(words);
        let first = appendix.and_then(|words| sheets.iter().position(|sheet| begins(sheet, words)));
        let pages: Vec<&str> = sheets.iter().take(first.unwrap_or(sheets.len())).map(|sheet| &*sheet.text).collect();
        // Notes at the feet of pages have an order of their own.
        let (at_feet, in_text): (Vec<ReadFigure>, Vec<ReadFigure>) =
            figures.iter().cloned().partition(|figure| figure.stands == Stands::AtFoot);
        let mut differences = compare_pdf(&in_text, &pages);
        differences.extend(compare_pdf(&at_feet, &pages));
        differences.extend(compare_printed(charts, drawn, sheets));
        // Words that lie over each other are not read rightly either, and the one fault is said once.
        let sheet = |page: usize| sheets.get(page.checked_sub(1)?);
        let is_overprinted = |page: usize| {
            sheet(page).is_some_and(|sheet| sheet.misfits.iter().any(|one| one.fault == Legibility::Overprinted))
        };
        differences.retain(|one| !one.page.is_some_and(is_overprinted));
        // What left the paper or was cut is missing for that reason.
        let is_lost = |one: &Misfit| matches!(one.fault, Legibility::OffThePage | Legibility::Cut);
        if sheets.iter().flat_map(|sheet| &sheet.misfits).any(is_lost) {
            differences.retain(|one| !matches!(one.fault, Fault::Missing { .. }));
        }
        let findings = differences.iter().map(|one| self.difference("PDF", one));
        findings.chain(self.misfits(sheets)).collect()
    }

    fn difference(&self, file: &str, difference: &Difference) -> Diagnostic {
        let Self { report, figure_at, .. } = self;
        let finding = Diagnostic::error_nowhere(Code::ReadBack, format!("in the {file} of {report} {difference}"));
        let finding = Diagnostic { at: figure_at(&difference.address), ..finding };
        finding.help(self.whose_fault())
    }

    /// A finding for what cannot be read of one file, on one page, for one reason: at the first place, with the first words.
    fn misfits(&self, sheets: &[Sheet]) -> Vec<Diagnostic> {
        let mut gathered: BTreeMap<_, (Option<Span>, Vec<String>)> = BTreeMap::new();
        for (page, sheet) in (1..).zip(sheets) {
            for misfit in sheet.misfits.iter().filter(|misfit| !self.is_typed_so(misfit)) {
                let words = [Some(&misfit.word), misfit.other.as_ref()].into_iter().flatten();
                // The longer word is the one that can be told from others, and the one that needs the room.
                let longest = words.clone().max_by_key(|word| word.chars().count());
                let at = longest.and_then(|word| {
                    let before = if *word == misfit.word { misfit.before.as_str() } else { "" };
                    (self.word_at)(before, word)
                });
                let words: Vec<&str> = words.map(String::as_str).collect();
                let (first, all) = gathered.entry((page, misfit.fault, at.map(|at: Span| at.file))).or_default();
                *first = (*first).or(at);
                all.push(format!("`{}`", words.into_iter().map(shortened).collect::<Vec<_>>().join("` and `")));
            }
        }
        gathered.into_iter().map(|((page, fault, _), (at, words))| self.misfit(page, fault, at, words)).collect()
    }

    /// Whether figures that touch were typed as one word.
    fn is_typed_so(&self, misfit: &Misfit) -> bool {
        let is_one_word = misfit.fault == Legibility::Touching && misfit.other.is_none();
        is_one_word && (self.word_at)("", &misfit.word).is_some()
    }

    fn misfit(&self, page: usize, fault: Legibility, at: Option<Span>, mut words: Vec<String>) -> Diagnostic {
        words.dedup();
        let others = words.len().saturating_sub(NAMED);
        words.truncate(NAMED);
        let more = if others > 0 { format!(" and {others} more") } else { String::new() };
        let message =
            format!("{}{more} {} on page {page} of the PDF of {}", words.join(", "), fault.words(), self.report);
        let finding = Diagnostic { at, ..Diagnostic::error_nowhere(Code::DoesNotFit, message) };
        let finding = finding.help(fault.help());
        match self.own_templates.is_empty() {
            false => finding.help("if your own templates set this text: give it more room there"),
            true => finding,
        }
    }
}

/// A word as a message shows it.
fn shortened(word: &str) -> String {
    match word.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}

/// What is said of a PDF that cannot be read.
pub fn unreadable(report: &str, error: PdfError) -> Diagnostic {
    let message = format!("the figures of {report} cannot be read back out of the PDF: {error}");
    Diagnostic::error_nowhere(Code::ReadBack, message)
}

impl Legibility {
    /// What happens to the words.
    fn words(self) -> &'static str {
        match self {
            Self::OffThePage => "would leave the paper",
            Self::Overprinted => "would be printed over each other",
            Self::Touching => "would touch, so that two figures read as one",
            Self::Cut => "would be cut by the edge of what they stand in",
            Self::Hidden => "would be hidden",
            Self::Transparent => "would be transparent",
            Self::Faint => "would have the colour of what is below",
            Self::StrandedHeading => "would stand as a heading alone at the foot",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::StrandedHeading => "write a sentence under the heading, or let another part follow it",
            Self::Hidden => "nothing may lie over words",
            Self::Transparent | Self::Faint => {
                "give them a colour that can be seen, in the drawing or the template that they stand in"
            }
            _ => "there is no room for them: use shorter words, fewer columns or two tables",
        }
    }
}
