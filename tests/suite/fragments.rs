//! Fragments of reports: that sites take them as they are, that nothing of the page is lost in them, and that they lead
//! where they should.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};
use serde::Deserialize;
use tally::build::{FragmentOptions, Uploads, build};
use tally::diagnostic::Code;
use tally::fragment::{Form, verify};
use tally::readback::html;

use crate::support::{Published, Sandbox, root};

const FORMS: [Form; 3] = [Form::Embed, Form::Plain, Form::Govspeak];

/// What a filter lets through.
#[derive(Deserialize)]
struct Filter {
    elements: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    loses: Vec<String>,
}

/// The pages of both projects, and the fragments of each with their style sheets.
struct Made {
    report: String,
    page: String,
    text: String,
    sheet: String,
}

fn made(form: Form, heading: usize) -> Vec<Made> {
    let mut all = Vec::new();
    for sandbox in [Sandbox::shipped(), Sandbox::full()] {
        let uploads = Some("https://files.example.org/reports".parse::<Uploads>().unwrap());
        let mut options = sandbox.options();
        options.formats.pdf = false;
        options.fragment = Some(FragmentOptions { form, heading, uploads });
        let outcome = build(&options, &|_| ());
        let manifest = outcome.manifest.as_ref().unwrap_or_else(|| panic!("{}", sandbox.messages(&outcome)));
        for file in &manifest.files {
            let Some(report) = file.path.strip_suffix("/index.html").filter(|path| !path.contains('/')) else {
                continue;
            };
            let ending = if form == Form::Govspeak { "md" } else { "html" };
            let path = |ending: &str| format!("{report}/fragment-{0}/{report}.{0}.{ending}", form.word());
            let sheet = if form == Form::Embed { sandbox.text(&path("css")) } else { String::new() };
            let readme = sandbox.text(&format!("{report}/fragment-{}/README.txt", form.word()));
            assert!(readme.contains("Upload") && readme.contains("Paste"), "{readme}");
            all.push(Made {
                report: report.to_owned(),
                page: sandbox.text(&file.path),
                text: sandbox.text(&path(ending)),
                sheet,
            });
        }
    }
    assert_eq!(all.len(), 3);
    all
}

fn elements(fragment: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    let body = fragment.select(&Selector::parse("body *").unwrap()).collect::<Vec<_>>();
    body.into_iter()
}

/// The words of the figures that a page shows; those of drawings that are described in words stand in the words.
fn figures(page: &str) -> BTreeMap<String, usize> {
    let page = Html::parse_document(page);
    let mut figures = BTreeMap::new();
    let selector = Selector::parse("main [data-fact]").unwrap();
    for figure in page.select(&selector) {
        let hides = |one: ElementRef| one.attr("aria-hidden").is_some() || one.attr("role") == Some("img");
        if !figure.ancestors().filter_map(ElementRef::wrap).any(hides) {
            *figures.entry(html::text(figure)).or_default() += 1;
        }
    }
    figures
}

#[test]
fn the_plain_form_passes_every_filter_as_it_is() {
    let filters = std::fs::read_to_string(root().join("tests/fixtures/fragments/filters.yaml")).unwrap();
    let filters: BTreeMap<String, Filter> = serde_yaml::from_str(&filters).unwrap();
    assert_eq!(filters.len(), 3);
    for one in made(Form::Plain, 2) {
        for element in elements(&Html::parse_document(&one.text)) {
            for (name, filter) in &filters {
                let element = element.value();
                let kept = filter.elements.get(element.name());
                let kept = kept.unwrap_or_else(|| panic!("{name} takes <{}> out of {}", element.name(), one.report));
                for (attribute, _) in element.attrs() {
                    let stays = kept.iter().chain(&filter.loses).any(|one| one == attribute);
                    assert!(stays, "{name} takes {attribute} from <{}> of {}", element.name(), one.report);
                }
            }
            assert!(!element.attr("href").is_some_and(|to| to.starts_with("tel:")), "GOV.UK refuses tel:");
        }
    }
}

#[test]
fn no_figure_of_the_page_is_lost_in_any_form() {
    for form in FORMS {
        for one in made(form, 2) {
            let text = match form {
                Form::Govspeak => one.text.replace('\\', "").replace("&amp;", "&").replace("&lt;", "<"),
                _ => html::text(Html::parse_document(&one.text).root_element()),
            };
            let text = format!(" {} ", text.split_whitespace().collect::<Vec<_>>().join(" "));
            let all = figures(&one.page);
            assert!(all.len() > 5, "{}", one.report);
            for (figure, times) in all {
                let found = text.matches(figure.as_str()).count();
                assert!(found >= times, "{}, {}: {figure} stands {found} times, not {times}", one.report, form.word());
            }
        }
    }
}

#[test]
fn a_fragment_has_ids_of_its_own_and_its_ways_lead_within_it_or_to_uploads() {
    for (form, heading) in [(Form::Embed, 2), (Form::Plain, 3)] {
        for one in made(form, heading) {
            let fragment = Html::parse_document(&one.text);
            let mut ids = BTreeSet::new();
            for id in elements(&fragment).filter_map(|element| element.value().id().map(str::to_owned)) {
                let letters = id.chars().all(|c| c.is_alphanumeric() && !c.is_ascii_uppercase() || c == '-');
                assert!(letters && id.starts_with(&one.report), "{id}");
                assert!(ids.insert(id.clone()), "{id} stands twice in {} of {}", form.word(), one.report);
            }
            for element in elements(&fragment) {
                for to in ["href", "src"].into_iter().filter_map(|name| element.attr(name)) {
                    match to.strip_prefix('#') {
                        Some(id) => assert!(ids.contains(id), "{to} leads nowhere in {}", one.report),
                        None => {
                            assert!(to.contains("://") || to.starts_with("mailto:") || to.starts_with("tel:"), "{to}")
                        }
                    }
                }
                let named = ["headers", "aria-labelledby"].into_iter().filter_map(|name| element.attr(name));
                for id in named.flat_map(str::split_whitespace) {
                    assert!(ids.contains(id), "{id} names nothing in {}", one.report);
                }
                let name = element.value().name();
                assert!(name != "h1" && (heading == 2 || name != "h2"), "<{name}> in {}", one.report);
            }
        }
    }
}

#[test]
fn the_embedded_form_touches_nothing_round_it_and_needs_nothing_else() {
    for one in made(Form::Embed, 2) {
        let fragment = Html::parse_document(&one.text);
        for element in elements(&fragment) {
            let name = element.value().name();
            assert!(!["script", "style", "link", "use", "pattern", "h1", "main"].contains(&name), "<{name}>");
            assert!(element.attr("style").is_none() && !element.attr("fill").is_some_and(|fill| fill.contains("url(")));
            let classes = element.attr("class").unwrap_or_default();
            assert!(classes.split_whitespace().all(|class| class.starts_with("tly")), "{classes}");
        }
        let rules = one.sheet.lines().filter(|line| line.contains('{') && !line.starts_with('@'));
        for rule in rules {
            // A comma within brackets parts no selectors.
            let selectors = rule.split('{').next().unwrap();
            assert!(selectors.starts_with(".tly.tly"), "{selectors}");
        }
        assert!(!one.sheet.contains("prefers-color-scheme") && !one.sheet.contains("position:sticky"));
        let rem =
            one.sheet.match_indices("rem").find(|(at, _)| one.sheet[..*at].ends_with(|c: char| c.is_ascii_digit()));
        assert_eq!(rem, None);
    }
}

/// A site saves what it was given in a page of its own; that is what is read back.
#[test]
fn a_published_fragment_is_read_back_and_a_slip_of_the_site_is_told() {
    for form in [Form::Embed, Form::Plain] {
        for one in made(form, 2) {
            let site = |text: &str| {
                format!("<body><nav>Home News About us</nav><h1>Reports</h1>{text}<footer>Contact</footer>")
            };
            let texturized = one.text.replace('’', "'").replace(" - ", " – ");
            let verified = verify(&one.report, &one.page, &site(&texturized)).unwrap();
            assert_eq!(verified.differences, [], "{}", one.report);
            assert!(verified.figures > 40);
            // Cells that a site joins are figures that nobody published.
            let joined = one.text.replace("</td>\n<td>", "");
            if form == Form::Plain && joined != one.text {
                assert_ne!(verify(&one.report, &one.page, &site(&joined)).unwrap().differences, []);
            }
        }
    }
    let page = Published::shipped().text("css-annual-report/index.html");
    let slip = page.replacen("£1,858,663", "£1,885,663", 1);
    let told = verify("css-annual-report", page, &slip).unwrap().differences;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].is_of_figures() && told[0].heading == "Finance and Performance" && told[0].found == "£1,885,663",
        "{told:?}"
    );
    assert!(told[0].beside.contains("coding challenges"), "{told:?}");
    let other = Published::shipped().text("od-progress-summary/index.html");
    assert!(!verify("od-progress-summary", other, page).is_some_and(|verified| verified.stands_there()));
}

#[test]
fn a_fragment_whose_files_are_nowhere_is_refused() {
    let sandbox = Sandbox::full();
    let refused = |uploads: Option<Uploads>| {
        let mut options = sandbox.options();
        options.formats.pdf = false;
        options.fragment = Some(FragmentOptions { form: Form::Plain, heading: 2, uploads });
        let outcome = build(&options, &|_| ());
        (outcome.manifest.is_none(), sandbox.messages(&outcome))
    };
    let listed = |text: &str| {
        std::fs::write(sandbox.path().join("uploads.yaml"), text).unwrap();
        Some(Uploads::Listed(sandbox.path().join("uploads.yaml")))
    };
    let (is_refused, message) = refused(listed("example/data/loans.csv: https://files.example.org/loans-1.csv\n"));
    assert!(is_refused && message.contains(Code::FragmentFiles.name()) && message.contains("example/"), "{message}");
    let (is_refused, message) = refused(listed("example/data/loans.csv: loans-1.csv\n"));
    assert!(is_refused && message.contains("uploads.yaml:1:25") && message.contains("https://"), "{message}");
    let (is_refused, message) = refused(listed("- data\n"));
    assert!(is_refused && message.contains("uploads.yaml:1:1"), "{message}");
}
