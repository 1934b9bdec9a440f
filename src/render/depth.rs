//! Bounds how deep components stand in each other, so that a template that never ends is a message and not a crash.
//!
//! Tera refuses circular includes, but a component may call itself: lists stand in lists. Every component counts one
//! level deeper where it begins and one back where it ends, by calls that are put into the templates as they are read.

use std::cell::Cell;
use std::ops::Range;

use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Markdown is nested less deeply than this by far, and the stack holds more.
const DEEPEST: usize = 100;

const BEGINNINGS: [&str; 2] = ["{% component ", "{%- component "];
const ENDINGS: [(&str, &str); 2] =
    [("{% endcomponent", "{{ shallower() }}"), ("{%- endcomponent", "{{- shallower() }}")];

thread_local! {
    /// How many components stand in each other where this thread writes.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Lets an engine count.
pub fn count_in(engine: &mut Tera) {
    engine.register_function("deeper", |_: Kwargs, _: &State| -> TeraResult<Value> {
        let depth = DEPTH.get() + 1;
        DEPTH.set(depth);
        match depth {
            ..=DEEPEST => Ok(Value::safe_string("")),
            _ => Err(tera::Error::message(format!("components call each other more than {DEEPEST} deep"))),
        }
    });
    engine.register_function("shallower", |_: Kwargs, _: &State| {
        DEPTH.set(DEPTH.get().saturating_sub(1));
        Value::safe_string("")
    });
}

/// Begins to count anew: an error leaves the count where it was.
pub fn begin() {
    DEPTH.set(0);
}

/// A call that is put into a template.
struct Insertion {
    /// Where, in the template as it was written.
    at: usize,
    call: &'static str,
}

/// The calls of a template, in order. They take up no space, also where a tag strips the space around it.
fn insertions(template: &str) -> Vec<Insertion> {
    let beginnings = BEGINNINGS.iter().flat_map(|beginning| template.match_indices(beginning));
    let heads = beginnings.filter_map(|(at, _)| {
        let end = at + template[at..].find("%}")?;
        let strips = template[..end].ends_with('-');
        Some(Insertion { at: end + 2, call: if strips { "{{ deeper() -}}" } else { "{{ deeper() }}" } })
    });
    let ends = ENDINGS.into_iter().flat_map(|(ending, call)| {
        template.match_indices(ending).map(move |(at, _)| Insertion { at, call })
    });
    let mut all: Vec<Insertion> = heads.chain(ends).collect();
    all.sort_by_key(|insertion| insertion.at);
    all
}

/// The template with its calls.
pub fn counted(template: &str) -> String {
    let mut counted = String::with_capacity(template.len());
    let mut from = 0;
    for Insertion { at, call } in insertions(template) {
        counted.push_str(&template[from..at]);
        counted.push_str(call);
        from = at;
    }
    counted + &template[from..]
}

/// Where a place of the template with its calls stands in the template as it was written.
pub fn written(template: &str, range: &Range<usize>) -> Range<usize> {
    let place = |place: usize| {
        let mut shift = 0;
        for Insertion { at, call } in insertions(template) {
            if at + shift >= place {
                break;
            }
            shift += call.len().min(place - at - shift);
        }
        place - shift
    };
    place(range.start)..place(range.end).max(place(range.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "{% component Tree(items: array) -%}\n{% for item in items %}[{{<Tree items={item} />}}]{% endfor %}\n{%- endcomponent Tree %}";

    fn engine(template: &str) -> Tera {
        let mut engine = Tera::default();
        count_in(&mut engine);
        let page = "{{<Tree items={items} />}}";
        engine.add_raw_templates([("tree", counted(template).as_str()), ("page", page)]).unwrap();
        engine
    }

    fn rendered(template: &str, items: serde_json::Value) -> TeraResult<String> {
        begin();
        let context = tera::Context::from_serialize(serde_json::json!({ "items": items }))?;
        engine(template).render("page", &context)
    }

    #[test]
    fn components_in_components_are_written_as_ever() {
        assert_eq!(rendered(TREE, serde_json::json!([[[], []], []])).unwrap(), "[[][]][]");
    }

    #[test]
    fn a_component_without_an_end_is_an_error() {
        let endless = TREE.replace("{item}", "{items}");
        let error = rendered(&endless, serde_json::json!([1])).unwrap_err();
        assert!(format!("{error:?}").contains("more than 100 deep"), "{error:?}");
    }

    #[test]
    fn places_are_those_of_the_template_as_it_was_written() {
        let counted = counted(TREE);
        for words in ["{% for item", "{{<Tree", "{% endfor", "{%- endcomponent", "component Tree(items"] {
            let at = counted.find(words).unwrap();
            let range = written(TREE, &(at..at + words.len()));
            assert_eq!(&TREE[range], words);
        }
    }
}
