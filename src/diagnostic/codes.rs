//! Every kind of finding, with the page that `tally explain` shows.

macro_rules! codes {
    ($($variant:ident $name:literal $doc:literal)*) => {
        /// The kind of a finding. Its name is stable: it stands in messages and in other programs' filters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $doc] $variant,)*
        }

        impl Code {
            /// All codes, by subject.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The name in messages, such as `unknown-field`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// What the code means, why it matters and how to mend it.
            pub fn doc(self) -> &'static str {
                match self { $(Code::$variant => $doc),* }
            }
        }
    };
}

codes! {
    ContentEmpty "content-empty"
"The content folder holds no report.

A report is a folder with a file `report.yaml` in it. Give the folder that holds your reports with `--content`, or copy a report's folder into it. content/README.md leads you to a first report."

    FileUnreadable "file-unreadable"
"A file or folder of the content cannot be read from the disk.

Check that it still exists, that it is a file and that you are allowed to read it."

    FileTooLarge "file-too-large"
"A text file is larger than 32 MB.

No report needs that much text: usually another kind of file was saved under this name. Split a table that really is so long into several files."

    NotUtf8 "not-utf-8"
"A text file holds bytes that are not UTF-8, the usual encoding of text.

It was probably saved by an older program, or as UTF-16, which some programs call Unicode. Open it in an editor and save it again as UTF-8; then check pound signs, accents and quotation marks, since these are what differs."

    OutsideContent "outside-content"
"A file is reached through a symbolic link that leads out of the content folder, or by a path that does; or a template or asset is a symbolic link.

A report is made of what lies in its own folder, so that a copy of the folder is the whole report. Copy the file into the folder."

    FileName "file-name"
"A file or folder has a name that some system cannot make.

Reports are moved between computers: Windows keeps names such as `con`, `nul` and `com1` for devices, whatever their ending, and refuses names that end with a full stop or a space or contain one of `< > : \" / \\ | ? *`. Rename the file or folder."

    BrokenYaml "broken-yaml"
"A YAML file cannot be understood at the place shown.

Usual causes: a line that is indented differently from its neighbours, a quotation mark that is not closed, a value that contains `: ` without quotation marks, or a tab instead of spaces."

    YamlTooDeep "yaml-too-deep"
"Lists or fields are nested more than 32 deep.

No part of the format needs more than ten. Usually brackets were not closed."

    YamlAlias "yaml-alias"
"A value begins with `&`, `*` or `!`, which has a special meaning in YAML (anchors, aliases and tags) that is not used here.

Put the value in quotation marks if it is text. Write the value out where it was to be repeated: every figure in a report stands where it is read."

    DuplicateField "duplicate-field"
"A field is given twice in the same record, so that one of the two values would be lost.

Remove one of them."

    UnknownField "unknown-field"
"A record has a field that is not part of the format, so that its value would not be printed.

Mend the spelling, or remove the field. All fields are listed in docs/reference/README.md."

    MissingField "missing-field"
"A record lacks a field that it must have.

Add it. All fields are listed in docs/reference/README.md."

    EmptyField "empty-field"
"A field is there but has no value.

Write the value, or remove the field if it is not needed. For a figure write `n/a` (does not apply) or `no data`."

    WrongType "wrong-type"
"A value has another form than the format asks for: a list where one value is expected, a single value where fields are expected, and so on.

The message says what is expected; docs/reference/README.md has a page for each kind of file."

    WrongValue "wrong-value"
"A value cannot be read as what it should be: a figure, a date, a rating, an id or one of a few words.

Nothing is guessed: a figure that is not understood would be a figure that is wrong in silence. The message says how the value is written."

    WrongCount "wrong-count"
"A list has too many or too few items: five figures for four periods, or two values in a row of three columns.

Add what is missing (`no data` where there is none), or remove what is too much."

    DuplicateId "duplicate-id"
"Two records have the same id.

An id is an address: links and checks must lead to one record. Give one of them another id."

    UnknownReference "unknown-reference"
"A name refers to something that does not exist: a theme, a directorate, a cycle area, a section or a report.

Mend the spelling, or add what is missing."

    EditionOrder "edition-order"
"An edition follows one that does not lie before it: itself, a later one, one of the same time, or one that another edition follows already.

The editions of a report stand in a line, each a folder of its own that names the one before with `follows`. The edition before begins and ends before this one, by the `period` of both."

    AsLastYear "as-last-year"
"A figure, a sentence or what else an author types is still as in the edition before.

A report that begins as a copy of last year's has no other fault: its figures add up, and its sentences were true once. `tally status` lists what is due, file by file. Change it, or say under `confirmed` in the report's checks.yaml that it still holds, with the addresses of figures or the name of a file, who says so, and when. A draft is built all the same; a final report is not."

    DraftLeftOut "draft-left-out"
"A draft has errors, and nobody asked for it by name, so that the other reports are built without it.

Type `tally check` or `tally build` with the name of its folder to see what is wrong with it. A report is a draft as long as its report.yaml has a line `draft:`."

    ReportLeftOut "report-left-out"
"A report has errors, or takes figures from one that has some, so that the other reports are built without it.

Its errors stand beside this finding; `tally check` tells those of all reports. What an earlier build made of the report stays in the output, and the list of reports goes on leading to it. Mend the errors, and build again."

    ContrastLow "contrast-low"
"Two colours of a house style stand on each other and are too much alike to be read.

The law asks for a contrast of 4.5 to 1 for text and of 3 to 1 for shapes. The finding names the pair and the nearest colour that would be enough; the pairs that are used stand in templates/tokens.yaml of the program."

    FontMissing "font-missing"
"A house style names a typeface for the PDF that is not there, or that lacks a weight.

Only the fonts in assets/fonts are used, never those of the machine, so that a report is the same everywhere. Put the files of the typeface there, in the weights 400, 600 and 700, with the licence that lets you embed them."

    FragmentFiles "fragment-files"
"A fragment shows or leads to a file of the report, and it is not known at which address the file will be found.

A fragment stands in a page of another site, where a link to `data/indicators.csv` leads nowhere. Say with `--uploads` under which address the report's folder is uploaded; or, where the site gives uploads other names, name the address of each in a YAML file, one a line: `annual-report/data/indicators.csv: https://www.example.org/uploads/indicators-1.csv`."

    NotAsPublishedThere "not-as-published-there"
"A page of the live site cannot be held against what was published.

`tally verify` compares a page that was saved from a browser with the page of a report in the output. Build the report as it was published, and save the whole page, not a part of it."

    PublishedOtherwise "published-otherwise"
"An edition was published, and would say something else now, or its files would not be byte for byte as they were.

`tally freeze` writes what was published into `published.lock` in the report's folder. Bring the content back as it was: what held of the organisation in the period of the report stands in an organisation.yaml in its folder. To publish another version, remove published.lock, and freeze the report again."

    NotAsPublished "not-as-published"
"A figure of a year that was over in the edition before is another one now.

Both editions have it typed, such as the share of 2015 in a survey, and readers who have both see two figures. Mend it. If the published one was wrong or is counted otherwise now, restate it in the report's facts.yaml, with the reason, which readers see."

    RowRenamed "row-renamed"
"A column repeats the edition before, and a row has no figure there, although that edition has a row of nearly the same name which is gone.

Rows are found by their addresses, which are made of their names where they have no `id`. Give the row the `id` that it had, or, if it is another one, an `id` of its own."

    FileMissing "file-missing"
"A report names a file that is not in its folder.

Mend the spelling (capital letters count), or add the file."

    FileNamedTwice "file-named-twice"
"A prose file is shown by two parts, so that the same words would be printed twice.

Remove one of the two lines, or write another file."

    TranslationMissing "translation-missing"
"A text of a report that is published in several languages has no translation.

A page in one language with sentences in another is read aloud wrongly and is not the same report. In a draft this is a warning, and the text is printed as it is in the report's first language; a final report is not built. Write the translation into `translation.cy.yaml` (for Welsh) beside the report's files, or beside organisation.yaml where several reports share the text; for a Markdown file, `welcome.cy.md` beside `welcome.md`."

    TranslationOutdated "translation-outdated"
"A text has changed since it was translated.

The two languages may say different things now. `text` in the translation is what was translated: see whether `says` still says the same, then write the text as it is now. For a Markdown file the digest in `prose` says which state was translated. In a draft this is a warning; a final report is not built."

    TranslationUnused "translation-unused"
"A translation is there of a text that no report says any more.

Remove it; or, if the text was changed, write into `text` what it is now."

    TranslationDiffers "translation-differs"
"A text and its translation do not have the same figures.

Both must name the same facts, and what is typed by hand must be the same numbers, in whichever order each language has them. One figure too few is a claim that half the readers do not get; one too many is a claim that nobody checked."

    UnusedFile "unused-file"
"A file lies in a report's folder, but no part of the report shows it; or one lies in the folder of templates or assets, but nothing uses it.

Name it in report.yaml, or move it out of the folder. A template is used where it replaces a built-in one of the same path, or where another that is used names it; a `.css` file is a part of the stylesheet at the top of the folder, and beside a template that is used."

    UnusedNote "unused-note"
"A note in report.yaml is named by no text, so that nobody would read it.

Write `{{ note ID }}` behind the words, the figure, or the name of a row or column that the note says more of; or remove it."

    RawHtml "raw-html"
"Prose contains HTML, which could not be printed in the PDF and could run on the web page.

Use Markdown: `**strong**`, `- list`, `[link](https://…)`. To print a `<` write `\\<`."

    BrokenReference "broken-reference"
"A Markdown reference such as `[text][name]` has no definition, so that it would be printed as it stands.

Write the address with the text, `[text](https://…)`, or add a line `[name]: https://…`."

    UnsupportedMarkdown "unsupported-markdown"
"Prose uses a part of Markdown that reports do not have.

Tables and pictures are parts of a section in report.yaml, so that their figures and descriptions are checked. A line that is indented by four spaces becomes a code block: indent it less."

    NotPrinted "not-printed"
"Words were typed that would not be printed.

In a YAML text without quotation marks a `#` behind a space begins a comment, and the rest of the line is lost: put the text in quotation marks. A remark for colleagues stands on a line of its own that begins with `#`. In Markdown words in square brackets with a colon behind them are the address of a link, and the title of a link is shown nowhere."

    StrayMark "stray-mark"
"A text holds marks that would be printed as they stand: asterisks that make nothing strong, a link in a YAML text, signs of another dialect of Markdown, bullets that were pasted.

Reports know `**strong**`, `*emphasised*`, lists, subheadings, quotations and links, and those in Markdown files only: a YAML text is printed as it is typed. In Markdown write a backslash before a mark that is to be printed."

    NotesByHand "notes-by-hand"
"The mark of a note was typed by hand: a raised digit, an asterisk or a dagger behind a word, `[^1]`, `(1)`.

A mark that is typed leads nowhere, and is wrong once a note is added before it. Write the note once in report.yaml, `notes: [{id: baseline, text: …}]`, and `{{ note baseline }}` behind what it says more of: Tally numbers the marks, and prints the note at the foot of the page, under its table and at the end of the section of the web page. In Markdown a backslash before a sign says that it is meant."

    Unfinished "unfinished"
"A text holds what is written where something is still missing: XX, TBC, [INSERT …], lorem ipsum, or letters that a program has lost.

Write what is missing. What has to be printed so despite all, such as a name, only warns."

    InvisibleCharacter "invisible-character"
"A text holds a character that nobody can see: a space without width, a mark of direction, a soft hyphen. Such characters come along when text is pasted. They make two words that look alike differ, hide parts of numbers and break searches.

Delete it, and what stands beside it, and type it again. A space that does not break keeps a figure and its unit together and may stand beside a figure; elsewhere it is told as a warning. In Markdown `&nbsp;` says that one is meant."

    HeadingOrder "heading-order"
"A heading skips a level or begins at the wrong one.

A section's title stands in report.yaml. In its prose subheadings begin with `##`, smaller ones under them with `###`. People who use a screen reader move through a report by its headings."

    BadLink "bad-link"
"A link leads nowhere that a reader could follow.

Use a full address (`https://…`, `mailto:…`, `tel:…`), or `#` and the id of a section of the same report. An address with a password in it is refused, since everybody can read a report."

    PictureMissing "picture-missing"
"A picture that a figure names is not in the report's folder.

Add the file, mend its name, or leave `picture` out: the slot then stays empty and nothing is printed."

    PictureUnreadable "picture-unreadable"
"A file that should be a picture is not one that can be shown.

Pictures are PNG, JPEG or SVG files. Open the file in a picture program and save it as one of these; changing the ending of its name is not enough."

    PictureCleaned "picture-cleaned"
"A picture holds something that is not published: a drawing (SVG) a script, movement, a font, or the address of a link; a PNG more than its first picture, if it is an animation.

Look at the picture in the report. If nothing is missing, nothing need be done; else draw it without that part, or save the picture that should be shown as a PNG of its own."

    DrawingNotAlike "drawing-not-alike"
"A drawing (SVG) holds something that the page and the PDF would not show alike, or that neither can show.

A browser understands more of a drawing than a PDF can hold: newer colours, sizes that follow the screen, choices by the reader's language, HTML, photographs. Export the drawing as plain SVG 1.1, or as PNG. Style sheets, variables and colours such as `rgb(0 94 184 / 50%)` are worked out and need no change."

    Abbreviation "abbreviation"
"A report uses a short form that it does not explain at its first use, or that organisation.yaml does not know.

Write it out where it stands first: clinical commissioning group (CCG). A short form that every reader knows stands in the list of abbreviations without a meaning."

    AltText "alt-text"
"A figure has no useful description for people who cannot see the picture.

Write in a sentence what the picture shows. A file name is no description."

    GlyphMissing "glyph-missing"
"A text contains a character that the PDF's typeface does not have, so that it would be printed as an empty box.

Replace it with words, or with a character of the Latin, Greek or Cyrillic scripts."

    StandfirstLength "standfirst-length"
"A standfirst is longer than 95 characters and would not fit on the coloured band that opens a section in the PDF.

Shorten it to one short sentence that states the finding."

    UnknownFact "unknown-fact"
"An address between `{{` and `}}`, in a formula, a relation or an acknowledgement leads to no figure.

`tally facts` lists every figure with its address. Inside a report its own figures need no prefix; those of another report begin with the name of its folder."

    BrokenPlaceholder "broken-placeholder"
"A figure in a text is opened with `{{` but not written as figures are.

Write `{{ address }}`, `{{ address | format }}` or `{{ \"29 November 2016\" | stated id-of-the-source }}`. To print two braces write `\\{{`."

    WrongFormat "wrong-format"
"A format does not exist, or does not fit the figure: a percentage cannot be written in pounds.

The formats are listed in docs/reference/text.md, with an example of each."

    BrokenExpression "broken-expression"
"A formula or relation cannot be understood at the place shown.

It is made of addresses, numbers, `+ - * /`, brackets, `sum(PATTERN)`, `count(PATTERN)`, `min(PATTERN)`, `max(PATTERN)`, and in a relation one of `== != <= >= < >`. A minus has a space on both sides, because addresses hold hyphens."

    CircularDerivation "circular-derivation"
"A figure is calculated from itself, through one formula or several.

Follow the circle in the message and give one of its figures a value instead of a formula."

    NotDerived "not-derived"
"A figure of a table was left out, to be computed, and does not follow from the other figures.

What it is calculated from has no figure either. Type the figure, or n/a where there is none."

    DivisionByZero "division-by-zero"
"A formula or relation divides by a figure that is zero.

Say what is meant where there is nothing to divide by, or mend the figure."

    UnitsDoNotFit "units-do-not-fit"
"A formula or relation calculates with figures that do not go together, such as pounds and weeks.

Look at both figures with `tally trace ADDRESS`. Sums and comparisons need one unit; a quotient of two like units is a ratio, which can be compared with a percentage."

    DateInFuture "date-in-future"
"A date lies after the day on which the report is published.

A report states what was known on its day. Mend the date, or the report's own `published`."

    TotalsAddUp "totals-add-up"
"A subtotal or total is not the sum of its parts, or a figure is not what its row or column says that it is.

The totals of a table, rows under other rows and `is` expressions say what follows from what. Figures of the same precision must add up to the last place; where one is printed more coarsely, at its precision. Percentages, and shares of one and the same figure, were rounded one by one, and their sums may be out by what that makes. Find out which figure is wrong before you change any. If the costs per head of all rows are found at once, the population of organisation.yaml is probably that of another year."

    RatioAgrees "ratio-agrees"
"A percentage does not follow from its number and denominator at the precision in which it is printed.

`percentage-is` says what the percentage is of. If the source printed it so, keep it and acknowledge it with the reason."

    RoundingNoted "rounding-noted"
"Rounded shares or costs per head do not add up to the rounded figure above them, and no note tells the reader why.

Each of them is right by itself. Add `rounding-note` to the table file: a sentence under the table, such as: Figures may not add up because of rounding."

    RoundingHidesMiss "rounding-hides-miss"
"A figure reaches its target only because it was rounded: 509 of 510 printed as 100% of a target of 100%.

Print a decimal more, or say in a note that the target was missed by a little."

    TargetMissed "target-missed"
"A figure is said to reach its target, but does not: the printed percentage reaches it while the one that follows from its number and denominator misses it, or the result misses it and the rating is green without a reason.

Mend the figure or the rating. If the source printed it so, keep it and acknowledge it, so that reviewers see that it is known."

    RatingFollowsTarget "rating-follows-target"
"A rating is not the one that the file's `rating-rule` gives, or what it follows by `rating-follows`.

Mend the figure or the rating, or say in `rating-because` why the directorate sees it differently. A reason that is no longer needed is reported too."

    ControlTotalAgrees "control-total-agrees"
"Figures do not add up to the control total that their supplier gave.

A control total is the plain sum of a column, whatever its units: it guards figures that nothing else guards. Compare the column with its source, figure by figure."

    SupplierAgrees "supplier-agrees"
"A cell of a table or of indicators is not what the file of their supplier says, or one of the two has a row or column that the other has not.

Under `compare-with` in checks.yaml a CSV file stands beside the data file. Rows and columns find each other by their names. Mend whichever of the two is wrong, and ask the supplier for a new file where it is his. Names that differ on purpose stand under `called`, what only one of the two has under `alone`."

    TakenDiffers "taken-differs"
"A figure is no longer what was taken from a workbook.

`tally import` writes down in `taken.csv` what it takes from which cell. If the figure was mended by hand, have the workbook mended too and import it again, or name the figure under `keep` in `imports.yaml`, with the reason; or acknowledge it. If it was changed by accident, `tally import` puts it right."

    CumulativeNeverFalls "cumulative-never-falls"
"A figure that is called cumulative is smaller than in the period before.

Either a figure is wrong, or the series is `each-period`."

    CumulativeNotSummed "cumulative-not-summed"
"The percentages of a cumulative indicator were added up period by period, although each of them is cumulative already.

Growth of 3% after one quarter and 5% after two is 5%, not 8%. Print the percentage that follows from the last number."

    CountsAgree "counts-agree"
"A count in a text (39 indicators, five directorates) is not the number of those that stand in the report.

Bind it, so that it is counted: {{ indicators.count }}."

    ProseAgrees "prose-agrees"
"A number in a text is typed by hand, so that it could contradict the report's figures in silence.

Bind it to a figure, `{{ running-costs.subtotal.total }}`, or mark it as a statement with its source, `{{ \"130\" | stated id-of-the-source }}`. `tally facts` lists the figures. Names with numbers, such as Band 8a, and dates in the report's period or next to it need nothing; names of your own stand under `names` in organisation.yaml. Where the section or the report has a `source`, `stated` alone is enough. A drawing says no figure that is not bound or stated in its caption or `alt`, unless it has a `source`; the logo says none, but for names. Numbers in names of indicators, lines and columns are covered when the data file names its `source`."

    SameFactSameValue "same-fact-same-value"
"One fact has two values.

`same-as` in facts.yaml says that two figures are one fact, also in two reports. Find out which is right."

    RelationHolds "relation-holds"
"A relation of checks.yaml does not hold.

The message shows what both sides come to. Find out which figure is wrong; if the source printed it so, acknowledge it with the reason."

    PointsNotPercent "points-not-percent"
"A change between two percentages is given in per cent, where percentage points are meant.

From 73% to 78% is up 5 percentage points, but up 7%. Write `| points`."

    NamesAgree "names-agree"
"A figure is bound whose sentence names another one, or nothing near it says what it is the figure of.

Each figure stands for a row, a quarter, a directorate. The words round it must name the same: “Nursing and Quality had the largest share, at …” binds the share of Nursing and Quality. Bind the figure that is named, or name the one that is bound. Where a sentence names two and binds both, each figure stands at its name, or both stand in the order of their names."

    ClaimsAgree "claims-agree"
"A text says what figures do (most, rose, the highest, on target), and the figures say otherwise, or nothing holds the words to them.

Tie the words to a relation of checks.yaml, {{ nearly all | claim ID }}: when the relation is no longer true, the sentence is told. What follows from the figures in its own sentence, “fell from 9 to 7”, needs nothing; and what a source says is marked as stated."

    ChangedSinceCompared "changed-since-compared"
"A file, or what texts state from a source, is no longer as it was when somebody compared it with its source.

Sums do not see two names exchanged or a date mistyped; a person who compares line by line does. Compare what changed, then write the new digest, with who did it and when."

    BaseAgrees "base-agrees"
"A percentage of a small number of people or things that no whole number of them gives: 78% of 35.

27 of 35 are 77%, and 28 of 35 are 80%. Either the percentage or the base is wrong, or the answers were weighted, which the text should say."

    ZeroDenominator "zero-denominator"
"A percentage is printed of nothing: 0 of 0 as 0%.

Write `n/a`: nothing was measured, which is not the same as none."

    CopiedValues "copied-values"
"An indicator has the same figures in every period, which often means that they were copied.

Compare with the source. If the figures really were the same, acknowledge it."

    CommentaryMissing "commentary-missing"
"A red indicator has no note that says what is done about it.

Readers ask first about what went wrong. Add a line `note: …` to the indicator: why the target was missed, and what follows."

    TotalUndeclared "total-undeclared"
"A row or column of a table adds up those before it, and nothing says so.

It is right now, and would not be checked when a figure changes. Add `total: yes` to a row that is the sum of the rows above it, or `is: …` with the ids of what it is made of. If it is no total, acknowledge the finding."

    OfWhich "of-which"
"Rows of a table that are some of a figure (`of-which`) come to more than the figure.

One of them, or the figure, is wrong; or a row stands under `of-which` that is no part of it."

    WrongSign "wrong-sign"
"A figure is negative in a column whose figures are positive (`sign: positive`), or the other way round.

A minus or a pair of brackets was forgotten, or typed by habit. Nought has either sign."

    UnitMixed "unit-mixed"
"The figures of one row are written in different forms: £4.5M beside £4,873,500, or weeks beside minutes.

Readers compare along the row. Write them alike."

    StatusFollowsDue "status-follows-due"
"A deliverable was due by the end of the report's period, is not done, and has a status that does not say so; or its status says that its day was missed, and that day is later than the report.

A board that reads “on track” looks no further. Statuses say with `done: yes` that nothing is left to do, and with `late: yes` that the day was missed. Give the deliverable one of these, or the day that was agreed since; say in its `note` what follows."

    DuplicateText "duplicate-text"
"Two deliverables are one in two wordings.

A deliverable that serves several themes is one record with several `themes`; sentences of their own stand under `wording`."

    AcknowledgementVoid "acknowledgement-void"
"A finding was acknowledged, but its figures have changed since.

An acknowledgement holds for the figures that it names, and of a number in a text for the sentence that it names. Look at the finding again: mend it, or acknowledge it anew with the figures as they are."

    AcknowledgementUnused "acknowledgement-unused"
"An acknowledgement matches no finding.

The finding was mended, or the rule's name or the address is misspelt. Remove the acknowledgement, or mend it."

    UnusedFact "unused-fact"
"A fact in facts.yaml is printed nowhere and used by no formula or relation.

Use it, or remove it."

    ReadBack "read-back"
"A figure in the finished page, its data or the PDF is not the one that the content holds, or is not seen.

Nothing was published. The templates print another figure, drop one or exchange two: mend them, or remove your `templates` folder to go back to the built-in ones."

    DoesNotFit "does-not-fit"
"Words could not be read where they would stand in the PDF.

Nothing was published. Words would lie over other words, leave the paper, be cut, hidden, transparent or of the colour of what is below them, or a heading would stand alone at the foot of a page. Tally makes room as far as it can: columns share a page by what they hold, long words are broken, wide tables get a page on its side. Where that is not enough, use shorter words, fewer columns or two tables; if you changed the templates, give the text more room there. Words that have the colour of their ground stand in a drawing or in a template of your own: choose another colour there."

    TemplateFailed "template-failed"
"A template could not be used.

If you changed the templates, mend the place shown; otherwise remove your `templates` folder to go back to the built-in ones, and report the fault."

    FontUnreadable "font-unreadable"
"A file in the folder `fonts` of the assets has the ending of a font, but is none.

The PDF is set in the fonts of that folder alone. Put the font there as a TTF or OTF file; fonts for web pages (WOFF) cannot be used."

    TemplateEndless "template-endless"
"A template did not come to an end, or wrote without end.

Tally waits for half a minute until a template has written a text, and for two minutes, and longer for a long report, until the PDF is laid out. A template that needs more goes in circles: look for a loop inside a loop, or a loop over a very large range. If the report is long and the machine is slow, split its longest table over several reports."

    LayoutFailed "layout-failed"
"The PDF could not be made from the templates.

If you changed the templates, mend the place shown; otherwise remove your `templates` folder to go back to the built-in ones, and report the fault."

    OutputUnwritable "output-unwritable"
"The output could not be written: the disk is full, the folder cannot be written to, or another program holds a file open.

The former output is untouched. Free the disk or close the program, then build again."

    TranscriptUnreadable "transcript-unreadable"
"A file that should say what an edition said is no such record, is of another version of Tally, or was changed after Tally wrote it.

A record holds every figure and every sentence of an edition as it was published, with a digest of itself, so that a change by hand shows. Bring the file back as it was, from a copy or from the repository."

    RevisionUnreadable "revision-unreadable"
"An earlier state of the content cannot be read from its git repository.

`tally compare` reads revisions through the program `git`: it must be installed, the content folder must lie in a repository, and the revision must be in it. While a merge has left two versions in files of the content, there is no state of now that could be compared: finish the merge first. Reports, content folders and records of editions are compared without git."

    NothingToCompare "nothing-to-compare"
"What `tally compare` was given names no two states of a report.

It takes what was before, and what is now; without the second it is the content as it stands. Each is a report of this content (the name of its folder), another content folder, a file that holds a record of an edition, or a revision of the repository (a tag, a branch, the id of a commit)."

    ImportNotRun "import-not-run"
"`imports.yaml` has an import of which nothing was taken yet.

In a new edition the figures of the year before stand where those of the new workbook should. Copy the workbook into `incoming` and run `tally import REPORT`; or remove the import, if the figures are typed."

    SourceReplaced "source-replaced"
"A workbook in `incoming` is another than the one that figures were taken from.

Run `tally import REPORT`: it lists what the new one would change. If nothing changes, `--write` notes that it was looked at."

    ImportRefused "import-refused"
"A workbook has something that cannot be taken for a figure of the content, or it is not certain for which.

Nothing is guessed: a heading or a name that is found twice or nowhere, a cell that is empty, hidden or masked, a formula that nobody calculated, a day where a figure is meant. The message names the sheet and the cell. Mend `imports.yaml`, or ask who sent the workbook; until then nothing of this import is written. docs/reference/imports.md says what each field does."

    ImportDoubtful "import-doubtful"
"A workbook has figures that can be taken and may not be meant.

Less is shown than is stored, a number is stored as a text, a formula reads another workbook, a column is taken by nobody. The figures are taken as the cells show them. Look at the cells that the message names."

    SharesDoNotFit "shares-do-not-fit"
"Folders that should be joined do not make up one output.

A share is missing, was built from other content, templates or options, or was changed since. Nothing was written. Build every share (`tally build --shard K/N`) of the same content in the same way, then join them all."

    ReportTooLarge "report-too-large"
"A report needs more memory than this machine has free.

The PDF is laid out as a whole, which takes memory in proportion to its length. Close other programs, use a larger machine, split the longest table over several reports, or build the page alone with `--format html`."

    OutputForeign "output-foreign"
"A file that Tally did not write stands where it has to write one.

Nothing that Tally did not write is ever overwritten or deleted. Move the file away, or give another folder with `--output`."

    OutputChanged "output-changed"
"A file of the output was changed by somebody else after Tally wrote it, and a build would write over the change.

What stands in the output is made of the content and the templates, so a change belongs there: make it in them, delete the changed file and build again. To keep the changed file, move it out of the output folder. Some programs change files without being asked, such as a version control that ends lines in another way; tell them to leave the output as it is."

    OutsideOutput "outside-output"
"The manifest of an output, or of a share that is to be joined, names a file that does not lie in its folder.

Tally deletes and replaces the files that a manifest names, so it believes only plain paths inside the folder, such as `example/data/costs.csv`: no `..`, no drive, no backslash, no symbolic link on the way, and no file of one report in the folder of another. A manifest that names others was changed by hand, by a fault or by somebody who means harm. Nothing was touched. Look at the folder, move it away, and build again."
}

impl Code {
    /// The rules over figures, whose level a project can set.
    pub const RULES: &[Code] = &[
        Code::TotalsAddUp,
        Code::RatioAgrees,
        Code::RoundingNoted,
        Code::RoundingHidesMiss,
        Code::TargetMissed,
        Code::RatingFollowsTarget,
        Code::ControlTotalAgrees,
        Code::SupplierAgrees,
        Code::TakenDiffers,
        Code::CumulativeNeverFalls,
        Code::CumulativeNotSummed,
        Code::CountsAgree,
        Code::ProseAgrees,
        Code::SameFactSameValue,
        Code::RelationHolds,
        Code::PointsNotPercent,
        Code::NamesAgree,
        Code::ClaimsAgree,
        Code::ChangedSinceCompared,
        Code::BaseAgrees,
        Code::ZeroDenominator,
        Code::CopiedValues,
        Code::CommentaryMissing,
        Code::TotalUndeclared,
        Code::OfWhich,
        Code::WrongSign,
        Code::UnitMixed,
        Code::StatusFollowsDue,
        Code::DuplicateText,
        Code::UnusedFact,
    ];

    /// The code of that name.
    pub fn by_name(name: &str) -> Option<Code> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
