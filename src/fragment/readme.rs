//! What to upload and what to paste where, in steps.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::place::Files;
use super::{Form, Wanted};

/// The words that lie beside a fragment.
pub fn of_fragment(wanted: &Wanted, title: &str, files: &BTreeSet<String>) -> String {
    let name = |ending: &str| format!("{}.{}.{ending}", wanted.report, wanted.form.word());
    let mut text = format!(
        "{}\n{}\n\nHow to publish it in a site that is there already\n\n",
        title,
        "=".repeat(title.chars().count())
    );
    let mut steps = Steps { text: &mut text, number: 0 };
    let addresses =
        files.iter().map(|file| format!("   {file}\n      {}\n", wanted.files.address(file).unwrap_or_default()));
    let addresses: String = addresses.collect();
    if !files.is_empty() {
        let where_to = match wanted.files {
            Files::Under(base) => format!(
                "Upload these files of the report's folder so that they are found under {base}, by the same names:"
            ),
            Files::Named(_) => {
                "These files of the report's folder were uploaded to the addresses that you named:".to_owned()
            }
        };
        steps.step(&format!("{where_to}\n{addresses}   Open each address in a browser: a site may give a file another name, as WordPress does\n   with a second indicators.csv. Then name the addresses in a file and build anew with --uploads."));
    }
    match wanted.form {
        Form::Embed => {
            steps.step(&format!("Add the style sheet {} to the site, once: as a file that the theme loads, or as\n   \"Additional CSS\" (WordPress: Appearance > Customise). It changes nothing but the report.", name("css")));
            steps.step(&format!("Begin a page. Type its title, as the site does titles: {}", title));
            steps.step(&format!("Paste the whole of {} into a block that takes HTML:\n   WordPress: a \"Custom HTML\" block, as Editor or Administrator;\n   Wagtail: a \"Raw HTML\" block; Drupal: a text format that keeps all HTML (\"Full HTML\").", name("html")));
            steps.step("Nothing runs in it, and it asks no other site for anything. A site that takes shapes (svg) away\n   needs the form `plain` instead: WordPress does so for Authors, and on networks of sites.");
        }
        Form::Plain => {
            steps.step(&format!("Begin a page. Type its title, as the site does titles: {}", title));
            steps.step(&format!("Paste the whole of {} into the editor's view of HTML (\"Source\", \"Code editor\"),\n   not into its view of the page.", name("html")));
            steps.step("What sites take away of it: LocalGov Drupal the scope of headings in tables. Drupal's \"Basic HTML\"\n   and Wagtail's rich text have no tables: there the figures would run together. Use \"Full HTML\" or a\n   \"Raw HTML\" block, or give the report as a PDF.");
        }
        Form::Govspeak => {
            steps.step("Upload the pictures and files as attachments; the text names pictures as [Image: NAME].");
            steps.step(&format!(
                "Paste the whole of {} into the body. The title is a field of its own: {}",
                name("md"),
                title
            ));
        }
    }
    steps.step("Look at the page as the site shows it, also on a phone, then save it from the browser and read it back:\n   tally verify SAVED.html");
    text
}

struct Steps<'t> {
    text: &'t mut String,
    number: usize,
}

impl Steps<'_> {
    fn step(&mut self, words: &str) {
        self.number += 1;
        // Writing to a text cannot fail.
        let _ = writeln!(self.text, "{}. {}\n", self.number, words.trim_end());
    }
}
