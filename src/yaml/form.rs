//! What the readers take, said beforehand: the declarations that they read by, as data.
//!
//! The form of a record is its declaration ([`record!`](crate::record)), by which its reader knows its fields; a small
//! value says which texts it takes, and its reader is asked for the rest. The schemas for editors are made of forms, so
//! that a field is in them once it is declared.

use super::record::{At, Parse};

/// What says of itself what it takes.
pub trait Formed {
    fn form() -> Form;
}

/// What a value may be.
#[derive(Debug, Clone)]
pub enum Form {
    Scalar(Scalar),
    /// At least one item of a form, and perhaps no more than so many.
    List(Box<Form>, Option<usize>),
    Record(&'static RecordForm),
    /// A record with some of the fields of another, all but these.
    SomeOf(&'static RecordForm, &'static [&'static str]),
    /// A record of one field, which is one of these.
    OneField(Vec<(&'static str, Form)>),
    /// A record whose names are its author's own, each with a value of a form.
    Named(Box<Form>),
    /// One or the other.
    Either(Vec<Form>),
}

/// One scalar.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    pub texts: Texts,
    /// How it is written, in the words of its reader; nothing of what is never refused.
    pub written: Option<String>,
    pub numbers: Numbers,
    /// Whether `true` may stand there.
    pub truths: bool,
}

/// Which texts may stand there.
#[derive(Debug, Clone, PartialEq)]
pub enum Texts {
    All,
    /// One of a few words.
    Words(Vec<&'static str>),
    /// Those that a pattern fits as a whole (ECMA 262). What it does not fit is refused; its reader may refuse more.
    Like(String),
}

/// Which numbers may stand there without quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbers {
    None,
    /// Whole, and not negative.
    Whole,
    NotNegative,
    All,
}

/// A record as it is declared.
#[derive(Debug)]
pub struct RecordForm {
    /// What it is called in messages: "an indicator".
    pub what: &'static str,
    /// What it is, in a sentence; empty where its name says it.
    pub about: &'static str,
    pub fields: &'static [FieldForm],
}

/// A field as it is declared.
#[derive(Debug)]
pub struct FieldForm {
    /// Its name in the program, with underscores where YAML has hyphens.
    pub name: &'static str,
    pub must: bool,
    /// What it says; empty where its name says it.
    pub about: &'static str,
    /// Asked for when it is needed: rows hold rows.
    pub form: fn() -> Form,
}

impl Form {
    /// A list of items of a form.
    pub fn list(item: Form) -> Self {
        Form::List(Box::new(item), None)
    }

    /// A list of no more than so many items.
    pub fn short_list(item: Form, most: usize) -> Self {
        Form::List(Box::new(item), Some(most))
    }
}

impl Texts {
    /// Those that a pattern fits as a whole.
    pub fn like(pattern: impl Into<String>) -> Self {
        Texts::Like(pattern.into())
    }
}

impl RecordForm {
    /// The field of that name, as the program or YAML has it.
    pub fn field(&self, name: &str) -> Option<&'static FieldForm> {
        self.fields.iter().find(|field| field.name == name || field.is_written(name))
    }
}

impl FieldForm {
    /// Whether its name in YAML is this one.
    pub fn is_written(&self, name: &str) -> bool {
        let hyphened = |letter| if letter == b'_' { b'-' } else { letter };
        self.name.trim_start_matches("r#").bytes().map(hyphened).eq(name.bytes())
    }
}

impl Scalar {
    /// What a small value takes: its reader is asked what it says to nothing, and whether it takes numbers.
    fn of<T: Parse>() -> Self {
        let takes = |text: &str| T::parse(text).is_ok();
        let numbers = match (takes("2016") || takes("2"), takes("9.5"), takes("-9")) {
            (false, ..) => Numbers::None,
            (true, false, _) => Numbers::Whole,
            (true, true, false) => Numbers::NotNegative,
            (true, true, true) => Numbers::All,
        };
        let written = T::parse("").err().map(|why| why.split(';').next().unwrap_or_default().to_owned());
        Self { texts: T::texts(), written, numbers, truths: takes("true") }
    }
}

impl<T: Parse> Formed for T {
    fn form() -> Form {
        Form::Scalar(Scalar::of::<T>())
    }
}

impl<T: Formed> Formed for At<T> {
    fn form() -> Form {
        T::form()
    }
}

impl<T: Formed> Formed for Vec<T> {
    fn form() -> Form {
        Form::list(T::form())
    }
}
