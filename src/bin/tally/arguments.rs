//! What can be typed after `tally`, and the options that it means.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use tally::build::{
    Acknowledging, Compare, DocumentAsked, Formats, FragmentOptions, Options, Shard, Uploads, Verify, beside,
};
use tally::fragment::Form;
use tally::model::values::{BaseAddress, Date};
use tally::office::document::Changes;
use tally::yaml::Parse;

/// Builds annual reports from YAML and Markdown: an accessible web page, a tagged PDF and the data beside them.
#[derive(Parser)]
#[command(name = "tally", version, after_help = AFTER_HELP, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    build: BuildArguments,
    /// Say nothing but errors and warnings
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// How findings are written
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
}

const AFTER_HELP: &str = "\
Examples:
  tally                                  build every report in content/ into output/
  tally build css-annual-report          build one report
  tally build --format html              web pages only
  tally build --fragment embed           with a fragment to put into a site that is there already
  tally build --review                   with an appendix that traces every figure
  tally preview --open                   see page and PDF change while you write
  tally check                            read and check, write nothing
  tally check --mutate                   how many slips of the keyboard the checks would notice
  tally facts running-costs.**           list figures with their addresses
  tally trace indicators.count           where a figure comes from and goes to
  tally bind                             which figures the numbers are that were typed by hand
  tally new annual-report                a first report, with a sample of each part
  tally roll-forward OLD NEW             the next edition of a report
  tally freeze annual-report-2016-17     what was published cannot change by accident
  tally status annual-report-2017-18     what of an edition is still as in the one before
  tally import kpis.xlsx                 what is in a workbook, and how it could be taken
  tally import annual-report             what workbooks would change; --write writes it
  tally template annual-report           a workbook in which figures are filled in
  tally import return.docx --into annual-report/quality
                                         a text from Word; --write writes it
  tally export annual-report             a document for those who comment in Word
  tally compare HEAD                     what changed since the last commit
  tally compare --since 2017-06-03 --output changes
                                         what changed since a day, as page, PDF and data
  tally fix                              mend what is beyond doubt
  tally schema                           what editors need to complete and explain fields
  tally verify saved.html                whether a page of the live site says what was published
  tally explain totals-add-up            what a message means

Exit codes:
  0  built, or nothing to complain of
  1  findings stopped the build; nothing was written
  2  the command was not understood
  3  the disk or the system failed
  130  the build was interrupted, which leaves nothing half done";

#[derive(Subcommand, Clone)]
pub enum Command {
    /// Build reports (the default)
    Build(BuildArguments),
    /// Read and check the content without writing anything
    Check(CheckArguments),
    /// Show the reports in a browser while they are written
    Preview(PreviewArguments),
    /// Put together the shares that several machines built
    Join(JoinArguments),
    /// List figures with their addresses
    Facts {
        /// Addresses to list: * stands for one segment, ** for several [default: all]
        pattern: Option<String>,
        #[command(flatten)]
        folders: FolderArguments,
    },
    /// Show where a figure comes from, where it is used and what checks it
    Trace {
        /// An address, such as running-costs.subtotal.total
        address: String,
        #[command(flatten)]
        folders: FolderArguments,
    },
    /// Begin a first report, with a sample of each part
    New(NewArguments),
    /// Begin the next edition of a report: its folder, made of that of the edition before
    RollForward(RollForwardArguments),
    /// Write down what is published of a report, so that it cannot change by accident
    Freeze(FreezeArguments),
    /// Show how far editions are, and what is still as in the edition before
    Status(StatusArguments),
    /// Bind numbers that were typed by hand to the figures that they are
    Bind(BindArguments),
    /// Write a report as a document for those who comment on it in Word
    Export(ExportArguments),
    /// Take figures from workbooks, and texts from Word: shows what would change, and writes nothing until it is told
    Import(ImportArguments),
    /// Mend what is beyond doubt: quotation marks, invisible characters, missing spaces, names
    Fix(FixArguments),
    /// Let a finding stand: shows what would be written into checks.yaml, and writes it when it is told to
    Acknowledge(AcknowledgeArguments),
    /// Tell editors what the files take: JSON Schemas, and the line in each file that names its own
    Schema(SchemaArguments),
    /// Have GitHub check and build the reports at every change, and show what is wrong beside its lines
    InitAction(InitActionArguments),
    /// Write a workbook in which those who supply figures fill them in
    Template(TemplateArguments),
    /// Show what changed since a revision, an edition or a day
    Compare(CompareArguments),
    /// Read a page of the live site back: whether it says what was published
    Verify(VerifyArguments),
    /// Explain the code of a finding
    Explain {
        /// A code, such as unknown-field
        code: String,
    },
}

#[derive(Args, Clone)]
pub struct BuildArguments {
    /// Reports to build, by the names of their folders [default: all]
    #[arg(value_name = "REPORT")]
    reports: Vec<String>,
    #[command(flatten)]
    folders: FolderArguments,
    /// Folder that the reports are written to
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Build one format only [default: both]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
    /// Address under which the output is published [default: that of organisation.yaml]
    #[arg(long, value_name = "URL", value_parser = BaseAddress::parse)]
    base_url: Option<BaseAddress>,
    /// Add an appendix to the PDF: every figure, where it comes from and what checks it
    #[arg(long)]
    review: bool,
    /// Build one share of the reports: number K of N; `tally join` puts the shares together
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
    /// Make a page for each section of a report, beside one with everything [default: one page]
    #[arg(long, value_enum, value_name = "PAGES")]
    pages: Option<Pages>,
    /// Make a fragment of each page too, to be put into a site that is there already
    #[arg(long, value_enum, value_name = "FORM", conflicts_with = "review")]
    fragment: Option<FragmentForm>,
    /// Where the files are found that a fragment leads to: an address, or a YAML file with the address of each
    /// [default: where the output is published]
    #[arg(long, value_name = "ADDRESS|FILE", requires = "fragment")]
    uploads: Option<Uploads>,
    /// The level of the headings with which the sections of a fragment begin
    #[arg(long, value_name = "2-4", requires = "fragment", default_value_t = 2, value_parser = clap::value_parser!(u8).range(2..=4))]
    headings: u8,
    /// Show how long each step took
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Pages {
    /// One page a report
    One,
    /// One page a section
    Sections,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FragmentForm {
    /// HTML with a style sheet of its own, for sites that take it as it is
    Embed,
    /// HTML for sites that filter: headings, lists, tables and links alone
    Plain,
    /// The Markdown of GOV.UK
    Govspeak,
}

impl From<FragmentForm> for Form {
    fn from(form: FragmentForm) -> Self {
        match form {
            FragmentForm::Embed => Self::Embed,
            FragmentForm::Plain => Self::Plain,
            FragmentForm::Govspeak => Self::Govspeak,
        }
    }
}

#[derive(Args, Clone)]
pub struct PreviewArguments {
    /// Reports to show, by the names of their folders [default: all]
    #[arg(value_name = "REPORT")]
    reports: Vec<String>,
    #[command(flatten)]
    folders: FolderArguments,
    /// Port to listen on, on this machine only [default: the first that is free from 4700 on]
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Open the preview in a browser
    #[arg(long)]
    pub open: bool,
    /// Change texts and figures in the browser; what is changed is saved in the content folder at once
    #[arg(long)]
    pub edit: bool,
}

#[derive(Args, Clone)]
pub struct JoinArguments {
    /// Output folders of the shares
    #[arg(value_name = "DIR", required = true)]
    pub shares: Vec<PathBuf>,
    #[command(flatten)]
    folders: FolderArguments,
    /// Folder that the joined output is written to
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Address under which the output is published [default: that of organisation.yaml]
    #[arg(long, value_name = "URL", value_parser = BaseAddress::parse)]
    base_url: Option<BaseAddress>,
}

#[derive(Args, Clone)]
pub struct CheckArguments {
    /// Drafts whose errors are shown, by the names of their folders [default: drafts with errors are left out]
    #[arg(value_name = "REPORT")]
    reports: Vec<String>,
    #[command(flatten)]
    folders: FolderArguments,
    /// Change every figure in turn, in memory, and count the changes that the checks notice
    #[arg(long)]
    pub mutate: bool,
    /// How many changes are checked at once [default: one for each processor]
    #[arg(long, value_name = "N", requires = "mutate")]
    pub jobs: Option<std::num::NonZeroUsize>,
    /// Another number makes other changes
    #[arg(long, value_name = "S", default_value_t = 0, requires = "mutate")]
    pub seed: u64,
}

#[derive(Args, Clone)]
pub struct BindArguments {
    /// Reports whose texts are looked at, by the names of their folders [default: all]
    #[arg(value_name = "REPORT")]
    reports: Vec<String>,
    #[command(flatten)]
    folders: FolderArguments,
    /// Bind those numbers that are beyond doubt without asking, and leave the others
    #[arg(long)]
    pub yes: bool,
}

#[derive(Args, Clone)]
pub struct NewArguments {
    /// Name of the report's folder, which is its address on the website
    #[arg(value_name = "REPORT")]
    pub report: String,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct RollForwardArguments {
    /// Folder of the edition that is there
    #[arg(value_name = "OLD")]
    pub old: String,
    /// Folder of the next one
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Its first and its last day, such as 2017-04-01..2018-03-31 [default: the time right after that of the old one]
    #[arg(long, value_name = "FROM..TO", value_parser = period)]
    period: Option<(Date, Date)>,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct FreezeArguments {
    /// Folder of the report
    #[arg(value_name = "REPORT")]
    pub report: String,
    /// Address under which the output is published [default: that of organisation.yaml]
    #[arg(long, value_name = "URL", value_parser = BaseAddress::parse)]
    base_url: Option<BaseAddress>,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct StatusArguments {
    /// Editions whose due parts are listed one by one, by the names of their folders [default: a summary of all]
    #[arg(value_name = "REPORT")]
    reports: Vec<String>,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct ExportArguments {
    /// Name of the report's folder
    #[arg(value_name = "REPORT")]
    pub report: String,
    /// What the document is
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "docx")]
    format: DocumentFormat,
    /// Folder that the document is written to
    #[arg(long, value_name = "DIR", default_value = "exported")]
    output: PathBuf,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
enum DocumentFormat {
    /// For Word
    Docx,
}

#[derive(Args, Clone)]
pub struct FixArguments {
    /// Drafts that are looked at with their errors, by the names of their folders [default: drafts with errors are left out]
    #[arg(value_name = "REPORT")]
    reports: Vec<String>,
    /// Write what is shown [default: show it]
    #[arg(long)]
    pub write: bool,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct InitActionArguments {
    /// Address of the repository that Tally is installed from
    #[arg(long, value_name = "URL")]
    pub from: String,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct AcknowledgeArguments {
    /// Rule of the finding, as the message names it [default: all that can be acknowledged are listed]
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    /// Address of the finding, as the message offers it
    #[arg(value_name = "ADDRESS", requires = "rule")]
    address: Option<String>,
    /// Why it stands
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The day of it [default: today]
    #[arg(long, value_name = "DATE", value_parser = Date::parse)]
    pub date: Option<Date>,
    /// Of several findings at one address the one that is meant, by its number in the list
    #[arg(long, value_name = "NUMBER")]
    only: Option<usize>,
    /// Write what is shown [default: show it]
    #[arg(long)]
    pub write: bool,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct SchemaArguments {
    /// Write what is shown [default: show it]
    #[arg(long)]
    pub write: bool,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct VerifyArguments {
    /// A page of the site, saved from a browser
    #[arg(value_name = "SAVED")]
    saved: PathBuf,
    /// The report that stands on it [default: whichever of the output does]
    #[arg(value_name = "REPORT")]
    report: Option<String>,
    /// Folder with what was published
    #[arg(long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
}

#[derive(Args, Clone)]
pub struct ImportArguments {
    /// A workbook to look into, a document for `--into`, or the folder of a report whose imports.yaml says what is taken; `-` for a paste on
    /// standard input, with report and import behind it [default: all reports with imports]
    #[arg(value_name = "FILE|REPORT")]
    pub what: Option<String>,
    /// Imports, by their ids [default: all of the report]
    #[arg(value_name = "ID")]
    pub more: Vec<String>,
    /// Write what is listed
    #[arg(long)]
    pub write: bool,
    /// Write only if all is still as it was listed under these letters
    #[arg(long, value_name = "LETTERS", requires = "write")]
    pub listed: Option<String>,
    /// Where a document goes: the report, and the name that its files begin with; of a document that `tally export` wrote the
    /// report alone
    #[arg(long, value_name = "REPORT/NAME", requires = "what", conflicts_with_all = ["more", "listed"])]
    into: Option<String>,
    /// What to do with tracked changes of a document that nobody has decided about
    #[arg(long, value_enum, value_name = "FATE", requires = "into")]
    changes: Option<ChangesFate>,
    /// Make a section of each heading of the highest level of a document
    #[arg(long, requires = "into")]
    by_section: bool,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
enum ChangesFate {
    /// As if all of them had been accepted
    Accepted,
    /// As if all of them had been rejected
    Rejected,
}

#[derive(Args, Clone)]
pub struct TemplateArguments {
    /// Folder of the report
    #[arg(value_name = "REPORT")]
    pub report: String,
    /// File that is written [default: REPORT-figures.xlsx]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct CompareArguments {
    /// What was before: a report of this content, a content folder, a record of an edition, or a revision of the
    /// repository (a tag, a branch, HEAD~1)
    #[arg(value_name = "OLD", required_unless_present = "since")]
    old: Option<String>,
    /// What is now, named in the same way [default: the content as it is; of a report of this content, OLD is then the
    /// edition that it follows]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// Compare the content with the last revision before a day (2017-06-03, "3 June 2017"), or with a tag
    #[arg(long, value_name = "DAY|TAG", conflicts_with = "old")]
    since: Option<String>,
    /// Reports to compare, by the names of their folders [default: all]
    #[arg(long = "report", value_name = "REPORT")]
    reports: Vec<String>,
    /// Folder that a web page, a PDF and the figures as data are written to [default: nothing is written]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    #[command(flatten)]
    folders: FolderArguments,
}

#[derive(Args, Clone)]
pub struct FolderArguments {
    /// Folder with the content
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
    /// Folder with templates of your own [default: templates/ beside the content]
    #[arg(long, value_name = "DIR", value_parser = folder)]
    templates: Option<PathBuf>,
    /// Folder with fonts of your own [default: assets/ beside the content]
    #[arg(long, value_name = "DIR", value_parser = folder)]
    assets: Option<PathBuf>,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
pub enum MessageFormat {
    /// For people
    Human,
    /// One JSON object a line
    Json,
    /// One SARIF 2.1.0 log, for code scanning
    Sarif,
    /// GitHub workflow commands, which annotate the lines of a pull request
    Github,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
enum Format {
    Html,
    Pdf,
}

/// A folder that is named must exist; a slip must not fall back to the built-in files in silence.
fn folder(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    if path.is_dir() { Ok(path) } else { Err("there is no such folder".to_owned()) }
}

/// A first and a last day.
fn period(text: &str) -> Result<(Date, Date), String> {
    let (from, to) = text.split_once("..").ok_or("a period is written 2017-04-01..2018-03-31")?;
    Ok((Date::parse(from)?, Date::parse(to)?))
}

impl Arguments {
    /// The command; building is what `tally` does when it is told nothing.
    pub fn command(&self) -> Command {
        self.command.clone().unwrap_or_else(|| Command::Build(self.build.clone()))
    }
}

impl BuildArguments {
    pub fn options(&self) -> Options {
        Options {
            reports: self.reports.clone(),
            output: self.output.clone(),
            formats: Formats { html: self.format != Some(Format::Pdf), pdf: self.format != Some(Format::Html) },
            review: self.review,
            base_url: self.base_url.clone(),
            shard: self.shard,
            in_chapters: matches!(self.pages, Some(Pages::Sections)),
            fragment: self.fragment.map(|form| FragmentOptions {
                form: form.into(),
                heading: self.headings.into(),
                uploads: self.uploads.clone(),
            }),
            ..self.folders.options()
        }
    }
}

impl JoinArguments {
    pub fn options(&self) -> Options {
        Options { output: self.output.clone(), base_url: self.base_url.clone(), ..self.folders.options() }
    }
}

impl PreviewArguments {
    pub fn options(&self) -> Options {
        Options { reports: self.reports.clone(), ..self.folders.options() }
    }
}

impl NewArguments {
    pub fn options(&self) -> Options {
        self.folders.options()
    }
}

impl RollForwardArguments {
    pub fn period(&self) -> Option<(Date, Date)> {
        self.period
    }

    pub fn options(&self) -> Options {
        self.folders.options()
    }
}

impl FreezeArguments {
    pub fn options(&self) -> Options {
        Options { base_url: self.base_url.clone(), ..self.folders.options() }
    }
}

impl StatusArguments {
    pub fn options(&self) -> Options {
        Options { reports: self.reports.clone(), ..self.folders.options() }
    }
}

impl CheckArguments {
    pub fn options(&self) -> Options {
        Options { reports: self.reports.clone(), ..self.folders.options() }
    }
}

impl FixArguments {
    pub fn options(&self) -> Options {
        Options { reports: self.reports.clone(), ..self.folders.options() }
    }
}

impl InitActionArguments {
    pub fn options(&self) -> Options {
        self.folders.options()
    }
}

impl AcknowledgeArguments {
    pub fn options(&self) -> Options {
        self.folders.options()
    }

    pub fn acknowledging(&self) -> Acknowledging {
        let Self { rule, address, reason, by, only, .. } = self.clone();
        Acknowledging { rule, address, only, reason, by }
    }
}

impl SchemaArguments {
    pub fn options(&self) -> Options {
        self.folders.options()
    }
}

impl BindArguments {
    pub fn options(&self) -> Options {
        Options { reports: self.reports.clone(), ..self.folders.options() }
    }
}

impl ExportArguments {
    pub fn options(&self) -> Options {
        let DocumentFormat::Docx = self.format;
        Options { output: self.output.clone(), ..self.folders.options() }
    }
}

impl VerifyArguments {
    pub fn asked(&self) -> Verify {
        Verify { saved: self.saved.clone(), output: self.output.clone(), report: self.report.clone() }
    }
}

impl ImportArguments {
    pub fn options(&self) -> Options {
        self.folders.options()
    }

    /// The document that goes into a report; none where workbooks are asked for.
    pub fn document(&self) -> Option<DocumentAsked> {
        Some(DocumentAsked {
            file: PathBuf::from(self.what.as_deref()?),
            into: self.into.clone()?,
            changes: self.changes.map(|fate| match fate {
                ChangesFate::Accepted => Changes::Accepted,
                ChangesFate::Rejected => Changes::Rejected,
            }),
            by_section: self.by_section,
        })
    }
}

impl TemplateArguments {
    pub fn options(&self) -> Options {
        self.folders.options()
    }
}

impl CompareArguments {
    pub fn options(&self) -> Options {
        Options { reports: self.reports.clone(), ..self.folders.options() }
    }

    pub fn compare(&self) -> Compare {
        Compare { old: self.old.clone(), new: self.new.clone(), since: self.since.clone() }
    }

    pub fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }
}

impl FolderArguments {
    pub fn options(&self) -> Options {
        Options {
            templates: self.templates.clone().or_else(|| beside(&self.content, "templates")),
            assets: self.assets.clone().or_else(|| beside(&self.content, "assets")),
            ..Options::of(&self.content, "output")
        }
    }
}
