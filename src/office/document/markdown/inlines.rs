//! The words of a paragraph as Markdown: links round strong words, strong words round emphasised ones.

use super::escape;
use super::read;
use crate::office::document::{Form, Inline};

/// A stretch as it will be written, without the marks of its form.
#[derive(Debug, Clone)]
struct Token {
    text: String,
    /// Its letters as they are read, where it is no placeholder.
    letters: String,
    form: Form,
    /// A space, which has no form of its own.
    is_blank: bool,
}

/// Writes the words of a paragraph. `note` names the notes. Where the marks of a form would be read otherwise, which is
/// so beside some letters, the words are written without them.
pub fn write(inlines: &[Inline], note: &dyn Fn(usize) -> String) -> String {
    let lines: Vec<String> =
        lines(inlines).into_iter().map(|line| line_of(line, note)).filter(|line| !line.is_empty()).collect();
    lines.join("\\\n")
}

/// The lines between breaks.
fn lines(inlines: &[Inline]) -> Vec<&[Inline]> {
    inlines.split(|inline| *inline == Inline::Break).collect()
}

fn line_of(inlines: &[Inline], note: &dyn Fn(usize) -> String) -> String {
    let tokens = tokens(inlines, note);
    let written = escape::beginning(linked(&tokens).trim());
    let mut letters = read::Letters::new();
    tokens.iter().for_each(|token| read::push_letters(&token.letters, &token.form, &mut letters));
    if read::reads_as(&written, &letters) {
        return written;
    }
    let plain: Vec<Token> = tokens.into_iter().map(without_form).collect();
    escape::beginning(linked(&plain).trim())
}

fn without_form(token: Token) -> Token {
    Token { form: Form { link: token.form.link, ..Form::default() }, ..token }
}

/// The stretches, with single spaces; a space has what the forms at its sides have in common.
fn tokens(inlines: &[Inline], note: &dyn Fn(usize) -> String) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, form } => words(text, form, &mut tokens),
            Inline::Placeholder { source, .. } if is_note(source) => add_note(source.clone(), &mut tokens),
            Inline::Placeholder { source, form, .. } => {
                let form = Form { language: None, ..form.clone() };
                tokens.push(Token { text: source.clone(), letters: String::new(), form, is_blank: false });
            }
            Inline::Note(number) => add_note(format!("{{{{ note {} }}}}", note(*number)), &mut tokens),
            Inline::Break => blank(&mut tokens),
        }
    }
    for place in 0..tokens.len() {
        if tokens[place].is_blank {
            let before = place.checked_sub(1).map(|before| tokens[before].form.clone()).unwrap_or_default();
            let after = tokens.get(place + 1).map(|after| after.form.clone()).unwrap_or_default();
            tokens[place].form = common(before, &after);
        }
    }
    tokens
}

/// What two forms have in common.
fn common(one: Form, other: &Form) -> Form {
    Form {
        bold: one.bold && other.bold,
        italic: one.italic && other.italic,
        link: one.link.filter(|link| other.link.as_ref() == Some(link)),
        language: one.language.filter(|language| other.language.as_ref() == Some(language)),
    }
}

/// Notes have no form, and a space before them.
fn add_note(source: String, tokens: &mut Vec<Token>) {
    if !tokens.is_empty() {
        blank(tokens);
    }
    tokens.push(Token { text: source, letters: String::new(), form: Form::default(), is_blank: false });
}

fn is_note(source: &str) -> bool {
    source.trim_start_matches('{').trim_start().starts_with("note ")
}

fn blank(tokens: &mut Vec<Token>) {
    if tokens.last().is_none_or(|last| !last.is_blank) {
        tokens.push(Token { text: " ".to_owned(), letters: String::new(), form: Form::default(), is_blank: true });
    }
}

/// Splits a text into words in its form, and spaces between them.
fn words(text: &str, form: &Form, tokens: &mut Vec<Token>) {
    let is_space = |letter: char| letter.is_whitespace() && letter != '\u{a0}';
    let mut rest = text;
    while !rest.is_empty() {
        let words = rest.trim_start_matches(is_space);
        if words.len() < rest.len() {
            blank(tokens);
        }
        let end = words.find(is_space).unwrap_or(words.len());
        if end > 0 {
            tokens.push(word(&words[..end], form));
        }
        rest = &words[end..];
    }
}

/// A word of another language is marked so with those around it, so that here it is only kept apart.
fn word(text: &str, form: &Form) -> Token {
    let (text, letters) = match form.language {
        Some(_) => (text.to_owned(), String::new()),
        None => (escape::text(text), text.to_owned()),
    };
    Token { text, letters, form: form.clone(), is_blank: false }
}

/// Stretches that are alike in something, one after the other.
fn alike<K: PartialEq>(tokens: &[Token], key: impl Fn(&Token) -> K) -> impl Iterator<Item = &[Token]> {
    let mut rest = tokens;
    std::iter::from_fn(move || {
        let first = key(rest.first()?);
        let end = rest.iter().take_while(|token| key(token) == first).count();
        let (group, after) = rest.split_at(end);
        rest = after;
        Some(group)
    })
}

fn linked(tokens: &[Token]) -> String {
    let groups = alike(tokens, |token| token.form.link.clone());
    groups
        .map(|group| match group.first().and_then(|first| first.form.link.as_deref()) {
            Some(to) => format!("[{}]({})", strong(group), escape::address(to)),
            None => strong(group),
        })
        .collect()
}

fn strong(tokens: &[Token]) -> String {
    let groups = alike(tokens, |token| token.form.bold);
    groups
        .map(|group| if group[0].form.bold { format!("**{}**", emphasised(group)) } else { emphasised(group) })
        .collect()
}

fn emphasised(tokens: &[Token]) -> String {
    let groups = alike(tokens, |token| token.form.italic);
    groups.map(|group| if group[0].form.italic { format!("*{}*", foreign(group)) } else { foreign(group) }).collect()
}

/// Words of another language stand in braces, with its tag.
fn foreign(tokens: &[Token]) -> String {
    let groups = alike(tokens, |token| token.form.language.clone());
    groups
        .map(|group| {
            let text: String = group.iter().map(|token| token.text.as_str()).collect();
            match group[0].form.language.as_deref() {
                Some(language) if !text.contains(['{', '}', '|']) => match quoted(&text) {
                    Some(quoted) => format!("{{{{ {quoted} | in {language} }}}}"),
                    None => escape::text(&text),
                },
                Some(_) => escape::text(&text),
                None => text,
            }
        })
        .collect()
}

/// A text in quotation marks that it does not hold itself.
fn quoted(text: &str) -> Option<String> {
    let marks = [('"', '"'), ('\'', '\''), ('“', '”')];
    let free = marks.iter().find(|(open, close)| !text.contains([*open, *close]))?;
    Some(format!("{}{text}{}", free.0, free.1))
}
