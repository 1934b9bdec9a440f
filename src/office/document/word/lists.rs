//! The lists of a document: each has its own numbering, so that none goes on with another.

/// How far a level is indented, in twentieths of a point.
pub const STEP: usize = 360;

/// Two forms: bullets and numbers.
const LEVELS: usize = 9;

/// The lists so far: whether each is numbered, and with what it begins.
#[derive(Debug, Default)]
pub struct Lists(Vec<Option<u64>>);

impl Lists {
    /// A list begins; gives its id.
    pub fn begin(&mut self, start: Option<u64>) -> usize {
        self.0.push(start);
        self.0.len()
    }

    pub fn text(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">".to_owned();
        text += &form(0, |_| ("bullet", "•".to_owned()));
        text += &form(1, |level| ("decimal", format!("%{}.", level + 1)));
        for (place, start) in self.0.iter().enumerate() {
            let (id, of) = (place + 1, usize::from(start.is_some()));
            let starts: String = start.map_or(String::new(), |start| {
                (0..LEVELS)
                    .map(|level| {
                        format!(
                            "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride>"
                        )
                    })
                    .collect()
            });
            text += &format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{of}\"/>{starts}</w:num>");
        }
        text + "</w:numbering>"
    }
}

fn form(id: usize, level: impl Fn(usize) -> (&'static str, String)) -> String {
    let levels: String = (0..LEVELS)
        .map(|place| {
            let (form, text) = level(place);
            let indent = (place + 1) * STEP;
            format!(
                "<w:lvl w:ilvl=\"{place}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{form}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{indent}\" w:hanging=\"{STEP}\"/></w:pPr></w:lvl>"
            )
        })
        .collect();
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
    )
}
