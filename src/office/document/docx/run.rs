//! A run: letters that look alike, and the signs, marks and fields among them.

use roxmltree::Node;

use super::fields::Does;
use super::paragraph::{Words, within_document};
use super::reader::{NoteKind, Reader};
use super::styles::{Look, Raised};
use super::tracked::{Kind, short};
use super::xml::{attribute, child, elements, letters, switch, value};
use crate::office::document::letters::{What, is_font_of_signs, is_ordinal_ending, sign, small};
use crate::office::document::{Form, Inline, plain};

/// So many letters may be the mark of an item: `(iv)`.
const MOST_LETTERS_OF_A_MARK: usize = 4;

/// How the letters of a run look: what stands out in the text, and what a reader sees.
struct Seen {
    /// By the run itself or its style of letters.
    own: Look,
    /// With what the paragraph has.
    all: Look,
}

impl Reader<'_> {
    pub fn run(&mut self, node: Node, words: &mut Words) {
        let properties = self.properties(node, "rPr");
        let own = properties.map(Look::of).unwrap_or_default();
        let own = own.or(&self.styles.look_of_letters(properties.and_then(|properties| value(properties, "rStyle"))));
        let seen = Seen { all: own.clone().or(&words.look), own };
        self.changed_look(node);
        if seen.all.hidden == Some(true) {
            return self.leave_out_hidden(node);
        }
        let text = letters(node);
        if !text.trim().is_empty() && !self.fields.hides() {
            self.note_look(properties, &seen, &text);
        }
        for inner in elements(node) {
            self.in_run(inner, &seen, words);
        }
    }

    fn in_run(&mut self, node: Node, seen: &Seen, words: &mut Words) {
        match node.tag_name().name() {
            "t" | "delText" => self.text(node.text().unwrap_or_default(), seen, words),
            // Behind a mark that was typed a tab belongs to it.
            "tab" | "ptab" if words.letters <= MOST_LETTERS_OF_A_MARK => self.text(" ", seen, words),
            "tab" | "ptab" => self.text("\t", seen, words),
            "noBreakHyphen" => self.text("\u{2011}", seen, words),
            "softHyphen" => self.counts.add(What::SoftHyphen),
            "br" | "cr" => self.line_break(node, words),
            "sym" => self.symbol(node, seen, words),
            "footnoteReference" => self.note_mark(node, NoteKind::Foot, words),
            "endnoteReference" => self.note_mark(node, NoteKind::End, words),
            "fldChar" => self.field(node, words),
            "instrText" | "delInstrText" => self.fields.code(node.text().unwrap_or_default()),
            "drawing" | "pict" | "object" => self.drawing(node, words),
            "AlternateContent" => {
                if let Some(chosen) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                    elements(chosen).for_each(|inner| self.in_run(inner, seen, words));
                }
            }
            "ruby" => {
                if let Some(base) = child(node, "rubyBase") {
                    elements(base).for_each(|run| self.run(run, words));
                }
            }
            _ => {}
        }
    }

    /// Letters, in their form.
    fn text(&mut self, typed: &str, seen: &Seen, words: &mut Words) {
        if self.fields.hides() {
            return;
        }
        self.tracked.pass();
        self.hear(typed);
        let text = match seen.own.font.as_deref().filter(|font| is_font_of_signs(font)) {
            Some(font) => typed.chars().map(|letter| self.sign_of(font, letter, words)).collect(),
            None => self.plain_signs(typed, words),
        };
        let text = if self.is_own { text } else { self.counts.cleaned(&text) };
        let text = self.raised(text, seen);
        let count = text.chars().filter(|letter| !letter.is_whitespace()).count();
        words.letters += count;
        if seen.all.bold == Some(true) {
            words.bold += count;
        }
        if count > 0 {
            words.size = words.size.max(seen.all.size.unwrap_or_else(|| self.styles.usual_size()));
        }
        let form = self.form(seen, words, &text);
        push(&mut words.inlines, text, form);
    }

    /// Signs that are kept among letters by their places in a font of signs.
    fn plain_signs(&mut self, typed: &str, words: &Words) -> String {
        let is_private = |letter: char| ('\u{e000}'..='\u{f8ff}').contains(&letter);
        if !typed.contains(is_private) {
            return typed.to_owned();
        }
        let known =
            |letter: char| if is_private(letter) { self.sign_of("Symbol", letter, words) } else { letter.to_string() };
        typed.chars().map(known).collect()
    }

    fn raised(&mut self, text: String, seen: &Seen) -> String {
        let (is_raised, what) = match seen.own.raised {
            Some(Raised::Up) => (true, What::Raised),
            Some(Raised::Down) => (false, What::Lowered),
            Some(Raised::Not) | None => return text,
        };
        if text.trim().is_empty() || is_ordinal_ending(&text) {
            return text;
        }
        self.counts.add(what);
        small(&text, is_raised).unwrap_or_else(|| {
            let place = if is_raised { "raised" } else { "lowered" };
            self.find("small", format!("“{}” was {place}", text.trim()));
            text
        })
    }

    fn form(&mut self, seen: &Seen, words: &Words, text: &str) -> Form {
        let link = words.link.clone().or_else(|| match self.fields.link() {
            Some(Does::Links(to)) => Some(to),
            Some(Does::LinksWithin(place)) => Some(within_document(&place)),
            _ => None,
        });
        let foreign = |tag: &&str| !tag.starts_with("en") && !tag.starts_with("x-") && *tag != "none";
        let language =
            seen.own.language.as_deref().filter(foreign).map(|tag| tag.split('-').next().unwrap_or(tag).to_owned());
        let is_usual = |language: &String| {
            self.styles.language.as_deref().is_some_and(|usual| usual.starts_with(language.as_str()))
        };
        let language = language.filter(|language| !is_usual(language) && text.chars().any(char::is_alphabetic));
        Form { bold: seen.own.bold == Some(true), italic: seen.own.italic == Some(true), link, language }
    }

    fn symbol(&mut self, node: Node, seen: &Seen, words: &mut Words) {
        let font = attribute(node, "font").unwrap_or_default();
        let letter =
            attribute(node, "char").and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let Some(letter) = letter else { return };
        if self.fields.hides() {
            return;
        }
        let text = self.sign_of(font, letter, words);
        let form = self.form(seen, words, &text);
        push(&mut words.inlines, text, form);
    }

    /// The sign that a letter of a font of signs shows; what is not known is said with its place.
    fn sign_of(&mut self, font: &str, letter: char, words: &Words) -> String {
        match sign(font, letter as u32) {
            Some(sign) => {
                self.find("signs", format!("1 {font} sign became {sign}"));
                sign.to_owned()
            }
            None if letter.is_whitespace() => " ".to_owned(),
            None if !font.eq_ignore_ascii_case("symbol") || letter as u32 >= 0xe000 => {
                let before = short(&plain(&words.inlines));
                self.find(
                    "signs",
                    format!(
                        "a sign of {font} ({:04X}) is not known and was left out, behind “{before}”",
                        letter as u32
                    ),
                );
                String::new()
            }
            None => letter.to_string(),
        }
    }

    fn line_break(&mut self, node: Node, words: &mut Words) {
        match attribute(node, "type") {
            Some("page") => self.counts.add(What::PageBreak),
            Some("column") => self.counts.add(What::ColumnBreak),
            _ if self.fields.hides() => {}
            _ => {
                self.hear(" ");
                words.inlines.push(Inline::Break);
            }
        }
    }

    fn note_mark(&mut self, node: Node, kind: NoteKind, words: &mut Words) {
        let id = attribute(node, "id").unwrap_or_default().to_owned();
        if self.fields.hides() {
            return;
        }
        if let Some(name) = self.own.get(&format!("note_{id}")).filter(|_| kind == NoteKind::Foot) {
            let source = format!("{{{{ note {name} }}}}");
            let form = Form::default();
            return words.inlines.push(Inline::Placeholder { source, printed: String::new(), form });
        }
        match self.notes.get(&(kind, id)) {
            Some(number) => words.inlines.push(Inline::Note(*number)),
            None => self.find("left out", "the mark of a note that is not there"),
        }
    }

    fn field(&mut self, node: Node, words: &Words) {
        let shows = match attribute(node, "fldCharType") {
            Some("begin") => {
                self.fields.begin();
                None
            }
            Some("separate") => self.fields.separate().map(|does| (does, following(node))),
            Some("end") => self.fields.end().map(|does| (does, String::new())),
            _ => None,
        };
        if let Some((does, shown)) = shows
            && !self.fields.lists()
        {
            self.say_field(&does, &shown, &words.inlines);
        }
        if child(node, "ffData").is_some() {
            self.find("controls", "a field of a form: its text came as it stands");
        }
    }

    fn leave_out_hidden(&mut self, node: Node) {
        let text = letters(node);
        if !text.trim().is_empty() && !self.fields.hides() {
            self.find("hidden", format!("“{}”", short(&text)));
        }
        // A field that begins in hidden letters may end in others.
        for inner in elements(node) {
            match inner.tag_name().name() {
                "fldChar" => self.field(inner, &Words::default()),
                "instrText" => self.fields.code(inner.text().unwrap_or_default()),
                _ => {}
            }
        }
    }

    /// Notes what a look may mean that is not kept.
    fn note_look(&mut self, properties: Option<Node>, seen: &Seen, text: &str) {
        if seen.all.struck == Some(true) {
            self.find("struck", format!("“{}”", short(text)));
        }
        let Some(properties) = properties else { return };
        if switch(properties, "u") == Some(true) && value(properties, "rStyle").is_none() {
            self.counts.add(What::Underlined);
        }
        let is_lit = value(properties, "highlight").is_some_and(|colour| !matches!(colour, "none" | "white"));
        if is_lit {
            self.find("highlighted", format!("“{}”", short(text)));
        }
    }

    fn changed_look(&mut self, node: Node) {
        let Some(properties) = child(node, "rPr") else { return };
        let Some(change) = child(properties, "rPrChange") else { return };
        let text = letters(node);
        if text.trim().is_empty() {
            return;
        }
        let before = child(change, "rPr").map(Look::of).unwrap_or_default();
        let now = Look::of(properties);
        let turned = |was: Option<bool>, is: Option<bool>, name: &str| match (was == Some(true), is == Some(true)) {
            (false, true) => Some(name.to_owned()),
            (true, false) => Some(format!("no longer {name}")),
            _ => None,
        };
        let all = [
            turned(before.bold, now.bold, "bold"),
            turned(before.italic, now.italic, "italic"),
            turned(before.struck, now.struck, "struck through"),
            turned(before.hidden, now.hidden, "hidden"),
        ];
        let all: Vec<String> = all.into_iter().flatten().collect();
        let became = if all.is_empty() { "otherwise in form".to_owned() } else { all.join(" and ") };
        self.tracked.pass();
        self.tracked.meet(change, Kind::Becomes(became), &text);
    }
}

/// Adds letters to those before them where they have the same form.
pub fn push(inlines: &mut Vec<Inline>, text: String, form: Form) {
    if text.is_empty() {
        return;
    }
    match inlines.last_mut() {
        Some(Inline::Text { text: before, form: of_before }) if *of_before == form => before.push_str(&text),
        _ => inlines.push(Inline::Text { text, form }),
    }
}

/// The letters behind a mark of a field, up to the next one.
fn following(mark: Node) -> String {
    let Some(run) = mark.parent() else { return String::new() };
    let in_run = mark.next_siblings().skip(1);
    let runs = run
        .next_siblings()
        .skip(1)
        .take_while(|next| !next.descendants().any(|inner| inner.tag_name().name() == "fldChar"));
    in_run.chain(runs).map(letters).collect()
}
