//! Tells of a piece of a page's content whether it is a heading, by the tags of the PDF.

use std::collections::HashMap;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::dict::keys::{KIDS, NUMS, PARENT_TREE, STRUCT_PARENTS, STRUCT_TREE_ROOT};
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};
use hayro_interpret::hayro_syntax::page::Page;

/// Tags are not nested deeper; a file in which they are could go in circles.
const DEEPEST: usize = 64;

/// The tags of each page's content, by the number of the page among those that have tags.
pub struct Headings<'a> {
    parents: HashMap<i32, Array<'a>>,
}

impl<'a> Headings<'a> {
    /// None where the file has no tags.
    pub fn of(pdf: &'a Pdf) -> Self {
        let mut parents = HashMap::new();
        let xref = pdf.xref();
        let tree =
            xref.get::<Dict>(xref.root_id()).and_then(|root| root.get::<Dict>(STRUCT_TREE_ROOT)?.get(PARENT_TREE));
        if let Some(tree) = tree {
            collect(&tree, DEEPEST, &mut parents);
        }
        Self { parents }
    }

    /// Whether the piece of a page that is known by this number is a heading or a part of one.
    pub fn hold(&self, page: &Page, content: i32) -> bool {
        let is_heading = || {
            let tags = self.parents.get(&page.raw().get::<i32>(STRUCT_PARENTS)?)?;
            let tag = tags.raw_iter().nth(usize::try_from(content).ok()?)?;
            let mut tag: Dict = match tag {
                MaybeRef::Ref(to) => page.xref().get(to.into())?,
                MaybeRef::NotRef(tag) => tag.into_dict()?,
            };
            for _ in 0..DEEPEST {
                if is_heading(tag.get::<Name>("S")?.as_ref()) {
                    return Some(());
                }
                tag = tag.get::<Dict>("P")?;
            }
            None
        };
        is_heading().is_some()
    }
}

fn is_heading(role: &[u8]) -> bool {
    matches!(role, [b'H', digits @ ..] if digits.iter().all(u8::is_ascii_digit))
}

/// Takes the entries of a number tree.
fn collect<'a>(tree: &Dict<'a>, depth: usize, parents: &mut HashMap<i32, Array<'a>>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for kid in tree.get::<Array>(KIDS).iter().flat_map(|kids| kids.iter::<Dict>()) {
        collect(&kid, depth, parents);
    }
    let Some(numbers) = tree.get::<Array>(NUMS) else { return };
    let mut entries = numbers.iter::<Object>();
    while let (Some(number), Some(tags)) = (entries.next(), entries.next()) {
        if let (Some(number), Some(tags)) = (number.into_i32(), tags.into_array()) {
            parents.insert(number, tags);
        }
    }
}
