//! Every kind of finding, with the page that `tally explain` shows.

macro_rules! codes {
    ($($variant:ident $name:literal $doc:literal)*) => {
        /// The kind of a finding. Its name is stable: it stands in messages and in other programs' filters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

A report is a folder with a file `report.yaml` in it. Give the folder that holds your reports with `--content`, or copy a report's folder into it. The format is described in content/README.md."

    FileUnreadable "file-unreadable"
"A file or folder of the content cannot be read from the disk.

Check that it still exists, that it is a file and that you are allowed to read it."

    FileTooLarge "file-too-large"
"A text file is larger than 32 MB.

No report needs that much text: usually another kind of file was saved under this name. Split a table that really is so long into several files."

    NotUtf8 "not-utf-8"
"A text file holds bytes that are not UTF-8, the usual encoding of text.

It was probably saved by an older program. Open it in an editor and save it again as UTF-8; then check pound signs, accents and quotation marks, since these are what differs."

    OutsideContent "outside-content"
"A file is reached through a symbolic link that leads out of the content folder, or by a path that does.

A report is made of what lies in its own folder, so that a copy of the folder is the whole report. Copy the file into the folder."

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

Mend the spelling, or remove the field. All fields are listed in content/README.md."

    MissingField "missing-field"
"A record lacks a field that it must have.

Add it. All fields are listed in content/README.md."

    EmptyField "empty-field"
"A field is there but has no value.

Write the value, or remove the field if it is not needed. For a figure write `n/a` (does not apply) or `no data`."

    WrongType "wrong-type"
"A value has another form than the format asks for: a list where one value is expected, a single value where fields are expected, and so on.

The message says what is expected; content/README.md has an example of each."

    WrongValue "wrong-value"
"A value cannot be read as what it should be: a figure, a date, a rating, an id or one of a few words.

Nothing is guessed: a figure that is not understood would be a figure that is wrong in silence. The message says how the value is written."

    WrongCount "wrong-count"
"A list has too many or too few items: five quarters, or two values in a row of three columns.

Add what is missing (`no data` where there is none), or remove what is too much."

    DuplicateId "duplicate-id"
"Two records have the same id.

An id is an address: links and checks must lead to one record. Give one of them another id."

    UnknownReference "unknown-reference"
"A name refers to something that does not exist: a theme, a directorate, a cycle area, a section or a report.

Mend the spelling, or add what is missing."

    FileMissing "file-missing"
"A report names a file that is not in its folder.

Mend the spelling (capital letters count), or add the file."

    FileNamedTwice "file-named-twice"
"A prose file is shown by two parts, so that the same words would be printed twice.

Remove one of the two lines, or write another file."

    UnusedFile "unused-file"
"A file lies in a report's folder, but no part of the report shows it.

Name it in report.yaml, or move it out of the folder."

    RawHtml "raw-html"
"Prose contains HTML, which could not be printed in the PDF and could run on the web page.

Use Markdown: `**strong**`, `- list`, `[link](https://…)`. To print a `<` write `\\<`."

    BrokenReference "broken-reference"
"A Markdown reference such as `[text][name]` has no definition, so that it would be printed as it stands.

Write the address with the text, `[text](https://…)`, or add a line `[name]: https://…`."

    UnsupportedMarkdown "unsupported-markdown"
"Prose uses a part of Markdown that reports do not have.

Tables and pictures are parts of a section in report.yaml, so that their figures and descriptions are checked. A line that is indented by four spaces becomes a code block: indent it less."

    HeadingOrder "heading-order"
"A heading skips a level or begins at the wrong one.

A section's title stands in report.yaml. In its prose subheadings begin with `##`, smaller ones under them with `###`. People who use a screen reader move through a report by its headings."

    BadLink "bad-link"
"A link leads nowhere that a reader could follow.

Use a full address (`https://…`, `mailto:…`, `tel:…`), or `#` and the id of a section of the same report."

    PictureMissing "picture-missing"
"A picture that a figure names is not in the report's folder.

Add the file, mend its name, or leave `picture` out: the slot then stays empty and nothing is printed."

    PictureUnreadable "picture-unreadable"
"A file that should be a picture is not one that can be shown.

Pictures are PNG or JPEG files. Open the file in a picture program and save it as one of these; changing the ending of its name is not enough."

    AltText "alt-text"
"A figure has no useful description for people who cannot see the picture.

Write in a sentence what the picture shows. A file name is no description."

    GlyphMissing "glyph-missing"
"A text contains a character that the PDF's typeface does not have, so that it would be printed as an empty box.

Replace it with words, or with a character of the Latin, Greek or Cyrillic scripts."

    StandfirstLength "standfirst-length"
"A standfirst is longer than 95 characters and would not fit on the coloured band that opens a section in the PDF.

Shorten it to one short sentence that states the finding."

    TemplateFailed "template-failed"
"A template could not be used.

If you changed the templates, mend the place shown; otherwise remove your `templates` folder to go back to the built-in ones, and report the fault."

    LayoutFailed "layout-failed"
"The PDF could not be made from the templates.

If you changed the templates, mend the place shown; otherwise remove your `templates` folder to go back to the built-in ones, and report the fault."

    OutputUnwritable "output-unwritable"
"The output could not be written: the disk is full, the folder cannot be written to, or another program holds a file open.

The former output is untouched. Free the disk or close the program, then build again."

    OutputForeign "output-foreign"
"A file that Tally did not write stands where it has to write one.

Nothing that Tally did not write is ever overwritten or deleted. Move the file away, or give another folder with `--output`."
}

impl Code {
    /// The code of that name.
    pub fn by_name(name: &str) -> Option<Code> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}
