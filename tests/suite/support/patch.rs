//! Patches: in which lines a fixture differs from the project that it is made from.
//!
//! A patch is a text in the manner of a unified diff, without the numbers of lines, which a change of the project would
//! make wrong:
//!
//! ```text
//! --- example/report.yaml
//! @@
//!  title: Library Service
//! -language: en-GB
//! +language: en-XX
//! ```
//!
//! `---` names a file of the content. Each block after a `@@` is a few whole lines of it: those that stay (a space before
//! them), those that go (`-`) and those that come (`+`). What stays and what goes must be found in the file exactly once,
//! so a block holds as many lines that stay as that takes. Blocks are applied one after the other. A line that goes may
//! not begin with `-- `, which would look like the name of a file.

/// The blocks of one file.
pub struct Patch<'a> {
    /// Where the file lies below the content.
    pub path: &'a str,
    blocks: Vec<Block<'a>>,
}

/// Lines in a row as they were and as they are to be.
#[derive(Default)]
struct Block<'a> {
    old: Vec<&'a str>,
    new: Vec<&'a str>,
}

impl<'a> Patch<'a> {
    /// Reads the patches of all files in a text; `fixture` is the name to complain under.
    pub fn read(text: &'a str, fixture: &str) -> Vec<Self> {
        let mut patches: Vec<Self> = Vec::new();
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            if let Some(path) = line.strip_prefix("--- ") {
                patches.push(Self { path: path.trim_end(), blocks: Vec::new() });
                continue;
            }
            let patch = patches.last_mut().unwrap_or_else(|| panic!("{fixture}: no `--- file` before “{line}”"));
            if line.trim_end() == "@@" {
                patch.blocks.push(Block::default());
                continue;
            }
            let block = patch.blocks.last_mut().unwrap_or_else(|| panic!("{fixture}: no `@@` before “{line}”"));
            match line.split_at_checked(1) {
                Some((" ", line)) => {
                    block.old.push(line);
                    block.new.push(line);
                }
                Some(("-", line)) => block.old.push(line),
                Some(("+", line)) => block.new.push(line),
                _ => panic!("{fixture}: neither a space nor - nor + before “{line}”"),
            }
        }
        patches
    }

    /// The text of the file with every block replaced.
    pub fn apply(&self, text: &str, fixture: &str) -> String {
        let mut lines: Vec<&str> = text.split('\n').collect();
        for Block { old, new } in &self.blocks {
            let complain = |what: &str| -> ! {
                panic!("{fixture}: a block {what} in {}:\n{}", self.path, old.join("\n"));
            };
            if old.is_empty() || old == new {
                complain("says nothing");
            }
            let mut places = (0..lines.len()).filter(|start| lines[*start..].starts_with(old));
            let Some(start) = places.next() else { complain("is not found") };
            if places.next().is_some() {
                complain("is found more than once");
            }
            lines.splice(start..start + old.len(), new.iter().copied());
        }
        lines.join("\n")
    }
}

/// The text after a patch of one file.
fn after(patch: &str, text: &str) -> String {
    let patches = Patch::read(patch, "a-fault");
    assert_eq!(patches.len(), 1);
    patches[0].apply(text, "a-fault")
}

#[test]
fn lines_go_come_and_change_where_the_lines_around_them_say() {
    let patch = "--- a.yaml\n@@\n-one\n+eins\n@@\n two\n-same\n \n+last\n";
    assert_eq!(after(patch, "one\nsame\ntwo\nsame\n\nend\n"), "eins\nsame\ntwo\n\nlast\nend\n");
    assert_eq!(after("--- a.yaml\n@@\n end\n+more\n", "one\nend\n"), "one\nend\nmore\n");
    assert_eq!(after("--- a.yaml\n@@\n-- item\n+- other\n", "- item\n"), "- other\n", "a list has its own hyphens");
}

#[test]
fn a_patch_may_be_of_several_files() {
    let patches = Patch::read("--- a.yaml\n@@\n-one\n--- b/c.md\n@@\n-two\n+three\n", "a-fault");
    let after: Vec<_> = patches.iter().map(|patch| (patch.path, patch.apply("one\ntwo", "a-fault"))).collect();
    assert_eq!(after, [("a.yaml", "two".to_owned()), ("b/c.md", "one\nthree".to_owned())]);
}

#[test]
#[should_panic(expected = "a-fault: a block is not found in a.yaml:\non")]
fn a_part_of_a_line_is_not_the_line() {
    after("--- a.yaml\n@@\n-on\n+off\n", "one\n");
}

#[test]
#[should_panic(expected = "a-fault: a block is found more than once in a.yaml:\nsame")]
fn a_block_that_could_be_meant_twice_is_refused() {
    after("--- a.yaml\n@@\n-same\n+other\n", "same\ntwo\nsame\n");
}

#[test]
#[should_panic(expected = "a-fault: a block says nothing in a.yaml")]
fn a_block_that_changes_nothing_is_refused() {
    after("--- a.yaml\n@@\n one\n", "one\n");
}
