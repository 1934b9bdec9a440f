//! Templates in a language: a template says by name what Tally itself says, `{{ "dashboard.target" | say }}`, and the
//! engine of a language has the words.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};

use tera::{Context, Kwargs, State, Tera, TeraResult};
use typst::foundations::Bytes;

use super::line_ends;
use super::typst_text::{self, name_literal};
use crate::hold::held;
use crate::wording::{Said, Wording};

/// The file in which the typographic library finds its words.
const WORDS: &str = "pdf/lib/words.typ";

/// Both engines in one language, and its words for the typographic library.
#[derive(Clone)]
pub struct Engines {
    pub html: Speaking,
    pub typst: Speaking,
    words: Bytes,
}

/// An engine that writes in a language.
#[derive(Clone)]
pub struct Speaking {
    engine: Arc<Tera>,
    wording: Arc<Wording>,
}

/// The engines of each language that is asked for, made once.
pub struct Languages {
    html: Tera,
    typst: Tera,
    /// The names of the messages that the typographic library says.
    of_library: BTreeSet<String>,
    made: Mutex<Vec<(Arc<Wording>, Engines)>>,
}

impl Languages {
    /// The engines that say nothing yet, and the files of the typographic library.
    pub fn new(html: Tera, typst: Tera, library: &[(String, Bytes)]) -> Self {
        let texts = library.iter().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
        let named = texts.flat_map(names).map(str::to_owned).collect();
        Self { html, typst, of_library: named, made: Mutex::default() }
    }

    /// The engines of a language.
    pub fn of(&self, wording: &Arc<Wording>) -> Engines {
        let mut made = held(&self.made);
        if let Some((_, engines)) = made.iter().find(|(known, _)| Arc::ptr_eq(known, wording) || known == wording) {
            return engines.clone();
        }
        let saying = |engine: &Tera| {
            let mut engine = engine.clone();
            let own = Arc::clone(wording);
            engine.register_filter(FILTER, move |key: &str, fills: Kwargs, _: &State| say(&own, key, &fills));
            engine
        };
        let (mut html, mut typst) = (saying(&self.html), saying(&self.typst));
        line_ends_of_html(&mut html, wording);
        line_ends_of_typst(&mut typst, wording);
        let words = Bytes::from_string(self.library_words(wording));
        let engines = Engines { html: Speaking::of(html, wording), typst: Speaking::of(typst, wording), words };
        made.push((Arc::clone(wording), engines.clone()));
        engines
    }

    /// The messages that the typographic library says, as a dictionary, and the function that says them: a text, or a list
    /// of texts and places. A place stands in its message as a list of its name.
    fn library_words(&self, wording: &Wording) -> String {
        let known = self.of_library.iter().filter(|key| wording.knows(key));
        let entries = known.map(|key| {
            let stretches = wording.stretches(key, None).iter().map(|stretch| match &stretch.what {
                Said::Words(words) | Said::Term(words) => name_literal(words),
                Said::Place(name) => format!("({},)", name_literal(name)),
            });
            let message = match &stretches.collect::<Vec<_>>()[..] {
                [whole] if !whole.starts_with('(') => whole.clone(),
                pieces => format!("({},)", pieces.join(", ")),
            };
            format!("  {}: {message},\n", name_literal(key))
        });
        let entries: String = entries.collect();
        let decimal_sign = name_literal(wording.decimal_sign());
        let is_rtl = wording.is_rtl();
        format!(
            "#let decimal-sign = {decimal_sign}\n#let is-rtl = {is_rtl}\n#let messages = (:) + (\n{entries})\n{SAY}"
        )
    }
}

/// The function of the typographic library that says a message with what stands in its places.
const SAY: &str = "#let say(key, ..fills) = { let said = messages.at(key); if type(said) == str { return said }; \
    for one in said { if type(one) == str { one } else { fills.named().at(one.first()) } } }\n";

impl Speaking {
    pub fn of(engine: Tera, wording: &Arc<Wording>) -> Self {
        Self { engine: Arc::new(engine), wording: Arc::clone(wording) }
    }

    /// Writes a template with what it is given. It is the work of a thread of its own.
    pub fn write(&self, name: &str, context: &Context, out: impl Write) -> TeraResult<()> {
        typst_text::write_in(Arc::clone(&self.wording));
        self.engine.render_to(name, context, out)
    }
}

/// The filter by which templates say where a line may end, on pages and in PDFs.
const LINE_ENDS: &str = "line_ends";

pub fn line_ends_of_html(engine: &mut Tera, wording: &Arc<Wording>) {
    let own = Arc::clone(wording);
    engine.register_filter(LINE_ENDS, move |text: &str, with: Kwargs, _: &State| line_ends::filter(&own, text, &with));
}

pub fn line_ends_of_typst(engine: &mut Tera, wording: &Arc<Wording>) {
    let own = Arc::clone(wording);
    engine.register_filter(LINE_ENDS, move |text: &str, with: Kwargs, _: &State| typst_text::filter(&own, text, &with));
}

impl Engines {
    /// The file in which the typographic library finds its words.
    pub fn library_file(&self) -> (String, Bytes) {
        (WORDS.to_owned(), self.words.clone())
    }
}

/// The filter by which templates say something.
pub const FILTER: &str = "say";

/// The filter in English, so that templates can be read before a language is known.
pub fn english(key: &str, fills: Kwargs, _: &State) -> TeraResult<String> {
    say(Wording::english(), key, &fills)
}

fn say(wording: &Wording, key: &str, fills: &Kwargs) -> TeraResult<String> {
    if !wording.knows(key) {
        return Err(tera::Error::message(format!("Tally says nothing that is called `{key}`")));
    }
    let fills: Vec<(String, String)> = fills.iter().map(|(name, fill)| (name.to_string(), fill.to_string())).collect();
    let fills: Vec<(&str, &str)> = fills.iter().map(|(name, fill)| (name.as_str(), fill.as_str())).collect();
    Ok(wording.say(key, &fills))
}

/// The names that a text of the library asks for: `say("page.title")`.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next())
}
