//! What a build tells while it runs, for whoever shows the progress or measures the time.

/// A step of a build. The first three and the last are of the whole build, the others of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Reading,
    Collecting,
    Checking,
    DrawingUp,
    TyingOut,
    Preparing,
    WritingPage,
    ReadingPage,
    ReadingData,
    WritingSource,
    LayingOut,
    WritingPdf,
    ReadingPdf,
    Comparing,
    Publishing,
}

impl Stage {
    /// How many steps a build takes for each report; it is handed to the templates twice, for the PDF and for the page.
    pub const OF_A_REPORT: usize = 12;

    pub fn shown(self) -> &'static str {
        match self {
            Stage::Reading => "reading the content",
            Stage::Collecting => "collecting the figures",
            Stage::Checking => "checking the figures",
            Stage::DrawingUp => "drawing up what is printed",
            Stage::TyingOut => "tying figures to their sources",
            Stage::Preparing => "handing it to the templates",
            Stage::WritingPage => "writing the page",
            Stage::ReadingPage => "reading the page back",
            Stage::ReadingData => "reading the data back",
            Stage::WritingSource => "writing the PDF's source",
            Stage::LayingOut => "laying out the PDF",
            Stage::WritingPdf => "writing the PDF",
            Stage::ReadingPdf => "reading the PDF back",
            Stage::Comparing => "comparing the figures",
            Stage::Publishing => "putting files in place",
        }
    }
}

/// Something that happened. A report is named by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// It is known which reports will be made.
    Planned(&'a [String]),
    Began(Stage, Option<&'a str>),
    Ended(Stage, Option<&'a str>),
    /// A report is finished, or cannot be.
    Finished(&'a str),
}

/// Is told what happens, by several threads.
pub type Progress<'a> = &'a (dyn Fn(Event) + Sync);

/// Does a step and tells of its beginning and its end.
pub(super) fn step<T>(progress: Progress, stage: Stage, report: Option<&str>, work: impl FnOnce() -> T) -> T {
    progress(Event::Began(stage, report));
    let done = work();
    progress(Event::Ended(stage, report));
    done
}
