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

#[cfg(test)]
mod tests {
    use super::super::guard::Legibility;
    use super::super::pdf::Reader;

    /// A PDF of two pages, of which the first draws a heading and a paragraph by turns, each at a height.
    fn pdf(first_page: &[(&str, u32)]) -> Vec<u8> {
        let widths = "500 ".repeat(256);
        let stream = |text: &str| format!("<< /Length {} >> stream\n{text}\nendstream", text.len());
        let drawn = first_page.iter().enumerate().map(|(id, (role, height))| {
            format!("/{role} << /MCID {id} >> BDC BT /F 10 Tf 100 {height} Td (Words) Tj ET EMC ")
        });
        let page = |place: usize, contents: usize| {
            format!(
                "<< /Type /Page /MediaBox [0 0 600 800] /Contents {contents} 0 R /StructParents {place} \
                 /Resources << /Font << /F 5 0 R >> >> >>"
            )
        };
        let tags: Vec<String> = (0..first_page.len()).map(|id| format!("{} 0 R", 10 + id)).collect();
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 9 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_owned(),
            page(0, 7),
            page(1, 8),
            format!(
                "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >> \
                 /Encoding << /Differences [] >> /FirstChar 0 /LastChar 255 /Widths [{widths}] /ToUnicode 6 0 R >>"
            ),
            stream("1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange"),
            stream(&drawn.collect::<String>()),
            stream("/P << /MCID 0 >> BDC BT /F 10 Tf 100 700 Td (on) Tj ET EMC"),
            format!("<< /Type /StructTreeRoot /ParentTree << /Nums [0 [{}] 1 [10 0 R]] >> >>", tags.join(" ")),
        ];
        // What is drawn is a part of its tag, as a link or an emphasis in a heading is.
        objects.extend(first_page.iter().map(|(role, _)| format!("<< /S /Span /P << /S /{role} /P 9 0 R >> >>")));
        let body: Vec<String> =
            (1..).zip(objects).map(|(id, object)| format!("{id} 0 obj {object} endobj\n")).collect();
        format!("%PDF-1.7\n{}trailer << /Root 1 0 R >>\n%%EOF", body.concat()).into_bytes()
    }

    fn check(first_page: &[(&str, u32)], expected: &[&str]) {
        let sheets = Reader::default().pages(&pdf(first_page)).expect("a PDF");
        let stranded = sheets[0].misfits.iter().filter(|misfit| misfit.fault == Legibility::StrandedHeading);
        assert_eq!(stranded.map(|misfit| misfit.word.as_str()).collect::<Vec<_>>(), expected, "{first_page:?}");
    }

    #[test]
    fn a_heading_alone_at_the_foot_of_a_page_is_told() {
        check(&[("P", 700), ("H2", 120)], &["Words"]);
        check(&[("H1", 700), ("P", 680), ("H3", 60)], &["Words"]);
    }

    #[test]
    fn a_heading_with_words_under_it_or_high_on_its_page_is_not() {
        check(&[("P", 700), ("H2", 120), ("P", 100)], &[]);
        check(&[("H1", 700)], &[]);
        check(&[("H1", 700), ("P", 60)], &[]);
        check(&[], &[]);
    }
}
