//! What a build tells while it runs, for whoever shows the progress or measures the time.

/// A step of a build. The first two and the last are of the whole build, the others of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Reading,
    Checking,
    DrawingUp,
    WritingPage,
    LayingOut,
    WritingPdf,
    ReadingBack,
    Publishing,
}

impl Stage {
    /// The steps that each report takes.
    pub const OF_A_REPORT: [Stage; 5] =
        [Stage::DrawingUp, Stage::WritingPage, Stage::LayingOut, Stage::WritingPdf, Stage::ReadingBack];

    pub fn shown(self) -> &'static str {
        match self {
            Stage::Reading => "reading the content",
            Stage::Checking => "checking the figures",
            Stage::DrawingUp => "drawing up what is printed",
            Stage::WritingPage => "writing the page",
            Stage::LayingOut => "laying out the PDF",
            Stage::WritingPdf => "writing the PDF",
            Stage::ReadingBack => "reading the figures back",
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
