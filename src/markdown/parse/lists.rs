//! Lists: what their items are marked with, and whether each stands where its author meant it to.

use super::{Builder, Kind};
use crate::diagnostic::Span;

/// How the items of a list are marked.
#[derive(Clone, Copy)]
pub(super) struct Numbering {
    /// The number of the first; none in a bulleted list.
    pub(super) first: Option<u64>,
    /// How far the first is indented.
    column: usize,
    /// Whether it was meant to stand under the list before it, which is told.
    is_flat: bool,
    /// Whether it goes on with the list before such a one, so that its number is none of its own.
    pub(super) goes_on: bool,
}

impl Builder<'_> {
    /// A list begins. One right behind another that is not indented as far was meant to stand under its last item.
    pub(super) fn list(&mut self, first: Option<u64>, start: usize) -> Kind {
        let column = self.column(start);
        let before = self.top().list_before.as_ref();
        let is_flat = before.is_some_and(|before| column > before.column);
        let goes_on = before.is_some_and(|before| before.is_flat && column < before.column);
        if is_flat {
            self.refuse_flat(start);
        }
        Kind::List(Numbering { first, column, is_flat, goes_on })
    }

    /// An item begins, with its mark.
    pub(super) fn item(&mut self, start: usize) {
        let number = self.number_at(start);
        let typed = &self.source[number.start as usize..number.end as usize];
        self.read.push(number.start as usize..number.end as usize);
        if typed == "+"
            && self.source[number.end as usize..].trim_start().starts_with(|c: char| c.is_numeric() || c == '£')
        {
            self.refuse_at(
                number,
                "the + would not be printed: at the beginning of a line it makes a list",
                "write \\+ to print it, or - to begin a list",
            );
        }
        let typed = typed.parse::<u64>().ok();
        let column = self.column(start);
        let Kind::List(Numbering { first, column: of_first, .. }) = self.top().kind else { return };
        let (is_flat, place) = (column > of_first, self.top().items.len() as u64);
        if is_flat {
            return self.refuse_flat(start);
        }
        // Items that all have one number are counted, as is usual.
        let printed = first.map(|first| first + place);
        if let (Some(typed), Some(printed)) = (typed, printed)
            && typed != printed
            && Some(typed) != first
        {
            self.refuse_at(
                number,
                &format!("this number would be printed as {printed}: it makes an item of the list above"),
                "number the items one after the other; before a sentence that begins with a number leave a line free, and bind the number",
            );
        }
    }

    /// How far a place is from the beginning of its line.
    fn column(&self, place: usize) -> usize {
        let before = &self.source[..self.mark(place)];
        before[before.rfind('\n').map_or(0, |end| end + 1)..].chars().count()
    }

    /// Where the mark of an item stands that begins at a place: before it there may be spaces.
    fn mark(&self, start: usize) -> usize {
        start + self.source[start..].len() - self.source[start..].trim_start().len()
    }

    /// The number or sign that an item begins with.
    pub(super) fn number_at(&self, start: usize) -> Span {
        let start = self.mark(start);
        let digits = self.source[start..].bytes().take_while(u8::is_ascii_digit).count();
        Span::new(self.file, start..start + digits.max(1))
    }

    fn refuse_flat(&mut self, start: usize) {
        let number = self.number_at(start);
        self.refuse_at(
            number,
            "this item would be printed beside the one above, not under it: it is indented too little",
            "indent it as far as the words of the item above begin, or not at all",
        );
    }
}
